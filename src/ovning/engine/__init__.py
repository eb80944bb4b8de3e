"""Plays an exercise once; the only room that imports SimPy."""

from ovning.engine.compiled import Compiled, compile_play
from ovning.engine.play import play

__all__ = ["Compiled", "compile_play", "play"]
