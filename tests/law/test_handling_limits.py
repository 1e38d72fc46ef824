"""The evaluation of a suspect's mind is left out of every handling limit (办案期限) of a criminal case, and of no other limit."""

from datetime import datetime, timedelta

import pytest

from law.calculator import answer_question
from law.calendar import Calendar
from law.clock import ClockState, Consequence
from law.counting import Counting
from law.facts import Fact
from law.offices import Office
from law.periods import CRIMINAL
from law.time_limits import About, TimeLimit, get_limits
from tests.law.test_clocks_of_prosecution import CASE, OTHER, SUSPECT, Log, at

REVIEW, RETURNED, ARREST_REVIEW = "prosecution-review", "supplementary-investigation", "procuratorate-arrest-review-detained"
_ORGANS_DECIDE = {Consequence.DECIDE, Consequence.RELEASE, Consequence.RELEASE_OR_CHANGE}
# Criminal limits by which an organ must decide, and which are none for handling the case against a suspect.
OTHERS = {
    "bail-receiving-organ-decision": "whether a measure goes on",
    "bail-forfeit-remedy-decide": "a remedy over money",
    "arrest-refused-release": "a release",
    "measure-change-application": "whether a measure goes on",
    "no-filing-reconsideration-decide": "there is no suspect yet",
    "no-filing-review-decide": "there is no suspect yet",
    "no-filing-agency-reconsider-decide": "there is no suspect yet",
    "criminal-filing-agency-referral": "there is no suspect yet",
    "criminal-filing-review": "there is no suspect yet",
    "criminal-filing-review-economic": "there is no suspect yet",
    "filing-supervision-file": "there is no suspect yet",
    "filing-supervision-cancel-reconsider-decide": "whether it was rightly filed",
    "filing-supervision-cancel-review-decide": "whether it was rightly filed",
    "compulsory-medical-opinion": "the evaluation has been made",
    "criminal-recusal-decision": "who handles it",
    "criminal-recusal-reconsider": "who handles it",
    "lawyer-meeting-permission": "a right of the defence",
    "criminal-complaint-117": "a complaint",
    "custody-necessity-procuratorate": "whether a measure goes on, with an exclusion of its own",
    "custody-necessity-police-assessment": "whether a measure goes on",
    "detention-improper-release": "a release",
    "overdue-custody-complaint-review": "a complaint",
    "arrest-refused-inaction": "the police do nothing",
    "jurisdiction-dispute": "who handles it",
}


def decides(limit: TimeLimit) -> bool:
    """Whether by this limit of criminal procedure an organ must decide, and not within hours."""
    edition = limit.editions[0]
    by_days = any(base.length and not base.counting.backward and base.counting is not Counting.HOURS for base in edition.bases)
    return (
        edition.periods is CRIMINAL
        and by_days
        and limit.at_expiry in _ORGANS_DECIDE
        and limit.about in (About.CASE, About.PERSON)
        and limit.answerable is not Office.PARTY
    )


HANDLING = [limit for limit in get_limits().values() if decides(limit) and limit.id not in OTHERS]


def test_every_criminal_limit_by_which_an_organ_decides_is_a_handling_limit_or_said_here_to_be_none() -> None:
    assert [limit.id for limit in HANDLING if limit.handling is None] == [], "mark it `handling`, or say above why it is none"
    assert {limit.id for limit in get_limits().values() if limit.handling} == {limit.id for limit in HANDLING}
    assert len(HANDLING) >= 18


@pytest.mark.parametrize("limit", HANDLING, ids=lambda limit: limit.id)
def test_an_evaluation_is_left_out_of_every_handling_limit_day_by_day(limit: TimeLimit, calendar: Calendar) -> None:
    for base in limit.editions[0].bases:
        question = {"limit": limit.id, "start": "2026-03-02T10:00:00+08:00", "in_custody": True, "base": str(base.length)}
        evaluated = {"reason": "精神病鉴定", "from": "2026-03-03", "to": "2026-03-17"}
        plain, longer = answer_question(question, calendar), answer_question(question | {"exclusions": [evaluated]}, calendar)
        apart = datetime.fromisoformat(longer["due"]) - datetime.fromisoformat(plain["due"])
        rolled = base.counting in (Counting.DAYS, Counting.WORKING_DAYS)
        assert apart == timedelta(days=14) or (rolled and abs(apart - timedelta(days=14)) < timedelta(days=9))
        assert any("精神病鉴定期间" in reason and "条）" in reason for reason in longer["reasons"]), "the article is named"


