"""What happens to a person under criminal measures: death, escape and flight, a second detention, deputies, foreigners, coming of age."""

from dataclasses import replace
from datetime import datetime

import pytest

from law.calendar import SHANGHAI, Calendar
from law.clock import Clock, ClockState
from law.clocks import compute_clocks
from law.facts import Fact
from law.history import History
from law.legal_fact import LegalFact
from law.measure_rules import BREACH
from law.measures import count_days_held, list_periods
from law.offices import Office
from law.rules import check_fact
from models.forms.form import get_forms

SUSPECT, CASE = "suspect/1", "criminal-case/1"
SUBMIT, CUSTODY = "criminal-detention-submit-for-arrest", "investigative-custody"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def story(*told: tuple[Fact, str]) -> list[LegalFact]:
    """These facts of one suspect, after the case was filed."""
    filed = [LegalFact(Fact.CASE_FILED, at("2026-02-01 09:00"), CASE, 1, told_by=CASE)]
    return filed + [LegalFact(fact, at(when), SUSPECT, seq) for seq, (fact, when) in enumerate(told, 2)]


def new(fact: Fact, when: str, **more: object) -> LegalFact:
    return replace(LegalFact(fact, at(when), SUSPECT, 99), **more)


def clock(facts: list[LegalFact], limit: str, calendar: Calendar) -> Clock:
    return [each for each in compute_clocks(facts, calendar) if each.limit == limit][-1]


def refused(facts: list[LegalFact], fact: LegalFact, calendar: Calendar) -> str:
    found = check_fact(facts, fact, calendar)
    assert found is not None
    assert found.basis
    return found.detail


DETAINED = story((Fact.DETENTION_EXECUTED, "2026-03-02 10:00"))
ARRESTED = [
    *DETAINED,
    LegalFact(Fact.ARREST_REQUESTED, at("2026-03-04 10:00"), SUSPECT, 3),
    LegalFact(Fact.ARREST_APPROVED, at("2026-03-09 10:00"), SUSPECT, 4),
    LegalFact(Fact.ARREST_EXECUTED, at("2026-03-09 11:00"), SUSPECT, 5),
]

# Death


def test_a_death_ends_what_ran_against_the_person_and_the_family_is_told_at_once(calendar: Calendar) -> None:
    facts = [*ARRESTED, new(Fact.PERSON_DIED, "2026-04-01 03:20")]
    assert clock(facts, CUSTODY, calendar).state is ClockState.LAPSED
    told = clock(facts, "death-in-custody-notice", calendar)
    assert (told.state, told.due_at) == (ClockState.RUNNING, at("2026-04-01 03:20"))
    assert not History(facts).in_custody(SUSPECT, at("2026-04-02 00:00"))


def test_a_death_out_of_custody_owes_no_notice_of_a_custody_centre(calendar: Calendar) -> None:
    facts = [*story((Fact.BAIL_DECIDED, "2026-03-02 10:00")), new(Fact.PERSON_DIED, "2026-04-01 03:20")]
    assert [each.limit for each in compute_clocks(facts, calendar) if each.limit == "death-in-custody-notice"] == []
    assert clock(facts, "bail-max", calendar).state is ClockState.LAPSED


def test_nothing_is_begun_against_the_dead(calendar: Calendar) -> None:
    dead = [*DETAINED, new(Fact.PERSON_DIED, "2026-03-03 03:20", seq=3)]
    assert "死亡" in refused(dead, new(Fact.BAIL_DECIDED, "2026-03-04 10:00"), calendar)


@pytest.mark.parametrize("end", [Fact.CASE_CANCELLED, Fact.INVESTIGATION_TERMINATED])
def test_nothing_is_ended_for_a_death_that_nobody_recorded(end: Fact, calendar: Calendar) -> None:
    fact = new(end, "2026-04-02 10:00", reason="犯罪嫌疑人死亡")
    assert "没有犯罪嫌疑人死亡的记录" in refused(DETAINED, fact, calendar)
    assert check_fact([*DETAINED, new(Fact.PERSON_DIED, "2026-04-01 03:20", seq=3)], fact, calendar) is None


