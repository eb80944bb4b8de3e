"""What the documentation shows works as it stands."""

import re
import shlex
from pathlib import Path
from typing import NamedTuple

import pytest
import typer.main
from PIL import Image

from ovning.cli import execute
from ovning.commands.line import app
from ovning.engine import compile_play, play
from ovning.files import check_paths, load_setup
from ovning.log.records import InjectReceived, LevelActivated

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
HANDBOOK = (DOCS / "handbok.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
FEW = {
    "run": ("--runs", "2", "--gains", "0", "--jobs", "1"),
    "show": ("--runs", "2"),
    "papers": ("--runs", "2", "--jobs", "1"),
}
"""Words put after a command in a block marked ``<!-- test: few plays -->``; the last of an option counts."""


class Command(NamedTuple):
    """One line of the handbook that begins with ``ovning``."""

    words: tuple[str, ...]
    few: bool

    @property
    def typed(self) -> tuple[str, ...]:
        """The words to run."""
        plays = self.words[0] in ("run", "papers") or "--coverage" in self.words
        return (*self.words, *(FEW[self.words[0]] if self.few and plays else ()))


def commands() -> list[Command]:
    blocks = re.findall(r"(?:<!-- test: ([a-z ]+) -->\n)?```sh\n(.*?)```", HANDBOOK, re.DOTALL)
    assert {mark for mark, _ in blocks} == {"", "few plays", "not run"}
    assert len(blocks) == HANDBOOK.count("```sh")
    lines = [(mark, shlex.split(line)) for mark, block in blocks for line in block.splitlines() if mark != "not run"]
    assert all(words[0] == "ovning" for _, words in lines)
    return [Command(tuple(words[1:]), mark == "few plays") for mark, words in lines]


def options(command):
    below = getattr(command, "commands", {}).values()
    own = {name for parameter in command.params for name in parameter.opts}
    return own.union(*(options(one) for one in below))


@pytest.fixture
def own(tmp_path):
    """The organisation of docs/own-organisation.md, saved as a reader would."""
    (block,) = re.findall(r"```yaml\n(.*?)```", (DOCS / "own-organisation.md").read_text("utf-8"), re.DOTALL)
    assert block.count("\n") < 60
    path = tmp_path / "solvik.yaml"
    path.write_text(block, "utf-8")
    return path


@pytest.fixture
def desk(own, monkeypatch):
    """A folder where the reader of the handbook has done what comes before each command: saved, and made a copy."""
    monkeypatch.chdir(own.parent)
    assert execute(["new", "min_ovning", "--from", "elavbrott"]) == 0
    monkeypatch.setenv("COLUMNS", "100")
    return own.parent


@pytest.fixture
def undrawn(monkeypatch):
    """Figures are made but not rendered: that takes most of a small run, and is tested where figures are."""
    monkeypatch.setattr("ovning.figures.canvas.write", lambda *_: None)
    monkeypatch.setattr("ovning.report.drawings.to_svg", lambda _: b"<svg></svg>")


def test_an_organisation_in_under_sixty_lines_has_no_errors(own):
    assert [p for p in check_paths([own]) if p.severity == "error"] == []


def test_an_organisation_in_under_sixty_lines_plays(own):
    setup, _ = load_setup("elavbrott", own)
    log = play(compile_play(setup), 1, 0)
    assert any(isinstance(r, InjectReceived) for r in log)
    assert any(isinstance(r, LevelActivated) for r in log)


def test_the_handbooks_variant_differs_from_what_it_is_based_on(desk):
    (block,) = re.findall(r"```yaml\n(organisation: .*?)```", HANDBOOK, re.DOTALL)
    (desk / "min_variant.yaml").write_text(block, "utf-8")
    setup, warnings = load_setup("elavbrott", desk / "min_variant.yaml")
    assert (setup.organisation.functions["tib"].on_call.count, warnings) == (2, ())


QUICK = [command for command in commands() if command.words[0] in {"list", "check", "trace", "--sekretess"}]
MAKING = [command for command in commands() if command.words[0] == "new"]


@pytest.mark.parametrize("command", QUICK, ids=lambda command: " ".join(command.words))
def test_the_handbooks_commands_that_play_once_or_never_work(command, desk, capsys):
    assert execute(command.typed) == 0, capsys.readouterr().err


def test_the_handbooks_folders_are_made_and_can_be_checked(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert len(MAKING) == 2
    for command in MAKING:
        assert execute(command.typed) == 0, capsys.readouterr().err
        assert execute(["check", command.words[1]]) == 0, capsys.readouterr().out


def test_the_handbooks_what_ifs_change_what_is_played(desk):
    """What a ``run`` of the handbook changes is there to change; that it plays is the slow test's to see."""
    plain, changed = load_setup("elavbrott", "orebro")[0], 0
    for _, exercise, *words in (command.words for command in commands() if command.words[0] == "run"):
        asked = {name: words[at + 1] for at, name in enumerate(words) if name in ("--set", "--start", "--variation")}
        if asked:
            assert (exercise, words[words.index("--org") + 1]) == ("elavbrott", "orebro")
            sets = [asked["--set"]] if "--set" in asked else []
            setup, _ = load_setup(
                exercise, "orebro", sets=sets, start=asked.get("--start"), variation=asked.get("--variation")
            )
            assert setup != plain
            changed += 1
    assert changed >= 8


@pytest.mark.slow
@pytest.mark.parametrize(
    "command", [one for one in commands() if one not in (*QUICK, *MAKING)], ids=lambda command: " ".join(command.words)
)
def test_the_handbooks_commands_that_play_or_draw_work(command, desk, undrawn, capsys):
    assert execute(command.typed) == 0, capsys.readouterr().err


@pytest.mark.slow
def test_the_handbooks_own_exercise_has_results_of_its_own(desk, undrawn):
    words = ("run", "min_ovning", "--org", "orebro")
    assert Command(words, few=True) in commands()
    assert execute((*words, "--runs", "1", "--gains", "0", "--jobs", "1")) == 0
    assert (desk / "resultat" / "min_ovning-orebro-frö1" / "report.html").is_file()


@pytest.mark.parametrize(
    "text", [HANDBOOK, README, (DOCS / "sekretess.md").read_text("utf-8")], ids=["handbook", "readme", "secrecy"]
)
def test_every_option_named_is_an_option(text):
    prose = re.sub(r"<!-- .*? -->|`[^`\n]*(?:pip|python|pytest)[^`\n]*`", "", text, flags=re.DOTALL)
    prose = re.sub(r"```sh\npython3.*?```", "", prose, flags=re.DOTALL)
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", prose))
    assert named
    assert named <= options(typer.main.get_command(app))


@pytest.mark.parametrize("page", sorted([ROOT / "README.md", *DOCS.glob("*.md")]), ids=lambda page: page.name)
def test_every_link_leads_somewhere(page):
    text = page.read_text("utf-8")
    headings = {
        re.sub(r"[^\w\- ]", "", line.lstrip("# ").lower()).replace(" ", "-")
        for line in text.splitlines()
        if line.startswith("#")
    }
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        path, _, anchor = target.partition("#")
        if not target.startswith("http"):
            assert (page.parent / path).exists(), target
            assert path or anchor in headings, target


@pytest.mark.parametrize("name", re.findall(r"`([\w/-]+\.(?:md|yaml|py)|exercises/[\w/]+)`", HANDBOOK))
def test_every_file_the_handbook_names_is_there(name, desk):
    (desk / "min_variant.yaml").touch()
    assert any((folder / name).exists() for folder in (desk, desk / "min_ovning", ROOT))


def test_the_handbook_tells_of_every_part_of_the_report():
    words = (ROOT / "src/ovning/words/sv.toml").read_text("utf-8")
    headings = re.search(r"\[page\.heading\]\n(.*?)\n\n", words, re.DOTALL)
    told = set(re.findall(r"^### (.*)$", HANDBOOK, re.MULTILINE))
    parts = dict(re.findall(r'^(\w+) = "(.*)"$', headings[1], re.MULTILINE))
    # The first tells the exercise itself; what the rest belongs to is told with the part that it stands in.
    assert set(parts.values()) - {parts[name] for name in ("exercise", "limits", "sources", "warnings")} <= told


@pytest.mark.parametrize("picture", sorted((DOCS / "bilder").iterdir()), ids=lambda picture: picture.name)
def test_pictures_are_small_and_shown(picture):
    assert picture.stat().st_size < 200_000
    assert f"bilder/{picture.name}" in HANDBOOK
    with Image.open(picture) as opened:
        assert opened.format == "PNG"


def test_the_authority_is_called_what_it_is_called_today():
    """MSB is said only of what was, or to say what it is called since 2026."""
    for page in (ROOT / "README.md", *DOCS.glob("*.md")):
        text = page.read_text("utf-8")
        if "MSB" in text:
            assert "Myndigheten för civilt försvar" in text, page.name


def test_the_example_of_the_api_runs_as_it_stands():
    (example,) = re.findall(r"```python\n(.*?)```", (DOCS / "api.md").read_text("utf-8"), re.DOTALL)
    there: dict[str, object] = {}
    exec(example, there)
    assert all(there[name] for name in ("told", "levels", "criteria", "verdicts", "parts", "moved"))
    assert there["turned"] == []
