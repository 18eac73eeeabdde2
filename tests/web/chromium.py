"""Headless Chromium over its debugging pipe: pages at any width, light or dark, with no driver to install."""

from __future__ import annotations

import base64
import itertools
import json
import os
import select
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--remote-debugging-pipe",
]
Message = dict[str, Any]
# Fonts are there, and what the page's own scripts changed as it loaded is laid out.
_SETTLED = """(async () => {
  await document.fonts.ready;
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
})()"""


def find_chromium() -> str | None:
    """Return the path of a Chromium on this machine, or None."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


class Browser:
    """One tab. What the pages opened since `forget` did is collected:

    `problems` is what the console complains of, uncaught errors and dialogs too; `requests` is every address
    asked for. `status` is the HTTP status of the page opened last.
    """

    def __init__(self, program: str, profile: Path) -> None:
        to_read, self._write = os.pipe()
        self._read, to_write = os.pipe()
        self._process = subprocess.Popen(
            [
                "bash",
                "-c",
                f'exec "$0" "$@" 3<&{to_read} 4>&{to_write}',
                program,
                *FLAGS,
                f"--user-data-dir={profile}",
            ],
            pass_fds=(to_read, to_write),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_read)
        os.close(to_write)
        self._numbers = itertools.count(1)
        self._rest = b""
        self.problems: list[str] = []
        self.requests: list[str] = []
        self.status = 0
        self._loaded: set[str] = set()
        target = self._call("Target.createTarget", {"url": "about:blank"}, to_tab=False)["targetId"]
        attached = self._call("Target.attachToTarget", {"targetId": target, "flatten": True}, to_tab=False)
        self._session = attached["sessionId"]
        for domain in ("Page", "Log", "Runtime", "Network"):
            self._call(f"{domain}.enable")
        self._call("Page.setLifecycleEventsEnabled", {"enabled": True})

    def forget(self) -> None:
        """Start anew to collect problems and requests."""
        self.problems.clear()
        self.requests.clear()

    def open(self, address: str, width: int = 1280, dark: bool = False) -> None:
        """Load `address` in a window of `width` pixels; returns when it is laid out, with its fonts."""
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
        self._call("Emulation.setDeviceMetricsOverride", size)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._call("Emulation.setEmulatedMedia", {"features": [scheme]})
        answer = self._call("Page.navigate", {"url": address})
        if "errorText" in answer:
            raise RuntimeError(f"{address}: {answer['errorText']}")
        while answer["loaderId"] not in self._loaded:
            self._receive()
        self.evaluate(_SETTLED)

    def evaluate(self, expression: str) -> Any:
        """Return the value of a JavaScript expression on the page, or of its promise, whatever the page's
        policy forbids. Raises RuntimeError where the expression fails."""
        values = {"expression": expression, "returnByValue": True, "awaitPromise": True}
        answer = self._call("Runtime.evaluate", values)
        if "exceptionDetails" in answer:
            raise RuntimeError(str(answer["exceptionDetails"])[:1000])
        return answer["result"].get("value")

    def press(self, key: str, shift: bool = False) -> None:
        """Press and release one key, as in "Tab" or "Enter"."""
        codes = {"Tab": 9, "Enter": 13}
        values = {"key": key, "code": key, "windowsVirtualKeyCode": codes[key], "modifiers": 8 * shift}
        text = {"text": "\r"} if key == "Enter" else {}
        self._call("Input.dispatchKeyEvent", {"type": "keyDown", **values, **text})
        self._call("Input.dispatchKeyEvent", {"type": "keyUp", **values})

    def shoot(self, path: Path) -> None:
        """Write the whole page as a PNG."""
        answer = self._call("Page.captureScreenshot", {"captureBeyondViewport": True})
        path.write_bytes(base64.b64decode(answer["data"]))

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(20)
        os.close(self._write)
        os.close(self._read)

    def _call(self, method: str, values: Message | None = None, to_tab: bool = True) -> Message:
        number = self._send(method, values, to_tab)
        while True:
            answer = self._receive()
            if answer.get("id") == number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                result: Message = answer["result"]
                return result

    def _send(self, method: str, values: Message | None = None, to_tab: bool = True) -> int:
        message = {"id": next(self._numbers), "method": method, "params": values or {}}
        if to_tab:
            message["sessionId"] = self._session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._write, data) :]
        return int(message["id"])

    def _receive(self) -> Message:
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._read], [], [], 60)
            data = os.read(self._read, 65536) if ready else b""
            if not data:
                raise RuntimeError("Chromium has gone, or said nothing for a minute")
            self._rest += data
        line, _, self._rest = self._rest.partition(b"\0")
        message: Message = json.loads(line)
        self._note(message.get("method", ""), message.get("params", {}))
        return message

    def _note(self, event: str, values: Message) -> None:
        if event == "Log.entryAdded":
            self.problems.append(values["entry"]["text"])
        elif event == "Runtime.exceptionThrown":
            self.problems.append(str(values["exceptionDetails"])[:500])
        elif event == "Runtime.consoleAPICalled" and values["type"] in {"error", "warning", "assert"}:
            self.problems.append(str(values["args"])[:500])
        elif event == "Page.javascriptDialogOpening":
            self.problems.append(f"dialog: {values['message']}")
            self._send("Page.handleJavaScriptDialog", {"accept": True})
        elif event == "Page.lifecycleEvent" and values["name"] == "load":
            self._loaded.add(values["loaderId"])
        elif event == "Network.requestWillBeSent":
            self.requests.append(values["request"]["url"])
        elif event == "Network.responseReceived" and values["type"] == "Document":
            self.status = values["response"]["status"]
