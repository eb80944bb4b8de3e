"""A play read aloud: the reason for every delay, in words, from the log alone."""

from __future__ import annotations

import re

import pytest

from ovning.engine import compile_play, play
from ovning.errors import UsageError
from ovning.files import load_setup
from ovning.log import records as r
from ovning.model.setup import Setup
from ovning.report.names import Names, small
from ovning.report.reasons import portions
from ovning.report.teller import Entry
from ovning.report.timeline import say_offset, timeline
from ovning.units import MINUTE, SECOND, parse_duration, say_duration

M = MINUTE
START = r.PlayStarted(0, "elavbrott", "orebro", None, 1, 17, "2026-01-22T03:50:00+01:00", 60 * M)


def opened(at: int, case: str, kind: str = "inject", subject: str = "E1", by: str | None = None) -> r.CaseOpened:
    return r.CaseOpened(at, case, kind, subject, 2, (), by)


def asked_for(
    at: int, task: str, title: str, needs: str = "receive_alarm", holder: str | None = None
) -> r.TaskRequested:
    return r.TaskRequested(at, task, task.rpartition("/")[0], title, needs, (), 2, holder)


CALL = (
    START,
    r.InjectSent(0, "E1", "E1", "Nätbolaget", ("tib",), "phone", "Det är mörkt {här}."),
    opened(0, "E1"),
    asked_for(0, "E1/receive", "Ta emot larmet"),
    r.StationAsked(0, "E1/receive", "tib", "first"),
    r.ContactAttempted(0, "E1/receive", "tib", "sakerhetsavdelning#1", None),
    r.ContactAttempted(5 * M, "E1/receive", "tib", "sakerhetsavdelning#2", None),
    r.Waited(10 * M, 0, "E1/receive", "unavailable", "tib", ""),
    r.StationAsked(10 * M, "E1/receive", "sakerhetschef", "deputy"),
    r.ContactAttempted(10 * M, "E1/receive", "sakerhetschef", "sakerhetschef#1", 12 * M),
    r.Waited(12 * M, 10 * M, "E1/receive", "unavailable", "sakerhetschef", ""),
    r.TaskStarted(12 * M, "E1/receive", "sakerhetschef", "sakerhetschef#1"),
    r.InjectReceived(12 * M, "E1", "E1", "sakerhetschef", "sakerhetschef#1"),
    r.Worked(17 * M, 12 * M, "E1/receive", "sakerhetschef#1", "sakerhetschef", "work", "call"),
    r.TaskFinished(17 * M, "E1/receive", "E1", "sakerhetschef", "done"),
)
END = r.PlayEnded(60 * M)


def told(setup: Setup, *records: r.Record) -> tuple[Entry, ...]:
    return timeline((*records, END), setup).entries


def one(entries: tuple[Entry, ...], words: str) -> Entry:
    found = [entry for entry in entries if words in entry.headline]
    assert len(found) == 1, [entry.headline for entry in entries]
    return found[0]


def test_what_came_in_is_told_with_its_words(orebro: Setup) -> None:
    entry = told(orebro, *CALL)[0]
    assert entry.headline == "E1 Larmet från nätbolaget. Nätbolaget söker TiB (mobiltelefon)"
    assert entry.quote == "Det är mörkt {här}."


def test_who_took_it_until_when_and_every_call_on_the_way(orebro: Setup) -> None:
    entry = one(told(orebro, *CALL), "ta emot larmet")
    assert entry.at == 12 * M
    assert entry.headline == "Säkerhetschefen: ta emot larmet [E1] – till 04:07"
    assert entry.reasons[0] == "Väntade 12 min i allt:"
    first, second = entry.reasons[1:]
    assert first.startswith("10 min: ingen är på plats som TiB. 03:50 ringer ")
    assert "– inget svar; 03:55 ringer " in first
    assert second.startswith("2 min: ingen är på plats. 04:00 provar ställföreträdaren, säkerhetschefen; ringer ")
    assert second.endswith("– svarar 04:02.")


