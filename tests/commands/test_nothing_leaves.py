"""Nothing leaves the machine: a whole run asks nobody on any network, and no more does what it writes when read."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

# Loaded by every Python process of the run, its workers too, before anything else.
WATCH = """
import os, socket, sys

def _watch(event, arguments):
    asked = event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")
    # Processes of one machine may speak with each other through sockets that are files.
    network = event == "socket.__new__" and arguments[1] != getattr(socket, "AF_UNIX", None)
    if asked or network:
        with open(os.environ["OVNING_HEARD"], "a") as heard:
            heard.write(f"{event} {arguments[1:]}\\n")
        raise OSError("no network here")

sys.addaudithook(_watch)
with open(os.environ["OVNING_STARTED"], "a") as started:
    started.write("process\\n")
"""
RUN = (
    *("run", "elavbrott", "--org", "egen.yaml", "--runs", "26", "--jobs", "2", "--gains", "0"),
    *("--set", "scenario.horizon=1 h", "--out", "ut", "--open", "--marking", "Får inte spridas"),
)


def watched(folder: Path, *program: str) -> tuple[int, str]:
    """Run Python where every look at the network is heard; its exit code and what was heard."""
    (folder / "watch").mkdir(exist_ok=True)
    (folder / "watch" / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    (folder / "heard").write_text("")
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(folder / "watch"), *filter(None, sys.path))),
        "OVNING_HEARD": str(folder / "heard"),
        "OVNING_STARTED": str(folder / "started"),
    }
    done = subprocess.run(
        [sys.executable, *program], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert (folder / "started").read_text().count("process") >= 1
    return done.returncode, (folder / "heard").read_text()


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int, str]:
    folder = tmp_path_factory.mktemp("own")
    (folder / "egen.yaml").write_text("based_on: orebro\norganisation: egen\ntitle: Egen\n", encoding="utf-8")
    code, heard = watched(folder, "-m", "ovning", *RUN)
    return folder, code, heard


@pytest.mark.parametrize(
    "program",
    [
        "import socket; socket.socket(socket.AF_INET, socket.SOCK_STREAM)",
        "import socket; socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)",
        "import socket; socket.getaddrinfo('localhost', 80)",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9')",
        "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import socket; socket.socket()'])",
    ],
)
def test_a_look_at_the_network_would_be_heard(program: str, tmp_path: Path) -> None:
    assert watched(tmp_path, "-c", program)[1] != ""


def test_a_whole_run_asks_nobody(run: tuple[Path, int, str]) -> None:
    folder, code, heard = run
    assert code == 0
    assert heard == ""
    assert (folder / "ut" / "report.html").is_file()
    assert (folder / "ut-öppet" / "utdrag.html").is_file()


class References(HTMLParser):
    """What a browser would fetch, or somebody could be led to."""

    NAMES = ("src", "href", "xlink:href", "srcset", "action", "formaction", "poster", "data", "ping", "background")

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [(tag, name, value) for name, value in attrs if name in self.NAMES]


def test_what_is_written_leads_nowhere(run: tuple[Path, int, str]) -> None:
    folder, _, _ = run
    pages = [*folder.rglob("*.html"), *folder.rglob("*.svg")]
    assert len(pages) >= 4
    for page in pages:
        text = page.read_text(encoding="utf-8")
        references = References()
        references.feed(text)
        assert [one for one in references.found if not (one[2] or "").startswith(("#", "data:"))] == [], page
        assert not re.search(r"url\(\s*['\"]?(?!#|data:)|@import", text), page
        asks = r"\b(fetch|importScripts|import)\s*\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|window\.open"
        assert not re.search(asks, text), page
