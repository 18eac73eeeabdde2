"""Where functions run: whatever runs them, the same comes back; a process that dies costs one item."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from quotes.annotate import Annotator
from quotes.engine import Failure, choose, run_here, run_in_processes
from quotes.engine.choice import EACH, measure_free
from quotes.engine.pieces import AT_HAND, MOST_AHEAD
from quotes.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from quotes.engine import Engine

ROOT = Path(__file__).resolve().parents[2]
SEVERAL = {count: partial(run_in_processes, jobs=count) for count in (1, 2, 3)}
PROCESSES = [pytest.param(engine, id=f"{count} processes") for count, engine in SEVERAL.items()]
ENGINES = [pytest.param(run_here, id="here"), *PROCESSES]


def prepare_doubling() -> Callable[[Sequence[Any]], list[Any]]:
    """Return what doubles numbers. Some items are orders: to sleep, to fail, to be killed."""
    return obey


def obey(items: Sequence[Any]) -> list[Any]:
    return [obey_one(item) for item in items]


def obey_one(item: Any) -> Any:
    match item:
        case (str(order), str() | float() as told):
            obey_order(order, told)
        case "fail":
            raise ValueError("no\nway")
        case "fatal":
            raise ModelError("the models are gone")
        case "die":
            os.kill(os.getpid(), signal.SIGKILL)
        case "who":
            return os.getpid()
        case "odd":
            return lambda: None
        case int():
            return 2 * item
    return item


def obey_order(order: str, told: Any) -> None:
    match order:
        case "sleep":
            time.sleep(told)
        case "touch":
            Path(told).touch()
        case "wait for":
            while not Path(told).exists():
                time.sleep(0.01)
        case "die once" if not Path(told).exists():
            Path(told).touch()
            os._exit(3)


def prepare_badly() -> Callable[[Sequence[Any]], list[Any]]:
    raise ModelError("the models do not load")


def prepare_and_die() -> Callable[[Sequence[Any]], list[Any]]:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def run(engine: Engine, *batches: Sequence[Any], prepare: Any = prepare_doubling) -> list[Any]:
    return list(engine(prepare, enumerate(batches), (ModelError,)))


@pytest.mark.parametrize("engine", ENGINES)
def test_results_come_in_order_with_what_belongs_to_them(engine: Engine) -> None:
    batches = [[("sleep", 0.3), 1], [2, 3], [], [4], [5, 6, 7], [], [8]]
    assert run(engine, *batches) == [
        (0, [("sleep", 0.3), 2]),
        (1, [4, 6]),
        (2, []),
        (3, [8]),
        (4, [10, 12, 14]),
        (5, []),
        (6, [16]),
    ]
    assert run(engine) == []


@pytest.mark.parametrize("engine", ENGINES)
def test_a_bad_item_costs_no_other(engine: Engine) -> None:
    assert run(engine, [1, "fail", 2], ["fail"], [3]) == [
        (0, [2, Failure("ValueError: no way"), 4]),
        (1, [Failure("ValueError: no way")]),
        (2, [6]),
    ]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_fatal_error_is_raised_in_its_place(engine: Engine) -> None:
    answers = engine(prepare_doubling, enumerate([[1], [2], ["fatal"], [3]]), (ModelError,))
    assert [next(answers), next(answers)] == [(0, [2]), (1, [4])]
    with pytest.raises(ModelError, match="the models are gone"):
        next(answers)


@pytest.mark.parametrize("engine", ENGINES)
def test_nothing_is_prepared_before_there_are_items(engine: Engine) -> None:
    answers = engine(prepare_badly, enumerate([[], [], [1]]), (ModelError,))
    assert [next(answers), next(answers)] == [(0, []), (1, [])]
    with pytest.raises(ModelError, match="do not load"):
        next(answers)


@pytest.mark.parametrize("engine", ENGINES)
def test_what_was_asked_before_the_source_broke_is_answered(engine: Engine) -> None:
    def break_off() -> Iterator[tuple[int, list[int]]]:
        yield from ((number, [number]) for number in range(3))
        raise OSError("the list ends here")

    answers: list[Any] = []
    with pytest.raises(OSError, match="the list ends here"):
        answers.extend(engine(prepare_doubling, break_off(), ()))  # extend keeps what came before
    assert answers == [(0, [0]), (1, [2]), (2, [4])]


@pytest.mark.parametrize("engine", ENGINES)
def test_few_large_batches_are_read_ahead(engine: Engine) -> None:
    read = []

    def count() -> Iterator[tuple[int, list[Any]]]:
        for number in range(12):
            read.append(number)
            yield number, [number, bytes(MOST_AHEAD)]

    most = {run_here: 1} | {several: AT_HAND * jobs + 1 for jobs, several in SEVERAL.items()}
    with closing(engine(prepare_doubling, count(), ())) as answers:  # type: ignore[type-var]
        for taken, _ in enumerate(answers):
            assert len(read) - taken <= most[engine]


def test_small_batches_go_on_behind_one_that_takes_long(tmp_path: Path) -> None:
    flag = str(tmp_path / "flag")
    batches = [["who", ("wait for", flag)], *([["who"]] * 20), [("touch", flag)]]
    ((_, (slow, _)), *others, _) = run(SEVERAL[2], *batches)
    assert sum(who == slow for _, (who,) in others) < AT_HAND


@pytest.mark.parametrize("engine", PROCESSES)
def test_a_process_that_dies_costs_the_item_it_died_of(engine: Engine, tmp_path: Path) -> None:
    once = ("die once", str(tmp_path / "flag"))
    ended = Failure("the process that read it ended by SIGKILL, twice")
    assert run(engine, [1, "die", 2], [3], [once, 4], ["die"], [5]) == [
        (0, [2, ended, 4]),
        (1, [6]),
        (2, [once, 8]),
        (3, [ended]),
        (4, [10]),
    ]


@pytest.mark.parametrize("jobs", SEVERAL)
def test_a_process_that_dies_is_named(jobs: int, tmp_path: Path) -> None:
    notes: list[str] = []
    once = ("die once", str(tmp_path / "flag"))
    run(
        partial(run_in_processes, jobs=jobs, warn=notes.append), [1, once], *([number] for number in range(9))
    )
    assert notes == ["a process ended with status 3; what it was at is tried again, one by one"]


def test_what_lies_at_hand_where_a_process_dies_is_not_blamed() -> None:
    items = [["die"], *([("sleep", 0.01)] for _ in range(30)), ["die"], [1]]
    found = [result for _, results in run(SEVERAL[1], *items) for result in results]
    assert [isinstance(one, Failure) for one in found] == [items[number] == ["die"] for number in range(33)]


def test_results_that_cannot_travel_are_failures() -> None:
    ((_, found), (_, after)) = run(SEVERAL[1], ["odd", 1], [2])
    assert all(isinstance(one, Failure) and "pickle" in one.reason for one in found)
    assert after == [4]


def test_processes_that_die_at_the_start_are_given_up_one_by_one() -> None:
    notes: list[str] = []
    engine = partial(run_in_processes, jobs=2, warn=notes.append)
    with pytest.raises(ModelError, match=r"no process could load the models .it ended by SIGKILL.*--jobs 1"):
        run(engine, [1], [2], [3], prepare=prepare_and_die)
    assert notes == ["a process ended by SIGKILL while it loaded the models; going on with 1"]


def test_no_more_processes_than_there_is_work_for() -> None:
    ((_, (first, _)), (_, (second, _))) = run(SEVERAL[3], ["who", ("sleep", 0.2)], ["who", ("sleep", 0.2)])
    assert os.getpid() not in (first, second)
    ((_, found),) = run(SEVERAL[3], ["who", "who"])
    assert len(set(found)) == 1


def test_processes_end_with_the_answers() -> None:
    with closing(SEVERAL[2](prepare_doubling, enumerate([["who"], ["who"], [1], [2]]), ())) as answers:  # type: ignore[type-var]
        _, (process,) = next(answers)
        os.kill(process, 0)
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


JOB = """
import sys
sys.path[:0] = {paths!r}
from functools import partial
from quotes.engine import run_in_processes
from test_engine import prepare_doubling
batches = enumerate([["who"], ["who"], [("sleep", 60.0)], [("sleep", 60.0)], [1]])
try:
    for key, results in run_in_processes(prepare_doubling, batches, (), jobs=2):
        print(*results, flush=True)
