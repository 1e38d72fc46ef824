"""What the facts of things under a measure, of remedies, petitions and compensation arm, renew, suspend and meet."""

from dataclasses import replace
from datetime import datetime

from law.calendar import SHANGHAI, Calendar
from law.clock import Clock, ClockState, Colour, Consequence
from law.clocks import compute_clocks
from law.facts import Fact
from law.legal_fact import LegalFact
from law.offices import Office
from law.rules import check_fact

THING, REVIEW = "exhibit/1", "review/1"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def fact(kind: Fact, when: str, seq: int, about: str = THING, **more: object) -> LegalFact:
    return replace(LegalFact(kind, at(when), about, seq), **more)


def of(limit: str, facts: list[LegalFact], calendar: Calendar) -> list[Clock]:
    return [clock for clock in compute_clocks(facts, calendar) if clock.limit == limit]


def warned(clock: Clock) -> list[tuple[Colour, datetime]]:
    return [(rung.colour, rung.at) for rung in clock.rungs]


# Things


def test_a_freeze_warns_thirty_ten_and_three_days_before_it_lapses(calendar: Calendar) -> None:
    (clock,) = of("criminal-freeze-funds", [fact(Fact.FUNDS_FROZEN, "2026-03-02 10:00", 1)], calendar)
    assert warned(clock) == [
        (Colour.YELLOW, at("2026-08-03 23:59:59")),
        (Colour.ORANGE, at("2026-08-23 23:59:59")),
        (Colour.RED, at("2026-08-30 23:59:59")),
        (Colour.OVERDUE, at("2026-09-02 23:59:59")),
    ]
    assert "视为自动解除冻结" in clock.reasons[0]


def test_a_freeze_is_renewed_again_and_again_by_whoever_approved_it(calendar: Calendar) -> None:
    log = [fact(Fact.FUNDS_FROZEN, "2026-03-02 10:00", 1)]
    for seq, when in enumerate(("2026-08-20 09:00", "2027-02-20 09:00", "2027-08-20 09:00"), 2):
        renewal = fact(Fact.FREEZE_RENEWED, when, seq, extension="+6 month", grounds="继续冻结", approver=Office.COUNTY_HEAD)
        assert check_fact(log, renewal, calendar) is None
        log.append(renewal)
    (clock,) = of("criminal-freeze-funds", log, calendar)
    assert clock.due_at == at("2028-03-02 23:59:59")


def test_a_freeze_of_a_year_is_not_renewed_by_the_county(calendar: Calendar) -> None:
    log = [fact(Fact.FUNDS_FROZEN, "2026-03-02 10:00", 1, base="1 year")]
    renewal = fact(Fact.FREEZE_RENEWED, "2027-02-20 09:00", 2, extension="+1 year", grounds="案情重大", approver=Office.COUNTY_HEAD)
    refused = check_fact(log, renewal, calendar)
    assert refused is not None
    assert (refused.slug, refused.field) == ("law-forbids", "approver")
    assert "设区的市一级以上公安机关负责人" in refused.detail
    assert check_fact(log, replace(renewal, approver=Office.CITY_HEAD), calendar) is None


def test_a_figure_picked_of_one_limit_leaves_the_others_that_the_fact_starts_alone(calendar: Calendar) -> None:
    log = [fact(Fact.FUNDS_FROZEN, "2026-03-02 10:00", 1, base="1 year")]
    assert check_fact([], log[0], calendar) is None
    assert {clock.limit: clock.due_at for clock in compute_clocks(log, calendar)} == {
        "criminal-freeze-funds": at("2027-03-02 23:59:59"),
        "property-offsite-register": at("2026-03-03 10:00"),
    }


def test_a_figure_that_no_limit_of_the_fact_has_is_forbidden(calendar: Calendar) -> None:
    refused = check_fact([], fact(Fact.FUNDS_FROZEN, "2026-03-02 10:00", 1, base="3 year"), calendar)
    assert refused is not None
    assert (refused.slug, refused.field) == ("law-forbids", "base")
    unreadable = check_fact([], fact(Fact.FUNDS_FROZEN, "2026-03-02 10:00", 1, base="three years"), calendar)
    assert unreadable is not None
    assert (unreadable.slug, unreadable.field) == ("form-invalid", "base")


