"""``show ORG --figure``: the pictures, their words, and what is refused."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml
from PIL import Image

from ovning.commands.output import MANIFEST, hashes
from ovning.commands.show_figure import ALTS, MOST
from ovning.files import shipped_folder
from tests.commands.conftest import Said

NAMES = ("linjen", "staben", "samtalen", "mandaten")


def test_pictures_and_their_words_are_written_and_told_of(ovning: Callable[..., Said]) -> None:
    said = ovning("show", "haninge", "--figure", "--out", "bilder")
    assert said.code == 0, said.err
    folder = Path("bilder")
    wanted = {f"{name}.{kind}" for name in NAMES for kind in ("png", "svg")} | {ALTS, MANIFEST}
    assert {path.name for path in folder.iterdir()} == wanted
    alts = (folder / ALTS).read_text(encoding="utf-8")
    for name in NAMES:
        assert str(folder / name) in said.out
        root = ElementTree.parse(folder / f"{name}.svg").getroot()
        described = next(element.text or "" for element in root.iter() if element.tag.endswith("}description"))
        assert f"{name}\n{described}\n" in alts
        with Image.open(folder / f"{name}.png") as image:
            assert image.info["Description"] == described
            assert image.width >= 900
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    assert manifest["files"] == hashes(folder)
    assert any(name.endswith("haninge.yaml") for name in manifest["inputs"])


def test_its_own_folder_is_made_anew_with_the_same_bytes_and_nobody_elses(ovning: Callable[..., Said]) -> None:
    assert ovning("show", "orebro", "--figure").code == 0
    folder = Path("resultat/orebro-figurer")
    first = hashes(folder)
    assert ovning("show", "orebro", "--figure").code == 0
    assert hashes(folder) == first
    (folder / "anteckningar.txt").write_text("mina", encoding="utf-8")
    refused = ovning("show", "orebro", "--figure")
    assert refused.code == 2
    assert "anteckningar.txt" in refused.err
    assert "--out" in refused.err
    assert hashes(folder) == first | {"anteckningar.txt": hashes(folder)["anteckningar.txt"]}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("show", "elavbrott", "--figure"), "är en övning"),
        (("show", "finns-inte", "--figure"), "finns varken"),
        (("show", "orebro", "--out", "x"), "hör till --figure"),
        (("show", "elavbrott", "--figure", "--coverage"), "ange den ena"),
        (("show", "orebro", "--figure", "--set", "a=1"), "hör till --coverage"),
    ],
)
def test_what_cannot_be_drawn_is_refused_and_nothing_is_written(
    ovning: Callable[..., Said], words: tuple[str, ...], says: str
) -> None:
    said = ovning(*words)
    assert said.code == 2
    assert says in said.err
    assert list(Path().iterdir()) == []


def test_a_file_with_errors_exits_3_and_nothing_is_written(ovning: Callable[..., Said]) -> None:
    shutil.copytree(shipped_folder(), "mina")
    path = Path("mina/organisations/haninge.yaml")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("unit: kommunledning", "unit: kommunledningen"), encoding="utf-8")
    said = ovning("show", str(path), "--figure", "--out", "bilder")
    assert said.code == 3
    assert "haninge.yaml:" in said.err
    assert not Path("bilder").exists()


def test_a_tiny_organisation_is_drawn_and_a_huge_one_is_refused(ovning: Callable[..., Said]) -> None:
    tiny = {
        "organisation": "liten",
        "title": "Lillbyns kommun",
        "population": 3000,
        "assumption": "Påhittat.",
        "units": {"hus": {"title": "Kommunhuset", "site": "hus"}},
        "people": {"alla": {"count": 3, "works": "office_hours"}},
        "functions": {
            key: {"title": title, "unit": "hus", "filled_by": ["alla"], "role": "duty_officer", "reports_to": chief}
            for key, title, chief in (("chef", "Chefen", None), ("jour", "Jouren", "chef"), ("info", "Info", "chef"))
        },
        "first_call": {"default": "jour"},
        "channels": [{"id": "phone", "delay": "1 min"}],
    }
    path = Path("liten.yaml")
    path.write_text(yaml.safe_dump(tiny, allow_unicode=True), encoding="utf-8")
    said = ovning("show", str(path), "--figure", "--out", "bilder")
    assert said.code == 0, said.err
    assert "staben" not in said.out
    assert {path.stem for path in Path("bilder").glob("*.png")} == {"linjen", "samtalen", "mandaten"}
    for n in range(MOST):
        tiny["functions"][f"f{n}"] = {**tiny["functions"]["jour"], "title": f"Jour {n}"}  # type: ignore[index]
    path.write_text(yaml.safe_dump(tiny, allow_unicode=True), encoding="utf-8")
    refused = ovning("show", str(path), "--figure", "--out", "stor")
    assert refused.code == 2
    assert f"högst {MOST}" in refused.err
    assert not Path("stor").exists()
