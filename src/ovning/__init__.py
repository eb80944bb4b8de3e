"""Ovning plays scripted crisis exercises against a modelled municipal organisation."""

__version__ = "0.1.0"
