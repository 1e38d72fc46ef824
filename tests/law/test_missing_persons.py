"""The limits of a search that ends and begins again: what was asked for is asked for again, and nothing twice."""

from law.calendar import Calendar
from law.clock import Clock
from law.facts import Fact
from tests.law.log import Log

SEARCH = "SL202612000001"


def _list_running(log: Log, calendar: Calendar, limit: str) -> list[Clock]:
    return [each for each in log.clocks(calendar, limit) if each.state in ("running", "not-started")]


def _missing_child() -> Log:
    return (
        Log(SEARCH)
        .add(Fact.MISSING_REPORTED, "2026-12-05 15:26")
        .add(Fact.MISSING_CHILD_REPORTED, "2026-12-05 15:26")
        .add(Fact.MISSING_SEARCH_STARTED, "2026-12-05 15:30", base="30 minute")
    )


def test_a_child_who_is_gone_again_is_filed_and_sampled_for_again(calendar: Calendar) -> None:
    log = _missing_child().add(Fact.MISSING_FOUND, "2026-12-05 16:00")
    for limit in ("missing-file-case", "missing-sample"):
        assert not _list_running(log, calendar, limit)
    log.add(Fact.MISSING_REOPENED, "2026-12-05 17:00", base="30 minute")
    for limit in ("missing-file-case", "missing-sample"):
        assert len(_list_running(log, calendar, limit)) == 1, limit
    log.add(Fact.MISSING_CRIME_SUSPECTED, "2026-12-05 17:05").add(Fact.MISSING_SAMPLED, "2026-12-05 18:00")
    log.add(Fact.MISSING_FOUND, "2026-12-06 09:00").add(Fact.MISSING_REOPENED, "2026-12-06 10:00", base="30 minute")
    for limit in ("missing-file-case", "missing-sample"):
        assert not _list_running(log, calendar, limit), limit


def test_a_search_that_begins_anew_is_looked_at_once_in_its_time_whatever_it_went_through(calendar: Calendar) -> None:
    log = Log(SEARCH).add(Fact.MISSING_REPORTED, "2026-12-05 15:26").add(Fact.MISSING_FOUND, "2026-12-05 15:40")
    log.add(Fact.MISSING_REOPENED, "2026-12-05 17:00", base="1 hour")
    for fact, when in (
        (Fact.MISSING_GRADED, "2026-12-05 17:05"),
        (Fact.MISSING_SEARCH_STARTED, "2026-12-05 17:10"),
        (Fact.MISSING_REVIEWED, "2026-12-05 17:30"),
    ):
        log.add(fact, when, base="30 minute")
        (clock,) = _list_running(log, calendar, "missing-review")
        assert clock.started_at is not None and f"{clock.started_at:%H:%M}" == when[-5:]


def test_a_notice_comes_down_when_nobody_was_missing_and_stays_up_when_they_are_gone_again(calendar: Calendar) -> None:
    nobody = _missing_child().add(Fact.MISSING_PUBLISHED, "2026-12-05 16:00").add(Fact.MISSING_FALSE, "2026-12-05 17:00")
    assert len(_list_running(nobody, calendar, "missing-take-down")) == 1
    found = _missing_child().add(Fact.MISSING_PUBLISHED, "2026-12-05 16:00").add(Fact.MISSING_FOUND, "2026-12-05 17:00")
    assert len(_list_running(found, calendar, "missing-take-down")) == 1
    found.add(Fact.MISSING_REOPENED, "2026-12-05 18:00")
    assert not _list_running(found, calendar, "missing-take-down")


def test_of_an_adult_harm_is_looked_into_after_two_days_and_again_after_three_months(calendar: Calendar) -> None:
    assert not _list_running(_missing_child(), calendar, "missing-48h-check"), "of a child that is asked at once"
    log = Log(SEARCH).add(Fact.MISSING_REPORTED, "2026-12-05 15:26")
    assert len(_list_running(log, calendar, "missing-48h-check")) == 1
    log.add(Fact.MISSING_CRIME_EXCLUDED, "2026-12-07 10:00")
    assert not _list_running(log, calendar, "missing-48h-check")
    (again,) = _list_running(log, calendar, "missing-three-month-check")
    assert again.due_at is not None and f"{again.due_at:%m-%d}" == "03-07"
    log.add(Fact.MISSING_CRIME_EXCLUDED, "2027-03-01 10:00")
    (next_,) = _list_running(log, calendar, "missing-three-month-check")
    assert next_.due_at is not None and f"{next_.due_at:%m-%d}" == "05-30", "as long as nobody is found"
    log.add(Fact.MISSING_CRIME_SUSPECTED, "2027-05-01 10:00")
    assert not _list_running(log, calendar, "missing-three-month-check")


def test_the_family_hears_before_two_and_four_years_what_they_may_ask_a_court_for(calendar: Calendar) -> None:
    log = Log(SEARCH).add(Fact.MISSING_REPORTED, "2026-12-05 15:26").add(Fact.MISSING_LONG_TERM, "2027-01-05 09:00", base="90 day")
    two, four = "missing-absence-notice", "missing-declared-death-notice"
    assert [len(_list_running(log, calendar, each)) for each in (two, four)] == [1, 1]
    log.add(Fact.MISSING_TOLD_OF_ABSENCE, "2028-12-01 09:00")
    assert [len(_list_running(log, calendar, each)) for each in (two, four)] == [0, 1]
