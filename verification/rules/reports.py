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


def compare_reports(rows: Iterable[KeptReport], entries: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Where a report differs from the digest in its entry, has none, or is missing; `entries` are the contents of the entries."""
    told = {(said.get("type"), said.get("unit"), said.get("period")): said.get("sm3") for said in entries}
    for row in rows:
        digest = told.pop((row.type, row.unit_id, row.period), None)
        name = f"{row.type}/{row.unit_id}/{row.period}"
        if digest is None:
            yield f"报告表有日志没有依据的一份（{name}）"
        elif not digest == row.sm3 == hash_sm3(row.content.encode()).hex():
            yield f"报告表与日志不一致（{name}）：制作之后被改动"
    yield from (f"报告表缺少日志所载的一份（{'/'.join(map(str, each))}）" for each in sorted(told, key=str))
