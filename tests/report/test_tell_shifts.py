"""Shifts, rest and those who are not there, read aloud."""

from __future__ import annotations

from ovning.log import records as r
from ovning.model.setup import Setup
from ovning.units import HOUR, MINUTE
from tests.report.telling import one, told

M, H = MINUTE, HOUR
LEVEL = "central_command"
PLAN = f"shift:{LEVEL}:1.2/plan"
PLANNED = (
    r.CaseOpened(4 * H, f"shift:{LEVEL}:1.2", "shift", LEVEL, 2, (), None),
    r.TaskRequested(4 * H, PLAN, f"shift:{LEVEL}:1.2", "Planera avlösning", "personnel", (), 2, None),
    r.Worked(5 * H, 4 * H, PLAN, "sakerhetsavdelning#1", "tib", "work", "desk"),
    r.TaskFinished(5 * H, PLAN, f"shift:{LEVEL}:1.2", "tib", "done"),
    r.ShiftPlanned(5 * H, LEVEL, 2, 14 * H + 10 * M, PLAN, ("sakerhetsavdelning#3", "sakerhetsavdelning#4")),
)
AGREED = (
    r.ReliefAgreed(5 * H + 5 * M, LEVEL, 2, "chief", "sakerhetsavdelning#3"),
    r.ReliefAgreed(6 * H, LEVEL, 2, "documentation", "sakerhetsavdelning#4"),
)


def relief(at: int, seat: str, old: str, new: str) -> tuple[r.Record, ...]:
    return (
        r.PersonRelieved(at, at - 15 * M, LEVEL, seat, old, new),
        r.SeatLeft(at, LEVEL, seat, old, "relieved", 8),
        r.SeatFilled(at, LEVEL, seat, new, 9),
        r.RestBegan(at, old, at + 11 * H, "shift_over"),
    )


def places(setup: Setup) -> int:
    return sum(next(level for level in setup.organisation.levels if level.id == LEVEL).staffs.values())


def test_a_planned_shift_says_how_many_know_and_when_the_last_did(orebro: Setup) -> None:
    entry = one(told(orebro, *PLANNED, *AGREED), "är planerat")
    assert entry.headline == "Pass 2 i central krisledning är planerat; det börjar 18:00"
    assert entry.lines[0] == f"2 av {places(orebro)} har fått besked, den sista 09:50."
    assert len(entry.lines) == 3
    assert entry.lines[1].endswith("nr 3, 08:55")
    at_once = (*PLANNED[:-1], *(x._replace(at=5 * H) for x in AGREED), PLANNED[-1])
    assert one(told(orebro, *at_once), "är planerat").lines[0] == f"2 av {places(orebro)} har fått besked."
    alone = one(told(orebro, *PLANNED), "är planerat")
    assert alone.lines == [f"Ingen av {places(orebro)} har kunnat få besked."]


def test_a_change_of_shifts_is_one_entry_with_everybody_in_it(orebro: Setup) -> None:
    at = 14 * H + 25 * M
    entries = told(
        orebro,
        *PLANNED,
        *AGREED,
        *relief(at, "chief", "sakerhetsavdelning#1", "sakerhetsavdelning#3"),
        *relief(at + 3 * H, "documentation", "sakerhetsavdelning#2", "sakerhetsavdelning#4"),
    )
    entry = one(entries, "tar över i")
    assert entry.headline == f"Pass 2 tar över i central krisledning 18:00–21:15: 2 av {places(orebro)} avlösta"
    assert entry.at == at
    assert "nr 3 tar över efter" in entry.lines[0]
    # Sitting down and leaving are not told a second time.
    assert not [entry for entry in entries if entry.kind in ("body", "gap")]


def test_relief_that_nobody_planned_is_told_when_it_comes(orebro: Setup) -> None:
    at = 14 * H + 25 * M
    entries = told(
        orebro,
        *relief(at, "chief", "sakerhetsavdelning#1", "sakerhetsavdelning#3"),
        *relief(at + H, "documentation", "sakerhetsavdelning#2", "sakerhetsavdelning#4"),
        *relief(at + 12 * H, "chief", "sakerhetsavdelning#3", "sakerhetsavdelning#1"),
    )
    found = [entry for entry in entries if entry.headline.startswith("Avlösning i ")]
    assert [(entry.at, len(entry.lines)) for entry in found] == [(at, 2), (at + 12 * H, 1)]


def test_a_seat_that_nobody_takes_over_stands_out(orebro: Setup) -> None:
    worn = (
        r.SeatFilled(H, LEVEL, "chief", "sakerhetsavdelning#1", 9),
        r.SeatLeft(17 * H, LEVEL, "chief", "sakerhetsavdelning#1", "worn_out", 8),
        r.RestBegan(17 * H, "sakerhetsavdelning#1", 28 * H, "worn_out"),
    )
    (entry,) = [entry for entry in told(orebro, *worn) if entry.at == 17 * H]
    assert entry.kind == "gap"
    assert entry.headline.startswith(
        "Går från central krisledning utan avlösning, vid gränsen för hur länge man arbetar i sträck"
    )
    assert "(8 kvar på plats): stabschef, säkerhetsavdelning" in entry.headline
    left = r.SeatLeft(17 * H, LEVEL, "chief", "sakerhetsavdelning#1", "away", 8)
    gone = (worn[0], left, r.WentAway(17 * H, "sakerhetsavdelning#1", None))
    assert "för att de inte går att nå (8 kvar" in one(told(orebro, *gone), "utan avlösning").headline


