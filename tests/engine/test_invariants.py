"""What holds in any play of any organisation, whatever is in the files."""

import tempfile
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ovning.engine import compile_play, play
from ovning.errors import InputError
from ovning.log import jsonl
from ovning.log.records import (
    CaseOpened,
    DecisionMade,
    HandedOver,
    LevelActivated,
    LevelDecided,
    LevelRecommended,
    LevelStoodDown,
    PlayEnded,
    PlayStarted,
    StationAsked,
    TaskFinished,
    TaskRequested,
    TaskStarted,
    TaskUnfinished,
    Worked,
)
from tests.measures.identity import check_log
from tests.tiny import LEVEL, Tiny, inject, of, person, task

CAPABILITIES = ["receive_alarm", "verify_situation", "assess_severity", "alert", "write", "drive", "advise"]
GROUPS = ["officers", "chiefs", "experts", "helpers"]
FUNCTIONS = {
    "chief": ("executive", "chiefs"),
    "expert": ("expert", "experts"),
    "helper": ("helper", "helpers"),
    "officer": ("duty", "officers"),
}
FACTS = ["minor", "grave", "over", "other"]

minutes = st.integers(0, 30).map(lambda n: f"{n} min")
varying = st.one_of(minutes, st.integers(1, 20).map(lambda n: {"mean": f"{n} min"}))
chances = st.sampled_from([0, 0.3, 0.7, 1])
some = st.lists(st.sampled_from(CAPABILITIES), unique=True, min_size=3)
reached = st.fixed_dictionaries(
    {
        "chance": st.one_of(chances, st.fixed_dictionaries({"day": chances, "night": chances})),
        "delay": varying,
        "arrives": st.one_of(varying, st.none()),
    }
)
decided = st.sampled_from([[], [], ["small"], ["large"]])


@st.composite
def organisations(draw):
    people = {
        group: {
            "count": draw(st.sampled_from([0, 1, 1, 2, 3])),
            "works": draw(st.sampled_from(["always", "always", "office_hours", "never"])),
            **({"reached": draw(reached)} if draw(st.booleans()) else {}),
        }
        for group in GROUPS
    }
    functions = {}
    for name, (role, group) in FUNCTIONS.items():
        more = {
            "does": draw(some),
            "decides": draw(decided),
            "ordinary_load": draw(st.sampled_from([0, 0.5, 0.9])),
        }
        more["reports_to"] = draw(st.sampled_from([None, *functions]))
        others = [other for other in FUNCTIONS if other != name]
        if draw(st.booleans()):
            without = draw(st.lists(st.sampled_from([*CAPABILITIES, "large"]), unique=True, max_size=2))
            more["deputies"] = [{"function": draw(st.sampled_from(others)), "without": without}]
        if draw(st.booleans()):
            more["informs"] = [{"function": draw(st.sampled_from(others)), "from_severity": draw(st.integers(1, 3))}]
        if draw(st.booleans()):
            more["on_call"] = {
                "count": draw(st.integers(1, 2)),
                "round_the_clock": draw(st.booleans()),
                "reached": draw(reached),
            }
        groups = draw(st.lists(st.sampled_from(GROUPS), unique=True, max_size=2).map(lambda g, own=group: g or [own]))
        functions[name] = person(draw(st.sampled_from(["office", "depot"])), role, groups, **more)
    functions["officer"]["does"] = sorted({*functions["officer"]["does"], "receive_alarm"})
    organisation = {
        "people": people,
        "functions": functions,
        "first_call": {"default": "officer", "else": [draw(st.sampled_from(["chief", "expert", "helper"]))]},
        "channels": [
            {"id": "in_person", "delay": draw(minutes), "reach": "same_site"},
            {
                "id": "phone",
                "delay": draw(minutes),
                "depends_on": {"mobile": {"at_least": 0.5}},
                **({"capacity": 1} if draw(st.booleans()) else {}),
            },
        ],
    }
    if draw(st.booleans()):
        for function in functions.values():
            function["decides"] = [d for d in function["decides"] if d != "large"]
        organisation["bodies"] = {
            "board": {
                "title": "Styrelsen",
                "members": [{"from": group, "count": 2} for group in ("experts", "helpers")],
                "quorum": draw(st.integers(1, 4)),
                "convened_by": draw(st.sampled_from(sorted(functions))),
                "attendance": draw(st.sampled_from(["in_person", "remote"])),
                "item": draw(varying),
                "decides": ["large"],
                "enters_function": draw(st.booleans()),
                "chair_decides_urgent": draw(st.booleans()),
            }
        }
        for group in ("experts", "helpers"):
            people[group]["count"] = max(people[group]["count"], 2)
    elif draw(st.booleans()):
        for function in functions.values():
            function["decides"] = [d for d in function["decides"] if d != "large"]
        organisation["joint"] = {"large": {"holders": ["chief", "expert"], "otherwise": "officer"}}
    return organisation


