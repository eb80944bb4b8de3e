"""A page in headless Chromium: a script is put into a copy of it, and what the script says is read back.

No driver is needed: the script leaves what it found in the page, as text, and Chromium prints the page as it then is.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path
from typing import Any, Final

import pytest

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_FOUND: Final = re.compile(r'<pre id="found">(.*?)</pre>', re.DOTALL)
_PATIENCE: Final = 20_000
"""Milliseconds of the page's own clock, which goes as fast as it can."""


def chromium() -> str:
    """Where Chromium is; the test is skipped where it is not."""
    for name in _NAMES:
        if path := shutil.which(name):
            return path
    pytest.skip(
        f"no Chromium on this machine (looked for {', '.join(_NAMES)}): what only a browser can tell is not tested"
    )


def ask(page: str, script: str, folder: Path, *, width: int = 1100, before: str = "") -> Any:
    """What ``script``, the body of an async function, gives back when it is run in the loaded page.

    ``before`` is a script that comes first; ``width`` is the window's, in pixels of CSS.
    """
    asked = f"""
    {before}
    window.addEventListener("load", async () => {{
      let found;
      try {{
        found = {{ said: await (async () => {{ {script} }})() }};
      }} catch (error) {{
        found = {{ failed: String(error) }};
      }}
      const told = document.createElement("pre");
      told.id = "found";
      told.textContent = JSON.stringify(found);
      document.body.replaceChildren(told);
    }});
    """.replace("</script", r"<\/script")
    assert page.rstrip().endswith("</html>")
    copy = folder / "page.html"
    copy.write_text(page.replace("</head>", f"<script>{asked}</script></head>", 1), encoding="utf-8")
    command = [
        chromium(), "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
        f"--user-data-dir={folder / 'profile'}", f"--window-size={width},900",
        f"--virtual-time-budget={_PATIENCE}", "--dump-dom", copy.as_uri(),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=300, check=False)
    written = _FOUND.search(done.stdout)
    assert written, f"Chromium came to nothing: {done.stderr[-2000:]}"
    found = json.loads(unescape(written[1]))
    assert "failed" not in found, found["failed"]
    return found["said"]
