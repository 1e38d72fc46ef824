"""Requests for approval: what each hand may do about one, how it goes on, and what has gone wrong with such chains elsewhere."""

from datetime import timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from law.facts import Fact
from law.offices import Office
from models.forms.approval import AddSigner, CopyTo, Countersign, Transfer
from models.messages import Actor, Request, Signer
from tests.workflows.table import ASSESS, CHIEF, CLERK, DEPUTY, EXTEND, LAWYER, LEGAL, LI, NOON, STATION, VICE, Table, someone
from workflows.approval.actions import ACTIONS, list_actions
from workflows.approval.chain import list_returnable_to


@pytest.fixture
def table() -> Table:
    one = Table()
    one.asks()
    return one


# Return (退回)


def test_what_is_returned_to_the_asker_is_theirs_to_do_and_may_be_asked_again(table: Table) -> None:
    said = table.says(STATION, "return", reason="材料不全")
    assert said.requests == ()
    (word,) = said.notices
    assert (word.person, word.step, "材料不全" in word.words) == ("li", ASSESS, True)
    table.asks()
    assert table.awaited == ["station-head"]


def test_what_is_returned_to_an_earlier_hand_goes_on_from_there_and_later_hands_sign_again(table: Table) -> None:
    table.says(STATION, "add-signer", place="after", person="clerk", reason="核对")
    table.says(STATION, "approve")
    table.says(CLERK, "approve")
    assert table.awaited == ["legal-reviewer"]
    table.says(LEGAL, "return", to="station-head", reason="理由不充分")
    assert table.awaited == ["station-head"]
    assert table.request.approved_by == ()
    assert [table.says(who, "approve").facts for who in (STATION, CLERK)] == [(), ()]
    (fact,) = table.says(LEGAL, "approve").facts
    assert (fact.fact, fact.approver) == (Fact.NECESSITY_ASSESSED, Office.LEGAL_REVIEWER)


def test_an_approval_given_before_a_return_does_not_count_after_it(table: Table) -> None:
    table.says(STATION, "approve")
    table.says(LEGAL, "return", to="station", reason="理由不充分")
    assert table.refuses(LEGAL, "approve") == "office-may-not-act"
    assert table.awaited == ["station-head"]


def test_nothing_is_returned_to_somebody_who_has_not_approved_it(table: Table) -> None:
    for nowhere in ("legal-reviewer", "county-head", "station-head", "nobody"):
        assert table.refuses(STATION, "return", to=nowhere, reason="退") == "form-invalid"
    table.says(STATION, "approve")
    assert list_returnable_to(table.request) == ("station-head", "station")


def test_of_those_who_sign_together_only_the_one_named_signs_again(table: Table) -> None:
    table.says(STATION, "countersign", persons=["clerk"], offices=["county-head"], reason="会签")
    table.says(CLERK, "approve")
    table.says(CHIEF, "approve")
    table.says(STATION, "return", to="clerk", reason="再核")
    assert table.awaited == ["station-head", "clerk"]
    assert table.request.approved_by == ("chief",)


# Whoever asked hears what became of it


def test_whoever_asked_is_told_when_the_last_of_them_has_approved_and_not_before(table: Table) -> None:
    assert table.says(STATION, "approve").notices == ()
    (word,) = table.says(LEGAL, "approve").notices
    assert (word.person, word.step) == ("li", "")
    assert word.words == "“羁押必要性评估”已获批准"


# Nobody counts twice, nobody approves their own


def test_one_person_in_two_offices_approves_once(table: Table) -> None:
    both = someone("both", Office.STATION_HEAD, Office.LEGAL_REVIEWER)
    table.says(both, "approve")
    assert table.refuses(both, "approve") == "duties-not-separated"
    assert list_actions(table.request, both) == ()
    table.says(LEGAL, "approve")
    assert table.matter.state.requests == ()