@st.composite
def levels(draw):
    staffs = {seat: draw(st.integers(1, 2)) for seat in draw(st.sampled_from([["chief"], ["chief", "picture"]]))}
    level = {
        **LEVEL,
        "recommended_when": {"known_severity": draw(st.integers(1, 3))},
        "decided_by": draw(st.sampled_from(sorted(FUNCTIONS))),
        "staffs": staffs,
        "active_when": {"seats": draw(st.integers(0, len(staffs))), "including": ["chief"]},
        "grants": {"chief": draw(decided)},
        "calls_in": draw(st.booleans()),
    }
    if draw(st.booleans()):
        level["rhythm"] = {"meeting_every": "1 h", "item": draw(minutes)}
    if draw(st.booleans()) and "picture" in staffs:
        level["follow_up"] = ["keep_log"]
    if draw(st.booleans()):
        level["stands_down_when"] = {"known_severity_below": 2, "for": draw(minutes)}
    watch = {"id": "watch", "title": "Bevakning", "recommended_when": {"known_severity": 1}, "decided_by": "chief"}
    return [*([watch] if draw(st.booleans()) else []), level]


@st.composite
def procedures(draw):
    tasks = []
    for n in range(draw(st.integers(1, 4))):
        needs = draw(st.sampled_from([*CAPABILITIES, "lead_staff", *["decide(small)", "decide(large)"] * 4]))
        more = {
            "needs": "receive_alarm" if n == 0 else needs,
            "mode": draw(st.sampled_from(["call", "call", "desk", "field"])),
        }
        if n:
            more["after"] = draw(
                st.lists(st.sampled_from([t["task"] for t in tasks]), unique=True, min_size=int(n > 1), max_size=2)
            )
        if needs.startswith("decide") and n and draw(st.booleans()):
            more["urgent"] = "life"
        more["uses"] = draw(st.lists(st.sampled_from(FACTS), unique=True, max_size=1))
        more["establishes"] = draw(st.lists(st.sampled_from(FACTS), unique=True, max_size=1))
        more["informs"] = draw(st.lists(st.sampled_from(["role(expert)", "staff"]), unique=True, max_size=1))
        more["persons"] = draw(st.sampled_from([1, 1, 1, 2]))
        if draw(st.booleans()):
            more["by"] = draw(st.sampled_from(["expert", "helper"]))
        tasks.append(task(f"t{n}", draw(varying), **more))
    return tasks


@st.composite
def exercises(draw):
    injects = [
        inject(
            f"E{n}",
            draw(st.integers(0, 300).map(lambda m: f"{m} min")),
            draw(st.sampled_from(["one", "two"])),
            to=draw(st.sampled_from(["first_call(default)", "role(expert)", "staff"])),
            priority=draw(st.sampled_from(["life", "high", "normal", "low"])),
            facts=draw(st.lists(st.sampled_from(FACTS), unique=True, max_size=2)),
            **({"repeat": {"every": "20 min", "times": 3}} if draw(st.booleans()) else {}),
            **({"actor": "grid"} if draw(st.booleans()) else {}),
        )
        for n in range(draw(st.integers(1, 5)))
    ]
    return {
        "assumptions": {
            "clarification": {"chance": draw(chances), "takes": "2 min"},
            "luck_of_the_night": draw(st.sampled_from(["person", "call"])),
            "pattern": {"facts": 2, "kinds": 2, "severity": 3},
            "stays_awake": draw(minutes),
            "patience": draw(minutes),
            "pass_on": draw(minutes),
            "joint_patience": draw(minutes),
        },
        "organisation": draw(organisations()),
        "levels": draw(levels()),
        "staff": {seat: draw(st.permutations(GROUPS)) for seat in ("chief", "picture")},
        "scenario": {
            "start": draw(st.sampled_from(["2026-01-20T03:50", "2026-01-20T10:00", "2026-03-28T22:00"])),
            "services": {"mobile": {}},
            "facts": {"other": {"title": "Något annat", "severity": 1, "kind": "care"}},
            "events": [
                {"id": "gone", "at": draw(varying), "sets": {"mobile": 0}, "tells": "minor"},
                {"id": "back", "after": "gone", "delay": "2 h", "sets": {"mobile": 1}},
            ],
        },
        "injects": injects,
        "procedures": {"one": draw(procedures()), "two": draw(procedures())},
    }


