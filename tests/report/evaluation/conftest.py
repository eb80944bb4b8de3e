"""An exercise that was held, as one utvärdering."""

from __future__ import annotations

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
