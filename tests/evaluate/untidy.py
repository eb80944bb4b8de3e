"""The same observations of elavbrott as five people would hand them in, and what they come to by hand.

STARTEX is 03:50. By hand, with the exercise's limits (met / partly):

    M1.1  received E1 within 10 / 20 min: 03:57, 7 min → met
    M1.2  the staff within 3 / 5 h of the start: 07:35, 3 h 45 min → partly
    M2.1  verified within 30 min / 1 h of E1: 05:05, 1 h 15 min → not met
    M2.2  why the alarms are silent, 45 min / 1 h 30 min after E5, noted at 05:40: 06:00, 20 min → met by rule,
          but the evaluator says partly: they only guessed
    M3.3  nobody saw it → not assessable, by the evaluator's own word
    M6.4  92 % of the visits in time, 90 / 75 % → met
    M7.2  past midnight: E16 noted at 23:50, the roster at 01:20 the next day, 1 h 30 min, 2 / 4 h → met
    all others: no row → not assessable
"""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime, time
from pathlib import Path

from openpyxl import Workbook

from ovning.evaluate.note import OwnGrade

EXPECTED: dict[str, OwnGrade] = {
    "M1.1": "met",
    "M1.2": "partly",
    "M2.1": "not_met",
    "M2.2": "partly",
    "M3.3": "not_assessable",
    "M6.4": "met",
    "M7.2": "met",
}
"""All others: not assessable."""
MEASURED = {"M1.1": 7, "M1.2": 225, "M2.1": 75, "M2.2": 20, "M7.2": 90}
"""Minutes."""


def excel(folder: Path) -> Path:
    """Swedish Excel: a title above, merged cells, times as Excel keeps them, two sheets and two observers."""
    book = Workbook()
    first = book.worksheets[0]
    first.title = "Ledningsplatsen"
    first.append(["Observationer, övning elavbrott"])
    first.merge_cells("A1:F1")
    first.append([])
    first.append(["Klockslag", "Plats", "Observation", "Mål/kriterium", "Inspel nr", "Preliminär bedömning", "Värde"])
    first.append([time(3, 57), "TiB", "TiB svarar nätbolaget", "M1.1", "E1", None, None])
    first.append([time(5, 5), "TiB", "Läget är kontrollerat", "M2.1", None, None, None])
    first.append([time(5, 40), "trygghetsjouren", "Larmmottagningen ringer", None, "E5", None, None])
    first.append([time(6, 0), "trygghetsjouren", "De gissar att det är strömmen", "M2.2", None, "Delvis uppnått", None])
    first.append([time(7, 35), "stabsrummet", "Staben är i gång", "M1.2 Central krisledning", None, None, None])
    first.merge_cells("B5:B6")
    second = book.create_sheet("Omsorgen")
    second.append(["tid", "vad hände", "kriterium", "inspel", "utfall", "bedömning"])
    second.append([time(8, 30), "Skolorna: ingen av oss såg det", "M3.3", None, None, "Ej bedömbart"])
    second.append([time(18, 0), "Besöken", "M6.4", None, 0.92, None])
    second.append([time(23, 50), "HR-chefen ringer", None, "E16", None, None])
    second.append([datetime(2026, 1, 23, 1, 20), "Schemat för helgen är klart", "M7.2", None, None, None])
    second.append([time(23, 50), "HR-chefen ringer", None, "E16", None, None])  # the same thing twice
    path = folder / "protokoll.xlsx"
    book.save(path)
    return path


