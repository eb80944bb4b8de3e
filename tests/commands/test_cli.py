"""Help, usage errors, exit codes, crashes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import pytest

import ovning.commands.run as run_module
from ovning import __version__, is_compiled, say_version
from ovning.errors import InputError, ObjectiveNotMetError, OutputError, OvningError, Problem, UsageError
from ovning.files import shipped_folder
from tests.commands.conftest import Said

HEAVY = ("scipy", "numpy", "matplotlib", "simpy", "pandas", "pyarrow")


@pytest.mark.parametrize("words", [["--help"], ["run", "--help"], ["trace", "--help"]])
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    program = (
        "import sys; from ovning.cli import execute; code = execute(sys.argv[1:]); "
        f"heavy = [m for m in {HEAVY!r} if m in sys.modules]; sys.exit(code or (99 if heavy else 0))"
    )
    done = subprocess.run([sys.executable, "-c", program, *words], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_help_is_swedish_and_lists_commands_in_the_order_of_use(ovning: Callable[..., Said]) -> None:
    said = ovning("--help")
    assert said.code == 0
    assert "Användning: ovning" in said.out
    assert [word for word in ("Usage", "Options", "Commands", "Show this") if word in said.out] == []
    at = [
        said.out.index(f"\n  {command} ")
        for command in (
            "run",
            "compare",
            "sweep",
            "papers",
            "evaluate",
            "report",
            "trace",
            "new",
            "check",
            "show",
            "list",
            "schema",
        )
    ]
    assert at == sorted(at)


def test_version(ovning: Callable[..., Said]) -> None:
    assert ovning("--version") == Said(0, f"ovning {__version__}\n", "")


def test_version_of_a_compiled_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ovning.__file__", str(tmp_path / "__init__.py"))
    assert not is_compiled()
    (tmp_path / "engine").mkdir()
    (tmp_path / "engine" / f"play{EXTENSION_SUFFIXES[0]}").touch()
    assert is_compiled()
    assert say_version() == f"ovning {__version__} (kompilerad motor)"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["rnu"], "kommandot rnu finns inte. Menade du 'run'?"),
        (["run"], "ÖVNING saknas"),
        (["run", "elavbrott", "--runns", "3"], "valet --runns finns inte. Menade du --runs?"),
        (["run", "elavbrott", "--runs"], "valet --runs behöver ett värde"),
        (["run", "elavbrott", "--require=ja"], "valet --require tar inget värde"),
        (["run", "elavbrott", "extra"], "det står för mycket på raden: extra"),
        (["run", "elavbrott", "--runs", "sju"], "--runs ska vara ett heltal; här står ”sju”"),
        (["run", "elavbrott", "--runs", "0"], "--runs ska vara minst 1"),
        (["run", "elavbrott", "--org", "orebro", "--org", "orebro"], "angiven två gånger"),
        (["trace", "elavbrott"], "ange en med --org: orebro, haninge"),
        (["trace", "elavbrott", "--org", "orebro", "--case", "E99"], "Ärendet ”E99” finns inte"),
        (["trace", "elavbrott", "--org", "orebro", "--org", "haninge"], "ange --org en gång"),
        (["run", "elavbrott", "--set", "functions.tib.on_call.count="], "--set skrivs VÄG=VÄRDE"),
        (["schema", "kaka"], "”kaka” är inget slags fil"),
        (["show", "ingenstans"], "varken någon övning eller någon organisation"),
    ],
)
def test_wrong_usage_is_told_in_swedish_and_exits_2(
    ovning: Callable[..., Said], words: list[str], message: str
) -> None:
    said = ovning(*words)
    assert said.code == 2
    assert message in said.err
    assert said.out == ""


def test_without_a_command_the_help_is_shown(ovning: Callable[..., Said]) -> None:
    said = ovning()
    assert said.code == 2
    assert "Kommandon:" in said.err


@pytest.mark.parametrize(
    "words",
    [
        ("elavbrott", "--org", "orebro", "--set", "functions.tbi.patience=1 min", "--set", "scenario.horizon=fem"),
        ("elavbrottt", "--org", "orebro"),
        ("elavbrottt",),
        ("elavbrott", "--org", "orebroo"),
        ("elavbrott", "--org", "orebro", "--variation", "ingen"),
        ("elavbrott", "--org", "orebro", "--start", "i går"),
    ],
)
def test_what_is_wrong_on_the_command_line_exits_2_and_speaks_of_no_files(
    ovning: Callable[..., Said], words: tuple[str, ...]
) -> None:
    said = ovning("run", *words)
    assert said.code == 2
    assert "Kommandoraden går inte att använda" in said.err
    assert "Ingenting har spelats" in said.err
    assert not Path("resultat").exists()


def test_wrong_files_exit_3_with_every_problem(ovning: Callable[..., Said]) -> None:
    shutil.copytree(shipped_folder(), "mina")
    for file, right in (("organisations/orebro.yaml", "population: "), ("elavbrott/scenario.yaml", "horizon: ")):
        path = Path("mina") / file
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(right, f"x{right}", 1), encoding="utf-8")
    said = ovning("run", "mina/elavbrott", "--org", "orebro")
    assert said.code == 3
    assert "xpopulation" in said.err
    assert "xhorizon" in said.err
    assert "Filerna går inte att använda" in said.err
    assert not Path("resultat").exists()


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UsageError("hu"), 2),
        (OutputError("hu"), 2),
        (InputError((Problem("error", "hu.yaml", 1, 1, "hu"),)), 3),
        (ObjectiveNotMetError("hu"), 4),
        (KeyboardInterrupt(), 130),
    ],
)
def test_every_error_has_its_exit_code_and_no_traceback(
    ovning: Callable[..., Said], monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int
) -> None:
    def failing(*args: object, **more: object) -> int:
        raise error

    monkeypatch.setattr(run_module, "run", failing)
    said = ovning("run", "elavbrott")
    assert said.code == code
    assert "Traceback" not in said.err
    assert ("hu" in said.err) == isinstance(error, OvningError)
    assert ("Avbrutet" in said.err) == isinstance(error, KeyboardInterrupt)


def test_a_crash_names_a_log_with_version_command_and_traceback(
    ovning: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*args: object, **more: object) -> int:
        raise ZeroDivisionError("oj")

    monkeypatch.setattr(run_module, "run", failing)
    said = ovning("run", "elavbrott", "--seed", "7")
    assert said.code == 1
    assert "Traceback" not in said.err
    logs = list((Path(os.environ["XDG_STATE_HOME"]) / "ovning").iterdir())
    assert len(logs) == 1
    assert str(logs[0]) in said.err
    text = logs[0].read_text(encoding="utf-8")
    assert f"ovning {__version__}" in text
    assert "ovning run elavbrott --seed 7" in text
    assert "ZeroDivisionError: oj" in text


def test_a_crash_finds_another_place_when_the_state_folder_cannot_be_written(
    ovning: Callable[..., Said], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def failing(*args: object, **more: object) -> int:
        raise ZeroDivisionError("oj")

    (tmp_path / "fil").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "fil"))
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path / "temp"))
    monkeypatch.setattr(run_module, "run", failing)
    assert str(tmp_path / "temp") in ovning("run", "elavbrott").err