def test_a_freeze_that_has_lapsed_is_not_renewed(calendar: Calendar) -> None:
    log = [fact(Fact.FUNDS_FROZEN, "2026-03-02 10:00", 1)]
    renewal = fact(Fact.FREEZE_RENEWED, "2026-09-03 00:00", 2, extension="+6 month", grounds="x", approver=Office.COUNTY_HEAD)
    refused = check_fact(log, renewal, calendar)
    assert refused is not None
    assert refused.slug == "time-limit-expired"


def test_the_warnings_of_a_seizure_look_to_the_day_before_it_moves_off_the_holiday(calendar: Calendar) -> None:
    (clock,) = of("admin-seizure", [fact(Fact.EXHIBIT_SEIZED_ADMIN, "2025-12-02 10:00", 1)], calendar)
    assert warned(clock) == [
        (Colour.YELLOW, at("2025-12-22 23:59:59")),
        (Colour.ORANGE, at("2025-12-27 23:59:59")),
        (Colour.RED, at("2025-12-30 23:59:59")),
        (Colour.OVERDUE, at("2026-01-04 23:59:59")),
    ]


def test_a_seizure_on_the_spot_is_both_to_be_approved_in_a_day_and_to_end_in_thirty(calendar: Calendar) -> None:
    log = [fact(Fact.EXHIBIT_SEIZED_ON_THE_SPOT, "2026-03-02 10:00", 1)]
    assert {clock.limit: clock.due_at for clock in compute_clocks(log, calendar)} == {
        "admin-seizure": at("2026-04-01 23:59:59"),
        "admin-seizure-onsite-approval": at("2026-03-03 10:00"),
    }
    log.append(fact(Fact.EXHIBIT_SEIZURE_APPROVED, "2026-03-02 18:00", 2))
    (approved,) = of("admin-seizure-onsite-approval", log, calendar)
    assert approved.state is ClockState.MET


def test_a_seizure_stands_still_while_the_thing_is_appraised(calendar: Calendar) -> None:
    log = [fact(Fact.EXHIBIT_SEIZED_ADMIN, "2026-03-02 10:00", 1), fact(Fact.EXHIBIT_APPRAISAL_STARTED, "2026-03-10 09:00", 2)]
    assert of("admin-seizure", log, calendar)[0].state is ClockState.SUSPENDED
    log.append(fact(Fact.EXHIBIT_APPRAISAL_ENDED, "2026-03-20 17:00", 3))
    assert of("admin-seizure", log, calendar)[0].due_at == at("2026-04-13 23:59:59")


def test_a_seizure_counts_anew_for_the_police_to_whom_the_case_is_transferred(calendar: Calendar) -> None:
    log = [
        fact(Fact.EXHIBIT_SEIZED_ADMIN, "2026-03-02 10:00", 1),
        fact(Fact.EXHIBIT_SEIZURE_TRANSFERRED, "2026-03-16 10:00", 2),
    ]
    old, new = of("admin-seizure", log, calendar)
    assert (old.state, new.state) == (ClockState.LAPSED, ClockState.RUNNING)
    assert new.due_at == at("2026-04-15 23:59:59")


def test_evidence_registered_in_place_is_warned_of_by_the_natural_day(calendar: Calendar) -> None:
    (clock,) = of("admin-advance-registration", [fact(Fact.EXHIBIT_REGISTERED_IN_ADVANCE, "2026-03-02 10:00", 1)], calendar)
    assert warned(clock) == [
        (Colour.YELLOW, at("2026-03-06 23:59:59")),
        (Colour.ORANGE, at("2026-03-08 23:59:59")),
        (Colour.RED, at("2026-03-09 19:59:59")),
        (Colour.OVERDUE, at("2026-03-11 23:59:59")),
    ]


def test_a_thing_examined_first_is_handed_over_in_a_day_from_the_examination(calendar: Calendar) -> None:
    log = [
        fact(Fact.EXHIBIT_TAKEN, "2026-03-02 10:00", 1),
        fact(Fact.EXHIBIT_EXAMINATION_APPROVED, "2026-03-02 12:00", 2),
        fact(Fact.EXHIBIT_EXAMINED, "2026-03-04 16:00", 3),
    ]
    first, second = of("property-handover", log, calendar)
    assert first.state is ClockState.LAPSED
    assert (second.state, second.due_at) == (ClockState.RUNNING, at("2026-03-05 16:00"))


# Remedies, petitions, compensation


