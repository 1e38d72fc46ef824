"""Nothing starts a clock anew, puts off its start or holds it up again without a fresh legal ground, and nothing does once it has run out."""

from typing import get_args

import pytest

from law.calendar import Calendar
from law.clock import Consequence
from law.facts import CUSTODY_ENDS, Fact
from law.grounds import get_demanded_grounds, list_moving_facts
from law.new_crimes import ANOTHER_KIND, SAME_KIND
from law.offices import Office
from law.rules import RuleViolation
from law.time_limits import Ground, TimeLimit, get_limits
from models.forms.criminal_case import FileCase
from models.forms.custody import DiscoverNewCrime
from models.forms.prosecution import TransferProsecution
from tests.law.log import SUSPECT, Log, at
from tests.tables import table

CASE, THING = "criminal-case/1", "exhibit/1"
# Those that hold somebody by order of the court say themselves why time is left out, and are asked by nobody here.
OF_THE_COURT = (Office.COURT,)


def refused(found: RuleViolation | None, slug: str = "law-forbids") -> RuleViolation:
    assert found is not None, "nothing was said against it"
    assert found.slug == slug
    return found


@pytest.fixture
def sent() -> Log:
    return Log(CASE).add(Fact.CASE_FILED, "2026-01-05 09:00").add(Fact.CASE_SENT_TO_PROCURATORATE, "2026-04-02 09:00")


@pytest.fixture
def arrested() -> Log:
    """In custody since 9 March 2026, which ends on 9 May."""
    log = Log().add(Fact.CASE_FILED, "2026-01-05 09:00").add(Fact.DETENTION_EXECUTED, "2026-03-01 10:00")
    log.add(Fact.ARREST_REQUESTED, "2026-03-03 10:00").add(Fact.ARREST_APPROVED, "2026-03-09 09:00")
    return log.add(Fact.ARREST_EXECUTED, "2026-03-09 10:00")


def test_a_second_receipt_of_the_same_sending_is_refused_and_names_what_is_missing(sent: Log, calendar: Calendar) -> None:
    sent.add(Fact.PROSECUTION_CASE_RECEIVED, "2026-04-09 10:00")
    against = sent.asked(calendar, Fact.PROSECUTION_CASE_RECEIVED, "2026-05-20 10:00")
    assert "补充侦查后再次移送，或者改变管辖" in refused(against).detail and "第一百七十二条" in refused(against).basis


@pytest.mark.parametrize("between", [(Fact.CASE_RETURNED, Fact.CASE_SENT_AGAIN), (Fact.PROSECUTION_TRANSFERRED,)])
def test_a_receipt_after_a_new_sending_or_by_another_procuratorate_is_taken(
    sent: Log, calendar: Calendar, between: tuple[Fact, ...]
) -> None:
    sent.add(Fact.PROSECUTION_CASE_RECEIVED, "2026-04-09 10:00")
    for day, fact in enumerate(between, start=20):
        sent.add(fact, f"2026-04-{day} 10:00")
    assert sent.asked(calendar, Fact.PROSECUTION_CASE_RECEIVED, "2026-04-25 10:00") is None


def test_a_receipt_dated_before_the_one_that_is_known_is_refused_too(sent: Log, calendar: Calendar) -> None:
    sent.add(Fact.PROSECUTION_CASE_RECEIVED, "2026-04-09 10:00")
    refused(sent.asked(calendar, Fact.PROSECUTION_CASE_RECEIVED, "2026-04-08 10:00"))


def test_one_attempt_at_mediation_fails_once(calendar: Calendar) -> None:
    log = (
        Log("case/1")
        .add(Fact.PUBLIC_ORDER_CASE_FILED, "2026-03-02 09:00")
        .add(Fact.MEDIATION_PERMITTED, "2026-03-03 09:00")
        .add(Fact.MEDIATION_TRIED, "2026-03-10 09:00")
    )
    log.add(Fact.MEDIATION_FAILED, "2026-03-20 09:00")
    again = log.asked(calendar, Fact.MEDIATION_FAILED, "2026-04-18 09:00")
    assert "没有新的" in refused(again).detail
    refused(log.asked(calendar, Fact.MEDIATION_TRIED, "2026-04-18 09:00"))
    refused(log.asked(calendar, Fact.MEDIATION_AGREED, "2026-04-18 09:00"))


