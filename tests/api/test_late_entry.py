"""What is entered late is taken, and bears its mark: on the card, in the journal, on the paper, in the lists."""

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from docx import Document

from activities.recording.late_entries import describe_late_entries
from law.facts import Fact
from law.late_entry import Figures, concerns_liberty, is_late
from models.documents import get_document_types
from models.messages import LateEntry
from models.templates import list_used_words, render_document
from tests.api.matters import accepted, reported
from tests.world import World

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


def ago(**span: float) -> datetime:
    return datetime.now(UTC).replace(microsecond=0) - timedelta(**span)


@pytest.mark.parametrize(
    ("hours", "liberty", "late"),
    [(24, False, False), (24.01, False, True), (1, True, False), (1.01, True, True), (1.01, False, False), (-1, True, False)],
)
def test_a_step_is_late_after_a_day_and_after_an_hour_where_liberty_is_at_stake(hours: float, liberty: bool, late: bool) -> None:
    assert is_late(NOW - timedelta(hours=hours), NOW, liberty=liberty, figures=Figures()) is late


def test_the_bureau_may_set_its_own_figures() -> None:
    strict = Figures(timedelta(hours=2), timedelta(minutes=10))
    assert is_late(NOW - timedelta(hours=3), NOW, liberty=False, figures=strict)
    assert is_late(NOW - timedelta(minutes=11), NOW, liberty=True, figures=strict)


def test_liberty_is_at_stake_in_what_arms_extends_or_meets_a_limit_on_it() -> None:
    for fact in (Fact.DETENTION_EXECUTED, Fact.DETENTION_EXTENDED, Fact.ARREST_REQUESTED):
        assert concerns_liberty(fact)
    assert not concerns_liberty(Fact.INCIDENT_RECEIVED)
    assert not concerns_liberty()


def test_a_paper_says_at_its_foot_that_it_was_entered_late() -> None:
    kind = next(each for each in get_document_types().values() if each.zh == "受案回执")
    words: dict[str, Any] = dict.fromkeys(list_used_words(kind), "甲")
    late = LateEntry(step="accept-case", at=NOW - timedelta(days=2), recorded_at=NOW, minutes=2880, liberty=False)
    said = describe_late_entries([late])
    assert said == "补录：发生时间2026年11月26日20时00分，录入时间2026年11月28日20时00分"
    foot = Document(io.BytesIO(render_document(kind, words | {"补录": said}))).sections[0].footer.paragraphs[0].text
    assert foot == said
    assert not Document(io.BytesIO(render_document(kind, words))).sections[0].footer.paragraphs[0].text


async def test_a_step_entered_two_days_late_is_marked_on_card_journal_and_list(bureau: World) -> None:
    at = ago(days=2)
    number, officer = await accepted(bureau, at=at)
    card = await officer.card(number)
    (late,) = card["late"]
    assert datetime.fromisoformat(late["at"]) == at
    assert timedelta(days=2) <= datetime.fromisoformat(late["recorded_at"]) - at < timedelta(days=2, minutes=2)
    assert (late["minutes"] // 60, late["seq"], late["liberty"]) == (48, 1, False)
    (entry, *_) = (await officer.read(f"/api/matters/{number}/journal"))["items"]
    assert entry["content"]["late"][0]["minutes"] == late["minutes"]
    (row,) = (await officer.read("/api/matters"))["items"]
    assert row["late_entries"] == 1


async def test_what_is_entered_the_same_day_bears_no_mark(bureau: World) -> None:
    number, officer = await reported(bureau, at=ago(hours=20))
    card = await officer.card(number)
    assert (card["late"], card["late_entries"]) == ([], 0)
    assert "late" not in (await officer.read(f"/api/matters/{number}/journal"))["items"][0]["content"]


async def test_a_request_that_was_asked_for_late_keeps_its_mark_when_it_is_approved(bureau: World) -> None:
    number, officer = await accepted(bureau, at=ago(days=3))
    await officer.take(number, "file-case", charge="xf-264", grounds="有犯罪事实，需要追究刑事责任", at=ago(days=2))
    head = await bureau.as_("zhouminghui")
    (request,) = (await head.card(number))["requests"]
    assert datetime.fromisoformat(request["recorded_at"]) > datetime.fromisoformat(request["asked_at"]) + timedelta(days=1)
    assert [each["step"] for each in request["late"]] == ["file-case"]
    await head.approve(number, "file-case")
    late = (await head.card(number))["late"]
    assert [(each["step"], each["seq"]) for each in late] == [("accept-case", 1), ("file-case", 2), ("file-case", 3)]
    assert (await head.card(number))["late_entries"] == 2, "what was asked for late and then approved is one late entry"


async def test_an_approval_may_not_lie_before_its_request_was_entered(bureau: World) -> None:
    number, officer = await accepted(bureau, at=ago(days=3))
    await officer.take(number, "file-case", charge="xf-264", grounds="有犯罪事实，需要追究刑事责任", at=ago(hours=3))
    head = await bureau.as_("zhouminghui")
    refused = await head.try_(number, "approve", request="file-case", at=ago(hours=2.5))
    assert refused.status_code == 422
    assert [(each["field"], each["rule"]) for each in refused.json()["errors"]] == [("at", "before-its-request")]
    assert (await head.card(number))["stage"] == "review"
    unscanned = await head.try_(number, "approve", request="file-case", at=ago(hours=2.5), paper_number="青公呈批〔2026〕7号")
    assert [(each["field"], each["rule"]) for each in unscanned.json()["errors"]] == [("paper_scan", "missing")]
    unknown = {"paper_number": "青公呈批〔2026〕7号", "paper_scan": "呈请审批表"}
    lost = await head.try_(number, "approve", request="file-case", at=ago(hours=2.5), **unknown)
    assert [(each["field"], each["rule"]) for each in lost.json()["errors"]] == [("paper_scan", "not-in-the-dossier")]


async def test_an_approval_given_on_paper_before_is_entered_with_its_scan_and_marked(bureau: World) -> None:
    number, officer = await accepted(bureau, at=ago(days=4))
    await officer.take(number, "file-case", charge="xf-264", grounds="有犯罪事实，需要追究刑事责任", at=ago(days=3))
    scan = {"place": "filing", "title": "呈请审批表"}
    answer = await officer.http.post(
        f"/api/matters/{number}/dossier", data=scan, files={"file": ("a.pdf", b"%PDF-1.4\n%%EOF", "application/pdf")}
    )
    assert answer.status_code in (200, 201), answer.text
    head = await bureau.as_("zhouminghui")
    await head.approve(number, "file-case", at=ago(days=2), paper_number="青公呈批〔2026〕7号", paper_scan="呈请审批表")
    approval = (await head.card(number))["late"][-1]
    assert (approval["step"], approval["request"], approval["paper"]) == ("approve", "file-case", "青公呈批〔2026〕7号")


async def test_an_approval_dated_after_its_request_was_entered_needs_no_paper(bureau: World) -> None:
    number, officer = await accepted(bureau)
    await officer.take(number, "file-case", charge="xf-264", grounds="有犯罪事实，需要追究刑事责任")
    head = await bureau.as_("zhouminghui")
    await head.approve(number, "file-case", at=datetime.now(UTC))
    assert (await head.card(number))["stage"] == "investigation"
