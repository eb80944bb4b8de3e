"""Services and flows read aloud: what falls and why, how long reserves last, and how many came and wait."""

from __future__ import annotations

import pytest

from ovning.log import records as r
from ovning.model.setup import Setup
from ovning.report.names import small
from ovning.report.wording import NBSP
from ovning.units import HOUR, MINUTE
from tests.report.telling import END, one, told, with_society

M, H = MINUTE, HOUR
LOST = (
    r.EventHappened(0, "outage"),
    r.ServiceChanged(0, "electricity", 0.0, "outage"),
    r.NeedLost(0, "mobile", "electricity", 2 * H),
)
FAILED = (
    r.ServiceChanged(2 * H, "mobile", 0.25, "electricity"),
    r.NeedLost(2 * H, "personal_alarms", "mobile", 2 * H),
    r.ServiceChanged(2 * H, "personal_alarms", 0.5, "mobile"),
)


@pytest.fixture
def setup(orebro: Setup) -> Setup:
    return with_society(orebro)


def test_what_falls_is_told_with_how_many_are_without(setup: Setup) -> None:
    (entry,) = told(setup, *LOST)
    assert entry.headline == (
        f"I samhället, utan att någon larmas: elförsörjning 100{NBSP}% → 0{NBSP}% (11{NBSP}000 hushåll utan)"
    )
    assert entry.lines == ["Utan elförsörjning klarar sig mobiltelefoni till 05:50 (2 h)."]
    assert entry.records == [1, 2, 3]


def test_several_that_live_on_reserves_are_told_in_one_line(setup: Setup) -> None:
    (entry,) = told(setup, *LOST, r.NeedLost(0, "supervision", "electricity", 26 * H))
    assert entry.lines == [
        "Utan elförsörjning klarar sig mobiltelefoni till 05:50 (2 h), tillsyn till fredag 05:50 (1 dygn 2 h)."
    ]
    assert entry.records == [1, 2, 3, 4]


def test_what_fails_when_its_reserve_is_used_up_says_so(setup: Setup) -> None:
    entry = told(setup, *LOST, *FAILED)[1]
    assert entry.at == 2 * H
    assert f"mobiltelefoni 100{NBSP}% → 25{NBSP}%, för att elförsörjning saknas" in entry.headline
    assert "och reserven är slut efter 2 h; trygghetslarm" in entry.headline
    assert entry.headline.endswith("(210 personer utan), för att mobiltelefoni saknas")
    assert entry.lines == []


def test_a_reserve_that_lasts_to_another_day_names_it_and_one_that_outlasts_the_play_says_so(setup: Setup) -> None:
    lost = (*LOST[:2], r.NeedLost(0, "mobile", "electricity", 25 * H))
    assert "till fredag 04:50 (1 dygn 1 h)" in told(setup, *lost)[0].lines[0]
    longer = (*LOST[:2], r.NeedLost(0, "mobile", "electricity", 31 * H))
    assert told(setup, *longer)[0].lines == ["Utan elförsörjning klarar sig mobiltelefoni hela spelet ut."]


def test_what_comes_back_says_after_what(setup: Setup) -> None:
    back = (
        r.ServiceChanged(5 * H, "electricity", 1.0, "power_back"),
        r.NeedRestored(5 * H, "mobile", "electricity"),
        r.ServiceChanged(5 * H + 20 * M, "mobile", 1.0, "electricity"),
    )
    entries = told(setup, *LOST, *FAILED, *back)
    assert one(entries, "elförsörjning är tillbaka").at == 5 * H + 20 * M
    assert one(entries, f"elförsörjning 0{NBSP}% → 100{NBSP}%").lines == []
    saved = told(setup, *LOST, *(record._replace(at=H) for record in back[:2]))
    assert saved[-1].lines == ["Behöver inte längre klara sig utan elförsörjning: mobiltelefoni."]
    both = (
        *LOST,
        r.NeedLost(0, "supervision", "electricity", 26 * H),
        *(record._replace(at=H) for record in back[:2]),
        r.NeedRestored(H, "supervision", "electricity"),
    )
    assert told(setup, *both)[-1].lines == ["Behöver inte längre klara sig utan elförsörjning: mobiltelefoni, tillsyn."]


def test_what_does_instead_is_named_and_not_what_is_still_gone(setup: Setup) -> None:
    entries = told(
        setup,
        *LOST,
        *FAILED,
        r.ServiceChanged(3 * H, "generator", 1.0, "E2/connect"),
        r.NeedRestored(3 * H, "mobile", "electricity"),
        r.ServiceChanged(3 * H, "mobile", 1.0, "electricity"),
    )
    assert entries[-1].headline.endswith(f"mobiltelefoni 25{NBSP}% → 100{NBSP}%, tack vare elverk")


def test_how_society_is_when_it_begins_is_not_told_as_something_that_happens(setup: Setup) -> None:
    before = (r.NeedLost(0, "mobile", "electricity", 0), r.ServiceChanged(0, "mobile", 0.0, "electricity"))
    entries = told(setup, *before, r.EventHappened(0, "outage"), r.ServiceChanged(H, "mobile", 1.0, "E2/connect"))
    assert [entry.at for entry in entries] == [H]
    assert entries[-1].headline == f"I samhället: mobiltelefoni 0{NBSP}% → 100{NBSP}%"


