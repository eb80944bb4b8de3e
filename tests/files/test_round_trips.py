"""Saying again what is already so changes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ovning.files import load_setup
from ovning.files.source import as_source
from ovning.files.tree import plain
from ovning.files.yaml12 import parse_yaml
from ovning.model.organisation import Organisation
from ovning.model.scenario import Scenario
from tests.files.base import ORGANISATION, SCENARIO, write

TREE: Any = plain(parse_yaml(*as_source(ORGANISATION.encode(), "prov.yaml")))
COURSE: Any = plain(parse_yaml(*as_source(SCENARIO.encode(), "prov.yaml")))


def _spots(tree: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every value that can be set by path: not the parts of an assumption."""
    if path:
        yield path, tree
    if isinstance(tree, dict) and "assume" not in tree:
        for key, value in tree.items():
            yield from _spots(value, (*path, key))
    if isinstance(tree, list):
        for at, value in enumerate(tree):
            yield from _spots(value, (*path, at))


SPOTS = list(_spots(TREE))
SPOTS_OF_COURSE = [(path, value) for path, value in _spots(COURSE) if path[0] not in ("variations", "injects")]


@pytest.fixture(scope="module")
def exercise() -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        yield write(Path(folder))


@pytest.fixture(scope="module")
def organisation(exercise: Path) -> Organisation:
    return load_setup(exercise, "smastad")[0].organisation


@pytest.fixture(scope="module")
def scenario(exercise: Path) -> Scenario:
    return load_setup(exercise, "smastad")[0].scenario


@settings(max_examples=40, deadline=None)
@given(spot=st.sampled_from(SPOTS))
def test_setting_a_value_to_itself(
    spot: tuple[tuple[Any, ...], Any], exercise: Path, organisation: Organisation
) -> None:
    path, value = spot
    written = "organisation." + ".".join(map(str, path))
    assert load_setup(exercise, "smastad", sets=[f"{written}={json.dumps(value)}"])[0].organisation == organisation


@settings(max_examples=40, deadline=None)
@given(spot=st.sampled_from(SPOTS_OF_COURSE))
def test_setting_a_value_of_the_scenario_to_itself(
    spot: tuple[tuple[Any, ...], Any], exercise: Path, scenario: Scenario
) -> None:
    path, value = spot
    written = "scenario." + ".".join(map(str, path))
    assert load_setup(exercise, "smastad", sets=[f"{written}={json.dumps(value)}"])[0].scenario == scenario


@settings(max_examples=40, deadline=None)
@given(spots=st.lists(st.sampled_from([s for s in SPOTS if all(isinstance(step, str) for step in s[0])]), max_size=4))
def test_a_variant_that_repeats_its_base(
    spots: list[tuple[tuple[str, ...], Any]], exercise: Path, organisation: Organisation
) -> None:
    variant: dict[str, Any] = {}
    for path, value in sorted(spots, key=lambda s: len(s[0])):
        at = variant
        for step in path[:-1]:
            at = at.setdefault(step, {})
        at[path[-1]] = json.loads(json.dumps(value))
    text = yaml.safe_dump({**variant, "organisation": "smastad", "based_on": "smastad"}, allow_unicode=True)
    (exercise.parent / "organisations" / "lik.yaml").write_text(text, encoding="utf-8")
    assert load_setup(exercise, "lik")[0].organisation == organisation
