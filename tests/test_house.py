"""The house itself: what newcomers are told, what is packaged, and what may not stand in the repository."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PLAY = "python3 -m venv .venv && "
TEST = "python3 -m venv .venv-test && "


def line(beginning: str) -> str:
    found = [row for row in README.splitlines() if row.startswith(beginning)]
    assert len(found) == 1
    return found[0]


def commands() -> list[str]:
    return sorted(set(re.findall(r"`(ovning [^`]+)`", README)))


def test_two_lines_near_the_top_each_work_alone() -> None:
    assert README.index(TEST) < 1800
    for row in (line(PLAY), line(TEST)):
        assert "-m venv" in row
        assert "-c constraints.txt" in row
    assert line(PLAY).endswith("ovning run elavbrott --org orebro")
    assert line(TEST).endswith("tools/check.py")


def test_ci_runs_the_readmes_own_test_line() -> None:
    ci = ROOT / ".ci" / "run"
    text = ci.read_text(encoding="utf-8")
    assert os.access(ci, os.X_OK)
    assert "README.md" in text
    pattern = re.search(r"grep -m 1 '([^']+)'", text)
    assert pattern is not None
    assert [row for row in README.splitlines() if re.match(pattern[1], row)] == [line(TEST)]


def test_every_command_of_the_readme_is_understood() -> None:
    from ovning.commands.line import app

    known = {command.name for command in app.registered_commands}
    assert len(commands()) >= 8
    for command in commands():
        words = shlex.split(command)
        assert words[1] in known or words[1].startswith("--"), command
    for command in known:
        assert any(shlex.split(told)[1] == command for told in commands()), f"{command} is not in the README"


def test_options_of_the_readme_exist(capsys: pytest.CaptureFixture[str]) -> None:
    from ovning.cli import execute

    for command in commands():
        words = shlex.split(command)
        execute(["--help"] if words[1].startswith("--") else [words[1], "--help"])
        offered = capsys.readouterr().out
        for option in (word for word in words if word.startswith("--")):
            assert f"{option} " in offered, command


def test_pins_are_exact_and_without_hosts() -> None:
    rows = [
        row for row in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines() if not row.startswith("#")
    ]
    assert rows
    assert [row for row in rows if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+", row)] == []


def test_every_requirement_is_pinned() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    owed = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    pinned = {
        row.split("==")[0].lower().replace("_", "-") for row in (ROOT / "constraints.txt").read_text().splitlines()
    }
    names = {re.split(r"[>=<\[]", requirement)[0].lower() for requirement in owed}
    assert names - pinned == set()


def test_the_wheel_holds_exercises_and_templates_and_plays_from_any_folder(tmp_path: Path) -> None:
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "dist")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
        packed.extractall(tmp_path / "site")
    shipped = {
        f"ovning/exercises/{path.relative_to(ROOT / 'exercises').as_posix()}"
        for path in (ROOT / "exercises").rglob("*.yaml")
    }
    assert shipped <= names
    assert "ovning/report/templates/report.html.j2" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    (tmp_path / "elsewhere").mkdir()
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    program = (
        "import ovning, sys; from ovning.cli import execute; print(ovning.__file__); sys.exit(execute(sys.argv[1:]))"
    )
    words = ["run", "elavbrott", "--org", "orebro", "--runs", "2", "--jobs", "1"]
    played = subprocess.run(
        [sys.executable, "-c", program, *words],
        cwd=tmp_path / "elsewhere",
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert played.returncode == 0, played.stderr
    assert played.stdout.startswith(str(tmp_path / "site"))
    assert (tmp_path / "elsewhere" / "resultat" / "elavbrott-orebro-frö1" / "report.html").is_file()


def test_modules_are_of_a_readable_size() -> None:
    long = {
        path.name: n
        for path in (ROOT / "src").rglob("*.py")
        if (n := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}


def test_the_rooms_mirror_in_the_tests() -> None:
    rooms = {path.name for path in (ROOT / "src" / "ovning").iterdir() if (path / "__init__.py").is_file()} - {"model"}
    assert {room for room in rooms if not (ROOT / "tests" / room).is_dir()} == set()
