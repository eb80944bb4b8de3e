"""What a municipality has: services whose level at the start is the organisation's to say."""

import pytest

from ovning.errors import InputError
from ovning.log.records import InjectSent, InjectWithheld
from tests.tiny import inject, of, task

ASK = {
    "injects": [inject("E1", "1 h", asks_for="answer", unless={"service": "power", "below": 0.5})],
    "procedures": {"answer": [task("receive", "5 min")]},
}


def _services(**power):
    return {"scenario": {"services": {"power": {"assumption": "Här", **power}}}}


@pytest.mark.parametrize(("has", "comes"), [({}, True), ({"power": 1}, True), ({"power": 0}, False)])
def test_what_the_organisation_has_is_so_from_the_start(tiny, has, comes):
    log = tiny.play(organisation={"has": has}, **_services(as_here=True), **ASK)
    assert len(of(log, InjectSent)) == comes
    assert len(of(log, InjectWithheld)) == (not comes)


def test_only_what_the_scenario_leaves_open(tiny):
    assert of(tiny.play(organisation={"has": {"power": 0}}, **_services(), **ASK), InjectSent)


def test_what_the_scenario_does_not_have_is_nothing(tiny):
    setup = tiny.setup(organisation={"has": {"mobile": 0}}, **_services(as_here=True), **ASK)
    assert "mobile" not in setup.scenario.services


def test_a_word_that_the_vocabulary_lacks_is_an_error(tiny):
    with pytest.raises(InputError, match="powr"):
        tiny.setup(organisation={"has": {"powr": 0}}, **_services(as_here=True), **ASK)
