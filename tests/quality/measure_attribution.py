"""Measure how well quotes are found and attributed, on the annotated articles beside the checkout.

Prints figures, tables by structure, length, mention and outlet, calibration, what was gained and lost since
the last pinned result and, where asked, the worst errors and what each rule contributes.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from calibration import BINS, SURE, count_sure, draw_reliability, expected_error, sort_into_bins
from pinned import compare, list_outcomes, read_outcomes, write_outcomes
from running import CACHE, PARTS, POLNEAR, extract_part, judge_lines, read_part
from tables import (
    GROUPINGS,
    Figures,
    add_up,
    align,
    list_judgements,
    list_person_judgements,
    percent,
    tabulate,
)
from worst import describe_error, list_worst

from quotes.attribute import RULE_NAMES
from quotes.pipeline.stages import load_stages
from quotes.training.documents import hide_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from calibration import Judgement
    from judging import Judged
    from pinned import Key, Outcome

    from quotes.pipeline.stages import Stages

PINNED = Path(__file__).resolve().parent / "pinned"


@click.command(help=__doc__)
@click.option("--part", "parts", type=click.Choice(PARTS), multiple=True, default=("dev",), show_default=True)
@click.option("--min-words", type=int, default=0, help="Leave shorter quotes out.")
@click.option("--cache", "folder", type=click.Path(path_type=Path), default=CACHE, show_default=True)
@click.option("--against", type=click.Path(exists=True, path_type=Path), help="Another pinned result.")
@click.option("--errors", "most_errors", type=int, default=0, help="List so many errors, the worst first.")
@click.option("--text", "shows_text", is_flag=True, help="Show the words of errors and changes.")
@click.option("--ablate", is_flag=True, help="Measure without each rule, and without the ranker.")
@click.option("--plot", type=click.Path(path_type=Path), help="Write the reliability plot of the first part.")
@click.option("--pin", is_flag=True, help="Pin this result.")
def main(parts: Sequence[str], **options: Any) -> None:
    if options["pin"] and options["min_words"]:
        raise click.UsageError("a pinned result holds quotes of all lengths: leave --min-words out")
    if not POLNEAR.is_dir():
        raise click.ClickException("the measuring data are not beside the checkout (shared/polnear)")
    stages = load_stages()
    stages = replace(stages, decode=cache(stages.decode))
    figures = {part: _report_part(part, stages, **options) for part in parts}
    if len(figures) > 1:
        _report_fall(figures)


def _report_part(part: str, stages: Stages, folder: Path, min_words: int, **options: Any) -> Figures:
    articles = read_part(part)

    def measure(stages: Stages) -> list[Judged]:
        return judge_lines(articles, extract_part(articles, part, stages, folder), min_words)

    judged = measure(stages)
    figures = add_up(judged)
    click.echo(f"{part}: {len(articles)} articles, quotes of {min_words or 1} words or more")
    click.echo(tell_figures(figures))
    path = options["against"] or PINNED / f"polnear_{part}.tsv"
    before = read_outcomes(path) if path.exists() else {}
    for grouping in GROUPINGS:
        click.echo("\n" + align(tabulate(judged, grouping, before)))
    click.echo("\n" + report_calibration(judged))
    click.echo("\n" + report_changes(before, judged, options["shows_text"]))
    if options["most_errors"]:
        click.echo("\n" + report_errors(judged, options["most_errors"], options["shows_text"]))
    if options["ablate"]:
        click.echo("\n" + align(list(ablate(measure, stages, figures))))
    if options["plot"]:
        _plot(options["plot"], part, judged)
    if options["pin"]:
        write_outcomes(PINNED / f"polnear_{part}.tsv", list_outcomes(judged))
    return figures


def tell_figures(figures: Figures) -> str:
    """Return the figures as one line."""
    return (
        f"{figures.quotes} quotes: exact span F1 {figures.exact:.1f}, end to end F1 {figures.end_to_end:.1f}"
        f" (P {figures.precision:.1f}, R {figures.recall:.1f}), resolved persons {tell(figures.persons)},"
        f" false attributions {figures.false_attributions} of {figures.not_speech}"
    )


def tell(share: float | None) -> str:
    """Return a share as it is printed, a dot where there is none."""
    return "·" if share is None else f"{share:.1f}"


def report_calibration(judged: Sequence[Judged]) -> str:
    """Return the bins of confidence as a table, and the figures that sum them up."""
    rows: list[tuple[str, ...]] = [("confidence", "quotes", "right", "95 % from", "to")]
    for one in sort_into_bins(list_judgements(judged)):
        shares = (f"{100 * share:.1f}" for share in (one.right, *one.interval))
        rows.append((f"{one.confidence:.2f}", str(one.count), *shares))
    mentions = _sum_up_calibration("mentions", list(list_judgements(judged)))
    return "\n".join(
        [align(rows), mentions, _sum_up_calibration("persons", list(list_person_judgements(judged)))]
    )


def _sum_up_calibration(name: str, judgements: Sequence[Judgement]) -> str:
    right, sure = count_sure(judgements)
    return (
        f"{name}: expected calibration error {expected_error(sort_into_bins(judgements)):.3f} in {BINS} bins;"
        f" of {sure} marked {SURE} or more, {right} are right ({percent(right, sure):.1f} %)"
    )


def report_changes(before: Mapping[Key, Outcome], judged: Sequence[Judged], shows_text: bool) -> str:
    """Return what was gained and lost since `before`, quote by quote."""
    changes = compare(before, list_outcomes(judged))
    articles = {hide_name(one.article.name): one.article for one in judged}
    lines = []
    for change in changes:
        key, start, end = change.key
        article = articles[key]
        words = f"\n    {' '.join(article.text[start:end].split())}" if shows_text else ""
        lines.append(f"{change.kind}: {article.name} {start}-{end} {change.told}{words}")
    counts = ", ".join(
        f"{sum(one.kind == kind for one in changes)} {kind}" for kind in ("gain", "loss", "other")
    )
    return "\n".join([*sorted(lines), f"since the pinned result, of {len(before)} quotes: {counts}"])


def report_errors(judged: Sequence[Judged], most: int, shows_text: bool) -> str:
    """Return the worst errors, a line each."""
    worst = list_worst(judged, most)
    lines = [f"{number}. {describe_error(*error, shows_text)}" for number, error in enumerate(worst, 1)]
    return "\n".join([f"the {len(worst)} worst errors", *lines])


def ablate(
    measure: Callable[[Stages], list[Judged]], stages: Stages, whole: Figures
) -> Iterator[tuple[str, ...]]:
    """Yield a head, then what end to end F1 loses without each rule, with the ranker and by rules alone.

    The ranker is not trained anew without a rule.
    """

    def figure(**options: Any) -> Figures:
        return add_up(measure(replace(stages, attribute=partial(stages.attribute, **options))))

    alone = figure(ranked=False)
    yield ("without", "end to end F1", "change", "persons", "false", "rules alone", "change")
    yield _tell_ablation("nothing", whole, whole, alone, alone)
    for rule in RULE_NAMES:
        left = frozenset({rule})
        ranked, by_rules = figure(without=left), figure(without=left, ranked=False)
        yield _tell_ablation(rule, ranked, whole, by_rules, alone)


def _tell_ablation(
    name: str, left: Figures, whole: Figures, rules_left: Figures, rules: Figures
) -> tuple[str, ...]:
    return (
        name, tell(left.end_to_end), f"{left.end_to_end - whole.end_to_end:+.1f}", tell(left.persons),
        str(left.false_attributions), tell(rules_left.end_to_end),
        f"{rules_left.end_to_end - rules.end_to_end:+.1f}",
    )  # fmt: skip


def _plot(path: Path, part: str, judged: Sequence[Judged]) -> None:
    judgements = list(list_judgements(judged))
    title = f"Stated confidence and truth, {len(judgements)} quotes ({part})"
    path.write_text(draw_reliability(sort_into_bins(judgements), title), encoding="utf-8")


def _report_fall(figures: Mapping[str, Figures]) -> None:
    """Say how far each part lies from the first."""
    (first, best), *others = figures.items()
    for part, found in others:
        pairs = {
            "exact span F1": (found.exact, best.exact),
            "end to end F1": (found.end_to_end, best.end_to_end),
            "persons": (found.persons, best.persons),
        }
        told = [f"{name} {a - b:+.1f}" for name, (a, b) in pairs.items() if a is not None and b is not None]
        click.echo(f"\n{part} against {first}: {', '.join(told)}")


if __name__ == "__main__":
    main()
