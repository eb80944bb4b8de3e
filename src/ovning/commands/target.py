"""Where results are put when nobody says where."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from ovning.model.setup import Setup

RESULTS: Final = "resultat"


def results_folder(named: Sequence[str], setup: Setup, seed: int, other: Sequence[str]) -> Path:
    """A folder named by what was played; ``other``: what else was changed, so that it lies beside and not on top."""
    parts = [*named, *([setup.variation] if setup.variation else []), f"frö{seed}"]
    if setup.at_population is not None:
        parts.append(f"{setup.at_population}-invånare")
    if other:
        digest = hashlib.sha256("\n".join(other).encode()).hexdigest()
        parts.append(f"ändrat-{digest[:6]}")
    return Path(RESULTS) / "-".join(parts)
