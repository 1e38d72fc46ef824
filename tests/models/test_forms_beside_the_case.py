"""The forms of what goes on beside a case: what each brings about, and what it lets nobody fill in."""

from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from law.facts import Fact
from models.forms.bail import FinalizeForfeiture
from models.forms.closing import ReceiveAssistanceRequest
from models.forms.penalty_orders import OrderBan
from models.forms.public_order_execution import AppointSubstitutePerformance
from models.forms.requests_outside import AnswerStopPayment

NOON = datetime(2026, 9, 28, 4, tzinfo=UTC)


@pytest.mark.parametrize("term", ["5 month", "13 month", "180 day", "", "half a year"])
def test_a_ban_is_of_six_to_twelve_months(term: str) -> None:
    with pytest.raises(ValidationError):
        OrderBan.model_validate({"ban": "no-entry-to-matches", "term": term, "grounds": "扰乱足球比赛秩序"})


@pytest.mark.parametrize("term", ["6 month", "12 month"])
def test_the_shortest_and_the_longest_ban_are_lawful(term: str) -> None:
    form = OrderBan.model_validate({"ban": "no-entertainment", "term": term, "grounds": "吸食毒品", "person": 2})
    (fact,) = form.build_facts("ZA1", NOON, "county-head")
    assert (fact.fact, fact.about, fact.term) == (Fact.BAN_ORDERED, "ZA1/2", term)


@pytest.mark.parametrize(("outcome", "stopped"), [("stopped", True), ("partly", True), ("gone", False), ("refused", False)])
def test_the_bank_holds_money_back_only_where_it_could(outcome: str, stopped: bool) -> None:
    brought = AnswerStopPayment.model_validate({"outcome": outcome}).list_fact_kinds()
    assert (Fact.PAYMENT_STOPPED in brought) is stopped


def test_only_an_organ_that_had_decided_on_bail_is_to_be_told() -> None:
    said = {"how": "已过复议期限", "amount_yuan": 5000}
    assert FinalizeForfeiture.model_validate(said | {"decided_by": "police"}).list_fact_kinds() == (Fact.BAIL_FORFEITURE_FINAL,)
    assert (
        Fact.BAIL_FORFEITURE_OF_ORGAN_FINAL in FinalizeForfeiture.model_validate(said | {"decided_by": "organ"}).list_fact_kinds()
    )


@pytest.mark.parametrize(
    ("said", "fact"),
    [
        ({"subject": "evidence"}, Fact.ASSISTANCE_EVIDENCE_REQUESTED),
        ({"subject": "service"}, Fact.ASSISTANCE_SERVICE_REQUESTED),
        ({"subject": "service", "with_term": True, "term": "45 day"}, Fact.ASSISTANCE_WITH_TERM_REQUESTED),
    ],
)
def test_a_request_from_abroad_has_its_own_time_or_the_rules(said: dict[str, Any], fact: Fact) -> None:
    form = ReceiveAssistanceRequest.model_validate({"state": "某国", "request": "送达文书", "assistance": 2, **said})
    (brought,) = form.build_facts("XS1", NOON, "")
    assert (brought.fact, brought.about, brought.term) == (fact, "XS1/assistance-2", said.get("term", ""))


@pytest.mark.parametrize("said", [{"with_term": True}, {"term": "45 day"}])
def test_a_term_is_said_where_the_request_has_one_and_nowhere_else(said: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="附有办理期限"):
        ReceiveAssistanceRequest.model_validate({"state": "某国", "subject": "service", "request": "送达文书", **said})


def test_the_day_of_a_substitute_performance_is_a_day() -> None:
    said = {"subject": "清除障碍物", "by_whom": "某公司"}
    assert AppointSubstitutePerformance.model_validate(said | {"term": "2026-03-20"}).term == "2026-03-20"
    with pytest.raises(ValidationError, match="年-月-日"):
        AppointSubstitutePerformance.model_validate(said | {"term": "2026-13-40"})
