"""The recipes for an hourly job: each one is run, or checked by what would run it, as far as it is here."""

from __future__ import annotations

import plistlib
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from quotes.cli import main
from quotes.cli.recipes import RECIPES, Hourly, write_recipe
from quotes.errors import SourceError

ROOT = Path(__file__).resolve().parents[2]
ODD = 'Ann\'s 100% $HOME "news" & <tips> é'


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """A folder with all in its name that a shell, a crontab or a unit takes for something else."""
    folder = tmp_path / ODD
    folder.mkdir()
    (folder / "sources.txt").write_text("articles\n")
    return folder


@pytest.fixture
def job(odd: Path) -> Hourly:
    """An hourly job of a program that notes in the file `called` how it was called."""
    called = shlex.quote(str(odd / "called"))
    program = write_program(odd / "quotes", f'#!/bin/sh\nprintf "%s\\n" "$@" > {called}\n')
    return Hourly(
        (str(program),), odd / "my quotes.db", odd / "sources.txt", ("https://a.example/?q=1&r=%20",), "ann"
    )


def write_program(path: Path, text: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
    return path


def read_called(job: Hourly) -> list[str]:
    return (job.database.parent / "called").read_text().splitlines()


def read_cron_line(recipe: str) -> tuple[list[str], str]:
    """Return the times of a crontab's one line, and its command as cron hands it to the shell."""
    (line,) = (line for line in recipe.splitlines() if line and not line.startswith("#"))
    *times, command = line.split(maxsplit=5)
    assert not re.search(r"(?<!\\)%", command)  # else cron ends the command there
    return times, command.replace(r"\%", "%")


def run_as_cron(command: str, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {"HOME": str(home), "LOGNAME": "ann", "PATH": "/usr/bin:/bin", "SHELL": "/bin/sh"}
    return subprocess.run(
        ["/bin/sh", "-c", command], cwd=home, env=environment, capture_output=True, text=True, check=False
    )


def test_the_line_for_cron_runs_as_cron_runs_it(job: Hourly, tmp_path: Path) -> None:
    times, command = read_cron_line(write_recipe("cron", job))
    assert re.fullmatch(r"[1-9]|[1-5]\d", times[0])
    assert times[1:] == ["*"] * 4
    done = run_as_cron(command, tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert read_called(job) == list(job.arguments)
    assert job.arguments[-1] == "--quiet"


def test_the_log_that_it_proposes_can_be_put_behind_the_line(job: Hourly, tmp_path: Path) -> None:
    recipe = write_recipe("cron", job)
    (behind,) = re.findall(r"at the end of the line:  (>> .+)$", recipe, re.MULTILINE)
    _, command = read_cron_line(f"{recipe.rstrip()} {behind}")
    assert run_as_cron(f"{command}; echo noted >&2", tmp_path).returncode == 0
    assert job.database.with_suffix(".log").is_file()


def test_jobs_do_not_all_begin_at_the_same_minute() -> None:
    minutes = {Hourly(("quotes",), Path(f"/srv/{n}.db"), None, (), "ann").minute for n in range(300)}
    assert minutes <= set(range(1, 60))
    assert len(minutes) > 40


def test_the_real_program_runs_from_a_crontab(odd: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the models: nobody speaks in the article."""
    (odd / "articles").mkdir()
    (odd / "articles" / "a.txt").write_text("Nobody spoke.\n")
    monkeypatch.chdir(odd)
    monkeypatch.setattr(sys, "argv", ["pytest"])
    printed = CliRunner().invoke(
        main, ["recipe", "cron", "articles", "--db", "story.db"], catch_exceptions=False
    )
    assert printed.stderr == ""
    _, command = read_cron_line(printed.stdout)
    command = f"PYTHONPATH={ROOT} PYTHONWARNINGS=error::ResourceWarning {command}"
    done = run_as_cron(command, odd)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (odd / "story.db").is_file()
    (odd / "articles" / "b.txt").touch()
    bad = run_as_cron(command, odd)
    assert (bad.returncode, bad.stdout) == (3, "")
    assert bad.stderr == "quotes: articles/b.txt: empty; nothing to read\n"
    again = run_as_cron(command, odd)  # told once is enough: cron would mail it every hour
    assert (again.returncode, again.stdout, again.stderr) == (3, "", "")


# systemd


@pytest.fixture
def unit_job(job: Hourly, tmp_path: Path) -> Hourly:
    """The same, of a program whose name systemd takes."""
    program = write_program(tmp_path / "100 % é" / "quotes", Path(job.program[0]).read_text())
    return replace(job, program=(str(program),))


def write_units(job: Hourly, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run the recipe, as sh would, with another folder for the units."""
    folder.mkdir()
    monkeypatch.setenv("UNITS", str(folder))
    subprocess.run(["sh"], input=write_recipe("systemd", job), text=True, check=True)
    return folder


def read_unit(path: Path) -> dict[str, str]:
    lines = (line for line in path.read_text().splitlines() if "=" in line and not line.startswith("#"))
    return dict(line.split("=", 1) for line in lines)


def test_the_units_are_written(unit_job: Hourly, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    units = write_units(unit_job, tmp_path / "units", monkeypatch)
    assert sorted(path.name for path in units.iterdir()) == [
        "quotes-my-quotes.service",
        "quotes-my-quotes.timer",
    ]
    service = read_unit(units / "quotes-my-quotes.service")
    assert (service["Type"], service["User"], service["SuccessExitStatus"]) == ("oneshot", "ann", "3 75")
    assert read_unit(units / "quotes-my-quotes.timer")["Persistent"] == "true"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
def test_systemd_finds_no_fault_with_them(
    unit_job: Hourly, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    units = write_units(unit_job, tmp_path / "units", monkeypatch)
    command = ["systemd-analyze", "verify", "--man=no", *map(str, sorted(units.iterdir()))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = [line for line in done.stderr.splitlines() if "quotes" in line]
    assert said == []


def test_systemd_is_given_every_word_as_it_is(
    unit_job: Hourly, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    units = write_units(unit_job, tmp_path / "units", monkeypatch)
    service = read_unit(units / "quotes-my-quotes.service")
    assert split_exec(service["ExecStart"]) == [*unit_job.program, *unit_job.arguments]
    assert split_exec(service["ReadWritePaths"].replace("$", "$$")) == [str(unit_job.database.parent)]


def split_exec(line: str) -> list[str]:
    """Split a command as systemd.service(5) says: words, in double quotes or bare; \\, % and $ escaped."""
    words = re.findall(r'"((?:[^"\\]|\\.)*)"|(\S+)', line)
    return [
        re.sub(r"\\(.)", r"\1", quoted or bare).replace("%%", "%").replace("$$", "$")
        for quoted, bare in words
    ]


# launchd


def test_the_property_list_holds_a_command_that_runs(job: Hourly) -> None:
    recipe = write_recipe("launchd", job)
    plist = plistlib.loads(recipe.encode())
    assert plist["ProgramArguments"] == [*job.program, *job.arguments]
    assert plist["Label"] == "quote-drift.quotes-my-quotes"
    assert plist["StartCalendarInterval"] == {"Minute": job.minute}
    assert plist["StandardErrorPath"] == str(job.database.with_suffix(".log"))
    subprocess.run(plist["ProgramArguments"], check=True)
    assert read_called(job) == list(job.arguments)


# GitHub Actions


def load_workflow(job: Hourly) -> dict[Any, Any]:
    loaded = yaml.safe_load(write_recipe("github", job))
    assert isinstance(loaded, dict)
    return loaded


@pytest.fixture
def local(odd: Path, monkeypatch: pytest.MonkeyPatch) -> Hourly:
    """A job of what lies in the repository, which is the folder that we are in."""
    monkeypatch.chdir(odd)
    return Hourly(("quotes",), odd / "my quotes.db", odd / "sources.txt", (str(odd / "my articles"),), "ann")


def test_the_workflow_asks_for_no_more_than_it_needs(local: Hourly) -> None:
    workflow = load_workflow(local)
    assert workflow[True]["schedule"] == [{"cron": f"{local.minute} * * * *"}]  # YAML reads a bare "on" so
    assert workflow["permissions"] == {"contents": "read"}
    assert workflow["concurrency"] == {"group": "quotes", "cancel-in-progress": False}
    steps = workflow["jobs"]["index"]["steps"]
    assert all(re.fullmatch(r"actions/[\w/-]+@v\d+", step["uses"]) for step in steps if "uses" in step)
    caches = [step["with"] for step in steps if "cache" in step.get("uses", "")]
    assert [cache["path"] for cache in caches] == ["data", "data"]
    assert caches[0]["key"] == caches[1]["key"]
    assert not any("${{" in step.get("run", "") for step in steps)


@pytest.mark.parametrize(("status", "expected"), [(0, 0), (3, 0), (1, 1), (75, 1)])
def test_the_steps_of_the_workflow_run(
    local: Hourly, odd: Path, tmp_path: Path, status: int, expected: int
) -> None:
    """With a Python whose virtual environments hold a pip and a quotes that only note what they were told."""
    steps = load_workflow(local)["jobs"]["index"]["steps"]
    note = f'#!/bin/sh\nprintf "%s\\n" "$@" >> "{tmp_path}/told"\n'
    write_program(tmp_path / "made" / "pip", note)
    write_program(tmp_path / "made" / "quotes", f"{note}exit {status}\n")
    fake = write_program(
        tmp_path / "bin" / "python", f'#!/bin/sh\nmkdir "$3"\ncp -r "{tmp_path}/made" "$3/bin"\n'
    )
    environment = {
        "PATH": f"{fake.parent}:/usr/bin:/bin",
        "RUNNER_TEMP": str(tmp_path),
        "QUOTES": "quote-drift",
    }
    ended = 0
    for step in steps:
        if "run" in step and not ended:
            command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
            ended = subprocess.run(command, cwd=odd, env=environment, check=False).returncode
    assert ended == expected
    assert (tmp_path / "told").read_text().splitlines() == [
        *["install", "--quiet", "quote-drift"],
        *["index", "my articles", "--sources", "sources.txt", "--db", "data/my quotes.db"],
    ]


# All of them


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_is_filled_in_and_short_enough_to_read(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sources.txt").touch()
    result = CliRunner().invoke(main, ["recipe", name], catch_exceptions=False)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "sources.txt" in result.stdout
    assert "quotes.db" in result.stdout
    filled = result.stdout.replace("${{", "").replace("$RUNNER_TEMP", "").replace("$QUOTES", "")
    assert not re.search(r"\$(again|command|database|minute|folder|unit\b|log|label|user)", filled)
    if name != "github":
        assert str(tmp_path / "sources.txt") in result.stdout


def test_a_list_that_is_not_there_yet_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["recipe", "cron"])
    assert result.exit_code == 0
    assert result.stderr == "quotes: sources.txt: not there yet; write the feeds and folders to read in it\n"
    named = CliRunner().invoke(main, ["recipe", "cron", "https://desk.example/feed"])
    assert named.stderr == ""
    assert "index https://desk.example/feed --db" in named.stdout


@pytest.mark.parametrize(
    ("name", "program", "file"),
    [
        ("launchd", "quotes", "a\nb.db"),
        ("cron", "quotes", "a\\b.db"),
        ("github", "quotes", "a${{ b }}.db"),
        ("systemd", "/srv/ann's/quotes", "a.db"),
    ],
)
def test_a_name_that_a_recipe_cannot_hold_is_refused(name: str, program: str, file: str) -> None:
    job = Hourly((program,), Path("/srv") / file, None, (), "ann")
    with pytest.raises(SourceError, match=f"cannot stand in a recipe for {name}; choose a plainer one"):
        write_recipe(name, job)


def test_the_program_is_the_one_that_was_called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = write_program(tmp_path / "bin" / "quotes", "#!/bin/sh\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["bin/quotes"])
    assert f"nice -n 10 {program} index" in CliRunner().invoke(main, ["recipe", "cron", "x"]).stdout
    monkeypatch.setattr(sys, "argv", ["elsewhere"])
    assert f"{sys.executable} -m quotes index" in CliRunner().invoke(main, ["recipe", "cron", "x"]).stdout