def test_work_that_lets_a_service_go_on_is_told_with_how_long(setup: Setup) -> None:
    entries = told(
        setup,
        *LOST,
        r.CaseOpened(M, "E2", "inject", "E2", 1, (), None),
        r.TaskRequested(M, "E2/connect", "E2", "Köra dit elverket", "reserve_power", (), 1, None),
        r.Worked(H, M, "E2/connect", "sakerhetsavdelning#1", "tib", "work", "field"),
        r.TaskFinished(H, "E2/connect", "E2", "tib", "done"),
        r.ServiceExtended(H, "mobile", 4 * H, "E2/connect"),
        r.NeedLost(H, "mobile", "electricity", 6 * H),
    )
    entry = one(entries, "kan nu klara sig")
    assert entry.headline == "Mobiltelefoni kan nu klara sig 4 h längre: köra dit elverket [E2]"
    assert entry.lines == ["Utan elförsörjning klarar sig nu mobiltelefoni till 09:50 (5 h)."]


def test_what_the_public_is_told_is_one_entry(setup: Setup) -> None:
    entries = told(
        setup,
        r.FactPublished(H, "substation_lost", "E1/first_information"),
        r.FactPublished(H, "outage_extent", "E1/first_information"),
    )
    (entry,) = entries
    assert entry.headline.startswith("Allmänheten får veta: ")
    assert entry.headline.count(";") == 1
    assert entry.matters
    (less,) = told(setup, r.FactPublished(H, "public_informed", "E1/first_information"))
    assert not less.matters


def test_an_inject_for_nobody_says_so(setup: Setup) -> None:
    (entry,) = told(setup, r.InjectWithheld(H, "E2", "nobody"))
    assert entry.headline.endswith("kommer inte: det finns ingen i organisationen att säga det till")


CALLS = (
    r.FlowArrived(10 * M, "calls", 30, ()),
    r.FlowBegun(15 * M, "calls", "answer", 20, (), 80 * M, "flow:calls:answer:1"),
    r.FlowDone(20 * M, "calls", "answer", 20, (), True),
    r.FlowLeft(25 * M, "calls", "answer", 4, (), 60 * M, "gave_up"),
    r.FlowTurnedAway(30 * M, "calls", "answer", 1, ()),
)


def test_a_flow_is_told_once_an_hour_and_what_is_left_stands_over(setup: Setup) -> None:
    entries = told(setup, *CALLS, r.FlowDone(90 * M, "calls", "answer", 5, (), True))
    first, second = entries
    assert (first.at, first.headline) == (H, "Att ta hand om 03:50–04:50")
    assert first.lines == [
        "Samtal till växeln: 30 kom, 20 klara, 4 gav upp, 1 avvisades, det var fullt, 5 kvar, väntade 4 min i snitt."
    ]
    assert first.records == [1, 2, 3, 4, 5]
    assert second.lines == ["Samtal till växeln: 5 klara, ingen kvar."]


def test_those_who_are_late_are_counted_until_they_are_taken_care_of(setup: Setup) -> None:
    visits = (
        r.FlowArrived(0, "visits", 3, (1, 2, 3)),
        r.FlowLate(4 * H, "visits", 2, (1, 2)),
        r.ServiceChanged(4 * H, "supervision", 0.995, "visits"),
        r.FlowDone(4 * H + M, "visits", "visit", 1, (1,), True),
        r.ServiceChanged(4 * H + M, "supervision", 0.998, "visits"),
        r.FlowLeft(5 * H + M, "visits", "visit", 1, (2,), H, "no_need"),
    )
    entries = told(setup, *visits)
    at = {entry.at: entry.lines for entry in entries}
    assert at[4 * H] == [
        f"Besök hos larminnehavare: 2 blev för sena, 3 kvar, 2 av dem för sent; tillsyn är nere i >99{NBSP}%."
    ]
    assert "1 klara, 2 kvar, 1 av dem för sent" in at[5 * H][0]
    assert at[6 * H] == ["Besök hos larminnehavare: 1 behövdes inte längre, 1 kvar."]
    # One that nobody comes to is told again every hour.
    assert at[END.at] == ["Besök hos larminnehavare: 1 kvar."]
    assert {entry.kind for entry in entries} == {"flow"}


def test_what_is_kept_up_again_says_how_low_it_was(setup: Setup) -> None:
    (entry,) = told(
        setup,
        r.FlowArrived(0, "visits", 1, (1,)),
        r.ServiceChanged(10 * M, "supervision", 0.8, "visits"),
        r.ServiceChanged(20 * M, "supervision", 0.9, "visits"),
        r.FlowDone(30 * M, "visits", "visit", 1, (1,), True),
        r.ServiceChanged(30 * M, "supervision", 1.0, "visits"),
    )
    assert entry.lines[0].endswith(f"; tillsyn är åter 100{NBSP}% efter som lägst 80{NBSP}%.")