def test_an_asker_in_the_approving_office_only_urges_withdraws_and_copies(table: Table) -> None:
    asker = someone("li", Office.CASE_OFFICER, Office.STATION_HEAD)
    assert table.refuses(asker, "approve") == "duties-not-separated"
    assert table.refuses(asker, "return", reason="自退") == "duties-not-separated"
    assert [verb.rule.step for verb in list_actions(table.request, asker)] == ["withdraw", "urge", "copy-to"]


@pytest.mark.parametrize(
    ("verb", "form"),
    [
        ("transfer", {"person": "li"}),
        ("delegate", {"person": "li"}),
        ("add-signer", {"person": "li", "place": "before"}),
        ("add-signer", {"person": "li", "place": "after"}),
        ("countersign", {"persons": ["clerk", "li"]}),
    ],
)
def test_nobody_comes_to_approve_their_own_request_by_way_of_another(table: Table, verb: str, form: dict[str, Any]) -> None:
    assert table.refuses(STATION, verb, reason="请代办", **form) == "duties-not-separated"


@pytest.mark.parametrize(
    ("verb", "form"),
    [
        ("transfer", {"person": "station"}),
        ("delegate", {"person": "station"}),
        ("add-signer", {"person": "station", "place": "after"}),
        ("countersign", {"persons": ["station"]}),
    ],
)
def test_nobody_who_has_approved_is_asked_a_second_time_by_name(table: Table, verb: str, form: dict[str, Any]) -> None:
    table.says(STATION, "approve")
    assert table.refuses(LEGAL, verb, reason="再签", **form) == "form-invalid"


def test_nobody_is_awaited_by_name_in_two_turns(table: Table) -> None:
    table.says(STATION, "add-signer", place="after", person="clerk", reason="核对")
    assert table.refuses(STATION, "delegate", person="clerk", reason="外出") == "form-invalid"
    assert table.refuses(STATION, "countersign", persons=["clerk"], reason="会签") == "form-invalid"
    assert table.refuses(STATION, "transfer", person="station", reason="转给本人") == "form-invalid"


# Transfer (转办)


def test_what_is_transferred_is_the_turn_of_that_person_and_no_longer_of_the_office(table: Table) -> None:
    table.says(STATION, "transfer", person="deputy", reason="外出")
    assert table.awaited == ["deputy"]
    assert table.refuses(STATION, "approve") == "office-may-not-act"
    table.says(DEPUTY, "approve")
    assert table.awaited == ["legal-reviewer"]


def test_whoever_lost_the_office_meanwhile_does_not_approve_by_an_old_transfer(table: Table) -> None:
    table.says(STATION, "transfer", person="deputy", reason="外出")
    assert table.refuses(someone("deputy", Office.CASE_OFFICER), "approve") == "office-may-not-act"


def test_what_is_transferred_to_the_unit_above_is_approved_at_that_desk_only(table: Table) -> None:
    table.says(STATION, "transfer", unit="east-zone", reason="本人回避")
    at_station = someone("deputy", Office.STATION_HEAD, seats=("station-head@chengguan",))
    above = someone("shaobin", Office.STATION_HEAD, seats=("station-head@east-zone",))
    assert table.refuses(at_station, "approve") == "office-may-not-act"
    table.says(above, "approve")
    assert table.awaited == ["legal-reviewer"]


def test_a_turn_is_transferred_either_to_a_person_or_to_a_unit() -> None:
    for said in ({}, {"person": "deputy", "unit": "east-zone"}):
        with pytest.raises(ValidationError, match="须填且只填一项"):
            Transfer.model_validate({"request": ASSESS, "reason": "外出", **said})


# Delegate (委派)


def test_a_delegate_decides_once_and_both_names_are_on_record(table: Table) -> None:
    table.says(STATION, "delegate", person="clerk", reason="外出")
    assert [verb.rule.step for verb in list_actions(table.request, CLERK)] == ["approve", "return"]
    table.says(CLERK, "approve")
    (signer,) = table.request.turns[0]
    assert (signer.office, signer.signed_by, signer.signed_for, signer.delegate) == ("station-head", "clerk", "station", "")
    assert table.refuses(CLERK, "approve") == "office-may-not-act"
    ended = table.says(LEGAL, "approve").ended
    assert ended is not None
    assert [(each.signed_by, each.signed_for) for turn in ended.turns for each in turn] == [("clerk", "station"), ("legal", "")]


