"""A paper as a Word document: real styles and headings, tables with header rows, made to be edited."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

from docx import Document
from docx.document import Document as Document_
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Emu, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph

from ovning.report.papers.paper import Block, Bullets, Grid, Heading, Paper, Picture, Text, Written, leads_in
from ovning.report.papers.still import still
from ovning.report.said import Number, Reference, Said, anchor
from ovning.words import LANGUAGE

_INK: Final = RGBColor(0x22, 0x22, 0x22)
_LANGUAGES: Final = {"sv": "sv-SE"}
_PARAGRAPHS: Final = ("Title", "Subtitle", "Heading 1", "Heading 2", "List Bullet", "Caption")
_TABLE: Final = "Table Grid"
_NAME: Final = 34
"""Letters in a bookmark; Word takes 40."""
_TABLES: Final = 1_000_000
"""Above the ids of all bookmarks of numbers."""
_MARGIN: Final = 2.0
_TO_WRITE_ON: Final = Cm(0.9)
"""The height of a line that is to be filled in by hand."""
_SHORT: Final = 21.0
_LONG: Final = 29.7
"""Of a page, centimetres."""
_HIGHEST: Final = 23.0
"""A drawing that leaves room for nothing else on its page; centimetres."""


def word_document(paper: Paper, marking: str | None = None, template: bytes | None = None) -> bytes:
    """The paper as ``.docx``. With a template its styles, page, header and footer are kept, and not what stands in it.

    Raises ``ValueError`` for a template that is no Word document.
    """
    if template is None:
        document = Document()
        _styles(document)
        room = _page(document, paper, marking)
    else:
        document = _from_template(template)
        room = _headed(document, paper, marking)
    properties = document.core_properties
    properties.title, properties.language = paper.title, _LANGUAGES[LANGUAGE]
    properties.author = properties.last_modified_by = "ovning"
    properties.comments = ""
    document.add_paragraph(paper.title, style="Title")
    document.add_paragraph(paper.under, style="Subtitle")
    marks = _Marks()
    for block, after in zip(paper.blocks, (*paper.blocks[1:], None), strict=False):
        _add(document, block, room, marks)
        if leads_in(block, after):
            document.paragraphs[-1].paragraph_format.keep_with_next = True
    content = io.BytesIO()
    document.save(content)
    return still(content.getvalue())


def _from_template(template: bytes) -> Document_:
    try:
        document = Document(io.BytesIO(template))
    except (KeyError, ValueError, zipfile.BadZipFile, PackageNotFoundError) as problem:
        raise ValueError(str(problem)) from None
    body = document.element.body
    for part in list(body):
        if part.tag != qn("w:sectPr"):
            body.remove(part)
    for name in _PARAGRAPHS:
        if name not in document.styles:
            document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if _TABLE not in document.styles:
        document.styles.add_style(_TABLE, WD_STYLE_TYPE.TABLE)
    return document


def _headed(document: Document_, paper: Paper, marking: str | None) -> float:
    """Who may see it above the template's own header; how wide the text is, in centimetres."""
    section = document.sections[-1]
    header = section.header.paragraphs[0]
    header.insert_paragraph_before(_reader(paper, marking))
    width, left, right = section.page_width, section.left_margin, section.right_margin
    return float(Emu((width or 0) - (left or 0) - (right or 0)).cm)


def _reader(paper: Paper, marking: str | None) -> str:
    return " · ".join(filter(None, (marking, paper.reader)))


def _styles(document: Document_) -> None:
    for name, size, before, after in (
        ("Normal", 10, 0, 6),
        ("Title", 20, 0, 2),
        ("Subtitle", 11, 0, 12),
        ("Heading 1", 14, 14, 4),
        ("Heading 2", 12, 10, 3),
        ("List Bullet", 10, 0, 3),
        ("Caption", 10, 8, 3),
    ):
        style: Any = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = "Calibri", Pt(size), _INK
        style.element.get_or_add_rPr().rFonts.set(qn("w:eastAsia"), "Calibri")
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            style.element.rPr.rFonts.attrib.pop(qn(theme), None)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        if name != "Normal":
            style.paragraph_format.keep_with_next = name != "List Bullet"
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), _LANGUAGES[LANGUAGE])
    normal: Any = document.styles["Normal"]
    normal.element.get_or_add_rPr().append(language)


def _page(document: Document_, paper: Paper, marking: str | None) -> float:
    """Size, margins, header and footer; how wide the text is, in centimetres."""
    section = document.sections[0]
    width, height = (_LONG, _SHORT) if paper.wide else (_SHORT, _LONG)
    section.orientation = WD_ORIENT.LANDSCAPE if paper.wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Cm(width), Cm(height)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(_MARGIN)
    section.header.paragraphs[0].text = _reader(paper, marking)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    footer.add_run(f"{paper.title} · ")
    _field(footer, "PAGE", "1")
    return width - 2 * _MARGIN


