"""One play in brief: small, frozen and picklable, all that results over many plays are made from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from ovning.log.records import Activity, Cause, Log, PlayStarted
from ovning.measures.bottlenecks import CriticalWait, MissingMandate, critical_waits, missing_mandates
from ovning.measures.consequences import ServiceOutcome, service_outcomes
from ovning.measures.course import Spell, spells
from ovning.measures.escalation import (
    BodyTimes,
    LevelPath,
    LevelTimes,
    body_times,
    level_paths,
    level_times,
    unnecessary_alerts,
    unnecessary_levels,
)
from ovning.measures.flows import FlowOutcome, flow_outcomes
from ovning.measures.injects import InjectCourse, inject_courses
from ovning.measures.knowledge import learned
from ovning.measures.lives import Lives, Stretch, read_lives
from ovning.measures.load import Load, heads_of, loads
from ovning.measures.mandate import acts_without_mandate, decision_times, gaps
from ovning.measures.objectives import CriterionTime, Grade, criterion_times, objective_grades
from ovning.measures.relief import EmptySeats, Relief, seat_stays
from ovning.measures.sits import CriterionWaits, criterion_waits
from ovning.measures.starts import StartKind, start_kind
from ovning.measures.stocks import StockOutcome, stock_outcomes
from ovning.measures.strain import PersonStrain, Strain, Unmanned, rules_of, strain
from ovning.measures.waiting import (
    by_cause_and_station,
    cases_for_objectives,
    critical_stretches,
    person_time,
    waits,
    work_on_path,
)
from ovning.measures.ways import CriterionWay, criterion_ways
from ovning.measures.wholes import Whole
from ovning.model.setup import Setup


class WaitingTime(NamedTuple):
    """Waiting for one station for one cause."""

    cause: Cause
    station: str
    lasted: int
    """Milliseconds."""


class StationTime(NamedTuple):
    """People's time in one station."""

    station: str
    activity: Activity
    lasted: int
    """Person-milliseconds."""


class MandateTime(NamedTuple):
    """All needs of one decision."""

    decision: str
    needs: int
    """How many times it was needed."""
    made: int
    """How many times it was made."""
    without_wait: int
    """How many times it was made without any waiting for the mandate."""
    lasted: int
    """Milliseconds of waiting for the mandate, all needs together."""


class GroupStrain(NamedTuple):
    """What a play asked of the people of one group who worked; milliseconds."""

    group: str
    people: int
    """How many worked."""
    most_worked: int
    """By the one who worked most."""
    longest_duty: int
    """Of anybody."""
    deviations: int
    """From the daily rest, all together."""
    night: int
    """Person-milliseconds of work at night."""
    woken: int
    """How many times they were woken, all together."""


class StrainSummary(NamedTuple):
    """What a play asked of people."""

    groups: tuple[GroupStrain, ...]
    """Groups of people who keep hours and of whom anybody worked, by id."""
    unmanned: tuple[Unmanned, ...]
    empty_seats: tuple[EmptySeats, ...]
    relief: Relief
    worn_out: int
    """How many went home because they had been on duty for as long as anybody is."""
    woken: int
    """How many times somebody was woken, elected members too."""
    loads: tuple[Load, ...]
    """Functions and seats that anybody worked in, by id."""

    @property
    def deviations(self) -> int:
        """Deviations from the daily rest, all people together."""
        return sum(group.deviations for group in self.groups)