def test_an_agreement_that_is_not_kept_begins_the_time_anew_once(calendar: Calendar) -> None:
    log = (
        Log("case/1")
        .add(Fact.PUBLIC_ORDER_CASE_FILED, "2026-03-02 09:00")
        .add(Fact.MEDIATION_PERMITTED, "2026-03-03 09:00")
        .add(Fact.MEDIATION_TRIED, "2026-03-10 09:00")
    )
    log.add(Fact.MEDIATION_AGREED, "2026-03-12 09:00")
    assert log.asked(calendar, Fact.MEDIATION_FAILED, "2026-03-20 09:00") is None


def test_mediation_is_tried_twice_at_the_most(calendar: Calendar) -> None:
    log = (
        Log("case/1")
        .add(Fact.PUBLIC_ORDER_CASE_FILED, "2026-03-02 09:00")
        .add(Fact.MEDIATION_PERMITTED, "2026-03-03 09:00")
        .add(Fact.MEDIATION_TRIED, "2026-03-10 09:00")
    )
    refused(log.asked(calendar, Fact.MEDIATION_TRIED, "2026-03-12 09:00"))


def test_a_third_attempt_at_mediation_is_refused_even_if_history_took_two(calendar: Calendar) -> None:
    log = Log("case/1").add(Fact.PUBLIC_ORDER_CASE_FILED, "2026-03-02 09:00").add(Fact.MEDIATION_PERMITTED, "2026-03-03 09:00")
    log.add(Fact.MEDIATION_TRIED, "2026-03-10 09:00").add(Fact.MEDIATION_TRIED, "2026-03-12 09:00")
    against = log.asked(calendar, Fact.MEDIATION_TRIED, "2026-03-13 09:00")
    assert "再次调解一次" in refused(against).detail


def test_a_second_opinion_on_an_injury_needs_a_second_commission(calendar: Calendar) -> None:
    log = Log("case/1").add(Fact.PUBLIC_ORDER_CASE_FILED, "2026-03-02 09:00")
    log.add(Fact.INJURY_FIT_FOR_MEDIATION, "2026-03-02 09:00").add(Fact.INJURY_APPRAISAL_COMMISSIONED, "2026-03-02 10:00")
    log.add(Fact.INJURY_APPRAISAL_ISSUED, "2026-03-04 09:00")
    against = log.asked(calendar, Fact.INJURY_APPRAISAL_ISSUED, "2026-03-20 09:00")
    assert "又一次委托的伤情鉴定" in refused(against).detail
    log.add(Fact.INJURY_APPRAISAL_COMMISSIONED, "2026-03-19 09:00")
    assert log.asked(calendar, Fact.INJURY_APPRAISAL_ISSUED, "2026-03-20 09:00") is None


def test_a_hearing_gets_another_day_only_once_it_was_put_off_with_its_reason(calendar: Calendar) -> None:
    log = Log("case/1").add(Fact.HEARING_RIGHT_TOLD, "2026-03-03 09:00").add(Fact.HEARING_REQUESTED, "2026-03-04 09:00")
    log.add(Fact.HEARING_APPOINTED, "2026-03-05 09:00", term="2026-03-20")
    against = log.asked(calendar, Fact.HEARING_APPOINTED, "2026-03-10 09:00", term="2026-03-27")
    assert "写明理由的改期" in refused(against).detail
    log.add(Fact.HEARING_POSTPONED, "2026-03-10 09:00")
    assert log.asked(calendar, Fact.HEARING_APPOINTED, "2026-03-10 09:00", term="2026-03-27") is None


def test_custody_that_has_run_out_is_not_restarted(arrested: Log, calendar: Calendar) -> None:
    arrested.add(Fact.NEW_CRIME_DISCOVERED, "2026-05-20 09:00")
    against = arrested.asked(calendar, Fact.CUSTODY_RESTARTED, "2026-05-21 09:00", approver=Office.COUNTY_HEAD)
    refused(against, "time-limit-expired")


def test_custody_is_restarted_once_for_each_grave_crime_that_is_found(arrested: Log, calendar: Calendar) -> None:
    refused(arrested.asked(calendar, Fact.CUSTODY_RESTARTED, "2026-04-20 09:00"))
    arrested.add(Fact.NEW_CRIME_DISCOVERED, "2026-04-20 09:00")
    assert arrested.asked(calendar, Fact.CUSTODY_RESTARTED, "2026-04-21 09:00") is None
    arrested.add(Fact.CUSTODY_RESTARTED, "2026-04-21 09:00")
    refused(arrested.asked(calendar, Fact.CUSTODY_RESTARTED, "2026-04-22 09:00"))