def test_a_review_decision_replaces_the_half_year_for_a_lawsuit_by_fifteen_days(calendar: Calendar) -> None:
    log = [
        fact(Fact.ACT_KNOWN, "2026-03-02 10:00", 1, REVIEW),
        fact(Fact.ADMIN_REVIEW_DECISION_SERVED, "2026-06-01 10:00", 2, REVIEW),
    ]
    direct, after_review = of("admin-litigation-sue", log, calendar)
    assert direct.state is ClockState.LAPSED
    assert (after_review.state, after_review.due_at) == (ClockState.RUNNING, at("2026-06-16 23:59:59"))


def test_a_petition_referred_to_the_wrong_police_is_objected_to_in_five_working_days_and_one_that_is_ours_answered_in_fifteen(
    calendar: Calendar,
) -> None:
    referred = fact(Fact.PETITION_REFERRED, "2026-09-28 10:00", 1)
    objected = [referred, fact(Fact.PETITION_REFERRAL_OBJECTED, "2026-10-10 10:00", 2)]
    told = [referred, fact(Fact.PETITION_ANSWERED_WHETHER_ACCEPTED, "2026-10-12 10:00", 2)]
    (objection,), (notice,) = (
        of("petition-referral-objection", objected, calendar),
        of("petition-acceptance-notice", told, calendar),
    )
    assert (objection.due_at, objection.state) == (at("2026-10-10 23:59:59"), ClockState.MET)
    assert (notice.due_at, notice.state) == (at("2026-10-13 23:59:59"), ClockState.MET)
    (lapsed,) = of("petition-referral-objection", [referred], calendar)
    assert lapsed.at_expiry is Consequence.RIGHT_LAPSES


def test_a_petition_by_post_is_answered_late_after_the_national_holiday_and_takes_thirty_days_more_and_no_day_beyond(
    calendar: Calendar,
) -> None:
    log = [
        fact(Fact.PETITION_RECEIVED, "2026-09-16 10:00", 1),
        fact(Fact.PETITION_ANSWERED_WHETHER_ACCEPTED, "2026-10-09 10:00", 2),
        fact(Fact.PETITION_ACCEPTED, "2026-10-09 10:00", 2),
    ]
    (notice,), (conclude,) = of("petition-acceptance-notice", log, calendar), of("petition-conclude", log, calendar)
    assert (notice.due_at, notice.overrun is not None) == (at("2026-10-08 23:59:59"), True)
    assert conclude.due_at == at("2026-12-08 23:59:59")
    more = {"limit": "petition-conclude", "grounds": "情况复杂", "approver": Office.COUNTY_HEAD}
    extended = fact(Fact.PETITION_EXTENDED, "2026-12-01 10:00", 3, extension="+30 day", **more)
    assert check_fact(log, extended, calendar) is None
    assert of("petition-conclude", [*log, extended], calendar)[0].due_at == at("2027-01-07 23:59:59")
    refused = check_fact(log, replace(extended, extension="+31 day"), calendar)
    assert (refused and refused.slug) == "law-forbids"


def test_each_promise_of_a_mailbox_warns_in_its_minutes_and_none_of_a_word_of_thanks_is_an_answer(calendar: Calendar) -> None:
    arrived = fact(Fact.LETTER_ARRIVED, "2026-11-30 23:12", 1, item="mailbox")
    (sign,), (respond,) = of("sla-mailbox-sign", [arrived], calendar), of("sla-mailbox-respond", [arrived], calendar)
    minutes = ["23:17:00", "23:19:00", "23:20:30", "23:21:30", "23:22:00"]
    assert [each.at.astimezone(SHANGHAI).strftime("%H:%M:%S") for each in sign.rungs] == minutes
    assert (respond.due_at, sign.at_expiry) == (at("2026-11-30 23:42:00"), Consequence.ESCALATE_SERVICE)
    thanks = replace(arrived, item="mailbox-thanks")
    assert len(of("sla-mailbox-sign", [thanks], calendar)) == 1
    assert of("sla-mailbox-first-feedback", [thanks], calendar) == []
    assert of("sla-mailbox-sign", [replace(arrived, item="none")], calendar) == []