# Escape and flight


def test_custody_goes_on_after_an_escape_with_the_days_already_used(calendar: Calendar) -> None:
    escaped = [*ARRESTED, new(Fact.PERSON_ESCAPED, "2026-04-01 03:00", seq=6)]
    assert clock(escaped, CUSTODY, calendar).state is ClockState.SUSPENDED
    back = [*escaped, new(Fact.PERSON_RECAPTURED, "2026-04-21 15:00", seq=7)]
    custody = clock(back, CUSTODY, calendar)
    # Two months from 9 March are 9 May, and 20 days at large are not counted.
    assert (custody.state, custody.due_at) == (ClockState.RUNNING, at("2026-05-29 23:59:59"))
    assert History(back).in_custody(SUSPECT, at("2026-04-22 00:00"))
    assert not History(back).in_custody(SUSPECT, at("2026-04-10 00:00"))


def test_an_escape_does_not_hide_that_the_time_had_run_out(calendar: Calendar) -> None:
    facts = [*DETAINED, new(Fact.PERSON_ESCAPED, "2026-03-10 03:00")]
    late = clock(facts, SUBMIT, calendar)
    assert late.due_at == at("2026-03-05 10:00")
    assert late.state is not ClockState.SUSPENDED


def test_nobody_escapes_who_is_not_held_and_nobody_flees_who_is(calendar: Calendar) -> None:
    bailed = story((Fact.BAIL_DECIDED, "2026-03-02 10:00"))
    assert "未在押" in refused(bailed, new(Fact.PERSON_ESCAPED, "2026-03-10 10:00"), calendar)
    assert "在押" in refused(DETAINED, new(Fact.PERSON_ABSCONDED, "2026-03-03 10:00"), calendar)


def test_whoever_is_recaptured_is_back_where_they_broke_out_and_only_there(calendar: Calendar) -> None:
    escaped = [*ARRESTED[:3], new(Fact.PERSON_ESCAPED, "2026-03-06 03:00", seq=6)]
    fact = new(Fact.PERSON_RECAPTURED, "2026-03-08 15:00", reason="逮捕羁押")
    assert "审查批捕" in refused(escaped, fact, calendar)
    assert check_fact(escaped, replace(fact, reason="审查批捕"), calendar) is None


def test_a_recaptured_person_is_delivered_to_the_custody_centre_within_a_day(calendar: Calendar) -> None:
    facts = [*DETAINED, new(Fact.PERSON_ESCAPED, "2026-03-02 12:00", seq=3), new(Fact.PERSON_RECAPTURED, "2026-03-03 09:00", seq=4)]
    assert clock(facts, "criminal-detention-deliver-to-custody-centre", calendar).due_at == at("2026-03-04 09:00")


def test_a_wanted_order_is_for_who_fled_and_is_withdrawn_when_they_are_found(calendar: Calendar) -> None:
    fled = story((Fact.BAIL_DECIDED, "2026-03-02 10:00"), (Fact.PERSON_ABSCONDED, "2026-03-20 10:00"))
    wanted = new(Fact.WANTED_ORDER_ISSUED, "2026-03-21 10:00", seq=4)
    assert "不能办理“发布通缉令”" in refused(fled[:2], wanted, calendar)
    assert check_fact(fled, wanted, calendar) is None
    back = [*fled, wanted, new(Fact.PERSON_RETURNED, "2026-04-02 10:00", seq=5)]
    assert clock(back, "wanted-order-lift", calendar).state is ClockState.RUNNING
    lifted = [*back, new(Fact.WANTED_ORDER_LIFTED, "2026-04-02 11:00", seq=6)]
    assert clock(lifted, "wanted-order-lift", calendar).state is ClockState.MET


# A second detention


RELEASED = [*DETAINED, LegalFact(Fact.PERSON_RELEASED, at("2026-03-04 09:00"), SUSPECT, 3)]


