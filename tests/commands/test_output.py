"""A folder of results appears whole or not at all, and nobody's work is written over."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ovning.commands.output import MANIFEST, folder_in_the_making, hashes
from ovning.errors import OutputError


def make(target: Path, text: str = "svar") -> None:
    with folder_in_the_making(target) as folder:
        (folder / "under").mkdir()
        (folder / "under" / "results.txt").write_text(text)
        assert not (target / "under" / "results.txt").exists() or (target / "under" / "results.txt").read_text() != text
        (folder / MANIFEST).write_text(json.dumps({"program": "ovning", "files": hashes(folder)}))


def test_it_is_in_place_when_done_and_nothing_else_is_left(tmp_path: Path) -> None:
    make(tmp_path / "a" / "b")
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b"]
    assert (tmp_path / "a" / "b" / "under" / "results.txt").read_text() == "svar"


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_an_interruption_leaves_nothing(tmp_path: Path, error: type[BaseException]) -> None:
    def halfway() -> None:
        with folder_in_the_making(tmp_path / "b") as folder:
            (folder / "half").write_text("hal")
            raise error

    with pytest.raises(error):
        halfway()
    assert list(tmp_path.iterdir()) == []


def test_an_interruption_keeps_what_was_there(tmp_path: Path) -> None:
    make(tmp_path / "b", "gammalt")

    def halfway() -> None:
        with folder_in_the_making(tmp_path / "b"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        halfway()
    assert (tmp_path / "b" / "under" / "results.txt").read_text() == "gammalt"
    assert [path.name for path in tmp_path.iterdir()] == ["b"]


def test_our_own_folder_is_replaced_whole(tmp_path: Path) -> None:
    make(tmp_path / "b", "gammalt")
    make(tmp_path / "b", "nytt")
    assert (tmp_path / "b" / "under" / "results.txt").read_text() == "nytt"
    assert [path.name for path in tmp_path.iterdir()] == ["b"]


def test_an_empty_folder_may_be_used(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    make(tmp_path / "b")
    assert (tmp_path / "b" / MANIFEST).exists()


@pytest.mark.parametrize("name", ["mina-anteckningar.txt", "under/results.txt"])
def test_a_folder_in_which_somebody_wrote_is_left_alone(tmp_path: Path, name: str) -> None:
    make(tmp_path / "b")
    (tmp_path / "b" / name).write_text("mitt")
    with pytest.raises(OutputError, match=name):
        make(tmp_path / "b")
    assert (tmp_path / "b" / name).read_text() == "mitt"


@pytest.mark.parametrize("manifest", [None, "{", "[]", '{"program": "annat", "files": {}}', '{"program": "ovning"}'])
def test_a_folder_that_is_not_ours_is_left_alone(tmp_path: Path, manifest: str | None) -> None:
    target = tmp_path / "b"
    target.mkdir()
    (target / "x").write_text("mitt")
    if manifest is not None:
        (target / MANIFEST).write_text(manifest)
    with pytest.raises(OutputError, match="inte gjord av ovning"):
        make(target)
    assert (target / "x").read_text() == "mitt"


def test_a_file_in_the_way_is_told_before_any_work(tmp_path: Path) -> None:
    (tmp_path / "b").write_text("mitt")
    for target in (tmp_path / "b", tmp_path / "b" / "c"):
        with pytest.raises(OutputError):
            make(target)
    assert (tmp_path / "b").read_text() == "mitt"
