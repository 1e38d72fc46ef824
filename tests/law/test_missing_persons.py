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
