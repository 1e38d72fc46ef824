"""Short holdings of different kinds do not come to one custody: the one leads to the other once, and otherwise an interval holds."""

import pytest

from law.calendar import Calendar
from law.facts import Fact
from tests.law.log import Log


@pytest.fixture
def stopped() -> Log:
    """Stopped for twelve hours, until 22:00, in a matter in which a criminal case is filed too."""
    log = Log().add(Fact.CASE_FILED, "2026-03-01 09:00", about="case/1")
    return log.add(Fact.PERSON_STOPPED, "2026-03-02 10:00").add(Fact.STOP_ENDED, "2026-03-02 22:00")


def _forbidden(log: Log, calendar: Calendar, fact: Fact, when: str) -> bool:
    against = log.asked(calendar, fact, when)
    return against is not None and "间隔不满12小时" in against.detail


def test_a_stop_leads_once_to_a_criminal_summons(stopped: Log, calendar: Calendar) -> None:
    assert stopped.asked(calendar, Fact.PERSON_SUMMONED, "2026-03-02 22:00") is None


def test_a_stop_that_led_to_an_inquiry_leads_no_further(stopped: Log, calendar: Calendar) -> None:
    log = stopped.add(Fact.PERSON_SUMMONED_ADMIN, "2026-03-02 22:00").add(Fact.ADMIN_SUMMONS_ENDED, "2026-03-03 06:00")
    assert _forbidden(log, calendar, Fact.PERSON_SUMMONED, "2026-03-03 06:00")
    assert _forbidden(log, calendar, Fact.PERSON_COMPELLED, "2026-03-03 17:00")
    assert log.asked(calendar, Fact.PERSON_SUMMONED, "2026-03-03 18:00") is None


@pytest.mark.parametrize("fact", [Fact.PERSON_STOPPED, Fact.PERSON_SUMMONED_ADMIN])
def test_nobody_is_stopped_or_inquired_right_after_a_criminal_summons(fact: Fact, calendar: Calendar) -> None:
    log = Log().add(Fact.CASE_FILED, "2026-03-01 09:00", about="case/1")
    log.add(Fact.PERSON_SUMMONED, "2026-03-02 10:00").add(Fact.SUMMONS_ENDED, "2026-03-02 22:00")
    assert _forbidden(log, calendar, fact, "2026-03-02 23:00")
    assert log.asked(calendar, fact, "2026-03-03 10:00") is None


def test_nobody_is_brought_before_the_commission_twice_in_a_row(calendar: Calendar) -> None:
    log = Log().add(Fact.SUPERVISORY_BRING_IN, "2026-03-02 10:00").add(Fact.SUPERVISORY_BRING_IN_ENDED, "2026-03-02 22:00")
    assert _forbidden(log, calendar, Fact.SUPERVISORY_BRING_IN, "2026-03-02 23:00")
    assert log.asked(calendar, Fact.SUPERVISORY_HOLDING_BEGUN, "2026-03-02 23:00") is None


def test_nobody_is_guarded_for_the_commission_twice_in_a_row(calendar: Calendar) -> None:
    log = Log().add(Fact.SUPERVISORY_BRING_IN, "2026-03-02 10:00").add(Fact.SUPERVISORY_HOLDING_BEGUN, "2026-03-02 20:00")
    assert log.asked(calendar, Fact.SUPERVISORY_HOLDING_BEGUN, "2026-03-05 10:00")
    log.add(Fact.SUPERVISORY_HOLDING_ENDED, "2026-03-09 10:00")
    for fact in (Fact.SUPERVISORY_HOLDING_BEGUN, Fact.SUPERVISORY_BRING_IN):
        assert _forbidden(log, calendar, fact, "2026-03-09 11:00")


def test_who_was_only_to_stay_at_hand_is_brought_in_again(calendar: Calendar) -> None:
    log = Log().add(Fact.SUPERVISORY_BRING_IN, "2026-03-02 10:00").add(Fact.SUPERVISORY_WAITING_ORDERED, "2026-03-02 20:00")
    assert log.asked(calendar, Fact.SUPERVISORY_BRING_IN, "2026-03-05 10:00") is None
