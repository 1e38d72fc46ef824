"""The forms from the procuratorate to the prison: the figures they fix, and what they bring about."""

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from law.facts import Fact
from law.offices import Office
from models.forms.closing import SendInquiry
from models.forms.defence import DecideMeetingPermission, ExtendCriminalRecusal
from models.forms.form import Form
from models.forms.prosecution import ExtendProsecutionReview, ReceiveProsecutionCase, ReturnForInvestigation
from models.forms.suspect import TerminateInvestigation
from models.forms.trial import AcceptTrial, ConvertTrial, ExtendTrial, ServeJudgment

NOON = datetime(2026, 9, 28, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("procedure", "longer", "figure"),
    [
        ("ordinary", False, "2 month"),
        ("ordinary", True, "2 month"),
        ("summary", False, "20 day"),
        ("summary", True, "1 month 15 day"),
        ("fast-track", False, "10 day"),
        ("fast-track", True, "15 day"),
    ],
)
def test_the_procedure_and_the_sentence_to_expect_fix_the_courts_time(procedure: str, longer: bool, figure: str) -> None:
    for form in (AcceptTrial, ConvertTrial):
        (fact,) = form.model_validate({"procedure": procedure, "longer": longer}).build_facts("XA1", NOON, "court")
        assert (fact.fact, fact.reason, fact.base, fact.about) == (form.rule.fact, procedure, figure, "XA1")


def test_a_fast_track_case_is_received_for_ten_days() -> None:
    (fact,) = ReceiveProsecutionCase.model_validate({"base": "10 day"}).build_facts("XA1", NOON, "procuratorate")
    assert (fact.fact, fact.base) == (Fact.PROSECUTION_CASE_RECEIVED, "10 day")


@pytest.mark.parametrize(
    ("form", "filled"),
    [(ReceiveProsecutionCase, {}), (ServeJudgment, {"recipient": "被告人"}), (SendInquiry, {"police": "邻县", "matter": "身份"})],
)
def test_a_figure_that_the_law_does_not_offer_is_refused(form: type[Form], filled: dict[str, str]) -> None:
    assert form.model_validate(filled)
    with pytest.raises(ValidationError) as refused:
        form.model_validate({**filled, "base": "40 day"})
    assert refused.value.errors()[0]["loc"] == ("base",)


@pytest.mark.parametrize(
    ("form", "extension"),
    [(ExtendProsecutionReview, "+15 day"), (ExtendTrial, "to 3 month"), (ExtendCriminalRecusal, "to 5 day")],
)
def test_an_extension_offers_what_the_law_does_and_wants_grounds(form: type[Form], extension: str) -> None:
    (fact,) = form.model_validate({"grounds": "案情重大、复杂"}).build_facts("XA1", NOON, "court")
    assert (fact.extension, fact.grounds, fact.approver) == (extension, "案情重大、复杂", Office.COURT)
    with pytest.raises(ValidationError, match="grounds"):
        form.model_validate({})


def test_what_the_county_head_must_decide_awaits_the_county_head() -> None:
    assert DecideMeetingPermission.rule.approved_by == (Office.COUNTY_HEAD,)
    assert ReturnForInvestigation.rule.approved_by == ()


def test_an_investigation_ended_against_one_person_is_a_fact_about_that_person() -> None:
    (fact,) = TerminateInvestigation.model_validate({"grounds": "没有犯罪事实"}).build_facts("RY1", NOON, "county-head")
    assert (fact.fact, fact.about) == (Fact.INVESTIGATION_TERMINATED, "RY1")