def test_a_second_detention_in_a_case_says_what_is_new_and_how_long_the_person_was_held(calendar: Calendar) -> None:
    again = new(Fact.DETENTION_EXECUTED, "2026-03-06 10:00")
    found = check_fact(RELEASED, again, calendar)
    assert found is not None
    assert (found.slug, found.field) == ("law-forbids", "new_facts")
    assert "已累计羁押2日" in found.detail
    grounded = [*RELEASED, new(Fact.RENEWED_DETENTION_GROUNDED, "2026-03-06 10:00")]
    assert check_fact(grounded, again, calendar) is None
    assert count_days_held([*RELEASED, again], SUSPECT, at("2026-03-07 11:00")) == 3


def test_nobody_is_detained_who_is_held_already(calendar: Calendar) -> None:
    assert "正在羁押" in refused(DETAINED, new(Fact.DETENTION_EXECUTED, "2026-03-03 10:00"), calendar)


# Deputies and foreigners


DEPUTY = story((Fact.FOUND_DEPUTY, "2026-03-02 09:00"))


@pytest.mark.parametrize(
    "measure", [Fact.PERSON_COMPELLED, Fact.BAIL_DECIDED, Fact.SURVEILLANCE_DECIDED, Fact.DETENTION_EXECUTED, Fact.ARREST_REQUESTED]
)
def test_a_deputy_is_under_no_measure_without_the_leave_of_the_congress(measure: Fact, calendar: Calendar) -> None:
    assert "许可" in refused(DEPUTY, new(measure, "2026-03-02 10:00"), calendar)
    permitted = [*DEPUTY, new(Fact.DEPUTY_PERMISSION_GRANTED, "2026-03-02 09:30", seq=3)]
    assert check_fact(permitted, new(measure, "2026-03-02 10:00"), calendar) is None


def test_a_deputy_caught_in_the_act_is_detained_and_reported_at_once(calendar: Calendar) -> None:
    caught = new(Fact.DETENTION_EXECUTED, "2026-03-02 10:00", reason="现行犯")
    assert check_fact(DEPUTY, caught, calendar) is None
    report = clock([*DEPUTY, caught], "deputy-detention-report", calendar)
    assert (report.state, report.due_at) == (ClockState.RUNNING, at("2026-03-02 10:00"))


def test_who_turns_out_to_be_a_deputy_under_a_measure_is_set_free_at_once(calendar: Calendar) -> None:
    facts = [*story((Fact.BAIL_DECIDED, "2026-03-02 10:00")), new(Fact.FOUND_DEPUTY, "2026-03-05 10:00")]
    lift = clock(facts, "deputy-measure-lift", calendar)
    assert (lift.state, lift.due_at) == (ClockState.RUNNING, at("2026-03-05 10:00"))


@pytest.mark.parametrize(
    ("found", "limit"),
    [
        (Fact.FOUND_TOWNSHIP_DEPUTY, "township-deputy-measure-report"),
        (Fact.FOUND_CONSULTATIVE_MEMBER, "consultative-member-notice"),
    ],
)
def test_of_the_others_the_body_is_told_at_once(found: Fact, limit: str, calendar: Calendar) -> None:
    facts = [*story((found, "2026-03-02 09:00")), new(Fact.BAIL_DECIDED, "2026-03-02 10:00")]
    assert clock(facts, limit, calendar).due_at == at("2026-03-02 10:00")


def test_a_measure_against_a_known_foreigner_is_reported_within_two_days_of_itself(calendar: Calendar) -> None:
    facts = [*story((Fact.FOUND_FOREIGN, "2026-03-01 09:00")), new(Fact.DETENTION_EXECUTED, "2026-03-02 10:00")]
    assert clock(facts, "foreigner-coercive-measure-report", calendar).due_at == at("2026-03-04 10:00")


def test_a_foreigner_found_out_later_is_reported_within_two_days_of_that(calendar: Calendar) -> None:
    facts = [*DETAINED, new(Fact.FOUND_FOREIGN, "2026-03-03 09:00")]
    assert clock(facts, "foreigner-coercive-measure-report", calendar).due_at == at("2026-03-05 09:00")


# What the procuratorate revokes, and coming of age