SERVICES = ["power", "water", "heat", "mobile"]
"""Each may need those before it."""
WORDS = {
    "capabilities": {"personnel": {"title": "Personal", "meaning": "Planerar"}},
    "services": {name: {"title": name, "meaning": name} for name in SERVICES},
    "seats": {"picture": {"does": ["verify_situation", "write", "personnel"]}},
}
hours = st.integers(0, 20).map(lambda n: f"{n} h")
lengths = st.one_of(hours, st.integers(1, 12).map(lambda n: {"mean": f"{n} h"}))
shares = st.sampled_from([0, 0.2, 0.5, 0.8, 1])


@st.composite
def services(draw):
    found = {}
    for n, name in enumerate(SERVICES):
        needs = draw(st.lists(st.sampled_from(SERVICES[:n]), unique=True, max_size=2)) if n else []
        found[name] = {
            "level": draw(st.sampled_from([1, 1, 1, 0.4])),
            "affects": {"households": draw(st.integers(1, 60))},
            "recovers_after": draw(lengths),
            "depends_on": {
                need: {
                    "at_least": draw(st.sampled_from([0.3, 0.5, 1])),
                    "endurance": draw(lengths),
                    "leaves": draw(st.sampled_from([0, 0, 0.3])),
                    "follows": draw(st.booleans()),
                    "instead": draw(st.lists(st.sampled_from([s for s in SERVICES[:n] if s != need]), max_size=1))
                    if n > 1
                    else [],
                }
                for need in needs
            },
        }
    return found


@st.composite
def happenings(draw):
    found = []
    for n in range(draw(st.integers(1, 4))):
        event = {"id": f"event{n}", "at": draw(lengths)}
        if draw(st.integers(0, 3)):
            event["sets"] = draw(st.dictionaries(st.sampled_from(SERVICES), shares, min_size=1, max_size=2))
        if draw(st.booleans()):
            event["away"] = draw(st.lists(st.sampled_from(["duty", "expert", "helper"]), unique=True, min_size=1))
        if ("sets" in event or "away" in event) and draw(st.booleans()):
            event["lasts"] = draw(lengths)
        if draw(st.booleans()):
            event["repeat"] = {"every": "7 h", "times": 3}
        if n == 0:
            event["tells"] = "minor"
        found.append(event)
    return found


@st.composite
def flows(draw):
    found = {}
    for n in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(["rate", "counted", "lacking", "having"]))
        arrives = {"every": draw(st.integers(1, 20).map(lambda k: f"{k} h")), "first_after": draw(lengths)}
        if kind in ("rate", "counted"):
            arrives = {
                "per_hour": draw(st.sampled_from([0, 2, 9])),
                "because_of": {draw(st.sampled_from(SERVICES)): draw(st.sampled_from([0, 0.05, 0.3]))},
                "at_night": draw(st.sampled_from([0.2, 1])),
                "asks_about": ["minor", "grave"],
                "information_lowers": draw(shares),
                **({"through": "mobile"} if draw(st.booleans()) else {}),
            }
        else:
            arrives[kind] = draw(st.sampled_from(SERVICES))
        if draw(st.integers(0, 4)) == 4:
            arrives["only_while"] = {"service": draw(st.sampled_from(SERVICES)), "below": 0.9}
        stages = []
        for m in range(1 if kind == "counted" else draw(st.integers(1, 3))):
            stage = {
                "stage": f"stage{m}",
                "title": "Göra",
                "takes": draw(st.one_of(minutes, st.integers(1, 40).map(lambda k: {"mean": f"{k} min"}))),
                "share": draw(st.sampled_from([1, 1, 0.5])),
            }
            if kind == "counted" or draw(st.booleans()):
                stage |= {
                    "needs": draw(st.sampled_from(CAPABILITIES)),
                    "mode": draw(st.sampled_from(["call", "desk", "field"])),
                    "together": draw(st.integers(1, 3)),
                    "persons": draw(st.sampled_from([1, 1, 2])),
                    "calls_in": draw(st.booleans()),
                    "priority": draw(st.sampled_from(["high", "low"])),
                }
            if draw(st.booleans()):
                stage["places"] = draw(st.integers(1, 20))
            if draw(st.booleans()) or m == 0:
                stage["patience"] = draw(lengths)
            stages.append(stage)
        flow = {"title": "Flöde", "one": "en", "arrives": arrives, "stages": stages}
        if kind == "counted":
            flow["step"] = draw(st.sampled_from(["10 min", "1 h"]))
        elif draw(st.booleans()):
            flow["keeps"] = draw(st.sampled_from(SERVICES[2:]))
        found[f"flow{n}"] = flow
    return found


