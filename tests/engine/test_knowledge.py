"""Who knows what, how grave it is together, and how it spreads."""

import pytest

from ovning.log.records import (
    CaseOpened,
    FactLearned,
    FactMissing,
    SeverityKnown,
    TaskFinished,
    Waited,
    Worked,
)
from tests.tiny import LEVEL, at, inject, of, one, person, task

TALK = {"talk": [task("talk", "5 min")]}
THREE = {
    "people": {"helpers": {"count": 1, "works": "always"}},
    "functions": {"helper": person("office", "helper", "helpers", does=["receive_alarm", "advise"])},
}


def _learned(log, fact=None):
    return [(at(r), r.knower, r.fact, r.how, r.source) for r in of(log, FactLearned) if fact is None or r.fact == fact]


def _severities(log, knower="officer"):
    return [(at(s), s.severity, s.by_pattern) for s in of(log, SeverityKnown, knower=knower)]


def test_only_who_has_been_told_knows_and_not_before_they_have_heard_it_out(tiny):
    log = tiny.play(organisation=THREE, injects=[inject("E1", asks_for="talk", facts=["grave"])], procedures=TALK)
    assert _learned(log) == [(5, "officer", "grave", "inject", "E1")]
    assert _severities(log) == [(5, 3, False)]


def test_a_finished_task_establishes_what_it_finds_out_and_a_hand_over_carries_it(tiny):
    log = tiny.play(
        organisation=THREE,
        injects=[inject("E1", asks_for="check", facts=["minor"])],
        procedures={
            "check": [
                task("talk", "5 min"),
                task("check", "10 min", needs="verify_situation", after=["talk"], establishes=["grave"]),
                task("advise", "1 min", needs="advise", after=["check"]),
            ]
        },
    )
    assert _learned(log) == [
        (5, "officer", "minor", "inject", "E1"),
        (15, "officer", "grave", "established", "E1/check"),
        (16, "helper", "minor", "hand_over", "officer"),
        (16, "helper", "grave", "hand_over", "officer"),
    ]


def test_severity_is_the_worst_that_no_known_fact_cancels(tiny):
    log = tiny.play(
        injects=[
            inject("E1", asks_for="talk", facts=["minor"]),
            inject("E2", "10 min", asks_for="talk", facts=["grave"]),
            inject("E3", "20 min", asks_for="talk", facts=["over"]),
        ],
        procedures=TALK,
    )
    assert _severities(log) == [(5, 1, False), (15, 3, False), (25, 0, False)]


def test_a_fact_that_has_been_taken_back_stays_taken_back(tiny):
    log = tiny.play(
        injects=[
            inject("E1", asks_for="talk", facts=["over"]),
            inject("E2", "10 min", asks_for="talk", facts=["grave"]),
        ],
        procedures=TALK,
    )
    assert _severities(log) == []


@pytest.mark.parametrize(
    ("kinds", "told", "known"),
    [
        (["power", "care", "power"], "officer", 3),
        (["power", "power", "power"], "officer", 1),
        (["power", "care", "power"], "both", 1),
    ],
)
def test_several_small_things_of_several_kinds_seen_by_one_are_grave_together(tiny, kinds, told, known):
    facts = {f"f{n}": {"title": f"Fakta {n}", "severity": 1, "kind": kind} for n, kind in enumerate(kinds)}
    log = tiny.play(
        assumptions={"pattern": {"facts": 3, "kinds": 2, "severity": 3}},
        organisation=THREE,
        scenario={"facts": facts},
        injects=[
            inject(
                f"E{n}",
                f"{10 * n} min",
                "talk",
                facts=[fact],
                to="role(helper)" if told == "both" and n == 2 else "first_call(default)",
            )
            for n, fact in enumerate(facts)
        ],
        procedures=TALK,
    )
    assert max(s.severity for s in of(log, SeverityKnown)) == known
    assert [s.by_pattern for s in of(log, SeverityKnown, knower="officer")] == [False, *([True] if known == 3 else [])]


@pytest.mark.parametrize(("fact", "told"), [("grave", True), ("minor", False)])
def test_a_function_tells_those_it_informs_of_what_is_grave_enough(tiny, fact, told):
    log = tiny.play(
        assumptions={"report": "2 min"},
        organisation={"functions": {"officer": {"informs": [{"function": "chief", "from_severity": 2}]}}},
        injects=[inject("E1", asks_for="talk", facts=[fact])],
        procedures=TALK,
    )
    assert [(at(c), c.caused_by) for c in of(log, CaseOpened) if c.kind == "report"] == (
        [(5, "E1/talk")] if told else []
    )
    # told for a minute, heard out in two
    assert _learned(log, fact)[1:] == ([(8, "chief", fact, "report", "officer")] if told else [])


