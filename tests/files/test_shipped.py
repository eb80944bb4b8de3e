"""What comes with the program."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from ovning.errors import InputError
from ovning.files import check_paths, list_shipped, load_setup, shipped_folder


def test_shipped_files_are_without_errors() -> None:
    assert [p for p in check_paths([shipped_folder()]) if p.severity == "error"] == []


def test_everything_shipped_is_listed_with_its_title() -> None:
    shipped = list_shipped()
    assert set(shipped.exercises) == {p.parent.name for p in shipped_folder().glob("*/exercise.yaml")}
    assert {"elavbrott"} <= set(shipped.exercises)
    assert {"orebro", "haninge"} <= set(shipped.organisations)
    assert set(shipped.historical) == {"alvsbyn", "ostersund", "e22"}
    assert not set(shipped.historical) & set(shipped.exercises)
    assert all(title and title != name for part in shipped for name, title in part.items())


def test_shipped_exercises_are_found_by_name_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    setup, _ = load_setup("elavbrott", "orebro")
    assert setup.exercise.exercise == "elavbrott"
    assert setup.organisation.organisation == "orebro"
    assert "exercises/elavbrott/scenario.yaml" in setup.files
    assert all(name.startswith("exercises/") for name in setup.files)


def test_historical_events_are_found_by_name_with_the_organisations_beside_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    setup, _ = load_setup("alvsbyn", "alvsbyn_tib")
    assert setup.organisation.organisation == "alvsbyn_tib"
    assert "exercises/historical/kommun.yaml" in setup.files


def test_every_shipped_exercise_loads_in_every_variation() -> None:
    """With every organisation: ``tests/acceptance/test_organisations.py``."""
    for exercise in list_shipped().exercises:
        for variation in load_setup(exercise, "orebro")[0].scenario.variations:
            assert load_setup(exercise, "orebro", variation=variation)[0].variation == variation


def test_what_organisations_are_based_on_is_checked_and_is_no_organisation_to_play() -> None:
    base = shipped_folder() / "organisations/base/kommun.yaml"
    assert check_paths([base]) == ()
    assert "kommun" not in list_shipped().organisations
    with pytest.raises(InputError, match="hittar ingen organisation"):
        load_setup("elavbrott", "kommun_grund")


def test_an_installed_package_carries_its_own_exercises(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "exercises").mkdir()
    monkeypatch.setattr("ovning.files.folders.resources", lambda _: tmp_path)
    assert shipped_folder() == tmp_path / "exercises"
    assert list_shipped() == ({}, {}, {})


def test_every_shared_assumption_has_a_title_of_its_own() -> None:
    entries = yaml.safe_load((shipped_folder() / "assumptions.yaml").read_text(encoding="utf-8"))
    titles = [entry.get("title") for entry in entries.values()]
    assert all(titles)
    assert len(set(titles)) == len(titles)
