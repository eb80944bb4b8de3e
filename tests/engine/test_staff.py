"""A staff at work: seats, meetings, standing work, and what becomes of the line."""

import pytest

from ovning.log.records import (
    CaseOpened,
    ContactAttempted,
    FactLearned,
    HandedOver,
    LevelActivated,
    LevelRecommended,
    LevelStoodDown,
    MeetingHeld,
    PersonArrived,
    SeatFilled,
    StationAsked,
    TaskFinished,
    TaskRequested,
    TaskStarted,
    Waited,
    Worked,
)
from tests.tiny import LEVEL, at, inject, merged, of, one, person, task

TALK = {"talk": [task("talk", "5 min")]}
ABLE = ["receive_alarm", "verify_situation", "write", "drive", "assess_severity", "alert"]
GRAVE = inject("E1", asks_for="talk", facts=["grave"])
RHYTHM = {"rhythm": {"meeting_every": "2 h", "item": "3 min"}}


def _play(
    tiny,
    injects,
    level=LEVEL,
    officers=1,
    procedures=TALK,
    staff=None,
    people=None,
    functions=None,
    channels=None,
    **more,
):
    return tiny.play(
        organisation={
            "people": {"leaders": {"count": 1, "works": "always"}, "officers": {"count": officers}, **(people or {})},
            "functions": {"officer": {"does": ABLE}, **(functions or {})},
            **({} if channels is None else {"channels": channels}),
        },
        levels=[level],
        staff=staff or {"chief": ["leaders"], "picture": ["officers"]},
        injects=injects,
        procedures=procedures,
        **more,
    )


# as in the day played by hand: the call is out at 19, and both seats are filled at 29


def test_the_next_candidate_is_called_when_one_does_not_answer(tiny):
    never = {"count": 1, "works": "never", "reached": {"chance": 0, "delay": "4 min", "arrives": "20 min"}}
    slow = {"count": 1, "works": "never", "reached": {"chance": 1, "delay": "16 min", "arrives": "20 min"}}
    log = _play(
        tiny,
        [GRAVE],
        people={"one": never, "two": slow, "three": {**never, "reached": {**never["reached"], "chance": 1}}},
        staff={"chief": ["one", "two", "three"], "picture": ["officers"]},
    )
    tries = [(at(c), c.person, c.answers_at) for c in of(log, ContactAttempted)]
    # one never answers, two would at 50 but is waited for only until 49, three answers after 4 and comes after 20
    assert tries == [(19, "one#1", None), (34, "two#1", 50 * 60_000), (49, "three#1", 53 * 60_000)]
    assert [(at(s), s.person) for s in of(log, SeatFilled)] == [(29, "officers#1"), (73, "three#1")]
    assert one(log, PersonArrived).place == "command"
    assert at(one(log, LevelActivated)) == 73


def _called(tiny, staff):
    """The first never answers, the others after 4 min; who was called when, and what they said."""
    home = {"count": 1, "works": "never", "reached": {"chance": 1, "delay": "4 min", "arrives": "20 min"}}
    silent = {**home, "reached": {**home["reached"], "chance": 0}}
    log = _play(
        tiny,
        [GRAVE],
        people={"one": silent, "two": home, "three": home},
        staff=staff,
        scenario={"horizon": "70 min"},
    )
    sat = [(at(s), s.seat, s.person) for s in of(log, SeatFilled)]
    return [(at(c), c.station[8:], c.person, c.answers_at) for c in of(log, ContactAttempted)], sat


def test_two_seats_do_not_lose_time_on_the_same_one_who_does_not_answer(tiny):
    tries, sat = _called(tiny, {"chief": ["one", "two", "three"], "picture": ["one", "two", "three"]})
    assert tries == [
        (19, "chief", "one#1", None),
        (19, "picture", "two#1", 23 * 60_000),
        (34, "chief", "three#1", 38 * 60_000),
    ]
    assert sat == [(43, "picture", "two#1"), (58, "chief", "three#1")]


