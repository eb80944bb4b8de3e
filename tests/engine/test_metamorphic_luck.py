"""One body or function more, less, or by another name: what is not about it has the luck that it had."""

import pytest

from ovning.engine import compile_play, play
from ovning.engine.luck import Luck, Row
from ovning.files import load_setup, shipped_folder
from ovning.log.records import BodyConvened, ContactAttempted, EventHappened, InjectSent, MemberPresent
from tests.tiny import at, inject, of, one, person, task

GROUPS = {"one": {"count": 1}, "two": {"count": 1}, "three": {"count": 1}}
SAID = {"chance": 0.5, "delay": {"mean": "10 min"}}
COMES = {"chance": 1, "delay": {"mean": "5 min"}, "arrives": {"mean": "1 h"}}
BODY = {"title": "Organ", "quorum": 1, "convened_by": "chief", "item": {"mean": "5 min"}}


def _seats(*groups):
    return [{"from": group, "count": 1} for group in groups]


def _asked(tiny, functions, calls="abel", **more):
    """When whoever fills the function that gets the call answers, in a dozen plays."""
    logs = tiny.plays(
        12,
        organisation={
            "people": {group: {**told, "works": "never"} for group, told in GROUPS.items()},
            "functions": functions,
            "first_call": {"power": calls},
            **more,
        },
        injects=[inject("E", to="first_call(power)")],
    )
    return [of(log, ContactAttempted, person="one#1")[0].answers_at for log in logs]


def _expert(group, *does):
    return person("office", "expert", group, does=["receive_alarm", *does], on_call={"reached": SAID})


def test_functions_of_one_role_are_told_apart_by_what_they_do_and_not_by_their_names(tiny):
    first = _asked(tiny, {"abel": _expert("one", "write"), "bror": _expert("two")})
    assert len(set(first)) > 6
    assert first == _asked(tiny, {"cecilia": _expert("one", "write"), "bror": _expert("two")}, "cecilia")
    assert first != _asked(tiny, {"abel": _expert("one"), "bror": _expert("two", "write")})


def test_nor_by_their_names_when_only_one_gets_the_calls(tiny):
    first = _asked(tiny, {"abel": _expert("one"), "bror": _expert("two")})
    assert first == _asked(tiny, {"cecilia": _expert("one"), "bror": _expert("two")}, "cecilia")


@pytest.mark.parametrize("new", ["aaron", "cecilia"])
def test_one_more_of_the_same_role_that_does_less_leaves_the_others_theirs(tiny, new):
    before = _asked(tiny, {"abel": _expert("one", "write", "advise"), "bror": _expert("two", "write")})
    with_new = {"abel": _expert("one", "write", "advise"), "bror": _expert("two", "write"), new: _expert("three")}
    assert _asked(tiny, with_new) == before


def _convened(tiny, bodies, decision="large", **more):
    """Who came when, and when the body convened, in a dozen plays."""
    logs = tiny.plays(
        12,
        assumptions={"body_adjourns_after": "1 d"},  # so that everybody has time to come
        scenario={"horizon": "2 d"},
        organisation={
            "people": {group: {**told, "works": "never", "reached": COMES} for group, told in GROUPS.items()},
            "functions": {"chief": {"decides": []}},
            "bodies": bodies,
            **more,
        },
        injects=[inject("E", asks_for="ask")],
        procedures={"ask": [task("hear"), task("settle", needs=f"decide({decision})", after=["hear"])]},
    )
    return [([(r.at, r.person) for r in of(log, MemberPresent)], at(one(log, BodyConvened))) for log in logs]


def test_a_body_by_another_name_and_one_body_more_leave_its_luck(tiny):
    board = {**BODY, "members": _seats("one", "two"), "decides": ["large"]}
    alone = _convened(tiny, {"board": board})
    assert len({when for _, when in alone}) > 6
    assert _convened(tiny, {"xboard": board}) == alone
    for new in ("another", "zanother"):
        other = {**BODY, "members": _seats("three"), "decides": ["small"]}
        assert _convened(tiny, {"board": board, new: {**other, "convened_by": "officer"}}) == alone
        # Also when some of the same people sit in it.
        assert _convened(tiny, {"board": board, new: {**other, "members": _seats("one", "three")}}) == alone


