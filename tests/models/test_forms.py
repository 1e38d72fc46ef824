"""The forms: what each says, what each brings about, and what none of them lets through."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import product
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from law.calendar import SHANGHAI
from law.facts import Fact
from law.offices import Office
from models.forms.accountability import ConfirmLead, DecideLeadAppeal, FindNoFault
from models.forms.administrative_detention import RestrictForeignerActivity, ReviewForeigner
from models.forms.bail import DecideBail
from models.forms.criminal_case import AcceptCase, ExtendFilingReview, NameSuspect, SendCase
from models.forms.detention import ExecuteArrest, ExecuteDetention
from models.forms.dispatching import HandleScene
from models.forms.form import TEXT, Form, get_forms
from models.forms.incident import ClassifyIncident, OpenIncident, ReclassifyIncident
from models.forms.incident_again import SeparateIncident
from models.forms.incident_hotline import ReturnOrder
from models.forms.incident_questioning import DecideTerrorRestraint, Inquire, StopPerson
from models.forms.lost_property import ReturnProperty
from models.forms.personal_status import FindStanding
from models.forms.prosecution import ProsecuteCase, SendCaseAgain
from models.forms.public_order_hearing import AppointHearing
from models.forms.rectification_appeal import DecideAppeal
from models.forms.rectification_order import OpenRectificationOrder, ReassignRectification
from models.forms.suspect import Interrogate, NotifyFamily, OpenSuspect, Summon
from models.instants import AS_STORED
from models.matter import Kind
from tests.tables import table

CHINESE = re.compile(r"[一-鿿]")
NOON = datetime(2026, 9, 28, 4, tzinfo=UTC)
# An invented person of the administrative area 110105, with the check digit that belongs to the number.
CITIZEN = "11010519491231002X"
# With these things may go, and then they say so.
WITH_THINGS = (SendCase, SendCaseAgain)
# What these bring about hangs on who or what is written down in them.
BY_TEXT = (
    ConfirmLead,
    DecideLeadAppeal,
    FindNoFault,
    DecideAppeal,
    ReassignRectification,
    AcceptCase,
    OpenIncident,
    OpenRectificationOrder,
    OpenSuspect,
    NameSuspect,
    Interrogate,
    NotifyFamily,
    ExecuteArrest,
    ExecuteDetention,
    FindStanding,
    AppointHearing,
    ReviewForeigner,
    RestrictForeignerActivity,
    DecideTerrorRestraint,
    ProsecuteCase,
    HandleScene,
    ReturnOrder,
    ReturnProperty,
    SeparateIncident,
)

every_form = table("form", get_forms().values(), ids=get_forms().keys())


def shapes(field: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The schemas that a field's value may have."""
    yield from field.get("anyOf", [field])


@every_form
def test_every_form_has_a_chinese_title_an_office_a_basis_and_a_sentence_of_meaning(form: type[Form]) -> None:
    assert CHINESE.search(form.rule.title)
    assert form.rule.by
    assert form.rule.basis
    assert form.__doc__ and CHINESE.search(form.__doc__)


@every_form
def test_every_field_has_a_chinese_title_and_no_text_is_endless(form: type[Form]) -> None:
    for name, field in form.model_json_schema()["properties"].items():
        # An approval has no time of its own: nobody is asked for it.
        assert CHINESE.search(field["title"]) or (name == "at" and not form.when), name
        for shape in shapes(field):
            if shape.get("type") == "string":
                assert "maxLength" in shape or "enum" in shape or "const" in shape or shape.get("format") == "date-time", name


@every_form
def test_no_form_brings_about_more_than_it_says_it_may(form: type[Form]) -> None:
    choices = {
        name: (True, False) if field.annotation in (bool, bool | None) else get_args(field.annotation)
        for name, field in form.model_fields.items()
        if field.annotation in (bool, bool | None) or str(field.annotation).startswith("typing.Literal")
    }
    given_besides = {
        "charge": "xf-266",
        "age": 16,
        "violation": "za-52-1",
        "criteria": ("minor",),
        "done": "走访案发地周边十二户，二人称当晚见过一辆白色面包车",
    } | ({"why": "不属职责"} if form is ReturnOrder else {})
    brought = {
        fact
        for values in product(*choices.values())
        for fact in form.model_construct(None, **given_besides, **dict(zip(choices, values, strict=True))).list_fact_kinds()
    }
    assert brought <= set(form.rule.may_bring)
    # What hangs on a charge, on things that go along, on the clock that opens an order, or on who somebody is and who attended, is tried on its own.
    if form not in (*BY_TEXT, *WITH_THINGS):
        assert brought == set(form.rule.may_bring)


