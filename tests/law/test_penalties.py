"""Penalties: one for one act, no more days than were decided, none of whoever was let off since."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from law.calendar import SHANGHAI, Calendar
from law.facts import Fact
from law.legal_fact import LegalFact
from law.offices import Office
from law.penalties import PENALTIES, count_days_served
from law.rule_violation import RuleViolation
from law.rules import check_fact
from models.forms.public_order_penalty import DecidePenalty
from models.store.mappers import build_calendar

CALENDAR: Calendar = build_calendar(())
CASE, PERSON, OTHER = "ZA202600000001", "ZA202600000001/1", "ZA202600000001/2"
TEN = datetime(2026, 3, 2, 10, tzinfo=SHANGHAI)
DAY = timedelta(days=1)


def of(kind: Fact, at: datetime, seq: int, about: str = PERSON, *, charge: str = "", term: str = "") -> LegalFact:
    """What happens to the person."""
    return LegalFact(kind, at, about, seq, charge=charge, term=term)


def against(log: list[LegalFact], new: LegalFact) -> RuleViolation | None:
    """What the law has against it."""
    return check_fact(log, new, CALENDAR)


NOTIFIED = [
    LegalFact(Fact.PUBLIC_ORDER_CASE_FILED, TEN - 3 * DAY, CASE, 1),
    of(Fact.PENALTY_NOTIFIED, TEN - 2 * DAY, 2),
    of(Fact.PENALTY_NOTIFIED, TEN - 2 * DAY, 2, OTHER),
]
BEATING, INSULT = "za-51-1", "za-50-1"
DECIDED = [*NOTIFIED, of(Fact.PENALTY_DECIDED, TEN, 3, charge=BEATING)]


def detained(days: int, seq: int = 3, charge: str = BEATING) -> list[LegalFact]:
    """A penalty of so many days."""
    kinds = (Fact.PENALTY_DECIDED, Fact.ADMIN_DETENTION_DECIDED)
    return [of(kind, TEN, seq, charge=charge, term=f"{days} day" if kind is kinds[1] else "") for kind in kinds]


@pytest.mark.parametrize("second", PENALTIES)
@pytest.mark.parametrize("act", [BEATING, ""])
def test_a_second_penalty_for_the_same_act_and_person_is_refused_whatever_its_date(second: Fact, act: str) -> None:
    for at in (TEN + DAY, TEN - DAY):
        found = against(DECIDED, of(second, at, 9, charge=act))
        assert found
        assert (found.slug, found.field, "第二十九条" in found.basis) == ("law-forbids", "violation", True)


def test_another_act_or_another_person_is_punished_beside_it() -> None:
    assert against(DECIDED, of(Fact.PENALTY_DECIDED, TEN + DAY, 9, charge=INSULT)) is None
    assert against(DECIDED, of(Fact.PENALTY_DECIDED, TEN + DAY, 9, OTHER, charge=BEATING)) is None


def test_a_penalty_that_was_revoked_gives_way_to_another_and_the_revocation_of_another_act_does_not() -> None:
    again = of(Fact.PENALTY_DECIDED, TEN + 2 * DAY, 9, charge=BEATING)
    for act, refused in ((BEATING, False), ("", False), (INSULT, True)):
        revoked = of(Fact.PENALTY_REVOKED, TEN + DAY, 4, charge=act)
        assert against(DECIDED, revoked) is None
        assert bool(against([*DECIDED, revoked], again)) == refused
    third = [*DECIDED, of(Fact.PENALTY_REVOKED, TEN + DAY, 4), replace(again, seq=5)]
    assert against(third, replace(again, seq=9, at=TEN + 3 * DAY))


def test_nobody_serves_more_days_than_were_decided() -> None:
    log = [*NOTIFIED, *detained(5)]
    assert against(log, of(Fact.ADMIN_DETENTION_ENTERED, TEN, 9, term="5 day")) is None
    found = against(log, of(Fact.ADMIN_DETENTION_ENTERED, TEN, 9, term="20 day"))
    assert found
    assert (found.slug, found.field, found.limit) == ("law-forbids", "term", "admin-detention-term")
    assert "不超过5日" in found.detail


def test_who_comes_back_after_a_suspension_serves_what_was_left_and_the_suspension_says_no_more() -> None:
    inside = [*NOTIFIED, *detained(10), of(Fact.ADMIN_DETENTION_ENTERED, TEN, 4, term="10 day")]
    asked = [*inside, of(Fact.SUSPENSION_APPLIED, TEN + DAY, 5)]
    found = against(asked, of(Fact.ADMIN_DETENTION_SUSPENDED, TEN + 2 * DAY, 9, term="20 day"))
    assert found
    assert (found.field, "已执行2日" in found.detail) == ("days_left", True)
    suspended = [*asked, of(Fact.ADMIN_DETENTION_SUSPENDED, TEN + 2 * DAY, 6, term="8 day")]
    assert against(asked, suspended[-1]) is None
    assert against(suspended, of(Fact.ADMIN_DETENTION_ENTERED, TEN + 9 * DAY, 9, term="9 day"))
    assert against(suspended, of(Fact.ADMIN_DETENTION_ENTERED, TEN + 9 * DAY, 9, term="8 day")) is None


def test_several_detentions_come_to_twenty_days_together_at_most() -> None:
    log = [*NOTIFIED, *detained(15), *detained(15, 4, INSULT)]
    assert against(log, of(Fact.ADMIN_DETENTION_ENTERED, TEN, 9, term="21 day"))
    assert against(log, of(Fact.ADMIN_DETENTION_ENTERED, TEN, 9, term="20 day")) is None


def test_a_penalty_that_was_revoked_is_not_served_and_whoever_serves_it_is_released_before_it_is_revoked() -> None:
    log = [*NOTIFIED, *detained(5)]
    gone = [*log, of(Fact.PENALTY_REVOKED, TEN + DAY, 4)]
    assert against(gone, of(Fact.ADMIN_DETENTION_ENTERED, TEN + 2 * DAY, 9, term="5 day"))
    inside = [*log, of(Fact.ADMIN_DETENTION_ENTERED, TEN, 4, term="5 day")]
    found = against(inside, of(Fact.PENALTY_REVOKED, TEN + DAY, 9))
    assert found
    assert "先登记解除行政拘留" in found.detail
    assert against([*inside[:-1], of(Fact.ADMIN_DETENTION_ENTERED, TEN + DAY, 4, term="5 day")], of(Fact.PENALTY_REVOKED, TEN, 9))
    out = [*inside, of(Fact.ADMIN_DETENTION_ENDED, TEN + DAY, 5)]
    assert against(out, of(Fact.PENALTY_REVOKED, TEN + DAY, 9)) is None


def test_days_on_leave_are_not_served_and_a_begun_day_is() -> None:
    log = [
        of(Fact.ADMIN_DETENTION_ENTERED, TEN, 1),
        of(Fact.LEAVE_BEGUN, TEN + DAY, 2),
        of(Fact.LEAVE_ENDED, TEN + 4 * DAY, 3),
    ]
    assert count_days_served(log, PERSON, TEN + 4 * DAY) == 1
    assert count_days_served(log, PERSON, TEN + 4 * DAY + timedelta(minutes=1)) == 2
    assert count_days_served(log, OTHER, TEN + 9 * DAY) == 0


def test_nobody_is_taken_back_in_from_leave_once_the_detention_is_over() -> None:
    leave = [
        of(Fact.ADMIN_DETENTION_DECIDED, TEN, 1, term="5 day"),
        of(Fact.ADMIN_DETENTION_ENTERED, TEN, 2, term="5 day"),
        of(Fact.LEAVE_APPLIED, TEN, 3),
        of(Fact.LEAVE_GRANTED, TEN, 4),
        of(Fact.LEAVE_BEGUN, TEN + DAY, 5),
    ]
    back = of(Fact.LEAVE_ENDED, TEN + 2 * DAY, 9)
    assert against(leave, back) is None
    assert against([*leave, of(Fact.ADMIN_DETENTION_ENDED, TEN + DAY, 6)], back)


# Taken once more

FIRST_LIFTED = {
    Fact.FOREIGNER_REVIEW_EXECUTED: Fact.FOREIGNER_REVIEW_LIFTED,
    Fact.FOREIGNER_ACTIVITY_RESTRICTED: Fact.FOREIGNER_ACTIVITY_RESTORED,
    Fact.TERROR_RESTRAINT_DECIDED: Fact.TERROR_RESTRAINT_LIFTED,
}


@pytest.mark.parametrize("begins", FIRST_LIFTED)
def test_a_measure_on_a_foreigner_or_terrorist_suspect_is_taken_again_only_on_what_is_new(begins: Fact) -> None:
    log = [of(begins, TEN, 1), of(FIRST_LIFTED[begins], TEN + DAY, 2)]
    again = of(begins, TEN + DAY + timedelta(hours=1), 9)
    found = against(log, again)
    assert found
    assert (found.slug, found.field) == ("law-forbids", "new_facts")
    assert against([*log, of(Fact.RENEWED_RESTRAINT_GROUNDED, again.at, 9)], again) is None
    assert against(log, replace(again, about=OTHER)) is None


@pytest.mark.parametrize("begins", FIRST_LIFTED)
def test_no_such_measure_is_taken_again_while_it_still_runs_whatever_is_new(begins: Fact) -> None:
    again = of(begins, TEN + DAY, 9)
    found = against([of(begins, TEN, 1), of(Fact.RENEWED_RESTRAINT_GROUNDED, again.at, 9)], again)
    assert found
    assert (found.slug, found.field) == ("law-forbids", "at")


def test_a_penalty_carries_its_violation_and_its_days() -> None:
    answers = dict.fromkeys(("hearing_due", "review_due", "discussion_due", "victim", "foreigner"), False)
    form = DecidePenalty.model_validate(
        {"violation": BEATING, "penalty": "detention", "detention_days": 5, "grounds": "殴打", **answers}
    )
    found = {each.fact: each for each in form.build_facts(PERSON, TEN, Office.COUNTY_HEAD)}
    assert (found[Fact.PENALTY_DECIDED].charge, found[Fact.PENALTY_DECIDED].term) == (BEATING, "")
    assert (found[Fact.ADMIN_DETENTION_DECIDED].charge, found[Fact.ADMIN_DETENTION_DECIDED].term) == (BEATING, "5 day")