def test_an_approval_that_is_revoked_is_not_executed_and_frees_at_once(calendar: Calendar) -> None:
    revoked = [*ARRESTED, new(Fact.ARREST_APPROVAL_REVOKED, "2026-03-20 10:00", seq=6)]
    assert clock(revoked, "arrest-revoked-release", calendar).due_at == at("2026-03-20 10:00")
    assert clock(revoked, CUSTODY, calendar).state is ClockState.LAPSED
    unexecuted = [*ARRESTED[:4], new(Fact.ARREST_APPROVAL_REVOKED, "2026-03-09 10:30", seq=5)]
    assert "撤销" in refused(unexecuted, new(Fact.ARREST_EXECUTED, "2026-03-09 11:00"), calendar)


def test_from_the_day_after_the_eighteenth_birthday_nobody_must_attend(calendar: Calendar) -> None:
    minor = [*DETAINED, LegalFact(Fact.PERSON_FOUND_MINOR, at("2026-03-02 10:00"), SUSPECT, 3, term="2026-03-16")]
    assert "法定代理人到场" in refused(minor, new(Fact.PERSON_INTERROGATED, "2026-03-15 10:00"), calendar)
    assert check_fact(minor, new(Fact.PERSON_INTERROGATED, "2026-03-16 10:00"), calendar) is None


def test_a_measure_says_which_organ_decided_it() -> None:
    facts = story((Fact.BAIL_DECIDED, "2026-03-02 10:00"), (Fact.PROCURATORATE_BAIL_DECIDED, "2026-06-02 10:00"))
    assert [(each.measure.zh, each.ended_at) for each in list_periods(facts)] == [
        ("取保候审", at("2026-06-02 10:00")),
        ("取保候审（检察院决定）", None),
    ]


def test_bail_is_decided_by_the_organ_that_has_the_case(calendar: Calendar) -> None:
    sent = [
        *story((Fact.BAIL_DECIDED, "2026-03-02 10:00")),
        LegalFact(Fact.CASE_SENT_TO_PROCURATORATE, at("2026-05-02 10:00"), CASE, 3, told_by=CASE),
    ]
    assert check_fact(sent, new(Fact.PROCURATORATE_BAIL_DECIDED, "2026-05-06 10:00"), calendar) is None
    assert "人民检察院" in refused(sent, new(Fact.COURT_BAIL_DECIDED, "2026-05-06 10:00"), calendar)


def test_no_other_organ_decides_bail_while_the_police_have_the_case(calendar: Calendar) -> None:
    ours = story((Fact.BAIL_DECIDED, "2026-03-02 10:00"))
    decided = new(Fact.PROCURATORATE_BAIL_DECIDED, "2026-05-06 10:00")
    assert "没有移送" in refused(ours, decided, calendar)
    sent = [*ours, LegalFact(Fact.CASE_SENT_TO_PROCURATORATE, at("2026-05-02 10:00"), CASE, 3, told_by=CASE)]
    returned = [*sent, LegalFact(Fact.CASE_RETURNED, at("2026-05-04 10:00"), CASE, 4, told_by=CASE)]
    assert "没有移送" in refused(returned, decided, calendar)


# Whose decision it is while the case is with procuratorate or court

TO_PROCURATORATE = LegalFact(Fact.CASE_SENT_TO_PROCURATORATE, at("2026-05-02 10:00"), CASE, 10, told_by=CASE)
TO_COURT = LegalFact(Fact.CASE_PROSECUTED, at("2026-05-20 10:00"), CASE, 11, told_by=CASE)
CAME_BACK = LegalFact(Fact.CASE_RETURNED, at("2026-05-04 10:00"), CASE, 11, told_by=CASE)
ON_BAIL = story((Fact.BAIL_DECIDED, "2026-03-02 10:00"))
OF_POLICE = (
    new(Fact.PERSON_COMPELLED, "2026-06-01 10:00"),
    new(Fact.BAIL_DECIDED, "2026-06-01 10:00"),
    new(Fact.SURVEILLANCE_DECIDED, "2026-06-01 10:00"),
    new(Fact.DETENTION_EXECUTED, "2026-06-01 10:00"),
    new(Fact.ARREST_REQUESTED, "2026-06-01 10:00"),
    new(Fact.BAIL_LIFTED, "2026-06-01 10:00", approver=Office.COUNTY_HEAD),
)


