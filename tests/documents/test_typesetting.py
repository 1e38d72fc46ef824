"""Papers are set without LibreOffice as their Word files say, or not at all."""

import io
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt
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


@pytest.mark.parametrize("tag", ["w:drawing", "w:numPr", "w:vMerge"])
def test_what_cannot_be_set_is_left_to_word(tag: str) -> None:
    page = Document()
    words = page.add_paragraph("x")
    run = words.runs[0]._r
    where = run if tag == "w:drawing" else words._p.get_or_add_pPr()
    where.append(where.makeelement(qn(tag), {}))
    with pytest.raises(NotSet):
        build_source(_file(page), LATIN)
