"""What is kept of a run that was stopped: whole chunks, for the same run alone, and never by two at once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from ovning.commands import journal
from ovning.commands.kept import EVENTS, Kept, keeping, left
from ovning.errors import OutputError, UsageError
from ovning.experiment.chunks import CHUNK, Arm, Brought, play_all, replay_all
from ovning.files import load_setup
from ovning.log import parquet
from ovning.model.setup import Setup
from tests.experiment.two_alarms import two_alarms

RUNS = CHUNK + 5
MORE: Arm = ("people.officers.count=2",)
PLAN = {"command": ("ovning", "run"), "inputs": {"a.yaml": "0"}, "made_with": {"ovning": "1"}}


class Shelf(list[tuple[Arm, int, Brought]]):
    def kept(self, arm: Arm, chunk: int) -> bytes | None:
        return None

    def keep(self, arm: Arm, chunk: int, brought: Brought) -> None:
        self.append((arm, chunk, brought))


@pytest.fixture(scope="module")
def setup(tmp_path_factory: pytest.TempPathFactory) -> Setup:
    return load_setup(two_alarms(tmp_path_factory.mktemp("kept")), "lillby")[0]


@pytest.fixture(scope="module")
def chunks(setup: Setup) -> Shelf:
    """Two with logs and two without."""
    shelf = Shelf()
    play_all(setup, 3, range(RUNS), keeper=shelf)
    list(replay_all([(MORE, setup)], 3, range(RUNS), keeper=shelf))
    return shelf


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "ut"


class StoppedError(Exception):
    """As if the program had been stopped."""


@contextmanager
def interrupted(target: Path) -> Iterator[Kept]:
    with suppress(StoppedError), keeping(target, PLAN, resume=True) as kept:
        yield kept
        raise StoppedError


def stopped(target: Path, chunks: Shelf) -> Path:
    with interrupted(target) as kept:
        for chunk in chunks:
            kept.keep(*chunk)
    return target.with_name(f".{target.name}.part")


def resumed(target: Path, chunks: Shelf, out: Path) -> int:
    """Take what there is, add the rest, and put the logs in a file; gives how many chunks there were."""
    with keeping(target, PLAN, resume=True) as kept:
        ready = finish(kept, chunks, out)
    assert not target.with_name(f".{target.name}.part").exists()
    return ready


def finish(kept: Kept, chunks: Shelf, out: Path) -> int:
    ready = 0
    for arm, chunk, brought in chunks:
        tally = kept.kept(arm, chunk)
        if tally is None:
            kept.keep(arm, chunk, brought)
        else:
            assert tally == brought.tally
            ready += 1
    kept.events(out)
    return ready


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory, chunks: Shelf) -> bytes:
    folder = tmp_path_factory.mktemp("wanted")
    assert resumed(folder / "ut", chunks, folder / EVENTS) == 0
    assert len(list(parquet.read(folder / EVENTS))) == RUNS
    return (folder / EVENTS).read_bytes()


@pytest.mark.parametrize("ready", range(5))
def test_it_goes_on_from_the_chunks_that_were_kept(
    target: Path, chunks: Shelf, wanted: bytes, tmp_path: Path, ready: int
) -> None:
    folder = stopped(target, Shelf(chunks[:ready]))
    plays = sum(brought.plays for _, _, brought in chunks[:ready])
    assert left(target) == plays
    assert folder.exists() == (ready > 0)
    assert resumed(target, chunks, tmp_path / EVENTS) == ready
    assert (tmp_path / EVENTS).read_bytes() == wanted


def cuts(size: int) -> Iterator[int]:
    yield from (0, 1, 3, 4, 5)
    yield from range(6, size, max(1, size // 40))
    yield from (size - 1, size)


@pytest.mark.parametrize("name", ["chunks", EVENTS])
def test_wherever_the_writing_was_cut_off_it_goes_on_from_what_is_whole(
    tmp_path: Path, chunks: Shelf, wanted: bytes, name: str
) -> None:
    folder = stopped(tmp_path / "först", chunks)
    whole = (folder / name).read_bytes()
    other = {path.name: path.read_bytes() for path in folder.iterdir() if path.name != name}
    ends = [record.ends for record in journal.read(folder / "chunks")]
    logs = [record.logs.at + record.logs.size for record in journal.read(folder / "chunks") if record.logs]
    for number, size in enumerate(cuts(len(whole))):
        target = tmp_path / f"ut{number}"
        again = target.with_name(f".{target.name}.part")
        again.mkdir()
        for path, data in other.items():
            (again / path).write_bytes(data)
        (again / name).write_bytes(whole[:size])
        ready = resumed(target, chunks, tmp_path / EVENTS)
        if name == "chunks":
            assert ready == sum(end <= size for end in ends)
        else:
            # What follows logs that are not whole is not used either.
            assert ready == (sum(end <= size for end in logs) if size < logs[-1] else len(chunks))
        assert (tmp_path / EVENTS).read_bytes() == wanted


def test_logs_that_were_damaged_are_made_again(target: Path, chunks: Shelf, wanted: bytes, tmp_path: Path) -> None:
    folder = stopped(target, chunks)
    with (folder / EVENTS).open("r+b") as file:
        file.seek(-5, 2)
        file.write(b"x")
    assert resumed(target, chunks, tmp_path / EVENTS) == 1
    assert (tmp_path / EVENTS).read_bytes() == wanted


def test_stopped_again_and_again(target: Path, chunks: Shelf, wanted: bytes, tmp_path: Path) -> None:
    for number in range(len(chunks)):
        with interrupted(target) as kept:
            for arm, chunk, brought in chunks[: number + 1]:
                if kept.kept(arm, chunk) is None:
                    kept.keep(arm, chunk, brought)
            assert kept.plays == sum(brought.plays for _, _, brought in chunks[: number + 1])
    assert resumed(target, chunks, tmp_path / EVENTS) == len(chunks)
    assert (tmp_path / EVENTS).read_bytes() == wanted


def test_stopped_after_the_logs_were_ended(target: Path, chunks: Shelf, wanted: bytes, tmp_path: Path) -> None:
    with interrupted(target) as kept:
        finish(kept, chunks, tmp_path / "en.parquet")
    assert resumed(target, chunks, tmp_path / EVENTS) == len(chunks)
    assert (tmp_path / EVENTS).read_bytes() == wanted


def test_without_resume_what_was_left_is_thrown_away(target: Path, chunks: Shelf) -> None:
    stopped(target, chunks)
    with keeping(target, PLAN, resume=False) as kept:
        assert kept.plays == 0
        assert kept.kept(*chunks[0][:2]) is None
    assert list(target.parent.iterdir()) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"command": ("ovning", "run", "--seed", "2")}, "en annan körning: ovning run. "),
        ({"inputs": {"a.yaml": "1"}}, "a.yaml har ändrats"),
        ({"inputs": {"a.yaml": "0", "b.yaml": "1"}}, "b.yaml har ändrats"),
        ({"made_with": {"ovning": "2"}}, "Programmet är inte detsamma"),
    ],
)
def test_what_is_left_of_another_run_is_refused_and_kept(
    target: Path, chunks: Shelf, change: dict[str, object], said: str
) -> None:
    stopped(target, Shelf(chunks[:1]))
    with pytest.raises(UsageError, match=said), keeping(target, PLAN | change, resume=True):
        pass
    assert left(target) == CHUNK


def test_two_at_once_are_refused_and_the_first_is_not_disturbed(
    target: Path, chunks: Shelf, wanted: bytes, tmp_path: Path
) -> None:
    with keeping(target, PLAN, resume=False) as kept:
        kept.keep(*chunks[0])
        for resume in (True, False):
            with pytest.raises(OutputError, match="En annan körning"), keeping(target, PLAN, resume=resume):
                pass
        finish(kept, Shelf(chunks[1:]), tmp_path / EVENTS)
    assert (tmp_path / EVENTS).read_bytes() == wanted


def test_what_was_half_put_in_place_is_put_right(target: Path, chunks: Shelf) -> None:
    folder = stopped(target, chunks)
    # Killed between taking the old target away and putting the new one there.
    old = folder / ".old-abc" / target.name
    old.mkdir(parents=True)
    (old / "manifest.json").write_text(json.dumps({"program": "ovning", "files": {}}))
    making = folder / f".{target.name}-xyz" / target.name
    making.mkdir(parents=True)
    (making / "half").write_text("hal")
    stopped(target, Shelf())
    assert [path.name for path in target.iterdir()] == ["manifest.json"]
    assert {path.name for path in folder.iterdir()} == {"chunks", EVENTS, "lock", "plan.json"}


def test_a_target_that_stands_already_is_never_cut_off(target: Path, chunks: Shelf, wanted: bytes) -> None:
    with interrupted(target) as kept:
        target.mkdir()
        finish(kept, chunks, target / EVENTS)
    (target / "manifest.json").write_text(
        json.dumps({"program": "ovning", "files": {EVENTS: hashlib.sha256(wanted).hexdigest()}})
    )
    folder = target.with_name(f".{target.name}.part")
    if not (folder / EVENTS).samefile(target / EVENTS):
        pytest.skip("the disk has no hard links")
    with interrupted(target) as kept:
        assert kept.standing
        kept.kept(*chunks[0][:2])
        # As if the rest could not be used: the logs of the target are another file from now on.
        kept.kept((), 7)
        kept.keep(*chunks[1])
        assert not kept.standing
    assert (target / EVENTS).read_bytes() == wanted
