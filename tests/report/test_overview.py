"""The main course: parts of days, where things stand, and no more than one can read."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ovning.log import records as r
from ovning.model.setup import Setup
from ovning.report.overview import bounds_of_hours, bounds_of_sections
from ovning.report.wording import NBSP
from ovning.units import HOUR, MINUTE, ZONE, Clock
from tests.report.telling import one, told, with_society

M, H = MINUTE, HOUR
WORDS = "Det är mörkt i hela norra delen av stan. Vi vet inte varför."


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),
    st.integers(1, 100 * HOUR),
)
def test_every_part_of_a_day_begins_at_its_hour(start: datetime, end: int) -> None:
    clock = Clock.at(start.astimezone(ZONE).replace(second=0, microsecond=0))
    bounds = bounds_of_sections(clock, end)
    assert (bounds[0], bounds[-1]) == (0, end)
    assert all(before < after <= before + 7 * HOUR for before, after in pairwise(bounds))
    for at in bounds[1:-1]:
        assert f"{clock.local(at):%H:%M}" in ("00:00", "06:00", "12:00", "18:00")


def test_a_long_play_is_told_day_by_day() -> None:
    bounds = bounds_of_sections(Clock.at(datetime(2015, 9, 16, 8)), 30 * 24 * H)
    assert bounds == [0, *(16 * H + 24 * H * n for n in range(30)), 30 * 24 * H]


def test_hours_end_with_the_play() -> None:
    assert bounds_of_hours(2 * H + M) == [0, H, 2 * H, 2 * H + M]
    assert bounds_of_hours(2 * H) == [0, H, 2 * H]


def test_each_part_has_a_heading_and_ends_with_where_things_stand(orebro: Setup) -> None:
    entries = told(
        with_society(orebro),
        r.EventHappened(0, "outage"),
        r.ServiceChanged(0, "electricity", 0.0, "outage"),
        r.CaseOpened(M, "E1", "inject", "E1", 1, (), None),
        r.LevelActivated(3 * H, "central_command", "level:central_command:1"),
        r.SeatFilled(3 * H, "central_command", "chief", "sakerhetsavdelning#1", 7),
        r.FunctionEmptied(3 * H, "tib"),
        r.MeetingHeld(4 * H, 4 * H - 20 * M, "central_command", 3, 7),
        r.FlowArrived(5 * H, "calls", 30, ()),
        r.FlowArrived(5 * H, "visits", 2, (1, 2)),
        r.FlowBegun(5 * H, "visits", "visit", 2, (1, 2), 0, "flow:visits:visit:1"),
        r.FlowDone(5 * H + M, "visits", "visit", 2, (1, 2), True),
        r.Waited(6 * H, 5 * H, "E1/x", "channel_down", "tib", "messenger"),
        r.RestBegan(7 * H, "sakerhetsavdelning#2", 18 * H, "worn_out"),
        short=True,
    )
    headings = [entry.headline for entry in entries if entry.kind == "section"]
    assert headings == [
        "Torsdag 22/1, natt 03:50–06",
        "Torsdag 22/1, förmiddag 06–12",
        "Torsdag 22/1, eftermiddag 12–18",
        # Nothing at all happens that evening and night.
        "Fredag 23/1, förmiddag 06–09:50",
    ]
    morning = "\n".join(one(entries, "Läget 12:00").lines)
    assert one(entries, "Läget 06:00").lines[0] == f"Nere: elförsörjning 0{NBSP}%."
    assert "Central krisledning är aktivt (7 av " in morning
    assert "ett stabsmöte" in morning
    assert "Ingen i tjänst: TiB." in morning
    assert "Inspel som inte är klara: E1." in morning
    assert "1 besked tog en annan väg" in morning
    assert "Att ta hand om: samtal till växeln: 30 kom, 30 kvar." in morning
    # What went smoothly is not told here.
    assert "Besök hos larminnehavare" not in morning
    assert "besök hos" not in morning
    assert "Gick hem vid gränsen för hur länge man arbetar i sträck: " in morning
    assert one(entries, "Läget 18:00").lines[0] == "I samhället är samma sak nere som förut."
    assert "stabsmöte" not in "\n".join(one(entries, "Läget 18:00").lines)
    assert [entry.at for entry in entries] == sorted(entry.at for entry in entries)


def test_long_words_are_cut_and_lesser_things_left_out(orebro: Setup) -> None:
    records = (
        r.InjectSent(0, "E1", "E1", "Nätbolaget", ("tib",), "phone", WORDS),
        r.InjectSent(0, "E4", "E4", "Nätbolaget ringer och", ("tib",), "phone", "ord " * 60),
        r.FactLearned(H, "public_unaware", "tib", "inject", "E1"),
        r.FactLearned(H, "outage_extent", "tib", "established", "E1/verify"),
        r.FactLearned(2 * H, "outage_extent", "sakerhetschef", "report", "tib"),
        r.RestEnded(3 * H, "sakerhetsavdelning#1"),
    )
    whole, short = told(orebro, *records), told(orebro, *records, short=True)
    assert one(whole, "Nätbolaget söker").headline.endswith(" (mobiltelefon)")
    assert one(whole, "Nätbolaget söker").quote == WORDS
    headline = one(short, "Nätbolaget söker").headline
    assert headline.partition("; ")[2] == "ingen tar emot det: ”Det är mörkt i hela norra delen av stan.”"
    assert one(short, "Nätbolaget ringer").headline.endswith("ord ord …”")
    assert len(one(short, "Nätbolaget ringer").headline) < 200
    assert [entry.kind for entry in short if entry.kind not in ("section", "situation")] == [
        "inject",
        "inject",
        "knowledge",
    ]
    assert len([entry for entry in whole if entry.kind == "knowledge"]) == 3


def test_what_is_not_done_at_the_end_is_one_entry(orebro: Setup) -> None:
    records: list[r.Record] = []
    for n in range(8):
        task = f"E{n}/x"
        records += [
            r.CaseOpened(0, f"E{n}", "inject", "E1", 1, (), None),
            r.TaskRequested(0, task, f"E{n}", f"Göra sak {n}", "receive_alarm", (), 1, None),
        ]
    for n in range(8):
        records += [
            r.Waited(30 * H, 0, f"E{n}/x", "queue", "tib", "ordinary_work"),
            r.TaskUnfinished(30 * H, f"E{n}/x", f"E{n}", "waiting"),
        ]
    entry = told(orebro, *records, short=True)[-1]
    assert entry.headline == "När spelet slutar är 8 saker inte klara:"
    assert entry.lines[0] == "· göra sak 0 [E0]"
    assert entry.lines[-1] == "· och 2 till"


def test_a_case_that_is_done_says_how_long_it_took_and_what_it_waited_longest_for(orebro: Setup) -> None:
    records = (
        r.CaseOpened(0, "E1", "inject", "E1", 1, (), None),
        r.TaskRequested(0, "E1/x", "E1", "Göra något", "receive_alarm", (), 1, None),
        r.Waited(10 * M, 0, "E1/x", "transmission", "tib", "phone"),
        r.Waited(3 * H, 10 * M, "E1/x", "queue", "tib", "ordinary_work"),
        r.TaskStarted(3 * H, "E1/x", "tib", "sakerhetsavdelning#1"),
        r.Worked(4 * H, 3 * H, "E1/x", "sakerhetsavdelning#1", "tib", "work", "desk"),
        r.TaskFinished(4 * H, "E1/x", "E1", "tib", "done"),
        r.CaseClosed(4 * H, "E1", "done"),
    )
    entries = told(orebro, *records, short=True)
    closed = one(entries, "klart efter 4 h")
    assert closed.reasons == []
    (whole,) = [entry for entry in told(orebro, *records) if "klart efter" in entry.headline]
    assert whole.lines == ["Längst väntade göra något, 2 h 50 min: upptagen med ordinarie arbete."]
    # A task that waited for more than two hours is told in the main course too, with the longest of its reasons.
    begun = one(entries, "TiB (")
    assert begun.reasons == ["Väntade 3 h i allt, längst 2 h 50 min: upptagen med ordinarie arbete."]
