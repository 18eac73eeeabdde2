"""Messages as e-mail and saved pages (MHTML) write them: headers, and parts within parts."""

from __future__ import annotations

import email
from email import policy
from itertools import islice
from typing import TYPE_CHECKING

from quotes.errors import SourceError
from quotes.sources.details import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

MOST_BYTES = 30_000_000
"""The most bytes of a message: twice what mail servers take."""
_MOST_PARTS = 500
_LONGEST_HEADER = 20_000
_LONGEST_READ = 1_000  # characters of a header whose words are wanted


def parse_message(data: bytes, where: str) -> Message[str, str]:
    """Return the message. Raises SourceError where it is none, too large, or made to be slow."""
    if len(data) > MOST_BYTES:
        raise SourceError(
            f"{where}: larger than {MOST_BYTES // 1_000_000} MB; save the message without attachments"
        )
    try:
        # The old policy takes headers as they are: reading hostile ones word by word takes minutes.
        message = email.message_from_bytes(data, policy=policy.compat32)
    except RecursionError as error:
        raise SourceError(f"{where}: its parts are nested too deeply") from error
    if not message.keys():
        raise SourceError(f"{where}: not a message: it has no headers")
    for part in islice(message.walk(), _MOST_PARTS):
        if any(len(value) > _LONGEST_HEADER for _, value in part.raw_items()):
            raise SourceError(f"{where}: a header of more than {_LONGEST_HEADER:,} characters")
    return message


def list_parts(message: Message[str, str], kinds: tuple[str, ...]) -> Iterator[Message[str, str]]:
    """Yield the parts of one of `kinds` ("text/html") that are shown, in order; attachments are not."""
    for part in islice(message.walk(), _MOST_PARTS):
        if part.get_content_type() in kinds and part.get_content_disposition() != "attachment":
            yield part


def read_bytes(part: Message[str, str]) -> bytes:
    """Return what a part holds, decoded from base64 or quoted-printable; b"" where it cannot be."""
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError):
        return b""
    return data if isinstance(data, bytes) else b""


def read_header(message: Message[str, str], name: str) -> str | None:
    """Return the words of a header as one line, with what was encoded in them; None where there are none."""
    raw = next((value for key, value in message.raw_items() if key.lower() == name.lower()), None)
    if raw is None:
        return None
    words = raw[:_LONGEST_READ].encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    try:
        return one_line(str(policy.default.header_factory(name, " ".join(words.split()))))
    except (
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        RecursionError,
    ):  # odd headers break the parser
        return one_line(words)
