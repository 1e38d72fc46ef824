"""The PDF of Word files of ours where no LibreOffice is installed: their paragraphs and tables, set by typst in a typeface of this machine.

What our templates are made of is set; a file in which something else stands (a picture, a cell over several rows, words struck out) gets no PDF,
lest a paper go out that lacks it or says more. Nor does one with a character that no typeface here has. Run in a process of its own, as
LibreOffice is: `python -m activities.typesetting FOLDER FILE…` leaves in the folder a PDF for each file that can be set, and ends with 3 where
no typeface here has Chinese characters.
"""

import io
import json
import resource
import sys
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import category

import typst
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Length
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

if TYPE_CHECKING:
    from typst import PDFStandard

# Typefaces with the characters of a paper, those of GB/T 9704 first: one of Windows, of a Mac, of Linux.
_FACES = ("FangSong", "STFangsong", "SimSun", "Songti SC", "STSong", "Noto Serif CJK SC", "Source Han Serif SC", "Noto Sans CJK SC")
_LATIN = "Times New Roman"
# Beside those of Windows, with what is rare in names.
_RARE = "SimSun-ExtB"
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
        *("hdr", "ftr", "bookmarkStart", "bookmarkEnd", "proofErr", "fldSimple"),
    )
)
_PROPERTIES = frozenset(qn(f"w:{tag}") for tag in ("pPr", "rPr", "tblPr", "trPr", "tcPr", "sectPr"))
# What would be lost though its parts are known: a cell over several rows, a list, a frame, a table within a cell, a new page, another section,
# a field that is not the number of the page.
_LOST = (
    ".//w:vMerge | .//w:hMerge | .//w:numPr | .//w:framePr | .//w:tc//w:tbl | .//w:p//w:sectPr"
    " | .//w:br[@w:type and @w:type != 'textWrapping'] | .//w:fldSimple[normalize-space(@w:instr) != 'PAGE' or not(w:r)]"
)
# What changes what is read, unless it says that it is not so: words struck out, hidden, or raised; a page of its own.
_CHANGING = " | ".join(
    f".//w:{tag}[not(@w:val = '0' or @w:val = 'false' or @w:val = 'off' or @w:val = 'baseline')]"
    for tag in ("strike", "dstrike", "vanish", "vertAlign", "caps", "pageBreakBefore")
)
_BORDERS, _FIELD, _RUN, _HEAD = (qn(f"w:{tag}") for tag in ("pBdr", "fldSimple", "r", "tblHeader"))
# How thick a rule is of which the file does not say it, in points.
_RULE = 0.75
# The edition of PDF for what is kept long (GB/T 23286, ISO 19005-2), which may hold no character that its typeface lacks.
STANDARDS: list["PDFStandard"] = ["a-2u"]
# Of the width of its type, how much a letter, figure or sign takes at most.
_WIDEST = 0.75
# Seconds of the processor for one file; a page takes a tenth of one.
_FILE_CPU_S = 20


class NotSet(Exception):
    """Something stands in the file that is not set here. Its words name it."""


def find_typeface() -> str | None:
    """The typeface of this machine in which papers are set; None where none has Chinese characters."""
    there = set(typst.Fonts().families())
    return next((face for face in _FACES if face in there), None)


def typeset(file: bytes, face: str) -> bytes:
    """The PDF of a Word file. Raises NotSet."""
    return typst.compile(build_source(file, face).encode(), pdf_standards=STANDARDS)


def build_source(file: bytes, face: str) -> str:
    """A Word file in the language of typst. Raises NotSet."""
    page = Document(io.BytesIO(file))
    if lost := next(_list_lost(page), None):
        raise NotSet(lost)
    return "\n".join(_list_source(page, face))


def _list_lost(page: Any) -> Iterator[str]:
    """What stands in the file and would not be set, or not as it says."""
    section, styles = page.sections[0], page.styles
    if section.different_first_page_header_footer or page.settings.odd_and_even_pages_header_footer:
        yield "titlePg"
    for part in (page.element.body, section.header._element, section.footer._element):
        yield from (str(each.tag) for each in _list_parts(part) if each.tag not in _KNOWN)
        yield from (str(each.tag) for each in chain(part.xpath(_LOST), part.xpath(_CHANGING)))
        used = part.xpath(".//w:pStyle/@w:val | .//w:rStyle/@w:val")
        for style in chain.from_iterable(_list_styles(each) for each in styles if each.style_id in used):
            yield from (str(each.tag) for each in style.element.xpath(f".//w:numPr | {_CHANGING}"))


def _list_styles(style: Any) -> Iterator[Any]:
    """A style and those on which it is based, the nearest first."""
    while style is not None:
        yield style
        style = getattr(style, "base_style", None)


