"""Ray's actors do what processes do, here or in a cluster; and what Ray does beside that is set."""

from __future__ import annotations

import inspect
import os
import signal
import socket
import subprocess
import sys
import types
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
import test_engine
from click.testing import CliRunner
from sessions import list_session
from test_engine import await_end, prepare_and_die, prepare_doubling, run

from quotes.cli import main
from quotes.engine import ENGINES, Failure, choose, cluster, run_here, run_in_actors
from quotes.engine import ray as actors
from quotes.engine.choice import EACH
from quotes.engine.pieces import AT_HAND, MOST_AHEAD
from quotes.errors import ModelError

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "crash"))

from faults import assert_same, dump
from story import lay_out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from quotes.engine import Engine

ROOT = Path(__file__).resolve().parents[2]
PATHS = [str(ROOT), str(Path(__file__).parent)]
SMALL = str(ROOT / "tests" / "crash" / "cli.py")
DASHBOARD = 8265
SHARED = [
    function
    for name, function in vars(test_engine).items()
    if name.startswith("test_")
    and list(inspect.signature(function).parameters) == ["engine"]
    and "read_ahead" not in name  # how many depends on the engine: see below
]
needs_ray = pytest.mark.skipif(
    not cluster.find_spec("ray"), reason="Ray is not installed: pip install -e '.[ray]'"
)


@pytest.fixture(scope="module")
def at_work() -> Iterator[str]:
    """A Ray of this process, which engines find at work, and its address."""
    with cluster.open_cluster(3, None):
        import ray

        yield ray.get_runtime_context().gcs_address


@pytest.fixture
def engine(at_work: str) -> Engine:
    return partial(run_in_actors, jobs=2)


# What comes back


@needs_ray
@pytest.mark.parametrize("test", SHARED)
def test_actors_pass_what_every_engine_passes(test: Callable[[Engine], None], engine: Engine) -> None:
    test(engine)