def _field(paragraph: Any, code: str, shown: str, size: int | None = None) -> None:  # noqa: ANN401  # python-docx has no type for what a paragraph holds
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = shown
    if size is not None:
        properties, height = OxmlElement("w:rPr"), OxmlElement("w:sz")
        height.set(qn("w:val"), str(2 * size))
        properties.append(height)
        run.append(properties)
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _add(document: Document_, block: Block, room: float, marks: _Marks) -> None:
    match block:
        case Heading():
            marks.write(document.add_heading("", block.level), block.text)
        case Text():
            marks.write(document.add_paragraph(), block.text, strong=block.strong)
        case Bullets():
            for point in block.points:
                marks.write(document.add_paragraph(style="List Bullet"), point)
        case Grid():
            _caption(document, block)
            _table(document, block, room, marks)
            document.add_paragraph()
        case Picture():
            _picture(document, block, room)


def _caption(document: Document_, grid: Grid) -> None:
    """Its title, after a number that the program counts anew when tables come or go."""
    paragraph = document.add_paragraph(style="Caption")
    before, _, after = grid.caption.partition(str(grid.number)) if grid.number else (grid.caption, "", "")
    paragraph.add_run(before)
    if not grid.number:
        return
    kind = before.strip()
    _marked(paragraph, grid.number, partial(_field, paragraph, f"SEQ {kind} \\* ARABIC", str(grid.number)))
    paragraph.add_run(after)


def _marked(paragraph: Paragraph, number: int, write: Callable[[], None]) -> None:
    """A bookmark around what is written, by which it is referred to."""
    # Ids of their own: those of the numbers count from 1 too.
    paragraph._p.append(_mark("w:bookmarkStart", _TABLES + number, anchor(number)))
    write()
    paragraph._p.append(_mark("w:bookmarkEnd", _TABLES + number))


def _mark(kind: str, number: int, name: str | None = None) -> BaseOxmlElement:
    mark = OxmlElement(kind)
    mark.set(qn("w:id"), str(number))
    if name is not None:
        mark.set(qn("w:name"), name)
    return mark


def _picture(document: Document_, picture: Picture, room: float) -> None:
    shape = document.add_picture(io.BytesIO(picture.png))
    shrunk = min(1.0, Cm(room) / shape.width, Cm(_HIGHEST) / shape.height)
    shape.width, shape.height = Emu(round(shape.width * shrunk)), Emu(round(shape.height * shrunk))
    shape._inline.docPr.set("descr", picture.alt)


def _table(document: Document_, grid: Grid, room: float, marks: _Marks) -> None:
    table = document.add_table(rows=1, cols=len(grid.heads), style=_TABLE)
    table.autofit = False
    margins = OxmlElement("w:tblCellMar")
    for side in ("top", "bottom"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "40")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)
    whole = sum(grid.widths)
    widths = [Cm(room * width / whole) for width in grid.widths]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    _row(table, 0, grid.heads, widths, marks, size=grid.size, strong=True)
    header = table.rows[0]._tr.get_or_add_trPr()
    header.append(OxmlElement("w:tblHeader"))
    for number, row in enumerate(grid.rows, 1):
        added = table.add_row()
        if not any(row):
            added.height = _TO_WRITE_ON
        _row(table, number, row, widths, marks, size=grid.size)
        kept = OxmlElement("w:cantSplit")
        table.rows[number]._tr.get_or_add_trPr().append(kept)


def _row(
    table: Table,
    number: int,
    texts: Sequence[Written],
    widths: Sequence[Cm],
    marks: _Marks,
    *,
    size: int,
    strong: bool = False,
) -> None:
    for cell, text, width in zip(table.rows[number].cells, texts, widths, strict=True):
        cell.width = width
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        marks.write(paragraph, text, strong=strong, size=size)
        if strong:
            shade = OxmlElement("w:shd")
            for name, value in (("val", "clear"), ("color", "auto"), ("fill", "E8E8E8")):
                shade.set(qn(f"w:{name}"), value)
            cell._tc.get_or_add_tcPr().append(shade)


class _Marks:
    """Writes texts; a number that knows where it comes from is a bookmark, by which it can be found again."""

    def __init__(self) -> None:
        self._used: Counter[str] = Counter()

    def write(self, paragraph: Paragraph, text: Written, *, strong: bool = False, size: int | None = None) -> None:
        """The text as runs of a paragraph."""
        for piece in text.pieces if isinstance(text, Said) else (text,):
            if isinstance(piece, Reference):
                _field(paragraph, f"REF {anchor(piece.number)} \\h", str(piece), size)
                continue
            at = piece.at if isinstance(piece, Number) else ""
            if at:
                name = self._name(at)
                paragraph._p.append(_mark("w:bookmarkStart", self._used.total(), name))
            run = paragraph.add_run(str(piece))
            run.bold = strong or None
            if size is not None:
                run.font.size = Pt(size)
            if at:
                paragraph._p.append(_mark("w:bookmarkEnd", self._used.total()))

    def _name(self, at: str) -> str:
        name = bookmark(at)
        self._used[name] += 1
        return name if self._used[name] == 1 else f"{name}__{self._used[name]}"


def bookmark(at: str) -> str:
    """What the number at a place of a document is called; a place that is said again has ``__2`` after it."""
    name = "n" + at.replace("/", "_")
    if len(name) <= _NAME:
        return name
    return f"{name[: _NAME - 9]}_{hashlib.sha256(at.encode()).hexdigest()[:8]}"
