"""Ids that derive from content, so that they depend on no insertion order and no clock."""

from __future__ import annotations

import hashlib
import re
import unicodedata


def content_id(*parts: str) -> str:
    """Return 16 hex digits of a sha256 over `parts`; the boundaries between parts count.

    >>> content_id("a", "bc") == content_id("ab", "c")
    False
    """
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()[:16]


def slug(name: str) -> str:
    """Return `name` as a short lower-case ASCII word for addresses; a content id where nothing is left.

    >>> slug("The Harbour Étoile")
    'the-harbour-etoile'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-")[:60] or content_id(name)