@pytest.mark.parametrize("name", ["bail-max", "criminal-filing-review", "criminal-detention-family-notice", "appeal-period"])
def test_other_limits_refuse_it_without_saying_that_their_article_forbids_it(name: str, calendar: Calendar) -> None:
    evaluated = {"reason": "精神病鉴定", "from": "2026-03-03", "to": "2026-03-17"}
    error = answer_question({"limit": name, "start": "2026-03-02T10:00:00+08:00", "exclusions": [evaluated]}, calendar)["error"]
    assert error["type"] == "law-forbids"
    assert "不扣除任何期间" not in error["detail"]


def test_an_evaluation_that_begins_after_the_end_is_said_to_leave_nothing_out(calendar: Calendar) -> None:
    evaluated = {"reason": "精神病鉴定", "from": "2026-03-10", "to": "2026-03-30"}
    answer = answer_question({"limit": ARREST_REVIEW, "start": "2026-03-02T10:00:00+08:00", "exclusions": [evaluated]}, calendar)
    assert answer["due"] == "2026-03-09T10:00:00+08:00"
    assert any("已经届满，不再扣除" in reason for reason in answer["reasons"])


# In the matters: the suspect's own clocks, and those of the case, which hears of it


def test_the_review_of_an_arrest_and_the_cap_on_detention_stand_still_together(calendar: Calendar) -> None:
    suspect = Log(SUSPECT).add(Fact.DETENTION_EXECUTED, "2026-06-01 09:00").add(Fact.ARREST_REQUESTED, "2026-06-03 09:00")
    suspect.add(Fact.ARREST_REQUEST_RECEIVED, "2026-06-03 10:00").add(Fact.EVALUATION_STARTED, "2026-06-05 09:00")
    names = (ARREST_REVIEW, "criminal-detention-total-cap")
    assert {suspect.clock(calendar, name).state for name in names} == {ClockState.SUSPENDED}
    suspect.add(Fact.EVALUATION_ENDED, "2026-06-25 09:00")
    assert [suspect.clock(calendar, name).due_at for name in names] == [at("2026-06-30 10:00"), at("2026-07-01 09:00")]


@pytest.fixture
def reviewed() -> Log:
    """A case whose one suspect is held, with the procuratorate since 1 July 2026: until 1 August."""
    log = Log().add(Fact.ARREST_EXECUTED, "2026-05-01 09:00", SUSPECT).add(Fact.CASE_SENT_TO_PROCURATORATE, "2026-07-01 09:00")
    return log.add(Fact.PROSECUTION_CASE_RECEIVED, "2026-07-01 10:00")


def evaluated(log: Log, who: str = SUSPECT, begins: str = "2026-07-10", ends: str = "2026-07-30") -> Log:
    return log.add(Fact.EVALUATION_STARTED, f"{begins} 09:00", who).add(Fact.EVALUATION_ENDED, f"{ends} 09:00", who)


def test_the_review_of_the_case_stands_still_while_its_suspect_is_evaluated(reviewed: Log, calendar: Calendar) -> None:
    assert reviewed.clock(calendar, REVIEW).due_at == at("2026-08-01 23:59:59")
    reviewed.add(Fact.EVALUATION_STARTED, "2026-07-10 09:00", SUSPECT)
    assert reviewed.clock(calendar, REVIEW).state is ClockState.SUSPENDED
    reviewed.add(Fact.EVALUATION_ENDED, "2026-07-30 09:00", SUSPECT)
    clock = reviewed.clock(calendar, REVIEW)
    assert clock.due_at == at("2026-08-21 23:59:59")
    assert any("精神病鉴定期间2026-07-10至2026-07-30不计入" in reason for reason in clock.reasons)


