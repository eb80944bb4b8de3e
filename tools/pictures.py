"""Makes the pictures of ``docs/bilder`` again: assets of the documentation, committed, none of them over 200 kB.

    ovning run elavbrott --org orebro --runs 30 --gains 2 --out /tmp/bilder-av
    python tools/pictures.py /tmp/bilder-av [--browser chromium] [--only rapport spel]

The figures are those of the run and of ``ovning show ORG --figure``, with fewer colours. The first page of the report
and the beginning of a play are photographed by a headless Chromium; without one they are left as they are. Look at what
changed before it is committed: the handbook tells of what is seen in them.
"""

from __future__ import annotations

import argparse
import html
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PIL import Image

PICTURES: Final = Path(__file__).resolve().parent.parent / "docs" / "bilder"
FIGURES: Final = ("kriterier", "trappan", "malen", "vantan", "belastning")
"""Of the run, as named in its folder."""
DRAWINGS: Final = ("samtalen",)
"""Of the organisation."""
TRACE: Final = ("elavbrott", "--org", "orebro", "--replication", "9", "--width", "96")
LINES: Final = 44
"""So much of the play is photographed."""
COLOURS: Final = 48
LARGEST: Final = 200_000
"""Bytes of a picture."""
DARK: Final = "margin:0;padding:16px 20px;background:#1b1e23;color:#e6e6e6;font:14px/1.35 'DejaVu Sans Mono',monospace"


def main(arguments: Sequence[str] | None = None) -> int:
    """Make them, and say how large each became."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path, help="the folder of a run of elavbrott in Örebro")
    parser.add_argument("--browser", default=None, help="Chromium, if not found by itself")
    parser.add_argument("--only", nargs="*", default=[], help="names of pictures")
    asked = parser.parse_args(arguments)
    names = asked.only or [*FIGURES, *DRAWINGS, "rapport", "spel"]
    browser = asked.browser or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "chrome"))), None)
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            made = _make(name, asked.run, Path(folder), browser)
            said = f"{_small(made, PICTURES / f'{name}.png')} bytes" if made else "no browser, left as it is"
            sys.stdout.write(f"{name}: {said}\n")
    return 0


def _make(name: str, run: Path, folder: Path, browser: str | None) -> Path | None:
    if name in FIGURES:
        return run / "figures" / f"{name}.png"
    if name in DRAWINGS:
        drawn = folder / "organisation"
        if not drawn.exists():
            _ovning("show", "orebro", "--figure", "--out", str(drawn))
        return drawn / f"{name}.png"
    if browser is None:
        return None
    if name == "rapport":
        return _photographed(browser, run / "report.html", folder / "rapport.png", (1000, 1140))
    page = folder / "spel.html"
    lines = _ovning("trace", *TRACE).splitlines()[:LINES]
    page.write_text(
        f'<meta charset="utf-8"><body style="margin:0"><pre style="{DARK}">{html.escape(chr(10).join(lines))}</pre>',
        "utf-8",
    )
    return _photographed(browser, page, folder / "spel.png", (880, round(LINES * 18.9) + 34))


def _ovning(*words: str) -> str:
    asked = [sys.executable, "-m", "ovning", *words]
    return subprocess.run(asked, check=True, capture_output=True, text=True, env={**os.environ, "NO_COLOR": "1"}).stdout


def _photographed(browser: str, page: Path, to: Path, size: tuple[int, int]) -> Path:
    wanted = (f"--screenshot={to}", f"--window-size={size[0]},{size[1]}", page.resolve().as_uri())
    subprocess.run(
        [browser, "--headless", "--no-sandbox", "--hide-scrollbars", *wanted], check=True, capture_output=True
    )
    return to


def _small(source: Path, to: Path) -> int:
    with Image.open(source) as picture:
        few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(to, optimize=True)
    size = to.stat().st_size
    if size > LARGEST:
        raise SystemExit(f"{to} is {size} bytes; {LARGEST} at most.")
    return size


if __name__ == "__main__":
    raise SystemExit(main())
