"""An arrest uses up what it answers, a release that is owed stands before any further custody, and custody adds up."""

from typing import Any

import pytest

from law.calendar import Calendar
from law.clock import ClockState
from law.facts import Fact
from law.measure_rules import REFUSAL_REVOKED, WHILE_REVIEWING
from law.offices import Office
from law.rules import RuleViolation
from models.forms.detention import ApproveArrest, ExecuteArrest
from tests.law.log import Log, at


def refused(found: RuleViolation | None) -> RuleViolation:
    assert found is not None and found.slug == "law-forbids"
    return found


@pytest.fixture
def asked_for() -> Log:
    """Detained on 1 March 2026, their arrest asked for on the third."""
    log = Log().add(Fact.CASE_FILED, "2026-01-05 09:00", about="criminal-case/1").add(Fact.DETENTION_EXECUTED, "2026-03-01 10:00")
    return log.add(Fact.ARREST_REQUESTED, "2026-03-03 10:00")


@pytest.fixture
def arrested(asked_for: Log) -> Log:
    """In custody after arrest since 9 March."""
    return asked_for.add(Fact.ARREST_APPROVED, "2026-03-09 09:00").add(Fact.ARREST_EXECUTED, "2026-03-09 10:00")


def test_one_request_lets_one_arrest_be_approved(arrested: Log, calendar: Calendar) -> None:
    arrested.add(Fact.PERSON_RELEASED, "2026-05-05 09:00")
    found = refused(arrested.asked(calendar, Fact.ARREST_APPROVED, "2026-05-05 10:00"))
    assert "没有新的“提请批准逮捕”" in found.detail
    arrested.add(Fact.ARREST_REQUESTED, "2026-05-05 11:00")
    assert arrested.asked(calendar, Fact.ARREST_APPROVED, "2026-05-05 12:00") is None


def test_a_refused_request_is_approved_only_once_somebody_looks_at_it_again(asked_for: Log, calendar: Calendar) -> None:
    asked_for.add(Fact.ARREST_REFUSED, "2026-03-09 09:00").add(Fact.PERSON_RELEASED, "2026-03-09 10:00")
    refused(asked_for.asked(calendar, Fact.ARREST_APPROVED, "2026-03-10 09:00"))
    asked_for.add(Fact.ARREST_RECONSIDERATION_REQUESTED, "2026-03-11 09:00")
    assert asked_for.asked(calendar, Fact.ARREST_APPROVED, "2026-03-12 09:00") is None


def test_a_refusal_is_contested_once_and_reviewed_once(asked_for: Log, calendar: Calendar) -> None:
    asked_for.add(Fact.ARREST_REFUSED, "2026-03-09 09:00").add(Fact.ARREST_RECONSIDERATION_REQUESTED, "2026-03-10 09:00")
    refused(asked_for.asked(calendar, Fact.ARREST_RECONSIDERATION_REQUESTED, "2026-03-11 09:00"))
    asked_for.add(Fact.ARREST_RECONSIDERED, "2026-03-12 09:00").add(Fact.ARREST_REVIEW_REQUESTED, "2026-03-13 09:00")
    refused(asked_for.asked(calendar, Fact.ARREST_REVIEW_REQUESTED, "2026-03-14 09:00"))


def test_an_approved_request_is_not_refused_besides(asked_for: Log, calendar: Calendar) -> None:
    asked_for.add(Fact.ARREST_APPROVED, "2026-03-09 09:00")
    refused(asked_for.asked(calendar, Fact.ARREST_REFUSED, "2026-03-09 10:00"))


def test_a_revoked_approval_needs_a_new_request(asked_for: Log, calendar: Calendar) -> None:
    asked_for.add(Fact.ARREST_APPROVED, "2026-03-09 09:00").add(Fact.ARREST_APPROVAL_REVOKED, "2026-03-09 10:00")
    refused(asked_for.asked(calendar, Fact.ARREST_APPROVED, "2026-03-09 11:00"))


