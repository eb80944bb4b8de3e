"""YAML files become models, or problems with file, line and column."""

from ovning.files.check import check_paths
from ovning.files.folders import shipped_folder
from ovning.files.listing import Shipped, list_shipped
from ovning.files.reading import Reader
from ovning.files.schema import KINDS, file_schema
from ovning.files.setup import load_setup

__all__ = ["KINDS", "Reader", "Shipped", "check_paths", "file_schema", "list_shipped", "load_setup", "shipped_folder"]
