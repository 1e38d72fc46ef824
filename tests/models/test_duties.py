"""What a report suggests of duties, and what a form must not leave open."""

from typing import Any

import pytest
from pydantic import ValidationError

from law.facts import Fact
from models.duties import may_injure, suggest_duties
from models.forms.incident import ClassifyIncident, FileAdministrativeCase
from models.forms.public_order_case import FilePublicOrderCase
from models.forms.public_order_penalty import DecidePenalty
from models.instants import AS_STORED


@pytest.mark.parametrize(
    ("words", "duties"),
    [
        ("两人因停车争执，一人被打伤", {"injured": "打伤", "victim": "被打"}),
        ("报警人称头部流血", {"injured": "流血"}),
        ("双方均未受伤，只是争吵", {}),
        ("没有人受伤", {}),
        ("没有造成人员受伤，车辆受损", {}),
        ("没给钱，被打伤", {"injured": "打伤", "victim": "被打"}),
        ("老人走失，系外国人", {"missing": "走失", "foreigner": "外国人"}),
        ("收款后未发货", {}),
        ("转账以后对方失联", {}),
        ("家人失联两天，疑似轻生", {"missing": "家人失联", "urgent": "轻生"}),
    ],
)
def test_words_suggest_a_duty_unless_they_deny_it(words: str, duties: dict[str, str]) -> None:
    assert suggest_duties(words) == duties


def test_a_fraud_hurts_nobody_and_a_beating_may() -> None:
    assert [may_injure(code) for code in ("xf-266", "za-58-2", "xf-234", "za-51-1", "za-30")] == [False, False, True, True, True]


BEATING = {"classification": "administrative", "violation": "za-51-1", "reason": "因停车争执殴打他人"}


def _faults(form: Any, **said: Any) -> list[tuple[str, str]]:
    with pytest.raises(ValidationError) as caught:
        form.model_validate(said)
    return [(str(each["loc"][0]), each["msg"]) for each in caught.value.errors()]


def test_whether_somebody_was_hurt_must_be_answered_where_it_may_be_so() -> None:
    ((field, why),) = _faults(ClassifyIncident, **BEATING)
    assert field == "injured"
    assert "24小时" in why
    assert "第十八条" in why
    fraud = {"classification": "criminal", "charge": "xf-266", "reason": "虚构货源骗取货款"}
    assert ClassifyIncident.model_validate(fraud).injured is None
    assert _faults(ClassifyIncident, **{**fraud, "reason": "骗取货款后打伤报警人"})[0][0] == "injured"
    assert ClassifyIncident.model_validate({"classification": "dispute", "reason": BEATING["reason"]}).injured is None
    assert [each for each, _ in _faults(FilePublicOrderCase, violation="za-51-1")] == ["injured"]
    for form in (FileAdministrativeCase, FilePublicOrderCase):
        assert [each for each, _ in _faults(form, violation="za-51-1", injured=True)] == ["mediable"]


def test_what_was_handed_in_before_there_was_a_question_is_read_as_it_was_taken() -> None:
    penalty = {"violation": "za-51-1", "penalty": "detention", "detention_days": 5, "grounds": "殴打他人"}
    assert {each for each, _ in _faults(DecidePenalty, **penalty)} == {
        "hearing_due",
        "review_due",
        "discussion_due",
        "victim",
        "foreigner",
    }
    assert DecidePenalty.model_validate(penalty, context=AS_STORED).victim is False
    assert not ClassifyIncident.model_validate(BEATING, context=AS_STORED).injured


def test_both_branches_hear_of_an_injury() -> None:
    hurt = ClassifyIncident.model_validate({**BEATING, "injured": True})
    assert Fact.INJURY_CASE_ACCEPTED in hurt.list_fact_kinds()
    wounding = {"classification": "criminal", "charge": "xf-234", "reason": BEATING["reason"], "injured": True}
    crime = ClassifyIncident.model_validate(wounding)
    assert Fact.INJURY_CASE_ACCEPTED not in crime.list_fact_kinds()
    assert Fact.INJURY_CASE_ACCEPTED in crime.build_case().list_fact_kinds()
