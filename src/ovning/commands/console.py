"""Where text goes: a calm terminal that also works narrow, redirected, without colour and on Windows."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from ovning.errors import Problem

REDIRECTED_WIDTH = 100
"""Columns when the output is no terminal and ``COLUMNS`` says nothing."""


def console(*, stderr: bool = False, width: int | None = None) -> Console:
    """A console for results (standard output) or for messages (standard error)."""
    stream = sys.stderr if stderr else sys.stdout
    if width is None and not stream.isatty() and "COLUMNS" not in os.environ:
        width = REDIRECTED_WIDTH
    return Console(stderr=stderr, width=width, highlight=False, emoji=False, markup=False)


def table(title: str, columns: Sequence[tuple[str, str]]) -> Table:
    """A table with a title and columns given as (heading, ``left`` or ``right``)."""
    made = Table(box=SIMPLE_HEAD, title=Text(title, style="bold"), title_justify="left", pad_edge=False, expand=False)
    for heading, justify in columns:
        right = justify == "right"
        made.add_column(Text(heading), justify="right" if right else "left", no_wrap=right, overflow="fold")
    return made


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


@contextmanager
def progress(title: str, total: int) -> Iterator[Callable[[int], Any]]:
    """Shows how far long work has come and the time left, on standard error and only on a terminal.

    Yields a function to call with the number of pieces that became ready.
    """
    out = console(stderr=True)
    if not out.is_terminal:
        yield lambda done: None
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("kvar"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=out, transient=True) as bar:
        task = bar.add_task(title, total=total)
        yield lambda done: bar.advance(task, done)
