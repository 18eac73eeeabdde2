"""Real servers on free ports, for as long as a test needs one."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import deque
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from tempfile import TemporaryDirectory
from threading import Thread
from typing import TYPE_CHECKING

from quotes.publish.metadata import bundled_metadata, datasette_options, read_metadata

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def running(*command: str, cwd: Path | None = None, python: str = sys.executable) -> Iterator[str]:
    """Run a server with this or another Python; yield its address once it says that it listens."""
    process = subprocess.Popen(
        [python, *command], cwd=cwd, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    )
    said: deque[str] = deque(maxlen=60)
    found: Queue[str | None] = Queue()

    def listen() -> None:
        # To the end: a server that nobody listens to stands still once it has complained enough.
        assert process.stderr is not None
        for line in process.stderr:
            said.append(line)
            address = re.search(r"running on (http://127\.0\.0\.1:\d+)", line)
            if address:
                found.put(address.group(1))
        found.put(None)

    listener = Thread(target=listen, daemon=True)
    with process:
        listener.start()
        try:
            address = found.get(timeout=60)
            if address is None:
                raise RuntimeError("the server ended before it listened:\n" + "".join(said))
            yield address
        finally:
            process.terminate()
            listener.join()


@contextmanager
def serving(database: Path, *options: str) -> Iterator[str]:
    """Run a plain Datasette of `database` with the bundled metadata; yield its address."""
    command = ["-m", "datasette", "serve", str(database), "-m", str(bundled_metadata()), "-p", "0"]
    with TemporaryDirectory() as folder:
        config = datasette_options(read_metadata()).get("config")
        if config:  # Datasette 1.0 reads queries from there
            file = Path(folder) / "datasette.json"
            file.write_text(json.dumps(config), encoding="utf-8")
            command += ["-c", str(file)]
        with running(*command, *options) as address:
            yield address
