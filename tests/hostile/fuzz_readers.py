"""Fuzzes the readers and the mark scanner with atheris (the extra `fuzz`), and keeps what breaks one.

    python tests/hostile/fuzz_readers.py [--inputs 1000000] [--only .html] [--keep FOLDER]

Every reader has its share of the inputs, slow ones a smaller one. What breaks a reader is kept in FOLDER, an
input for each kind of error; tests/hostile/crashers has those that were found so far, and a test reads them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

SLOW = {".html": 0.2, ".eml": 0.3, ".warc": 0.15, ".pdf": 0.2, ".xml": 0.2}
"""The share of a reader whose libraries are slow, where another one has 1."""
SCANNER_SHARE = 3.0
MOST_BYTES, MOST_SECONDS, MOST_MB = 3_000, 20, 3_000


def fuzz(target: str, inputs: int, keep: Path, told: Path) -> None:
    """Give a reader so many inputs; never returns. `told` is written the number of those that it had."""
    import atheris

    with atheris.instrument_imports(include=["quotes"], enable_loader_override=False):
        from reading import check
        from seeding import list_seeds, list_words

    corpus = told.with_suffix(".corpus")
    corpus.mkdir(exist_ok=True)
    for number, seed in enumerate(list_seeds(target)):
        (corpus / str(number)).write_bytes(seed)
    words = told.with_suffix(".words")
    words.write_text("".join(map(_quote, list_words(target))), encoding="ascii")
    count = 0

    def look(data: bytes) -> None:
        nonlocal count
        count += 1
        if count % 100 == 0:
            told.write_text(str(count), encoding="ascii")
        try:
            check(target, data)
        except Exception as error:
            _keep(target, data, error, keep)

    limits = [
        f"-runs={inputs}",
        f"-max_len={MOST_BYTES}",
        f"-timeout={MOST_SECONDS}",
        f"-rss_limit_mb={MOST_MB}",
    ]
    places = [f"-artifact_prefix={keep}/slow-or-large-", f"-dict={words}", str(corpus)]
    atheris.Setup([sys.argv[0], *limits, "-verbosity=0", *places], look)
    atheris.Fuzz()


def _quote(word: bytes) -> str:
    return '"' + "".join(f"\\x{byte:02x}" for byte in word[:60]) + '"\n'


def _keep(target: str, data: bytes, error: Exception, keep: Path) -> None:
    """Keep the shortest input for each place in the code that an error comes from."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    words = str(error) if isinstance(error, AssertionError) and "reading" in frame.filename else ""
    place = f"{type(error).__name__} {Path(frame.filename).name} {frame.lineno}"
    name = hashlib.sha256(place.encode()).hexdigest()[:8]
    file = keep / f"{name}.{target.strip('.')}"
    if not file.exists() or file.stat().st_size > len(data):
        file.write_bytes(data)
        file.with_name(f"{file.name}.why").write_text(f"{place}: {error} {words}"[:2_000], encoding="utf-8")


def share_out(inputs: int, only: str | None) -> dict[str, int]:
    """Return the number of inputs for each reader, by one of its endings, and for the mark scanner."""
    from reading import SCAN
    from seeding import kind_of

    from quotes.sources import READERS

    targets = sorted({reader: ending for ending, reader in reversed(READERS.items())}.values())
    shares = {target: SLOW.get(kind_of(target), 1.0) for target in targets} | {SCAN: SCANNER_SHARE}
    shares = {only: 1.0} if only else shares
    return {target: round(inputs * share / sum(shares.values())) for target, share in shares.items()}


def run_target(target: str, inputs: int, keep: Path) -> int:
    """Fuzz a reader in processes of its own until it had its inputs; return how many it had."""
    had = 0
    while had < inputs:
        with tempfile.TemporaryDirectory() as folder:
            told = Path(folder) / "count"
            job = [target, str(inputs - had), str(keep), str(told)]
            done = subprocess.run(
                [sys.executable, __file__, "--job", json.dumps(job)],
                env=os.environ,
                capture_output=True,
                check=False,
            )
            count = int(told.read_text(encoding="ascii")) if told.exists() else 0
        had += count
        if done.returncode == 0:
            return had
        sys.stdout.write(f"{target}: stopped after {count}: {done.stderr[-300:].decode(errors='replace')}\n")
        if not count:
            return had
    return had


def main(inputs: int, only: str | None, keep: Path) -> None:
    keep.mkdir(parents=True, exist_ok=True)
    total = 0
    for target, share in share_out(inputs, only).items():
        began = time.monotonic()
        had = run_target(target, share, keep)
        total += had
        sys.stdout.write(f"{target}: {had:,} inputs in {time.monotonic() - began:.0f} s\n")
        sys.stdout.flush()
    kept = sorted(file.name for file in keep.iterdir() if file.suffix != ".why")
    sys.stdout.write(f"{total:,} inputs in all; kept: {', '.join(kept) or 'nothing'}\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--only", metavar="ENDING")
    parser.add_argument("--keep", type=Path, default=Path("crashers"), metavar="FOLDER")
    parser.add_argument("--job", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.job:
        target, share, keep, told = json.loads(given.job)
        fuzz(target, int(share), Path(keep), Path(told))
    main(given.inputs, given.only, given.keep)
