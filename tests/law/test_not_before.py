"""No fact precedes what it is about, and nothing is disposed of before anybody decided that."""

from law.calendar import Calendar
from law.clock import Consequence
from law.facts import Fact, exhibits
from law.time_limits import get_limits
from tests.law.log import Log

THING, CASE = "exhibit/1", "public-order-case/1"
# What opens a matter of its own, or is the act that everything is about.
_FIRST = {
    Fact.ACT_KNOWN,
    Fact.ADMIN_REVIEW_LODGED_WITH_US,
    Fact.ADMIN_REVIEW_RECEIVED,
    Fact.ADMIN_REVIEW_RECEIVED_INCOMPLETE,
    Fact.LAWSUIT_FILED,
    Fact.PUBLIC_ORDER_ACT_ENDED,
    Fact.OTHER_ACT_ENDED,
    Fact.HARMFUL_ACT_ENDED,
    Fact.ADMIN_CASE_ACCEPTED,
    Fact.PUBLIC_ORDER_CASE_FILED,
    Fact.OTHER_LAW_CASE_FILED,
    Fact.PETITION_REFERRED,
    Fact.RECTIFICATION_ORDERED,
}


def test_whatever_begins_or_meets_a_waiting_period_says_what_it_may_not_precede() -> None:
    waiting = {
        fact
        for limit in get_limits().values()
        if limit.at_expiry is Consequence.RIGHT_LAPSES
        for fact in (*limit.starts_on, *limit.met_by)
    }
    assert {fact for fact in waiting - _FIRST if not fact.after and not fact.not_before} == set()


def test_nothing_befalls_a_thing_before_it_was_taken(calendar: Calendar) -> None:
    things = [fact for fact in Fact if fact.value.startswith("exhibit.") and fact not in exhibits.TAKEN]
    for taken in map(Fact, exhibits.TAKEN):
        log = Log(THING).add(taken, "2026-03-22 10:00")
        for fact in things:
            refused = log.asked(calendar, fact, "2026-03-13 10:00")
            assert refused is not None, fact
            assert (refused.slug, refused.field) == ("form-invalid", "at"), fact
    assert (
        Log(THING).add(Fact.EXHIBIT_TAKEN, "2026-03-22 10:00").asked(calendar, Fact.EXHIBIT_OWNER_NOTIFIED, "2026-03-22 10:00")
        is None
    )


def test_a_penalty_is_not_announced_before_the_case_was_filed(calendar: Calendar) -> None:
    log = Log(CASE).add(Fact.PUBLIC_ORDER_CASE_FILED, "2026-03-22 10:00")
    for fact in (Fact.PENALTY_NOTIFIED, Fact.HEARING_RIGHT_TOLD):
        assert log.asked(calendar, fact, "2026-02-22 10:00", about=f"{CASE}/1") is not None
        assert log.asked(calendar, fact, "2026-03-22 11:00", about=f"{CASE}/1") is None


def test_nothing_goes_to_the_treasury_by_a_judgment_that_nobody_recorded(calendar: Calendar) -> None:
    log = Log(THING).add(Fact.EXHIBIT_TAKEN, "2026-03-02 10:00")
    for reason in ("judgment", "decision"):
        refused = log.asked(calendar, Fact.EXHIBIT_DISPOSED, "2026-03-22 10:00", reason=reason)
        assert refused is not None
        assert (refused.slug, refused.field) == ("law-forbids", "reason")
    log.add(Fact.EXHIBIT_DISPOSAL_ORDERED, "2026-03-20 10:00")
    assert log.asked(calendar, Fact.EXHIBIT_DISPOSED, "2026-03-22 10:00", reason="judgment") is None
