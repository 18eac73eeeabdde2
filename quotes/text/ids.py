"""Ids that derive from content, so that they depend on no insertion order and no clock."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_LONGEST = 60  # characters of a slug


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

    Where letters or digits are lost, six digits of the content id keep names apart.

    >>> slug("The Harbour Étoile"), slug("Порт 24")
    ('the-harbour-etoile', '24-2329f0')
    """
    parts = unicodedata.normalize("NFKD", name)
    plain = parts.encode("ascii", "ignore").decode("ascii")
    word = re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-")
    if not word:
        return content_id(name)
    if len(word) > _LONGEST or any(sign.isalnum() and not sign.isascii() for sign in parts):
        return f"{word[:_LONGEST].rstrip('-')}-{content_id(name)[:6]}"
    return word