def test_being_busy_says_with_what(orebro: Setup) -> None:
    entries = told(
        orebro,
        *CALL,
        asked_for(13 * M, "E1/log", "Börja föra logg", holder="sakerhetschef"),
        r.Waited(17 * M, 13 * M, "E1/log", "queue", "sakerhetschef", ""),
        r.TaskStarted(17 * M, "E1/log", "sakerhetschef", "sakerhetschef#1"),
        r.Worked(20 * M, 17 * M, "E1/log", "sakerhetschef#1", "sakerhetschef", "work", "desk"),
        r.TaskFinished(20 * M, "E1/log", "E1", "sakerhetschef", "done"),
    )
    assert one(entries, "börja föra logg").reasons == ["4 min: upptagen med att ta emot larmet [E1]."]


@pytest.mark.parametrize(
    ("elsewhere", "said"), [("tib", "upptagen med att rapportera vidare"), (None, "upptagen med annat")]
)
def test_a_unit_whose_people_are_busy_elsewhere_says_with_what(orebro: Setup, elsewhere: str | None, said: str) -> None:
    worked = r.Worked(19 * M, 17 * M, "report:9/report", "sakerhetsavdelning#3", elsewhere or "tib", "pass_on", "call")
    entries = told(
        orebro,
        *CALL,
        asked_for(17 * M, "E1/map", "Rita kartan"),
        *([worked] if elsewhere else []),
        r.Waited(20 * M, 17 * M, "E1/map", "queue", "sakerhetsavdelning", ""),
        r.TaskStarted(20 * M, "E1/map", "sakerhetsavdelning", "sakerhetsavdelning#2"),
        r.Worked(22 * M, 20 * M, "E1/map", "sakerhetsavdelning#2", "sakerhetsavdelning", "work", "call"),
        r.TaskFinished(22 * M, "E1/map", "E1", "sakerhetsavdelning", "done"),
    )
    assert one(entries, "rita kartan").reasons == [f"3 min: {said}."]


def test_a_body_decides_as_a_body_and_a_staff_is_not_handed_what_it_has(orebro: Setup) -> None:
    entries = told(
        orebro,
        *CALL,
        asked_for(20 * M, "E1/pay", "Besluta om pengar", needs="decide(exceed_budget)"),
        r.TaskStarted(20 * M, "E1/pay", "klut", "ks_vice_ordforande#2"),
        r.FactLearned(22 * M, "prognosis_tomorrow", "central_command", "hand_over", "central_command.chief"),
        r.FactLearned(23 * M, "prognosis_tomorrow", "lokaler", "hand_over", "central_command.chief"),
    )
    assert one(entries, "besluta om pengar").headline == "KLUT: besluta om pengar [E1]"
    first, second = (entry.headline for entry in entries if "får veta" in entry.headline)
    assert first.startswith("Staben får veta genom stabschef – först av alla: ")
    assert second.startswith("Lokaler och fritid får veta av stabschef, som lämnar över: ")


@pytest.mark.parametrize(
    ("cause", "station", "detail", "words"),
    [
        ("queue", "tib", "ordinary_work", "TiB är upptagen med ordinarie arbete"),
        ("transmission", "tib", "phone", "på väg till TiB (mobiltelefon)"),
        ("transmission", "tib", "phone: occupied", "mobiltelefon är upptagen"),
        ("transmission", "tib", "", "lämnas över till TiB"),
        ("meeting", "tib", "", "TiB sitter i möte"),
        ("information", "tib", "outage_extent", "TiB väntar på besked: avbrottet"),
        ("clarification", "tib", "police", "reder ut vad som menas"),
        ("shift_change", "tib", "", "TiB byter pass"),
        ("channel_down", "tib", "", "allt samband är nere, ingen når TiB"),
        (
            "channel_down",
            "tib",
            "messenger",
            "det vanliga sambandet är nere, på väg till TiB på annat sätt (ordonnans)",
        ),
        ("mandate", "sakerhetschef", "channel_down: messenger", "får besluta – det vanliga sambandet är nere"),
        ("unavailable", "", "receive_alarm", "ingen kan göra det (ta emot larm)"),
        ("mandate", "klut", "quorum", "inte beslutför än"),
        ("mandate", "klut", "enters_function", "träder i funktion"),
        ("mandate", "klut", "", "kallelsen är inte ute än"),
        ("mandate", "vard_ledning+skol_ledning", "joint", "fattas gemensamt"),
        ("mandate", "central_command", "level", "måste aktiveras först"),
        ("mandate", "sakerhetschef", "unavailable", "väntar på den som får besluta – ingen är på plats"),
        ("mandate", "sakerhetschef", "queue: ordinary_work", "säkerhetschefen är upptagen med ordinarie arbete"),
    ],
)
def test_every_cause_has_its_words(orebro: Setup, cause: r.Cause, station: str, detail: str, words: str) -> None:
    entries = told(
        orebro,
        START,
        opened(0, "E1"),
        asked_for(0, "E1/x", "Göra något"),
        r.Waited(3 * M, 0, "E1/x", cause, station, detail),
        r.TaskUnfinished(3 * M, "E1/x", "E1", "waiting"),
    )
    (reason,) = one(entries, "göra något").reasons
    assert reason.startswith("3 min: ")
    assert words in reason