@every_form
def test_no_step_is_approved_by_the_office_that_asks_for_it(form: type[Form]) -> None:
    assert not set(form.rule.approved_by) & set(form.rule.by)


def test_every_measure_against_a_person_is_beyond_an_auxiliary_officer() -> None:
    allowed = {
        form.rule.step
        for form in get_forms().values()
        if Office.AUXILIARY_OFFICER in form.rule.by and len(form.rule.by) < len(Office)
    }
    call = {"open-incident", "dispatch-incident", "accept-dispatch", "arrive-on-scene", "handle-scene", "feed-back", "tell-caller"}
    lost = {"report-lost-property", "contact-holder", "receive-property", "tell-owner", "return-property", "contest-property"}
    task = {"sign-joint-task", "update-joint-task", "report-joint-task", "open-missing-person", "add-clue", "find-person"}
    # Whoever is held to answer for something says what is to be said to it, whatever office they hold.
    assert allowed == call | lost | task | {"state-own-part", "appeal-accountability"}


def test_each_kind_of_matter_has_one_form_that_opens_it_but_those_that_come_of_another_have_none() -> None:
    opening = [form.rule.opens for form in get_forms().values() if form.rule.opens]
    of_others = {
        Kind.SUSPECT,
        Kind.EXHIBIT,
        Kind.DELIVERY,
        Kind.CASE_REVIEW,
        Kind.REVIEW_SHEET,
        Kind.JURISDICTION_DISPUTE,
        Kind.ASSESSMENT,
    }
    assert sorted(opening) == sorted(set(Kind) - of_others)


def test_only_an_order_that_a_clock_opens_says_that_a_measure_is_overdue_and_no_person_can() -> None:
    said = {"subject": "RY202600000001", "problem": "超期", "demand": "释放"}
    by_person = OpenRectificationOrder.model_validate(said)
    by_clock = OpenRectificationOrder.model_validate({**said, "clock": "criminal-detention-submit-for-arrest@RY202600000001@4"})
    at = datetime(2026, 10, 1, 10, tzinfo=SHANGHAI)
    assert [fact.fact for fact in by_person.build_facts("ZG1", at, "")] == [Fact.RECTIFICATION_ORDERED]
    assert {fact.fact: fact.about for fact in by_clock.build_facts("ZG1", at, "")} == {
        Fact.RECTIFICATION_ORDERED: "ZG1",
        Fact.MEASURE_OVERDUE: "RY202600000001",
    }
    assert (by_person.check_person("leijianfeng"), list(by_clock.check_person("leijianfeng"))) == ({}, ["clock"])


def test_an_order_is_listed_by_its_problem_and_not_by_half_an_article() -> None:
    def listed(problem: str) -> str:
        return OpenRectificationOrder.model_validate({"subject": "RY1", "problem": problem, "demand": "释放"}).get_heading()

    assert (
        listed("拘留最长时间已届满，人仍处于强制措施之下（《刑事诉讼法》第九十一条）")
        == "整改 RY1：拘留最长时间已届满，人仍处于强制措施之下"
    )
    assert listed("超" * 90) == f"整改 RY1：{'超' * 60}…"


# What is filled in


def a_suspect(**fields: Any) -> NameSuspect:
    return NameSuspect(**{"name": "王某", **fields})


def test_a_citizen_number_with_its_check_digit_is_taken() -> None:
    assert a_suspect(citizen_number=CITIZEN).citizen_number == CITIZEN


@given(st.integers(0, 16), st.integers(1, 9))
def test_a_citizen_number_with_one_digit_mistyped_is_refused(place: int, off_by: int) -> None:
    digit = str((int(CITIZEN[place]) + off_by) % 10)
    with pytest.raises(ValidationError, match="公民身份号码") as refused:
        a_suspect(citizen_number=CITIZEN[:place] + digit + CITIZEN[place + 1 :])
    assert refused.value.errors()[0]["loc"] == ("citizen_number",)


