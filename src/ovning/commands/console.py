"""Where text goes: a calm terminal that also works narrow, redirected, without colour and on Windows."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TypeAlias

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from ovning.errors import Problem
from ovning.letters import shown

if TYPE_CHECKING:
    from ovning.model.setup import Setup
    from ovning.report.tables.table import Table as Made

REDIRECTED_WIDTH = 100
"""Columns when the output is no terminal and ``COLUMNS`` says nothing."""
_BAR = 20
"""Columns of the bar."""
_ENOUGH = 14
"""A column of text narrower than this is hard to read, if it has more to say."""
Columns: TypeAlias = Sequence[tuple[str, str]]
"""Headings, each with ``left`` or ``right``."""


class _Harmless(Console):
    """A console on which no text can do anything but be read: what moves the cursor or colours is marked instead."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterator[Segment]:
        """As ``Console``; the console's own control codes are let through, those of texts are not."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(shown(segment.text), segment.style)

    def on_broken_pipe(self) -> None:
        """Nobody listens any more (``| head``): the rest is said to nobody, and the work ends as it would have."""
        self.quiet = True
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def console(*, stderr: bool = False, width: int | None = None) -> Console:
    """A console for results (standard output) or for messages (standard error)."""
    stream = sys.stderr if stderr else sys.stdout
    if width is None and not stream.isatty() and "COLUMNS" not in os.environ:
        width = REDIRECTED_WIDTH
    return _Harmless(stderr=stderr, width=width, highlight=False, emoji=False, markup=False)


def print_table(out: Console, title: str, columns: Columns, rows: Sequence[Sequence[str]]) -> None:
    """A table with a title and columns given as (heading, ``left`` or ``right``).

    Words are never broken: where the columns have no room for that, each row becomes lines under each other.
    """
    widths = _widths(columns, rows, out.width, _ENOUGH) or _widths(columns, rows, out.width, 1)
    if widths is None:
        _print_stacked(out, title, columns, rows)
        return
    made = Table(box=SIMPLE_HEAD, title=Text(title, style="bold"), title_justify="left", pad_edge=False)
    for (heading, justify), width in zip(columns, widths, strict=True):
        made.add_column(Text(heading), justify="right" if justify == "right" else "left", width=width, overflow="fold")
    for row in rows:
        made.add_row(*(Text(cell) for cell in row))
    out.print(made)


def print_made(out: Console, made: Made) -> None:
    """A table of the report with its note; nothing if it has no rows."""
    if not made.rows:
        return
    columns = [(str(heading), side) for heading, side in made.columns]
    print_table(out, str(made.title), columns, [tuple(map(str, row)) for row in made.rows])
    if made.note:
        say(out, str(made.note), "dim")
    out.print()


def _widths(columns: Columns, rows: Sequence[Sequence[str]], whole: int, easy: int) -> list[int] | None:
    """The columns' widths; ``None`` when there is not room for every column's longest word and every number."""
    least, most = [], []
    for n, (heading, justify) in enumerate(columns):
        cells = [row[n] for row in rows]
        widest = max(map(cell_len, (heading, *cells)))
        word = max((cell_len(word) for text in (heading, *cells) for word in text.split()), default=0)
        enough = max(map(cell_len, cells), default=0) if justify == "right" else min(widest, easy)
        least.append(max(word, enough, 1))
        most.append(max(widest, 1))
    room = whole - 2 - 3 * (len(columns) - 1) - sum(least)
    if room < 0:
        return None
    while room and least != most:
        # Whoever lacks most gets the next column of the screen.
        neediest = max(range(len(least)), key=lambda n: most[n] / least[n])
        least[neediest] += 1
        room -= 1
    return least


def _print_stacked(out: Console, title: str, columns: Columns, rows: Sequence[Sequence[str]]) -> None:
    say(out, title, "bold")
    for row in rows:
        out.print()
        say(out, row[0])
        for (heading, _), cell in zip(columns[1:], row[1:], strict=True):
            if cell:
                out.print(Padding(Text.assemble((f"{heading}: ", "dim"), cell), (0, 0, 0, 4), expand=False))
    out.print()


def say_unbroken(out: Console, text: str, style: str | None = None) -> None:
    """A line to copy from: never broken, however narrow the window."""
    out.print(Text(text, style=style or ""), soft_wrap=True)


def say_marking(out: Console, marking: str | None) -> None:
    """What the result is marked with, over what is told of it; nothing if it is not marked."""
    if marking:
        out.print(Text(marking, style="bold reverse"), soft_wrap=False)


def say_note(out: Console, setup: Setup) -> None:
    """What the organisation's file says of itself: what it is a model of, and what its sources are not about."""
    if setup.organisation.note:
        say(out, setup.organisation.note, "dim")


def say_population(out: Console, setup: Setup) -> None:
    """How large the municipality is played as, if not as its files are written; nothing otherwise."""
    if setup.at_population is not None:
        people = f"{setup.at_population:,}".replace(",", " ")
        say(out, f"Räknat som om kommunen hade {people} invånare. Tal i inspelens texter är som de står i filen.")


def say(out: Console, text: str = "", style: str | None = None) -> None:
    """One paragraph, wrapped between words."""
    out.print(Text(text, style=style or ""), soft_wrap=False)


def say_problems(out: Console, problems: Sequence[Problem]) -> None:
    """All problems, errors first, each with its place, its excerpt and its likely mend."""
    for problem in sorted(problems, key=lambda p: (p.severity != "error", p.file, p.line, p.column)):
        word, style = ("fel", "bold red") if problem.severity == "error" else ("varning", "bold yellow")
        # The place on one unbroken line, so that terminals and editors can follow it.
        out.print(Text.assemble((problem.place, "bold"), ": ", (word, style), ": ", problem.message), soft_wrap=True)
        if problem.excerpt:
            out.print(Text(f"    {problem.line or '':>5} | {problem.excerpt.rstrip()}", style="dim"), soft_wrap=True)
        if problem.fix:
            out.print(Text(f"          → {problem.fix}"), soft_wrap=True)


class Bar:
    """Long work's progress: call it with the number of pieces that became ready."""

    def __init__(self, shown: Progress | None = None, total: int = 0) -> None:
        self._shown = shown
        self._total = total
        self._task = None if shown is None else shown.add_task("", total=total)

    def __call__(self, done: int) -> None:
        """So many pieces more are ready."""
        if self._shown is not None and self._task is not None:
            self._shown.advance(self._task, done)

    def says(self, title: str) -> None:
        """What is going on."""
        if self._shown is None or self._task is None:
            return
        # The numbers are what one waits for: it is the title that gives way.
        room = self._shown.console.width - _BAR - len(f" {self._total}/{self._total} kvar 00:00:00 ") - 1
        short = Text(title)
        short.truncate(max(room, 8), overflow="ellipsis")
        self._shown.update(self._task, description=short.plain)


@contextmanager
def progress(title: str, total: int) -> Iterator[Bar]:
    """Shows what is going on, how far it has come and the time left, on standard error and only on a terminal."""
    out = console(stderr=True)
    if not out.is_terminal:
        yield Bar()
        return
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=_BAR),
        MofNCompleteColumn(),
        TextColumn("kvar"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=out, transient=True) as shown:
        bar = Bar(shown, total)
        bar.says(title)
        yield bar