def sheets(folder: Path) -> Path:
    """From Google: UTF-8, commas, English heads in another order, an empty row, the head repeated."""
    head = ["Criterion", "Inject", "Time", "What", "Assessment", "Value"]
    rows: list[list[str]] = [
        head,
        ["M1.1", "E1", "03:57", "duty officer answers", "", ""],
        ["M2.1", "", "05:05", "verified", "", ""],
        ["", "E5", "05:40", "the alarm centre rings", "", ""],
        [],
        ["M2.2", "", "06:00", "they guess", "partly", ""],
        head,
        ["M1.2", "", "07:35", "staff is up", "", ""],
        ["M3.3", "", "08:30", "nobody saw it", "not assessable", ""],
        ["M6.4", "", "18:00", "visits", "", "92 %"],
        ["", "E16", "23:50", "HR rings", "", ""],
        ["M7.2", "", "01:20", "roster done", "", ""],
    ]
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    path = folder / "notes.csv"
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def swedish_csv(folder: Path) -> Path:
    """From LibreOffice and Swedish Excel: semicolons, Windows-1252, all ways to write a time."""
    lines = [
        "Tid;Roll;Iakttagelse;Kriterium;Inspelsnr;Bedömning;Andel",
        "kl 03.57;TiB;Svarar nätbolaget;m1.1;E1;;",
        "0505;TiB;Läget är kontrollerat;M 2.1;;;",
        "5.40;trygghetsjouren;Larmmottagningen ringer;;E5 Trygghetslarmen;;",
        "06:00:00;trygghetsjouren;”Det är nog strömmen”;M2:2;;Delvis;",
        "T+3:45;stabsrummet;Staben är i gång;M1-2;;;",
        "08:30;;Ingen såg det;M3.3;;Ej bedömbart;",
        "18.00;;Besöken;M6.4;;;92,0 %",
        "2026-01-22 23:50;;HR-chefen ringer;;e16;;",
        "23/1 01.20;;Schemat är klart;M7.2;;;",
    ]
    path = folder / "noteringar.csv"
    path.write_bytes("\r\n".join(lines).encode("cp1252"))
    return path


def by_hand(folder: Path) -> Path:
    """Typed in by hand, tabs between, offsets in words."""
    lines = [
        "tid\tobservation\tkriterium\tinspel\tvärde\tbedömning",
        "T+7 min\tSvarar\tM1.1\tE1\t\t",
        "T+1 h 15 min\tKontrollerat\tM2.1\t\t\t",
        "T+1:50\tLarmmottagningen ringer\t\tE5\t\t",
        "T+2:10\tGissar\tM2.2\t\t\tuppnått med brister",
        "T+3 h 45 min\tStaben\tM1.2\t\t\t",
        "\tIngen såg det\tM3.3\t\t\tkan inte bedömas",
        "T+14:10\tBesöken\tM6.4\t\t92\t",
        "T+20 h\tHR ringer\t\tE16\t\t",
        "T+21:30\tSchemat klart\tM7.2\t\t\t",
    ]
    path = folder / "avskrift.txt"
    path.write_text("\n".join(lines), encoding="utf-8-sig")
    return path


def lines(folder: Path) -> Path:
    """JSON lines, as a form on the web would send them."""
    rows = [
        {"time": "03:57", "text": "svarar", "criterion": "M1.1", "inject": "E1", "observer": "A"},
        {"time": "07:35", "text": "staben", "criterion": "M1.2", "observer": "A"},
        {"time": "05:05", "text": "kontrollerat", "criterion": "M2.1", "observer": "B"},
        {"time": "05:40", "text": "larmmottagningen", "inject": "E5", "observer": "B"},
        {"time": "06:00", "text": "gissar", "criterion": "M2.2", "grade": "delvis", "observer": "B"},
        {"text": "ingen såg det", "criterion": "M3.3", "grade": "Ej bedömbart"},
        {"time": "18:00", "text": "besöken", "criterion": "M6.4", "value": 0.92},
        {"time": "2026-01-22T23:50", "text": "HR ringer", "inject": "E16"},
        {"time": "2026-01-23 01:20", "text": "schemat", "criterion": "M7.2"},
    ]
    path = folder / "formulär.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


FILES = (excel, sheets, swedish_csv, by_hand, lines)
