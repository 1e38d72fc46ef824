"""Whether `louke verify` sees a report that was changed, slipped in or taken away after it was made."""

from collections.abc import Sequence

import pytest

from models.journal import hash_sm3
from verification.rules.reports import KeptReport, compare_reports

MADE = KeptReport("weekly-report", "chengguan", "2026-09-28", "as made", hash_sm3(b"as made").hex())
TOLD = {"type": "weekly-report", "unit": "chengguan", "period": "2026-09-28", "sm3": MADE.sm3}
AGAIN = MADE._replace(content="as corrected", sm3=hash_sm3(b"as corrected").hex(), edition=2, reason="漏计一起")
TOLD_AGAIN = TOLD | {"sm3": AGAIN.sm3, "edition": 2, "reason": "漏计一起"}
CHANGED_AGAIN = "报告表与日志不一致（weekly-report/chengguan/2026-09-28，更正版第2版）：制作之后被改动"
CHANGED = ["报告表与日志不一致（weekly-report/chengguan/2026-09-28）：制作之后被改动"]


@pytest.mark.parametrize(
    ("rows", "entries", "differences"),
    [
        ([MADE], [TOLD], []),
        ([MADE._replace(content="as wished")], [TOLD], CHANGED),
        ([MADE._replace(content="as wished", sm3=hash_sm3(b"as wished").hex())], [TOLD], CHANGED),
        ([MADE], [], ["报告表有日志没有依据的一份（weekly-report/chengguan/2026-09-28）"]),
        ([MADE, AGAIN], [TOLD, TOLD_AGAIN], []),
        ([MADE], [TOLD, TOLD_AGAIN], ["报告表缺少日志所载的一份（weekly-report/chengguan/2026-09-28，更正版第2版）"]),
        ([MADE, AGAIN._replace(reason="笔误")], [TOLD, TOLD_AGAIN], [CHANGED_AGAIN]),
        ([MADE._replace(number="通报〔2026〕9号")], [TOLD], CHANGED),
        ([], [TOLD], ["报告表缺少日志所载的一份（weekly-report/chengguan/2026-09-28）"]),
    ],
)
def test_a_report_is_what_the_journal_has_the_digest_of(
    rows: Sequence[KeptReport], entries: Sequence[dict[str, str]], differences: list[str]
) -> None:
    assert [*compare_reports(rows, entries)] == differences
