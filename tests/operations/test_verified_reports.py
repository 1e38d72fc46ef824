"""Whether `louke verify` sees a report that was changed, slipped in or taken away after it was made."""

from collections.abc import Sequence

import pytest

from models.journal import hash_sm3
from verification.rules.reports import KeptReport, compare_reports

MADE = KeptReport("weekly-report", "chengguan", "2026-09-28", "as made", hash_sm3(b"as made").hex())
TOLD = {"type": "weekly-report", "unit": "chengguan", "period": "2026-09-28", "sm3": MADE.sm3}
CHANGED = ["报告表与日志不一致（weekly-report/chengguan/2026-09-28）：制作之后被改动"]


@pytest.mark.parametrize(
    ("rows", "entries", "differences"),
    [
        ([MADE], [TOLD], []),
        ([MADE._replace(content="as wished")], [TOLD], CHANGED),
        ([MADE._replace(content="as wished", sm3=hash_sm3(b"as wished").hex())], [TOLD], CHANGED),
        ([MADE], [], ["报告表有日志没有依据的一份（weekly-report/chengguan/2026-09-28）"]),
        ([], [TOLD], ["报告表缺少日志所载的一份（weekly-report/chengguan/2026-09-28）"]),
    ],
)
def test_a_report_is_what_the_journal_has_the_digest_of(
    rows: Sequence[KeptReport], entries: Sequence[dict[str, str]], differences: list[str]
) -> None:
    assert [*compare_reports(rows, entries)] == differences
