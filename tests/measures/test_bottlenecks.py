"""Bottlenecks from a log written by hand and from tiny plays, and what is proposed against each."""

import pytest

from ovning.engine import compile_play, play
from ovning.files import load_setup
from ovning.log.records import (
    CaseOpened,
    MandateMissing,
    PlayEnded,
    PlayStarted,
    TaskFinished,
    TaskRequested,
    Waited,
    Worked,
)
from ovning.measures.bottlenecks import (
    CriticalWait,
    MissingMandate,
    bottlenecks,
    critical_waits,
    missing_mandates,
    remedies,
)
from ovning.measures.lives import read_lives
from ovning.measures.remedies import Remedy, able, faster_answer, mandate, one_more
from ovning.measures.waiting import critical_stretches
from ovning.units import MINUTE
from tests.measures.lacking import lacking
from tests.tiny import LEVEL, Tiny, person

M = MINUTE
LOG = (
    PlayStarted(0, "x", "lillby", None, 1, 0, "2026-01-20T10:00:00+01:00", 100 * M),
    CaseOpened(0, "E1", "inject", "E1", 2, ("M1",), None),
    TaskRequested(0, "E1/receive", "E1", "Ta emot", "receive_alarm", (), 2, None),
    Waited(10 * M, 0, "E1/receive", "unavailable", "officer", ""),
    Waited(14 * M, 10 * M, "E1/receive", "queue", "officer", ""),
    Worked(20 * M, 14 * M, "E1/receive", "officers#1", "officer", "work", "call"),
    TaskFinished(20 * M, "E1/receive", "E1", "officer", "done"),
    TaskRequested(20 * M, "E1/open", "E1", "Öppna", "decide(large)", ("E1/receive",), 2, "officer"),
    Waited(25 * M, 20 * M, "E1/open", "mandate", "chief", "unavailable"),
    Waited(32 * M, 25 * M, "E1/open", "mandate", "chief", "transmission"),
    Worked(40 * M, 32 * M, "E1/open", "chiefs#1", "chief", "work", "call"),
    TaskFinished(40 * M, "E1/open", "E1", "chief", "done"),
    TaskRequested(40 * M, "E1/drive", "E1", "Köra", "drive", ("E1/open",), 2, "chief"),
    Waited(70 * M, 40 * M, "E1/drive", "unavailable", "", ""),
    Worked(80 * M, 70 * M, "E1/drive", "officers#1", "officer", "work", "desk"),
    TaskFinished(80 * M, "E1/drive", "E1", "officer", "done"),
    TaskRequested(80 * M, "E1/small", "E1", "Låta bli", "decide(small)", ("E1/drive",), 2, "officer"),
    MandateMissing(80 * M, "small", "E1", "E1/small"),
    TaskFinished(80 * M, "E1/small", "E1", None, "blocked"),
    PlayEnded(100 * M),
)


@pytest.fixture
def tiny(tmp_path):
    return Tiny(tmp_path)


@pytest.fixture
def setup(tiny):
    return tiny.setup(
        organisation={
            "people": {
                "officers": {"count": 3, "works": "office_hours"},
                "crew": {"count": 4, "works": "office_hours"},
                "members": {"count": 5, "works": "never"},
            },
            "functions": {
                "officer": {"on_call": {"count": 1, "reached": {"chance": 0.9, "delay": "3 min", "arrives": "30 min"}}},
                "crew": person("depot", "helper", "crew", does=["drive"]),
                "mayor": person("office", "politics", "members"),
            },
            "bodies": {
                "board": {
                    "title": "Nämnden",
                    "members": [{"from": "members", "count": 5}],
                    "quorum": 3,
                    "convened_by": "chief",
                    "item": "5 min",
                }
            },
        },
        levels=[{**LEVEL, "grants": {"chief": ["large"]}}],
        staff={"chief": ["chiefs"], "picture": ["officers"]},
    )


def test_what_was_lacking_and_who_had_the_case():
    lives = read_lives(LOG)
    waits = critical_waits(lives, critical_stretches(lives))
    assert waits == (
        CriticalWait("unavailable", "", "drive", "chief", 30 * M),
        CriticalWait("mandate", "chief", "decide(large)", "officer", 12 * M),
        CriticalWait("unavailable", "officer", "", "", 10 * M),
        CriticalWait("queue", "officer", "", "", 4 * M),
    )
    assert missing_mandates(LOG, lives) == (MissingMandate("small", "officer"),)