@pytest.mark.parametrize("decided", OF_POLICE, ids=lambda fact: fact.fact.value)
@pytest.mark.parametrize(
    ("went", "organ"), [((TO_PROCURATORATE,), "应由人民检察院决定"), ((TO_PROCURATORATE, TO_COURT), "应由人民法院决定")]
)
def test_the_police_decide_nothing_on_a_person_whose_case_is_with_procuratorate_or_court(
    decided: LegalFact, went: tuple[LegalFact, ...], organ: str, calendar: Calendar
) -> None:
    assert organ in refused([*ON_BAIL, *went], decided, calendar)


@pytest.mark.parametrize("step", [Fact.BAIL_DECIDED, Fact.SURVEILLANCE_DECIDED, Fact.DETENTION_EXECUTED])
def test_an_arrested_person_whose_case_is_with_the_procuratorate_is_not_let_out_or_detained_anew_by_the_police(
    step: Fact, calendar: Calendar
) -> None:
    assert "应由人民检察院决定" in refused([*ARRESTED, TO_PROCURATORATE], new(step, "2026-05-03 10:00"), calendar)
    assert check_fact([*ARRESTED, TO_PROCURATORATE], new(Fact.PERSON_RELEASED, "2026-05-03 10:00"), calendar) is None


@pytest.mark.parametrize("decided", [each for each in OF_POLICE if each.fact not in (Fact.BAIL_DECIDED, Fact.ARREST_REQUESTED)])
def test_a_case_returned_for_investigation_is_in_the_hands_of_the_police_again(decided: LegalFact, calendar: Calendar) -> None:
    assert check_fact([*ON_BAIL, TO_PROCURATORATE, CAME_BACK], decided, calendar) is None


def test_who_broke_the_rules_of_bail_is_detained_on_that_ground_and_their_arrest_asked_for(calendar: Calendar) -> None:
    sent = [*ON_BAIL, TO_PROCURATORATE]
    detained = new(Fact.DETENTION_EXECUTED, "2026-06-01 10:00", seq=12, reason=BREACH)
    assert BREACH in refused(sent, replace(detained, reason=""), calendar)
    assert check_fact(sent, detained, calendar) is None
    assert check_fact([*sent, detained], new(Fact.ARREST_REQUESTED, "2026-06-03 10:00"), calendar) is None
    assert "应由人民检察院决定" in refused([*sent, detained], new(Fact.BAIL_DECIDED, "2026-06-03 10:00"), calendar)


def test_nobody_is_said_to_have_broken_the_rules_of_bail_who_was_under_none(calendar: Calendar) -> None:
    detained = new(Fact.DETENTION_EXECUTED, "2026-06-01 10:00", reason=BREACH)
    assert "应由人民检察院决定" in refused([*story(), TO_PROCURATORATE], detained, calendar)


def test_who_fled_is_detained_by_the_police_wherever_the_case_is(calendar: Calendar) -> None:
    fled = [*story(), TO_PROCURATORATE, new(Fact.PERSON_ABSCONDED, "2026-05-30 10:00", seq=12)]
    detained = new(Fact.DETENTION_EXECUTED, "2026-06-01 10:00")
    assert check_fact(fled, detained, calendar) is None
    back = [*fled, new(Fact.PERSON_RETURNED, "2026-05-31 10:00", seq=13)]
    assert "应由人民检察院决定" in refused(back, detained, calendar)


