"""What a dry run lets one expect of an inject, in words: when it comes, when it is answered, what to think of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ovning.experiment.forecast import Forecast, InjectForecast
from ovning.measures.times import Times
from ovning.model.exercise import Criterion
from ovning.model.held import played_after, untried
from ovning.model.scenario import Inject
from ovning.model.setup import Setup
from ovning.report.names import Names
from ovning.report.wording import percent
from ovning.units import DAY, HOUR, MINUTE, Clock, say_duration
from ovning.words import numbered, phrase, word
from ovning.words.common import enumerated

OFTEN: Final = 0.9
"""Of the plays: what comes less often than this may be missing on the day."""
_SELDOM: Final = 0.5
_DAYS: Final = 4 * DAY
"""From here on hours are told in days."""
_CLOSE: Final = 15 * MINUTE
"""Injects to the same recipient so near each other are bunched."""
_WAITS: Final = 15 * MINUTE
"""As long as half of them wait to be taken in, nobody has time for them."""


@dataclass(frozen=True, slots=True)
class Expectations:
    """The dry run, told."""

    setup: Setup
    forecast: Forecast

    def sent_at(self, inject: str) -> int | None:
        """When it comes in half of the plays, from STARTEX; ``None`` if it comes in fewer."""
        return _value(self.forecast.injects[inject].sent, "median")

    def given_at(self, inject: str) -> int | None:
        """When whoever leads the exercise has said to give it, from STARTEX."""
        conduct = self.setup.exercise.conduct
        return None if conduct is None else conduct.gives.get(inject)

    def comes_at(self, inject: str) -> int | None:
        """When it is given in the exercise: as it is said, else when it comes in half of the plays."""
        given = self.given_at(inject)
        return self.sent_at(inject) if given is None else given

    def in_order(self) -> tuple[Inject, ...]:
        """The injects of the course as they come; those that seldom do last."""
        last = self.setup.scenario.horizon + 1
        known = [one for one in self.setup.scenario.injects if one.id in self.forecast.injects]
        return tuple(sorted(known, key=lambda one: at if (at := self.comes_at(one.id)) is not None else last))

    def say(self, inject: str) -> str:
        """When this organisation would take it in and have answered it."""
        told = self.forecast.injects[inject]
        if not told.sent.reached.hits:
            return word("papers.expected.never")
        parts = [
            phrase("papers.expected.received", times=spread(told.received)),
            phrase("papers.expected.done", times=spread(told.done), share=percent(told.done.reached.share)),
        ]
        played = played_after(self.setup.exercise, self.comes_at(inject))
        if told.seen is not None and played is not None:
            seen = percent(told.seen.share)
            parts.append(phrase("papers.expected.seen", time=say_duration(played), share=seen))
        return "\n".join(parts)

    def remarks(self, inject: Inject) -> list[str]:
        """What whoever leads the exercise should think of beforehand."""
        told = self.forecast.injects[inject.id]
        if not told.sent.reached.hits:
            return [word("papers.remark.never")]
        found = []
        if (share := told.sent.reached.share) is not None and share < OFTEN:
            found.append(phrase("papers.remark.seldom", share=percent(share)))
        if inject.asks_for and (done := told.done.reached.share) is not None and done < _SELDOM:
            found.append(phrase("papers.remark.unanswered", share=percent(done)))
        near = self.bunched_with(inject)
        if near:
            found.append(numbered("papers.remark.bunched", len(near), others=", ".join(near)))
        names = Names(self.setup)
        for objective in self.setup.exercise.objectives:
            for number, criterion in enumerate(objective.criteria):
                met = self.forecast.met.get((objective.id, number))
                if criterion.inject == inject.id and met is not None and met.share is not None and met.share < _SELDOM:
                    title = f"{objective.id} {names.criterion(criterion)}"
                    key = "hard" if met.hits else "hard_never"
                    said = {"share": percent(met.share)} if met.hits else {}
                    found.append(phrase(f"papers.remark.{key}", criterion=title, **said))
        return found

    def begins(self, criterion: Criterion) -> int | None:
        """From when a criterion counts, milliseconds from STARTEX; ``None`` if nobody can say beforehand."""
        return 0 if criterion.inject is None else self.comes_at(criterion.inject)

    def trial(self, criterion: Criterion) -> str:
        """What an exercise that jumps cannot put to the test of a criterion; nothing if it can in whole."""
        exercise, begins = self.setup.exercise, self.begins(criterion)
        if (why := untried(exercise, criterion, begins)) is not None:
            return word(f"papers.protocol.untried.{why}")
        played = played_after(exercise, begins) if criterion.is_time else None
        if played is None or played >= (criterion.partly or criterion.met):
            return ""
        key = "stretch" if played < criterion.met else "stretch_partly"
        return phrase(f"papers.protocol.{key}", time=say_duration(played))

    def short(self) -> list[str]:
        """What does not come to its end before the play stops, all together."""
        exercise = self.setup.exercise
        if exercise.conduct is None:
            return []
        late = [
            one.id
            for one in self.in_order()
            if played_after(exercise, self.comes_at(one.id)) is not None
            and (seen := self.forecast.injects[one.id].seen) is not None
            and (seen.share or 0) < _SELDOM
        ]
        named = [(f"{o.id}.{n}", c) for o in exercise.objectives for n, c in enumerate(o.criteria, 1)]
        without = [name for name, c in named if untried(exercise, c, self.begins(c)) is not None]
        part = [name for name, c in named if name not in without and self.trial(c)]
        whole = [name for name, c in named if not c.is_time]
        found = [phrase("papers.remark.short", injects=enumerated(late))] if late else []
        for key, names in (("untried", without), ("stretch", part), ("whole", whole)):
            found += [phrase(f"papers.remark.{key}", criteria=enumerated(names))] if names else []
        return found

    def bunched_with(self, inject: Inject) -> list[str]:
        """Others to the same recipient at nearly the same time, where it waits long to be taken in."""
        at, waits = self.sent_at(inject.id), _value(self.forecast.injects[inject.id].received, "median")
        if at is None or (waits is not None and waits < _WAITS):
            return []
        return [
            one.id
            for one in self.in_order()
            if one.id != inject.id
            and one.to == inject.to
            and (other := self.sent_at(one.id)) is not None
            and abs(other - at) <= _CLOSE
        ]


def spread(times: Times) -> str:
    """``40 min (20 min till 1 h 10 min)``, as far as it was reached."""
    median, low, high = (_value(times, name) for name in ("median", "p10", "p90"))
    if median is None or low is None:
        return word("papers.expected.seldom")
    if high is None:
        return phrase("papers.expected.open", median=say_duration(median), low=say_duration(low))
    if low == high:
        return say_duration(median)
    return phrase("papers.expected.spread", median=say_duration(median), low=say_duration(low), high=say_duration(high))


def quantiles(told: InjectForecast) -> tuple[str, ...]:
    """The same in cells: share that comes, and for both times median, 10 % and 90 %, and the share answered."""
    cells = [percent(told.sent.reached.share)]
    for times in (told.received, told.done):
        cells += [_say(_value(times, name)) for name in ("median", "p10", "p90")]
    return (*cells, percent(told.done.reached.share))


def game_time(at: int | None, clock: Clock) -> str:
    """``T+3:20, fre 04:20``; of a long exercise ``T+26 d 1:00, mån 12/10 09:00``."""
    if at is None:
        return word("papers.inject_list.uncertain")
    local = clock.local(at)
    day = word(f"weekday_short.{('mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun')[local.weekday()]}")
    if at < _DAYS:
        return f"T+{at // HOUR}:{at // MINUTE % 60:02}, {day} {local:%H:%M}"
    days, rest = divmod(at, DAY)
    return f"T+{days} d {rest // HOUR}:{rest // MINUTE % 60:02}, {day} {local.day}/{local.month} {local:%H:%M}"


def _value(times: Times, name: str) -> int | None:
    quantile = getattr(times, name)
    return None if quantile is None or quantile.value is None else round(quantile.value)


def _say(value: int | None) -> str:
    return word("papers.expected.not_reached") if value is None else say_duration(value)