@given(st.from_regex(r"110105(19[5-9][0-9])(0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])[0-9]{3}", fullmatch=True))
def test_of_eleven_check_digits_one_is_taken(seventeen: str) -> None:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999
    right = "10X98765432"[sum(weight * int(digit) for weight, digit in zip(weights, seventeen, strict=True)) % 11]
    taken = []
    for digit in "0123456789X":
        try:
            taken.append(a_suspect(citizen_number=seventeen + digit).citizen_number)
        except ValidationError:
            continue
    assert taken == [seventeen + right]


def test_an_instant_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValidationError) as refused:
        Summon.model_validate({"at": "2026-09-28T10:00:00", "place": "讯问室", "grounds": "查证"})
    assert refused.value.errors()[0]["loc"] == ("at",)
    assert refused.value.errors()[0]["type"] == "timezone_aware"


def test_a_text_longer_than_a_narrative_is_refused() -> None:
    with pytest.raises(ValidationError) as refused:
        Summon(place="讯问室", grounds="查" * (TEXT + 1))
    assert refused.value.errors()[0]["loc"] == ("grounds",)


def test_a_field_that_the_form_does_not_have_is_refused() -> None:
    with pytest.raises(ValidationError, match="extra_forbidden"):
        Summon.model_validate({"place": "讯问室", "grounds": "查证", "approved": True})


def test_an_interrogation_by_one_officer_is_refused() -> None:
    with pytest.raises(ValidationError) as refused:
        Interrogate(place="讯问室", companion=" ")
    assert refused.value.errors()[0]["loc"] == ("companion",)


def test_one_officer_alone_questions_only_where_all_is_recorded() -> None:
    with pytest.raises(ValidationError, match="第一百零八条") as refused:
        Inquire.model_validate({"place": "执法办案区"})
    assert refused.value.errors()[0]["loc"] == ("companion",)
    assert Inquire.model_validate({"place": "执法办案区", "recorded": True}).companion == ""
    assert Inquire.model_validate({"place": "候问室", "companion": "xuyating"}).check_person("xuyating").keys() == {"companion"}


@pytest.mark.parametrize(
    ("said", "near"), [("诈骗", "诈骗罪（xf-266）"), ("xf-2266", "诈骗罪（xf-266）"), ("盗窃", "盗窃罪（xf-264）")]
)
def test_an_unknown_charge_is_refused_with_near_names(said: str, near: str) -> None:
    with pytest.raises(ValidationError) as refused:
        AcceptCase(charge=said, summary="案情")
    assert near in refused.value.errors()[0]["msg"]


@pytest.mark.parametrize(("classification", "field"), [("criminal", "charge"), ("administrative", "violation")])
def test_an_offence_must_be_named_where_there_is_one(classification: str, field: str) -> None:
    for form in (ClassifyIncident, ReclassifyIncident):
        with pytest.raises(ValidationError) as refused:
            form.model_validate({"classification": classification, "reason": "理由"})
        assert refused.value.errors()[0]["loc"] == (field,)


# What it brings about


def test_a_letter_must_be_answered_by_a_contact_and_a_visitor_registered_at_once() -> None:
    def brought(channel: str, **more: Any) -> tuple[Fact, ...]:
        fields = {"channel": channel, "kind": "盗窃", "place": "集市", "narrative": "被盗", **more}
        return OpenIncident.model_validate(fields, context=AS_STORED if channel == "mailbox" else None).list_fact_kinds()

    assert brought("110") == (Fact.INCIDENT_RECEIVED,)
    assert brought("letter") == (Fact.INCIDENT_RECEIVED, Fact.WRITTEN_REPORT_RECEIVED)
    assert brought("walk-in") == (Fact.INCIDENT_RECEIVED, Fact.INCIDENT_REPORTED_IN_PERSON)
    # Letters to the chief were incidents before they were a kind of their own: what was entered stays, and no new one is.
    assert brought("mailbox", missing=True) == (Fact.INCIDENT_RECEIVED, Fact.LETTER_ARRIVED, Fact.MISSING_PERSON_REPORTED)
    with pytest.raises(ValidationError, match="登记来信"):
        OpenIncident.model_validate({"channel": "mailbox", "kind": "咨询", "place": "网上", "narrative": "询问"})