def test_neither_delegate_nor_delegator_approves_in_a_later_turn(table: Table) -> None:
    table.says(STATION, "delegate", person="lawyer", reason="外出")
    table.says(LAWYER, "approve")
    assert table.refuses(LAWYER, "approve") == "duties-not-separated"
    assert table.refuses(someone("station", Office.LEGAL_REVIEWER), "approve") == "duties-not-separated"
    table.says(LEGAL, "approve")


def test_a_delegate_passes_the_turn_on_to_nobody(table: Table) -> None:
    table.says(STATION, "delegate", person="clerk", reason="外出")
    assert table.refuses(CLERK, "transfer", person="deputy", reason="转") == "office-may-not-act"
    assert table.refuses(CLERK, "delegate", person="deputy", reason="转") == "office-may-not-act"
    assert table.refuses(CLERK, "add-signer", person="deputy", place="before", reason="转") == "office-may-not-act"


def test_what_a_delegate_has_approved_is_no_longer_theirs_when_it_comes_back(table: Table) -> None:
    table.says(STATION, "delegate", person="clerk", reason="外出")
    table.says(CLERK, "approve")
    table.says(LEGAL, "return", to="station-head", reason="再议")
    assert table.refuses(CLERK, "approve") == "office-may-not-act"
    table.says(STATION, "approve")
    assert table.awaited == ["legal-reviewer"]


def test_a_delegator_who_is_back_decides_and_the_delegate_no_longer_may(table: Table) -> None:
    table.says(STATION, "delegate", person="clerk", reason="外出")
    table.says(STATION, "approve")
    assert table.awaited == ["legal-reviewer"]
    assert table.refuses(CLERK, "approve") == "office-may-not-act"


def test_a_transfer_ends_what_was_delegated_before_it(table: Table) -> None:
    table.says(STATION, "delegate", person="clerk", reason="外出")
    table.says(STATION, "transfer", person="deputy", reason="长期外出")
    assert table.refuses(CLERK, "approve") == "office-may-not-act"


def test_a_delegate_who_turns_out_to_be_the_asker_does_not_approve(table: Table) -> None:
    lent = Signer(office="station-head", delegate="li", delegator="station")
    forged = table.request.model_copy(update={"turns": ((lent,), (Signer(office="legal-reviewer"),))})
    table.matter.state = table.matter.state.model_copy(update={"requests": (forged,)})
    assert table.refuses(LI, "approve") == "duties-not-separated"


# Countersign (会签) and added signers (加签)


@pytest.mark.parametrize("order", [(STATION, CLERK, CHIEF), (CHIEF, CLERK, STATION), (CLERK, STATION, CHIEF)])
def test_those_who_sign_together_sign_in_any_order_and_all_of_them(table: Table, order: tuple[Actor, ...]) -> None:
    table.says(STATION, "countersign", persons=["clerk"], offices=["county-head"], reason="重大")
    assert sorted(table.awaited) == ["clerk", "county-head", "station-head"]
    for who in order:
        assert table.refuses(LEGAL, "approve") == "office-may-not-act"
        table.says(who, "approve")
        assert table.refuses(who, "approve") in ("office-may-not-act", "duties-not-separated")
    assert table.awaited == ["legal-reviewer"]


def test_two_of_one_office_do_not_sign_for_each_other_when_one_is_named(table: Table) -> None:
    table.says(STATION, "countersign", persons=["deputy"], reason="会签")
    table.says(DEPUTY, "approve")
    assert table.awaited == ["station-head"]
    table.says(STATION, "approve")
    assert table.awaited == ["legal-reviewer"]