def test_who_did_not_answer_for_one_seat_is_not_tried_at_once_for_the_next(tiny):
    """Nobody else may keep the picture: it waits for twice as long as somebody is waited for."""
    tries, _ = _called(tiny, {"chief": ["one", "two"], "picture": ["one"]})
    assert [call[:3] for call in tries] == [(19, "chief", "one#1"), (34, "chief", "two#1"), (49, "picture", "one#1")]


def test_a_staff_without_people_is_waited_for(tiny):
    log = _play(tiny, [GRAVE], staff={"chief": ["leaders"], "picture": []})
    assert of(log, LevelActivated) == []
    waits = of(log, Waited, task="level:command:1/gather")
    assert [(w.cause, w.detail) for w in waits] == [
        ("unavailable", "seats missing: 2"),
        ("unavailable", "seats missing: 1"),
    ]


def test_a_seat_takes_the_person_from_the_ordinary_function_while_others_are_there(tiny):
    log = _play(
        tiny,
        [GRAVE, *(inject(f"F{n}", "1 h", asks_for="talk") for n in range(3))],
        officers=2,
    )
    assert [s.person for s in of(log, SeatFilled, seat="picture")] == ["officers#1"]
    begun = [(at(s), s.person) for s in of(log, TaskStarted) if s.task.startswith("F")]
    assert begun == [(60, "officers#2"), (65, "officers#2"), (70, "officers#2")]


def test_what_is_asked_of_an_emptied_function_falls_through_to_the_staff(tiny):
    log = _play(tiny, [GRAVE, inject("E2", "1 h", asks_for="talk", facts=["minor"])])
    start = one(log, TaskStarted, task="E2/talk")
    assert (at(start), start.person) == (60, "officers#1")
    # the staff's room learns it with its holder
    assert {(at(f), f.knower) for f in of(log, FactLearned, fact="minor")} == {(65, "officer"), (65, "command")}


def test_active_seats_take_work_before_the_line(tiny):
    procedures = {**TALK, "note": [task("talk", "5 min"), task("note", needs="lead_staff", after=["talk"])]}
    takers = []
    for injects in ([GRAVE, inject("E2", "1 h", asks_for="note")], [inject("E2", "1 h", asks_for="note")]):
        log = _play(tiny, injects, procedures=procedures, officers=2)
        takers.append(one(log, TaskFinished, task="E2/note").station)
    assert takers == ["command.chief", "chief"]


def test_a_message_to_the_staff_goes_to_it_when_it_is_active_else_to_the_number_everybody_knows(tiny):
    stations = []
    for minute in ("10 min", "1 h"):
        log = _play(
            tiny,
            [GRAVE, inject("E2", minute, asks_for="talk", to="staff")],
            vocabulary={"seats": {"chief": {"does": ["lead_staff", "receive_alarm"]}}},
        )
        stations.append(one(log, TaskStarted, task="E2/talk").station)
    assert stations == ["officer", "command.chief"]


def test_people_carry_what_they_know_to_the_staff_and_back(tiny):
    log = _play(
        tiny,
        [GRAVE, inject("E2", "1 h", asks_for="talk", to="staff", facts=["minor"])],
        level={**LEVEL, **RHYTHM},
        vocabulary={"seats": {"chief": {"does": ["lead_staff", "receive_alarm"]}}},
        people={"leaders": {"count": 0, "works": "always"}},
        staff={"chief": ["chiefs"], "picture": ["officers"]},
    )
    assert [(at(f), f.how) for f in of(log, FactLearned, fact="grave", knower="command")] == [(29, "gathered")]
    # told to the staff at 65, known to the line after the meeting of 149
    learned = {f.knower: (at(f), f.how) for f in of(log, FactLearned, fact="minor")}
    assert learned["command"] == (65, "inject")
    assert learned["officer"] == learned["chief"] == (at(of(log, MeetingHeld)[1]), "meeting")


