"""Whoever asked somebody to approve as well takes them off again (撤销加签): nothing else of the request is lost."""

import pytest

from law.facts import Fact
from law.offices import Office
from tests.workflows.table import CLERK, DEPUTY, LEGAL, LI, STATION, Table


@pytest.fixture
def table() -> Table:
    one = Table()
    one.asks()
    return one


@pytest.mark.parametrize("place", ["before", "after"])
def test_whoever_added_a_signer_takes_them_off_and_no_signature_is_lost(table: Table, place: str) -> None:
    table.says(STATION, "approve")
    table.says(LEGAL, "add-signer", place=place, person="clerk", reason="核对")
    before = table.request.approved_by
    said = table.says(LEGAL, "take-off-signer", signer="clerk", reason="不需要了")
    assert (table.awaited, table.request.approved_by, before) == (["legal-reviewer"], ("station",), ("station",))
    assert [(word.person, "不需要了" in word.words) for word in said.notices] == ([("clerk", True)] if place == "before" else [])
    (fact,) = table.says(LEGAL, "approve").facts
    assert fact.fact is Fact.NECESSITY_ASSESSED


def test_the_last_signer_taken_off_after_all_others_have_signed_ends_the_request(table: Table) -> None:
    table.says(STATION, "approve")
    table.says(LEGAL, "countersign", persons=["clerk"], reason="会签")
    assert table.says(LEGAL, "approve").facts == ()
    (fact,) = table.says(LEGAL, "take-off-signer", signer="clerk", reason="不需要了").facts
    assert (fact.fact, fact.approver) == (Fact.NECESSITY_ASSESSED, Office.LEGAL_REVIEWER)


def test_nobody_takes_off_whom_they_did_not_add_nor_who_has_signed_nor_whom_the_law_names(table: Table) -> None:
    assert table.refuses(STATION, "take-off-signer", signer="station-head", reason="撤") == "office-may-not-act"
    table.says(STATION, "add-signer", place="before", office="case-management-officer", reason="核对")
    for who in (LI, CLERK, LEGAL, DEPUTY):
        refusal = table.refusal(who, "take-off-signer", signer="case-management-officer", reason="撤")
        assert (refusal.slug, "station" in refusal.detail) == ("office-may-not-act", True)
    assert table.refuses(STATION, "take-off-signer", signer="legal-reviewer", reason="撤") == "form-invalid"
    table.says(CLERK, "approve")
    assert table.refuses(STATION, "take-off-signer", signer="case-management-officer", reason="撤") == "office-may-not-act"
