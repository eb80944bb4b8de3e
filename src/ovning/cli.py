"""The entry point, and the only place that turns an error or a signal into a message and an exit code.

Hardly anything is imported before ``main`` has begun, so that Ctrl-C is met quietly from the first moment.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import FrameType

INTERRUPTED = 128 + signal.SIGINT
"""The exit code of Ctrl-C."""


class Stopped(BaseException):
    """A signal asks the program to stop. Ctrl-C too: what Python makes of it is caught on its way here."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.exit_code = 128 + number


def execute(arguments: Sequence[str]) -> int:
    """Runs one command and returns its exit code; every error ends here as a message on standard error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
    notes: tuple[str, ...] = ()
    try:
        code = _execute(arguments)
    except KeyboardInterrupt:
        code = INTERRUPTED
    except Stopped as stop:
        code = stop.exit_code
        notes = _notes(stop)
    if code > 128:
        _say(" ".join(("Avbrutet.", *(notes or ("Inget halvfärdigt har lämnats kvar.",)))))
    return code


def _execute(arguments: Sequence[str]) -> int:
    import typer

    from ovning.commands.line import app
    from ovning.commands.usage import wrong_usage
    from ovning.errors import InputError, OvningError

    try:
        return int(app(list(arguments), prog_name="ovning", standalone_mode=False) or 0)
    except InputError as error:
        from ovning.commands.console import console, say_problems

        say_problems(console(stderr=True), error.problems)
        count = sum(p.severity == "error" for p in error.problems)
        what = "Filerna" if error.exit_code == InputError.exit_code else "Kommandoraden"
        _say(f"{what} går inte att använda: {count} fel. Ingenting har spelats.")
        return error.exit_code
    except OvningError as error:
        _say("\n".join((f"Fel: {error}", *_notes(error))))
        return error.exit_code
    except typer.TyperException as problem:
        _say(wrong_usage(problem))
        return int(problem.exit_code)
    except typer.Abort:
        return INTERRUPTED
    except Exception as crash:
        from ovning.commands.crash import write_crash_log
        from ovning.commands.output import no_room
        from ovning.errors import OutputError

        if (reason := no_room(crash)) is not None:
            _mute()
            _say(f"Fel: det går inte att skriva ut svaret: {reason}.")
            return OutputError.exit_code
        where = write_crash_log(crash, arguments)
        gone = f"Programmet gick sönder; det är inte ditt fel. Vad som hände står i {where}"
        _say("\n".join((gone, *_notes(crash))))
        return 1


def _notes(error: BaseException) -> tuple[str, ...]:
    """What whoever was at work when it happened says of it."""
    return tuple(getattr(error, "__notes__", ()))


def _mute() -> None:
    """What is left to say on standard output would fail again when the program ends."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(text: str) -> None:
    from ovning.letters import shown

    # A terminal that has gone away hears nothing, and that is no reason for another exit code.
    try:
        sys.stderr.write(f"{shown(text)}\n")
        sys.stderr.flush()
    except OSError:
        pass


def _stop(number: int, frame: FrameType | None) -> None:
    # Once is enough: what asks a whole group of processes to stop often asks twice. Whoever presses Ctrl-C again is in
    # a hurry.
    for ending in _endings():
        signal.signal(ending, signal.default_int_handler if ending == signal.SIGINT else signal.SIG_IGN)
    raise Stopped(number)


def _endings() -> tuple[signal.Signals, ...]:
    hang_up = getattr(signal, "SIGHUP", None)
    endings = (signal.SIGINT, signal.SIGTERM)
    return endings if hang_up is None else (*endings, hang_up)


def main() -> None:
    """The entry point of the ``ovning`` command."""
    try:
        for ending in _endings():
            # nohup asks for hang-ups to be ignored.
            if signal.getsignal(ending) is not signal.SIG_IGN:
                signal.signal(ending, _stop)
        code = execute(sys.argv[1:])
    except KeyboardInterrupt:
        code = INTERRUPTED
    except Stopped as stop:
        code = stop.exit_code
    sys.exit(code)
