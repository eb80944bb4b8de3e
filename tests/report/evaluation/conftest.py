"""An exercise that was held, as one utvärdering."""

from __future__ import annotations

from pathlib import Path

import pytest

from ovning.evaluate.judging import judge
from ovning.evaluate.understanding import understand
from ovning.experiment.chunks import play_all
from ovning.experiment.forecast import dry_run
from ovning.experiment.gain import try_worst
from ovning.files import load_setup
from ovning.report.evaluation.outcome import Evaluated
from tests.evaluate.untidy import excel

PLAYS = 6


_HALF_DAY = """tid (T+);kriterium;inspel;observation;bedömning;styrka/brist;värde
2:30;;V3;Beskedet om brottet kommer;;;
2:50;;V4;Sjukhuset ringer;;;
3:15;M1.3;;Driften har räknat ut när tornen är tomma;;;
3:18;M4.1;;Sjukhuset fick ett besked;Delvis uppnått;;
3:19;M4.1;;Beskedet sa emot det som stod på webben;;brist;
3:10;M1.4;;Kommundirektören säger att staben ska samlas;;;
5:52;M3.1;;Planen aktiverad av stabschefen;;styrka;
5:58;M3.2;;Skolorna får besked om stängning;;;
14:02;M6.1;;Vårdboenden som fått vatten;;;80 %
31:14;M3.4;;Beslut om kokning står inte fast;Ej uppnått;;
"""
"""Held in half a day: hours are jumped, and a staff is in the room."""


def evaluation_of(exercise: str, place: str, notes: Path) -> Evaluated:
    setup = load_setup(exercise, place)[0]
    read = understand([notes], setup)
    found = dry_run(setup, 1, PLAYS)
    judged = judge(setup, read.notes, found.planned)
    files = [(notes.name, len(read.notes))]
    return Evaluated(setup, read.notes, read.lost, judged, found, files, [], None, 1, ())


@pytest.fixture(scope="session")
def half_day(tmp_path_factory: pytest.TempPathFactory) -> Evaluated:
    notes = tmp_path_factory.mktemp("half_day") / "protokoll.csv"
    notes.write_text(_HALF_DAY, encoding="utf-8")
    return evaluation_of("vattenbrist", "karlstad", notes)


@pytest.fixture(scope="session")
def evaluated(tmp_path_factory: pytest.TempPathFactory) -> Evaluated:
    setup = load_setup("elavbrott", "orebro")[0]
    read = understand([excel(tmp_path_factory.mktemp("notes"))], setup)
    before = play_all(setup, 1, range(PLAYS))
    brought = try_worst(setup, before, lambda sets: load_setup("elavbrott", "orebro", sets=sets)[0], 2)
    tried = [one.gain for one in brought if one.gain is not None]
    files = [("protokoll.xlsx", len(read.notes))]
    return Evaluated(
        setup, read.notes, read.lost, judge(setup, read.notes), dry_run(setup, 1, PLAYS), files, tried, None, 1, ()
    )