except KeyboardInterrupt:
    print("stopped")
"""


def start_job(tmp_path: Path) -> tuple[subprocess.Popen[str], list[int]]:
    """Start a job whose two processes are asleep; return it with their ids."""
    script = tmp_path / "job.py"
    body = JOB.format(paths=[str(ROOT), str(Path(__file__).parent)])
    script.write_text("if __name__ == '__main__':\n" + "\n".join(f"    {line}" for line in body.splitlines()))
    job = subprocess.Popen(
        [sys.executable, str(script)],
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,  # a group of its own: Ctrl-C reaches all of a group
        preexec_fn=heed_interrupts,
    )
    assert job.stdout
    return job, [int(job.stdout.readline()) for _ in range(2)]


def heed_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def await_end(processes: Iterable[int], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not any(is_alive(process) for process in processes):
            return True
        time.sleep(0.05)
    return False


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    try:
        stat = Path(f"/proc/{process}/stat").read_text()
    except FileNotFoundError:  # no /proc, or just ended, which the next look tells
        return True
    except ProcessLookupError:  # ended while it was read
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def test_ctrl_c_ends_all_processes_at_once_and_silently(tmp_path: Path) -> None:
    job, processes = start_job(tmp_path)
    os.killpg(job.pid, signal.SIGINT)
    out, err = job.communicate(timeout=60)
    assert (out, err) == ("stopped\n", "")
    assert await_end(processes, 20)


def test_processes_do_not_outlive_a_job_that_is_killed(tmp_path: Path) -> None:
    job, processes = start_job(tmp_path)
    job.kill()
    assert job.communicate(timeout=60) == ("", "")
    assert await_end(processes, 20)


def test_the_engine_is_as_large_as_memory_allows() -> None:
    notes: list[str] = []
    assert choose(1, notes.append, lambda: 0) is run_here
    assert choose(4, notes.append, lambda: None).keywords["jobs"] == 4  # type: ignore[attr-defined]
    assert choose(4, notes.append, lambda: 4 * EACH).keywords["jobs"] == 4  # type: ignore[attr-defined]
    assert notes == []
    assert choose(4, notes.append, lambda: 3 * EACH - 1).keywords["jobs"] == 2  # type: ignore[attr-defined]
    assert choose(2, notes.append, lambda: EACH // 2) is run_here
    assert notes[0].startswith("memory for 2 of 4 jobs: each takes about ")
    assert notes[1].startswith("memory for 1 of 2 jobs: ")


@pytest.mark.skipif(not Path("/proc/meminfo").exists(), reason="needs Linux")
def test_free_memory_is_measured() -> None:
    free = measure_free()
    assert free is not None
    assert 0 < free < 2**50


def test_the_annotator_travels_without_its_models() -> None:
    annotator = Annotator()
    annotator._pipeline = object()
    copy = pickle.loads(pickle.dumps(annotator.load)).__self__
    assert (copy.models_name, copy.version, copy.is_loaded) == (
        annotator.models_name,
        annotator.version,
        False,
    )