def test_a_petition_is_concluded_and_then_looked_at_again_in_thirty_days_by_the_organ_above_alone(calendar: Calendar) -> None:
    log = [
        fact(Fact.PETITION_ACCEPTED, "2026-03-02 10:00", 1),
        fact(Fact.PETITION_CONCLUDED, "2026-04-20 10:00", 2),
        fact(Fact.PETITION_REEXAMINATION_REQUESTED, "2026-05-11 10:00", 3),
    ]
    (first,), (review,) = of("petition-conclude", log, calendar), of("petition-review", log, calendar)
    assert first.state is ClockState.MET
    assert review.due_at == at("2026-06-10 23:59:59")
    anew = [
        fact(Fact.LETTER_REOPENED, "2026-05-12 10:00", 4),
        fact(Fact.LETTER_CONCLUDED, "2026-05-20 10:00", 5),
        fact(Fact.PETITION_CONCLUDED, "2026-05-20 10:00", 5),
    ]
    (again,) = of("letter-conclude-again", [*log, *anew], calendar)
    assert (again.state, again.due_at) == (ClockState.MET, at("2026-05-27 10:00:00"))
    assert of("petition-review", [*log, *anew], calendar)[0].state is ClockState.RUNNING, (
        "a new answer is no opinion of the organ above"
    )
    opinion = fact(Fact.PETITION_REEXAMINED, "2026-06-01 10:00", 6)
    assert of("petition-review", [*log, *anew, opinion], calendar)[0].state is ClockState.MET


def test_a_decision_on_compensation_is_served_in_ten_days(calendar: Calendar) -> None:
    log = [fact(Fact.COMPENSATION_CLAIMED, "2026-03-02 10:00", 1), fact(Fact.COMPENSATION_DECIDED, "2026-04-01 10:00", 2)]
    decided, served = of("state-compensation-decide", log, calendar)
    assert (decided.state, decided.ended_at) == (ClockState.MET, at("2026-04-01 10:00"))
    assert (served.state, served.due_at) == (ClockState.RUNNING, at("2026-04-13 23:59:59"))


# Things lent, sent with a case, and nobody's


def test_a_loan_is_back_when_it_was_promised_to_be(calendar: Calendar) -> None:
    log = [fact(Fact.EXHIBIT_LENT, "2026-03-02 10:00", 1, term="2 day")]
    assert of("exhibit-loan-return", log, calendar)[0].due_at == at("2026-03-04 10:00")
    log.append(fact(Fact.EXHIBIT_LOAN_RETURNED, "2026-03-05 09:00", 2))
    assert of("exhibit-loan-return", log, calendar)[0].state is ClockState.MET_LATE


def test_nobody_is_promised_more_than_the_bureau_allows(calendar: Calendar) -> None:
    refused = check_fact([], fact(Fact.EXHIBIT_LENT, "2026-03-02 10:00", 1, term="30 day"), calendar)
    assert refused is not None
    assert (refused.field, refused.limit) == ("term", "exhibit-loan-return")


def test_what_goes_from_organ_to_organ_is_to_be_confirmed_each_time(calendar: Calendar) -> None:
    log = [
        fact(Fact.EXHIBIT_SENT_TO_PROCURATORATE, "2026-03-02 10:00", 1),
        fact(Fact.EXHIBIT_RECEIVED_BY_PROCURATORATE, "2026-03-02 15:00", 2),
        fact(Fact.EXHIBIT_SENT_TO_COURT, "2026-04-01 10:00", 3),
    ]
    first, second = of("exhibit-transfer-receipt", log, calendar)
    assert (first.state, second.state, second.due_at) == (ClockState.MET, ClockState.RUNNING, at("2026-04-04 10:00"))


def test_a_thing_is_nobodys_only_after_six_months_of_notice(calendar: Calendar) -> None:
    nobodys = fact(Fact.EXHIBIT_DISPOSED, "2026-06-01 10:00", 2, reason="unclaimed")
    for notice, article in ((Fact.EXHIBIT_OWNER_NOTIFIED, "第二百三十三条"), (Fact.EXHIBIT_ADMIN_OWNER_NOTIFIED, "第一百九十七条")):
        log = [fact(notice, "2026-03-02 10:00", 1)]
        early = check_fact(log, nobodys, calendar)
        assert early is not None
        assert (early.slug, article in early.basis) == ("law-forbids", True)
        assert check_fact(log, replace(nobodys, at=at("2026-09-03 10:00")), calendar) is None
        # What a court confiscates need not wait for anybody.
        ordered = fact(Fact.EXHIBIT_DISPOSAL_ORDERED, "2026-06-01 09:00", 3)
        assert check_fact([*log, ordered], replace(nobodys, reason="judgment"), calendar) is None
    assert check_fact([], nobodys, calendar) is not None
