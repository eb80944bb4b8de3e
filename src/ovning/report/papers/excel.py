"""A paper's tables as an Excel workbook: filters, heads that stay in sight, words to choose from; never a formula."""

from __future__ import annotations

import io
import re
from typing import Final

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from ovning.report.papers.paper import Grid, Paper
from ovning.report.papers.still import still

_WIDE: Final = 240
"""Letters across all columns."""
_MANY: Final = 12
"""Columns for which a page of the usual size is too small."""
_TITLE: Final = 31
"""Letters in a sheet's name, at most."""
_NOT_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\]")
_FORMULAS: Final = ("=", "+", "-", "@")


def workbook(paper: Paper, marking: str | None = None) -> bytes:
    """The paper's tables as ``.xlsx``, a sheet for each."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title, book.properties.creator = paper.title, "ovning"
    for grid in paper.sheets:
        sheet = book.create_sheet(_NOT_IN_NAMES.sub(" ", grid.title)[:_TITLE])
        _fill(sheet, grid)
        if above := " · ".join(filter(None, (marking, paper.reader))):
            sheet.oddHeader.left.text = above.replace("&", "&&")
        sheet.oddFooter.right.text = f"{paper.title.replace('&', '&&')} · &P"
    content = io.BytesIO()
    book.save(content)
    return still(content.getvalue())


def _fill(sheet: Worksheet, grid: Grid) -> None:
    whole = sum(grid.widths)
    for column, (head, width) in enumerate(zip(grid.heads, grid.widths, strict=True), 1):
        cell = sheet.cell(1, column, head)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="E8E8E8")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(column)].width = max(8, _WIDE * width / whole)
    for number, row in enumerate(grid.rows, 2):
        for column, text in enumerate(row, 1):
            _write(sheet.cell(number, column), str(text))
    last = f"{get_column_letter(len(grid.heads))}{len(grid.rows) + 1}"
    sheet.auto_filter.ref = f"A1:{last}"
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A3 if len(grid.heads) > _MANY else sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    for column, words in grid.choices:
        chosen = DataValidation("list", formula1=f'"{",".join(words)}"', allow_blank=True, showErrorMessage=False)
        letter = get_column_letter(column + 1)
        chosen.add(f"{letter}2:{letter}{len(grid.rows) + 1}")
        sheet.add_data_validation(chosen)


def _write(cell: Cell | MergedCell, text: str) -> None:
    """A text, whatever it begins with."""
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.number_format = "@"  # what is filled in stays as it was written: 0512, 1/6
    if text and isinstance(cell, Cell):
        cell.value, cell.data_type = text, "s"
        cell.quotePrefix = text.startswith(_FORMULAS)
