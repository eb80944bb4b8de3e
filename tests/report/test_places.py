"""Places in files, and assumptions, are called something that whoever leads an exercise can read."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any, cast

import pytest

from ovning.experiment.ranges import Lever, levers_of
from ovning.experiment.sweep import Sweep
from ovning.files import load_setup
from ovning.model.setup import Setup
from ovning.report.places import say_place
from ovning.report.sweep.titles import assumption_title, value_title, within_quotes

SHIPPED = [("elavbrott", "kristianstad"), ("vattenbrist", "karlstad"), ("flyktingsituation", "haninge")]


@pytest.fixture(scope="module", params=SHIPPED, ids=lambda pair: "-".join(pair))
def setup(request: pytest.FixtureRequest) -> Setup:
    return load_setup(*request.param)[0]


def _alone(setup: Setup, lever: Lever) -> tuple[Sweep, Any]:
    """As much of a sweep as titles are made of."""
    contender = SimpleNamespace(setup=setup, name=setup.organisation.organisation)
    one = SimpleNamespace(lever=lever, tried=(SimpleNamespace(concerns=(True,)),))
    return cast("Sweep", SimpleNamespace(contenders=[contender])), one


def test_every_assumption_that_can_be_moved_has_a_title_without_keys_of_the_format(setup: Setup) -> None:
    for lever in levers_of(setup.ledger)[0]:
        title = assumption_title(*_alone(setup, lever))
        # What only the files name stands in quotation marks: a stock's taps have no titles.
        plain = re.sub("”[^”]*”", "", title)
        assert not re.search(r"[a-z]_[a-z]|\.", plain.replace("m.m.", "")), title
        assert title[0] == title[0].upper()
        assert len(title) <= 135, title


def test_every_value_is_told_without_keys_of_the_format(setup: Setup) -> None:
    for lever in levers_of(setup.ledger)[0]:
        sweep, _ = _alone(setup, lever)
        for value in (lever.value, *(setting.value for setting in lever.settings)):
            said = value_title(sweep, lever, value)
            assert said
            assert not re.search(r"[a-z]_[a-z]", said), (lever.path, said)


def test_lists_are_told_by_what_differs() -> None:
    setup = load_setup("elavbrott", "orebro")[0]
    levers = {lever.path: lever for lever in levers_of(setup.ledger)[0]}

    def told(path: str) -> list[str]:
        lever = levers[path]
        sweep, _ = _alone(setup, lever)
        return [value_title(sweep, lever, value) for value in (lever.value, *(one.value for one in lever.settings))]

    assert told("assumptions.duty_officer_does") == [
        "med: bedöma hur allvarligt det är",
        "utan: bedöma hur allvarligt det är",
    ]
    assert told("assumptions.street_water_does") == [
        "utan: bedöma hur allvarligt det är",
        "också: bedöma hur allvarligt det är",
    ]
    assert told("organisation.functions.tib.decides") == [
        "åtgärder i egen verksamhet",
        "inget",
        "också: prioritering av reservkraft",
    ]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("scenario.flows.enquiries.arrives.because_of.electricity", "frågor från invånarna: på grund av elförsörjning"),
        (
            "scenario.flows.visits.stages.visit.patience",
            "tillsyn hos dem vars larm är döda: besöka den vars larm är dött, hur länge man väntar",
        ),
        (
            "scenario.services.mobile.depends_on.electricity.endurance",
            "mobiltelefoni i området: utan elförsörjning, hur länge den klarar sig",
        ),
        ("scenario.injects.E2.delay", "inspelet E2 ”Vårdboendet utan reservkraft”: hur länge det dröjer"),
        (
            "scenario.facts.substation_lost.severity",
            "uppgiften ”En fördelningsstation är borta och 11 000 kunder saknar el”: hur allvarlig",
        ),
        ("scenario.neighbours_hit", "hur många grannkommuner som också är drabbade"),
        ("scenario.events.nothing.at", "händelsen ”nothing”: när"),
        ("scenario.procedures.nothing.task.takes", "arbetet ”task”: hur lång tid det tar"),
        ("organisation.levels.central_command.decided_by", "läget central krisledning (stabsläge): vem som beslutar"),
    ],
)
def test_a_path_is_said_in_words(path: str, said: str) -> None:
    assert say_place(path, load_setup("elavbrott", "orebro")[0]) == said


def test_an_event_without_services_is_known_by_what_it_follows() -> None:
    setup = load_setup("vattenbrist", "karlstad")[0]
    said = say_place("scenario.events.second_answer.delay", setup)
    assert said == "händelsen efter ”Ta prov i båda zonerna igen”: hur länge det dröjer"


def test_a_title_with_quotation_marks_can_be_quoted() -> None:
    assert within_quotes("händelsen efter ”Ta prov”: när") == "händelsen efter ’Ta prov’: när"