def test_an_office_signs_once_in_one_round(table: Table) -> None:
    assert table.refuses(STATION, "countersign", offices=["station-head"], reason="会签") == "form-invalid"


def test_a_signer_added_before_signs_first_and_the_turn_comes_back(table: Table) -> None:
    table.says(STATION, "add-signer", place="before", office="case-management-officer", reason="先核对")
    assert table.awaited == ["case-management-officer"]
    assert table.refuses(STATION, "approve") == "office-may-not-act"
    table.says(CLERK, "approve")
    assert table.awaited == ["station-head"]


def test_a_signer_added_after_signs_next_before_whoever_was_next(table: Table) -> None:
    table.says(STATION, "add-signer", place="after", person="clerk", office="case-management-officer", reason="核对")
    table.says(STATION, "approve")
    assert table.awaited == ["clerk"]
    assert table.refuses(someone("clerk", Office.CASE_OFFICER), "approve") == "office-may-not-act"
    table.says(CLERK, "approve")
    assert table.awaited == ["legal-reviewer"]


def test_whoever_signs_last_besides_is_not_the_one_who_decided() -> None:
    table = Table()
    table.asks(EXTEND)
    table.says(CHIEF, "add-signer", EXTEND, place="after", office="legal-reviewer", reason="核对")
    assert table.says(CHIEF, "approve", EXTEND).facts == ()
    (fact,) = table.says(LEGAL, "approve", EXTEND).facts
    assert (fact.fact, fact.approver, fact.extension) == (Fact.DETENTION_EXTENDED, Office.COUNTY_HEAD, "+4 day")


def test_whoever_is_asked_to_sign_must_be_named() -> None:
    for form, said in ((AddSigner, {"place": "after"}), (Countersign, {})):
        with pytest.raises(ValidationError, match="须填写"):
            form.model_validate({"request": ASSESS, "reason": "签", **said})
    with pytest.raises(ValidationError, match="须填写抄送"):
        CopyTo.model_validate({"request": ASSESS})


# Urge (催办), copy (抄送), withdraw (撤回)


def test_an_urging_reaches_those_who_are_awaited_and_nobody_else(table: Table) -> None:
    table.says(STATION, "countersign", persons=["clerk"], offices=["county-head"], reason="会签")
    table.says(CHIEF, "approve")
    table.says(STATION, "delegate", person="deputy", reason="外出")
    said = table.says(LI, "urge", words="明日届满")
    assert {(word.person, word.office) for word in said.notices} == {("", "station-head"), ("deputy", ""), ("clerk", "")}
    assert all("羁押必要性评估" in word.words and "明日届满" in word.words for word in said.notices)
    assert table.refuses(STATION, "urge") == "office-may-not-act"


def test_a_copy_tells_and_lets_read_but_lets_nobody_decide(table: Table) -> None:
    said = table.says(STATION, "copy-to", persons=["wu", "wu"], offices=["supervisor"], unit="inspection")
    assert [(word.person, word.office, word.unit) for word in said.notices] == [("wu", "", ""), ("", "supervisor", "inspection")]
    assert said.share_with == ("@wu", "supervisor@inspection")
    assert table.awaited == ["station-head"]
    assert table.refuses(someone("wu", Office.CASE_OFFICER), "approve") == "office-may-not-act"


def test_only_the_asker_withdraws_and_nothing_remains_of_who_was_added(table: Table) -> None:
    table.says(STATION, "countersign", offices=["county-head"], reason="会签")
    assert table.refuses(STATION, "withdraw", reason="不办") == "office-may-not-act"
    assert table.says(LI, "withdraw", reason="不办").requests == ()
    table.asks()
    assert table.awaited == ["station-head"]


# What holds for all of them


