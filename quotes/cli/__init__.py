"""The command line: `quotes` and its verbs, in the order of --help."""

# isort: off
from quotes.cli.entry import main
from quotes.cli import keeping, asking, streaming, maintaining, installed

# isort: on
__all__ = ["asking", "installed", "keeping", "main", "maintaining", "streaming"]
