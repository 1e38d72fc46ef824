"""How the Word templates beside this file were first laid out: `python -m seeds.documents.layout` makes those that are missing.

From then on they are edited in Word. Paper and type follow GB/T 9704-2012 as far as every machine has its typefaces.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from seeds.documents.decisions import DECISIONS
from seeds.documents.letters import OF_LETTERS
from seeds.documents.lost_property import OF_LOST_PROPERTY
from seeds.documents.records import RECORDS
from seeds.documents.searches import OF_SEARCHES
from seeds.documents.wording import LETTERS, TABLES, Letter, Table

_HERE = Path(__file__).parent
# 3号 and 2号 type in points (GB/T 9704-2012, 5.2); lines a little closer, so that most documents keep to one page.
_TEXT, _TITLE, _SMALL, _LEADING = Pt(16), Pt(22), Pt(14), Pt(26)
_SONG, _FANGSONG, _LATIN = "SimSun", "FangSong", "Times New Roman"
_RIGHT, _CENTRE = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.CENTER


def make_missing(folder: Path = _HERE) -> list[str]:
    """Lay out every template that is not in the folder; their names."""
    made = []
    every = {**LETTERS, **TABLES, **RECORDS, **DECISIONS, **OF_LETTERS, **OF_SEARCHES, **OF_LOST_PROPERTY}
    for name, wording in every.items():
        file = folder / f"{name}.docx"
        if not file.exists():
            page = _make_page()
            _add_letter(page, wording) if isinstance(wording, Letter) else _add_table(page, wording)
            page.save(str(file))
            made.append(name)
    return made


def _make_page() -> Any:
    page = Document()
    _lighten(page)
    section = page.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.0), Cm(2.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    style: Any = page.styles["Normal"]
    style.font.size = _TEXT
    _set_typeface(style, _FANGSONG)
    language = style.element.get_or_add_rPr().makeelement(qn("w:lang"), {qn("w:eastAsia"): "zh-CN"})
    style.element.rPr.append(language)
    return page


def _lighten(page: Any) -> None:
    """Take out the styles that nothing here wears: they are most of the file, and are read and written with each document made."""
    styles = page.styles.element
    worn = {"Normal", "DefaultParagraphFont", "TableNormal", "NoList", "TableGrid"}
    for style in [each for each in styles if each.tag == qn("w:style") and each.get(qn("w:styleId")) not in worn]:
        styles.remove(style)
    for rels in (page.part.rels, page.part.package.rels):
        for key in [
            key for key, rel in rels.items() if rel.reltype.endswith(("stylesWithEffects", "numbering", "customXml", "thumbnail"))
        ]:
            rels.pop(key)


def _set_typeface(styled: Any, name: str) -> None:
    styled.font.name = _LATIN
    styled.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def _add_line(page: Any, text: str, *, align: Any = None, size: Any = _TEXT, face: str = _FANGSONG, bold: bool = False) -> Any:
    paragraph = page.add_paragraph()
    paragraph.alignment = align
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing = _LEADING if size <= _TEXT else Pt(36)
    run = paragraph.add_run(text)
    run.font.size, run.bold = size, bold
    _set_typeface(run, face)
    return paragraph


def _add_indented(page: Any, text: str) -> None:
    _add_line(page, text).paragraph_format.first_line_indent = _TEXT * 2


def _add_head(page: Any, organ: str, title: str, number: str) -> None:
    _add_line(page, organ, align=_CENTRE, size=_TITLE, face=_SONG, bold=True)
    _add_line(page, title, align=_CENTRE, size=_TITLE, face=_SONG, bold=True).paragraph_format.space_after = Pt(12)
    if number:
        _add_line(page, number, align=_RIGHT).paragraph_format.space_after = Pt(12)


def _add_letter(page: Any, letter: Letter) -> None:
    _add_head(page, letter.organ, letter.title, "{{文号}}")
    if letter.to:
        _add_line(page, f"{letter.to}：")
    for text in letter.head:
        _add_line(page, text, size=_SMALL)
    if letter.head:
        page.paragraphs[-1].paragraph_format.space_after = Pt(12)
    for text in letter.body:
        _add_indented(page, text)
    begun = len(page.paragraphs) - 1
    if letter.addressed:
        _add_indented(page, "此致")
        _add_line(page, letter.addressed)
    _add_line(page, "")
    _seal(page, letter.organ) if letter.sealed else _add_date(page)
    _keep_together(page.paragraphs[begun:])
    if letter.receipt:
        begun = len(page.paragraphs)
        _add_line(page, "").paragraph_format.space_after = Pt(6)
        _add_rule(page)
        for text in letter.receipt:
            _add_line(page, text, size=_SMALL)
        _keep_together(page.paragraphs[begun:])


def _keep_together(paragraphs: Sequence[Any]) -> None:
    """A seal stands on no page without text, and a signature below nothing."""
    for each in paragraphs[:-1]:
        each.paragraph_format.keep_with_next = True


def _seal(page: Any, organ: str) -> None:
    for text in (f"{organ}（印）", "{{日期}}"):
        _add_line(page, text, align=_RIGHT).paragraph_format.right_indent = _TEXT * 2


def _add_date(page: Any) -> None:
    _add_line(page, "{{日期}}", align=_RIGHT).paragraph_format.right_indent = _TEXT * 2


def _add_rule(page: Any) -> None:
    """A thin line across the page, below which the person concerned signs."""
    properties = page.paragraphs[-1]._p.get_or_add_pPr()
    borders = properties.makeelement(qn("w:pBdr"), {})
    line = {qn("w:val"): "single", qn("w:sz"): "6", qn("w:space"): "6", qn("w:color"): "auto"}
    borders.append(borders.makeelement(qn("w:bottom"), line))
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _add_table(page: Any, table: Table) -> None:
    _add_head(page, "{{机关}}", table.title, "{{文号}}")
    for text in table.above:
        _add_line(page, text, size=_SMALL)
    if table.above:
        page.paragraphs[-1].paragraph_format.space_after = Pt(8)
    drawn = page.add_table(rows=0, cols=len(table.widths))
    drawn.style, drawn.alignment, drawn.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(drawn.columns, table.widths, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        _add_row(drawn, row, table.widths)
    for text in table.below:
        _add_line(page, text, size=_SMALL).paragraph_format.space_before = Pt(6)
    if table.sealed:
        _add_line(page, "")
        _seal(page, table.organ)


def _add_row(drawn: Any, texts: Sequence[str], widths: Sequence[float]) -> None:
    """One row; the last text takes what columns remain."""
    cells = drawn.add_row().cells
    for cell, width in zip(cells, widths, strict=True):
        cell.width = Cm(width)
    if len(texts) < len(cells):
        cells[len(texts) - 1].merge(cells[-1])
    for cell, text in zip(cells, texts, strict=False):
        _fill_cell(cell, text)


def _fill_cell(cell: Any, text: str) -> None:
    paragraph = cell.paragraphs[0]
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(4)
    form.line_spacing = Pt(22)
    run = paragraph.add_run(text)
    run.font.size = Pt(12)
    _set_typeface(run, _FANGSONG)


if __name__ == "__main__":
    make_missing()
