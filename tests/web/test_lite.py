"""A publication in the browser alone: Pyodide in a worker, started the way Datasette Lite starts it.

Datasette Lite loads Pyodide and packages from hosts that tests do not ask. Here Pyodide comes from npm, and
the packages from this environment, without their compiled parts: what only those could do would fail.
"""

from __future__ import annotations

import functools
import json
import os
import re
import sysconfig
import time
import zipfile
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import invented_story
import pytest
from datasette.version import __version_info__

from quotes.publish.publication import publish
from quotes.publish.publication.wheel import wheel_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chromium import Browser

pytestmark = pytest.mark.web
# Where `npm install --prefix ~/.cache/quote-drift pyodide@314` puts it.
PYODIDE = Path(os.environ.get("QUOTES_PYODIDE") or "~/.cache/quote-drift/node_modules/pyodide").expanduser()
MOST_SECONDS = 240
WORKER = """
import { loadPyodide } from "/pyodide/pyodide.mjs";
let py;
const bytes = async path => (await fetch(path)).arrayBuffer();
async function start() {
  py = await loadPyodide({ indexURL: "/pyodide/" });
  for (const archive of ["/packages.zip", "/site/WHEEL"])
    py.unpackArchive(await bytes(archive), "zip", { extractDir: "/packages" });
  await py.runPythonAsync(`
import os, sys
sys.path.insert(0, "/packages")
os.link = os.symlink
from pyodide.http import pyfetch
open("quotes.db", "wb").write(await (await pyfetch("/site/quotes.db")).bytes())
from datasette.utils import parse_metadata
metadata = parse_metadata(await (await pyfetch("/site/metadata.yml")).string())
from datasette.app import Datasette
ds = Datasette(["quotes.db"], settings={"num_sql_threads": 0}, metadata=metadata)
await ds.invoke_startup()
`);
}
const ready = start();
self.onmessage = async event => {
  try {
    await ready;
    const answer = await py.runPythonAsync(`
response = await ds.client.get(${JSON.stringify(event.data)}, follow_redirects=True)
[response.status_code, response.text]`);
    const [status, text] = answer.toJs();
    self.postMessage({ status, text });
  } catch (error) { self.postMessage({ status: 0, text: String(error) }); }
};
"""
PAGE = """<!DOCTYPE html><meta charset="utf-8"><title>Lite</title><script type="module">
window.answers = [];
const worker = new Worker("/worker.mjs", { type: "module" });
worker.onmessage = event => window.answers.push(event.data);
worker.onerror = event => window.answers.push({ status: 0, text: event.message });
window.ask = path => worker.postMessage(path);
</script>"""


class Files(SimpleHTTPRequestHandler):
    """Serves what lies in a folder, silently."""

    extensions_map = {  # noqa: RUF012 as it is in the class above
        **SimpleHTTPRequestHandler.extensions_map, ".mjs": "text/javascript", ".wasm": "application/wasm",
    }  # fmt: skip

    def log_message(self, *_: Any) -> None:
        pass


def list_packages(name: str) -> dict[str, Distribution]:
    """The installed distributions that `name` needs, itself among them, by name."""
    needed: dict[str, Distribution] = {}
    waiting = [name]
    while waiting:
        one = waiting.pop()
        if one in needed:
            continue
        try:
            needed[one] = distribution(one)
        except PackageNotFoundError:  # for another system or Python
            continue
        wanted = [line for line in needed[one].requires or () if "extra ==" not in line]
        waiting += [re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", line)[0]).lower() for line in wanted]
    return needed


def pack(target: Path) -> None:
    """Write the Python files of Datasette and what it needs into a zip file."""
    home = Path(sysconfig.get_path("purelib"))
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for package in list_packages("datasette").values():
            for file in package.files or ():
                path = home / file
                if path.is_file() and path.suffix not in {".so", ".pyc"} and ".." not in file.parts:
                    archive.write(path, str(file))


@pytest.fixture
def lite(tmp_path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """The address of a page with Datasette in a worker, and the ids of the story that it serves."""
    if not (PYODIDE / "pyodide.mjs").is_file():
        pytest.skip(
            "no Pyodide: npm install --prefix ~/.cache/quote-drift pyodide@314, or name it in QUOTES_PYODIDE"
        )
    ids = invented_story.build(tmp_path / "quotes.db")
    www = tmp_path / "www"
    publish(invented_story.sign(tmp_path / "quotes.db"), www / "site")
    (www / "pyodide").symlink_to(PYODIDE)
    pack(www / "packages.zip")
    (www / "worker.mjs").write_text(WORKER.replace("WHEEL", wheel_name()))
    (www / "index.html").write_text(PAGE)
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Files, directory=str(www))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/index.html", ids
        server.shutdown()


def ask(browser: Browser, path: str) -> tuple[int, str]:
    """Return status and text of what Datasette in the worker answers."""
    browser.evaluate(f"window.answers = []; ask({json.dumps(path)})")
    give_up = time.monotonic() + MOST_SECONDS
    while time.monotonic() < give_up:
        answer = json.loads(browser.evaluate("JSON.stringify(window.answers)"))
        if answer:
            return answer[0]["status"], answer[0]["text"]
        time.sleep(0.2)
    pytest.fail(f"{path}: no answer within {MOST_SECONDS} seconds")


@pytest.mark.skipif(__version_info__[0] != "0", reason="Datasette Lite runs the newest release, no alpha")
def test_pages_are_made_in_the_browser(browser: Browser, lite: tuple[str, dict[str, str]]) -> None:
    address, ids = lite
    browser.open(address)
    status, home = ask(browser, "/-/quotes")
    assert status == 200, home
    assert "ferry on 14 May" in home
    statement = ask(browser, f"/-/quotes/statement/{ids['ferry']}")
    assert statement[0] == 200
    assert "<del" in statement[1]
    assert ask(browser, "/-/quotes?q=ferry")[0] == 200
    assert ask(browser, "/quotes/drifted-most")[0] == 200
    assert ask(browser, "/quotes/quotes?_search=ferry")[0] == 200
    assert ask(browser, "/quotes?sql=select+1")[0] == 403
    assert ask(browser, f"/-/quotes/statement/{ids['ferry']}.svg")[0] == 501