@needs_ray
def test_few_batches_are_read_ahead(engine: Engine) -> None:
    read = []

    def count() -> Iterator[tuple[int, list[str]]]:
        for number in range(20):
            read.append(number)
            yield number, ["a long article" * (MOST_AHEAD // 20)]  # 0.7 of what is read ahead for a worker

    with closing(engine(prepare_doubling, count(), ())) as answers:  # type: ignore[type-var]
        most = max(len(read) - taken for taken, _ in enumerate(answers))
    assert most <= 2 * AT_HAND + 2


@needs_ray
def test_an_actor_that_dies_costs_the_item_it_died_of(engine: Engine, tmp_path: Path) -> None:
    once = ("die once", str(tmp_path / "flag"))
    died, told = Failure("the worker that read it died, twice"), []
    assert run(partial(engine, warn=told.append), [1, "die", 2], [3], [once, 4], ["die"], [5]) == [
        (0, [2, died, 4]),
        (1, [6]),
        (2, [once, 8]),
        (3, [died]),
        (4, [10]),
    ]
    assert {line.partition(";")[0] for line in told} == {"a worker died"}


@needs_ray
def test_what_lies_at_hand_where_an_actor_dies_is_not_blamed(engine: Engine) -> None:
    items = [["die"], *([("sleep", 0.01)] for _ in range(9)), ["die"], [1]]
    found = [result for _, results in run(partial(engine, jobs=1), *items) for result in results]
    assert [isinstance(one, Failure) for one in found] == [one == ["die"] for one in items]


@needs_ray
def test_actors_that_die_at_the_start_are_given_up_one_by_one(engine: Engine) -> None:
    told: list[str] = []
    with pytest.raises(ModelError, match=r"no worker could load the models .it died.*--jobs 1"):
        run(partial(engine, warn=told.append), [1], [2], [3], prepare=prepare_and_die)
    assert told == ["a worker died while it loaded the models; going on with 1"]


@needs_ray
def test_a_large_answer_arrives(engine: Engine) -> None:
    ((_, (found,)),) = engine(prepare_much, [(0, [2 * cluster.STORE])], ())
    assert len(found) == 2 * cluster.STORE


def prepare_much() -> Callable[[Sequence[int]], list[bytes]]:
    return lambda sizes: [bytes(size) for size in sizes]


# Which machines


@needs_ray
def test_machines_with_another_version_are_not_used(engine: Engine) -> None:
    told: list[str] = []
    with pytest.raises(
        ModelError, match=r"^\S+ has quote-drift \S+ \d+, this machine .*; install quote-drift"
    ):
        run(partial(engine, version=name_process, warn=told.append), [1], [2], [3])
    assert len(told) == 1
    assert told[0].endswith("on all machines; going on with 1")


def name_process() -> str:
    return str(os.getpid())


@needs_ray
def test_machines_without_quotes_are_not_used(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    absent = types.ModuleType("absent")
    exec("class Reader:\n    def begin(self, given): ...\n    def read(self, items): ...", vars(absent))
    monkeypatch.setitem(sys.modules, "absent", absent)
    monkeypatch.setattr(actors, "Reader", absent.Reader)
    with pytest.raises(ModelError, match=r"No module named 'absent'\); install quote-drift\[ray\]=="):
        run(partial(engine, jobs=1), [1])


@needs_ray
def test_who_waits_for_a_machine_is_told(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actors, "_LONG", 0.1)
    told: list[str] = []
    waiting = partial(engine, address="desk:6379", memory=EACH, warn=told.append)
    assert run(waiting, [("sleep", 0.3)]) == [(0, [("sleep", 0.3)])]
    room = f"desk:6379 may have no free processor with {EACH // 10**6} MB of memory"
    assert told == [f"no worker after 0 s: {room}; waiting for one"]


def test_memory_is_that_of_this_machine_only_without_a_cluster(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "find_spec", lambda _: True)
    here = choose(4, free=lambda: 2 * EACH, name="ray")
    there = choose(4, free=lambda: 2 * EACH, name="ray", address="desk:6379")
    assert here.keywords["jobs"] == 2  # type: ignore[attr-defined]
    assert there.keywords["jobs"] == 4  # type: ignore[attr-defined]
    assert there.keywords["memory"] == EACH  # type: ignore[attr-defined]
    assert choose(1, name="ray") is not run_here


# What Ray does beside


@needs_ray
def test_actors_run_as_processes_do(engine: Engine) -> None:
    ((_, (there,)),) = engine(prepare_telling, [(0, [None])], ())
    assert there == {
        "niceness": os.nice(0),
        "threads": "1",
        "statistics": "0",
        "mode": "token",
        "is deaf to Ctrl-C": True,
    }


def prepare_telling() -> Callable[[Sequence[None]], list[dict[str, Any]]]:
    return tell


def tell(items: Sequence[None]) -> list[dict[str, Any]]:
    is_blocked = signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, [])
    told = {
        "niceness": os.nice(0),
        "threads": os.environ.get("OMP_NUM_THREADS"),
        "statistics": os.environ.get("RAY_USAGE_STATS_ENABLED"),
        "mode": os.environ.get("RAY_AUTH_MODE"),
        "is deaf to Ctrl-C": is_blocked or signal.getsignal(signal.SIGINT) == signal.SIG_IGN,
    }
    return [told for _ in items]


@needs_ray
def test_no_dashboard_listens(at_work: str) -> None:
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", DASHBOARD), 5)


@needs_ray
def test_nobody_joins_without_the_token(at_work: str) -> None:
    done = join(at_work, token="0" * 64)
    assert done.returncode == 1
    assert done.stdout == ""
    assert f"no Ray to join at {at_work}" in done.stderr


@needs_ray
def test_a_cluster_stays_as_it_was(at_work: str) -> None:
    import ray

    done = join(at_work, token=os.environ["RAY_AUTH_TOKEN"])
    assert (done.returncode, done.stdout, done.stderr) == (0, "[(0, [2]), (1, [4])]\n", "")
    test_engine.time.sleep(1)
    assert ray.available_resources()["CPU"] == 3


JOIN = """
import sys
sys.path[:0] = {paths!r}
from test_engine import prepare_doubling
from quotes.engine import run_in_actors
from quotes.errors import ModelError
try:
    print(list(run_in_actors(prepare_doubling, enumerate([[1], [2]]), (), jobs=2, address={address!r})))
except ModelError as error:
    sys.exit(str(error))
"""


def join(address: str, token: str) -> subprocess.CompletedProcess[str]:
    script = JOIN.format(paths=PATHS, address=address)
    given = {name: value for name, value in os.environ.items() if not name.startswith("RAY_")}
    given |= {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": token, "RAY_NUM_REDIS_GET_RETRIES": "2"}
    command = [sys.executable, "-c", script]
    return subprocess.run(command, env=given, capture_output=True, text=True, check=False, timeout=300)


@pytest.fixture
def short() -> Iterator[Path]:
    """A folder for Ray's files: the paths of sockets have to be short."""
    with TemporaryDirectory(prefix="q", dir="/tmp") as folder:
        yield Path(folder)


@needs_ray
def test_the_verb_leaves_nothing_behind_and_the_same_database(tmp_path: Path, short: Path) -> None:
    articles, home = lay_out(tmp_path, 0), tmp_path / "home"
    home.mkdir()
    given = {**os.environ, "HOME": str(home), "RAY_TMPDIR": str(short), "PYTHONPATH": str(ROOT)}
    for name, *engine in (("here",), ("there", "--engine", "ray", "--jobs", "2")):
        command = [
            sys.executable,
            SMALL,
            "index",
            str(articles),
            "--db",
            str(tmp_path / f"{name}.db"),
            *engine,
        ]
        done = subprocess.run(command, env=given, capture_output=True, text=True, check=False, timeout=300)
        assert done.returncode == 0, done.stderr
        assert "ray" not in done.stdout.lower() + done.stderr.lower()
    assert_same(tmp_path / "there.db", dump(tmp_path / "here.db"))
    assert list(home.rglob("*")) == []
    assert list(short.iterdir()) == []


JOB = """
import sys
sys.path[:0] = {paths!r}
from functools import partial
from quotes.engine import run_in_actors
from test_engine import prepare_doubling
batches = enumerate([["who"], ["who"], [("sleep", 60.0)], [("sleep", 60.0)], [1]])
try:
    for key, results in run_in_actors(prepare_doubling, batches, (), jobs=2):
        print(*results, flush=True)
except KeyboardInterrupt:
    print("stopped")
"""


@pytest.fixture
def job(short: Path) -> Iterator[tuple[subprocess.Popen[str], list[int]]]:
    """A job whose two actors are asleep, and all processes that it started."""
    started = subprocess.Popen(
        [sys.executable, "-c", JOB.format(paths=PATHS)],
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "RAY_TMPDIR": str(short)},
        start_new_session=True,  # a group of its own: Ctrl-C reaches all of a group
        preexec_fn=test_engine.heed_interrupts,
    )
    assert started.stdout
    for _ in range(2):
        started.stdout.readline()
    below = [one for one in list_session(started.pid) if one.number != started.pid]
    yield started, [one.number for one in below if one.name not in SLOW_TO_END]
    with suppress(ProcessLookupError):
        os.killpg(started.pid, signal.SIGKILL)


SLOW_TO_END = ("ray::DashboardA", "ray::RuntimeEnv")
"""Where the job is killed, these look for the rest of Ray for a minute, says MANY_MACHINES.md."""


needs_linux = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs Linux")


@needs_ray
@needs_linux
def test_ctrl_c_ends_all_of_ray_silently(job: tuple[subprocess.Popen[str], list[int]]) -> None:
    started, processes = job
    assert len(processes) >= 5  # Ray's own, and two actors
    os.killpg(started.pid, signal.SIGINT)
    assert started.communicate(timeout=60) == ("stopped\n", "")
    assert await_end(processes, 20)


@needs_ray
@needs_linux
def test_actors_do_not_outlive_a_job_that_is_killed(job: tuple[subprocess.Popen[str], list[int]]) -> None:
    started, processes = job
    started.kill()
    assert started.communicate(timeout=60) == ("", "")
    assert await_end(processes, 20)


# Where it cannot be used


def test_without_ray_one_line_tells_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "find_spec", lambda _: None)
    (tmp_path / "a.txt").write_text("Nobody spoke.", encoding="utf-8")
    database = tmp_path / "quotes.db"
    command = ["index", str(tmp_path / "a.txt"), "--db", str(database), "--engine", "ray"]
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 1
    assert done.output == "quotes: Ray is not installed here; it comes with: pip install 'quote-drift[ray]'\n"
    assert not database.exists()


def test_the_verb_knows_the_engines() -> None:
    (choice,) = (one.type for one in main.commands["index"].params if one.name == "engine")
    assert tuple(choice.choices) == ENGINES  # type: ignore[attr-defined]


def test_an_address_is_rays() -> None:
    done = CliRunner().invoke(main, ["index", "--address", "auto"])
    assert done.exit_code == 2
    assert "--engine ray" in done.output


@needs_ray
def test_where_nobody_listens_is_told_at_once() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    done = join(address, token="0" * 64)
    assert done.returncode == 1
    assert done.stderr.startswith(f"no Ray to join at {address} (ConnectionRefusedError")
    assert done.stderr.count("\n") == 1


def test_nothing_new_and_no_help_loads_ray() -> None:
    script = "import sys, quotes.cli, quotes.engine, quotes.pipeline; sys.exit('ray' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", script], env={**os.environ, "PYTHONPATH": str(ROOT)}).returncode
        == 0
    )
