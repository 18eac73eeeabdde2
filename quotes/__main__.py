"""Run the command line as `python -m quotes`."""

from quotes.cli import main

main()
