"""``ovning trace``: one play, minute by minute, with the reason for every delay."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from ovning.commands.choice import chosen_organisation, loaded
from ovning.commands.console import console, say, say_marking, say_note, say_population
from ovning.engine import compile_play, play
from ovning.errors import UsageError
from ovning.model.held import as_held
from ovning.model.setup import Setup
from ovning.report.teller import Entry
from ovning.report.timeline import Timeline, say_date, say_offset, timeline
from ovning.report.wording import NBSP, unbroken

_STYLES = {
    "inject": "bold",
    "level": "bold",
    "decision": "bold",
    "gap": "bold red",
    "open": "yellow",
    "world": "italic",
    "routine": "dim",
    "flow": "dim",
    "situation": "bold",
    "held": "bold reverse",
}
_MARKS = {
    "inject": "»",
    "level": "▲",
    "decision": "!",
    "knowledge": "i",
    "gap": "×",
    "open": "…",
    "world": "~",
    "body": "+",
    "meeting": "=",
    "work": "-",
    "routine": ".",
    "flow": "≈",
    "shift": "%",
    "situation": "◦",
    "held": "║",
    "section": "",
}
_LEGEND = (
    "» kommer in",
    "- arbete",
    "i kunskap",
    "! beslut",
    "▲ läge",
    "+ på plats",
    "= möte",
    "% pass och vila",
    "~ i samhället",
    "≈ det som ska tas om hand",
    "× lucka: något saknas",
    "… inte klart",
    "║ spelet börjar, stannar, slutar",
)
_MORE = "Det här är huvuddragen. --all visar allt som hände, --case E1 allt om ett ärende."
_INDENT = 15
_GLUE = "\ue000"
"""Of no use in any text, and as wide as the space that it stands for."""


def trace(
    exercise: str,
    *,
    organisation: str | None = None,
    replication: int = 0,
    seed: int = 1,
    start: str | None = None,
    variation: str | None = None,
    changes: tuple[str, ...] = (),
    case: str | None = None,
    everything: bool = False,
    held: bool = False,
    width: int | None = None,
    at_population: int | None = None,
) -> int:
    """Play once and print the timeline: the main course, one case, or everything. Raises any ``OvningError``.

    ``held``: under the exercise's own conduct, as a real exercise is compared with.
    """
    named = chosen_organisation(exercise, organisation)
    setup, _ = loaded(exercise, named, changes, variation, start, at_population)
    if held:
        if setup.exercise.conduct is None:
            raise UsageError("--as-held behöver veta hur övningen hålls: skriv conduct i exercise.yaml.")
        setup = as_held(setup)
    log = play(compile_play(setup), seed, replication)
    short = case is None and not everything
    out = console(width=width)
    say_marking(out, setup.organisation.marking)
    _print(out, setup, timeline(log, setup, case, main_course_only=short, held=held), short=short)
    return 0


def _print(out: Console, setup: Setup, told: Timeline, *, short: bool) -> None:
    say(out, f"{told.title} · {told.organisation}", "bold")
    say_note(out, setup)
    say_population(out, setup)
    say(out, told.start)
    say(out, told.luck, "dim")
    for line in _legend(out.width, {_MARKS[entry.kind] for entry in told.entries}):
        say(out, line, "dim")
    if short:
        say(out, _MORE, "dim")
    shown, day = "", told.clock.local(0).date()
    for entry in told.entries:
        local = told.clock.local(entry.at)
        if entry.kind == "section":
            out.print()
            say(out, entry.headline, "bold")
            shown = ""
            continue
        if local.date() != day and not short:
            out.print()
            say(out, say_date(told.clock, entry.at), "bold")
        moment = f"{local:%H:%M}"
        again = moment == shown and local.date() == day
        day = local.date()
        if not again and not short:
            out.print()
        _print_entry(out, entry, "" if again else f"{moment} {say_offset(entry.at, told.horizon):>7}")
        shown = moment
    out.print()


def _legend(width: int, used: set[str]) -> list[str]:
    """The marks that are used with their words, on lines that are never broken between a mark and its word."""
    lines = [""]
    for words in _LEGEND:
        if words[0] not in used:
            continue
        joined = f"{lines[-1]}   {words}" if lines[-1] else words
        if len(joined) <= width:
            lines[-1] = joined
        else:
            lines.append(words)
    return lines


def _print_entry(out: Console, entry: Entry, moment: str) -> None:
    style = _STYLES.get(entry.kind, "bold" if entry.first else "")
    head = Text(f"{_MARKS[entry.kind]} ", style="dim").append(entry.headline, style=style)
    _hang(out, moment, head)
    if entry.quote:
        _hang(out, "", Text(f"  ”{entry.quote}”"))
    for reason in entry.reasons:
        _hang(out, "", Text(f"  {reason}", style="cyan"))
    for line in entry.lines:
        _hang(out, "", Text(f"  {line}"))


def _hang(out: Console, moment: str, text: Text) -> None:
    """Text with a hanging indent, the moment in the margin of its first line."""
    lead = len(text.plain) - len(text.plain.lstrip()) + (2 if text.plain[:1] in _MARKS.values() else 0)
    # rich breaks lines at spaces that are not to be broken, so other signs stand for them meanwhile.
    text.plain = unbroken(text.plain).replace(NBSP, _GLUE)
    lines = text.wrap(out, max(20, out.width - _INDENT - lead))
    for n, line in enumerate(lines):
        line.plain = line.plain.replace(_GLUE, " ")
        margin = Text(f"{moment if n == 0 else '':<{_INDENT}}", style="dim")
        pad = "" if n == 0 else " " * lead
        out.print(margin.append(pad).append_text(line), soft_wrap=True)
