"""A verb with many options, listed under headings in --help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Grouped(click.Command):
    """Lists its options under the headings of `groups`, by their names; those that none names come last."""

    def __init__(self, *words: Any, groups: Mapping[str, Sequence[str]], **options: Any) -> None:
        super().__init__(*words, **options)
        self.groups = groups

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, a section a heading."""
        options = (param for param in self.get_params(ctx) if isinstance(param, click.Option))
        rows = {option.name or "": option.get_help_record(ctx) for option in options}
        for heading, names in self.groups.items():
            self._write(heading, [rows.pop(name) for name in names], formatter)
        self._write("Other", [*rows.values()], formatter)

    @staticmethod
    def _write(heading: str, rows: Sequence[tuple[str, str] | None], formatter: click.HelpFormatter) -> None:
        with formatter.section(heading):
            formatter.write_dl([row for row in rows if row])