def test_nobody_is_telephoned_by_messenger(orebro: Setup) -> None:
    entries = told(
        orebro,
        START,
        opened(0, "E1"),
        asked_for(0, "E1/x", "Göra något"),
        r.ContactAttempted(0, "E1/x", "tib", "sakerhetsavdelning#1", 30 * M),
        r.Waited(30 * M, 0, "E1/x", "channel_down", "tib", "messenger"),
        r.TaskUnfinished(30 * M, "E1/x", "E1", "waiting"),
    )
    (reason,) = one(entries, "göra något").reasons
    assert "ordonnans" in reason
    assert "ringer" not in reason
    assert reason.endswith("– svarar 04:20.")


def test_what_is_learnt_together_is_told_together_and_the_first_time_marked(orebro: Setup) -> None:
    entries = told(
        orebro,
        *CALL,
        r.FactLearned(17 * M, "substation_lost", "sakerhetschef", "inject", "E1"),
        r.FactLearned(17 * M, "outage_extent", "sakerhetschef", "inject", "E1"),
        r.SeverityKnown(17 * M, "sakerhetschef", 3, False),
        r.FactLearned(20 * M, "outage_extent", "tib", "report", "sakerhetschef"),
    )
    first = one(entries, "först av alla")
    assert first.first
    assert first.headline.startswith("Säkerhetschefen får veta genom E1 – först av alla: ")
    assert first.headline.count(";") == 1
    assert len(first.records) == 3
    assert first.lines == ["Säkerhetschefen förstår hur allvarligt det är: allvarlig händelse (3)"]
    later = one(entries, "får rapport från säkerhetschefen")
    assert not later.first
    assert later.headline.startswith("TiB ")


def test_standing_work_is_told_once_an_hour_and_not_line_by_line(orebro: Setup) -> None:
    work: list[r.Record] = []
    for n in range(3):
        case = f"follow_up:keep_log:{n}"
        at = n * 10 * M
        work += [
            opened(at, case, "follow_up", "keep_log"),
            asked_for(at, f"{case}/work", "Föra stabens logg"),
            r.TaskStarted(at, f"{case}/work", "tib", "sakerhetsavdelning#1"),
            r.Worked(at + 5 * M, at, f"{case}/work", "sakerhetsavdelning#1", "tib", "work", "desk"),
            r.TaskFinished(at + 5 * M, f"{case}/work", case, "tib", "done"),
        ]
    (entry,) = told(orebro, START, *work)
    assert entry.kind == "routine"
    assert "3 gånger" in entry.headline
    assert "15 min arbete" in entry.headline


def test_gaps_and_acts_for_life_stand_out(orebro: Setup) -> None:
    entries = told(
        orebro,
        *CALL,
        r.MandateMissing(17 * M, "move_staff", "E1", "E1/move"),
        r.ActedWithoutMandate(18 * M, "prioritise_reserve_power", "E1", "E1/power", "tib"),
    )
    assert [entry.kind for entry in entries[-2:]] == ["gap", "gap"]
    assert "ingen i organisationen får besluta" in entries[-2].headline.lower()
    assert "utan mandat, för att rädda liv" in entries[-1].headline


