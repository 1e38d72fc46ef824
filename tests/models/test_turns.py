"""Whose turn a step is, of all who might take it."""

from datetime import UTC, datetime

import pytest

from models.messages import Awaited
from models.turns import Hand, is_told, turn_of, turn_task
from workflows.registry import get_lifecycles
from workflows.stages import Stage

NOW = datetime(2026, 11, 29, 10, tzinfo=UTC)
SIGN = Awaited(step="accept-dispatch", offices=("case-officer", "auxiliary-officer"))
REVIEW = Awaited(step="pass-legal-review", offices=("legal-reviewer",))
PROSECUTE = Awaited(step="prosecute-case", offices=("procuratorate", "case-officer"))
ARCHIVE = Awaited(step="archive", offices=("case-management-officer", "case-officer"))
STAGES = [stage for life in get_lifecycles().values() for stage in life.stages.values()]


def whose(awaited: Awaited, officer: str, *hands: tuple[str, str]) -> tuple[str, str]:
    """The office and the person of a turn in a matter of that officer, where these people hold these offices."""
    turn = turn_of("JQ1", "somewhere", "chengguan", officer, awaited, {Hand(*each) for each in hands})
    return turn["office"], turn["username"]


def test_an_officers_step_is_of_whoever_has_the_matter_by_whichever_office_they_may_take_it() -> None:
    assert whose(SIGN, "li", ("case-officer", "li"), ("case-officer", "wu")) == ("case-officer", "li")
    assert whose(SIGN, "fu", ("case-officer", "li"), ("auxiliary-officer", "fu")) == ("auxiliary-officer", "fu")


def test_where_nobody_is_named_or_whoever_is_may_not_take_it_the_turn_is_of_all_who_may() -> None:
    assert whose(SIGN, "", ("case-officer", "li")) == ("case-officer", "")
    assert whose(SIGN, "left", ("auxiliary-officer", "fu")) == ("auxiliary-officer", "")
    assert whose(SIGN, "left") == ("case-officer", "")


def test_nobody_reviews_their_own_case_since_they_review_others() -> None:
    assert whose(REVIEW, "fang", ("legal-reviewer", "fang")) == ("legal-reviewer", "")


def test_what_several_offices_may_do_is_of_the_first_that_anybody_holds() -> None:
    assert whose(ARCHIVE, "li", ("case-management-officer", "qin"), ("case-officer", "li")) == ("case-management-officer", "")
    assert whose(ARCHIVE, "li", ("case-officer", "li")) == ("case-officer", "")


def test_an_organ_outside_has_the_turn_and_none_of_ours_is_urged_about_it() -> None:
    turn = turn_of("XA1", "prosecution_review", "chengguan", "li", PROSECUTE, {Hand("case-officer", "li")})
    task = turn_task("XA1", turn, NOW)
    assert (task["office"], task["username"], task["remind_at"], task["goes_up_at"]) == ("procuratorate", "", None, None)
    assert not is_told(turn)


def test_another_stage_unit_or_person_is_another_turn() -> None:
    keys = {
        turn_of("JQ1", stage, unit, officer, SIGN, {Hand("case-officer", "li"), Hand("case-officer", "wu")})["key"]
        for stage in ("dispatched", "again")
        for unit in ("chengguan", "donghe")
        for officer in ("li", "wu", "")
    }
    assert len(keys) == 12


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.decide.__qualname__)
def test_a_stage_that_does_not_rest_waits_for_somebody_who_is_reminded_before_it_goes_up(stage: Stage) -> None:
    awaited = stage.find_awaited("", ())
    assert (awaited is None) == (stage.rests or not stage.awaits)
    if awaited is None:
        return
    task = turn_task("JQ1", turn_of("JQ1", stage.name, "chengguan", "", awaited, ()), NOW)
    assert task["step"] == stage.awaits[0].rule.step
    assert not task["goes_up_at"] or NOW.isoformat() < task["remind_at"] < task["goes_up_at"]
