"""The Datasette plugin with its pages, and the server that shows quotes.db with them.

Importing this package loads no Datasette.
"""

from __future__ import annotations

from quotes.publish.metadata import bundled_metadata
from quotes.publish.server import serve

__all__ = ["bundled_metadata", "serve"]
