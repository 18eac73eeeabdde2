"""The command line: `quotes` and its verbs, in the order of --help."""

# isort: off
from quotes.cli.entry import main
from quotes.cli import keeping, asking, streaming

# isort: on
__all__ = ["asking", "keeping", "main", "streaming"]
