"""Everything that must hold before a change goes in: style, types, import arrows, tests.

Stops at the first that fails.
"""

from __future__ import annotations

import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_SCRIPTS = Path(sysconfig.get_path("scripts"))
_PYTHON = sys.executable
CHECKS: tuple[tuple[str, ...], ...] = (
    (_PYTHON, "-m", "ruff", "check", "."),
    (_PYTHON, "-m", "ruff", "format", "--check", "."),
    (_PYTHON, "-m", "mypy"),
    (str(_SCRIPTS / "lint-imports"),),
    (_PYTHON, "-m", "pytest", "-q", "-n", "2"),
)


def main(extra: list[str]) -> int:
    """Run all checks from the repository's root; ``extra`` goes to pytest."""
    for check in CHECKS:
        command = [*check, *extra] if "pytest" in check else list(check)
        sys.stdout.write(f"$ {' '.join([Path(command[0]).name, *command[1:]])}\n")
        sys.stdout.flush()
        code = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, check=False).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