def _let_it_be_grave(exercise):
    """Let a staff come together at once, of people who tire."""
    organisation = exercise["organisation"]
    organisation["people"]["officers"] = {"count": 2, "works": "always"}
    for group in ("chiefs", "experts", "helpers"):
        organisation["people"][group] = {**organisation["people"][group], "works": "office_hours", "reached": REACHED}
    for name in ("officer", "chief"):
        organisation["functions"][name]["does"] = CAPABILITIES
    organisation["functions"]["officer"]["filled_by"] = ["officers"]
    for level in exercise["levels"]:
        level["recommended_when"] = {"known_severity": 1}
        level["decided_by"] = "officer"
        level["active_when"] = {"seats": 0}
    exercise["injects"][0] |= {"at": "0 min", "to": "first_call(default)", "facts": ["grave"], "priority": "high"}


REACHED = {"chance": {"day": 1, "night": 0.7}, "delay": "4 min", "arrives": {"mean": "30 min"}}


@st.composite
def societies(draw):
    """An exercise of three days, with services that fall, shifts, flows, channels that die and people who are away."""
    exercise = draw(exercises())
    exercise["vocabulary"] = WORDS
    exercise["scenario"] |= {
        "horizon": "72 h",
        "services": draw(services()),
        "events": draw(happenings()),
        "flows": draw(flows()),
    }
    exercise["assumptions"] |= {
        "daily_rest": draw(st.sampled_from(["11 h", "6 h"])),
        "duty_ends_after": draw(st.sampled_from(["5 h", "1 h"])),
        "works_at_most": draw(st.sampled_from(["16 h", "9 h"])),
        "shift_change": draw(minutes),
        "plan_shifts": draw(minutes),
    }
    for level in exercise["levels"]:
        if "staffs" in level and draw(st.integers(0, 3)):
            level["shifts"] = {
                "length": draw(st.sampled_from(["6 h", "8 h", "12 h"])),
                "planned_within": draw(st.sampled_from(["0 min", "1 h", "9 h"])),
                **({"changes_at": ["07:00", "19:00"]} if draw(st.booleans()) else {}),
            }
    for group in exercise["organisation"]["people"].values():
        group["count"] += draw(st.integers(0, 3))
        if draw(st.booleans()):
            group["works"] = "office_hours"
    exercise["organisation"]["channels"] = [
        {"id": "in_person", "delay": draw(minutes), "reach": "same_site"},
        {
            "id": "phone",
            "delay": draw(minutes),
            "depends_on": {"mobile": {"at_least": 0.5, "share": draw(st.sampled_from([0.4, 1]))}},
        },
        *([{"id": "radio", "delay": draw(minutes), "reach": "at_work"}] if draw(st.booleans()) else []),
        *([{"id": "messenger", "delay": draw(minutes)}] if draw(st.booleans()) else []),
    ]
    if draw(st.booleans()):
        _let_it_be_grave(exercise)
    for name in ("one", "two"):
        last = exercise["procedures"][name][-1]
        if draw(st.booleans()):
            last["publishes"] = True
        if draw(st.booleans()):
            last["then"] = {"extends": {"heat": "3 h"}, "sets": {draw(st.sampled_from(SERVICES)): draw(shares)}}
    return exercise


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
@given(changes=societies(), seed=st.integers(0, 1000))
def test_whatever_a_society_goes_through_adds_up(changes, seed):
    play_and_check(changes, seed)


