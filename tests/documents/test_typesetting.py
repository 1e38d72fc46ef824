"""Papers are set without LibreOffice as their Word files say, or not at all."""

import io
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typst
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Inches, Pt, RGBColor
from pypdf import PdfReader

from activities.typesetting import NotSet, build_source, typeset
from tests.documents.set_in_latin import LATIN

FOLDER = Path(__file__).parent.parent.parent / "seeds" / "documents"
TYPED = '#panic("no") $x$ \\ {{a}} [b] // c *d* _e_ <f> @g'


def _file(page: object) -> bytes:
    file = io.BytesIO()
    page.save(file)  # type: ignore[attr-defined] - a document of python-docx
    return file.getvalue()


def test_every_template_is_made_of_what_is_set() -> None:
    for file in FOLDER.glob("*.docx"):
        assert build_source(file.read_bytes(), LATIN), file.name


def test_what_people_typed_is_words_and_no_markup() -> None:
    page = Document()
    page.add_paragraph(TYPED)
    page.add_table(1, 1).cell(0, 0).text = TYPED
    (sheet,) = PdfReader(io.BytesIO(typeset(_file(page), LATIN))).pages
    said = "".join(sheet.extract_text().split())
    assert said.count("".join(TYPED.split())) == 2


def test_a_line_is_as_high_as_the_file_says() -> None:
    page = Document()
    for n in range(40):
        page.add_paragraph(str(n)).paragraph_format.line_spacing = Pt(26)
        page.paragraphs[-1].paragraph_format.space_after = Pt(0)
    section = page.sections[0]
    a_page = int((section.page_height - section.top_margin - section.bottom_margin) / Pt(26))  # type: ignore[operator] - set by the template
    sheets = PdfReader(io.BytesIO(typeset(_file(page), LATIN))).pages
    assert [len(sheet.extract_text().split()) for sheet in sheets] == [a_page, 40 - a_page]


def test_a_character_that_is_rare_or_stands_for_a_blank_is_not_left_out() -> None:
    page = Document()
    page.add_paragraph("Zhang\u00a0Li \u2003San\u200b")
    (sheet,) = PdfReader(io.BytesIO(typeset(_file(page), LATIN))).pages
    assert sheet.extract_text().split() == ["Zhang", "Li", "San"]
    page.paragraphs[0].text = "\ue123\U000323af"
    assert '"\ue123\U000323af"' in build_source(_file(page), LATIN)


@pytest.mark.parametrize("rare", ["\u4dae", "\u2603", "\ue123"])
def test_what_the_typefaces_of_papers_lack_becomes_no_empty_box_nor_is_it_set_in_any_other(rare: str) -> None:
    page = Document()
    page.add_paragraph(rare)
    with pytest.raises(typst.TypstError):
        typeset(_file(page), LATIN)


def test_what_stands_above_and_below_a_page_is_on_it() -> None:
    page = Document()
    page.sections[0].header.paragraphs[0].text = "above"
    page.sections[0].footer.paragraphs[0].text = "below"
    page.add_paragraph("between")
    (sheet,) = PdfReader(io.BytesIO(typeset(_file(page), LATIN))).pages
    assert sheet.extract_text().split() == ["above", "between", "below"]


def test_a_word_longer_than_its_line_goes_on_in_the_next_and_covers_no_other_cell() -> None:
    page = Document()
    cells = page.add_table(1, 2).rows[0].cells
    cells[0].text, cells[1].text = "110101199003070011" * 6, "next"
    words = PdfReader(io.BytesIO(typeset(_file(page), LATIN))).pages[0].extract_text().split()
    assert "".join(words) == "110101199003070011" * 6 + "next"
    assert max(map(len, words)) < 60


def test_cells_stand_where_the_file_has_them_and_columns_of_no_width_are_as_wide_as_what_they_say() -> None:
    page = Document()
    table = page.add_table(2, 3)
    first = table.rows[0]
    first.cells[0]._tc.getparent().remove(first.cells[0]._tc)
    before = first._tr.get_or_add_trPr()
    before.append(before.makeelement(qn("w:gridBefore"), {qn("w:val"): "1"}))
    for cell, words in zip([*table.rows[0].cells, *table.rows[1].cells], "bcdef", strict=True):
        cell.text = words
    for column in table._tbl.tblGrid:
        del column.attrib[qn("w:w")]
    source = build_source(_file(page), LATIN)
    assert "columns: (auto, auto, auto,)" in source
    assert [f"x: {x}, y: {y}" in source for y in (0, 1) for x in (0, 1, 2)] == [False, *[True] * 5]


def test_what_a_style_says_of_a_paragraph_is_set() -> None:
    page = Document()
    style = page.styles["Quote"]
    style.font.size, style.font.bold, style.paragraph_format.left_indent = Pt(22), True, Inches(1)  # type: ignore[attr-defined] - a style of paragraphs
    page.add_paragraph("x", style="Quote")
    source = build_source(_file(page), LATIN)
    assert 'size: 22.0pt, weight: "bold"' in source
    assert "left: 72.0pt" in source


