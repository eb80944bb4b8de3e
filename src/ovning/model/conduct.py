"""How the real exercise is held: which hours are played, which are jumped, when it pauses, who is already gathered."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from ovning.limits import MOST_THINGS
from ovning.model.base import Duration, Id, Model
from ovning.units import parse_duration

_MOMENT = re.compile(r"\s*T\s*\+\s*(.+)")


def _moment(value: object) -> int:
    text = _MOMENT.fullmatch(value) if isinstance(value, str) else None
    try:
        return 0 if text is not None and text[1].strip() == "0" else parse_duration(text[1] if text else None)
    except ValueError:
        raise PydanticCustomError("moment", "en tid i spelet skrivs ”T+2 h 30 min”") from None


Moment = Annotated[
    int,
    BeforeValidator(_moment, json_schema_input_type=str),
    Field(description="En tid i spelet: ”T+0”, ”T+2 h 30 min”. Inside: milliseconds from STARTEX."),
]


class Jump(Model):
    """Hours that are not played: the clock of the exercise is moved on."""

    at: Moment
    """When the play stops."""
    to: Moment
    """When it goes on."""


class Pause(Model):
    """The play stands still."""

    at: Moment
    """When."""
    lasts: Duration
    """How long in real time."""


class Conduct(Model):
    """How the real exercise is held."""

    begins: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] | None = None
    """Clock time at which the play begins on the day of the exercise, quoted: ``"09:00"``."""
    plays: tuple[Moment, Moment]
    """From when to when of the scenario."""
    jumps: Annotated[tuple[Jump, ...], Field(max_length=MOST_THINGS)] = ()
    """Hours that are not played, in order."""
    pauses: Annotated[tuple[Pause, ...], Field(max_length=MOST_THINGS)] = ()
    """When the play stands still, in order."""
    gathered: dict[Id, Moment] = {}
    """Levels whose staff is already in the room, and from when."""
    gives: dict[Id, Moment] = {}
    """Injects that are given at a time of their own, and when; the others come as in the scenario."""

    @property
    def stretches(self) -> tuple[tuple[int, int], ...]:
        """What is played, from when to when of the scenario."""
        begins = (self.plays[0], *(jump.to for jump in self.jumps))
        ends = (*(jump.at for jump in self.jumps), self.plays[1])
        return tuple(zip(begins, ends, strict=True))

    def elapsed(self, at: int) -> int | None:
        """Real time since the play began, at a time of the scenario; ``None`` for hours that are not played."""
        begins, ends = self.plays
        if not begins <= at <= ends or any(jump.at < at < jump.to for jump in self.jumps):
            return None
        jumped = sum(jump.to - jump.at for jump in self.jumps if jump.to <= at)
        paused = sum(pause.lasts for pause in self.pauses if pause.at < at)
        return at - begins - jumped + paused

    def played_until(self, at: int) -> int | None:
        """When the play next stops, at a time of the scenario that is played; ``None`` at one that is not."""
        if self.elapsed(at) is None:
            return None
        return min((jump.at for jump in self.jumps if jump.at >= at), default=self.plays[1])

    def is_played_through(self, begins: int, ends: int) -> bool:
        """Whether all hours between two times of the scenario are played."""
        until = self.played_until(begins)
        return until is not None and ends <= until

    def scenario_time(self, elapsed: int) -> int | None:
        """The time of the scenario at a real time since the play began; ``None`` while it pauses or after its end."""
        left = elapsed
        # What pauses at the moment of a jump does so before it.
        stops = [(one.at, one.lasts, 0) for one in self.pauses] + [(j.at, 0, j.to - j.at) for j in self.jumps]
        stops.sort(key=lambda stop: (stop[0], stop[2]))
        at = self.plays[0]
        for stop, stands, jumps in stops:
            if at + left < stop or (stands and at + left == stop):
                break  # at the very moment of a jump it is the next stretch that goes on
            left -= stop - at
            if left < stands:
                return None
            left -= stands
            at = stop + jumps
        found = at + left
        return found if found <= self.plays[1] else None

    def is_paused(self, elapsed: int) -> bool:
        """Whether the play stands still at a real time since it began."""
        stops = [(self.elapsed(pause.at) or 0, pause.lasts) for pause in self.pauses]
        return any(at < elapsed < at + lasts for at, lasts in stops)