def test_an_identity_once_established_is_not_unknown_again(arrested: Log, calendar: Calendar) -> None:
    arrested.add(Fact.IDENTITY_UNKNOWN, "2026-03-20 09:00").add(Fact.IDENTITY_ESTABLISHED, "2026-03-25 09:00")
    refused(arrested.asked(calendar, Fact.IDENTITY_UNKNOWN, "2026-04-01 09:00"))


def test_a_second_evaluation_needs_the_decision_to_supplement_or_repeat_it(arrested: Log, calendar: Calendar) -> None:
    arrested.add(Fact.EVALUATION_STARTED, "2026-03-20 09:00").add(Fact.EVALUATION_ENDED, "2026-03-25 09:00")
    refused(arrested.asked(calendar, Fact.EVALUATION_STARTED, "2026-04-01 09:00"))
    arrested.add(Fact.REEVALUATION_DECIDED, "2026-04-01 09:00")
    assert arrested.asked(calendar, Fact.EVALUATION_STARTED, "2026-04-01 09:00") is None


def test_no_evaluation_holds_up_a_custody_that_has_run_out(arrested: Log, calendar: Calendar) -> None:
    refused(arrested.asked(calendar, Fact.EVALUATION_STARTED, "2026-05-10 09:00"), "time-limit-expired")


def test_one_approval_of_arrest_is_executed_once(arrested: Log, calendar: Calendar) -> None:
    arrested.add(Fact.PERSON_RELEASED, "2026-04-01 09:00")
    refused(arrested.asked(calendar, Fact.ARREST_EXECUTED, "2026-05-20 09:00"))


@pytest.mark.parametrize(
    ("asked", "received"),
    [
        (Fact.ARREST_RECONSIDERATION_REQUESTED, Fact.ARREST_RECONSIDERATION_RECEIVED),
        (Fact.NON_PROSECUTION_RECONSIDERATION_REQUESTED, Fact.NON_PROSECUTION_RECONSIDERATION_RECEIVED),
        (Fact.CASE_PROSECUTED, Fact.TRIAL_CASE_RECEIVED),
        (Fact.APPEALED, Fact.SECOND_INSTANCE_ACCEPTED),
        (Fact.TRIAL_ADJOURNED, Fact.TRIAL_SENT_AGAIN),
        (Fact.LEAVE_APPLIED, Fact.LEAVE_GRANTED),
    ],
)
def test_what_another_organ_received_or_decided_once_is_not_so_again(asked: Fact, received: Fact, calendar: Calendar) -> None:
    log = Log(CASE).add(asked, "2026-03-02 09:00").add(received, "2026-03-03 09:00")
    refused(log.asked(calendar, received, "2026-03-20 09:00"))


def test_a_trial_that_was_adjourned_goes_on_when_the_case_is_sent_again(calendar: Calendar) -> None:
    log = Log(CASE).add(Fact.CASE_PROSECUTED, "2026-03-02 09:00").add(Fact.TRIAL_CASE_RECEIVED, "2026-03-03 09:00")
    log.add(Fact.TRIAL_ACCEPTED, "2026-03-04 09:00", reason="ordinary").add(Fact.TRIAL_ADJOURNED, "2026-04-10 09:00")
    assert log.asked(calendar, Fact.TRIAL_SENT_AGAIN, "2026-05-07 09:00") is None


def test_a_trial_is_not_turned_back_to_a_shorter_procedure(calendar: Calendar) -> None:
    log = Log(CASE).add(Fact.CASE_PROSECUTED, "2026-03-02 09:00").add(Fact.TRIAL_ACCEPTED, "2026-03-03 09:00", reason="summary")
    assert log.asked(calendar, Fact.TRIAL_CONVERTED, "2026-03-10 09:00", reason="ordinary") is None
    log.add(Fact.TRIAL_CONVERTED, "2026-03-10 09:00", reason="ordinary")
    for procedure in ("fast-track", "summary", "ordinary"):
        refused(log.asked(calendar, Fact.TRIAL_CONVERTED, "2026-04-10 09:00", reason=procedure))


def test_what_history_accepted_twice_is_not_held_against_what_comes_after(sent: Log, calendar: Calendar) -> None:
    sent.add(Fact.PROSECUTION_CASE_RECEIVED, "2026-04-09 10:00").add(Fact.PROSECUTION_CASE_RECEIVED, "2026-04-10 10:00")
    sent.add(Fact.CASE_RETURNED, "2026-04-20 10:00").add(Fact.CASE_SENT_AGAIN, "2026-05-10 10:00")
    assert sent.asked(calendar, Fact.PROSECUTION_CASE_RECEIVED, "2026-05-11 10:00") is None