def _find_said(name: str, forms: Iterator[Any]) -> Any:
    """What the nearest of these forms says, that says it."""
    return next((said for form in forms if (said := getattr(form, name)) is not None), None)


class _Styles:
    """The styles of a file by their ids, each with those on which it is based; read once, since the library seeks each among all."""

    def __init__(self, page: Any) -> None:
        self._by_id = {each.style_id: tuple(_list_styles(each)) for each in page.styles}
        self._usual = tuple(_list_styles(page.styles.default(WD_STYLE_TYPE.PARAGRAPH)))

    def _list_of(self, paragraph: Paragraph) -> tuple[Any, ...]:
        return self._by_id.get(paragraph._p.style or "", self._usual)

    def list_forms(self, paragraph: Paragraph) -> Iterator[Any]:
        """What says how a paragraph stands, itself first."""
        yield paragraph.paragraph_format
        yield from (each.paragraph_format for each in self._list_of(paragraph))

    def list_fonts(self, run: Run, paragraph: Paragraph) -> Iterator[Any]:
        """What says how a run of a paragraph is set, itself first."""
        yield run.font
        yield from (each.font for each in chain(self._by_id.get(run._r.style or "", ()), self._list_of(paragraph)))


def _list_parts(element: Any) -> Iterator[Any]:
    """What stands in the file, without what its properties say."""
    yield element
    if element.tag not in _PROPERTIES:
        for child in element.iterchildren():
            yield from _list_parts(child)


def _list_source(page: Any, face: str) -> Iterator[str]:
    section, styles = page.sections[0], _Styles(page)
    margins = ", ".join(f"{side}: {getattr(section, f'{side}_margin').pt}pt" for side in ("top", "bottom", "left", "right"))
    wide = section.page_width.pt - section.left_margin.pt - section.right_margin.pt
    header, footer = (
        "".join(_build_paragraph(each, styles, wide) for each in part.paragraphs if each.text.strip() or _has_field(each))
        for part in (section.header, section.footer)
    )
    yield (
        f"#set page(width: {section.page_width.pt}pt, height: {section.page_height.pt}pt, margin: ({margins}), "
        f"header: [{header}], footer: [{footer}])"
    )
    # Not in whatever else the machine has: of the characters of names that no standard has, each typeface means others.
    faces = json.dumps([_LATIN, face, *_FACES, _RARE], ensure_ascii=False)[1:-1]
    yield f'#set text(font: ({faces}), fallback: false, lang: "zh", region: "cn", size: {_UNSAID}pt)'
    yield "#set block(spacing: 0pt)"
    yield "#set par(leading: 0pt, spacing: 0pt)"
    for block in page.iter_inner_content():
        yield _build_table(block, styles, wide) if isinstance(block, Table) else _build_paragraph(block, styles, wide)


def _build_paragraph(paragraph: Paragraph, styles: _Styles, wide: float) -> str:
    """A block whose lines are as high as the file says, whatever typeface they are set in; a word longer than a line goes on in the next."""

    def find(name: str) -> Any:
        return _find_said(name, styles.list_forms(paragraph))

    runs = list(_list_runs(paragraph))
    largest = max((_get_size(run, paragraph, styles) for run, _ in runs), default=_UNSAID)
    high = _to_points(find("line_spacing")) or _LINE * largest
    if find("line_spacing_rule") == WD_LINE_SPACING.AT_LEAST:
        high = max(high, _LINE * largest)
    inset = {
        "top": _to_points(find("space_before")),
        "bottom": _to_points(find("space_after")),
        "left": _to_points(find("left_indent")),
        "right": _to_points(find("right_indent")),
    }
    fits = max(2, int((wide - inset["left"] - inset["right"]) / (largest * _WIDEST)))
    words = "".join(_build_run(run, paragraph, styles, numbers=numbers) for run, numbers in runs) or "~"
    return (
        f"#block(width: 100%, stroke: {_build_rule(paragraph)}, sticky: {json.dumps(bool(find('keep_with_next')))}, "
        f"inset: ({', '.join(f'{side}: {points}pt' for side, points in inset.items())}))["
        f'#show regex("[!-~]{{{fits},}}"): word => word.text.clusters().map(each => box(each)).join();'
        f"#set text(top-edge: {high * _ABOVE}pt, bottom-edge: {-high * (1 - _ABOVE)}pt);"
        f"#align({_ALIGNED.get(find('alignment'), 'left')}, "
        f"par(first-line-indent: (amount: {_to_points(find('first_line_indent'))}pt, all: true))[{words}])]"
    )


