"""Whether `louke verify` sees a report that was changed, slipped in or taken away after it was made."""

from collections.abc import Sequence

import pytest

from models.journal import hash_sm3
from verification.rules.reports import KeptPaper, KeptReport, compare_papers, compare_reports

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


PAPER = KeptPaper("weekly-report", "chengguan", "2026-09-28", 1, hash_sm3(b"as set").hex(), MADE.sm3)
SET = TOLD | {"edition": 1, "sm3": PAPER.sm3, "report": MADE.sm3}
OTHER = ["报告的PDF与日志不一致（weekly-report/chengguan/2026-09-28）"]


@pytest.mark.parametrize(
    ("rows", "entries", "differences"),
    [
        ([PAPER], [SET], []),
        ([PAPER._replace(sm3=hash_sm3(b"as wished").hex())], [SET], OTHER),
        ([PAPER._replace(report=hash_sm3(b"another").hex())], [SET], OTHER),
        ([PAPER], [], OTHER),
        ([], [SET], ["报告的PDF缺少日志所载的一份（weekly-report/chengguan/2026-09-28）"]),
    ],
)
def test_a_pdf_is_the_one_that_the_journal_has_the_digest_of(
    rows: Sequence[KeptPaper], entries: Sequence[dict[str, object]], differences: list[str]
) -> None:
    assert [*compare_papers(rows, entries)] == differences
