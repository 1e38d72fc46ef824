"""Forms of minors, victims, corrections and fast handling: what each brings about, and what none lets through."""

from datetime import datetime
from typing import Any

import pytest
from pydantic import ValidationError

from law.calendar import SHANGHAI
from law.facts import Fact
from models.forms.corrections import CorrectRecord
from models.forms.criminal_case import NameSuspect
from models.forms.fast_handling import MarkFastHandling
from models.forms.minors import FindAdult
from models.forms.suspect import Interrogate, NotifyFamily, OpenSuspect
from models.forms.victims import InterviewVictim

AT = datetime(2026, 9, 28, 10, tzinfo=SHANGHAI)
# Invented, with their check digits by GB 11643-1999: born on 15 May 2010, and on 31 December 1949.
BOY, GRANDMOTHER = "110105201005150010", "11010519491231002X"


def kinds(form: Any) -> list[Fact]:
    return [fact.fact for fact in form.build_facts("RY1", AT, "")]


def a_suspect(**said: Any) -> OpenSuspect:
    return OpenSuspect.model_validate({"name": "王某", **said})


def test_a_boy_of_sixteen_is_named_as_a_minor_who_needs_a_lawyer_and_whose_file_is_sealed() -> None:
    expected = [Fact.PERSON_NAMED, Fact.PERSON_FOUND_MINOR, Fact.LEGAL_AID_DUTY_FOUND, Fact.FILE_SEALED]
    assert kinds(a_suspect(citizen_number=BOY)) == expected
    assert kinds(a_suspect(born_on="2010-05-15")) == expected


def test_a_girl_besides_needs_a_woman() -> None:
    assert Fact.PERSON_FOUND_FEMALE_MINOR in kinds(a_suspect(born_on="2010-05-15", sex="女"))
    assert Fact.PERSON_FOUND_FEMALE_MINOR not in kinds(a_suspect(born_on="2010-05-15", sex="男"))


def test_an_adult_and_somebody_of_unknown_age_are_only_named() -> None:
    assert kinds(a_suspect(citizen_number=GRANDMOTHER)) == kinds(a_suspect()) == [Fact.PERSON_NAMED]


def test_what_counts_is_the_age_on_the_day_of_the_act() -> None:
    # Eighteen on 1 September 2026: still a minor then, no longer on the day after.
    assert Fact.PERSON_FOUND_MINOR in kinds(a_suspect(born_on="2008-09-01", acted_on="2026-09-01"))
    assert Fact.PERSON_FOUND_MINOR not in kinds(a_suspect(born_on="2008-09-01", acted_on="2026-09-02"))


def test_the_case_that_names_a_minor_knows_of_one_and_is_sealed() -> None:
    assert kinds(NameSuspect.model_validate({"name": "王某", "citizen_number": BOY})) == [
        Fact.CASE_CONCERNS_MINOR,
        Fact.FILE_SEALED,
    ]
    assert kinds(NameSuspect.model_validate({"name": "王某", "citizen_number": GRANDMOTHER})) == []


def test_a_date_of_birth_that_contradicts_the_citizen_number_is_refused() -> None:
    with pytest.raises(ValidationError, match="出生日期与公民身份号码不一致"):
        a_suspect(citizen_number=BOY, born_on="2010-05-16")


@pytest.mark.parametrize("born", [{"born_on": "2010-01-01"}, {"citizen_number": BOY}])
def test_nobody_did_it_before_they_were_born(born: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="应当晚于出生日期"):
        a_suspect(**born, acted_on="2005-01-01")


def test_who_attended_is_said_with_how_they_are_related() -> None:
    said = {"place": "讯问室", "companion": "许雅婷"}
    assert kinds(Interrogate.model_validate({**said, "attended_by": "王父", "relation": "父亲"})) == [
        Fact.ADULT_ATTENDED,
        Fact.PERSON_INTERROGATED,
    ]
    assert kinds(Interrogate.model_validate({**said, "female_officer": "许雅婷"})) == [
        Fact.FEMALE_OFFICER_ATTENDED,
        Fact.PERSON_INTERROGATED,
    ]
    with pytest.raises(ValidationError, match="一并填写"):
        Interrogate.model_validate({**said, "attended_by": "王父"})


def test_a_guardian_who_is_told_becomes_known_to_the_matter() -> None:
    told = NotifyFamily.model_validate({"relative": "父亲 王父", "means": "当面送达", "guardian": "王父"})
    assert kinds(told) == [Fact.GUARDIAN_TOLD, Fact.FAMILY_NOTIFIED]
    assert told.build_parties() == ({"role": "guardian", "name": "王父"},)


VICTIM: dict[str, Any] = {
    "victim": "victim-1",
    "situation": "both",
    "name": "李小某",
    "sex": "女",
    "place": "一站式取证中心",
    "companion": "许雅婷",
    "recorded": True,
    "guardian": "李母",
    "relation": "母亲",
    "female_officer": "许雅婷",
}


def test_an_interview_is_about_one_victim_of_the_case() -> None:
    form = InterviewVictim.model_validate(VICTIM)
    interviewed, *marks = form.build_facts("XA1", AT, "")
    assert (interviewed.fact, interviewed.about) == (Fact.VICTIM_INTERVIEWED, "XA1/victim-1")
    assert {(fact.fact, fact.about) for fact in marks} == {(Fact.MATTER_MARKED, "XA1")}
    assert [each["role"] for each in form.build_parties()] == ["victim", "guardian"]


@pytest.mark.parametrize("missing", [{"guardian": ""}, {"relation": ""}, {"female_officer": ""}, {"recorded": False}])
def test_a_child_is_not_interviewed_without_a_guardian_a_woman_beside_a_girl_and_a_film(missing: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        InterviewVictim.model_validate(VICTIM | missing)


def test_a_correction_is_of_one_person_or_of_the_instant_of_one_fact() -> None:
    person = (
        CorrectRecord.model_validate({"party": "suspect", "citizen_number": BOY, "reason": "录入错误"}).build_effects().corrects
    )
    assert person is not None
    assert (person.party, person.values) == ("suspect", {"citizen_id": BOY})
    fact = CorrectRecord.model_validate({"fact_seq": 3, "happened_at": AT, "reason": "录入错误"}).build_effects().corrects
    assert fact is not None
    assert (fact.seq, fact.n, fact.at) == (3, 0, AT)


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"party": "suspect"},
        {"name": "王某"},
        {"fact_seq": 3},
        {"happened_at": AT},
        {"party": "suspect", "name": "王某", "fact_seq": 3, "happened_at": AT},
        {"party": "suspect", "citizen_number": BOY, "born_on": "2010-05-16"},
        {"party": "suspect", "citizen_number": BOY[:-1] + "7"},
    ],
)
def test_a_correction_that_says_nothing_too_much_or_what_cannot_be_is_refused(said: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        CorrectRecord.model_validate({"reason": "录入错误", **said})


def test_fast_handling_needs_consent() -> None:
    marked = MarkFastHandling.model_validate({"plea": "自愿认罪", "consent": True})
    assert [(fact.fact, fact.base) for fact in marked.build_facts("XA1", AT, "")] == [(Fact.FAST_HANDLING_CHOSEN, "10 day")]
    with pytest.raises(ValidationError):
        MarkFastHandling.model_validate({"plea": "自愿认罪", "consent": False})


def test_the_step_for_a_mistaken_age_says_that_it_is_about_the_day_of_the_act_and_not_of_coming_of_age() -> None:
    assert "作案时已满十八周岁" in FindAdult.rule.title