TURNING: tuple[tuple[Actor, str, dict[str, Any]], ...] = (
    (STATION, "approve", {}),
    (STATION, "return", {"reason": "退"}),
    (LI, "withdraw", {"reason": "撤"}),
    (LI, "urge", {}),
    (STATION, "transfer", {"person": "deputy", "reason": "转"}),
    (STATION, "delegate", {"person": "clerk", "reason": "委"}),
    (STATION, "add-signer", {"place": "before", "office": "county-head", "reason": "加"}),
    (STATION, "countersign", {"offices": ["county-head"], "reason": "会"}),
    (STATION, "take-off-signer", {"signer": "clerk", "reason": "撤"}),
    (STATION, "copy-to", {"persons": ["wu"]}),
)


@pytest.mark.parametrize(("who", "verb", "form"), TURNING, ids=[verb for _, verb, _ in TURNING])
def test_a_verb_leaves_stage_facts_and_every_other_request_alone(who: Actor, verb: str, form: dict[str, Any]) -> None:
    table = Table()
    table.asks(EXTEND)
    table.asks()
    if verb == "take-off-signer":
        table.says(STATION, "add-signer", person="clerk", place="before", reason="核对")
    before = table.matter.state
    said = table.says(who, verb, **form)
    assert (said.stage, said.facts, said.foreseen, said.commands, said.officer) == (before.stage, (), (), (), before.officer)
    assert said.requests[0] == before.requests[0]
    assert [each.step for each in said.requests][:1] == [EXTEND]


def test_every_verb_has_been_tried_above() -> None:
    assert {verb for _, verb, _ in TURNING} == {verb.rule.step for verb in ACTIONS}


@pytest.mark.parametrize("verb", ACTIONS, ids=lambda verb: verb.rule.step)
def test_a_stranger_has_no_verb_and_nobody_acts_on_what_was_not_asked(table: Table, verb: Any) -> None:
    form = {"reason": "x", "person": "deputy", "offices": ["county-head"], "place": "after", "signer": "clerk"}
    form = {name: value for name, value in form.items() if name in verb.model_fields}
    assert list_actions(table.request, someone("wu", Office.CASE_OFFICER)) == ()
    assert table.refuses(someone("wu", Office.CASE_OFFICER), verb.rule.step, **form) == "office-may-not-act"
    assert table.refuses(STATION, verb.rule.step, "release", **form) == "step-not-open"


def test_a_request_from_before_there_were_turns_goes_on_and_its_approvals_still_count() -> None:
    said = {
        "step": ASSESS,
        "form": {"assessment": "无继续羁押必要"},
        "seq": 8,
        "asked_by": {"person": "li", "unit": "chengguan", "offices": ["case-officer"]},
        "asked_at": (NOON - timedelta(days=2)).isoformat(),
        "awaiting": ["legal-reviewer"],
        "approved_by": ["station"],
    }
    table = Table()
    table.matter.state = table.matter.state.model_copy(update={"requests": (Request.model_validate(said),)})
    assert table.awaited == ["legal-reviewer"]
    assert table.refuses(someone("station", Office.LEGAL_REVIEWER), "approve") == "duties-not-separated"
    table.says(LEGAL, "return", to="station", reason="再议")
    assert (table.awaited, table.request.approved_by) == (["station"], ())
    table.says(STATION, "approve")
    (fact,) = table.says(LEGAL, "approve").facts
    assert (fact.fact, fact.approver) == (Fact.NECESSITY_ASSESSED, Office.LEGAL_REVIEWER)


def test_what_lists_read_of_a_request_keeps_step_with_its_turns(table: Table) -> None:
    assert table.request.awaiting == ("station-head", "legal-reviewer")
    table.says(STATION, "add-signer", place="after", person="clerk", reason="核对")
    table.says(STATION, "approve")
    assert (table.request.awaiting, table.request.approved_by) == (("legal-reviewer",), ("station",))
    again = Request.model_validate_json(table.request.model_dump_json())
    assert again == table.request


def test_an_approval_after_the_stage_was_left_finds_nothing_to_approve() -> None:
    table = Table()
    table.asks(EXTEND)
    table.does(LI, "release", grounds="查清无罪")
    table.says(CHIEF, "approve", "release")
    assert table.refuses(VICE, "approve", EXTEND) == "step-not-open"
