"""Reports (报告) as Word files: to be printed, or as what circulates (通报). The PDF that is kept of each is set from one."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any, Final, NamedTuple

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Cm, Pt, RGBColor

from law.calendar import SHANGHAI
from models.reports import ReportContent, ReportSection

_TYPEFACE, _POINTS = "宋体", Pt(9)
_RED: Final = RGBColor(0xC0, 0x00, 0x00)
_MARGIN_CM = 1.5
_LONG_CM, _SHORT_CM = 29.7, 21.0
# A column of one figure still bears its heading.
_NARROWEST = 6
# What may call citizens by name: titles of matters, and words that stand in them.
_NOT_CIRCULATED = frozenset({"标题", "涉及事项", "主要依据", "内容"})


class Printed(NamedTuple):
    """What a report's file says beside its content: its number, edition and digest, how late it was, and whether a later edition stands beside it."""

    content: ReportContent
    sm3: str
    number: str
    edition: int
    reason: str
    late_minutes: int
    superseded: bool


def render_word(report: Printed, taken_by: str = "") -> bytes:
    """The report as a Word file, on its side, with its pages numbered: with lines to sign at its end, or as what circulates; and who had it printed."""
    page: Any = Document()
    style = page.styles["Normal"]
    style.font.name, style.font.size = _TYPEFACE, _POINTS
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _TYPEFACE)
    sheet = page.sections[0]
    sheet.orientation, sheet.page_width, sheet.page_height = WD_ORIENT.LANDSCAPE, Cm(_LONG_CM), Cm(_SHORT_CM)
    sheet.left_margin = sheet.right_margin = Cm(_MARGIN_CM)
    _number_pages(sheet.footer.paragraphs[0])
    if report.number:
        _render_red_head(page, report)
    page.add_heading(f"{report.content.unit_zh}{report.content.zh}{_describe_edition(report)}", level=1)
    page.add_paragraph(describe_report(report) + (f"。打印人：{taken_by}。" if taken_by else "。"))
    for n, section in enumerate(report.content.sections, start=1):
        page.add_heading(f"{n}．{section.zh}（{_describe_how_many(section)}）", level=2)
        page.add_paragraph(section.counts)
        if section.rows:
            _render_table(page, section, shown=_list_shown(section) if report.number else range(len(section.columns)))
    if not report.number:
        page.add_paragraph("\n交班：＿＿＿＿＿＿　　接班：＿＿＿＿＿＿　　值班领导：＿＿＿＿＿＿")
    file = BytesIO()
    page.save(file)
    return file.getvalue()


def describe_report(report: Printed) -> str:
    """Of which period it is, as of when, how late and in which edition, with the beginning of its digest."""
    content = report.content
    since, until, as_of = (f"{each.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" for each in (content.since, content.until, content.as_of))
    late = f"（迟制{report.late_minutes}分钟）" if report.late_minutes else ""
    which = f"更正版第{report.edition}版，更正理由：{report.reason}。" if report.edition > 1 else ""
    which += "本版已有更正版。" if report.superseded else ""
    number = f"{report.number}。" if report.number else ""
    return f"{number}{which}期间：{since}至{until}。数据时间：{as_of}{late}。封存的案件不列入。摘要：{report.sm3[:16]}"


def _render_red_head(page: Any, report: Printed) -> None:
    """Who issues it, its number, and the red rule beneath (党政机关公文格式 GB/T 9704)."""
    issuer = page.add_paragraph()
    issuer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    words = issuer.add_run(f"{report.content.unit_zh}通报")
    words.font.size, words.font.bold, words.font.color.rgb = Pt(26), True, _RED
    number = page.add_paragraph(report.number)
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    number.runs[0].font.size = Pt(14)
    rule = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "1"), ("color", str(_RED))):
        bottom.set(qn(f"w:{name}"), value)
    rule.append(bottom)
    number._p.get_or_add_pPr().append(rule)


def _number_pages(paragraph: Any) -> None:
    """The number of each page at its foot, as whatever sets the file reckons it."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    field.append(paragraph.add_run("1")._r)
    paragraph._p.append(field)


def _list_shown(section: ReportSection) -> list[int]:
    """The columns that circulate: matters are told by their numbers, and nobody is called by name."""
    return [n for n, column in enumerate(section.columns) if column.heading not in _NOT_CIRCULATED]


def _render_table(page: Any, section: ReportSection, shown: Sequence[int]) -> None:
    """The rows under their headings, which stand on each page that they go on to; each column as wide as it is among the others."""
    table = page.add_table(rows=1, cols=len(shown), style="Table Grid")
    head = table.rows[0]._tr.get_or_add_trPr()
    head.append(OxmlElement("w:tblHeader"))
    for cell, n in zip(table.rows[0].cells, shown, strict=True):
        cell.text = section.columns[n].heading
        cell.paragraphs[0].runs[0].bold = True
    for row in section.rows:
        for cell, n in zip(table.add_row().cells, shown, strict=True):
            cell.text = "" if row[n] is None else str(row[n])
    wide = [max(section.columns[n].width, _NARROWEST) for n in shown]
    for column, of in zip(table.columns, wide, strict=True):
        column.width = Cm((_LONG_CM - 2 * _MARGIN_CM) * of / sum(wide))
        for cell in column.cells:
            cell.width = column.width


def _describe_edition(report: Printed) -> str:
    return f"（更正版，第{report.edition}版）" if report.edition > 1 else ""


def _describe_how_many(section: ReportSection) -> str:
    return f"{len(section.rows)}项以上，其余见列表" if section.more else f"{len(section.rows)}项"
