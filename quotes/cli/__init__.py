"""The command line: `quotes` and its verbs."""

from quotes.cli.verbs import main

__all__ = ["main"]
