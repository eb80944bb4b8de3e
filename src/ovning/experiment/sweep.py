"""Which guess the answer hangs on: every assumption moved over its range, everything else and the luck as they were.

The answer is the difference between two designs, or what one design comes to. First a few plays of every other value:
what changes nothing, or far less than matters, is left there. Then more plays of those that matter most. Where an
assumption turns a verdict, the range is halved again and again to find out at which value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import mean
from typing import Final

from ovning.errors import InputError
from ovning.experiment.chunks import Arm, Keeper, replay_all
from ovning.experiment.compare import everything
from ovning.experiment.designs import differences_between
from ovning.experiment.effects import Watched, difference_in, headline, in_all, play_by_play, values_of
from ovning.experiment.paired import Difference, adjusted, differing_values
from ovning.experiment.ranges import Lever, Setting, Untried, levers_of
from ovning.experiment.swept import Answer, Effect, Phase, Plan, Quiet, Side, Sweep, Swept, Told, Tried, Turn
from ovning.experiment.verdicts import Asked, smallest_differences, verdict_on
from ovning.experiment.workers import Crew
from ovning.measures.aggregate import judged
from ovning.measures.intervals import share_of
from ovning.measures.tally import Tally
from ovning.model.setup import Setup

_SMALL: Final = 0.25
"""Of the smallest difference that matters: what moves the answer less, in the first plays, is left there."""
_BATCH: Final = 24
"""Values loaded at a time: a setup is too large to keep hundreds of."""


def sweep(
    sides: Sequence[Side],
    seed: int,
    plan: Plan,
    *,
    only: Sequence[str] = (),
    asked: Asked | None = None,
    crew: Crew | None = None,
    keeper: Keeper | None = None,
    told: Told | None = None,
) -> Sweep:
    """Move every assumption of one design, or of two that are compared, and say what it did to the answer.

    ``only``: paths or names of assumptions; others stay. ``asked``: the smallest difference that matters, as in
    ``compare``. The same arguments give the same sweep, however it is played;
    a ``keeper`` is asked for chunks and given them in the same order every time.
    """
    if not 1 <= len(sides) <= 2:
        raise ValueError("one design, or two that are compared")
    return _Sweeping(sides, seed, plan, asked or {}, crew, keeper, told or Quiet()).whole(only)


@dataclass(slots=True)
class _Trial:
    """Another value, while it is being tried."""

    lever: Lever
    end: int
    setting: Setting
    wanted: tuple[bool, ...]
    """For each design, whether it is to be put there."""
    concerns: tuple[bool, ...] = ()
    tallies: list[Tally] = field(default_factory=list)
    """Of each design; that of a design that it does not concern is the one of the design as it is assumed."""
    refused: str = ""


class _Sweeping:
    """A sweep under way."""

    def __init__(
        self,
        sides: Sequence[Side],
        seed: int,
        plan: Plan,
        asked: Asked,
        crew: Crew | None,
        keeper: Keeper | None,
        told: Told,
    ) -> None:
        self.sides, self.seed, self.plan = sides, seed, plan._replace(first=min(plan.first, plan.runs))
        self.crew, self.keeper, self.told = crew, keeper, told
        setup = sides[0].contender.setup
        self.watched = _watched(setup)
        self.smallest = smallest_differences(setup, self.watched, asked)
        self.base: list[Tally] = []
        self.plays = 0
        self.confidence = 0.0

    def whole(self, only: Sequence[str]) -> Sweep:
        """All of it."""
        levers, untried = _assumed(self.sides, only)
        self.told.phase("base", self.plan.runs * len(self.sides))
        arms = [((one.contender.name,), one.contender.setup) for one in self.sides]
        self.base = list(self._replay(arms, 0, self.plan.runs))
        trials = [
            _Trial(lever, end, setting, wanted)
            for lever, wanted in levers
            for end, setting in enumerate(lever.settings)
        ]
        self.confidence = adjusted(max(1, len(trials) * len(self.watched)))
        self._play(trials, "first", 0, self.plan.first)
        refused = [Untried(t.lever.assumption, t.lever.part, t.refused, "refused") for t in trials if t.refused]
        trials = [trial for trial in trials if not trial.refused]
        found = {id(t): self._tried(t, self.plan.first, matters=False) for t in trials}
        more = self._worth_more(trials, found) if self.plan.first < self.plan.runs else trials
        if self.plan.first < self.plan.runs:
            self._play(more, "more", self.plan.first, self.plan.runs)
        found |= {id(t): self._tried(t, self.plan.runs, matters=True) for t in more}
        base = self._effects(self.base, self.plan.runs, self.base)
        turned = self._turned(more, found, base)
        swept = [
            Swept(
                lever,
                tuple(found[id(t)] for t in trials if t.lever is lever),
                tuple(sorted((x for t in trials if t.lever is lever for x in turned.get(id(t), ())), key=_surest)),
            )
            for lever, _ in levers
            if any(t.lever is lever for t in trials)
        ]
        main = self.watched[0]
        return Sweep(
            tuple(one.contender for one in self.sides),
            main,
            self.smallest,
            base,
            tuple(sorted(swept, key=lambda one: (-_most(one, main), one.lever.path))),
            (*untried, *refused),
            self.plan,
            self.seed,
            len(trials),
            self.plays,
            self.confidence,
        )

    def _replay(self, arms: Sequence[tuple[Arm, Setup]], begin: int, end: int) -> Iterator[Tally]:
        # A keeper knows plays by their arm and chunk, and chunks are counted from 0 for each stretch of plays.
        named = [((f"{begin}-{end}", *arm), setup) for arm, setup in arms]
        self.plays += len(arms) * (end - begin)
        return replay_all(
            named,
            self.seed,
            range(begin, end),
            crew=self.crew,
            keeper=self.keeper,
            played=self.told.played,
            told="compared",
        )

    def _play(self, trials: Sequence[_Trial], phase: Phase, begin: int, end: int) -> None:
        """Play each of them so far, where it makes any difference."""
        self.told.phase(phase, sum(sum(trial.concerns or trial.wanted) for trial in trials) * (end - begin))
        for some in (trials[at : at + _BATCH] for at in range(0, len(trials), _BATCH)):
            setups = {(n, at): one for n, trial in enumerate(some) for at, one in self._changed(trial)}
            arms = [
                ((self.sides[at].contender.name, some[n].setting.change), setup) for (n, at), setup in setups.items()
            ]
            expected = sum(sum(trial.wanted) for trial in some)
            for (n, at), tally in zip(setups, self._replay(arms, begin, end), strict=True):
                some[n].tallies[at].extend(tally)
            if begin == 0:
                self.told.played((expected - len(setups)) * (end - begin))

    def _changed(self, trial: _Trial) -> Iterator[tuple[int, Setup]]:
        """The designs that are others with this value."""
        setups: dict[int, Setup] = {}
        for at, (side, wanted) in enumerate(zip(self.sides, trial.concerns or trial.wanted, strict=True)):
            if not wanted:
                continue
            try:
                setup = side.load((trial.setting.change,))
            except InputError as error:
                trial.refused = error.problems[0].message if error.problems else str(error)
                return
            if trial.concerns or differences_between(side.contender.setup, setup):
                setups[at] = setup
        if not trial.tallies:
            trial.concerns = tuple(at in setups for at in range(len(self.sides)))
            trial.tallies = [Tally() if own else base for own, base in zip(trial.concerns, self.base, strict=True)]
        yield from setups.items()

    def _tried(self, trial: _Trial, plays: int, *, matters: bool) -> Tried:
        return Tried(trial.setting, trial.concerns, plays, self._effects(trial.tallies, plays), matters)

    def _effects(self, tallies: Sequence[Tally], plays: int, only: Sequence[Tally] = ()) -> tuple[Effect, ...]:
        """What the answers are, and how far they are from those as everything is assumed (or from nothing)."""
        found = []
        for watched in self.watched:
            change = self._change(watched, tallies, only=bool(only))
            sides = tuple(_mean(play_by_play(watched, tally)[:plays]) for tally in tallies)
            told = plays == self.plan.runs
            answer = self._answer(watched, tallies) if told else "not_tested"
            verdict = self._verdict(watched, tallies) if told else "not_tested"
            found.append(Effect(watched, change, sides, answer, verdict))
        return tuple(found)

    def _change(self, watched: Watched, tallies: Sequence[Tally], *, only: bool) -> Difference:
        """``only``: not how far the answers have moved, but what they are."""
        if only:
            told = [(0.0, late) for late in _answers(watched, tallies) if late is not None]
        elif len(tallies) == 1:
            told = values_of(watched, self.base[0], tallies[0])
        else:
            answers = zip(_answers(watched, self.base), _answers(watched, tallies), strict=False)
            told = [(early, late) for early, late in answers if early is not None and late is not None]
        return differing_values([early for early, _ in told], [late for _, late in told], self.confidence)

    def _answer(self, watched: Watched, tallies: Sequence[Tally]) -> Answer:
        """By the mean alone: the luck is the same, so that what turns it is the value that was changed."""
        if len(tallies) == 1:
            met = _met(watched, tallies[0])
            return "not_tested" if not met else "reached" if mean(met) >= self._target(watched) else "not_reached"
        differences = [one for one in _answers(watched, tallies) if one is not None]
        if not differences:
            return "not_tested"
        difference = mean(differences)
        if abs(difference) <= self.smallest[watched]:
            return "equivalent"
        return "better" if (difference < 0) == (watched.wanted == "less") else "worse"

    def _verdict(self, watched: Watched, tallies: Sequence[Tally]) -> Answer:
        if len(tallies) == 1:
            met = _met(watched, tallies[0])
            return "not_tested" if not met else judged(share_of(round(sum(met)), len(met)), self._target(watched))
        confidence = adjusted(len(self.watched))
        difference = difference_in(watched, tallies[0], tallies[1], confidence, careful=True)
        return verdict_on(difference, watched, self.smallest[watched])

    def _target(self, watched: Watched) -> float:
        objectives = self.sides[0].contender.setup.exercise.objectives
        criteria = next(one.criteria for one in objectives if one.id == watched.of)
        return criteria[watched.criterion or 0].target_share

    def _worth_more(self, trials: Sequence[_Trial], found: Mapping[int, Tried]) -> list[_Trial]:
        """Of the assumptions that moved anything by a part of what matters, those that moved the main answer most.

        All values of an assumption together, so that they can be told beside each other; as many as there are to be.
        """
        levers: dict[int, list[_Trial]] = {}
        for trial in trials:
            if not found[id(trial)].is_nothing:
                levers.setdefault(id(trial.lever), []).append(trial)
        ranked = []
        for some in levers.values():
            main, most = (
                max(self._size(found[id(t)], only) for t in some) for only in (self.watched[:1], self.watched)
            )
            if most >= _SMALL:
                ranked.append((-main if main >= _SMALL else 0.0, -most, some[0].lever.path, some))
        kept: list[_Trial] = []
        for *_, some in sorted(ranked, key=lambda one: one[:3]):
            if len(kept) + len(some) <= self.plan.most:
                kept += some
        return [trial for trial in trials if any(trial is one for one in kept)]

    def _size(self, tried: Tried, watched: Sequence[Watched]) -> float:
        """How far it moved the answer it moved most, in smallest differences that matter."""
        return max(abs(tried.on(one).change.mean or 0.0) / self.smallest[one] for one in watched)

    def _turned(
        self, trials: Sequence[_Trial], found: Mapping[int, Tried], base: Sequence[Effect]
    ) -> dict[int, tuple[Turn, ...]]:
        before = {effect.watched: effect for effect in base}
        turned: dict[int, tuple[Turn, ...]] = {}
        for trial in trials:
            effects = found[id(trial)].effects
            shown = {_about(e.watched) for e in effects if _is_shown(e.change)}
            turns = []
            for after in effects:
                early = before[after.watched]
                if after.answer == early.answer or "not_tested" in (after.answer, early.answer):
                    continue
                if _about(after.watched) in shown:
                    sure = (early.verdict, after.verdict) == (early.answer, after.answer)
                    turns.append(Turn(after.watched, early.answer, after.answer, sure, trial.setting, None, None))
            if turns:
                turned[id(trial)] = tuple(sorted(turns, key=_surest))
        return self._sought(trials, turned)

    def _sought(self, trials: Sequence[_Trial], turned: dict[int, tuple[Turn, ...]]) -> dict[int, tuple[Turn, ...]]:
        """Halve the range of each that turns a verdict, all side by side, and tell between which values it turned."""
        ways = [_Way(t, turned[id(t)][0]) for t in trials if id(t) in turned and t.lever.between]
        for _ in range(self.plan.steps):
            steps = [(way, half) for way in ways if (half := way.half()) is not None]
            if not steps:
                break
            self._play([half for _, half in steps], "turning", 0, self.plan.runs)
            for way, half in steps:
                way.take(half, half.refused == "" and self._answer(way.turn.watched, half.tallies) == way.turn.before)
        for way in ways:
            turn = way.turn._replace(last=way.settings[0].value, first=way.settings[1].value)
            turned[id(way.trial)] = (turn, *turned[id(way.trial)][1:])
        return turned


class _Way:
    """From what is assumed to an end of the range, between which a verdict turns."""

    def __init__(self, trial: _Trial, turn: Turn) -> None:
        self.trial, self.turn = trial, turn
        self.between = trial.lever.between[trial.end]
        self.ends = [0.0, 1.0]
        self.settings = [self.between(0.0), self.between(1.0)]

    def half(self) -> _Trial | None:
        """The value in the middle; ``None`` if there is none between the two."""
        setting = self.between(sum(self.ends) / 2)
        if setting in self.settings:
            return None
        return _Trial(self.trial.lever, self.trial.end, setting, self.trial.concerns)

    def take(self, half: _Trial, as_before: bool) -> None:
        """Go on in the half in which it turns."""
        side = 0 if as_before else 1
        self.ends[side] = sum(self.ends) / 2
        self.settings[side] = half.setting


def _watched(setup: Setup) -> tuple[Watched, ...]:
    first = headline(setup)
    found = everything(setup)
    return found if first is None else (first, *(one for one in found if one != first))


def _assumed(
    sides: Sequence[Side], only: Sequence[str]
) -> tuple[list[tuple[Lever, tuple[bool, ...]]], tuple[Untried, ...]]:
    """Levers, each with the designs that it is in: what both assume alike, at the same place, is one guess."""
    levers: dict[tuple[object, ...], tuple[Lever, list[bool]]] = {}
    untried: dict[tuple[str, str], Untried] = {}
    for at, side in enumerate(sides):
        found, not_found = levers_of(side.contender.setup.ledger)
        for lever in found:
            if is_asked(lever, only):
                key = (lever.path, repr(lever.value), repr(lever.settings))
                levers.setdefault(key, (lever, [False] * len(sides)))[1][at] = True
        untried |= {(one.path, one.text): one for one in not_found if is_asked(one, only)}
    return [(lever, tuple(within)) for lever, within in levers.values()], tuple(untried.values())


def is_asked(one: Lever | Untried, only: Sequence[str]) -> bool:
    """``assumptions.patience``, ``patience``, ``on_call_reached.chance`` and ``levels.command`` are all ways to ask."""
    ways = (one.path, one.path.partition(".")[2])
    return not only or any(way == word or way.startswith(f"{word}.") for word in only for way in ways)


def _answers(watched: Watched, tallies: Sequence[Tally]) -> list[float | None]:
    """Play by play: what the one design came to, or how much more the second did than the first."""
    if len(tallies) == 1:
        return list(play_by_play(watched, tallies[0]))
    return [None if both is None else both[1] - both[0] for both in in_all(watched, tallies)]


def _mean(column: Iterable[float | None]) -> float | None:
    told = [value for value in column if value is not None]
    return mean(told) if told else None


def _met(watched: Watched, tally: Tally) -> list[float]:
    """Whether a criterion was met in each play that tells; nothing for what no criterion asks for."""
    if watched.kind != "criterion_met":
        return []
    return [value for value in play_by_play(watched, tally) if value is not None]


def _about(watched: Watched) -> tuple[str, int | None]:
    """A criterion is about the same whether one asks how long it took or whether it was met."""
    return (watched.of or watched.kind, watched.criterion)


def _is_shown(change: Difference) -> bool:
    return change.low is not None and change.high is not None and not change.low <= 0 <= change.high


def _surest(turn: Turn) -> bool:
    return not turn.is_sure


def _most(swept: Swept, main: Watched) -> float:
    return max(abs(tried.on(main).change.mean or 0.0) for tried in swept.tried)