def test_bottlenecks_over_plays_with_their_share_of_the_way(setup):
    lives = read_lives(LOG)
    waits = critical_waits(lives, critical_stretches(lives))
    missing = missing_mandates(LOG, lives)
    # Two plays: this one (56 min of waiting, 24 of work), and one with 16 min of work alone.
    tally = lacking([waits, ()], [24 * M, 16 * M], [missing, ()])
    found = bottlenecks(tally, setup)
    assert [(one.kind, one.station, one.need, one.waiting.mean / M) for one in found] == [
        ("gap", "officer", "decide(small)", 0),
        ("unable", "chief", "drive", 15),
        ("mandate", "officer", "decide(large)", 6),
        ("absent", "officer", "", 5),
        ("busy", "officer", "", 2),
    ]
    assert [one.criticality.mean for one in found[1:]] == pytest.approx([30 / 96, 12 / 96, 10 / 96, 4 / 96])
    assert all(one.plays.hits == 1 and one.plays.n == 2 for one in found)
    assert found[0].criticality is None
    assert found[0].waiting == (2, 0, 0, 0), "a gap costs no waiting, and that is known"
    assert bottlenecks(tally, setup, most=2) == found[:2]


def test_each_bottleneck_proposes_a_remedy_that_the_files_take(setup, tiny):
    lives = read_lives(LOG)
    waits = critical_waits(lives, critical_stretches(lives))
    found = bottlenecks(lacking([waits], [24 * M], [missing_mandates(LOG, lives)]), setup)
    assert [one.remedy.sets for one in found] == [
        ("functions.officer.decides=[small]",),
        ("functions.chief.does=[lead_staff, drive]",),
        ("functions.officer.decides=[large]",),
        ("functions.officer.on_call.reached.chance=1",),
        ("functions.officer.on_call.count=2",),
    ]
    assert [remedy.sets for remedy in remedies(found, 2)] == [one.remedy.sets for one in found[:2]]
    twice = (found[0], found[0]._replace(kind="mandate"), found[1]._replace(remedy=None), found[2])
    assert remedies(twice, 5) == (found[0].remedy, found[2].remedy)


def test_one_more_is_on_call_in_the_staff_or_at_work(setup):
    assert one_more(setup, "officer").sets == ("functions.officer.on_call.count=2",)
    assert one_more(setup, "crew").sets == ("people.crew.count=5",)
    assert one_more(setup, "command.picture") == Remedy(
        "En plats till i staben: Lägesbild", ("levels.command.staffs.picture=2",)
    )
    assert one_more(setup, "mayor") is None
    assert one_more(setup, "board") is None
    assert one_more(setup, "chief+officer") is None


def test_when_all_are_on_call_one_more_is_one_more_person(tiny):
    setup = tiny.setup(
        organisation={
            "people": {"officers": {"count": 1, "works": "office_hours"}},
            "functions": {"officer": {"on_call": {"reached": {"chance": 1, "delay": "3 min"}}}},
        }
    )
    assert one_more(setup, "officer").sets == ("people.officers.count=2",)
    assert faster_answer(setup, "officer") == one_more(setup, "officer")


def test_a_faster_answer(setup):
    assert faster_answer(setup, "officer").sets == ("functions.officer.on_call.reached.chance=1",)
    assert faster_answer(setup, "crew").sets == (
        "functions.crew.on_call={count: 1, reached: {chance: 0.9, delay: 180 s, arrives: 1800 s}}",
    )
    assert faster_answer(setup, "chief").sets == ("people.chiefs.count=2",)  # posts that are always manned
    assert faster_answer(setup, "command").sets == ("levels.command.active_when.seats=1",)
    assert faster_answer(setup, "board").sets == ("bodies.board.attendance=remote",)
    assert faster_answer(setup, "mayor") is None


def test_the_mandate_goes_to_whoever_has_the_case(setup):
    assert mandate(setup, "large", "officer").sets == ("functions.officer.decides=[large]",)
    assert mandate(setup, "large", "chief") is None  # holds it already
    assert mandate(setup, "small", "command.chief").sets == ("levels.command.grants={chief: [large, small]}",)
    assert mandate(setup, "small", "command.picture").sets == (
        "levels.command.grants={chief: [large], picture: [small]}",
    )
    assert mandate(setup, "activate_command", "officer").sets == ("levels.command.decided_by=officer",)
    assert mandate(setup, "activate_command", "chief") is None
    assert mandate(setup, "end_command", "officer") is None
    assert mandate(setup, "large", None) is None
    assert able(setup, "drive", "crew") is None
    assert able(setup, "write", "crew").sets == ("functions.crew.does=[drive, write]",)


@pytest.mark.parametrize("organisation", ["orebro", "haninge"])
def test_everything_that_is_proposed_for_the_shipped_organisations_can_be_set(organisation):
    setup, _ = load_setup("elavbrott", organisation)
    lives = read_lives(play(compile_play(setup), 1, 0))
    waits = critical_waits(lives, critical_stretches(lives))
    proposed = remedies(bottlenecks(lacking([waits], [1]), setup), 1000)
    assert len(proposed) > 10
    sets = [word for remedy in proposed for word in remedy.sets]
    alone = {word.partition("=")[0]: word for word in sets}  # one value for each place
    changed, _ = load_setup("elavbrott", organisation, sets=list(alone.values()))
    assert changed.organisation != setup.organisation
