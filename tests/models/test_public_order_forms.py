"""The forms of a public-order case: what may be decided by whom, and what is refused with its article."""

from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from law.facts import Fact
from law.offences import get_violations
from models.forms.administrative_detention import SuspendDetention
from models.forms.form import Form
from models.forms.public_order_appraisal import OrderAdminAppraisal
from models.forms.public_order_case import FilePublicOrderCase, RecordActEnd
from models.forms.public_order_execution import CollectFine, DeferFine
from models.forms.public_order_hearing import AppointHearing, NotifyPenalty
from models.forms.public_order_penalty import AgreeExpedited, DecidePenalty, DecideStationPenalty, PenalizeOnTheSpot
from models.problems import LawForbids

NOON = datetime(2026, 9, 28, 4, tzinfo=UTC)
DISORDER = "za-26-1"


def penalty(**said: Any) -> DecidePenalty:
    answers = dict.fromkeys(("hearing_due", "review_due", "discussion_due", "victim", "foreigner"), False)
    return DecidePenalty.model_validate({"violation": DISORDER, "penalty": "warning", "grounds": "证据确凿", **answers, **said})


def refusal(form: Form) -> LawForbids:
    with pytest.raises(LawForbids) as refused:
        form.build_facts("ZA1", NOON, "county-head")
    return refused.value


def brought(form: Form) -> dict[Fact, str]:
    return {fact.fact: fact.about for fact in form.build_facts("ZA1", NOON, "county-head")}


def test_the_article_that_these_examples_are_worked_from_goes_to_ten_days_and_a_thousand_yuan() -> None:
    # Art. 26 ¶1: a warning or up to 500 yuan; where graver, five to ten days and up to 1,000 yuan besides.
    act = get_violations()[DISORDER]
    assert (act.max_detention_days, act.max_fine_yuan) == (10, 1000)


def test_a_decision_on_one_person_decides_the_case_unless_others_wait() -> None:
    assert brought(penalty(person=2)) == {Fact.PENALTY_DECIDED: "ZA1/2", Fact.PUBLIC_ORDER_CASE_DECIDED: "ZA1/2"}
    assert brought(penalty(person=1, others_pending=True)) == {Fact.PENALTY_DECIDED: "ZA1/1"}


def test_a_detention_is_decided_with_its_penalty_and_a_foreigners_is_to_be_reported() -> None:
    held = penalty(penalty="detention", detention_days=10, foreigner=True, others_pending=True)
    assert set(brought(held)) == {Fact.PENALTY_DECIDED, Fact.ADMIN_DETENTION_DECIDED, Fact.FOREIGNER_RESTRICTED}


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"penalty": "detention", "detention_days": 11}, "detention_days"),
        ({"penalty": "fine", "fine_yuan": 1001}, "fine_yuan"),
    ],
)
def test_nobody_is_punished_harder_than_the_article_allows(said: dict[str, Any], field: str) -> None:
    refused = refusal(penalty(**said))
    assert refused.members["field"] == field
    assert "第26条" in refused.members["basis"]


def test_several_acts_together_are_detained_for_twenty_days_and_one_for_fifteen() -> None:
    assert brought(penalty(penalty="detention", detention_days=20, merged=True))
    other = penalty(other_law=True, violation=None, penalty="detention", detention_days=16)
    assert "第十六条" in refusal(other).members["basis"]
    with pytest.raises(ValidationError):
        penalty(penalty="detention", detention_days=21, merged=True)


