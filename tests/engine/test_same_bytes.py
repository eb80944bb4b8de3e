"""Same inputs, same bytes: on any processor, in any place, in whatever order the mappings of the files stand."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import yaml

from ovning.engine import compile_play, play
from ovning.files import load_setup, shipped_folder
from ovning.log import jsonl
from ovning.log.records import PlayStarted

SEED, PLAY = 7, 17
ROOT = Path(__file__).parents[2]
PROGRAM = """
import sys
from pathlib import Path
from ovning.engine import compile_play, play
from ovning.files import load_setup
from ovning.log import jsonl
exercise, organisation, to, seed, replication = sys.argv[1:]
compiled = compile_play(load_setup(exercise, organisation)[0])
jsonl.write(play(compiled, int(seed), int(replication)), Path(to))
"""


def _bytes(log, folder):
    path = folder / "log.jsonl"
    jsonl.write(log, path)
    return path.read_bytes()


def _in_another_process(folder, exercise="elavbrott", **environment):
    """The log of play 17 as a fresh interpreter writes it, with these variables in its environment."""
    to = folder / "other.jsonl"
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **environment}
    subprocess.run(
        [sys.executable, "-W", "error", "-c", PROGRAM, str(exercise), "orebro", str(to), str(SEED), str(PLAY)],
        check=True,
        env=env,
        cwd=folder,
        timeout=120,
    )
    return to.read_bytes()


@pytest.fixture(scope="module")
def compiled():
    return compile_play(load_setup("elavbrott", "orebro")[0])


@pytest.fixture(scope="module")
def reference(compiled, tmp_path_factory):
    return _bytes(play(compiled, SEED, PLAY), tmp_path_factory.mktemp("reference"))


def test_a_play_is_the_same_alone_and_among_others(compiled, reference, tmp_path):
    for replication in (16, 18, 17, 3, 17):
        log = play(compiled, SEED, replication)
        if replication == PLAY:
            assert _bytes(log, tmp_path) == reference
    again = compile_play(load_setup("elavbrott", "orebro")[0])
    assert _bytes(play(again, SEED, PLAY), tmp_path) == reference


def test_another_play_and_another_seed_are_other_plays(compiled):
    def after_the_first_record(seed, replication):
        log = play(compiled, seed, replication)
        assert isinstance(log[0], PlayStarted)
        return log[1:]

    assert after_the_first_record(SEED, PLAY) != after_the_first_record(SEED, 18)
    assert after_the_first_record(SEED, PLAY) != after_the_first_record(8, PLAY)


def test_neither_language_nor_the_order_of_hashes_nor_the_time_zone_changes_a_byte(reference, tmp_path):
    assert _in_another_process(tmp_path, LC_ALL="C", PYTHONHASHSEED="1", TZ="America/Los_Angeles") == reference
    assert _in_another_process(tmp_path, LC_ALL="C.UTF-8", PYTHONHASHSEED="4711") == reference


def _dispatched():
    """Features of this processor that NumPy would use and can be told not to."""
    probe = (
        "import json, numpy as np; print(json.dumps(np.show_config(mode='dicts')['SIMD Extensions'].get('found', [])))"
    )
    done = subprocess.run([sys.executable, "-c", probe], check=True, capture_output=True, text=True, timeout=60)
    return json.loads(done.stdout)


def test_the_processor_does_not_change_a_byte(reference, tmp_path):
    found = _dispatched()
    if not found:
        pytest.skip(f"NumPy {np.__version__} finds nothing to turn off on this processor")
    assert _in_another_process(tmp_path, NPY_DISABLE_CPU_FEATURES=" ".join(found)) == reference


@pytest.mark.parametrize("order", [1, 2])
def test_mappings_have_no_order(reference, tmp_path, order):
    dice = random.Random(order)
    turned = 0
    for path in sorted(shipped_folder().glob("**/*.yaml")):
        text = path.read_text(encoding="utf-8")
        mixed = _shuffled(text, dice)
        to = tmp_path / path.relative_to(shipped_folder())
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_text(mixed, encoding="utf-8")
        turned += list(yaml.safe_load(text)) != list(yaml.safe_load(mixed))
    assert turned >= 4, "the files were to be shuffled"
    setup, _ = load_setup(tmp_path / "elavbrott", tmp_path / "organisations" / "orebro.yaml")
    assert _bytes(play(compile_play(setup), SEED, PLAY), tmp_path) == reference


def _shuffled(text, dice):
    """The same file with the keys of every mapping in another order, scalars as they were written."""

    def shuffle(node):
        if isinstance(node, yaml.MappingNode):
            dice.shuffle(node.value)
            for _, value in node.value:
                shuffle(value)
        elif isinstance(node, yaml.SequenceNode):
            for item in node.value:
                shuffle(item)

    root = yaml.compose(text, Loader=yaml.SafeLoader)
    shuffle(root)
    return yaml.serialize(root, allow_unicode=True)


def test_every_time_is_a_whole_number_of_milliseconds(compiled):
    for record in play(compiled, SEED, PLAY):
        for name in ("at", "since", "answers_at", "horizon"):
            value = getattr(record, name, None)
            assert value is None or type(value) is int, f"{type(record).__name__}.{name} is {value!r}"
