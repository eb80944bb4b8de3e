"""What the documentation shows works as it stands."""

import re
from pathlib import Path

import pytest

from ovning.engine import compile_play, play
from ovning.files import check_paths, load_setup
from ovning.log.records import InjectReceived, LevelActivated

DOCS = Path(__file__).parent.parent / "docs"


@pytest.fixture
def own(tmp_path):
    """The organisation of docs/own-organisation.md, saved as a reader would."""
    (block,) = re.findall(r"```yaml\n(.*?)```", (DOCS / "own-organisation.md").read_text("utf-8"), re.DOTALL)
    assert block.count("\n") < 60
    path = tmp_path / "min_kommun.yaml"
    path.write_text(block, "utf-8")
    return path


def test_an_organisation_in_under_sixty_lines_has_no_errors(own):
    assert [p for p in check_paths([own]) if p.severity == "error"] == []


def test_an_organisation_in_under_sixty_lines_plays(own):
    setup, _ = load_setup("elavbrott", own)
    log = play(compile_play(setup), 1, 0)
    assert any(isinstance(r, InjectReceived) for r in log)
    assert any(isinstance(r, LevelActivated) for r in log)
