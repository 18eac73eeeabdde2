"""axe-core, which finds what keeps people out of a page. The set-up of the tests installs it elsewhere."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chromium import Browser

# Where `npm install --prefix ~/.cache/quote-drift axe-core@4` puts it.
CACHED = Path.home() / ".cache" / "quote-drift" / "node_modules" / "axe-core" / "axe.min.js"
BLOCKING = frozenset({"serious", "critical"})
_RUN = """axe.run(document, {resultTypes: ["violations"]}).then(found => found.violations.map(rule => ({
  rule: rule.id, impact: rule.impact,
  nodes: rule.nodes.map(node => [node.target.join(" "), node.html.slice(0, 200), node.failureSummary]),
})))"""


@dataclass(frozen=True)
class Violation:
    """One element that breaks one of axe's rules."""

    rule: str
    impact: str
    element: str
    html: str
    advice: str

    def __str__(self) -> str:
        return f"{self.impact} {self.rule}: {self.element} {self.html} ({self.advice})"


def find_axe() -> Path | None:
    """Return the path of axe.min.js: what QUOTES_AXE names, else the one in the cache; None where is none."""
    named = os.environ.get("QUOTES_AXE")
    path = Path(named) if named else CACHED
    return path if path.is_file() else None


def find_violations(browser: Browser, axe: str) -> list[Violation]:
    """Return what axe, given as its source, finds on the page that `browser` shows."""
    browser.evaluate(axe + ";undefined")
    return [
        Violation(rule["rule"], rule["impact"], *node)
        for rule in browser.evaluate(_RUN)
        for node in rule["nodes"]
    ]