def test_bail_is_lifted_by_who_decided_it_when_its_time_ends_and_by_the_police_once_the_case_is_over(calendar: Calendar) -> None:
    sent = [*ON_BAIL, TO_PROCURATORATE]
    lifted = new(Fact.BAIL_LIFTED, "2026-06-01 10:00", approver=Office.COUNTY_HEAD)
    assert check_fact(sent, replace(lifted, at=at("2027-03-02 10:00")), calendar) is None
    assert check_fact(sent, replace(lifted, approver=Office.PROCURATORATE), calendar) is None
    over = LegalFact(Fact.CASE_NOT_PROSECUTED, at("2026-05-20 10:00"), CASE, 11, told_by=CASE)
    assert check_fact([*sent, over], lifted, calendar) is None
    effective = LegalFact(Fact.SENTENCE_EFFECTIVE, at("2026-05-30 10:00"), CASE, 12, told_by=CASE)
    assert check_fact([*sent, TO_COURT, effective], lifted, calendar) is None
    theirs = new(Fact.PROCURATORATE_BAIL_DECIDED, "2026-05-06 10:00", seq=12)
    assert "应由人民检察院决定" in refused([*sent, theirs], replace(lifted, at=at("2027-03-02 10:00")), calendar)


@pytest.mark.parametrize(
    ("went", "organ"),
    [
        ((), "公安机关"),
        ((TO_PROCURATORATE,), "人民检察院"),
        ((TO_PROCURATORATE, TO_COURT), "人民法院"),
        ((TO_PROCURATORATE, CAME_BACK), "公安机关"),
    ],
)
def test_the_mind_of_a_suspect_is_evaluated_on_the_word_of_the_organ_that_has_the_case(
    went: tuple[LegalFact, ...], organ: str, calendar: Calendar
) -> None:
    known, ordered = [*ON_BAIL, *went], new(Fact.EVALUATION_STARTED, "2026-06-01 10:00", seq=20)
    for approver, by in ((Office.COUNTY_HEAD, "公安机关"), (Office.PROCURATORATE, "人民检察院")):
        if by == organ:
            assert check_fact(known, replace(ordered, approver=approver), calendar) is None
        else:
            assert f"应由{organ}决定" in refused(known, replace(ordered, approver=approver), calendar)


def test_the_evaluation_of_the_procuratorate_is_its_own_step_and_ends_by_its_own_word() -> None:
    begun, ended = (get_forms()[step] for step in ("start-review-evaluation", "end-review-evaluation"))
    assert begun.rule.by == ended.rule.by == (Office.PROCURATORATE,)
    said = begun.model_validate({"institution": "安澜市精神卫生中心"})
    facts = [each.build_facts(SUSPECT, at("2026-06-01 10:00"), "procuratorate") for each in (said, ended.model_validate({}))]
    assert [(fact.fact, fact.approver) for (fact,) in facts] == [
        (Fact.EVALUATION_STARTED, Office.PROCURATORATE),
        (Fact.EVALUATION_ENDED, Office.PROCURATORATE),
    ]


@pytest.mark.parametrize("gone", [Fact.PERSON_DIED, Fact.PERSON_ABSCONDED])
def test_nobody_died_or_fled_before_they_were_brought_in(gone: Fact, calendar: Calendar) -> None:
    found = check_fact(DETAINED, new(gone, "2026-03-01 03:20", seq=3), calendar)
    assert found is not None and found.field == "at"


@pytest.mark.parametrize("sent_for", [Fact.PERSON_SUMMONED, Fact.PERSON_COMPELLED])
def test_nobody_was_in_custody_when_they_were_sent_for(sent_for: Fact, calendar: Calendar) -> None:
    known = [*story(), new(sent_for, "2026-03-01 08:26", seq=3)]
    found = check_fact(known, new(Fact.DETENTION_EXECUTED, "2026-03-01 08:17", seq=5), calendar)
    assert found is not None and found.field == "at"
    assert check_fact(known, new(Fact.DETENTION_EXECUTED, "2026-03-01 11:00", seq=5), calendar) is None


def test_nobody_is_held_on_a_date_before_the_investigation_of_them_was_ended(calendar: Calendar) -> None:
    ended = [*story(), new(Fact.INVESTIGATION_TERMINATED, "2026-03-01 08:26", seq=3)]
    found = check_fact(ended, new(Fact.DETENTION_EXECUTED, "2026-03-01 08:17", seq=5), calendar)
    assert found is not None and found.field == "at"
    assert check_fact(ended, new(Fact.DETENTION_EXECUTED, "2026-03-01 09:00", seq=5), calendar) is None