@dataclass(frozen=True, slots=True)
class Course:
    """What plays are compared by, alone; as in ``PlaySummary``."""

    exercise: str
    organisation: str
    variation: str | None
    seed: int
    replication: int
    start: StartKind
    horizon: int
    levels: tuple[LevelTimes, ...]
    criteria: tuple[CriterionTime, ...]
    objectives: tuple[tuple[str, Grade], ...]
    unnecessary: tuple[str, ...]
    unnecessary_alerts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaySummary:
    """What one play came to; times are milliseconds since STARTEX unless they say otherwise."""

    exercise: str
    organisation: str
    variation: str | None
    seed: int
    replication: int
    start: StartKind
    """At what sort of time it started."""
    horizon: int
    levels: tuple[LevelTimes, ...]
    """Every level of the organisation, lowest first."""
    spells: tuple[Spell, ...]
    """Every time that a level was active, in order."""
    paths: tuple[LevelPath, ...]
    """For each level that was activated, where the time went; without the stretches themselves."""
    bodies: tuple[BodyTimes, ...]
    """Every body of the organisation, by id."""
    criteria: tuple[CriterionTime, ...]
    """Every criterion, in the order of the exercise."""
    objectives: tuple[tuple[str, Grade], ...]
    """Every objective's grade, in the order of the exercise."""
    waiting: tuple[WaitingTime, ...]
    """All waiting of all tasks, most first."""
    critical_waiting: tuple[WaitingTime, ...]
    """Waiting along the critical paths of the cases that test an objective, most first."""
    critical_work: int
    """Milliseconds of work along the same paths."""
    work: tuple[StationTime, ...]
    """Where people's time went, most first."""
    injects: tuple[InjectCourse, ...]
    """Every inject that was sent, in the order of sending."""
    mandate: tuple[MandateTime, ...]
    """Every decision that was needed, by id."""
    gaps: tuple[str, ...]
    """Decisions that were needed and that nobody holds, by id."""
    acts: tuple[str, ...]
    """Decisions that were acted on without the mandate, by id."""
    unnecessary: tuple[str, ...]
    """Levels that were activated without being warranted, by id."""
    unnecessary_alerts: tuple[str, ...]
    """Levels whose staff was called without being warranted, and that never became active, by id."""
    known: tuple[tuple[str, int], ...]
    """When each fact was first known by anybody, in order of time."""
    critical_needs: tuple[CriticalWait, ...]
    """``critical_waiting`` with what was lacking and who had the case, most first."""
    criterion_needs: tuple[CriterionWaits, ...]
    """The same along each criterion's own way."""
    missing: tuple[MissingMandate, ...]
    """``gaps`` with who had the case."""
    strain: StrainSummary
    services: tuple[ServiceOutcome, ...]
    """Every service of the scenario, in its order."""
    flows: tuple[FlowOutcome, ...]
    stocks: tuple[StockOutcome, ...]
    """Every flow of the scenario, in its order."""
    ways: tuple[CriterionWay, ...]
    """Where the time to each criterion that was tested went, in the order of the exercise."""


def course_of(log: Log, setup: Setup) -> Course:
    """What one play is compared with another by; no more of the log is made sense of than that takes."""
    started = _started(log)
    strained = strain(log, rules_of(setup), seats_of(setup))
    criteria = _criteria(log, setup, strained)
    return Course(
        exercise=started.exercise,
        organisation=started.organisation,
        variation=started.variation,
        seed=started.seed,
        replication=started.replication,
        start=start_kind(datetime.fromisoformat(started.start)),
        horizon=log[-1].at,
        levels=level_times(log, (level.id for level in setup.organisation.levels)),
        criteria=criteria,
        objectives=tuple(objective_grades(criteria).items()),
        unnecessary=unnecessary_levels(log, setup.scenario, setup.variation),
        unnecessary_alerts=unnecessary_alerts(log, setup.scenario, setup.variation),
    )


