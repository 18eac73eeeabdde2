"""Why a request failed, in words for a person."""

from __future__ import annotations


class FetchError(Exception):
    """A request that gave nothing to read. `reason` is for a person.

    `may_pass` says that a later try may succeed, `is_silence` that the server did not do its part. `status`
    is that of its answer, 0 where there was none.
    """

    def __init__(
        self, reason: str, *, may_pass: bool = False, is_silence: bool = False, status: int = 0
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.may_pass = may_pass
        self.is_silence = is_silence
        self.status = status


class StoppedError(FetchError):
    """The job ends; nothing is sent any more."""

    def __init__(self) -> None:
        super().__init__("the job was stopped before it was read", may_pass=True)


def say_seconds(seconds: float) -> str:
    """Return a length of time in words.

    >>> say_seconds(20), say_seconds(0.5), say_seconds(600), say_seconds(7201)
    ('20 s', '0.5 s', '10 min', '2 h')
    """
    if seconds < 120:
        return f"{seconds:g} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.0f} h"