@table("limit", get_limits().values(), ids=get_limits().keys())
def test_every_restart_and_put_off_start_names_its_ground_and_what_holds_up_a_custody_too(limit: TimeLimit) -> None:
    named = {ground.fact for each, ground in demanded_of(limit)}
    assert {fact for fact in (limit.restarts_on, *(limit.waits or ())[:1]) if fact} <= named
    holds = limit.liberty and limit.at_expiry in (Consequence.RELEASE, Consequence.RELEASE_OR_CHANGE)
    if limit.armed and holds and limit.answerable not in OF_THE_COURT:
        acts = {fact for fact in list_moving_facts(limit) if fact not in CUSTODY_ENDS and not fact.uses_up}
        assert acts <= named


def demanded_of(limit: TimeLimit) -> list[tuple[TimeLimit, Ground]]:
    if not limit.armed:
        return [(limit, ground) for ground in limit.anew]
    return [pair for pairs in get_demanded_grounds().values() for pair in pairs if pair[0] is limit]


OURS, THEIRS = "青岚县人民检察院", "安澜市人民检察院"


def test_a_case_is_not_transferred_to_the_procuratorate_that_has_it(sent: Log, calendar: Calendar) -> None:
    sent.add(Fact.PROSECUTION_CASE_RECEIVED, "2026-04-09 10:00", organ=OURS)
    for said in (OURS, "青岚县检察院"):
        against = sent.asked(calendar, Fact.PROSECUTION_TRANSFERRED, "2026-04-20 10:00", reason=OURS, organ=said)
        assert refused(against).field == "to" and "第一百七十二条" in refused(against).basis
    assert sent.asked(calendar, Fact.PROSECUTION_TRANSFERRED, "2026-04-20 10:00", reason=OURS, organ=THEIRS) is None
    sent.add(Fact.PROSECUTION_TRANSFERRED, "2026-04-20 10:00", reason=OURS, organ=THEIRS)
    again = sent.asked(calendar, Fact.PROSECUTION_TRANSFERRED, "2026-04-21 10:00", reason=THEIRS, organ=THEIRS)
    refused(again)


def test_a_receipt_that_names_nobody_does_not_let_the_same_procuratorate_transfer_the_case_to_itself(
    sent: Log, calendar: Calendar
) -> None:
    sent.add(Fact.PROSECUTION_CASE_RECEIVED, "2026-04-09 10:00")
    refused(sent.asked(calendar, Fact.PROSECUTION_TRANSFERRED, "2026-04-20 10:00", reason=OURS, organ=OURS))


def test_only_the_procuratorate_that_has_the_case_transfers_it(sent: Log, calendar: Calendar) -> None:
    sent.add(Fact.PROSECUTION_CASE_RECEIVED, "2026-04-09 10:00", organ=OURS)
    against = sent.asked(calendar, Fact.PROSECUTION_TRANSFERRED, "2026-04-20 10:00", reason="云城市人民检察院", organ=THEIRS)
    assert refused(against).field == "sender"


def test_after_a_transfer_only_the_procuratorate_it_went_to_receives_the_case(sent: Log, calendar: Calendar) -> None:
    sent.add(Fact.PROSECUTION_CASE_RECEIVED, "2026-04-09 10:00", organ=OURS)
    sent.add(Fact.PROSECUTION_TRANSFERRED, "2026-04-20 10:00", reason=OURS, organ=THEIRS)
    for said in (OURS, ""):
        against = sent.asked(calendar, Fact.PROSECUTION_CASE_RECEIVED, "2026-04-21 10:00", organ=said)
        assert refused(against).field == "procuratorate" and THEIRS in refused(against).detail
    assert sent.asked(calendar, Fact.PROSECUTION_CASE_RECEIVED, "2026-04-21 10:00", organ=THEIRS) is None


def test_before_a_transfer_only_the_procuratorate_that_made_it_had_received_the_case(sent: Log, calendar: Calendar) -> None:
    sent.add(Fact.PROSECUTION_TRANSFERRED, "2026-04-20 10:00", reason=OURS, organ=THEIRS)
    against = sent.asked(calendar, Fact.PROSECUTION_CASE_RECEIVED, "2026-04-14 10:00", organ=THEIRS)
    assert refused(against).field == "procuratorate" and OURS in refused(against).detail
    assert sent.asked(calendar, Fact.PROSECUTION_CASE_RECEIVED, "2026-04-14 10:00", organ=OURS) is None


