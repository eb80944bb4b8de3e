"""The reference in docs/log.md is the one that the docstrings give."""

import re
from pathlib import Path

import pytest

from ovning.log import records
from ovning.log.fields import RECORD_TYPES, fields_of
from ovning.log.reference import COMMON, meanings, reference, renewed

PAGE = Path(__file__).parents[2] / "docs" / "log.md"


def test_the_page_is_what_the_docstrings_say():
    text = PAGE.read_text(encoding="utf-8")
    assert renewed(text) == text, "renew it: python -m ovning.log.reference docs/log.md"


def test_every_record_and_field_is_on_the_page():
    text = PAGE.read_text(encoding="utf-8")
    for name in RECORD_TYPES:
        section = text.partition(f"### {name}\n")[2].partition("### ")[0]
        assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == [field.name for field in fields_of(name)]


def test_every_record_type_is_in_the_union():
    defined = {name for name, value in vars(records).items() if isinstance(value, type) and hasattr(value, "_fields")}
    assert defined == set(RECORD_TYPES)


def test_every_cause_is_on_the_page():
    (causes,) = (field.allowed for field in fields_of("Waited") if field.name == "cause")
    text = PAGE.read_text(encoding="utf-8").partition("## Causes of waiting")[2].partition("\n## ")[0]
    assert tuple(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)) == causes


def test_every_common_meaning_is_of_use():
    needed = {field.name for name in RECORD_TYPES for field in fields_of(name)}
    assert set(COMMON) <= needed


def test_a_docstring_goes_before_the_common_meaning():
    assert meanings("ServiceChanged")["level"].startswith("The share of those affected")
    assert meanings("LevelDecided")["level"] == COMMON["level"]


def test_a_change_in_a_docstring_changes_the_page(monkeypatch):
    before = reference()
    monkeypatch.setitem(COMMON, "fact", "Something else.")
    assert reference() != before


def test_a_page_without_marks_is_refused():
    with pytest.raises(ValueError, match="there is no"):
        renewed("nothing")
