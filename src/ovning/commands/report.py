"""``ovning report``: the report of a run or a comparison as Word and PDF, in the same folder."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

from ovning.commands.console import console, say, say_unbroken
from ovning.commands.output import MANIFEST, PROGRAM, hashes
from ovning.commands.template import house_template
from ovning.errors import InputError, OutputError, Problem, why
from ovning.report.papers.from_page import NoReportError, paper_of_page
from ovning.report.papers.pdf import pdf
from ovning.report.papers.word import word_document
from ovning.report.results import to_json

Kind: TypeAlias = Literal["docx", "pdf"]
_PAGE: Final = "report.html"
_AGAIN: Final = "gör om körningen, och sedan detta"


def write_report(folder: Path, kinds: tuple[Kind, ...], template: Path | None = None) -> int:
    """Write ``report.docx`` or ``report.pdf`` beside the page. Raises ``InputError`` and ``OutputError``.

    They hold what the page holds when it is printed. One that somebody has written in since is not written over.
    """
    house = None if template is None else house_template(template)
    manifest = _manifest(folder)
    before = hashes(folder)
    page = folder / _PAGE
    if before.get(_PAGE) != manifest["files"].get(_PAGE):
        raise _wrong(page, "rapporten har ändrats sedan den skrevs", _AGAIN)
    for kind in kinds:
        name = f"report.{kind}"
        if name in before and before[name] != manifest["files"].get(name):
            raise OutputError(f"{folder / name} har ändrats sedan den skrevs. Flytta den eller ge den ett annat namn.")
    try:
        paper, marking = paper_of_page(page.read_text(encoding="utf-8"), lambda name: _picture(folder, name))
    except NoReportError:
        raise _wrong(page, "det är ingen rapport, eller en som en äldre version skrev", _AGAIN) from None
    made = {kind: word_document(paper, marking, house) if kind == "docx" else pdf(paper, marking) for kind in kinds}
    for kind, content in made.items():
        _put(folder / f"report.{kind}", content)
    _put(folder / MANIFEST, to_json({**manifest, "files": _known(folder, manifest, made)}).encode())
    told = console()
    for kind in kinds:
        say_unbroken(told, f"Rapporten: {folder / f'report.{kind}'}")
    say(told, "Ett simuleringsresultat, ingen utvärdering av en övning. Det hopfällda i html-filen är inte med.", "dim")
    return 0


def _put(path: Path, content: bytes) -> None:
    """Write it beside and put it in place: it is there whole, or as it was."""
    beside = path.with_name(f".{path.name}")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as problem:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise OutputError(f"Det går inte att skriva {path}: {why(problem)}.") from None


def _known(folder: Path, manifest: Mapping[str, Any], made: Mapping[Kind, bytes]) -> dict[str, str]:
    """What this program has made in the folder; nothing that somebody else put there becomes its own."""
    now = hashes(folder)
    return dict(sorted({**manifest["files"], **{f"report.{kind}": now[f"report.{kind}"] for kind in made}}.items()))


def _manifest(folder: Path) -> dict[str, Any]:
    if not folder.is_dir():
        raise _wrong(folder, "mappen finns inte", "ange mappen som ovning run eller ovning compare skrev")
    if not (folder / _PAGE).is_file():
        fix = "ange mappen som ovning run eller ovning compare skrev"
        raise _wrong(folder, f"i mappen finns ingen {_PAGE}", fix)
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        known = manifest["program"] == PROGRAM and isinstance(manifest["files"], dict)
    except (OSError, ValueError, KeyError, TypeError):
        known = False
    if not known:
        raise _wrong(folder, "mappen är inte gjord av ovning", "ange mappen som ovning run eller ovning compare skrev")
    return dict(manifest)


def _picture(folder: Path, name: str) -> bytes:
    path = folder / "figures" / f"{name}.png"
    try:
        return path.read_bytes()
    except OSError:
        raise _wrong(path, "figuren går inte att läsa", _AGAIN) from None


def _wrong(path: Path, message: str, fix: str) -> InputError:
    return InputError((Problem("error", str(path), 0, 0, message, fix),))
