"""What grouping needs from where it is kept between two jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from quotes.match.alphabet import Integers
    from quotes.records import Link, Place, Printed, Unit


class Kept(Protocol):
    """The tables of a grouping: each method reads or writes one of them."""

    def read_printed(self, quotes: Collection[str]) -> list[Printed]:
        """Return those of the quotes that exist and belong to a statement."""

    def find_units(self, quotes: Collection[str]) -> set[int]:
        """Return the units that the quotes are in."""

    def find_contents(self, contents: Collection[int]) -> set[int]:
        """Return the units with these contents."""

    def read_contents(self, units: Collection[int]) -> dict[int, int]:
        """Return the content of each of the units that there is."""

    def list_quotes(self, units: Collection[int]) -> list[str]:
        """Return the quotes of the units."""

    def read_units(self, units: Collection[int]) -> list[Unit]:
        """Return the units."""

    def read_places(self, units: Collection[int]) -> dict[int, Place]:
        """Return where the units belong."""

    def read_postings(self, keys: Collection[int]) -> dict[int, Integers]:
        """Return the ids of the units under each key, in order; keys without any are missing."""

    def read_links(self, units: Collection[int]) -> list[Link]:
        """Return the links with one of the units at either end."""

    def read_links_between(self, pairs: Collection[tuple[int, int]]) -> list[Link]:
        """Return those links whose units, one behind the other, are among the pairs."""

    def find_in_stories(self, stories: Collection[int]) -> set[int]:
        """Return the units in these firm components."""

    def find_in_clusters(self, clusters: Collection[int]) -> set[int]:
        """Return the units in these clusters."""

    def find_in_articles(self, articles: Collection[str]) -> list[tuple[str, int]]:
        """Return each of the articles with each unit that it prints."""

    def list_articles(self, units: Collection[int]) -> set[str]:
        """Return the articles that print the units."""

    def list_altered(self, units: Collection[int]) -> set[tuple[int, int]]:
        """Return the pairs of units, one of these among them, that an outlet altered one to the other.

        Those of two speakers are left out.
        """

    def write_units(self, units: Collection[Unit]) -> None:
        """Write units and their quotes, each unit as a statement of its own."""

    def delete_units(self, units: Collection[int]) -> None:
        """Forget units, their quotes and their links."""

    def write_postings(self, postings: Mapping[int, Integers]) -> None:
        """Write the units under each key; a key with none goes."""

    def write_links(self, links: Iterable[Link]) -> None:
        """Write links in place of those between the same units; those without support go."""

    def write_stories(self, stories: Mapping[int, int]) -> None:
        """Write the firm component of units."""

    def write_places(self, places: Mapping[int, Place]) -> None:
        """Write where units belong."""