def test_meetings_come_at_even_intervals_and_are_as_long_as_there_is_to_say(tiny):
    log = _play(
        tiny,
        [GRAVE, inject("E2", "1 h", asks_for="talk", facts=["minor"])],
        level={**LEVEL, **RHYTHM},
        scenario={"horizon": "6 h"},
    )
    # eight minutes and three for each new thing known: one fact at the first, one at the second, none at the third
    assert [(m.since / 60_000, at(m), m.items, m.present) for m in of(log, MeetingHeld)] == [
        (29, 40, 1, 2),
        (149, 160, 1, 2),
        (269, 277, 0, 2),
    ]
    spent = of(log, Worked, activity="meeting", person="leaders#1")
    assert [(w.since / 60_000, at(w)) for w in spent] == [(29, 40), (149, 160), (269, 277)]


@pytest.mark.parametrize(("priority", "minute"), [("low", 40), ("normal", 40), ("high", 30), ("life", 30)])
def test_a_meeting_gives_way_only_to_what_is_urgent_and_is_else_the_cause_of_waiting(tiny, priority, minute):
    log = _play(
        tiny,
        [GRAVE, inject("E2", "30 min", asks_for="talk", to="staff", priority=priority)],
        level={**LEVEL, **RHYTHM},
        vocabulary={"seats": {"chief": {"does": ["lead_staff", "receive_alarm"]}}},
        scenario={"horizon": "1 h"},
    )
    assert at(one(log, TaskStarted, task="E2/talk")) == minute
    waits = [(w.cause, w.station, w.since / 60_000, at(w)) for w in of(log, Waited, task="E2/talk")]
    attended = [(w.since / 60_000, at(w)) for w in of(log, Worked, activity="meeting", person="leaders#1")]
    if minute == 40:
        assert waits == [("meeting", "command.chief", 30, 40)]
        assert attended == [(29, 40)]
    else:
        assert waits == []
        assert attended == [(29, 30), (35, 40)]


def test_a_post_who_is_on_the_telephone_when_they_come_sits_down_when_that_is_done(tiny):
    log = _play(
        tiny, [GRAVE, inject("E2", "25 min", asks_for="long")], procedures={**TALK, "long": [task("long", "1 h")]}
    )
    assert [(at(s), s.person) for s in of(log, SeatFilled)] == [(29, "leaders#1"), (85, "officers#1")]


def test_whoever_is_called_out_as_a_meeting_begins_has_not_sat_in_it_until_then(tiny):
    log = _play(
        tiny,
        [GRAVE, inject("E2", "149 min", asks_for="talk", to="staff", priority="high")],
        level={**LEVEL, **RHYTHM},
        vocabulary={"seats": {"chief": {"does": ["lead_staff", "receive_alarm"]}}},
        scenario={"horizon": "4 h"},
    )
    attended = [(w.since / 60_000, at(w)) for w in of(log, Worked, activity="meeting", person="leaders#1")]
    assert attended[1:] == [(154, 160)]  # with one item: whoever calls
    assert [(at(m), m.present) for m in of(log, MeetingHeld)][1:] == [(160, 2)]


def test_a_level_that_waits_for_no_seat_is_active_when_the_alarm_is_out(tiny):
    log = _play(tiny, [GRAVE], level={**LEVEL, "active_when": {"seats": 0}})
    assert at(one(log, LevelActivated)) == 19
    assert [at(s) for s in of(log, SeatFilled)] == [29, 29]


def test_whoever_is_busy_when_a_meeting_begins_comes_to_it_when_they_are_done(tiny):
    log = _play(
        tiny,
        [GRAVE, inject("E2", "2 h 25 min", asks_for="talk", to="staff")],
        level={**LEVEL, **RHYTHM},
        vocabulary={"seats": {"chief": {"does": ["lead_staff", "receive_alarm"]}}},
        scenario={"horizon": "4 h"},
    )
    # on the telephone from 145 to 150; the meeting is from 149 to 157
    spent = of(log, Worked, activity="meeting", person="leaders#1")
    assert [(w.since / 60_000, at(w)) for w in spent][1:] == [(150, 157)]


