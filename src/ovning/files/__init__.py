"""YAML files become models, or problems with file, line and column."""

from ovning.files.folders import shipped_folder
from ovning.files.setup import load_setup

__all__ = ["load_setup", "shipped_folder"]
