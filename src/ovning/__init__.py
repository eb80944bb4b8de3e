"""Ovning plays scripted crisis exercises against a modelled municipal organisation."""

from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

__version__ = "0.1.0"


def is_compiled() -> bool:
    """Whether the engine is machine code (``tools/wheel.py``) and not read from its source; the logs are the same."""
    engine = Path(__file__).parent / "engine"
    return any((engine / f"play{suffix}").exists() for suffix in EXTENSION_SUFFIXES)


def say_version() -> str:
    """Number and, where it is so, that the engine is compiled, in Swedish."""
    return f"ovning {__version__}{' (kompilerad motor)' if is_compiled() else ''}"
