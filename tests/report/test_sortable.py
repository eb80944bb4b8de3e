"""A heading that is pressed puts its table in order by what the cells are worth, pressed again the other way round."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from markupsafe import escape

from ovning.report import pages
from ovning.report.place import Place
from ovning.report.said import Text, number, said
from ovning.report.tables.table import Table
from ovning.units import HOUR, MINUTE
from tests.report.browser import ask

PRESSED = """
  return [...document.querySelectorAll("table.sortable")].map((table) => {
    const cells = (column) => [...table.tBodies[0].rows].map((row) => row.cells[column]);
    const texts = (column) => cells(column).map((cell) => cell.textContent);
    const values = (column) => cells(column).map((cell) => cell.dataset.sort ?? null);
    return [...table.tHead.rows[0].cells].map((head, column) => {
      const told = { was: texts(column) };
      for (const way of ["up", "down"]) {
        head.querySelector("button").click();
        const others = [...table.tHead.rows[0].cells].filter((other) => other.hasAttribute("aria-sort"));
        const says = others.map((one) => one.getAttribute("aria-sort"));
        told[way] = { texts: texts(column), values: values(column), says };
      }
      return told;
    });
  });
"""


def numbered(text: str, value: float) -> Text:
    return number(Place(value, "/here"), text, "number")


def shown(table: Table) -> str:
    """A page with one table, as the report sets it, and the report's own script."""
    environment = pages.page_environment()
    body = environment.from_string('{% from "tables.html" import show with context %}{{ show(table) }}')
    script = environment.from_string('{% include "report.js" %}').render()
    head = '<!DOCTYPE html><html lang="sv"><head></head>'
    return f"{head}<body>{body.render(table=table)}<script>{script}</script></body></html>"


def test_cells_are_put_in_order_by_what_they_are_worth(tmp_path: Path) -> None:
    rows: tuple[tuple[Text, ...], ...] = (
        ("Östra", numbered("9,5", 9.5), numbered("2 h", 2 * HOUR), said(numbered("4 %", 0.04), " (1–9)")),
        ("ena", numbered("1 100", 1100), numbered("45 min", 45 * MINUTE), "–"),
        ("Öster", "–", numbered("inte inom 72 h", 72 * HOUR), "inget spel"),
        ("Åtta", numbered("12", 12), numbered("1 d 3 h", 27 * HOUR), said(numbered("100 %", 1.0), " (90–100)")),
        ("Zeta", numbered("–3", -3), numbered("1 h 30 min", 90 * MINUTE), said(numbered("<1 %", 0.002), " (0–1)")),
    )
    heads = tuple((name, "right") for name in ("namn", "tal", "tid", "andel"))
    ((names, counts, times, shares),) = ask(shown(Table("Prov", heads, rows)), PRESSED, tmp_path)
    assert names["up"]["texts"] == ["ena", "Zeta", "Åtta", "Öster", "Östra"]
    assert counts["up"]["texts"] == ["–3", "9,5", "12", "1 100", "–"]
    assert counts["down"]["texts"] == ["1 100", "12", "9,5", "–3", "–"]
    assert times["up"]["texts"] == ["45 min", "1 h 30 min", "2 h", "1 d 3 h", "inte inom 72 h"]
    assert [text.split()[0] for text in shares["up"]["texts"][:3]] == ["<1", "4", "100"]
    assert sorted(shares["up"]["texts"][3:]) == sorted(shares["down"]["texts"][3:]) == ["inget spel", "–"]
    for column in (names, times):
        assert column["down"]["texts"] == column["up"]["texts"][::-1]
    for column in (names, counts, times, shares):
        assert column["up"]["says"] == ["ascending"]
        assert column["down"]["says"] == ["descending"]


def test_every_table_of_the_page_can_be_put_in_order(whole_page: str, tmp_path: Path) -> None:
    tables: list[list[dict[str, Any]]] = ask(whole_page, PRESSED, tmp_path)
    assert len(tables) > 8
    for column in (column for table in tables for column in table):
        up, down = column["up"], column["down"]
        assert sorted(up["texts"]) == sorted(down["texts"]) == sorted(column["was"])
        for way, backwards in ((up, False), (down, True)):
            numbers = [float(value) for value in way["values"] if value is not None]
            assert numbers == sorted(numbers, reverse=backwards)
            assert way["values"][: len(numbers)].count(None) == 0


@pytest.mark.parametrize("text", ["", "–", "aldrig"])
def test_a_text_without_a_number_is_put_in_order_as_text(text: str) -> None:
    assert pages._sorts_as(said(text)) == ""
    assert str(escape(said(text))) == text