def test_only_whoever_is_about_to_be_asked_about_a_level_needs_no_report(tiny):
    """What the officer recommends a level for is told to the helper, but to the chief with the question."""
    log = tiny.play(
        organisation={
            "people": {**THREE["people"], "officers": {"count": 2}},
            "functions": {
                **THREE["functions"],
                "officer": {
                    "does": ["receive_alarm", "assess_severity", "alert"],
                    "informs": [{"function": name, "from_severity": 2} for name in ("chief", "helper")],
                },
            },
        },
        levels=[{**LEVEL, "staffs": {}, "active_when": {"seats": 0}}],
        injects=[inject("E1", asks_for="talk", facts=["grave"])],
        procedures=TALK,
    )
    assert [(knower, how) for _, knower, _, how, _ in _learned(log, "grave")] == [
        ("officer", "inject"),
        ("helper", "report"),
        ("chief", "hand_over"),
    ]


def test_one_report_tells_all_that_was_learnt_at_once_and_nobody_is_told_what_they_told(tiny):
    log = tiny.play(
        organisation={
            "functions": {
                "officer": {"informs": [{"function": "chief", "from_severity": 1}]},
                "chief": {"informs": [{"function": "officer", "from_severity": 1}]},
            }
        },
        injects=[inject("E1", asks_for="talk", facts=["minor", "grave"])],
        procedures=TALK,
    )
    reports = [c for c in of(log, CaseOpened) if c.kind == "report"]
    assert len(reports) == 1
    assert {(r.knower, r.fact) for r in of(log, FactLearned)} == {
        (who, fact) for who in ("officer", "chief") for fact in ("minor", "grave")
    }


def test_what_takes_back_is_told_to_whoever_was_told_however_small(tiny):
    organisation = {"functions": {"officer": {"informs": [{"function": "chief", "from_severity": 2}]}}}
    after = inject("E2", "1 h", asks_for="talk", facts=["over"])
    log = tiny.play(
        organisation=organisation,
        injects=[inject("E1", asks_for="talk", facts=["grave"]), after],
        procedures=TALK,
    )
    assert _severities(log, "chief") == [(7, 3, False), (67, 0, False)]
    log = tiny.play(
        organisation=organisation, injects=[inject("E1", asks_for="talk", facts=["minor"]), after], procedures=TALK
    )
    assert _learned(log, "over") == [(65, "officer", "over", "inject", "E2")]


def test_a_task_tells_the_roles_it_names(tiny):
    log = tiny.play(
        organisation=THREE,
        injects=[inject("E1", asks_for="tell", facts=["minor"])],
        procedures={"tell": [task("talk", "5 min"), task("tell", "1 min", after=["talk"], informs=["role(helper)"])]},
    )
    assert _learned(log)[1:] == [(8, "helper", "minor", "report", "officer")]


def test_the_doer_asks_those_at_hand_for_what_they_need(tiny):
    procedures = {
        **TALK,
        "use": [task("use", "10 min", uses=["grave"])],
    }
    log = tiny.play(
        organisation=THREE,
        injects=[
            inject("E1", asks_for="talk", facts=["grave"]),
            inject("E2", "30 min", asks_for="use", to="role(helper)"),
        ],
        procedures=procedures,
    )
    # the officer is the number that everybody knows; asking takes a call of one minute
    assert _learned(log, "grave")[1:] == [(30, "helper", "grave", "asked", "officer")]
    asking = one(log, Worked, activity="asking")
    assert (asking.person, asking.since / 60_000, at(asking)) == ("helpers#1", 30, 31)
    assert [(w.cause, w.detail) for w in of(log, Waited, task="E2/use")] == [("information", "grave")]
    assert at(one(log, TaskFinished, task="E2/use")) == 41


@pytest.mark.parametrize("both", [True, False])
def test_nobody_asks_themselves_what_they_know_under_another_hat(tiny, both):
    log = tiny.play(
        organisation={
            "people": {"helpers": {"count": 1, "works": "always"}},
            "functions": {"expert": person("office", "helper", "officers" if both else "helpers", does=["advise"])},
        },
        injects=[
            inject("E1", asks_for="talk", facts=["grave"]),
            inject("E2", "30 min", asks_for="use", to="role(helper)"),
        ],
        procedures={**TALK, "use": [task("use", "10 min", needs="advise", uses=["grave"])]},
    )
    how = "hand_over" if both else "asked"
    assert _learned(log, "grave")[1:] == [(30, "expert", "grave", how, "officer")]
    assert len(of(log, Worked, activity="asking")) == (not both)
    assert at(one(log, TaskFinished, task="E2/use")) == (40 if both else 41)


