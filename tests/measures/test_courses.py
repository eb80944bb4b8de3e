"""Injects, mandate and knowledge on the hand-made play."""

from ovning.log.records import FactLearned, InjectSent
from ovning.measures.injects import inject_courses, never_answered, nothing_done, withheld
from ovning.measures.knowledge import learned, missing_facts, pictures
from ovning.measures.lives import read_lives
from ovning.measures.mandate import acts_without_mandate, decision_times, gaps, mandate_by_decision, without_wait
from tests.measures.logs import LOG, M


def test_an_inject_is_sent_answered_and_finished():
    courses = {course.case: course for course in inject_courses(LOG)}
    assert list(courses) == ["E1", "E2", "E4", "E5"]
    assert (courses["E1"].answer, courses["E1"].took, courses["E1"].station) == (4 * M, 40 * M, "tib")
    assert (courses["E4"].answer, courses["E4"].took, courses["E4"].outcome) == (0, 15 * M, "blocked")
    assert (courses["E5"].answer, courses["E5"].took) == (2 * M, None)
    assert isinstance(LOG[courses["E5"].sent_by], InjectSent)
    assert LOG[courses["E5"].received_by].person == "sak#2"


def test_what_nobody_answered_is_told_and_what_did_not_come_too():
    assert [course.case for course in never_answered(inject_courses(LOG))] == ["E2"]
    assert [(record.inject, record.reason) for record in withheld(LOG)] == [("E3", "chance")]


def test_what_was_taken_in_and_of_which_nothing_came_is_told():
    assert [course.case for course in nothing_done(inject_courses(LOG))] == ["E5"]
    # What asks for nothing has nothing that could be done.
    mute = [record for record in LOG if getattr(record, "task", None) != "E5/receive"]
    assert nothing_done(inject_courses(mute)) == ()


def test_each_sending_of_an_inject_has_its_own_course():
    second = LOG[2]._replace(at=300 * M, case="E1+2")
    courses = inject_courses((*LOG[:-1], second, LOG[-1]))
    assert [(c.inject, c.case, c.received_at) for c in courses if c.inject == "E1"] == [
        ("E1", "E1", 14 * M),
        ("E1", "E1+2", None),
    ]


def test_mandate_minutes_are_counted_for_each_need_and_zero_is_told_as_zero():
    times = decision_times(LOG, read_lives(LOG))
    assert [(t.decision, t.station, t.how, t.mandate, t.took) for t in times] == [
        ("open_points", "klut", "body", 15 * M, 17 * M),
        ("move_staff", None, None, 0, None),
        ("evacuate", None, None, 0, None),
        ("open_points", "central_command.chief", "seat", 0, 4 * M),
    ]
    assert mandate_by_decision(times) == {"open_points": 15 * M, "evacuate": 0, "move_staff": 0}
    assert [(t.decision, t.how) for t in without_wait(times)] == [("open_points", "seat")]
    assert [type(LOG[t.number]).__name__ for t in times] == [
        "DecisionMade",
        "TaskRequested",
        "TaskRequested",
        "DecisionMade",
    ]


def test_gaps_and_acts_without_mandate_are_told_with_their_records():
    (gap,) = gaps(LOG)
    assert (gap.decision, gap.task, gap.at) == ("move_staff", "E4/move", 155 * M)
    (act,) = acts_without_mandate(LOG)
    assert (act.decision, act.station, act.at) == ("evacuate", "central_command.situation", 165 * M)
    assert (LOG[gap.number].task, LOG[act.number].task) == ("E4/move", "E4/act")


def test_a_fact_is_known_by_each_at_a_time_and_with_an_age():
    assert [(k.fact, k.knower, k.at // M, k.how, k.age // M) for k in learned(LOG)] == [
        ("substation_lost", "tib", 14, "inject", 0),
        ("outage_extent", "tib", 29, "established", 0),
        ("outage_extent", "chef", 43, "report", 14),
        ("outage_extent", "central_command", 100, "gathered", 71),
    ]


def test_only_the_first_time_that_somebody_learns_a_fact_counts():
    again = FactLearned(200 * M, "outage_extent", "tib", "meeting", "chef")
    assert learned((*LOG[:-1], again, LOG[-1])) == learned(LOG)


def test_decisions_have_the_age_of_the_picture_they_were_made_on():
    assert [(p.knower, p.decision, p.at // M, p.facts, p.age) for p in pictures(LOG)] == [
        ("chef", "central_command", 58, 1, 15 * M),
        ("central_command", "open_points", 204, 1, 104 * M),
    ]


def test_who_decides_without_knowing_anything_has_no_age():
    log = tuple(r for r in LOG if not isinstance(r, FactLearned))
    assert [(p.facts, p.age) for p in pictures(log)] == [(0, None), (0, None)]


def test_what_was_begun_without_its_facts_is_told():
    ((record, number),) = missing_facts(LOG)
    assert (record.fact, record.task) == ("weather", "E4/act")
    assert LOG[number] is record
