"""A case that ends: whoever is held goes free at once, nobody comes under a measure any more, until it goes on."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from law.calendar import SHANGHAI, Calendar
from law.clock import Clock, ClockState, Colour, Consequence
from law.clocks import compute_clocks
from law.ends import (
    ADMINISTRATIVE_ENDS,
    ADMINISTRATIVE_MEASURES,
    CONDITIONALLY,
    ENDED,
    GOES_ON,
    MEASURES_TAKEN,
    check_case_not_ended,
)
from law.facts import Fact
from law.history import History
from law.legal_fact import LegalFact
from law.offices import Office
from law.rules import check_fact
from law.time_limits import TimeLimit, get_limits
from models.forms.prosecution import DecideNotToProsecute
from models.forms.trial import JudgeOnAppeal
from models.store.mappers import build_calendar
from tests.tables import table

CALENDAR: Calendar = build_calendar(())
CASE, PERSON = "XA202600000001", "RY202600000001"
TEN = datetime(2026, 3, 2, 10, tzinfo=SHANGHAI)
H = timedelta(hours=1)
FREES = (Fact.CASE_CANCELLED, Fact.CASE_TURNED_ADMINISTRATIVE, Fact.CASE_NOT_PROSECUTED, Fact.DEFENDANT_ACQUITTED)
RELEASE, LIFT = "case-over-release", "case-over-lift-measure"


def told(kind: Fact, at: datetime, seq: int = 0) -> LegalFact:
    """What the case tells its suspect."""
    return LegalFact(kind, at, CASE, seq, told_by=CASE)


def of(kind: Fact, at: datetime, seq: int, about: str = PERSON) -> LegalFact:
    """What happens to the person."""
    return LegalFact(kind, at, about, seq)


FILED = told(Fact.CASE_FILED, TEN - H, 1)
DETAINED = of(Fact.DETENTION_EXECUTED, TEN, 2)
BAILED = of(Fact.BAIL_DECIDED, TEN, 2)


def running(*facts: LegalFact, limit: str = RELEASE) -> list[Clock]:
    """The clocks of that limit."""
    return [clock for clock in compute_clocks(facts, CALENDAR) if clock.limit == limit]


@pytest.mark.parametrize("limit", [each for each in get_limits().values() if each.for_each], ids=lambda each: each.id)
def test_whoever_has_a_matter_of_their_own_has_their_clocks_there_alone(limit: TimeLimit) -> None:
    # In both, the entries may be numbered alike: two clocks would be one.
    for begins in (Fact.DETENTION_EXECUTED, Fact.BAIL_DECIDED, Fact.ADMIN_DETENTION_ENTERED, Fact.PERSON_SUMMONED):
        held = LegalFact(begins, TEN, PERSON, 2)
        end = LegalFact(limit.starts_on[0], TEN + H, CASE, 3)
        of_the_case = [replace(held, told_by=PERSON), end]
        of_the_person = [held, replace(end, told_by=CASE)]
        assert [each for each in compute_clocks(of_the_case, CALENDAR) if each.limit == limit.id] == []
        assert {each.about for each in compute_clocks(of_the_person, CALENDAR) if each.limit == limit.id} <= {PERSON}


@pytest.mark.parametrize("end", FREES)
def test_whoever_is_held_as_the_case_ends_is_to_be_released_at_once(end: Fact) -> None:
    (clock,) = running(FILED, DETAINED, told(end, TEN + H, 3))
    assert (clock.about, clock.started_at, clock.state) == (PERSON, TEN + H, ClockState.RUNNING)
    assert (clock.at_expiry, clock.liberty) == (Consequence.RELEASE, True)
    assert [(rung.colour, rung.at) for rung in clock.rungs] == [(Colour.RED, TEN + H), (Colour.OVERDUE, TEN + 2 * H)]


def test_a_release_in_time_meets_it_and_one_too_late_shows_how_late() -> None:
    end = told(Fact.CASE_CANCELLED, TEN + H, 3)
    (met,) = running(FILED, DETAINED, end, of(Fact.PERSON_RELEASED, TEN + 1.5 * H, 4))
    (late,) = running(FILED, DETAINED, end, of(Fact.PERSON_RELEASED, TEN + 9 * H, 4))
    assert (met.state, late.state) == (ClockState.MET, ClockState.MET_LATE)


def test_an_end_dated_back_before_two_measures_starts_one_clock_and_that_of_what_still_lasts() -> None:
    again = of(Fact.DETENTION_EXECUTED, TEN + 3 * H, 4)
    (clock,) = running(FILED, DETAINED, of(Fact.PERSON_RELEASED, TEN + 2 * H, 3), again, told(Fact.CASE_CANCELLED, TEN - H, 5))
    assert (clock.started_at, clock.state) == (TEN + 3 * H, ClockState.RUNNING)


def test_of_measures_that_followed_one_another_the_clock_runs_from_the_end_itself() -> None:
    compelled = of(Fact.PERSON_COMPELLED, TEN + 3 * H, 3)
    (clock,) = running(FILED, DETAINED, compelled, told(Fact.CASE_CANCELLED, TEN + H, 4))
    assert (clock.started_at, clock.state) == (TEN + H, ClockState.RUNNING)


def test_who_is_summoned_in_the_administrative_case_that_goes_on_need_not_be_released_with_the_criminal_one() -> None:
    other = "ZA202600000001"
    ends = (LegalFact(kind, TEN, CASE, 1, told_by=CASE) for kind in (Fact.CASE_NOT_PROSECUTED, Fact.CASE_TURNED_ADMINISTRATIVE))
    assert not running(*ends, of(Fact.PERSON_SUMMONED_ADMIN, TEN + H, 2, f"{other}/1"))


def test_a_measure_dated_into_the_time_in_which_the_case_had_ended_is_refused_though_it_goes_on_since() -> None:
    log = [FILED, told(Fact.CASE_CANCELLED, TEN, 2), told(Fact.CASE_REOPENED, TEN + 24 * H, 3)]
    assert check_fact(log, of(Fact.BAIL_DECIDED, TEN + H, 4), CALENDAR) is not None
    assert check_fact(log, of(Fact.BAIL_DECIDED, TEN + 25 * H, 4), CALENDAR) is None


def test_two_ends_told_in_one_entry_start_one_clock_of_each_person() -> None:
    born_with = [told(kind, TEN + n * H, 1) for n, kind in enumerate((Fact.CASE_CANCELLED, Fact.CASE_REOPENED) * 2)]
    found = running(*born_with, of(Fact.DETENTION_EXECUTED, TEN - H, 2))
    assert len({clock.id for clock in found}) == len(found)


def test_nobody_is_to_be_released_who_is_free() -> None:
    released = of(Fact.PERSON_RELEASED, TEN + H, 3)
    assert not running(FILED, DETAINED, released, told(Fact.CASE_CANCELLED, TEN + 2 * H, 4))
    assert not running(FILED, told(Fact.CASE_CANCELLED, TEN + 2 * H, 4))


def test_each_person_who_is_held_has_a_clock_and_the_case_itself_has_none() -> None:
    summoned = of(Fact.PERSON_SUMMONED, TEN, 2)
    assert [clock.about for clock in running(FILED, summoned, told(Fact.CASE_CANCELLED, TEN + H, 3))] == [PERSON]
    heard = LegalFact(Fact.DETENTION_EXECUTED, TEN, PERSON, 2, told_by=PERSON)
    own = LegalFact(Fact.CASE_CANCELLED, TEN + H, CASE, 3)
    assert not running(LegalFact(Fact.CASE_FILED, TEN - H, CASE, 1), heard, own)


def test_a_cancellation_dated_before_the_detention_frees_the_person_all_the_same() -> None:
    (clock,) = running(FILED, DETAINED, told(Fact.CASE_CANCELLED, TEN - H / 2, 3))
    assert clock.started_at == TEN


def test_the_duty_to_release_does_not_go_away_when_the_case_is_opened_again() -> None:
    reopened = told(Fact.CASE_REOPENED, TEN + 2 * H, 4)
    (clock,) = running(FILED, DETAINED, told(Fact.CASE_CANCELLED, TEN + H, 3), reopened)
    assert clock.state is ClockState.RUNNING
    # Whoever is detained in the case that goes on is held on a new ground.
    again = (
        of(Fact.PERSON_RELEASED, TEN + 1.5 * H, 4),
        told(Fact.CASE_REOPENED, TEN + 2 * H, 5),
        of(Fact.DETENTION_EXECUTED, TEN + 3 * H, 6),
    )
    assert [each.state for each in running(FILED, DETAINED, told(Fact.CASE_CANCELLED, TEN + H, 3), *again)] == [ClockState.MET]


def test_bail_is_lifted_at_once_though_the_person_was_summoned_meanwhile() -> None:
    summoned = (of(Fact.PERSON_SUMMONED, TEN + H, 3), of(Fact.SUMMONS_ENDED, TEN + 2 * H, 4))
    end = told(Fact.CASE_CANCELLED, TEN + 3 * H, 5)
    (clock,) = running(FILED, BAILED, *summoned, end, limit=LIFT)
    assert (clock.state, clock.at_expiry) == (ClockState.RUNNING, Consequence.MEASURE_LAPSES)
    assert not running(FILED, BAILED, *summoned, end)
    lifted = of(Fact.BAIL_LIFTED, TEN + 4 * H, 6)
    (met,) = running(FILED, BAILED, *summoned, end, lifted, limit=LIFT)
    assert met.state is ClockState.MET


def test_a_minor_who_is_not_prosecuted_on_conditions_stays_on_bail_and_whoever_is_held_goes_all_the_same() -> None:
    end = replace(told(Fact.CASE_NOT_PROSECUTED, TEN + H, 3), reason=CONDITIONALLY)
    assert not running(FILED, BAILED, end, limit=LIFT)
    assert running(FILED, DETAINED, end)[0].state is ClockState.RUNNING
    changed = of(Fact.BAIL_DECIDED, TEN + 1.5 * H, 4)
    assert running(FILED, DETAINED, end, changed)[0].state is ClockState.MET
    assert (
        DecideNotToProsecute(kind="conditional", explanation="附条件", at=None).build_facts(CASE, TEN, "")[0].reason
        == CONDITIONALLY
    )
    assert not DecideNotToProsecute(kind="statutory", explanation="法定", at=None).build_facts(CASE, TEN, "")[0].reason


@pytest.mark.parametrize(("outcome", "frees"), [("upheld", False), ("changed", False), ("not-punished", True), ("acquitted", True)])
def test_an_acquittal_on_appeal_frees_whoever_is_held_as_one_in_first_instance(outcome: str, *, frees: bool) -> None:
    judged = JudgeOnAppeal.model_validate({"outcome": outcome, "judgment": "原判决撤销"}).build_facts(CASE, TEN + H, "")
    heard = [replace(fact, told_by=CASE, seq=3) for fact in judged]
    assert bool(running(FILED, DETAINED, *heard)) == frees
    assert bool(running(FILED, BAILED, *heard, limit=LIFT)) == frees


def test_an_administrative_case_that_is_terminated_lets_each_go_who_is_under_a_measure() -> None:
    facts = (
        LegalFact(Fact.PERSON_SUMMONED_ADMIN, TEN, "person-1", 1),
        LegalFact(Fact.PERSON_SUMMONED_ADMIN, TEN, "person-2", 2),
        LegalFact(Fact.ADMIN_SUMMONS_ENDED, TEN + H, "person-1", 3),
        LegalFact(Fact.PUBLIC_ORDER_CASE_TERMINATED, TEN + 2 * H, "ZA202600000001", 4),
    )
    assert [clock.about for clock in running(*facts, limit="admin-terminated-lift-measure")] == ["person-2"]


OFFENDER, OFFENCE = "ZA202600000001/1", "ZA202600000001"
LEFT = "admin-left-release"
AWAY = (Fact.PUBLIC_ORDER_CASE_TURNED_CRIMINAL, Fact.PUBLIC_ORDER_CASE_TRANSFERRED)


@pytest.mark.parametrize("begins", [Fact.PERSON_SUMMONED_ADMIN, Fact.FOREIGNER_REVIEW_EXECUTED])
@pytest.mark.parametrize("end", AWAY)
def test_an_administrative_case_that_leaves_lets_each_go_or_hands_each_over_who_is_held(end: Fact, begins: Fact) -> None:
    held, left = of(begins, TEN, 1, OFFENDER), LegalFact(end, TEN + H, OFFENCE, 2)
    (clock,) = running(held, left, limit=LEFT)
    assert (clock.about, clock.started_at, clock.state) == (OFFENDER, TEN + H, ClockState.RUNNING)
    assert [(rung.colour, rung.at) for rung in clock.rungs] == [(Colour.RED, TEN + H), (Colour.OVERDUE, TEN + 2 * H)]
    over = {Fact.PERSON_SUMMONED_ADMIN: Fact.ADMIN_SUMMONS_ENDED, Fact.FOREIGNER_REVIEW_EXECUTED: Fact.FOREIGNER_REVIEW_LIFTED}
    (met,) = running(held, left, of(over[begins], TEN + 1.5 * H, 3, OFFENDER), limit=LEFT)
    assert met.state is ClockState.MET
    assert not running(held, of(over[begins], TEN + H / 2, 2, OFFENDER), replace(left, seq=3), limit=LEFT)


@pytest.mark.parametrize("end", AWAY)
def test_whoever_serves_a_detention_that_was_decided_goes_on_serving_it_when_the_case_leaves(end: Fact) -> None:
    serving = of(Fact.ADMIN_DETENTION_ENTERED, TEN, 1, OFFENDER)
    assert not running(serving, LegalFact(end, TEN + H, OFFENCE, 2), limit=LEFT)


def test_an_incident_that_is_transferred_lets_each_go_who_is_stopped() -> None:
    stopped = of(Fact.PERSON_STOPPED, TEN, 1, "JQ202600000001/1")
    gone = LegalFact(Fact.INCIDENT_TRANSFERRED, TEN + H, "JQ202600000001", 2)
    assert [clock.about for clock in running(stopped, gone, limit=LEFT)] == ["JQ202600000001/1"]


def test_of_who_is_held_and_restricted_too_neither_ends_with_the_other_when_the_case_is_terminated() -> None:
    facts = (
        of(Fact.FOREIGNER_REVIEW_EXECUTED, TEN, 1, OFFENDER),
        of(Fact.NO_CONTACT_ORDERED, TEN, 2, OFFENDER),
        LegalFact(Fact.PUBLIC_ORDER_CASE_TERMINATED, TEN + H, OFFENCE, 3),
        of(Fact.NO_CONTACT_LIFTED, TEN + 1.5 * H, 4, OFFENDER),
    )
    assert [each.state for each in running(*facts, limit="admin-terminated-lift-measure")] == [ClockState.RUNNING]
    assert [each.state for each in running(*facts, limit="admin-terminated-lift-restriction")] == [ClockState.MET]


@table("measure", sorted(ADMINISTRATIVE_MEASURES))
@table("end", sorted(ADMINISTRATIVE_ENDS))
def test_nobody_comes_under_a_measure_in_an_administrative_case_that_has_ended_whatever_the_date(end: Fact, measure: Fact) -> None:
    over = LegalFact(end, TEN + H, OFFENCE, 3)
    before = (
        of(Fact.PERSON_SUMMONED_ADMIN, TEN - 3 * H, 1, OFFENDER),
        of(Fact.PERSON_STOPPED, TEN - 3 * H, 1, OFFENDER),
        of(Fact.FOREIGNER_REVIEW_EXECUTED, TEN - 3 * H, 1, OFFENDER),
        replace(of(Fact.ADMIN_DETENTION_DECIDED, TEN - 3 * H, 1, OFFENDER), term="10 day"),
    )
    for at in (TEN, TEN + 24 * H):
        found = check_case_not_ended(History((*before, over)), of(measure, at, 4, OFFENDER))
        if end is Fact.PUBLIC_ORDER_CASE_CLOSED and measure is Fact.ADMIN_DETENTION_ENTERED:
            assert found is None
        else:
            assert found
            assert (found.slug, OFFENCE in found.detail, end.label in found.detail) == ("law-forbids", True, True)
    elsewhere = replace(over, told_by="ZA202600000009")
    assert check_case_not_ended(History((*before, elsewhere)), of(measure, TEN + 24 * H, 4, OFFENDER)) is None


# No further measure


@table("measure", sorted(MEASURES_TAKEN))
@table("end", sorted(ENDED))
def test_nobody_comes_under_a_measure_in_a_case_that_has_ended_whatever_the_date(end: Fact, measure: Fact) -> None:
    known = [FILED, told(end, TEN + H, 3)]
    for at in (TEN, TEN + 2 * H):
        against = check_fact(known, of(measure, at, 4), CALENDAR)
        assert against
    last = check_fact(known, of(Fact.DETENTION_EXECUTED, TEN + 2 * H, 4), CALENDAR)
    assert last
    assert (last.slug, CASE in last.detail, end.label in last.detail, bool(last.basis)) == ("law-forbids", True, True, True)


def test_whoever_is_held_in_an_ended_case_can_be_released_told_and_have_the_measure_lifted() -> None:
    end = told(Fact.CASE_CANCELLED, TEN + H, 3)
    for kind in (Fact.PERSON_RELEASED, Fact.FAMILY_NOTIFIED):
        assert check_fact([FILED, DETAINED, end], of(kind, TEN + 2 * H, 4), CALENDAR) is None
    assert check_fact([FILED, BAILED, end], of(Fact.BAIL_LIFTED, TEN + 2 * H, 4), CALENDAR) is None


@pytest.mark.parametrize("on", sorted(GOES_ON))
def test_measures_are_possible_again_once_the_case_goes_on(on: Fact) -> None:
    known = [FILED, told(Fact.CASE_CANCELLED, TEN + H, 3), told(on, TEN + 2 * H, 4)]
    # Of a case that goes on before the court, the court decides.
    measure = Fact.COURT_BAIL_DECIDED if on is Fact.CASE_PROSECUTED else Fact.DETENTION_EXECUTED
    assert check_fact(known, of(measure, TEN + 3 * H, 5), CALENDAR) is None


REOPENED = (FILED, DETAINED, told(Fact.CASE_CANCELLED, TEN + H, 3), told(Fact.CASE_REOPENED, TEN + 2 * H, 4))


@pytest.mark.parametrize(
    "further", [Fact.ARREST_REQUESTED, Fact.DETENTION_EXTENDED, Fact.ARREST_APPROVED, Fact.ARREST_EXECUTED, Fact.DETENTION_EXECUTED]
)
def test_who_was_to_be_released_when_the_case_ended_is_held_no_further_on_that_custody_though_it_is_reopened(further: Fact) -> None:
    asked = (*REOPENED, of(Fact.ARREST_REQUESTED, TEN + 0.1 * H, 5), of(Fact.ARREST_APPROVED, TEN + 0.2 * H, 6))
    # One approval answers one request.
    asked = asked[:-1] if further is Fact.ARREST_APPROVED else asked
    new = replace(of(further, TEN + 3 * H, 9), extension="to 30 day", approver=Office.COUNTY_HEAD, grounds="流窜作案")
    found = check_fact(asked, new, CALENDAR)
    assert found is not None
    assert ("没有释放" in found.detail, found.limit) == (True, RELEASE)


def test_of_who_is_to_be_released_only_the_release_or_a_measure_out_of_custody_is_left_after_reopening() -> None:
    for way in (Fact.PERSON_RELEASED, Fact.BAIL_DECIDED, Fact.SURVEILLANCE_DECIDED):
        assert check_fact(REOPENED, of(way, TEN + 3 * H, 5), CALENDAR) is None


def test_who_was_released_may_be_detained_in_the_reopened_case_on_new_facts_only() -> None:
    free = (*REOPENED, of(Fact.PERSON_RELEASED, TEN + 3 * H, 5))
    again = of(Fact.DETENTION_EXECUTED, TEN + 4 * H, 6)
    found = check_fact(free, again, CALENDAR)
    assert found is not None
    assert found.field == "new_facts"
    assert check_fact([*free, of(Fact.RENEWED_DETENTION_GROUNDED, TEN + 4 * H, 6)], again, CALENDAR) is None


def test_who_breaks_out_before_the_release_that_is_owed_is_released_when_caught_and_not_arrested() -> None:
    caught = (*REOPENED, of(Fact.PERSON_ESCAPED, TEN + 3 * H, 5), of(Fact.PERSON_RECAPTURED, TEN + 4 * H, 6))
    found = check_fact(caught, of(Fact.ARREST_REQUESTED, TEN + 5 * H, 7), CALENDAR)
    assert found is not None
    assert "没有释放" in found.detail
    assert check_fact(caught, of(Fact.PERSON_RELEASED, TEN + 5 * H, 7), CALENDAR) is None