@settings(
    max_examples=80,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],  # to shrink a whole exercise takes longer than to read one
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(changes=exercises(), seed=st.integers(0, 1000))
def test_whatever_is_played_adds_up(changes, seed):
    play_and_check(changes, seed)


def play_and_check(changes, seed):
    """Whatever the files say, the log adds up, and the same play twice is the same."""
    with tempfile.TemporaryDirectory() as folder:
        tiny = Tiny(Path(folder))
        try:
            setup = tiny.setup(**changes)
        except InputError:
            return  # files that contradict themselves are told of before anything is played
        log = play(compile_play(setup), seed, 0)
        path = Path(folder) / "log.jsonl"
        jsonl.write(log, path)
        check_log(path)
        assert_lawful(log, setup)
        assert play(compile_play(setup), seed, 0) == log


def assert_lawful(log, setup):
    """Every requested task ends once; only who can, or stands in, does it; levels go up and down in order."""
    assert isinstance(log[0], PlayStarted)
    assert isinstance(log[-1], PlayEnded)
    assert log[-1].at == setup.scenario.horizon
    organisation = setup.organisation
    requests = {r.task: r for r in of(log, TaskRequested)}
    ends = defaultdict(list)
    for record in (*of(log, TaskFinished), *of(log, TaskUnfinished)):
        ends[record.task].append(record)
    assert set(ends) == set(requests)
    assert all(len(records) == 1 for records in ends.values())
    asked = {(a.task, a.station, a.why) for a in of(log, StationAsked)}
    seats = setup.vocabulary.seats

    def stands_in(start, need):
        others = [organisation.functions[s] for t, s, _ in asked if t == start.task and s in organisation.functions]
        return any(
            need in other.does and deputy.function == start.station and need not in deputy.without
            for other in others
            for deputy in other.deputies
        )

    for start in of(log, TaskStarted):
        need = requests[start.task].needs
        level, _, seat = start.station.rpartition(".")
        if need == "report" or start.station in organisation.bodies:
            continue
        if need.startswith("decide("):
            continue
        does = seats[seat].does if level else organisation.functions[start.station].does
        assert need in does or stands_in(start, need), f"{start.task}: {start.station} cannot {need}"
    for work in of(log, Worked, activity="flow"):
        _, flow, stage, _ = work.task.split(":")
        need = next(one.needs for one in setup.scenario.flows[flow].stages if one.stage == stage)
        level, _, seat = work.station.rpartition(".")
        assert need in (seats[seat].does if level else organisation.functions[work.station].does), work
    for made in of(log, DecisionMade):
        if (
            made.how == "own"
            and made.station in organisation.functions
            and not made.decision.startswith(("activate_", "end_"))
        ):
            holds = organisation.functions[made.station].decides
            instead = {j.otherwise for j in organisation.joint.values()}
            assert made.decision in holds or made.station in instead
        if made.how == "deputy":
            assert (made.task, made.station, "deputy") in asked
    assert all(h.sender != h.receiver for h in of(log, HandedOver))
    cases = [c.case for c in of(log, CaseOpened)]
    assert len(cases) == len(set(cases))
    for level in organisation.levels:
        order = [
            (type(r).__name__, r.case)
            for r in log
            if isinstance(r, LevelRecommended | LevelDecided | LevelActivated | LevelStoodDown) and r.level == level.id
        ]
        open_case = None
        for what, case in order:
            if what == "LevelRecommended":
                assert open_case is None or case != open_case
                open_case = case
            else:
                assert case == open_case


@pytest.mark.parametrize("organisation", ["orebro", "haninge"])
def test_the_shipped_exercise_is_lawful_too(organisation):
    from ovning.files import load_setup

    for variation in (None, "false_alarm"):
        setup, _ = load_setup("elavbrott", organisation, variation=variation)
        compiled = compile_play(setup)
        for replication in range(4):
            assert_lawful(play(compiled, 3, replication), setup)
