"""People leave while their requests are under way: whoever took over acts in their place, and whatever happens somebody can end them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.offices import Office
from models.access.request_hands import replace_departed
from models.forms.approval import Approve, Return, Withdraw
from models.messages import Actor, Participant, Request, Signer
from tests.workflows.table import (
    ASSESS,
    CHIEF,
    CLERK,
    DEPUTY,
    EVERYBODY,
    EXTEND,
    LAWYER,
    LEGAL,
    LI,
    NOON,
    STATION,
    VICE,
    XU,
    Table,
    someone,
)
from workflows.approval.actions import list_actions


@pytest.fixture
def table() -> Table:
    one = Table()
    one.asks()
    return one


def steps(table: Table, who: Actor) -> list[str]:
    """The verbs that this person has now."""
    return [verb.rule.step for verb in list_actions(replace_departed(table.request, table.participants), who)]


# The asker


def test_who_took_over_from_the_asker_is_the_asker(table: Table) -> None:
    table.is_left_by(LI, XU)
    assert steps(table, XU) == ["withdraw", "urge", "copy-to"]
    said = table.says(STATION, "return", reason="材料不全")
    assert [(word.person, word.step) for word in said.notices] == [("xu", ASSESS)]
    table.asks()
    assert table.says(XU, "withdraw", reason="不办").requests == ()


def test_who_took_over_from_the_asker_does_not_approve_what_they_asked_for(table: Table) -> None:
    table.is_left_by(LI, STATION)
    refusal = table.refusal(STATION, "approve")
    assert (refusal.slug, "接手" in refusal.detail) == ("duties-not-separated", True)
    table.says(DEPUTY, "approve")
    assert table.refuses(LEGAL, "transfer", person="station", reason="转") == "duties-not-separated"


def test_what_an_asker_left_to_nobody_is_withdrawn_by_their_office_or_by_a_head_who_may_approve_it_as_well(table: Table) -> None:
    table.is_left_by(LI)
    assert [step for step in steps(table, XU) if step != "copy-to"] == ["withdraw", "urge"]
    assert {"approve", "return", "withdraw"} <= set(steps(table, STATION))
    assert "withdraw" in steps(table, CHIEF)
    assert steps(table, CLERK) == []
    assert "办案民警" in table.refusal(CLERK, "withdraw", reason="不办").detail
    said = table.says(STATION, "return", reason="材料不全")
    assert [(word.person, word.office, word.step) for word in said.notices] == [("", "case-officer", ASSESS)]


# Those who approve


def test_a_turn_that_names_somebody_who_left_is_their_successors(table: Table) -> None:
    table.says(STATION, "transfer", person="deputy", reason="外出")
    table.is_left_by(DEPUTY, STATION)
    assert table.refuses(CHIEF, "approve") == "office-may-not-act"
    table.says(STATION, "approve")
    assert (table.awaited, table.request.approved_by) == (["legal-reviewer"], ("station",))


@pytest.mark.parametrize("successor", [None, XU], ids=["nobody", "somebody of another office"])
def test_a_turn_whose_successor_does_not_hold_the_office_is_the_offices_again(table: Table, successor: Actor | None) -> None:
    table.says(STATION, "transfer", person="deputy", reason="外出")
    table.is_left_by(DEPUTY, successor)
    assert table.refuses(XU, "approve") == "office-may-not-act"
    table.says(STATION, "approve")
    assert table.awaited == ["legal-reviewer"]


def test_who_lost_the_office_in_which_they_are_named_gives_it_back_to_the_office(table: Table) -> None:
    table.says(STATION, "transfer", person="deputy", reason="外出")
    table.is_left_by(VICE)
    table.participants = tuple(
        Participant(person="deputy", seats=("case-officer@chengguan",)) if each.person == "deputy" else each
        for each in table.participants
    )
    table.says(STATION, "approve")
    assert table.awaited == ["legal-reviewer"]


def test_the_request_that_two_people_left_is_ended_by_those_who_took_over() -> None:
    table = Table()
    table.asks(EXTEND)
    table.says(CHIEF, "transfer", EXTEND, person="vice", reason="外出")
    table.is_left_by(LI, XU)
    table.is_left_by(VICE, CHIEF)
    assert "withdraw" in steps(table, XU)
    (fact,) = table.says(CHIEF, "approve", EXTEND).facts
    assert fact.approver is Office.COUNTY_HEAD


def test_who_took_over_from_one_who_has_approved_does_not_approve_a_second_time(table: Table) -> None:
    table.says(STATION, "approve")
    table.is_left_by(STATION, LEGAL)
    refusal = table.refusal(LEGAL, "approve")
    assert (refusal.slug, "接手" in refusal.detail) == ("duties-not-separated", True)
    (fact,) = table.says(LAWYER, "approve").facts
    assert fact.approver is Office.LEGAL_REVIEWER


def test_an_added_signer_who_left_is_followed_by_their_successor_and_taken_off_by_that_of_whoever_added_them(table: Table) -> None:
    table.says(STATION, "add-signer", place="before", person="clerk", reason="核对")
    table.is_left_by(CLERK, LAWYER)
    table.is_left_by(STATION, DEPUTY)
    assert steps(table, LAWYER)[:2] == ["approve", "return"]
    assert steps(table, DEPUTY) == ["take-off-signer"]
    table.says(DEPUTY, "take-off-signer", signer="lawyer", reason="不需要了")
    assert table.awaited == ["station-head"]


def test_what_was_lent_to_somebody_who_left_is_their_successors_and_ends_where_there_is_none(table: Table) -> None:
    table.says(STATION, "delegate", person="clerk", reason="外出")
    table.is_left_by(CLERK, VICE)
    assert steps(table, VICE) == ["approve", "return"]
    table.is_left_by(CLERK)
    assert steps(table, VICE) == []
    assert "approve" in steps(table, STATION)


def test_nobody_decides_in_the_name_of_somebody_who_left_it_to_nobody(table: Table) -> None:
    table.says(STATION, "delegate", person="clerk", reason="外出")
    table.is_left_by(STATION, DEPUTY)
    table.says(CLERK, "approve")
    (signed,) = table.request.turns[0]
    assert (signed.signed_by, signed.signed_for) == ("clerk", "deputy")
    other = Table()
    other.asks()
    other.says(STATION, "delegate", person="clerk", reason="外出")
    other.is_left_by(STATION)
    assert other.refuses(CLERK, "approve") == "office-may-not-act"


def test_what_nobody_is_left_to_approve_goes_back_by_a_head_and_is_approved_by_none(table: Table) -> None:
    table.says(STATION, "approve")
    table.is_left_by(LEGAL)
    table.is_left_by(LAWYER)
    assert steps(table, CHIEF) == ["return"]
    assert "无人可以审批" in table.refusal(XU, "approve").detail
    assert table.refuses(CHIEF, "approve") == "office-may-not-act"
    assert table.refuses(CHIEF, "return", to="station-head", reason="退") == "form-invalid"
    said = table.says(CHIEF, "return", reason="法制员空缺")
    assert ([word.person for word in said.notices], said.requests) == (["li"], ())


def test_who_holds_the_office_and_is_not_the_one_awaited_is_told_whom_it_awaits() -> None:
    table = Table()
    table.asks(EXTEND)
    table.says(CHIEF, "transfer", EXTEND, person="vice", reason="外出")
    assert "vice" in table.refusal(CHIEF, "approve", EXTEND).detail
    assert "县级以上公安机关负责人" not in table.refusal(CHIEF, "approve", EXTEND).detail


# Whatever happens

_NAMES = [each.person for each in EVERYBODY]
_OFFICE = {each.person: each.offices[0] for each in EVERYBODY}


@st.composite
def signers(draw: st.DrawFn) -> Signer:
    """Any approval that a chain of verbs could leave behind, signed or not."""
    office = draw(st.sampled_from(["", "station-head", "legal-reviewer", "county-head", "supervisor"]))
    person = draw(st.sampled_from(["", *_NAMES])) if office else draw(st.sampled_from(_NAMES))
    delegate = draw(st.sampled_from(["", "", *_NAMES]))
    said = {"office": office, "person": person, "added_by": draw(st.sampled_from(["", *_NAMES]))}
    if draw(st.booleans()):
        return Signer(**said, signed_by=draw(st.sampled_from(_NAMES)))
    delegator = draw(st.sampled_from(_NAMES)) if delegate else ""
    return Signer(**said, delegate=delegate, delegator=delegator)


@st.composite
def requests(draw: st.DrawFn) -> Request:
    """Any request that still awaits somebody."""
    turns = draw(st.lists(st.lists(signers(), min_size=1, max_size=3).map(tuple), min_size=1, max_size=3))
    asker = draw(st.sampled_from(EVERYBODY))
    waiting: Any = (Signer(office=draw(st.sampled_from(["station-head", "legal-reviewer", "county-head", "supervisor"]))),)
    every = (*turns, waiting)
    signed = tuple(each.signed_by for turn in every for each in turn if each.signed_by)
    said: dict[str, Any] = {"step": ASSESS, "form": {}, "seq": 1, "asked_by": asker, "asked_at": NOON, "awaiting": ()}
    return Request(**said, approved_by=signed, turns=every)


@st.composite
def rolls(draw: st.DrawFn) -> tuple[Participant, ...]:
    """Anybody may be gone but two who head a unit; each left it to somebody, who may be gone as well, or to nobody."""
    gone = draw(st.sets(st.sampled_from([name for name in _NAMES if name not in ("chief", "vice")])))
    return tuple(
        Participant(
            person=name,
            seats=() if name in gone else (f"{_OFFICE[name]}@chengguan",),
            successor=draw(st.sampled_from(["", *_NAMES])) if name in gone else "",
        )
        for name in _NAMES
    )


def _there(participants: tuple[Participant, ...]) -> list[Actor]:
    return [someone(each.person, *(Office(_OFFICE[each.person]),), seats=each.seats) for each in participants if each.seats]


@given(requests(), rolls())
def test_whoever_leaves_somebody_can_withdraw_a_request_and_somebody_can_approve_or_return_it(
    request: Request, participants: tuple[Participant, ...]
) -> None:
    now = replace_departed(request, participants)
    theirs = {who.person: set(list_actions(now, who)) for who in _there(participants)}
    assert any(Withdraw in verbs for verbs in theirs.values())
    assert any({Approve, Return} & verbs for verbs in theirs.values())


@given(requests(), rolls())
def test_whoever_leaves_nobody_approves_their_own_or_twice_in_their_own_name_or_anothers(
    request: Request, participants: tuple[Participant, ...]
) -> None:
    now = replace_departed(request, participants)
    took_over = {each.person: each.successor for each in participants if not each.seats and each.successor}
    askers = {request.asked_by.person, took_over.get(request.asked_by.person)}
    spent = {name for each in request.approved_by for name in (each, took_over.get(each))}
    for who in _there(participants):
        if who.person in askers | spent:
            assert Approve not in list_actions(now, who)


@given(requests(), rolls())
def test_how_a_request_stands_is_the_same_however_often_it_is_asked_and_no_signature_is_touched(
    request: Request, participants: tuple[Participant, ...]
) -> None:
    now = replace_departed(request, participants)
    again = replace_departed(now, participants)
    assert (again.turns, again.asker, again.spent, again.vacant) == (now.turns, now.asker, now.spent, now.vacant)
    signed = [[each for each in turn if each.signed_by] for turn in request.turns]
    assert [[each for each in turn if each.signed_by] for turn in now.turns] == signed
    assert [len(turn) for turn in now.turns] == [len(turn) for turn in request.turns]
