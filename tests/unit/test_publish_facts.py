"""Phrases, addresses and citations as the pages say them, and that the package loads light."""

from __future__ import annotations

import doctest
import subprocess
import sys

import pytest

from quotes.publish import addresses, bundled_metadata, diff, phrases
from quotes.publish.addresses import web_address
from quotes.publish.pages import citation
from quotes.publish.picture import told


@pytest.mark.parametrize(
    "module", [addresses, citation, diff, phrases, told], ids=lambda module: module.__name__
)
def test_examples_in_docstrings_hold(module: object) -> None:
    result = doctest.testmod(module)  # type: ignore[arg-type]
    assert result.attempted
    assert not result.failed


def test_importing_the_package_loads_no_datasette() -> None:
    code = "import sys, quotes.publish; print({'datasette', 'uvicorn', 'jinja2'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_metadata_is_bundled() -> None:
    assert bundled_metadata().is_file()


@pytest.mark.parametrize(
    ("published", "outlets", "said"),
    [
        ("2026-03-04", ["A"], "A, on 4 March 2026."),
        ("2026-03-04", ["A", "B"], "A and B, both on 4 March 2026: a tie, as no time of day is known."),
        (
            "2026-03-04",
            ["A", "B", "C"],
            "A, B and C, all on 4 March 2026: a tie, as no time of day is known.",
        ),
        ("2026-03-04T09:30:00+00:00", ["A", "B"], "A and B, both on 4 March 2026, 09:30 UTC: a tie."),
        ("2026-03-04T09:30:00+02:00", ["A"], "A, on 4 March 2026, 09:30 UTC+02:00."),
        ("2026-03", ["A"], "A, in March 2026."),
        ("2026", ["A"], "A, in 2026."),
        (None, ["A"], "Not known: no printing of it carries a date."),
        ("2026-03-04", [], "Not known: no printing of it carries a date."),
    ],
)
def test_who_was_first(published: str | None, outlets: list[str], said: str) -> None:
    assert phrases.describe_first(published, outlets) == said


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "//harbour.example", "/etc/passwd",
        "http:/x", "http://", "https:///x", "http:\\\\x", "https://a b", "https://x\n.example", "https://x\u202e.y",
        " vbscript:x", "", None, "https://x\x00", "https://" + "x" * 5000,
    ],
)  # fmt: skip
def test_only_web_addresses_are_linked(url: str | None) -> None:
    assert web_address(url) is None


@pytest.mark.parametrize(
    "url", ["https://harbour.example/a?b=1#c", " http://x.example ", "HTTPS://X.EXAMPLE"]
)
def test_web_addresses_are_linked(url: str) -> None:
    assert web_address(url) == url.strip()
