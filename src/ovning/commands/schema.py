"""``ovning schema``: JSON Schema for editors."""

from __future__ import annotations

import json
import sys

from ovning.errors import UsageError
from ovning.files import KINDS, file_schema


def schema(kind: str | None) -> int:
    """Write the schema of a kind of file to standard output; without a kind, the kinds."""
    if kind is None:
        sys.stdout.write("".join(f"{known}\n" for known in KINDS))
        return 0
    if kind not in KINDS:
        raise UsageError(f"”{kind}” är inget slags fil. Välj {', '.join(KINDS)}.")
    sys.stdout.write(json.dumps(file_schema(kind), ensure_ascii=False, indent=2) + "\n")
    return 0