@pytest.mark.parametrize(
    ("fields", "facts"),
    [
        ({"charge": "xf-266"}, (Fact.CASE_ACCEPTED,)),
        ({"charge": "xf-224"}, (Fact.ECONOMIC_CASE_ACCEPTED,)),
        ({"charge": "xf-271"}, (Fact.ECONOMIC_CASE_ACCEPTED,)),
        ({"charge": "xf-151-1"}, (Fact.CASE_ACCEPTED,)),
        ({"charge": "xf-266", "economic": True}, (Fact.ECONOMIC_CASE_ACCEPTED,)),
        ({"charge": "xf-224", "economic": False}, (Fact.CASE_ACCEPTED,)),
        ({"charge": "xf-266", "source": "referral", "complete": True}, (Fact.REFERRAL_ACCEPTED,)),
        ({"charge": "xf-266", "source": "referral", "complete": False}, (Fact.REFERRAL_INCOMPLETE,)),
        ({"charge": "xf-234", "injured": True}, (Fact.CASE_ACCEPTED, Fact.INJURY_CASE_ACCEPTED)),
    ],
)
def test_a_case_is_accepted_for_the_review_that_its_charge_and_source_call_for(
    fields: dict[str, Any], facts: tuple[Fact, ...]
) -> None:
    assert AcceptCase(summary="案情", **fields).list_fact_kinds() == facts


def test_a_fact_happened_when_the_form_says_and_else_when_it_was_handed_in() -> None:
    then = datetime(2026, 9, 27, 4, tzinfo=UTC)
    without, dated = Summon(place="讯问室", grounds="查证"), Summon(at=then, place="讯问室", grounds="查证")
    assert [fact.at for form in (without, dated) for fact in form.build_facts("RY1", NOON, "station-head")] == [NOON, then]


def test_a_fact_carries_what_the_decision_fixed_and_who_approved_it() -> None:
    (fact,) = ExtendFilingReview(extension="to 30 day", grounds="重大疑难复杂").build_facts("XA1", NOON, "county-head")
    assert (fact.fact, fact.about, fact.extension, fact.grounds, fact.approver) == (
        Fact.FILING_REVIEW_EXTENDED,
        "XA1",
        "to 30 day",
        "重大疑难复杂",
        Office.COUNTY_HEAD,
    )
    (fact,) = DecideBail(surety="保证人", grounds="无社会危险性", term="6 month").build_facts("RY1", NOON, "county-head")
    assert fact.term == "6 month"


def test_two_people_stopped_in_one_incident_have_clocks_of_their_own() -> None:
    first, second = (
        StopPerson(name="甲", grounds="形迹可疑", vulnerable=False),
        StopPerson(person=2, name="乙", grounds="年满七十", vulnerable=True),
    )
    facts = [form.build_facts("JQ1", NOON, "station-head")[0] for form in (first, second)]
    assert [(fact.fact, fact.about) for fact in facts] == [
        (Fact.PERSON_STOPPED, "JQ1/1"),
        (Fact.VULNERABLE_PERSON_STOPPED, "JQ1/2"),
    ]


def test_a_named_suspect_becomes_the_party_of_a_matter_of_their_own() -> None:
    opened = a_suspect(sex="女", citizen_number=CITIZEN, address="某市某街1号").build_suspect()
    assert isinstance(opened, OpenSuspect)
    assert opened.get_heading() == "王某"
    assert opened.build_parties() == (
        {
            "id": "suspect",
            "role": "suspect",
            "name": "王某",
            "sex": "女",
            "citizen_id": CITIZEN,
            "phone": "",
            "address": "某市某街1号",
        },
    )


def test_a_nameless_caller_is_no_party() -> None:
    fields: dict[str, Any] = {"kind": "噪音", "place": "某小区", "narrative": "有人喧哗"}
    assert OpenIncident(**fields).build_parties() == ()
    assert OpenIncident(**fields, reporter="李某").build_parties()[0]["role"] == "reporter"
