"""Imports go down only (the contracts stand in pyproject.toml), and asking for help loads nothing heavy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("torch", "stanza", "datasette", "sqlite_utils", "numpy")


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_contracts_are_kept() -> None:
    linted = run("from importlinter.cli import lint_imports; raise SystemExit(lint_imports(cache_dir=None))")
    assert linted.returncode == 0, linted.stdout


def test_help_loads_neither_models_nor_datasette() -> None:
    code = (
        "import sys, quotes\n"
        "from quotes.cli import main\n"
        "main(['--help'], standalone_mode=False)\n"
        "main(['index', '--help'], standalone_mode=False)\n"
        f"raise SystemExit(' '.join(name for name in {HEAVY} if name in sys.modules) or 0)"
    )
    finished = run(code)
    assert finished.returncode == 0, finished.stderr
    assert "Usage" in finished.stdout