def test_seats_that_are_left_together_are_told_together(orebro: Setup) -> None:
    left: list[r.Record] = []
    for n, seat in enumerate(("chief", "documentation"), start=1):
        person = f"sakerhetsavdelning#{n}"
        left += [
            r.SeatLeft(17 * H, LEVEL, seat, person, "worn_out", 9 - n),
            r.RestBegan(17 * H, person, 28 * H, "worn_out"),
        ]
    (entry,) = told(orebro, *left)
    assert "(7 kvar på plats)" in entry.headline
    assert entry.headline.count("nr ") == 2
    assert entry.records == [1, 3]


def test_those_who_go_off_together_are_told_together(orebro: Setup) -> None:
    off = [r.RestBegan(H, f"sakerhetsavdelning#{n}", 12 * H, "before_shift") for n in (1, 2)]
    back = [r.RestEnded(12 * H, f"sakerhetsavdelning#{n}") for n in (1, 2)]
    away = [r.WentAway(13 * H, f"sakerhetsavdelning#{n}", 40 * H) for n in (1, 2)]
    first, second, third = told(orebro, *off, *back, *away)
    assert first.headline.startswith("Vilar före sitt pass, till 15:50: ")
    assert first.headline.endswith("(2)")
    assert second.headline.startswith("Har vilat och går att nå: ")
    assert third.headline.startswith("Går inte att nå förrän fredag 19:50: ")
    assert [len(entry.records) for entry in (first, second, third)] == [2, 2, 2]


def test_a_function_without_people_says_why_and_until_when(orebro: Setup) -> None:
    group = orebro.organisation.functions["tib"].filled_by[0]
    emptied = (
        r.SeatFilled(H, LEVEL, "chief", f"{group}#1", 1),
        r.FunctionEmptied(H, "tib"),
        r.FunctionManned(3 * H, "tib"),
        r.FunctionEmptied(4 * H, "tib"),
        r.FunctionManned(4 * H, "tib"),
        r.FunctionEmptied(20 * H, "tib"),
    )
    first, last = [entry for entry in told(orebro, *emptied) if "ingen i tjänst" in entry.headline.lower()]
    assert first.headline == "Ingen i tjänst: TiB (i staben; till 06:50, 2 h)"
    assert last.headline == "Ingen i tjänst: TiB (i staben; resten av spelet, 10 h)"
    assert not first.matters
    assert last.matters


def test_rest_and_being_away_explain_an_empty_function_only_while_they_last(orebro: Setup) -> None:
    group = orebro.organisation.functions["tib"].filled_by[0]
    records = (
        r.RestBegan(H, f"{group}#1", 5 * H, "worn_out"),
        r.WentAway(H, f"{group}#2", 3 * H),
        r.FunctionEmptied(2 * H, "tib"),
        r.FunctionManned(3 * H, "tib"),
        r.FunctionEmptied(4 * H, "tib"),
    )
    first, last = [entry for entry in told(orebro, *records) if "ingen i tjänst" in entry.headline.lower()]
    assert "(vilar eller går inte att nå; till" in first.headline
    assert "(vilar; resten" in last.headline


def test_shifts_of_a_later_round_are_told_by_themselves(orebro: Setup) -> None:
    """They have the same numbers as those of the first, and are no more of them."""
    again = (
        r.LevelStoodDown(16 * H, LEVEL, "level:central_command:1"),
        r.ShiftPlanned(20 * H, LEVEL, 2, 26 * H, PLAN, ()),
        r.ReliefAgreed(21 * H, LEVEL, 2, "chief", "sakerhetsavdelning#1"),
    )
    first, second = (e for e in told(orebro, *PLANNED, *AGREED, *again) if "är planerat" in e.headline)
    assert first.lines[0].startswith(f"2 av {places(orebro)} har fått besked")
    assert second.lines[0].startswith(f"1 av {places(orebro)} har fått besked")


def test_a_staff_goes_home_for_the_night_and_comes_together_again(orebro: Setup) -> None:
    entries = told(
        orebro,
        r.SeatFilled(H, LEVEL, "chief", "sakerhetsavdelning#1", 1),
        r.SeatFilled(H, LEVEL, "situation", "sakerhetsavdelning#2", 2),
        r.SeatLeft(13 * H, LEVEL, "chief", "sakerhetsavdelning#1", "adjourned", 1),
        r.SeatLeft(13 * H, LEVEL, "situation", "sakerhetsavdelning#2", "adjourned", 0),
        r.SeatFilled(28 * H, LEVEL, "chief", "sakerhetsavdelning#1", 1),
    )
    home, again = one(entries, "går hem för dagen"), one(entries, "samlas igen")
    assert (home.at, again.at) == (13 * H, 28 * H)
    assert (home.in_short, again.in_short) == (
        "Central krisledning går hem för dagen",
        "Central krisledning samlas igen",
    )
    assert len(home.records) == 2