def test_asking_that_is_not_over_when_the_play_ends_is_written_down_as_asking(tiny):
    log = tiny.play(
        organisation=THREE,
        assumptions={"pass_on": "10 min"},
        scenario={"horizon": "35 min"},
        injects=[
            inject("E1", asks_for="talk", facts=["grave"]),
            inject("E2", "30 min", asks_for="use", to="role(helper)"),
        ],
        procedures={**TALK, "use": [task("use", "10 min", uses=["grave"])]},
    )
    (asking,) = of(log, Worked, person="helpers#1")
    assert (asking.activity, asking.since / 60_000, at(asking)) == ("asking", 30, 35)
    assert [(w.cause, at(w)) for w in of(log, Waited, task="E2/use")] == [("information", 35)]


def test_a_task_goes_on_without_what_nobody_at_hand_knows(tiny):
    log = tiny.play(
        organisation=THREE,
        injects=[
            inject("E1", asks_for="talk", facts=["grave"], to="role(helper)"),
            inject("E2", "30 min", asks_for="use"),
        ],
        procedures={**TALK, "use": [task("use", "10 min", uses=["grave"])]},
    )
    missing = one(log, FactMissing)
    assert (at(missing), missing.task, missing.fact, missing.station) == (30, "E2/use", "grave", "officer")
    assert at(one(log, TaskFinished, task="E2/use")) == 40


def test_what_one_knows_needs_no_asking(tiny):
    log = tiny.play(
        injects=[inject("E1", asks_for="use", facts=["grave"])],
        procedures={"use": [task("talk", "5 min"), task("use", "10 min", after=["talk"], uses=["grave"])]},
    )
    assert of(log, FactMissing) == []
    assert of(log, Worked, activity="asking") == []


@pytest.mark.parametrize(
    ("start", "knowers"), [("2026-01-20T03:50", {"officer"}), ("2026-01-20T10:00", {"officer", "helper"})]
)
def test_what_can_be_seen_is_seen_by_those_at_work_and_awake(tiny, start, knowers):
    log = tiny.play(
        organisation={
            **THREE,
            "people": {
                "helpers": {"count": 1, "works": "office_hours"},
                "chiefs": {"count": 1, "works": "never"},
            },
        },
        scenario={"start": start, "events": [{"id": "dark", "at": "3 min", "tells": "minor"}]},
    )
    assert {(at(r), r.knower, r.how) for r in of(log, FactLearned)} == {(3, who, "seen") for who in knowers}


def test_nobody_knows_what_nobody_told_them(tiny):
    log = tiny.play(
        organisation=THREE,
        scenario={
            "services": {"power": {}},
            "events": [{"id": "dark", "at": "3 min", "sets": {"power": 0}}],
        },
    )
    assert of(log, FactLearned) == []


@pytest.mark.parametrize(("back", "found"), [("8 min", "grave"), ("3 min", "over")])
def test_what_is_found_depends_on_the_world_when_the_work_begins(tiny, back, found):
    lit = {"service": "mobile", "at_least": 0.5}
    log = tiny.play(
        scenario={
            "services": {"mobile": {"level": 0}},
            "events": [{"id": "back", "at": back, "sets": {"mobile": 1}}],
        },
        injects=[inject("E1", asks_for="check")],
        procedures={
            "check": [
                task("talk", "5 min"),
                task(
                    "check",
                    "10 min",
                    needs="verify_situation",
                    after=["talk"],
                    establishes=["grave"],
                    finds=[{"when": lit, "establishes": ["over"]}],
                ),
            ]
        },
    )
    assert [(f.fact, at(f)) for f in of(log, FactLearned)] == [(found, 15)]


def test_nothing_is_added_to_a_report_after_the_call_in_which_it_was_given(tiny):
    log = tiny.play(
        organisation={
            "people": {"chiefs": {"count": 1, "works": "never"}},
            "functions": {"officer": {"informs": [{"function": "chief", "from_severity": 1}]}},
        },
        assumptions={"off_duty_reached": {"chance": 1, "delay": "3 h"}},
        injects=[
            inject("E1", asks_for="talk", facts=["minor"]),
            inject("E2", "1 h", asks_for="talk", facts=["grave"]),
        ],
        procedures=TALK,
    )
    told = [(w.task, w.since / 60_000) for w in of(log, Worked, activity="pass_on")]
    assert told == [("report:1/report", 5), ("report:2/report", 65)]
    # answered at 186; each report is listened to for a minute
    assert [(f.fact, at(f)) for f in of(log, FactLearned, knower="chief")] == [("minor", 187), ("grave", 188)]