def _unasked(log: Log, calendar: Calendar, why: str, when: str) -> RuleViolation | None:
    return log.asked(calendar, Fact.ARREST_DECIDED_UNASKED, when, reason=why)


def test_the_procuratorate_revokes_its_own_refusal_and_only_a_refusal(asked_for: Log, calendar: Calendar) -> None:
    refused(_unasked(asked_for, calendar, REFUSAL_REVOKED, "2026-03-04 09:00"))
    asked_for.add(Fact.ARREST_REFUSED, "2026-03-09 09:00").add(Fact.PERSON_RELEASED, "2026-03-09 10:00")
    assert _unasked(asked_for, calendar, REFUSAL_REVOKED, "2026-03-10 09:00") is None
    asked_for.add(Fact.ARREST_DECIDED_UNASKED, "2026-03-10 09:00", reason=REFUSAL_REVOKED)
    assert asked_for.asked(calendar, Fact.ARREST_APPROVED, "2026-03-10 09:00") is None


def test_the_procuratorate_decides_an_arrest_itself_only_while_it_has_the_case(arrested: Log, calendar: Calendar) -> None:
    arrested.add(Fact.PERSON_RELEASED, "2026-04-01 09:00")
    refused(_unasked(arrested, calendar, WHILE_REVIEWING, "2026-04-10 09:00"))
    arrested.add(Fact.CASE_SENT_TO_PROCURATORATE, "2026-04-11 09:00", about="criminal-case/1")
    assert _unasked(arrested, calendar, WHILE_REVIEWING, "2026-04-12 09:00") is None


def test_the_form_of_an_approval_says_why_nobody_had_asked() -> None:
    step: dict[str, Any] = {"at": at("2026-03-10 09:00")}
    assert ApproveArrest.model_validate(step).list_fact_kinds() == (Fact.ARREST_APPROVED,)
    unasked = ApproveArrest.model_validate({**step, "unasked": REFUSAL_REVOKED})
    assert unasked.list_fact_kinds() == (Fact.ARREST_DECIDED_UNASKED, Fact.ARREST_APPROVED)
    brought = unasked.build_fact(Fact.ARREST_DECIDED_UNASKED, "suspect/1", step["at"], "")
    assert brought.reason == REFUSAL_REVOKED


@pytest.mark.parametrize("end", [Fact.ARREST_REFUSED, Fact.ARREST_APPROVAL_REVOKED])
@pytest.mark.parametrize("further", [Fact.ARREST_REQUESTED, Fact.ARREST_EXECUTED])
def test_whoever_is_to_be_let_go_is_let_go_before_any_further_custody(
    asked_for: Log, calendar: Calendar, end: Fact, further: Fact
) -> None:
    if end is Fact.ARREST_APPROVAL_REVOKED:
        asked_for.add(Fact.ARREST_APPROVED, "2026-03-08 09:00")
    asked_for.add(end, "2026-03-09 09:00")
    if further is Fact.ARREST_EXECUTED:
        asked_for.add(Fact.ARREST_REQUESTED, "2026-03-09 10:00").add(Fact.ARREST_APPROVED, "2026-03-09 11:00")
    assert "至今没有释放" in refused(asked_for.asked(calendar, further, "2026-03-09 12:00")).detail
    asked_for.add(Fact.PERSON_RELEASED, "2026-03-09 13:00")
    assert asked_for.asked(calendar, further, "2026-03-09 14:00") is None


def _again(arrested: Log, released: str, approved: str) -> Log:
    arrested.add(Fact.PERSON_RELEASED, released).add(Fact.ARREST_REQUESTED, released)
    return arrested.add(Fact.ARREST_APPROVED, approved)


