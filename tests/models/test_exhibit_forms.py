"""The lists on which things stand, what goes with a case, and what the organs say of papers."""

from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from law.facts import Fact
from models.forms.criminal_case import SendCase
from models.forms.exhibit import DestroyExhibit, HandToTreasury, LendExhibit, StoreExhibit
from models.forms.exhibit_measures import DecideRegistration, LiftSeizure
from models.forms.exhibit_opening import BROUGHT, FROZEN, IN_HAND, OpenExhibit
from models.forms.exhibit_transfer import ConfirmPapers, DisposeByOrgan, ReceiveTrialExhibit
from models.forms.prosecution import ProsecuteCase, SendCaseAgain
from models.forms.seizure import FreezeFunds, FreezeFundsForYear, SeizeProperty

NOON = datetime(2026, 9, 28, 4, tzinfo=UTC)
PHONE = {"name": "手机", "quantity": "1部"}
LIST: dict[str, Any] = {
    "officers": ["li", "wang"],
    "witness": "桑晓梅",
    "place": "夜市",
    "items": [PHONE],
    "grounds": "需要作为证据",
}
ACCOUNT = {"name": "存款", "institution": "农商银行", "account": "6217", "quantity": "100元", "owner": "贺文涛"}


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("officers", {"officers": ["li"]}),
        ("officers", {"officers": ["li", "li"]}),
        ("witness", {"witness": "wang"}),
        ("items", {"items": []}),
        ("items", {"items": [{"name": "手机"}]}),
        ("items", {"items": [PHONE | {"colour": "黑"}]}),
    ],
)
def test_a_list_has_two_officers_a_witness_who_is_neither_and_things_with_name_and_quantity(
    field: str, said: dict[str, Any]
) -> None:
    with pytest.raises(ValidationError) as refused:
        SeizeProperty.model_validate(LIST | said)
    assert {each["loc"][0] for each in refused.value.errors()} == {field}


def test_what_is_seized_is_with_the_first_officer_from_the_instant_of_the_seizure() -> None:
    (opened,) = SeizeProperty.model_validate(LIST | {"at": NOON.isoformat()}).build_commands()
    thing = opened.form
    assert isinstance(thing, OpenExhibit)
    assert (thing.at, thing.kept_by, thing.get_heading()) == (NOON, "li", "手机 1部")
    (taken,) = thing.build_facts("WP1", NOON, "")
    assert (taken.fact, taken.at, taken.about) == (Fact.EXHIBIT_TAKEN, NOON, "WP1")


def test_a_freeze_of_a_year_says_so_to_the_clock() -> None:
    for form, base in ((FreezeFunds, ""), (FreezeFundsForYear, "1 year")):
        (opened,) = form.model_validate({"assets": [ACCOUNT], "grounds": "涉案"}).build_commands()
        (frozen,) = opened.form.build_facts("WP1", NOON, "")
        assert (frozen.fact, frozen.base) == (Fact.FUNDS_FROZEN, base)


def test_every_measure_is_a_fact_and_no_thing_is_both_taken_and_frozen() -> None:
    assert all(BROUGHT.values())
    assert not IN_HAND & FROZEN
    assert {measure for measure, facts in BROUGHT.items() if Fact.EXHIBIT_TAKEN in facts} == IN_HAND


@pytest.mark.parametrize(
    ("form", "said", "step"),
    [
        (SendCase, {"opinion": "应当起诉"}, "send-exhibit"),
        (SendCaseAgain, {"outcome": "supplemented", "report": "已查清"}, "send-exhibit"),
        (ProsecuteCase, {"charge": "诈骗罪"}, "forward-exhibit"),
    ],
)
def test_things_go_with_a_case_where_they_are_named_each_once(form: Any, said: dict[str, str], step: str) -> None:
    alone = form.model_validate(said)
    assert (alone.build_commands(), Fact.PROPERTY_SENT_WITH_CASE in alone.list_fact_kinds()) == ((), False)
    together = form.model_validate(said | {"exhibits": ["WP202600000001", "WP202600000002", "WP202600000001"]})
    assert [(each.number, each.form.rule.step) for each in together.build_commands()] == [
        ("WP202600000001", step),
        ("WP202600000002", step),
    ]
    # The police make the list of what goes; the procuratorate makes its own.
    assert (Fact.PROPERTY_SENT_WITH_CASE in together.list_fact_kinds()) is (form is not ProsecuteCase)
    with pytest.raises(ValidationError):
        form.model_validate(said | {"exhibits": ["XA202600000001"]})


def test_papers_that_are_not_complete_are_named() -> None:
    assert ConfirmPapers.model_validate({"complete": True}).list_fact_kinds() == (Fact.CASE_PAPERS_CONFIRMED,)
    assert ConfirmPapers(complete=False, missing="光盘", at=None).list_fact_kinds() == (Fact.CASE_PAPERS_FOUND_LACKING,)
    with pytest.raises(ValidationError) as refused:
        ConfirmPapers.model_validate({"complete": False})
    assert refused.value.errors()[0]["loc"] == ("missing",)


def test_each_hand_says_who_holds_it_and_where() -> None:
    forms = [
        StoreExhibit(keeper="qin", place="A-03", condition="", at=None),
        LendExhibit(borrower="li", place="实验室", purpose="检验", term="1 day", at=None),
        ReceiveTrialExhibit(receiver="莫公毅", place="", condition="", at=None),
        HandToTreasury(reason="judgment", voucher="1号", at=None),
        LiftSeizure(receiver="失主", explanation="不需要", at=None),
        DisposeByOrgan(way="destroyed", receiver="法警队", at=None),
        DecideRegistration(outcome="seize", taken_by="li", explanation="证据", at=None),
    ]
    held = [(row["id"], row["name"], row["place"]) for form in forms for row in form.build_parties()]
    assert held == [
        ("holder", "qin", "A-03"),
        ("holder", "li", "实验室"),
        ("holder", "人民法院 莫公毅", "人民法院"),
        ("holder", "国库", "已上缴国库"),
        ("holder", "失主", "已退还"),
        ("holder", "无", "已销毁"),
        ("holder", "li", "经办民警处"),
    ]


def test_two_people_watch_a_destruction() -> None:
    said = {"way": "熔毁", "first_watcher": "li", "second_watcher": "li"}
    with pytest.raises(ValidationError, match="不得少于二人"):
        DestroyExhibit.model_validate(said)
    both = DestroyExhibit.model_validate(said | {"second_watcher": "wang"}).list_people()
    assert [(each.field, each.person) for each in both] == [("first_watcher", "li"), ("second_watcher", "wang")]
