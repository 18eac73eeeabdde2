"""What hosts need to serve the folder: a container, a service, what to install, and how each is set up."""

from __future__ import annotations

from importlib.metadata import version
from importlib.resources import files
from string import Template

_FILES = ("Dockerfile", "requirements.txt", "quote-drift.service", "HOSTING.md", ".dockerignore")


def write_hosting(wheel: str) -> dict[str, str]:
    """Return the text of each file for hosts by name; `wheel` is the plugin's, which lies beside them."""
    values = {"wheel": wheel, "datasette": version("datasette")}
    folder = files("quotes.publish.publication") / "files"
    return {
        name: Template((folder / name.lstrip(".")).read_text(encoding="utf-8")).substitute(values)
        for name in _FILES
    }
