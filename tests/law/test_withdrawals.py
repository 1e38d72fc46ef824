"""What comes back from a court goes forward again only on new grounds, and whoever is held meanwhile has a clock."""

import pytest

from law.calendar import Calendar
from law.clock import ClockState
from law.facts import Fact
from law.rules import RuleViolation
from models.forms.prosecution import ProsecuteCase
from models.forms.trial import RemandCase
from tests.law.log import SUSPECT, Log, at

CASE = "criminal-case/1"


def refused(found: RuleViolation | None) -> RuleViolation:
    assert found is not None and found.slug == "law-forbids"
    return found


@pytest.fixture
def prosecuted() -> Log:
    """Somebody held since 9 March 2026, prosecuted on 1 May."""
    log = Log(CASE).add(Fact.CASE_FILED, "2026-01-05 09:00").add(Fact.ARREST_EXECUTED, "2026-03-09 10:00", about=SUSPECT)
    log.add(Fact.CASE_SENT_TO_PROCURATORATE, "2026-04-02 09:00").add(Fact.PROSECUTION_CASE_RECEIVED, "2026-04-02 10:00")
    return log.add(Fact.CASE_PROSECUTED, "2026-05-01 10:00").add(Fact.TRIAL_CASE_RECEIVED, "2026-05-01 11:00")


@pytest.fixture
def withdrawn(prosecuted: Log) -> Log:
    """Withdrawn on 1 June."""
    return prosecuted.add(Fact.TRIAL_ACCEPTED, "2026-05-04 09:00").add(Fact.PROSECUTION_WITHDRAWN, "2026-06-01 09:00")


def test_a_withdrawn_prosecution_is_decided_on_within_thirty_days(withdrawn: Log, calendar: Calendar) -> None:
    clock = withdrawn.clock(calendar, "withdrawn-prosecution-decide")
    assert clock.due_at == at("2026-07-01 09:00:00") and clock.liberty and clock.state is ClockState.RUNNING
    withdrawn.add(Fact.CASE_NOT_PROSECUTED, "2026-06-20 09:00")
    assert withdrawn.clock(calendar, "withdrawn-prosecution-decide").state is ClockState.MET


def test_a_withdrawn_prosecution_is_brought_again_only_on_new_facts_or_evidence(withdrawn: Log, calendar: Calendar) -> None:
    found = refused(withdrawn.asked(calendar, Fact.CASE_PROSECUTED, "2026-06-02 09:00"))
    assert "新的事实或者新的证据" in found.detail and "第四百二十四条" in found.basis
    withdrawn.add(Fact.RENEWED_PROSECUTION_GROUNDED, "2026-06-02 09:00")
    assert withdrawn.asked(calendar, Fact.CASE_PROSECUTED, "2026-06-02 09:00") is None
    form = {"at": at("2026-06-02 09:00"), "charge": "盗窃罪", "new_facts": "新发现被害人一名"}
    assert ProsecuteCase.model_validate(form).list_fact_kinds() == (Fact.RENEWED_PROSECUTION_GROUNDED, Fact.CASE_PROSECUTED)


def test_not_prosecuting_a_withdrawn_case_opens_no_way_around_the_new_facts(withdrawn: Log, calendar: Calendar) -> None:
    withdrawn.add(Fact.CASE_NOT_PROSECUTED, "2026-06-20 09:00")
    refused(withdrawn.asked(calendar, Fact.CASE_PROSECUTED, "2026-06-21 09:00"))


@pytest.mark.parametrize("again", [Fact.PROSECUTION_CASE_RECEIVED, Fact.CASE_RETURNED])
def test_a_withdrawn_prosecution_is_neither_reviewed_nor_investigated_for_another_month(
    withdrawn: Log, calendar: Calendar, again: Fact
) -> None:
    refused(withdrawn.asked(calendar, again, "2026-06-02 09:00"))


def test_a_case_that_the_court_gives_back_has_its_month_of_review_from_then(prosecuted: Log, calendar: Calendar) -> None:
    prosecuted.add(Fact.TRIAL_NOT_ACCEPTED, "2026-05-06 09:00")
    clock = prosecuted.clocks(calendar, "prosecution-review")[-1]
    assert clock.state is ClockState.RUNNING and clock.due_at == at("2026-06-06 23:59:59") and clock.liberty
    refused(prosecuted.asked(calendar, Fact.PROSECUTION_CASE_RECEIVED, "2026-05-20 09:00"))
    assert prosecuted.asked(calendar, Fact.CASE_PROSECUTED, "2026-05-20 09:00") is None


@pytest.fixture
def appealed(prosecuted: Log) -> Log:
    prosecuted.add(Fact.TRIAL_ACCEPTED, "2026-05-04 09:00").add(Fact.CASE_JUDGED, "2026-05-20 09:00")
    return prosecuted.add(Fact.APPEALED, "2026-05-21 09:00").add(Fact.SECOND_INSTANCE_ACCEPTED, "2026-05-25 09:00")


def _tried_again(log: Log) -> Log:
    log.add(Fact.TRIAL_ACCEPTED, "2026-06-11 09:00").add(Fact.CASE_JUDGED, "2026-06-20 09:00")
    return log.add(Fact.APPEALED, "2026-06-21 09:00").add(Fact.SECOND_INSTANCE_ACCEPTED, "2026-06-25 09:00")


@pytest.mark.parametrize("before", ["", "facts"])
def test_a_case_is_remanded_on_its_facts_once(appealed: Log, calendar: Calendar, before: str) -> None:
    _tried_again(appealed.add(Fact.CASE_REMANDED, "2026-06-10 09:00", reason=before))
    found = refused(appealed.asked(calendar, Fact.CASE_REMANDED, "2026-07-01 09:00", reason="facts"))
    assert found.field == "kind" and "第二百三十六条" in found.basis
    assert appealed.asked(calendar, Fact.CASE_REMANDED, "2026-07-01 09:00", reason="procedure") is None


def test_a_case_remanded_for_its_procedure_may_be_remanded_on_its_facts(appealed: Log, calendar: Calendar) -> None:
    _tried_again(appealed.add(Fact.CASE_REMANDED, "2026-06-10 09:00", reason="procedure"))
    assert appealed.asked(calendar, Fact.CASE_REMANDED, "2026-07-01 09:00", reason="facts") is None


def test_an_appeal_is_answered_by_one_remand(appealed: Log, calendar: Calendar) -> None:
    appealed.add(Fact.CASE_REMANDED, "2026-06-10 09:00", reason="procedure")
    refused(appealed.asked(calendar, Fact.CASE_REMANDED, "2026-06-11 09:00", reason="procedure"))


def test_the_form_of_a_remand_says_on_what_and_an_old_one_counts_as_on_its_facts() -> None:
    step = {"at": at("2026-06-10 09:00"), "explanation": "事实不清"}
    for kind in ("facts", "procedure"):
        assert RemandCase.model_validate({**step, "kind": kind}).build_fact(Fact.CASE_REMANDED, CASE, step["at"], "").reason == kind
    assert RemandCase.model_validate(step).build_fact(Fact.CASE_REMANDED, CASE, step["at"], "").reason == "facts"