def test_an_evaluation_that_had_begun_before_the_case_was_received_is_left_out_from_then(calendar: Calendar) -> None:
    log = Log().add(Fact.ARREST_EXECUTED, "2026-05-01 09:00", SUSPECT).add(Fact.EVALUATION_STARTED, "2026-06-20 09:00", SUSPECT)
    log.add(Fact.CASE_SENT_TO_PROCURATORATE, "2026-07-01 09:00").add(Fact.PROSECUTION_CASE_RECEIVED, "2026-07-01 10:00")
    assert log.clock(calendar, REVIEW).state is ClockState.SUSPENDED
    log.add(Fact.EVALUATION_ENDED, "2026-07-11 09:00", SUSPECT)
    assert log.clock(calendar, REVIEW).due_at == at("2026-08-11 23:59:59")


def test_nobody_is_held_longer_because_somebody_else_is_evaluated(reviewed: Log, calendar: Calendar) -> None:
    reviewed.add(Fact.ARREST_EXECUTED, "2026-05-02 09:00", OTHER)
    assert evaluated(reviewed).clock(calendar, REVIEW).due_at == at("2026-08-01 23:59:59")


def test_whoever_is_free_does_not_keep_the_case_of_the_one_evaluated_running(reviewed: Log, calendar: Calendar) -> None:
    reviewed.add(Fact.ARREST_EXECUTED, "2026-05-02 09:00", OTHER).add(Fact.BAIL_DECIDED, "2026-06-02 09:00", OTHER)
    assert evaluated(reviewed).clock(calendar, REVIEW).due_at == at("2026-08-21 23:59:59")


def test_only_the_time_in_which_nobody_else_is_held_is_left_out(reviewed: Log, calendar: Calendar) -> None:
    reviewed.add(Fact.EVALUATION_STARTED, "2026-07-10 09:00", SUSPECT)
    reviewed.add(Fact.ARREST_EXECUTED, "2026-07-20 09:00", OTHER).add(Fact.EVALUATION_ENDED, "2026-07-30 09:00", SUSPECT)
    assert reviewed.clock(calendar, REVIEW).due_at == at("2026-08-11 23:59:59")


def test_two_who_are_held_and_evaluated_at_once_leave_their_common_time_out_once(reviewed: Log, calendar: Calendar) -> None:
    reviewed.add(Fact.ARREST_EXECUTED, "2026-05-02 09:00", OTHER)
    evaluated(evaluated(reviewed), OTHER, "2026-07-15", "2026-07-25")
    assert reviewed.clock(calendar, REVIEW).due_at == at("2026-08-11 23:59:59")


def test_an_evaluation_of_somebody_out_of_the_case_does_not_keep_it_standing(reviewed: Log, calendar: Calendar) -> None:
    reviewed.add(Fact.EVALUATION_STARTED, "2026-07-10 09:00", SUSPECT).add(Fact.PERSON_DIED, "2026-07-12 09:00", SUSPECT)
    clock = reviewed.clock(calendar, REVIEW)
    assert clock.state is ClockState.RUNNING
    assert clock.due_at == at("2026-08-03 23:59:59")


def test_the_investigation_that_is_supplemented_stands_still_too(reviewed: Log, calendar: Calendar) -> None:
    reviewed.add(Fact.CASE_RETURNED, "2026-07-20 09:00")
    assert reviewed.clock(calendar, RETURNED).due_at == at("2026-08-20 23:59:59")
    assert evaluated(reviewed, begins="2026-08-01", ends="2026-08-08").clock(calendar, RETURNED).due_at == at("2026-08-27 23:59:59")


def test_a_case_that_is_evaluated_in_says_of_which_case_its_clock_is(reviewed: Log, calendar: Calendar) -> None:
    assert evaluated(reviewed).clock(calendar, REVIEW).about == CASE
