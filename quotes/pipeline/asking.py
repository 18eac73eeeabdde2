"""What a job asks for: each address once, and pages when all lists that may name them have answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes import sources, store
from quotes.pipeline.listing import is_said_otherwise, is_wanted, may_list, must_ask, prefer, recall
from quotes.records import Unreadable
from quotes.requests import Asked

if TYPE_CHECKING:
    from quotes.fetch import Fetcher
    from quotes.pipeline.job import Job
    from quotes.requests import Visit
    from quotes.sources import Linked

_NO_ADDRESS = "not a web address that can be read: check how it is spelled"


class Asking:
    """The addresses that a job asks for. `asked` has each with what was remembered of it before."""

    def __init__(self, job: Job, fetcher: Fetcher) -> None:
        self._job, self._fetcher = job, fetcher
        self.asked: dict[str, tuple[Linked, Visit | None]] = {}
        self._waiting: dict[str, Linked] = {}
        self._left: list[tuple[Linked, Visit]] = []

    def ask(self, linked: Linked) -> None:
        """Ask for an address, unless that was done, or what it holds is not wanted, or not due."""
        address = sources.normal_address(linked.address)
        if address is None and not linked.depth:
            self._job.skip(
                Unreadable(sources.hide_secrets(linked.source), _NO_ADDRESS, linked.details.outlet or None)
            )
        if address is None or address in self.asked:
            return
        visit = store.read_visit(self._job.texts, address)
        linked = recall(linked, visit)
        if not is_wanted(linked, self._job.wanted):
            return
        if may_list(linked):
            self._waiting.pop(address, None)
            self._send(address, linked, visit)
        elif must_ask(visit, linked, self._job.now()):
            self._waiting[address] = prefer(linked, self._waiting.get(address, linked), visit)
        elif visit and visit.article_id:
            self._left.append((linked, visit))

    def send_waiting(self) -> bool:
        """Ask for the pages that were listed until now; say whether there were any."""
        waiting, self._waiting = self._waiting, {}
        for address, linked in waiting.items():
            if address not in self.asked:
                self._send(address, linked, store.read_visit(self._job.texts, address))
        return bool(waiting)

    def list_restated(self) -> list[tuple[Linked, Visit]]:
        """Return the pages that are not due, but of which a person says something else than before."""
        return [
            (linked, visit) for linked, visit in self._left if is_said_otherwise(linked, visit, self.asked)
        ]

    def _send(self, address: str, linked: Linked, visit: Visit | None) -> None:
        self.asked[address] = linked, visit
        self._job.summary.places += 1
        known = visit if visit and self._still_holds(visit) else None
        self._fetcher.ask(
            Asked(address, known.etag if known else None, known.last_modified if known else None)
        )

    def _still_holds(self, visit: Visit) -> bool:
        """Say whether what the address gave is still there: only then "unchanged" is an answer."""
        if visit.article_id is None:
            return True
        state = store.read_state(self._job.connection, visit.article_id)
        return state is not None and state.input_hash == visit.input_hash