def test_a_second_arrest_in_one_case_says_what_is_new_and_hears_how_long_it_has_been(arrested: Log, calendar: Calendar) -> None:
    _again(arrested, "2026-04-08 09:00", "2026-04-10 09:00")
    found = refused(arrested.asked(calendar, Fact.ARREST_EXECUTED, "2026-04-10 10:00"))
    assert found.field == "new_facts" and "已累计羁押38日" in found.detail
    step = {"at": at("2026-04-10 10:00"), "place": "看守所", "new_facts": "又查获一名被害人的陈述"}
    assert ExecuteArrest.model_validate(step).list_fact_kinds() == (Fact.RENEWED_ARREST_GROUNDED, Fact.ARREST_EXECUTED)


def test_custody_after_a_second_arrest_goes_on_with_the_days_that_are_left(arrested: Log, calendar: Calendar) -> None:
    _again(arrested, "2026-05-05 09:00", "2026-06-01 09:00")
    arrested.add(Fact.RENEWED_ARREST_GROUNDED, "2026-06-01 10:00").add(Fact.ARREST_EXECUTED, "2026-06-01 10:00")
    first, second = arrested.clocks(calendar, "investigative-custody")
    assert first.state is ClockState.LAPSED
    # 57 of the 61 days until 9 May were used; the first of June is the 58th.
    assert second.due_at == at("2026-06-04 23:59:59")
    assert "此前已使用57日" in "".join(second.reasons)


def test_nobody_is_arrested_again_once_custody_is_used_up(arrested: Log, calendar: Calendar) -> None:
    _again(arrested, "2026-05-09 09:00", "2026-06-01 09:00").add(Fact.RENEWED_ARREST_GROUNDED, "2026-06-01 10:00")
    new = arrested.asked(calendar, Fact.ARREST_EXECUTED, "2026-06-01 10:00", seq=len(arrested.facts))
    assert "已经用完" in refused(new).detail


def test_an_extension_that_was_granted_before_counts_once_and_makes_what_is_left_longer(arrested: Log, calendar: Calendar) -> None:
    arrested.add(Fact.CUSTODY_EXTENSION_REQUESTED, "2026-04-20 09:00")
    arrested.add(
        Fact.CUSTODY_EXTENDED, "2026-05-01 09:00", extension="+1 month", approver=Office.HIGHER_PROCURATORATE, grounds="案情复杂"
    )
    _again(arrested, "2026-05-19 09:00", "2026-06-01 09:00")
    arrested.add(Fact.RENEWED_ARREST_GROUNDED, "2026-06-01 10:00").add(Fact.ARREST_EXECUTED, "2026-06-01 10:00")
    # 71 of the 92 days until 9 June were used.
    assert arrested.clocks(calendar, "investigative-custody")[1].due_at == at("2026-06-21 23:59:59")


def test_custody_counts_anew_where_another_grave_crime_was_found(arrested: Log, calendar: Calendar) -> None:
    arrested.add(Fact.NEW_CRIME_DISCOVERED, "2026-04-20 09:00").add(Fact.CUSTODY_RESTARTED, "2026-04-21 09:00")
    _again(arrested, "2026-04-30 09:00", "2026-06-01 09:00")
    arrested.add(Fact.RENEWED_ARREST_GROUNDED, "2026-06-01 10:00").add(Fact.ARREST_EXECUTED, "2026-06-01 10:00")
    # The day of the discovery is the first: eleven of 61 were used.
    assert arrested.clocks(calendar, "investigative-custody")[-1].due_at == at("2026-07-20 23:59:59")


def test_an_arrest_while_the_procuratorate_has_the_case_gives_the_police_no_custody_of_their_own(
    asked_for: Log, calendar: Calendar
) -> None:
    asked_for.add(Fact.CASE_SENT_TO_PROCURATORATE, "2026-03-04 09:00", about="criminal-case/1")
    asked_for.add(Fact.ARREST_APPROVED, "2026-03-09 09:00").add(Fact.ARREST_EXECUTED, "2026-03-09 10:00")
    assert not asked_for.clocks(calendar, "investigative-custody")
    assert not asked_for.clocks(calendar, "investigative-custody-extension-request")