def summarise(log: Log, setup: Setup) -> PlaySummary:
    """What one play came to. Raises ``ValueError`` if the log contradicts itself."""
    started = _started(log)
    lives = read_lives(log)
    scenario = setup.scenario
    strained = strain(log, rules_of(setup), seats_of(setup))
    criteria = _criteria(log, setup, strained)
    critical = critical_stretches(lives, cases_for_objectives(lives))
    paths = level_paths(log, lives)
    return PlaySummary(
        exercise=started.exercise,
        organisation=started.organisation,
        variation=started.variation,
        seed=started.seed,
        replication=started.replication,
        start=start_kind(datetime.fromisoformat(started.start)),
        horizon=lives.ended_at,
        levels=level_times(log, (level.id for level in setup.organisation.levels)),
        spells=tuple(spell for spell in spells(log) if spell.active_at is not None),
        paths=tuple(path._replace(stretches=()) for path in paths),
        bodies=body_times(log, sorted(setup.organisation.bodies)),
        criteria=criteria,
        objectives=tuple(objective_grades(criteria).items()),
        waiting=_waiting(waits(lives)),
        critical_waiting=_waiting(critical),
        critical_work=work_on_path(critical),
        work=tuple(StationTime(*key, lasted) for key, lasted in person_time(log).items()),
        injects=inject_courses(log),
        mandate=_mandate(log, lives),
        gaps=tuple(sorted({gap.decision for gap in gaps(log)})),
        acts=tuple(sorted({act.decision for act in acts_without_mandate(log)})),
        unnecessary=unnecessary_levels(log, scenario, setup.variation),
        unnecessary_alerts=unnecessary_alerts(log, scenario, setup.variation),
        known=_first_known(log),
        critical_needs=critical_waits(lives, critical),
        criterion_needs=criterion_waits(lives, paths, setup.exercise),
        missing=missing_mandates(log, lives),
        strain=_strain(strained, loads(log, seat_stays(log), heads_of(setup))),
        services=service_outcomes(log, scenario.services),
        flows=flow_outcomes(log, scenario.flows),
        stocks=stock_outcomes(log, scenario.stocks),
        ways=criterion_ways(log, lives, setup.exercise, criteria),
    )


def _started(log: Log) -> PlayStarted:
    started = log[0]
    if not isinstance(started, PlayStarted):
        raise ValueError("a log begins with PlayStarted")
    return started


def seats_of(setup: Setup) -> dict[str, int]:
    """How many seats each level has."""
    return {level.id: sum(level.staffs.values()) for level in setup.organisation.levels}


def _criteria(log: Log, setup: Setup, strained: Strain) -> tuple[CriterionTime, ...]:
    scenario = setup.scenario
    whole = Whole(scenario.services, strained, scenario.stocks)
    warranted = scenario.warranted(_started(log).variation)
    return criterion_times(log, setup.exercise, setup.organisation, warranted, whole)


def _strain(found: Strain, load: tuple[Load, ...]) -> StrainSummary:
    groups: dict[str, list[PersonStrain]] = {}
    for person in found.people:
        groups.setdefault(person.person.partition("#")[0], []).append(person)
    return StrainSummary(
        groups=tuple(
            GroupStrain(
                group,
                len(people),
                max(person.worked for person in people),
                max(person.longest_duty for person in people),
                sum(person.deviations for person in people),
                sum(person.night for person in people),
                sum(person.woken for person in people),
            )
            for group, people in sorted(groups.items())
        ),
        unmanned=found.unmanned,
        empty_seats=found.empty_seats,
        relief=found.relief,
        worn_out=found.worn_out,
        woken=found.woken,
        loads=load,
    )


def _waiting(stretches: tuple[Stretch, ...]) -> tuple[WaitingTime, ...]:
    return tuple(WaitingTime(*key, lasted) for key, lasted in by_cause_and_station(stretches).items())


def _mandate(log: Log, lives: Lives) -> tuple[MandateTime, ...]:
    found: dict[str, MandateTime] = {}
    for time in decision_times(log, lives):
        before = found.get(time.decision, MandateTime(time.decision, 0, 0, 0, 0))
        made = time.made_at is not None
        found[time.decision] = MandateTime(
            time.decision,
            before.needs + 1,
            before.made + made,
            before.without_wait + (made and time.mandate == 0),
            before.lasted + time.mandate,
        )
    return tuple(found[decision] for decision in sorted(found))


def _first_known(log: Log) -> tuple[tuple[str, int], ...]:
    first: dict[str, int] = {}
    for known in learned(log):
        first.setdefault(known.fact, known.at)
    return tuple(first.items())
