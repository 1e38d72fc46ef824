"""Kept reports (报告) compared with the bureau's journal, which has the digest of each. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from models.journal import hash_sm3


class KeptReport(NamedTuple):
    """A row of the table of reports."""

    type: str
    unit_id: str
    period: str
    content: str
    sm3: str
    edition: int = 1
    reason: str = ""
    number: str = ""


def compare_reports(rows: Iterable[KeptReport], entries: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Where a report differs from its entry, has none, or is missing; each edition has its own. `entries` are the contents of the entries."""
    told = {
        (said.get("type"), said.get("unit"), said.get("period"), said.get("edition", 1)): (
            said.get("sm3"),
            said.get("reason", ""),
            said.get("number", ""),
        )
        for said in entries
    }
    for row in rows:
        said = told.pop((row.type, row.unit_id, row.period, row.edition), None)
        name = _format_name(row.type, row.unit_id, row.period, row.edition)
        if said is None:
            yield f"报告表有日志没有依据的一份（{name}）"
        elif said != (row.sm3, row.reason, row.number) or row.sm3 != hash_sm3(row.content.encode()).hex():
            yield f"报告表与日志不一致（{name}）：制作之后被改动"
    yield from (f"报告表缺少日志所载的一份（{_format_name(*each)}）" for each in sorted(told, key=str))


class KeptPaper(NamedTuple):
    """A row of the table of PDFs, with the report that it is of."""

    type: str
    unit_id: str
    period: str
    edition: int
    sm3: str
    report: str


def compare_papers(rows: Iterable[KeptPaper], entries: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Where the PDF of a report is another than the journal has, or has no entry, or is missing. What it is a PDF of is the report of that digest."""
    told = {
        (said.get("type"), said.get("unit"), said.get("period"), said.get("edition", 1)): (said.get("sm3"), said.get("report"))
        for said in entries
    }
    for row in rows:
        said = told.pop((row.type, row.unit_id, row.period, row.edition), None)
        if said != (row.sm3, row.report):
            yield f"报告的PDF与日志不一致（{_format_name(row.type, row.unit_id, row.period, row.edition)}）"
    yield from (f"报告的PDF缺少日志所载的一份（{_format_name(*each)}）" for each in sorted(told, key=str))


def _format_name(type_: object, unit: object, period: object, edition: object) -> str:
    return f"{type_}/{unit}/{period}" + (f"，更正版第{edition}版" if edition != 1 else "")
