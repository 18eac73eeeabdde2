"""Bodies in several articles: equal names, turned names, and short names with the full ones."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from quotes.speakers.merging.clusters import SAME_NAME
from quotes.speakers.merging.lists import load_lists
from quotes.speakers.merging.names import fold
from quotes.speakers.merging.persons import find_sign
from quotes.text.traces import spell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.speakers.merging.clusters import Clusters, Member
    from quotes.speakers.merging.stories import Stories

Words = tuple[str, ...]
Groups = dict[Words, list["Member"]]
_SURE_LENGTH = 4  # letters of a short name that hardly two bodies of one newsroom have


def body_key(name: str) -> Words:
    """Return the words of a body's name as they are compared.

    >>> body_key("the U.S. Department of State"), body_key("State Department")
    (('us', 'state', 'department'), ('state', 'department'))
    """
    lists = load_lists()
    words = fold(name.replace("-", " ").replace("&", " and ")).split() or [name]
    words = words[1:] if words[0] == "the" and len(words) > 1 else words
    known = lists.known_bodies.get(" ".join(words))
    words = known.split() if known else words
    for at, word in enumerate(words):
        if word in lists.turned_bodies and words[at + 1 : at + 2] == ["of"]:
            rest = words[at + 3 :] if words[at + 2 : at + 3] == ["the"] else words[at + 2 :]
            return (*words[:at], *rest, word) if rest else tuple(words)
    return tuple(words)


def is_generic(key: Words) -> bool:
    """Say whether a name is only a kind of body (“the department”), which is another one elsewhere."""
    return len(key) == 1 and key[0] in load_lists().generic_bodies


def link_bodies(clusters: Clusters, bodies: Sequence[Member], stories: Stories) -> None:
    """Join bodies by equal names; short names to full ones that are printed beside them or that alone fit."""
    groups: dict[Words, list[Member]] = defaultdict(list)
    for member in bodies:
        key = body_key(member.local.name)
        if not is_generic(key):
            groups[key].append(member)
    for group in groups.values():
        for other in group[1:]:
            same = group[0].local.name == other.local.name
            clusters.join(group[0].number, other.number, SAME_NAME if same else _turned(group[0]))
    _link_acronyms(clusters, groups, stories)
    _link_ends(clusters, groups, stories)


def _turned(member: Member) -> str:
    return f"another form of the name “{member.local.name}”"


def _link_acronyms(clusters: Clusters, groups: Groups, stories: Stories) -> None:
    """Join “OOE” to what is printed beside it; else to the one body seen that has these first letters."""
    spelled: dict[str, set[Words]] = defaultdict(set)
    for key, group in groups.items():
        for short in spell(group[0].local.name) if len(key) > 1 else ():
            spelled[short.casefold()].add(key)
    for (short, *more), group in sorted(groups.items()):
        if more or not _is_short(group[0].local.name):
            continue
        printed = {body_key(full) for full in stories.expansions.get(short, ())}
        fits = printed or spelled[short]
        if len(fits) != 1 or (full := min(fits)) not in groups:
            continue
        name = groups[full][0].local.name
        sign = find_sign(group, groups[full], stories)
        if printed:
            why = f"short for “{name}”, which is printed beside it"
        elif sign or len(short) >= _SURE_LENGTH:
            why = f"the first letters of “{name}”, which no other body seen has" + (
                f"; {sign[2]}" if sign else ""
            )
        else:
            continue
        clusters.join(groups[full][0].number, group[0].number, why)


def _is_short(name: str) -> bool:
    letters = name.replace(".", "")
    return 2 <= len(letters) <= 8 and letters.isalpha() and letters.isupper()


def _link_ends(clusters: Clusters, groups: Groups, stories: Stories) -> None:
    """Join a name to the one body of its story whose longer name ends in it (“Capitol Police”)."""
    by_end: dict[str, list[Words]] = defaultdict(list)
    for key in sorted(groups):
        by_end[key[-1]].append(key)
    for key, group in sorted(groups.items()):
        longer = [other for other in by_end[key[-1]] if len(other) > len(key) and other[-len(key) :] == key]
        signs = {other: find_sign(group, groups[other], stories) for other in longer}
        found = [(other, sign) for other, sign in signs.items() if sign]
        if len(found) == 1 and found[0][1]:
            full, sign = groups[found[0][0]], found[0][1]
            why = f"the end of “{full[0].local.name}”, the only such body there: {sign[2]}"
            clusters.join(full[0].number, group[0].number, why)