def test_an_active_level_makes_standing_work(tiny):
    log = _play(tiny, [GRAVE], level={**LEVEL, "follow_up": ["keep_log"]}, scenario={"horizon": "4 h"})
    cases = [c for c in of(log, CaseOpened) if c.kind == "follow_up"]
    assert [(at(c), c.subject, c.priority) for c in cases] == [
        (89, "keep_log", 3),
        (149, "keep_log", 3),
        (209, "keep_log", 3),
    ]
    done = [(w.since / 60_000, at(w), w.station) for w in of(log, Worked) if w.task.endswith("/keep_log")]
    assert done == [(begin, begin + 5, "command.picture") for begin in (89, 149, 209)]


def test_nobody_in_a_seat_has_ordinary_work(tiny):
    """The same desk work for the same busy person, at their own desk and in a seat."""

    def waits(staffed):
        log = _play(
            tiny,
            [*([GRAVE] if staffed else []), *(inject(f"F{n}", f"{n} h", asks_for="look") for n in range(1, 6))],
            people={"leaders": {"count": 2, "works": "office_hours"}, "chiefs": {"works": "office_hours"}},
            procedures={
                **TALK,
                "look": [
                    task("talk", "1 min"),
                    task("look", "5 min", needs="advise", mode="desk", after=["talk"]),
                ],
            },
            vocabulary={"seats": {"chief": {"does": ["advise"]}}},
            functions={
                "adviser": person("office", "expert", "leaders", does=["advise"], ordinary_load=0.9),
                "officer": {"does": ABLE},
            },
            staff={"chief": ["leaders"], "picture": ["leaders"]},
        )
        return [w.detail for w in of(log, Waited) if w.task.endswith("/look") and w.cause == "queue"]

    assert "ordinary_work" in waits(staffed=False)
    assert waits(staffed=True) == []


def test_what_only_a_staff_can_do_waits_for_the_staff(tiny):
    log = _play(
        tiny,
        [GRAVE, inject("E2", asks_for="special")],
        officers=2,
        vocabulary={"seats": {"chief": {"does": ["lead_staff", "advise"]}}},
        procedures={**TALK, "special": [task("talk", "5 min"), task("special", needs="advise", after=["talk"])]},
    )
    start = one(log, TaskStarted, task="E2/special")
    assert start.station == "command.chief"
    assert at(start) == 30  # active at 29, and told of it in a minute
    assert of(log, Waited, task="E2/special")[0].cause == "unavailable"


@pytest.mark.parametrize("travel", [10, 90])
def test_somebody_on_the_way_to_the_staff_takes_nothing_else(tiny, travel):
    log = _play(
        tiny,
        [GRAVE, inject("E2", "20 min", asks_for="note")],
        assumptions={"gather_present": f"{travel} min"},
        procedures={**TALK, "note": [task("note", "5 min", needs="write", mode="desk")]},
    )
    assert at(one(log, TaskStarted, task="E2/note")) == 19 + travel


def test_the_staff_is_asked_when_the_line_is_busy(tiny):
    log = _play(
        tiny,
        [GRAVE, inject("E2", "1 h", asks_for="long"), inject("E3", "61 min", asks_for="note")],
        officers=2,
        procedures={
            **TALK,
            "long": [task("talk", "2 h")],
            "note": [task("talk", "5 min"), task("note", "5 min", needs="write", mode="desk", after=["talk"])],
        },
    )
    assert [a.station for a in of(log, StationAsked, task="E3/talk")] == ["officer"]
    assert one(log, TaskStarted, task="E3/note").station == "officer"


# what becomes of work that stands with a seat when the staff ends; over is learnt at 75, decided on at 92