def test_a_case_is_told_with_what_it_led_to(orebro: Setup) -> None:
    records = (
        *CALL,
        opened(17 * M, "level:central_command:1", "level", "central_command", "E1/receive"),
        r.LevelRecommended(20 * M, "central_command", "level:central_command:1", "tib", 3),
        r.InjectSent(21 * M, "E3", "E3", "Invånare", ("vaxel",), "phone", "Hur länge?"),
        opened(21 * M, "E3", subject="E3"),
        END,
    )
    whole = timeline(records, orebro).entries
    mine = timeline(records, orebro, "E1").entries
    assert [entry.headline for entry in whole if entry not in mine] == [
        "E3 Invånarna frågar. Invånare söker växel och kontaktcenter (mobiltelefon)"
    ]
    assert any(entry.kind == "level" for entry in mine)
    with pytest.raises(UsageError, match=r"Ärenden: E1, level:central_command:1, E3"):
        timeline(records, orebro, "E99")


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        ((340, 100, 40), ["6 min", "1 min", "1 min"]),
        ((20, 600, 20), ["under 1 min", "10 min", "1 min"]),
        ((20, 25), ["20 s", "25 s"]),
        ((40,), ["40 s"]),
        ((), []),
    ],
)
def test_parts_add_up_as_they_are_printed(seconds: tuple[int, ...], said: list[str]) -> None:
    assert portions([length * SECOND for length in seconds]) == said


def test_a_joint_decision_names_everybody_who_had_to_agree(orebro: Setup) -> None:
    decision, joint = next(iter(orebro.organisation.joint.items()))
    record = r.DecisionMade(20 * M, decision, "E1", "E1/decide", "+".join(joint.holders), "joint")
    entry = one(told(orebro, *CALL, record), "Beslut: ")
    assert entry.headline.endswith(" gemensamt [E1]")
    for holder in joint.holders:
        assert small(Names(orebro).short_station(holder)) in entry.headline


def test_time_since_the_start() -> None:
    assert [say_offset(at) for at in (0, 65 * M, 25 * 60 * M)] == ["T+0:00", "T+1:05", "T+25:00"]
    month = 30 * 24 * 60 * M
    assert [say_offset(at, month) for at in (0, 65 * M, 6 * 24 * 60 * M + 14 * 60 * M)] == [
        "T+0d 0h",
        "T+0d 1h",
        "T+6d14h",
    ]


@pytest.mark.parametrize("organisation", ["orebro", "haninge"])
@pytest.mark.parametrize("replication", [0, 1])
def test_a_whole_play_can_be_read_aloud(organisation: str, replication: int) -> None:
    setup, _ = load_setup("elavbrott", organisation)
    log = play(compile_play(setup), 1, replication)
    entries = timeline(log, setup).entries
    assert [entry.at for entry in entries] == sorted(entry.at for entry in entries)
    text = "\n".join(line for entry in entries for line in (entry.headline, *entry.reasons, *entry.lines))
    # Nothing of the machine's language is left: neither ids nor unfilled places.
    ids = {*setup.organisation.functions, *setup.scenario.facts, *setup.vocabulary.decisions} - {"drift", "rektor"}
    assert [word for word in ids if "_" in word and re.search(rf"\b{word}\b", text)] == []
    assert "{" not in text
    for entry in entries:
        assert entry.headline[0].isupper() or not entry.headline[0].isalpha()
        assert all(0 <= number < len(log) and log[number].at <= entry.at for number in entry.records)
    # Every level and every inject of the log is told.
    for record in log:
        if isinstance(record, r.InjectSent):
            assert any(entry.kind == "inject" and entry.case == record.case for entry in entries)
        if isinstance(record, r.LevelActivated):
            assert any(entry.kind == "level" and entry.at == record.at for entry in entries)


def test_the_reasons_before_a_start_sum_to_the_wait(orebro: Setup) -> None:
    log = play(compile_play(orebro), 1, 0)
    requested = {record.task: record for record in log if isinstance(record, r.TaskRequested)}
    checked = 0
    for entry in timeline(log, orebro).entries:
        started = log[entry.records[0]]
        if not isinstance(started, r.TaskStarted) or len(entry.reasons) < 2:
            continue
        parts = [reason.split(":", 1)[0] for reason in entry.reasons[1:]]
        said = sum(parse_duration(part) for part in parts if not part.startswith("under"))
        waited = started.at - requested[started.task].at
        assert abs(said - waited) <= MINUTE / 2
        assert entry.reasons[0] == f"Väntade {say_duration(said)} i allt:"
        checked += 1
    assert checked > 10
