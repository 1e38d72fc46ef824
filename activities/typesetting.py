"""The PDF of Word files of ours where no LibreOffice is installed: their paragraphs and tables, set by typst in a typeface of this machine.

What our templates are made of is set; a file in which something else stands (a picture, a cell over several rows) gets no PDF, lest a paper
go out that lacks it. Run in a process of its own, as LibreOffice is: `python -m activities.typesetting FOLDER FILE…` leaves in the folder a PDF
for each file that can be set, and ends with 3 where no typeface here has Chinese characters.
"""

import io
import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import typst
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Length
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

# Typefaces with the characters of a paper, those of GB/T 9704 first: one of Windows, of a Mac, of Linux.
_FACES = ("FangSong", "STFangsong", "SimSun", "Songti SC", "STSong", "Noto Serif CJK SC", "Source Han Serif SC", "Noto Sans CJK SC")
_LATIN = "Times New Roman"
# Of a line the part above its base; a line of no height of its own beside its type; in points, what stands free beside the text of a cell, and
# type of which the file says no size.
_ABOVE, _LINE, _CELL, _UNSAID = 0.78, 1.3, 5.4, 10.5
_ALIGNED: dict[Any, str] = {WD_ALIGN_PARAGRAPH.CENTER: "center", WD_ALIGN_PARAGRAPH.RIGHT: "right"}
_KNOWN = frozenset(
    qn(f"w:{tag}")
    for tag in (
        *(
            "body",
            "p",
            "pPr",
            "r",
            "rPr",
            "t",
            "br",
            "tab",
            "tbl",
            "tblPr",
            "tblGrid",
            "gridCol",
            "tr",
            "trPr",
            "tc",
            "tcPr",
            "sectPr",
        ),
        *("bookmarkStart", "bookmarkEnd", "proofErr"),
    )
)
_PROPERTIES = frozenset(qn(f"w:{tag}") for tag in ("pPr", "rPr", "tblPr", "trPr", "tcPr", "sectPr"))
# What would be lost though its parts are known: a cell over several rows, a numbered list, a frame, a table within a cell.
_LOST = ".//w:vMerge | .//w:numPr | .//w:framePr | .//w:tc//w:tbl"
_BORDERS = qn("w:pBdr")


class NotSet(Exception):
    """Something stands in the file that is not set here. Its words name it."""


def find_typeface() -> str | None:
    """The typeface of this machine in which papers are set; None where none has Chinese characters."""
    there = set(typst.Fonts().families())
    return next((face for face in _FACES if face in there), None)


def typeset(file: bytes, face: str) -> bytes:
    """The PDF of a Word file. Raises NotSet."""
    return typst.compile(build_source(file, face).encode())


def build_source(file: bytes, face: str) -> str:
    """A Word file in the language of typst. Raises NotSet."""
    page = Document(io.BytesIO(file))
    body: Any = page.element.body
    if lost := [*(each for each in _list_parts(body) if each.tag not in _KNOWN), *body.xpath(_LOST)]:
        raise NotSet(str(lost[0].tag))
    return "\n".join(_list_source(page, face))


def _list_parts(element: Any) -> Iterator[Any]:
    """What stands in the file, without what its properties say."""
    yield element
    if element.tag not in _PROPERTIES:
        for child in element.iterchildren():
            yield from _list_parts(child)


def _list_source(page: Any, face: str) -> Iterator[str]:
    section = page.sections[0]
    margins = ", ".join(f"{side}: {getattr(section, f'{side}_margin').pt}pt" for side in ("top", "bottom", "left", "right"))
    footer = "".join(_build_paragraph(each) for each in section.footer.paragraphs if each.text.strip())
    yield f"#set page(width: {section.page_width.pt}pt, height: {section.page_height.pt}pt, margin: ({margins}), footer: [{footer}])"
    yield f'#set text(font: ("{_LATIN}", "{face}"), lang: "zh", region: "cn", size: {_get_usual_size(page)}pt)'
    yield "#set block(spacing: 0pt)"
    yield "#set par(leading: 0pt, spacing: 0pt)"
    for block in page.iter_inner_content():
        yield _build_table(block) if isinstance(block, Table) else _build_paragraph(block)


def _build_paragraph(paragraph: Paragraph) -> str:
    """A block whose lines are as high as the file says, whatever typeface they are set in."""
    form = paragraph.paragraph_format
    high = _to_points(form.line_spacing) or _LINE * max((_get_size(run) for run in paragraph.runs), default=_UNSAID)
    inset = {
        "top": _to_points(form.space_before),
        "bottom": _to_points(form.space_after),
        "left": _to_points(form.left_indent),
        "right": _to_points(form.right_indent),
    }
    ruled = "(bottom: 0.75pt)" if next(paragraph._p.iter(_BORDERS), None) is not None else "none"
    words = "".join(_build_run(run) for run in paragraph.runs) or "~"
    return (
        f"#block(width: 100%, stroke: {ruled}, sticky: {json.dumps(bool(form.keep_with_next))}, "
        f"inset: ({', '.join(f'{side}: {points}pt' for side, points in inset.items())}))["
        f"#set text(top-edge: {high * _ABOVE}pt, bottom-edge: {-high * (1 - _ABOVE)}pt);"
        f"#align({_ALIGNED.get(form.alignment, 'left')}, "
        f"par(first-line-indent: (amount: {_to_points(form.first_line_indent)}pt, all: true))[{words}])]"
    )


def _build_run(run: Run) -> str:
    weight = "bold" if run.bold else "regular"
    lines = [
        f"#text(size: {_get_size(run)}pt, weight: {json.dumps(weight)}, {_build_string(line)})" for line in run.text.split("\n")
    ]
    return "#linebreak()".join(lines)


def _build_string(words: str) -> str:
    """Words as a string of typst, in which nothing that people typed is markup."""
    plain = "".join("    " if each == "\t" else each for each in words if each == "\t" or each.isprintable() or each == "\u3000")
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _build_table(table: Table) -> str:
    widths = ", ".join(f"{_to_points(column.width)}pt" for column in table.columns)
    cells = [_build_cell(cell) for row in table.rows for cell in dict.fromkeys(row.cells)]
    return f"#align(center, table(columns: ({widths}), stroke: 0.5pt, inset: (x: {_CELL}pt, y: 0pt), {', '.join(cells)}))"


def _build_cell(cell: Any) -> str:
    return f"table.cell(colspan: {cell.grid_span})[#set align(left);{''.join(map(_build_paragraph, cell.paragraphs))}]"


def _get_size(run: Run) -> float:
    part: Any = run.part
    return _to_points(run.font.size) or _get_usual_size(part.document)


def _get_usual_size(page: Any) -> float:
    return _to_points(page.styles["Normal"].font.size) or _UNSAID


def _to_points(length: Any) -> float:
    """A length in points; 0 where the file says none, or says it in lines."""
    return length.pt if isinstance(length, Length) else 0.0


def main() -> None:
    """Set the files named, each into the folder; one that cannot be set is left out."""
    face = find_typeface()
    if face is None:
        sys.exit(3)
    folder, *files = map(Path, sys.argv[1:] or ["."])
    for file in files:
        with suppress(NotSet, typst.TypstError):
            (folder / f"{file.stem}.pdf").write_bytes(typeset(file.read_bytes(), face))


if __name__ == "__main__":
    main()