def test_the_police_do_not_enter_a_transfer_between_procuratorates() -> None:
    assert TransferProsecution.rule.by == (Office.PROCURATORATE,)


@pytest.fixture
def bailed() -> Log:
    log = Log().add(Fact.CASE_FILED, "2026-01-05 09:00").add(Fact.BAIL_DECIDED, "2026-02-01 10:00")
    return log.add(Fact.CASE_SENT_TO_PROCURATORATE, "2026-04-02 09:00", about=CASE, told_by=CASE)


def test_the_case_of_a_person_on_bail_is_received_once_for_each_time_it_is_handed_over(bailed: Log, calendar: Calendar) -> None:
    assert bailed.asked(calendar, Fact.BAIL_CASE_RECEIVED, "2026-04-03 10:00", organ=OURS) is None
    bailed.add(Fact.BAIL_CASE_RECEIVED, "2026-04-03 10:00", organ=OURS)
    refused(bailed.asked(calendar, Fact.BAIL_CASE_RECEIVED, "2026-04-08 10:00", organ=OURS))
    bailed.add(Fact.CASE_PROSECUTED, "2026-05-02 09:00", about=CASE, told_by=CASE)
    assert bailed.asked(calendar, Fact.BAIL_CASE_RECEIVED, "2026-05-03 10:00", organ="青岚县人民法院") is None


def test_no_organ_receives_the_case_of_a_person_on_bail_that_it_does_not_have(bailed: Log, calendar: Calendar) -> None:
    against = bailed.asked(calendar, Fact.BAIL_CASE_RECEIVED, "2026-04-03 10:00", organ="青岚县人民法院")
    assert refused(against).field == "organ"
    refused(bailed.asked(calendar, Fact.BAIL_CASE_RECEIVED, "2026-03-03 10:00", organ=OURS), "form-invalid")
    bailed.add(Fact.CASE_RETURNED, "2026-04-10 09:00", about=CASE, told_by=CASE)
    refused(bailed.asked(calendar, Fact.BAIL_CASE_RECEIVED, "2026-04-12 10:00", organ=OURS))


def test_a_crime_of_another_kind_has_another_charge_than_the_case_and_than_those_found_before(calendar: Calendar) -> None:
    log = Log().add(Fact.CASE_FILED, "2026-01-05 09:00", charge="xf-266").add(Fact.DETENTION_EXECUTED, "2026-03-01 10:00")
    log.add(Fact.ARREST_REQUESTED, "2026-03-03 10:00").add(Fact.ARREST_APPROVED, "2026-03-09 09:00")
    log.add(Fact.ARREST_EXECUTED, "2026-03-09 10:00")

    def found(charge: str, when: str, sort: str = ANOTHER_KIND) -> RuleViolation | None:
        return log.asked(calendar, Fact.NEW_CRIME_DISCOVERED, when, reason=sort, charge=charge)

    against = found("xf-266", "2026-04-01 09:00")
    assert refused(against).field == "charge" and "第一百五十一条" in refused(against).basis
    assert found("xf-266", "2026-04-01 09:00", SAME_KIND) is None and found("xf-263", "2026-04-01 09:00") is None
    log.add(Fact.NEW_CRIME_DISCOVERED, "2026-04-01 09:00", reason=ANOTHER_KIND, charge="xf-263")
    refused(found("xf-263", "2026-04-20 09:00"))
    refused(found("xf-263", "2026-03-20 09:00"))


def test_the_sorts_of_a_new_crime_are_those_the_form_offers_and_it_tells_the_law_which() -> None:
    assert get_args(DiscoverNewCrime.model_fields["sort"].annotation) == (ANOTHER_KIND, SAME_KIND)
    said = {"sort": ANOTHER_KIND, "charge": "xf-263", "grounds": "抢劫"}
    (fact,) = DiscoverNewCrime.model_validate(said).build_facts(SUSPECT, at("2026-04-01 09:00"), "")
    (filed,) = FileCase(charge="xf-266", grounds="有犯罪事实").build_facts(CASE, at("2026-01-05 09:00"), "county-head")
    assert (fact.reason, fact.charge, filed.charge) == (ANOTHER_KIND, "xf-263", "xf-266")
