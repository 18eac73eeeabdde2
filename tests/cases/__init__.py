"""Labelled cases, all invented; `load` reads one file of them as pytest parameters."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest


def load(name: str) -> list[Any]:
    """Return the cases of ``NAME.json`` as parameters; a known failure is a strict xfail."""
    cases = json.loads((Path(__file__).parent / f"{name}.json").read_text(encoding="utf-8"))
    return [
        pytest.param(
            case,
            id=case["name"],
            marks=[pytest.mark.xfail(strict=True, reason=case["why"])] if case.get("known_failure") else [],
        )
        for case in cases
    ]
