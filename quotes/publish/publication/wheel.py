"""The plugin as a small wheel: what shows pages, without the models and what runs them (gigabytes).

Only Python, so that Pyodide installs it too; the same bytes whenever the same code is packed.
"""

from __future__ import annotations

import base64
import hashlib
import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from quotes import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(__file__).resolve().parents[2]
# Packages that come whole, and single files of packages that read articles or keep databases as well.
_WHOLE = ("publish", "drift", "languages", "text")
_ALONE = (
    "__init__.py",
    "errors.py",
    "records.py",
    "models/name_words.py",
    "models/name_words.tsv",
    "models/word_information.py",
    "models/word_information.tsv",
)
_ALONE_OF_STORE = ("connect.py", "find.py", "marked.py", "show.py", "statement.py")
# Here they would load what a page never needs.
_EMPTIED = ("models/__init__.py", "store/__init__.py")
_LEFT_OUT = ("publish/publication/",)
# Nothing else that lies there, as editors and systems leave files.
_PACKED = (".py", ".toml", ".tsv", ".html", ".css", ".js")
# Pyodide has no rapidfuzz (what stands in for it is slower), and Datasette Lite shows no pictures.
_NOT_IN_PYODIDE = '; sys_platform != "emscripten"'
REQUIRES = (
    "datasette>=0.65.5",
    f"font-roboto>=0.0.1{_NOT_IN_PYODIDE}",
    f"pillow>=11{_NOT_IN_PYODIDE}",
    f"rapidfuzz>=3.9{_NOT_IN_PYODIDE}",
)
# The first date that a zip file can tell.
_DATE = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o100644 << 16
_NAME = "quote_drift"


def wheel_name() -> str:
    """Return the name of the wheel. The build tag tells it from the wheel with everything."""
    return f"{_NAME}-{__version__}-1pages-py3-none-any.whl"


def pack_wheel() -> bytes:
    """Return the wheel of the pages of this version."""
    info = f"{_NAME}-{__version__}.dist-info"
    files = dict(_list_files())
    files |= {f"{info}/{name}": text.encode() for name, text in _describe().items()}
    record = "".join(f"{name},sha256={_digest(content)},{len(content)}\n" for name, content in files.items())
    files[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            about = zipfile.ZipInfo(name, _DATE)
            about.external_attr, about.create_system = _READABLE, 3
            archive.writestr(about, content, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _list_files() -> Iterator[tuple[str, bytes]]:
    """Yield the name in the wheel and the content of each file of the package, in order of names."""
    names = [*_ALONE, *_EMPTIED, *(f"store/{name}" for name in _ALONE_OF_STORE)]
    for part in _WHOLE:
        names += [
            path.relative_to(PACKAGE).as_posix() for path in (PACKAGE / part).rglob("*") if path.is_file()
        ]
    for name in sorted(names):
        if name.endswith(_PACKED) and not name.startswith(_LEFT_OUT):
            yield f"quotes/{name}", b"" if name in _EMPTIED else (PACKAGE / name).read_bytes()


def _describe() -> dict[str, str]:
    requires = "".join(f"Requires-Dist: {one}\n" for one in REQUIRES)
    return {
        "METADATA": (
            f"Metadata-Version: 2.1\nName: quote-drift\nVersion: {__version__}\n"
            "Summary: The pages of Quote Drift, for a Datasette that serves a published folder\n"
            f"License: Apache-2.0\nRequires-Python: >=3.11\n{requires}"
        ),
        "WHEEL": (
            "Wheel-Version: 1.0\nGenerator: quotes publish\nRoot-Is-Purelib: true\n"
            "Tag: py3-none-any\nBuild: 1pages\n"
        ),
        "entry_points.txt": "[datasette]\nquotes = quotes.publish.plugin\n",
        "LICENSE": _read_licence(),
    }


def _read_licence() -> str:
    inside = PACKAGE / "LICENSE"
    return (inside if inside.exists() else PACKAGE.parent / "LICENSE").read_text(encoding="utf-8")


def _digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