ENDS = {**LEVEL, "stands_down_when": {"known_severity_below": 2, "for": "10 min"}}
SPOKEN = {"talk": [task("talk", "5 min")], "look": [task("look", "5 min", needs="verify_situation")]}
TOLD = [
    GRAVE,
    inject("E2", "30 min", asks_for="look", facts=["grave"], to="staff"),
    inject("E3", "70 min", asks_for="look", facts=["over"], to="staff"),
]


def _office(pictures=1, works="always", **functions):
    """Only the staff can write; whoever keeps its picture is otherwise the analyst."""
    return {
        "people": {
            "leaders": {"count": 1, "works": "always"},
            "pics": {"count": pictures, "works": works},
            "helpers": {"count": 1, "works": "always"},
            "officers": {"count": 3},
        },
        "functions": {
            "officer": {"does": ["receive_alarm", "verify_situation", "assess_severity", "alert"]},
            "helper": person("depot", "helper", "helpers", does=["drive"]),
            "analyst": person("depot", "expert", "pics", does=["advise"]),
            **functions,
        },
    }


def _ending(tiny, injects, procedures, level=ENDS, **more):
    return tiny.play(
        organisation=more.pop("organisation", None) or _office(),
        levels=[level],
        staff={"chief": ["leaders"], "picture": ["pics"]},
        injects=[*TOLD, *injects],
        procedures={**SPOKEN, **procedures},
        **more,
    )


WRITE = {"write": [task("talk", "1 min"), task("write", "2 h", needs="write", mode="desk", after=["talk"])]}


def test_what_was_done_in_a_seat_is_passed_on_from_the_line_when_the_staff_is_no_more(tiny):
    procedures = {"write": [*WRITE["write"], task("go", "10 min", needs="drive", mode="field", after=["write"])]}
    level = merged(ENDS, {"staffs": {"picture": 2}, "active_when": {"seats": 3}})
    log = _ending(tiny, [inject("E4", "1 h", asks_for="write")], procedures, level, organisation=_office(2))
    ended = one(log, LevelStoodDown)
    written = one(log, TaskFinished, task="E4/write")
    assert written.station == "command.picture"
    assert at(ended) < at(written)
    # whoever wrote is the analyst again, and telling the helper takes a minute
    assert one(log, TaskRequested, task="E4/go").holder == "analyst"
    assert at(one(log, TaskStarted, task="E4/go")) == at(written) + 1


def test_work_begun_in_a_seat_goes_on_in_the_line_when_it_was_interrupted(tiny):
    log = _ending(
        tiny,
        [inject("E4", "76 min", asks_for="write"), inject("E5", "110 min", asks_for="ask")],
        {**WRITE, "ask": [task("ask", "5 min", needs="advise")]},
        vocabulary={"seats": {"picture": {"does": ["verify_situation", "write"]}}},
    )
    assert at(one(log, LevelStoodDown)) == 92
    worked = [(w.since / 60_000, at(w), w.station) for w in of(log, Worked, task="E4/write", activity="work")]
    assert worked == [(78, 111, "command.picture"), (116, 203, "analyst")]


def test_the_standing_work_of_a_staff_that_is_no_more_is_nobodys(tiny):
    log = _ending(
        tiny,
        [inject("E4", "76 min", asks_for="write")],
        WRITE,
        level={**ENDS, "follow_up": ["keep_log"]},
        vocabulary={
            "seats": {"picture": {"does": ["verify_situation", "write"]}},
            "follow_up": {"keep_log": {"every": "10 min", "needs": "verify_situation"}},
        },
    )
    ended = at(one(log, LevelStoodDown))
    standing = [f for f in of(log, TaskFinished) if f.task.endswith("/keep_log")]
    assert {f.outcome for f in standing if at(f) >= ended} == {"cancelled"}
    assert not [w for w in of(log, Worked) if w.task.endswith("/keep_log") and w.station == "officer"]


