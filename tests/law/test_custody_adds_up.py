"""Custody under investigation over several arrests: what made it longer counts where it was decided in its time, whenever that is learnt."""

from datetime import timedelta

from law.calendar import Calendar
from law.clock import ClockState
from law.facts import Fact
from law.offices import Office
from tests.law.log import Log, at

CUSTODY = "investigative-custody"


def _arrested_twice(released: str) -> Log:
    """Arrested on 15 July 2026, out again by then, and arrested once more on 18 November."""
    log = Log().add(Fact.ARREST_EXECUTED, "2026-07-15 15:45").add(Fact.CUSTODY_EXTENSION_REQUESTED, "2026-08-06 22:22")
    log.add(Fact.CUSTODY_EXTENDED, "2026-08-07 04:00", extension="+1 month", approver=Office.HIGHER_PROCURATORATE)
    return log.add(Fact.SURVEILLANCE_DECIDED, released).add(Fact.ARREST_EXECUTED, "2026-11-18 08:00")


def test_an_extension_makes_a_maximum_longer_only_where_it_was_granted_in_its_time(calendar: Calendar) -> None:
    before, after = _arrested_twice("2026-08-06 23:00"), _arrested_twice("2026-08-11 21:00")
    used = {"2026-08-06": 22, "2026-08-11": 27}
    assert before.clocks(calendar, CUSTODY)[-1].due_at == at("2026-11-18 23:59:59") + timedelta(days=62 - used["2026-08-06"] - 1)
    assert after.clocks(calendar, CUSTODY)[-1].due_at == at("2026-11-18 23:59:59") + timedelta(days=92 - used["2026-08-11"] - 1)


def test_a_notice_that_was_overdue_stays_so_as_less_was_used_than_the_record_said(calendar: Calendar) -> None:
    log = Log().add(Fact.ARREST_EXECUTED, "2026-08-25 14:00").add(Fact.PERSON_RELEASED, "2026-10-03 03:00")
    log.add(Fact.ARREST_EXECUTED, "2026-10-07 13:00")
    notice = "custody-centre-notice-custody"
    assert log.clocks(calendar, notice)[-1].due_at == at("2026-10-21 23:59:59")
    log.add(Fact.CASE_CANCELLED, "2026-09-23 10:00", entered="2026-10-30 02:00")
    clock = log.clocks(calendar, notice)[-1]
    assert clock.overrun is not None and clock.overrun.due_at == at("2026-10-21 23:59:59")


def test_custody_is_counted_anew_only_for_somebody_who_is_in_it(calendar: Calendar) -> None:
    log = Log().add(Fact.ARREST_EXECUTED, "2026-01-09 10:00").add(Fact.PERSON_RELEASED, "2026-02-01 10:00")
    log.add(Fact.NEW_CRIME_DISCOVERED, "2026-02-03 09:00").add(Fact.CUSTODY_RESTARTED, "2026-02-04 09:00")
    (first,) = log.clocks(calendar, CUSTODY)
    assert first.state is ClockState.LAPSED
    second = log.add(Fact.ARREST_EXECUTED, "2026-04-01 09:00").clocks(calendar, CUSTODY)[-1]
    assert second.due_at == at("2026-04-01 23:59:59") + timedelta(days=59 - 23 - 1)


def test_custody_is_counted_anew_in_the_second_arrest_too(calendar: Calendar) -> None:
    log = Log().add(Fact.ARREST_EXECUTED, "2026-01-09 10:00").add(Fact.PERSON_RELEASED, "2026-02-01 10:00")
    log.add(Fact.ARREST_EXECUTED, "2026-04-01 09:00").add(Fact.NEW_CRIME_DISCOVERED, "2026-04-10 09:00")
    log.add(Fact.CUSTODY_RESTARTED, "2026-04-11 09:00")
    assert log.clocks(calendar, CUSTODY)[-1].due_at == at("2026-06-09 23:59:59")