def test_the_same_members_come_by_the_same_luck_in_the_committee_and_in_the_whole_of_it(tiny):
    committee = {**BODY, "members": _seats("one", "two"), "decides": ["large"]}
    whole = {**BODY, "members": _seats("one", "two", "three"), "decides": ["large"]}
    for (few, _), (all_, _) in zip(
        _convened(tiny, {"a": committee, "b": {**whole, "decides": []}}),
        _convened(tiny, {"a": {**committee, "decides": []}, "b": whole}),
        strict=True,
    ):
        assert [m for m in all_ if m[1] != "three#1"] == few
        assert len(few) == 2


def test_two_that_sit_at_the_same_place_of_two_bodies_are_two_people(tiny):
    setup = tiny.setup(
        organisation={
            "people": {group: {**told, "works": "never"} for group, told in GROUPS.items()},
            "bodies": {
                "a": {**BODY, "members": _seats("one", "two"), "decides": ["large"]},
                "b": {**BODY, "members": _seats("one", "three"), "decides": ["small"]},
            },
        }
    )
    fortune = compile_play(setup).fortune
    assert len({fortune[group] for group in GROUPS}) == len(GROUPS)


def _played(organisation, plays, monkeypatch):
    """The exercise compiled, and of each play: its log, and every draw by name with the distribution it is from."""
    compiled = compile_play(load_setup("elavbrott", organisation)[0])
    found = []
    for replication in range(plays):
        drawn = {}
        with monkeypatch.context() as patch:
            draw, uniform, of = Luck.draw, Luck.uniform, Row.__getitem__

            def drawing(luck, distribution, name, drawn=drawn, draw=draw):
                drawn[name] = (draw(luck, distribution, name), distribution)
                return drawn[name][0]

            def even(luck, name, drawn=drawn, uniform=uniform):
                drawn[name] = (uniform(luck, name), None)
                return drawn[name][0]

            def in_row(row, number, drawn=drawn, of=of):
                name = f"{row.before}{number}{row.after}"
                drawn[name] = (of(row, number), row.distribution)
                return drawn[name][0]

            patch.setattr(Luck, "draw", drawing)
            patch.setattr(Luck, "uniform", even)
            patch.setattr(Row, "__getitem__", in_row)
            found.append((play(compiled, 1, replication), drawn))
    return compiled, found


def test_removing_the_duty_officer_leaves_what_is_not_about_them_identical(monkeypatch):
    variant = shipped_folder() / "organisations" / "variants" / "orebro-utan-tib.yaml"
    with_tib, plays = _played("orebro", 3, monkeypatch)
    without, others = _played(variant, 3, monkeypatch)
    moved = {g for g in with_tib.fortune if with_tib.fortune[g] != without.fortune[g]}
    assert moved == {"tib_ovriga"}  # who fill nothing else
    by_the_clock = {i.id for i in with_tib.injects if i.at is not None or i.id == "E1"}
    for (log, drawn), (log_without, drawn_without) in zip(plays, others, strict=True):
        both = drawn.keys() & drawn_without.keys()
        assert len(both) > 0.9 * max(len(drawn), len(drawn_without))
        # Somebody on call is nearer to hand than when they are not: the same luck of another journey.
        other = [name for name in both if drawn[name][1] != drawn_without[name][1]]
        assert all(name.startswith("level/") and name.endswith("/arrives") for name in other)
        assert len(other) < 5
        assert {name: drawn[name] for name in both - set(other)} == {
            name: drawn_without[name] for name in both - set(other)
        }
        gone = drawn.keys() - drawn_without.keys()
        assert any("duty_officer" in name for name in gone)
        assert not any("duty_officer" in name for name in drawn_without if "tib_ovriga" not in name)
        assert of(log, EventHappened) == of(log_without, EventHappened)
        sent, sent_without = (
            {r.inject: r.at for r in of(each, InjectSent) if r.inject in by_the_clock} for each in (log, log_without)
        )
        assert len(sent) > 5
        assert sent == sent_without


def test_the_same_chair_is_reached_in_both_bodies_by_the_same_luck():
    for organisation in ("orebro", "haninge"):
        compiled = compile_play(load_setup("elavbrott", organisation)[0])
        fortune = compiled.fortune
        assert fortune["ks_ordforande"] == ("elected_chair", 0)
        assert fortune["partiforetradare"] == ("member/elected_chair", 3)
    orebro, haninge = (compile_play(load_setup("elavbrott", o)[0]).fortune for o in ("orebro", "haninge"))
    assert orebro["ks_ovriga"] == haninge["namnd_ovriga"] == ("member/elected_chair", 5)
