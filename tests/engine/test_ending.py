"""What a play leaves behind."""

import gc
from pathlib import Path

from ovning.engine import compile_play, play
from ovning.files import load_setup


def test_a_play_is_freed_without_a_search_for_garbage():
    setup, _ = load_setup("elavbrott", "orebro", sets=["scenario.horizon=12 h"])
    compiled = compile_play(setup)
    play(compiled, 1, 0)
    gc.collect()
    gc.disable()
    try:
        records = len(play(compiled, 1, 1))
        left = gc.collect()
    finally:
        gc.enable()
    assert left < records / 2  # a play that is left as it is leaves several objects for each record


def test_plays_of_one_compiled_setup_do_not_meet(tmp_path: Path):
    compiled = compile_play(load_setup("elavbrott", "haninge", sets=["scenario.horizon=6 h"])[0])
    fresh = compile_play(load_setup("elavbrott", "haninge", sets=["scenario.horizon=6 h"])[0])
    before = [play(compiled, 1, n) for n in range(6)]
    assert play(compiled, 1, 2) == before[2]
    assert play(fresh, 1, 5) == before[5]