def test_a_report_to_a_seat_is_heard_by_whoever_sat_there_and_not_by_its_sender(tiny):
    office = _office()
    office["functions"]["officer"]["informs"] = [{"function": "analyst", "from_severity": 1}]
    log = _ending(
        tiny,
        [
            inject("E4", "76 min", asks_for="long", to="staff"),
            inject("E5", "80 min", asks_for="talk", facts=["other"]),
        ],
        {"long": [task("long", "1 h", needs="verify_situation")]},
        organisation=office,
        vocabulary={
            "capabilities": {"situation_picture": {"title": "Lägesbild", "meaning": "Håller lägesbilden"}},
            "seats": {"picture": {"does": ["verify_situation", "write", "situation_picture"]}},
        },
        scenario={"facts": {"other": {"title": "Något annat", "severity": 1, "kind": "care"}}},
    )
    assert at(one(log, LevelStoodDown)) == 92
    heard = one(log, FactLearned, fact="other", how="report")
    assert (heard.knower, heard.source, at(heard)) == ("analyst", "officer", 137)


def test_what_is_no_longer_so_is_told_the_staff_where_those_sit_who_were_told_it_before(tiny):
    """The home told the analyst that it was dark; the analyst carried that to the staff, which nobody told it."""
    log = _play(
        tiny,
        [
            inject("E0", asks_for="talk", to="role(helper)", facts=["dark"]),
            inject("E1", "1 min", asks_for="talk", facts=["grave"]),
            inject("E2", "1 h", asks_for="talk", to="role(helper)", facts=["lit"]),
        ],
        people={"pics": {"count": 1, "works": "always"}, "homes": {"count": 1, "works": "always"}},
        functions={
            "analyst": person("office", "expert", "pics"),
            "home": person(
                "office",
                "helper",
                "homes",
                does=["receive_alarm"],
                informs=[{"function": "analyst", "from_severity": 1}],
            ),
        },
        staff={"chief": ["leaders"], "picture": ["pics"]},
        vocabulary={
            "capabilities": {"situation_picture": {"title": "Lägesbild", "meaning": "Håller lägesbilden"}},
            "seats": {"picture": {"does": ["verify_situation", "write", "situation_picture"]}},
        },
        scenario={
            "facts": {
                "dark": {"title": "Det är mörkt på hemmet", "severity": 1, "kind": "care"},
                "lit": {"title": "Det är ljust på hemmet", "severity": 0, "kind": "care", "cancels": ["dark"]},
            }
        },
    )
    heard = [(f.fact, f.how, f.source) for f in of(log, FactLearned, knower="command")]
    assert ("dark", "gathered", "analyst") in heard
    assert ("lit", "report", "home") in heard


@pytest.mark.parametrize("colleague", [None, "always", "never"])
@pytest.mark.parametrize("back", [False, True])
def test_those_who_sit_in_one_staff_speak_to_each_other_in_its_room(tiny, colleague, back):
    """Also for a function that answers from there; with a colleague there in the line it is called as before."""
    steps = [task("lead", needs="lead_staff"), task("advise", needs="advise", after=["lead"])]
    if back:
        steps = [task("advise", needs="advise"), task("lead", needs="lead_staff", after=["advise"])]
    log = _play(
        tiny,
        [GRAVE, inject("E2", "1 h", asks_for="both", to="role(expert)" if back else "staff")],
        people={
            "pics": {"count": 1, "works": "always"},
            **({"others": {"count": 1, "works": colleague}} if colleague else {}),
        },
        functions={
            "analyst": person(
                "depot", "expert", ["pics", *(["others"] if colleague else [])], does=["receive_alarm", "advise"]
            ),
        },
        staff={"chief": ["leaders"], "picture": ["pics"]},
        procedures={**TALK, "both": steps},
        channels=[
            {"id": "in_person", "delay": "0 min", "reach": "same_site"},
            {"id": "messenger", "delay": "25 min"},
        ],
    )
    handed = [h for h in of(log, HandedOver) if h.task.startswith("E2")]
    ends = ("analyst", "command.chief") if back else ("command.chief", "analyst")
    assert [(h.sender, h.receiver, h.channel) for h in handed] == [
        (*ends, "messenger" if colleague == "always" else "in_person")
    ]


