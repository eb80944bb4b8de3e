"""Rows as they were written become notes; what was not understood is told of, row by row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, TypeAlias, TypeVar

from ovning.errors import InputError, Problem
from ovning.evaluate.clocks import OfDay, Reader, of_excel, read_day, read_time
from ovning.evaluate.columns import columns_of, find_heads, raws
from ovning.evaluate.note import Column, Kind, Lost, Note, Raw
from ovning.evaluate.tables import Table, read_tables
from ovning.model.exercise import Criterion, Exercise
from ovning.model.scale import OWN_GRADES, OwnGrade, as_written
from ovning.model.setup import Setup
from ovning.units import Clock, parse_duration
from ovning.words import word

_T = TypeVar("_T")
_SAID: Final[Mapping[OwnGrade, tuple[str, ...]]] = {
    "met": ("uppnått", "uppfyllt", "ja", "met", "achieved", "p"),
    "partly": ("delvis", "delvis uppnått", "delvis uppfyllt", "uppnått med brister", "partly", "s", "m"),
    "not_met": ("ej uppnått", "inte uppnått", "ej uppfyllt", "nej", "not met", "u"),
    "not_assessable": ("ej bedömbart", "inte bedömbart", "kan inte bedömas", "ej bedömt", "not assessable"),
}
_GRADES: Final[Mapping[str, OwnGrade]] = {word: grade for grade, words in _SAID.items() for word in words}
_KINDS: Final[Mapping[str, Kind]] = {
    **dict.fromkeys(("styrka", "strength", "+", "bra"), "strength"),
    **dict.fromkeys(("brist", "svaghet", "lack", "weakness", "-", "utvecklingsområde"), "lack"),
    **dict.fromkeys(("neutral", "neutralt", "0"), "neutral"),
}
_YES: Final = ("ja", "x", "yes", "true", "1", "artefakt", "övningsartefakt")
_NO: Final = ("nej", "no", "false", "0", "-", "–")
_CRITERION: Final = re.compile(r"\b([A-ZÅÄÖ]+\s?\d+)(?:\s?[.:\-–]\s?(\d+))?", re.IGNORECASE)
_NUMBER: Final = re.compile(r"(\d{1,12}(?:[.,]\d{1,20})?)\s*(%)?")
_Named: TypeAlias = tuple[str, int]
"""A criterion: its objective and which of those it is, from 0."""


@dataclass(slots=True)
class Understood:
    """All files together."""

    notes: list[Note] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)
    columns: dict[str, Column] = field(default_factory=dict)
    """What columns were called → what they were taken to be about."""
    files: list[tuple[str, int]] = field(default_factory=list)
    """What each file is called in what comes of it, and how many of its rows are used."""


def understand(
    paths: Sequence[Path], setup: Setup, *, by_wall: bool = False, columns: Mapping[str, Column] | None = None
) -> Understood:
    """Everything noted in some files. Raises ``InputError``, with every file, where nothing noted is found."""
    found = Understood()
    problems: list[Problem] = []
    seen: dict[tuple[object, ...], str] = {}
    names = [path.name if [one.name for one in paths].count(path.name) == 1 else str(path) for path in paths]
    for path, name in zip(paths, names, strict=True):
        try:
            tables = read_tables(path, name)
        except InputError as problem:
            problems += problem.problems
            continue
        before = len(found.notes)
        known = [(table, heads) for table in tables if (heads := find_heads(table, columns or {})) is not None]
        if not known:
            problems.append(_without_heads(path, tables))
            continue
        for table in tables:
            found.lost += table.lost
            own = table.name.endswith(f", {word('papers.protocol.criteria')[:31]}")
            if table.rows and not own and all(table is not one for one, _ in known):
                first = " ".join(filter(None, table.rows[0][1]))
                found.lost.append(Lost(table.name, "no_heads", first[:100]))
        empty = True
        for table, heads in known:
            found.columns |= {table.rows[heads[0]][1][at]: column for at, column in heads[1].items()}
            rows, unused = raws(table, heads)
            found.lost += unused
            empty = empty and not rows
            _notes(rows, setup, found, seen, by_wall=by_wall, is_excel=table.is_excel)
        if empty:
            message = "filen har rubriker men inga rader"
            problems.append(Problem("error", str(path), 0, 0, message, "fyll i den, eller utelämna den"))
        found.files.append((name, len(found.notes) - before))
    if problems:
        raise InputError(tuple(problems))
    return found


def _without_heads(path: Path, tables: Sequence[Table]) -> Problem:
    """Which heads there are, and what was looked for."""
    rows = [cells for table in tables for _, cells in table.rows[:1]]
    if not any(table.rows for table in tables):
        return Problem("error", str(path), 0, 0, "filen är tom", "är det rätt fil?")
    there = ", ".join(f"”{cell}”" for cell in (rows[0] if rows else ()) if cell) or "inga"
    almost = [cell for cells in rows for cell in cells if columns_of([cell], {})]
    message = "ingen rad med rubriker hittades: en kolumn för tid och minst en till behövs"
    fix = f"rubrikerna är {there}; kalla dem tid, observation, kriterium, inspel"
    return Problem("error", str(path), 0, 0, message, fix if not almost else f"{fix} (kolumnen tid saknas)")


def _notes(
    rows: Iterable[Raw],
    setup: Setup,
    found: Understood,
    seen: dict[tuple[object, ...], str],
    *,
    by_wall: bool,
    is_excel: bool,
) -> None:
    clock = Clock.at(setup.scenario.start)
    readers: dict[str, Reader] = {}
    for raw in rows:
        observer = raw.cells.get("observer", "")
        # Each observer's rows are in an order of their own.
        reader = readers.setdefault(
            observer, Reader(clock, setup.scenario.horizon, setup.exercise.conduct, by_wall=by_wall)
        )
        for note in _Reading(raw, setup, found.lost).notes(reader, is_excel=is_excel):
            key = (note.at, note.text.casefold(), note.criterion, note.inject, note.value, note.grade)
            if key in seen and seen[key] != note.id:
                found.lost.append(Lost(raw.id, "duplicate", seen[key]))
                continue
            seen[key] = note.id
            found.notes.append(note)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A row being read; what is not understood of it is told of."""

    raw: Raw
    setup: Setup
    lost: list[Lost]

    def notes(self, reader: Reader, *, is_excel: bool) -> list[Note]:
        """What it says: one note, or one for each criterion or inject that it names."""
        cells = self.raw.cells
        if self.raw.extra:
            self._lose("beyond", self.raw.extra)
        at, written = self._time(reader, is_excel=is_excel)
        criteria, injects = self._criteria(), self._injects()
        grade = self._word("grade", _grades(self.setup.exercise))
        kind = self._word("kind", _KINDS)
        if grade is not None and not criteria:
            self._lose("grade_alone", cells["grade"])
        if not (cells.get("text") or criteria or injects or grade):
            self.lost.append(Lost(self.raw.id, "nothing", " ".join(cells.values())))
            return []
        if criteria and len(injects) > 1:
            self._lose("inject", ", ".join(injects[1:]))
        note = Note(
            self.raw.id,
            at,
            written,
            cells.get("place", ""),
            cells.get("text", ""),
            kind=kind,
            grade=grade if criteria else None,
            unsure=cells.get("certainty", "").casefold().startswith(("osäker", "unsure", "nej", "låg")),
            artefact=self._artefact(),
            observer=cells.get("observer", ""),
            names_criterion=bool(cells.get("criterion")),
        )
        if criteria:
            first = injects[0] if injects else None
            return [replace(note, criterion=one, inject=first, value=self._value(one)) for one in criteria]
        if cells.get("value"):
            self._lose("value_alone", cells["value"])
        return [replace(note, inject=one) for one in injects] or [note]

    def _lose(self, why: str, text: str) -> None:
        self.lost.append(Lost(self.raw.id, why, text, whole=False))

    def _time(self, reader: Reader, *, is_excel: bool) -> tuple[int | None, str]:
        cells = self.raw.cells
        day, clock = cells.get("date", ""), cells.get("time", "") or self._offset()
        written = " ".join(filter(None, (day, clock)))
        said = (of_excel(clock) if is_excel else None) or read_time(clock)
        if clock and said is None:
            self._lose("time", written)
            return None, written
        if day:
            date_of = read_day(day)
            if date_of is None:
                self._lose("date", day)
            elif isinstance(said, OfDay) and said.day is None:
                said = OfDay(said.ms, date_of)
        if said is None:
            return None, written
        placed = reader.place(said)
        if placed.at is None:
            self._lose("paused" if placed.paused else "jumped" if placed.jumped else "outside", written)
        elif placed.edge and not cells.get("inject"):
            self._lose("edge", written)
        elif placed.next_day:
            self._lose("next_day", written)
        return placed.at, written

    def _offset(self) -> str:
        text = self.raw.cells.get("offset", "")
        return text if not text or text.casefold().lstrip().startswith("t") else f"T+{text}"

    def _criteria(self) -> list[_Named]:
        """``M1.2``, ``m1:2``, ``M 1.2 Central krisledning``; the objective alone if it has one criterion only."""
        text = self.raw.cells.get("criterion", "")
        found: list[_Named] = []
        objectives = {one.id.casefold(): one for one in self.setup.exercise.objectives}
        for match in _CRITERION.finditer(text):
            objective = objectives.get(match[1].replace(" ", "").casefold())
            if objective is None:
                continue
            number = int(match[2]) - 1 if match[2] else 0 if len(objective.criteria) == 1 else -1
            if 0 <= number < len(objective.criteria):
                found.append((objective.id, number))
            else:
                self._lose("criterion", match[0])
        if text and not found and not any(one.id == self.raw.id and one.why == "criterion" for one in self.lost[-3:]):
            self._lose("criterion", text)
        return list(dict.fromkeys(found))

    def _injects(self) -> list[str]:
        """By their numbers, with or without what they are called."""
        text = self.raw.cells.get("inject", "")
        known = {one.id.casefold(): one.id for one in self.setup.scenario.injects}
        words = [word for word in re.split(r"[\s:,;/+&]+", text) if word]
        found = [known[word.casefold()] for word in words if word.casefold() in known]
        unknown = [word for word in words if re.fullmatch(r"[A-Za-z]\d+", word) and word.casefold() not in known]
        if text and (unknown or not found):
            self._lose("inject", ", ".join(unknown) or text)
        return list(dict.fromkeys(found))

    def _word(self, column: Column, known: Mapping[str, _T]) -> _T | None:
        text = self.raw.cells.get(column, "")
        found = known.get(as_written(text))
        if text and found is None:
            self._lose(column, text)
        return found

    def _artefact(self) -> bool:
        words = self.raw.cells.get("artefact", "").casefold().split()
        first = words[0].strip(",.;:") if words else ""
        if first and first not in (*_YES, *_NO):
            self._lose("artefact", self.raw.cells["artefact"])
        return first in _YES

    def _value(self, place: _Named) -> float | None:
        text = self.raw.cells.get("value", "")
        if not text:
            return None
        value = _measured(text, self.setup.exercise.criterion(*place))
        if value is None:
            self._lose("value", text)
        return value


def _grades(exercise: Exercise) -> Mapping[str, OwnGrade]:
    """How grades are written: the exercise's own words go before those that everybody uses."""
    scale = exercise.scale
    own = {} if scale is None else {as_written(scale.step(grade).title): grade for grade in OWN_GRADES}
    return {**_GRADES, **own}


def _measured(text: str, criterion: Criterion) -> float | None:
    """A share from 0 to 1, a whole number or a duration; ``None`` for anything else, and for when it happened."""
    if criterion.is_time:
        return None
    if criterion.unit == "duration":
        try:
            return parse_duration(text)
        except ValueError:
            return None
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        return None
    number = float(match[1].replace(",", "."))
    if criterion.unit == "share":
        share = number / 100 if match[2] or number > 1 else number
        return share if share <= 1 else None
    return number if not match[2] and number == int(number) else None
