"""A crash leaves a log file: version, command line and traceback, for whoever mends the program."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import traceback
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from ovning import say_version


def state_folder() -> Path:
    """Where the user's programs keep what they remember between runs."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = os.environ.get("XDG_STATE_HOME") or str(Path.home() / "Library" / "Logs")
    else:
        base = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(base) / "ovning"


def write_crash_log(crash: BaseException, arguments: Sequence[str]) -> Path | str:
    """Writes the log file and returns its path; if it can be written nowhere, returns the traceback's last line."""
    now = datetime.now(UTC)
    text = "\n".join(
        (
            f"{say_version()}, Python {platform.python_version()}, {platform.platform()}",
            f"{now.isoformat(timespec='seconds')}",
            f"ovning {' '.join(arguments)}",
            "",
            "".join(traceback.format_exception(crash)),
        )
    )
    name = f"krasch-{now:%Y%m%d-%H%M%S}-{os.getpid()}.log"
    for folder in (_state_folder_or_none(), Path(tempfile.gettempdir())):
        if folder is None:
            continue
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        except OSError:
            continue
        return folder / name
    return f"(ingen fil, för ingen mapp gick att skriva i) {type(crash).__name__}: {crash}"


def _state_folder_or_none() -> Path | None:
    try:
        return state_folder()
    except RuntimeError:  # no home folder
        return None