def test_a_question_on_its_way_to_a_seat_is_asked_anew_when_the_staff_ends(tiny):
    office = _office(chief={"decides": ["large"]})
    log = _ending(
        tiny,
        [inject("E4", "90 min", asks_for="choose")],
        {"choose": [task("talk", "1 min"), task("choose", "5 min", needs="decide(small)", after=["talk"])]},
        {**ENDS, "grants": {"chief": ["small"]}},
        organisation=office,
        assumptions={"pass_on": "2 min"},
    )
    # word comes at 93, when there is no staff any more; the mandate is held there, so it is called together again
    assert next(at(s) for s in of(log, LevelStoodDown)) == 93
    assert [at(r) for r in of(log, LevelRecommended)] == [10, 93]
    assert one(log, TaskFinished, task="E4/choose").station == "command.chief"


def test_a_seat_that_is_filled_late_does_what_nobody_else_can(tiny):
    log = tiny.play(
        organisation=_office(works="never"),
        levels=[{**LEVEL, "active_when": {"seats": 1, "including": ["chief"]}}],
        staff={"chief": ["leaders"], "picture": ["pics"]},
        injects=[GRAVE, inject("E2", "1 min", asks_for="write")],
        procedures={**TALK, "write": [task("write", "20 min", needs="write", mode="desk")]},
    )
    assert at(one(log, LevelActivated)) == 29
    assert at(one(log, SeatFilled, seat="picture")) == 53
    done = one(log, TaskFinished, task="E2/write")
    assert (done.station, done.outcome, at(done)) == ("command.picture", "done", 74)


def test_who_comes_from_home_brings_what_they_learnt_on_call(tiny):
    far = {"chance": 1, "delay": "1 min", "arrives": "3 h"}
    log = tiny.play(
        organisation={
            "people": {
                "leaders": {"count": 1, "works": "always"},
                "officers": {"count": 1, "works": "never", "reached": far},
            },
            "functions": {"officer": {"does": ABLE, "on_call": {"count": 1, "reached": far}}},
        },
        levels=[LEVEL],
        staff={"chief": ["leaders"], "picture": ["officers"]},
        injects=[GRAVE],
        procedures=TALK,
    )
    assert [(at(f), f.source) for f in of(log, FactLearned, knower="command")] == [(200, "officer")]


def test_a_staff_knows_the_case_that_it_was_called_for(tiny):
    log = tiny.play(
        organisation=_office(),
        levels=[ENDS],
        staff={"chief": ["leaders"], "picture": ["pics"]},
        injects=[GRAVE],
        procedures=TALK,
    )
    learnt = one(log, FactLearned, knower="command")
    assert (learnt.fact, learnt.how, at(learnt)) == ("grave", "gathered", 29)
    assert of(log, LevelStoodDown) == []


@pytest.mark.parametrize("minutes", [0, 15])
def test_an_empty_group_is_asked_in_vain_however_short_the_wait(tiny, minutes):
    log = tiny.play(
        organisation=_office(0),
        levels=[LEVEL],
        staff={"chief": ["leaders"], "picture": ["pics"]},
        assumptions={"answer_within": f"{minutes} min"},
        injects=[GRAVE],
        procedures=TALK,
    )
    assert [s.seat for s in of(log, SeatFilled)] == ["chief"]
    assert of(log, LevelActivated) == []


def test_nobody_of_a_great_many_who_will_not_come_is_called(tiny):
    office = _office()
    office["people"]["pics"] = {"count": 1500, "works": "never", "reached": {"chance": 1, "delay": "1 min"}}
    log = tiny.play(
        organisation=office,
        levels=[LEVEL],
        staff={"chief": ["leaders"], "picture": ["pics"]},
        injects=[GRAVE],
        procedures=TALK,
    )
    assert of(log, ContactAttempted) == []
    assert [s.seat for s in of(log, SeatFilled)] == ["chief"]
