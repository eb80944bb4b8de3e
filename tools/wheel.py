"""Builds a wheel whose engine is compiled with mypyc, and plays with it before it is handed on.

    python tools/wheel.py [--out dist] [--plays 1]

It takes a C compiler and some minutes, and gives a wheel for this kind of machine and this version of Python: the same
logs in about half the time. Built from a copy, as compiled modules left beside their source would hide what is later
changed there. Every exercise is then played against every organisation, whole and as it is held, by the wheel and by
the source; where a log is not the same, byte for byte, it says which, and no wheel is left. Run it with a Python that
has what ovning needs.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
PARTS: Final = ("src", "exercises", "docs", "pyproject.toml", "README.md", "LICENSE")
"""What a wheel is made from."""
_PLAY: Final = """
import hashlib, sys
import ovning
from ovning.engine import compile_play, play
from ovning.files import list_shipped, load_setup
from ovning.model.held import as_held

print(ovning.is_compiled())
shipped = list_shipped()
for exercise in shipped.exercises:
    for organisation in shipped.organisations:
        whole = load_setup(exercise, organisation)[0]
        for name, setup in (("whole", whole), ("as held", as_held(whole))):
            compiled = compile_play(setup)
            for replication in range(int(sys.argv[1])):
                log = repr(play(compiled, 1, replication)).encode()
                print(exercise, organisation, f"{name}:", replication, hashlib.sha256(log).hexdigest())
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Build, play, and put the wheel in its folder; 1 where it plays otherwise than the source."""
    parser = argparse.ArgumentParser(description="A wheel with a compiled engine.")
    parser.add_argument("--out", type=Path, default=Path("dist"))
    parser.add_argument("--plays", type=int, default=1, help="of every exercise and organisation")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wheel = build(folder)
        wrong = differences(_played(folder / "wheel", asked.plays), _played(ROOT / "src", asked.plays))
        if wrong:
            sys.stdout.write("".join(f"{line}\n" for line in wrong))
            return 1
        asked.out.mkdir(parents=True, exist_ok=True)
        sys.stdout.write(f"{shutil.copy(wheel, asked.out)}\n")
    return 0


def build(folder: Path) -> Path:
    """The wheel, built in ``folder``; its content lies unpacked in ``folder/wheel``."""
    copy = folder / "copy"
    copy.mkdir()
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__", "*.so", "*.pyd"))
        else:
            shutil.copy(ROOT / part, copy / part)
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(folder / "built"), str(copy)],
        env={**os.environ, "HATCH_BUILD_HOOKS_ENABLE": "1"},
        stdin=subprocess.DEVNULL,
        check=True,
    )
    (wheel,) = (folder / "built").glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder / "wheel")
    return wheel


def _played(source: Path, plays: int) -> list[str]:
    """Whether that engine is compiled, and one line for each play."""
    done = subprocess.run(
        [sys.executable, "-c", _PLAY, str(plays)],
        env={**os.environ, "PYTHONPATH": str(source)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.splitlines() if done.returncode == 0 else [done.stderr]


def differences(wheel: Sequence[str], source: Sequence[str]) -> list[str]:
    """What is wrong, in one line each; empty where the wheel's engine is compiled and plays what the source plays."""
    if wheel[:1] != ["True"]:
        return [f"The wheel's engine is not compiled, or does not play: {wheel[:1]}"]
    if source[:1] != ["False"] or len(source) < 2:
        return [f"The source does not play: {source[:1]}"]
    if len(wheel) != len(source):
        return [f"The wheel plays {len(wheel) - 1} plays and the source {len(source) - 1}"]
    return [
        f"Not the same log: {ours.rpartition(' ')[0]}"
        for ours, theirs in zip(wheel[1:], source[1:], strict=True)
        if ours != theirs
    ]


if __name__ == "__main__":
    sys.exit(main())
