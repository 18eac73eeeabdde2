"""`quotes publish`: a folder that any Datasette serves to anybody, with what readers may have and no more."""

from __future__ import annotations

from quotes.publish.publication.folder import Publication, publish

__all__ = ["Publication", "publish"]