def test_how_low_it_was_is_remembered_from_one_hour_to_the_next_but_not_to_another_dip(setup: Setup) -> None:
    entries = told(
        setup,
        r.FlowArrived(0, "visits", 1, (1,)),
        r.ServiceChanged(10 * M, "supervision", 0.73, "visits"),
        r.ServiceChanged(50 * M, "supervision", 0.86, "visits"),
        r.ServiceChanged(H + 30 * M, "supervision", 1.0, "visits"),
        r.ServiceChanged(2 * H + 10 * M, "supervision", 0.9, "visits"),
        r.ServiceChanged(2 * H + 30 * M, "supervision", 1.0, "visits"),
    )
    assert [entry.lines[0].partition("; ")[2] for entry in entries[:3]] == [
        f"tillsyn är nere i 86{NBSP}%.",
        f"tillsyn är åter 100{NBSP}% efter som lägst 73{NBSP}%.",
        f"tillsyn är åter 100{NBSP}% efter som lägst 90{NBSP}%.",
    ]


def test_the_level_that_is_told_is_the_service_s_own_also_when_others_have_changed_it(setup: Setup) -> None:
    closed = told(
        setup,
        r.FlowArrived(0, "visits", 2, (1, 2)),
        r.ServiceChanged(10 * M, "supervision", 0.5, "visits"),
        r.ServiceChanged(20 * M, "supervision", 0.0, "R6/close"),
    )
    assert one(closed, "I samhället").headline == f"I samhället: tillsyn 50{NBSP}% → 0{NBSP}% (420 personer utan)"
    assert next(x for x in closed if x.at == H).lines[0].endswith(f"; tillsyn är nere i 0{NBSP}%.")

    opened = told(
        setup,
        r.ServiceChanged(0, "supervision", 0.0, "start"),
        r.FlowArrived(0, "visits", 1, (1,)),
        r.ServiceChanged(10 * M, "supervision", 1.0, "E7/open"),
        r.ServiceChanged(20 * M, "supervision", 0.8, "visits"),
        r.ServiceChanged(30 * M, "supervision", 1.0, "visits"),
    )
    assert next(x for x in opened if x.at == H).lines[0].endswith(f"åter 100{NBSP}% efter som lägst 80{NBSP}%.")


def test_nothing_of_a_flow_is_lost_between_its_hours(setup: Setup) -> None:
    arrived = [r.FlowArrived(n * 7 * M, "calls", n % 5, ()) for n in range(200)]
    lines = [line for entry in told(setup, *arrived) for line in entry.lines]
    came = sum(int(line.partition(": ")[2].partition(" kom")[0]) for line in lines if " kom" in line)
    assert came == sum(record.number for record in arrived)
    assert lines[-1].endswith(f"{came} kvar.")


def test_being_busy_with_a_flow_or_a_change_of_shifts_has_its_words(setup: Setup) -> None:
    entries = told(
        setup,
        r.CaseOpened(0, "E1", "inject", "E1", 1, (), None),
        r.TaskRequested(0, "E1/x", "E1", "Göra något", "receive_alarm", (), 1, None),
        r.Worked(4 * M, 0, "flow:calls:answer:7", "sakerhetsavdelning#1", "tib", "flow", "call"),
        r.Worked(
            9 * M, 4 * M, "shift:central_command:1.2/change", "sakerhetsavdelning#1", "tib", "shift_change", "call"
        ),
        r.Waited(9 * M, 0, "E1/x", "queue", "tib", ""),
        r.TaskStarted(9 * M, "E1/x", "tib", "sakerhetsavdelning#1"),
        r.TaskInterrupted(10 * M, "E1/x", "tib", "flow:calls:answer:8"),
        r.TaskInterrupted(10 * M, "E1/x", "tib", "shift_change"),
        r.Worked(10 * M, 9 * M, "E1/x", "sakerhetsavdelning#1", "tib", "work", "desk"),
        r.TaskUnfinished(10 * M, "E1/x", "E1", "waiting"),
    )
    assert one(entries, "TiB (").reasons == ["9 min: upptagen med att lämna över passet och svara dem som ringer."]
    assert one(entries, "lägger ifrån sig").headline == "TiB lägger ifrån sig ”göra något” för att bli avlöst [E1]"
    assert one(entries, "avbryter").headline.endswith("för att svara dem som ringer")


@pytest.mark.parametrize("chair", ["ks_ordforande", "ks_vice_ordforande"])
def test_whoever_decides_alone_for_a_body_is_named(setup: Setup, chair: str) -> None:
    """The chair may be away."""
    entries = told(
        setup,
        r.TaskRequested(M, "E6/pay", "E6", "Betala", "decide(exceed_budget)", (), 1, None),
        r.TaskStarted(M, "E6/pay", chair, f"{chair}#1"),
        r.DecisionMade(2 * M, "exceed_budget", "E6", "E6/pay", "klut", "chair"),
    )
    (decision,) = (entry for entry in entries if entry.kind == "decision")
    assert f", {small(setup.organisation.functions[chair].title)} ensam" in decision.headline
