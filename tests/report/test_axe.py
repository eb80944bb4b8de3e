"""axe-core finds nothing on the page: WCAG 2.1, levels A and AA, in headless Chromium."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import pytest

from tests.report.browser import ask

PACKAGES: Final = ("axe_core_python", "axe_playwright_python")
"""Packages that carry axe-core's ``axe.min.js``: that of the extra ``test``, and one with a newer axe-core that is used
as well where it is there."""
LEVELS: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
FOUND: Final = f"""
  for (const folded of document.querySelectorAll("details")) folded.open = true;
  const done = await axe.run(document, {{
    runOnly: {LEVELS}, rules: {{ "link-in-text-block": {{ enabled: true }} }}, resultTypes: ["violations"],
  }});
  return {{
    passed: done.passes.map((rule) => rule.id),
    violated: done.violations.map((rule) => [rule.id, rule.help, rule.nodes.slice(0, 3).map((node) => node.html)]),
  }};
"""


def axe_core(package: str) -> str:
    found = find_spec(package)
    if found is None or found.origin is None:
        pytest.skip(f"the package {package.replace('_', '-')}, which carries axe-core, is not installed")
    return (Path(found.origin).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(params=PACKAGES)
def axe(request: pytest.FixtureRequest) -> str:
    return axe_core(request.param)


def test_axe_core_finds_nothing(axe: str, whole_page: str, tmp_path: Path) -> None:
    found: dict[str, Any] = ask(whole_page, FOUND, tmp_path, before=axe)
    assert found["violated"] == []
    assert {"color-contrast", "html-has-lang", "document-title", "role-img-alt", "list"} <= set(found["passed"])


def test_axe_core_would_find_something(axe: str, tmp_path: Path) -> None:
    bad = "<!DOCTYPE html><html><head></head><body><img src='x.png'><p style='color: #ccc'>Blekt</p></body></html>"
    found: dict[str, Any] = ask(bad, FOUND, tmp_path, before=axe)
    assert {"image-alt", "color-contrast", "html-has-lang"} <= {rule for rule, _, _ in found["violated"]}