def test_a_long_paper_is_set_in_a_moment() -> None:
    page = Document()
    for _ in range(500):
        page.add_paragraph("x")
    began = time.process_time()
    assert build_source(_file(page), LATIN).count('"x"') == 500
    assert time.process_time() - began < 2


def _add(tag: str, where: str, **said: str) -> Callable[[Any], None]:
    def change(page: Any) -> None:
        run = page.add_paragraph("x").runs[0]._r
        part = {"run": run, "rPr": run.get_or_add_rPr(), "pPr": run.getparent().get_or_add_pPr()}[where]
        part.append(part.makeelement(qn(tag), {qn(f"w:{name}"): value for name, value in said.items()}))

    return change


def _put_field(page: Any, says: str) -> None:
    foot = page.sections[0].footer.paragraphs[0]
    field = foot._p.makeelement(qn("w:fldSimple"), {qn("w:instr"): says})
    field.append(foot.add_run("1")._r)
    foot._p.append(field)


def test_pages_are_numbered_and_a_long_table_has_its_headings_on_each() -> None:
    page = Document()
    _put_field(page, " PAGE ")
    table = page.add_table(1, 2, style="Table Grid")
    head = table.rows[0]._tr.get_or_add_trPr()
    head.append(head.makeelement(qn("w:tblHeader"), {}))
    for cell, words in zip(table.rows[0].cells, ("Nr", "Title"), strict=True):
        cell.text = words
    for n in range(120):
        table.add_row().cells[0].text = f"row-{n}"
    sheets = [each.extract_text().split() for each in PdfReader(io.BytesIO(typeset(_file(page), LATIN))).pages]
    assert len(sheets) > 2
    assert [(words[:2], words[-1]) for words in sheets] == [(["Nr", "Title"], str(n)) for n in range(1, len(sheets) + 1)]
    assert [word for words in sheets for word in words if word.startswith("row-")] == [f"row-{n}" for n in range(120)]


def test_a_red_head_and_its_rule_are_red() -> None:
    page = Document()
    paragraph = page.add_paragraph()
    paragraph.add_run("x").font.color.rgb = RGBColor(0xC0, 0, 0)
    borders = paragraph._p.get_or_add_pPr().makeelement(qn("w:pBdr"), {})
    said = {qn("w:val"): "single", qn("w:sz"): "12", qn("w:color"): "C00000"}
    borders.append(borders.makeelement(qn("w:bottom"), said))
    paragraph._p.get_or_add_pPr().append(borders)
    source = build_source(_file(page), LATIN)
    assert 'fill: rgb("C00000")' in source
    assert 'stroke: (bottom: 1.5pt + rgb("C00000"))' in source
    assert typeset(_file(page), LATIN)


LEFT_TO_WORD: dict[str, Callable[[Any], None]] = {
    "a picture": _add("w:drawing", "run"),
    "a list": _add("w:numPr", "pPr"),
    "a list by its style": lambda page: page.add_paragraph("x", style="List Number"),
    "a cell over several rows": _add("w:vMerge", "pPr"),
    "words struck out": _add("w:strike", "rPr"),
    "hidden words": _add("w:vanish", "rPr"),
    "a page break": lambda page: page.add_page_break(),
    "a page of its own": _add("w:pageBreakBefore", "pPr"),
    "another section": lambda page: page.add_section(),
    "another first page": lambda page: setattr(page.sections[0], "different_first_page_header_footer", True),
    "how many pages there are": lambda page: _put_field(page, "NUMPAGES"),
    "a table within a cell": lambda page: page.add_table(1, 1).cell(0, 0).add_table(1, 1),
}


@pytest.mark.parametrize("what", LEFT_TO_WORD)
def test_what_cannot_be_set_is_left_to_word(what: str) -> None:
    page = Document()
    LEFT_TO_WORD[what](page)
    with pytest.raises(NotSet):
        build_source(_file(page), LATIN)


def test_what_a_file_says_is_not_so_hinders_nothing() -> None:
    page = Document()
    _add("w:strike", "rPr", val="0")(page)
    assert build_source(_file(page), LATIN)


def test_a_file_that_is_broken_is_left_out_alone(tmp_path: Path) -> None:
    page = Document()
    page.add_paragraph("x")
    for name, file in (("1", b"PK"), ("2", _file(page))):
        (tmp_path / f"{name}.docx").write_bytes(file)
    command = [sys.executable, "-m", "tests.documents.set_in_latin", str(tmp_path), *map(str, sorted(tmp_path.iterdir()))]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    assert sorted(each.name for each in tmp_path.glob("*.pdf")) == ["2.pdf"]