def _list_runs(paragraph: Paragraph) -> Iterator[tuple[Run, bool]]:
    """The runs of a paragraph in their order, and whether each stands for the number of the page."""
    for child in paragraph._p.iterchildren(_RUN, _FIELD):
        yield (Run(child.find(_RUN), paragraph), True) if child.tag == _FIELD else (Run(child, paragraph), False)


def _has_field(paragraph: Paragraph) -> bool:
    return next(paragraph._p.iterchildren(_FIELD), None) is not None


def _build_rule(paragraph: Paragraph) -> str:
    """What stands below a paragraph that has borders."""
    borders = next(paragraph._p.iter(_BORDERS), None)
    if borders is None:
        return "none"
    said = getattr(borders.find(qn("w:bottom")), "attrib", {})
    thick, colour = said.get(qn("w:sz")), said.get(qn("w:color"), "auto")
    # Word counts eighths of a point.
    points = int(thick) / 8 if thick else _RULE
    return f"(bottom: {points}pt{'' if colour == 'auto' else f' + rgb({json.dumps(colour)})'})"


def _build_run(run: Run, paragraph: Paragraph, styles: _Styles, *, numbers: bool) -> str:
    fonts = tuple(styles.list_fonts(run, paragraph))
    weight = "bold" if _find_said("bold", iter(fonts)) else "regular"
    around = "underline" if _find_said("underline", iter(fonts)) else ""
    form = f"size: {_get_size(run, paragraph, styles)}pt, weight: {json.dumps(weight)}"
    if colour := next((rgb for each in fonts if (rgb := each.color.rgb) is not None), None):
        form += f", fill: rgb({json.dumps(str(colour))})"
    if numbers:
        return f"#{around}(text({form}, context counter(page).display()))"
    lines = [f"#{around}(text({form}, {_build_string(line)}))" for line in run.text.split("\n")]
    return "#linebreak()".join(lines)


def _build_string(words: str) -> str:
    """Words as a string of typst, in which nothing that people typed is markup; without what is seen on no paper."""
    plain = "".join("    " if each == "\t" else each for each in words if each == "\t" or category(each) not in ("Cc", "Cf"))
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _build_table(table: Table, styles: _Styles, page: float) -> str:
    """A table whose cells stand where the file has them, also in a row that begins or ends within the others."""
    widths = [_to_points(column.width) for column in table.columns]
    cells, head = list[str](), list[str]()
    for y, row in enumerate(table.rows):
        # Rows of headings are the first, and stand on every page.
        into = head if next(row._tr.iter(_HEAD), None) is not None and not cells else cells
        x = row.grid_cols_before
        for cell in dict.fromkeys(row.cells):
            wide = (sum(widths[x : x + cell.grid_span]) if all(widths) else page) - 2 * _CELL
            inside = "".join(_build_paragraph(each, styles, wide) for each in cell.paragraphs)
            into.append(f"table.cell(x: {x}, y: {y}, colspan: {cell.grid_span})[#set align(left);{inside}]")
            x += cell.grid_span
    columns = ", ".join(f"{each}pt" if each else "auto" for each in widths)
    told = ", ".join([f"table.header({', '.join(head)})"] * bool(head) + cells)
    return f"#align(center, table(columns: ({columns},), stroke: 0.5pt, inset: (x: {_CELL}pt, y: 0pt), {told}))"


def _get_size(run: Run, paragraph: Paragraph, styles: _Styles) -> float:
    return _to_points(_find_said("size", styles.list_fonts(run, paragraph))) or _UNSAID


def _to_points(length: Any) -> float:
    """A length in points; 0 where the file says none, or says it in lines."""
    return length.pt if isinstance(length, Length) else 0.0


def _set_file(folder: Path, file: Path) -> None:
    # Which ends this process, whatever it is busy with; and not for having to wait for others on a busy machine.
    resource.setrlimit(resource.RLIMIT_CPU, (_FILE_CPU_S, _FILE_CPU_S))
    face = find_typeface()
    with suppress(NotSet, typst.TypstError):
        # Whole or not at all, also where it is ended before its time.
        part = folder / f"{file.stem}.part"
        part.write_bytes(typeset(file.read_bytes(), face or ""))
        part.rename(folder / f"{file.stem}.pdf")


def main() -> None:
    """Set the files named, each into the folder, in a process of its own: one that cannot be set, or takes too long, is left out alone."""
    folder, *files = map(Path, sys.argv[1:] or ["."])
    if not files:
        sys.exit(0 if find_typeface() else 3)
    for file in files:
        # Forked before anything of typst has run here, which then has threads of its own.
        setting = get_context("fork").Process(target=_set_file, args=(folder, file))
        setting.start()
        setting.join()


if __name__ == "__main__":
    main()