@pytest.mark.parametrize(
    "said",
    [
        {"penalty": "fine"},
        {"penalty": "warning", "fine_yuan": 200},
        {"penalty": "detention", "detention_days": 5, "fine_yuan": 200},
        {"penalty": "detention-and-fine", "detention_days": 5},
        {"penalty": "fine", "fine_yuan": 4000, "merged": True},
        {"penalty": "warning", "licence": True},
        {"violation": None},
    ],
)
def test_a_penalty_that_contradicts_itself_is_a_fault_of_form(said: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        penalty(**said)


def test_a_heavy_penalty_names_what_had_to_come_before_it() -> None:
    heavy = penalty(penalty="fine", fine_yuan=4000, merged=True, hearing_due=True, review_due=True, discussion_due=True)
    assert {Fact.PENALTY_HEARING_DUE, Fact.PENALTY_REVIEW_DUE, Fact.PENALTY_DISCUSSION_DUE} <= set(brought(heavy))


def test_a_station_decides_a_thousand_yuan_and_not_a_yuan_more() -> None:
    form = {"violation": DISORDER, "grounds": "证据确凿", "victim": False}
    assert Fact.PENALTY_DECIDED in brought(DecideStationPenalty.model_validate({**form, "fine_yuan": 1000}))
    assert "第一百零九条" in refusal(DecideStationPenalty.model_validate({**form, "fine_yuan": 1001})).members["basis"]


@pytest.mark.parametrize(
    ("said", "article"),
    [
        ({"penalty": "fine", "fine_yuan": 501}, "第一百一十九条"),
        ({"penalty": "warning", "vice": True}, "第三十七条"),
        ({"penalty": "warning", "defence_heard": False}, "第三十八条"),
    ],
)
def test_what_may_not_be_punished_on_the_spot(said: dict[str, Any], article: str) -> None:
    form = {"defence_heard": True, "grounds": "现场查获"}
    assert article in refusal(PenalizeOnTheSpot.model_validate({**form, **said})).members["basis"]


def test_a_fine_on_the_spot_is_decided_and_served_at_once() -> None:
    fine = PenalizeOnTheSpot(penalty="fine", fine_yuan=500, defence_heard=True, grounds="现场查获")
    assert {Fact.ONSITE_PENALTY_DECIDED, Fact.FINE_SERVED} <= set(brought(fine))


@pytest.mark.parametrize(
    ("said", "article"), [({"protected": True}, "四十一"), ({"heavy": True}, "四十一"), ({"signed": False}, "四十二")]
)
def test_who_may_not_be_handled_fast(said: dict[str, Any], article: str) -> None:
    refused = refusal(AgreeExpedited.model_validate({"arrived_at": NOON, "signed": True, **said}))
    assert f"第{article}条" in refused.members["basis"]


def test_fast_handling_counts_from_arrival_and_not_from_the_agreement() -> None:
    agreed = AgreeExpedited(arrived_at=datetime(2026, 9, 28, 1, tzinfo=UTC), signed=True)
    instants = {fact.fact: fact.at.hour for fact in agreed.build_facts("ZA1", NOON, "")}
    assert instants == {Fact.EXPEDITED_ARRIVAL: 1, Fact.EXPEDITED_AGREED: 4}


def test_a_minor_is_not_told_of_a_penalty_without_the_guardian() -> None:
    notice = {"penalty": "警告", "grounds": "殴打他人", "hearing": False, "minor": True}
    with pytest.raises(ValidationError, match="监护人"):
        NotifyPenalty.model_validate(notice)
    assert NotifyPenalty.model_validate({**notice, "guardian": "母亲张某"}).guardian


def test_two_hundred_yuan_are_collected_from_whoever_agrees_and_more_only_for_another_reason() -> None:
    form = {"receipt": "0001", "amount_yuan": 201}
    assert "第一百二十三条" in refusal(CollectFine.model_validate({**form, "cause": "small"})).members["basis"]
    assert brought(CollectFine.model_validate({**form, "cause": "remote"})) == {Fact.FINE_COLLECTED: "ZA1/1"}


def test_a_deferral_ends_on_the_day_it_names() -> None:
    until = datetime(2026, 10, 28, 4, tzinfo=UTC)
    ends = {fact.fact: fact.at for fact in DeferFine(until=until, grounds="低保户").build_facts("ZA1", NOON, "station-head")}
    assert ends == {Fact.FINE_DEFERRED: NOON, Fact.FINE_DEFERRAL_ENDED: until}


@pytest.mark.parametrize(("surety", "deposit"), [("保证金", 800), ("保证金", 0), ("担保人", 1000)])
def test_a_suspended_detention_costs_two_hundred_yuan_a_day_or_a_guarantor_and_never_both(surety: str, deposit: int) -> None:
    form = {"days_left": 5, "grounds": "无社会危险"}
    with pytest.raises(ValidationError, match="二百元"):
        SuspendDetention.model_validate({**form, "surety": surety, "deposit_yuan": deposit})
    assert SuspendDetention.model_validate({**form, "surety": "保证金", "deposit_yuan": 1000})


def test_the_appointed_day_of_a_hearing_is_its_day_in_china() -> None:
    late = AppointHearing(hearing_at=datetime(2026, 10, 19, 17, tzinfo=UTC), place="听证室")
    (fact,) = late.build_facts("ZA1", NOON, "")
    assert (fact.term, fact.at) == ("2026-10-20", NOON)


def test_an_injury_is_appraised_within_its_own_limit_and_each_appraisal_by_itself() -> None:
    form = OrderAdminAppraisal(appraisal=2, question="损伤程度", institution="鉴定中心", injury=True, base="7 day")
    assert brought(form) == {Fact.APPRAISAL_ORDERED: "ZA1/appraisal-2", Fact.INJURY_APPRAISAL_COMMISSIONED: "ZA1/appraisal-2"}
    assert {fact.base for fact in form.build_facts("ZA1", NOON, "")} == {"7 day"}


def test_a_filing_says_under_which_law_and_who_handles_it() -> None:
    injured = FilePublicOrderCase(violation=DISORDER, station=True, injured=True, mediable=True)
    filed = {Fact.PUBLIC_ORDER_CASE_FILED, Fact.STATION_HANDLES, Fact.INJURY_CASE_ACCEPTED, Fact.INJURY_FIT_FOR_MEDIATION}
    assert set(brought(injured)) == filed
    assert set(brought(FilePublicOrderCase(other_law=True, mediable=True))) == {Fact.OTHER_LAW_CASE_FILED}
    with pytest.raises(ValidationError, match="违反治安管理行为"):
        FilePublicOrderCase.model_validate({})


def test_the_end_of_an_act_must_be_said() -> None:
    with pytest.raises(ValidationError, match="终了时间"):
        RecordActEnd.model_validate({"at": None})
    assert set(brought(RecordActEnd(at=NOON, act="other"))) == {Fact.OTHER_ACT_ENDED}
