"""What the law does not permit on these facts: asked before a step is recorded, answered with the rule and what it does offer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from law.calendar import DAY, Calendar, get_day
from law.citations import Article
from law.clock_run import ClockRun, NotOfferedError, check_term, choose_base
from law.clocks import find_newest_run, get_limits_started, puts_off, run
from law.conditions import check_conditions
from law.disposals import check_disposal, check_unfreezing
from law.ends import check_case_not_ended
from law.extensions import Refusal
from law.facts import CUSTODY_BEGINS, CUSTODY_ENDS, SET_FREE, TAKEN_BACK, Fact
from law.grounds import find_missing_ground, find_used_up_answer, get_demanded_grounds, get_limits_moved
from law.handing_over import check_handing_over
from law.history import History
from law.holdings import check_held_once
from law.instruments import APL, CPL, MPSC, PSAPL, SPC, SPP
from law.legal_fact import LegalFact, get_minute
from law.measure_rules import DECIDED_BY_POLICE, check_measure
from law.new_crimes import check_new_crime
from law.organs import check_organ
from law.penalties import check_penalty
from law.reasons import format_day, format_minute
from law.renewals import check_renewal
from law.rule_violation import RuleViolation
from law.statutes.criminal_procedure_law_trial import FAST_TRACK, ON_PROCEDURE, ORDINARY, SUMMARY
from law.time_limits import Edition, TimeLimit, get_limits

# Before filing nobody may be put under a coercive measure (MPSC 174); a summons (传唤) is not one of the five of CPL 66–93.
_NEEDS_FILING = DECIDED_BY_POLICE | {Fact.ARREST_EXECUTED}
# Who is sent for, or brought in for questioning, is in nobody's custody.
_SENT_FOR = frozenset((Fact.PERSON_SUMMONED, Fact.PERSON_COMPELLED))
_OF_A_HEARING = (
    Fact.HEARING_REQUESTED,
    Fact.HEARING_ACCEPTED,
    Fact.HEARING_REFUSED,
    Fact.HEARING_WAIVED,
    Fact.HEARING_WITHDRAWN,
    Fact.HEARING_HELD,
)
# How a case may be tried, the fuller procedure after the shorter.
PROCEDURES = (FAST_TRACK, SUMMARY, ORDINARY)
_TWICE = 2


# What follows one another of one person: each changes or ends what was recorded before it.
_GONE = (Fact.PERSON_DIED, Fact.PERSON_ABSCONDED)
_MEASURES = frozenset(
    (
        *CUSTODY_BEGINS,
        *SET_FREE,
        Fact.PERSON_ESCAPED,
        Fact.PERSON_HANDED_OVER,
        *TAKEN_BACK,
        Fact.INVESTIGATION_TERMINATED,
        Fact.BAIL_LIFTED,
        Fact.SURVEILLANCE_LIFTED,
    )
)


@dataclass(frozen=True, slots=True)
class _AtMostTwice:
    """A fact that may happen twice: since which fact that is counted, what follows instead, and the articles."""

    since: Fact
    instead: str
    basis: tuple[Article, ...]
    limit: str


_AT_MOST_TWICE = {
    Fact.CASE_RETURNED: _AtMostTwice(
        Fact.CASE_SENT_TO_PROCURATORATE,
        "补充侦查以二次为限，仍然证据不足、不符合起诉条件的，应当作出不起诉的决定",
        (CPL.article(175), MPSC.article(295), SPP.article(346)),
        "supplementary-investigation",
    ),
    Fact.TRIAL_ADJOURNED: _AtMostTwice(
        Fact.TRIAL_ACCEPTED,
        "建议延期审理不得超过两次，人民法院可以根据在案证据作出判决、裁定",
        (SPP.article(421), SPC.article(274)),
        "court-supplementary-investigation",
    ),
}


def check_fact(facts: Iterable[LegalFact], new: LegalFact, calendar: Calendar) -> RuleViolation | None:
    """The first thing in law that speaks against `new` on these facts, or None. What another matter tells is never refused."""
    if new.told_by:
        return None
    if new.at.tzinfo is None:
        return RuleViolation("form-invalid", "at", "时刻须写明时区", "")
    known = list(facts)
    now = get_minute(new.at)
    everything, history = History(known), History(fact for fact in known if get_minute(fact.at) <= now)
    return (
        check_whatever_is_said(everything, history, new)
        or check_handing_over(everything, new)
        or check_held_once(everything, history, new)
        or check_renewal(everything, new)
        or check_penalty(everything, history, new)
        or _check_at_most_twice(history, new)
        or _check_sent_back_once(history, new)
        or _check_fuller_procedure(history, new)
        or _check_no_hearing_owed(history, new, calendar)
        or _check_appeal_over(history, new, calendar)
        or check_disposal(history, new, calendar)
        or check_unfreezing(history, new, calendar)
        or _check_figure_offered(new, calendar)
        or check_organ(history, everything, new)
        or check_new_crime(everything, new)
        or check_measure(history, new, calendar)
        or _check_time_excluded(history, new)
        or _check_not_moved_after_expiry(history, new, calendar)
        or _check_not_put_off_midway(history, new, calendar)
        or _check_extension(history, new, calendar)
    )


def check_whatever_is_said(everything: History, until_then: History, new: LegalFact) -> RuleViolation | None:
    """The first thing in law that speaks against `new` by its kind, its instant and whom it is about alone."""
    return (
        _check_order(everything, until_then, new)
        or _check_after_last_measure(everything, new)
        or _check_not_answered_already(everything, new)
        or _check_fresh_ground(everything, new)
        or _check_conditions(everything, new)
        or _check_filed(until_then, new)
        or check_case_not_ended(everything, new)
    )


def _format_any_of(facts: Iterable[Fact]) -> str:
    """Facts by their names, any of which will do; set apart, since some are whole sentences."""
    *others, last = (f"“{fact.label}”" for fact in facts)
    return "或者".join(filter(None, ("、".join(others), last)))


def _check_order(everything: History, until_then: History, new: LegalFact) -> RuleViolation | None:
    after, basis = new.fact.after, str(new.fact.basis or "")
    if early := _check_not_before(everything, until_then, new):
        return early
    if not after or until_then.find_latest(after, new.about, new.at):
        return None
    later = everything.list_concerning(new.about, after)
    if later:
        detail = f"{new.fact.label}的时间{format_minute(new.at)}早于{later[0].fact.label}的时间{format_minute(later[0].at)}"
        return RuleViolation("form-invalid", "at", detail, basis)
    return RuleViolation("law-forbids", "at", f"没有{_format_any_of(after)}的记录，不能办理“{new.fact.label}”", basis)


def _check_not_before(everything: History, until_then: History, new: LegalFact) -> RuleViolation | None:
    """Dated before the thing was taken, the case filed, or whatever else it is about; where that is not on record nothing is said."""
    begins = new.fact.not_before
    first = everything.find_first(new.about, begins) if begins else None
    if first is None or until_then.find_latest(begins, new.about, new.at):
        return None
    detail = f"{new.fact.label}的时间{format_minute(new.at)}早于{first.fact.label}的时间{format_minute(first.at)}"
    return RuleViolation("form-invalid", "at", detail, "")


def _check_after_last_measure(everything: History, new: LegalFact) -> RuleViolation | None:
    """A measure, the end of one, a death, a flight or a further extension, dated before what was recorded last and it changes or follows."""
    kinds = _MEASURES if new.fact in (*_MEASURES, *_GONE) else {new.fact} & _get_limits_extended().keys()
    if new.fact in CUSTODY_BEGINS:
        kinds = _MEASURES | _SENT_FOR
    before = (
        fact
        for fact in everything.list_concerning(new.about, kinds)
        if not fact.told_by
        and (not new.seq or fact.seq < new.seq)
        and (new.fact not in _get_limits_extended() or fact.limit == new.limit)
    )
    last = max(before, key=lambda fact: fact.order, default=None)
    if last is None or get_minute(last.at) <= get_minute(new.at):
        return None
    detail = f"{new.fact.label}的时间{format_minute(new.at)}早于{last.fact.label}的时间{format_minute(last.at)}"
    return RuleViolation("form-invalid", "at", detail, "")


def _check_not_answered_already(everything: History, new: LegalFact) -> RuleViolation | None:
    """What answers another fact, and is said a second time with nothing new to answer."""
    answered = (*new.fact.after, *new.fact.also_answers)
    last = find_used_up_answer(everything, new, answered, new.fact.instead_of) if new.fact.uses_up else None
    if last is None:
        return None
    names = _format_any_of(answered)
    detail = f"{format_minute(last.at)}已有“{last.fact.label}”的记录，此后没有新的{names}，不能再次办理“{new.fact.label}”"
    return RuleViolation("law-forbids", "at", detail, str(new.fact.basis or ""))


def _check_fresh_ground(everything: History, new: LegalFact) -> RuleViolation | None:
    """A limit that would start anew, be put off or be held up again, with no new legal ground since the last time."""
    for limit, ground in get_demanded_grounds().get(new.fact, ()):
        if not everything.list_concerning(new.about, limit.starts_on):
            continue
        last = find_missing_ground(everything, new, ground)
        if last:
            detail = f"{format_minute(last.at)}已有{new.fact.label}的记录，其间没有新的法定事由（{ground.zh}），{limit.zh}不能再次因{new.fact.label}变动"
            return RuleViolation("law-forbids", "at", detail, "、".join(map(str, ground.basis)), limit.id)
    return None


def _check_conditions(everything: History, new: LegalFact) -> RuleViolation | None:
    condition = check_conditions(everything, new)
    if condition is None:
        return None
    return RuleViolation("law-forbids", condition.field, condition.detail, "、".join(str(article) for article in condition.basis))


def _check_filed(history: History, new: LegalFact) -> RuleViolation | None:
    if new.fact not in _NEEDS_FILING or history.knows(Fact.CASE_FILED, new.about, new.at):
        return None
    detail = f"立案以前不得采取强制措施，不能{new.fact.label}；可以采取询问、查询、勘验、鉴定等不限制人身、财产权利的措施"
    return RuleViolation("law-forbids", "at", detail, str(MPSC.article(174)))


def _check_at_most_twice(history: History, new: LegalFact) -> RuleViolation | None:
    """A third return for investigation, or a third adjournment for it, in one prosecution or trial."""
    rule = _AT_MOST_TWICE.get(new.fact)
    began = history.find_latest((rule.since,), new.about, new.at) if rule else None
    if rule is None or began is None or len(history.list_after(began, new.about, (new.fact,))) < _TWICE:
        return None
    basis = "、".join(str(article) for article in rule.basis)
    return RuleViolation("law-forbids", "at", f"{new.fact.label}已有二次；{rule.instead}", basis, rule.limit)


def _check_sent_back_once(history: History, new: LegalFact) -> RuleViolation | None:
    """A second remand on the facts; or a return for investigation of a prosecution that was withdrawn and not decided on."""
    if new.fact is Fact.CASE_REMANDED and new.reason != ON_PROCEDURE:
        before = [
            fact
            for fact in history.list_concerning(new.about, (new.fact,))
            if fact.reason != ON_PROCEDURE and fact.order < new.order
        ]
        if before:
            detail = f"{format_minute(before[-1].at)}已因事实不清、证据不足发回重审，再次上诉、抗诉的，第二审法院应当依法作出判决或者裁定，不得再发回"
            return RuleViolation("law-forbids", "kind", detail, str(CPL.article(236, paragraph=2)))
    if new.fact is not Fact.CASE_RETURNED:
        return None
    at_court = history.find_latest((Fact.PROSECUTION_WITHDRAWN, Fact.CASE_PROSECUTED, Fact.CASE_NOT_PROSECUTED), new.about, new.at)
    if at_court is None or at_court.fact is not Fact.PROSECUTION_WITHDRAWN:
        return None
    detail = "撤回起诉的案件，人民检察院应当在三十日以内作出不起诉决定；需要重新侦查的，作出不起诉决定以后退回，不再退回补充侦查"
    return RuleViolation("law-forbids", "at", detail, str(SPP.article(424)), "withdrawn-prosecution-decide")


def _check_fuller_procedure(history: History, new: LegalFact) -> RuleViolation | None:
    """A trial turned over to a procedure that is no fuller than the present one: each has a term of its own, which would begin anew."""
    if new.fact is not Fact.TRIAL_CONVERTED:
        return None
    present = history.find_latest((Fact.TRIAL_ACCEPTED, Fact.TRIAL_CONVERTED), new.about, new.at)
    was, becomes = (PROCEDURES.index(each.reason or PROCEDURES[-1]) for each in (present or new, new))
    if present is None or becomes > was:
        return None
    detail = "审理程序只能由速裁转为简易或者普通程序，由简易转为普通程序；本案正按同样或者更完整的程序审理"
    return RuleViolation("law-forbids", "reason", detail, f"{CPL.article(221)}、{CPL.article(226)}", "trial-first-instance")


def _check_no_hearing_owed(history: History, new: LegalFact, calendar: Calendar) -> RuleViolation | None:
    """A penalty decided while the person may still ask for a hearing, has asked and not been heard, or was heard unreviewed."""
    if new.fact not in (Fact.PENALTY_DECIDED, Fact.OTHER_LAW_PENALTY_DECIDED):
        return None
    told = history.find_latest((Fact.HEARING_RIGHT_TOLD,), new.about, new.at)
    if told is None:
        return None
    last = next(reversed(history.list_after(told, new.about, _OF_A_HEARING)), None)
    basis = f"{PSAPL.article(117)}、{APL.article(64)}"
    if last is None:
        window = run(get_limits()["hearing-request"], told, history, calendar.assume_latest())
        if window.deadline is None or window.is_over(new.at):
            return None
        detail = f"可以要求听证至{format_minute(window.deadline.due)}，期满或者放弃听证以前不得作出处罚决定"
        return RuleViolation("law-forbids", "at", detail, basis, "hearing-request")
    if last.fact in (Fact.HEARING_REQUESTED, Fact.HEARING_ACCEPTED):
        return RuleViolation(
            "law-forbids", "at", f"{format_minute(last.at)}{last.fact.label}，听证举行以前不得作出处罚决定", basis, "hearing-held"
        )
    if last.fact is Fact.HEARING_HELD and not history.list_after(last, new.about, (Fact.LEGAL_REVIEW_DONE,)):
        return RuleViolation("law-forbids", "at", "经过听证的案件，法制审核通过以前不得作出处罚决定", str(PSAPL.article(114)))
    return None


def _check_appeal_over(history: History, new: LegalFact, calendar: Calendar) -> RuleViolation | None:
    """A first judgment that is to take effect while somebody may still appeal; nobody can waive that (SPC 386).

    Each party's time counts from when they got it. Where no service is known it cannot have been before the judgment was pronounced.
    """
    if new.fact is not Fact.SENTENCE_EFFECTIVE:
        return None
    judgment = history.find_latest((Fact.CASE_JUDGED, Fact.SECOND_INSTANCE_JUDGED), new.about, new.at)
    if judgment is None or judgment.fact is Fact.SECOND_INSTANCE_JUDGED:
        return None
    served = history.list_after(judgment, new.about, (Fact.JUDGMENT_SERVED,)) or [replace(judgment, fact=Fact.JUDGMENT_SERVED)]
    windows = [run(get_limits()["appeal-period"], each, history, calendar.assume_latest()) for each in served]
    ends = max(window.deadline.due for window in windows if window.deadline)
    if new.at > ends:
        return None
    basis = "、".join(str(article) for article in (CPL.article(259), CPL.article(230), SPC.article(386)))
    detail = f"可以上诉、抗诉至{format_minute(ends)}，期满没有上诉、抗诉的，判决才发生法律效力；第二审判决自宣告之日起生效"
    return RuleViolation("law-forbids", "at", detail, basis, "appeal-period")


def _check_figure_offered(new: LegalFact, calendar: Calendar) -> RuleViolation | None:
    """A base that no limit armed by this fact has, or a term that a decision may not fix."""
    others: list[RuleViolation] = []
    armed = get_limits_started().get(new.fact, ()) if new.base or new.term else ()
    for limit in armed:
        edition = limit.get_edition(get_day(new.at))
        at_fault = "base"
        try:
            base = choose_base(limit, edition, new.base, new.fact)
            at_fault = "term"
            check_term(limit, edition, base, new.term if limit.decided else "", new.at, calendar)
        except NotOfferedError as fault:
            found = RuleViolation("law-forbids", at_fault, str(fault), edition.principal, limit.id)
        except ValueError as fault:
            found = RuleViolation("form-invalid", at_fault, str(fault), edition.principal, limit.id)
        else:
            continue
        if found.slug == "form-invalid" or at_fault == "term":
            return found
        others.append(found)
    # One fact may start several limits, and picks a figure of one of them.
    return others[0] if others and len(others) == len(armed) else None


@cache
def _get_limits_leaving_out() -> Mapping[Fact, tuple[TimeLimit, ...]]:
    """The limits that leave out a time, by the fact with which it begins."""
    found: dict[Fact, tuple[TimeLimit, ...]] = {}
    for limit in get_limits().values():
        for begins in dict.fromkeys(rule.begins for edition in limit.editions for rule in edition.not_counted):
            found[begins] = (*found.get(begins, ()), limit)
    return found


@cache
def _get_limits_extended() -> Mapping[Fact, tuple[TimeLimit, ...]]:
    """The limits that each decision extends."""
    found: dict[Fact, tuple[TimeLimit, ...]] = {}
    for limit in get_limits().values():
        if limit.extended_by:
            found[limit.extended_by] = (*found.get(limit.extended_by, ()), limit)
    return found


def _check_time_excluded(history: History, new: LegalFact) -> RuleViolation | None:
    """Time left out for a reason, or of a limit, that has no such rule; or left out twice at once."""
    rules = [
        (limit, edition, rule)
        for limit in _get_limits_leaving_out().get(new.fact, ())
        for edition in (limit.get_edition(get_day(new.at)),)
        for rule in edition.not_counted
        if rule.begins is new.fact
    ]
    if not rules:
        return None
    named = get_limits().get(new.limit)
    if named and all(limit is not named for limit, _, _ in rules):
        edition = named.get_edition(get_day(new.at))
        return RuleViolation("law-forbids", "limit", f"{named.zh}不扣除{rules[0][2].zh}的期间", edition.principal, named.id)
    limit, edition, rule = rules[0]
    if new.reason and not rule.is_called(new.reason):
        basis = str(MPSC.article(257)) if rule.begins is Fact.EVALUATION_STARTED else edition.principal
        return RuleViolation(
            "law-forbids", "reason", f"“{new.reason}”的期间不从办案期限中扣除，只扣除{rule.zh}的期间", basis, limit.id
        )
    last = history.find_latest((rule.begins, rule.ends), new.about, new.at)
    if last and last.fact is rule.begins and not rule.several:
        return RuleViolation("law-forbids", "at", f"自{format_minute(last.at)}起的{rule.zh}尚未结束", edition.principal, limit.id)
    return None


def _check_not_moved_after_expiry(history: History, new: LegalFact, calendar: Calendar) -> RuleViolation | None:
    """A limit that holds somebody, started anew, put off or held up when it had already run out: by then the person had to be free."""
    for limit in get_limits_moved().get(new.fact, ()):
        # Whoever escapes or dies does so whatever has run out.
        if not limit.holds or new.fact in CUSTODY_ENDS:
            continue
        restarts = new.fact is limit.restarts_on and new.fact not in limit.starts_on
        if restarts and (ended := _find_ended(limit, history, new, calendar)) and ended.fact not in _list_restart_grounds(limit):
            detail = f"{limit.zh}已因{format_minute(ended.at)}{ended.fact.label}而终止，没有可以重新计算的期限"
            return RuleViolation("law-forbids", "at", detail, limit.get_edition(get_day(new.at)).principal, limit.id)
        clock_run = _find_running(limit, history, new, calendar)
        if clock_run and clock_run.deadline and clock_run.stays(new.at):
            detail = f"{limit.zh}已于{format_minute(clock_run.deadline.due)}届满，届满后不能再因{new.fact.label}重新计算、推迟起算或者扣除"
            return RuleViolation("time-limit-expired", "at", detail, clock_run.edition.principal, limit.id)
    return None


def _check_not_put_off_midway(history: History, new: LegalFact, calendar: Calendar) -> RuleViolation | None:
    """An identity that is said to be unknown though it was established, or only when part of the time had been served."""
    if new.fact is not Fact.IDENTITY_UNKNOWN:
        return None
    if known := history.find_latest((Fact.IDENTITY_ESTABLISHED,), new.about, new.at):
        detail = f"该人身份已于{format_minute(known.at)}查清，不能再记身份不明；查清有误的，更正当事人信息"
        return RuleViolation("law-forbids", "at", detail, f"{CPL.article(160)}、{MPSC.article(152)}")
    for limit in get_limits_moved().get(new.fact, ()):
        clock_run = _find_running(limit, history, new, calendar) if limit.lasts else None
        if clock_run is None or puts_off(new, clock_run.start):
            continue
        detail = (
            f"{limit.zh}自{format_minute(clock_run.start.at)}{clock_run.start.fact.label}起已经计算，身份不明须在其后24小时以内发现并及时呈批；"
            "此后才称身份不明的，期限照常计算"
        )
        return RuleViolation("law-forbids", "at", detail, clock_run.edition.principal, limit.id)
    return None


def _list_restart_grounds(limit: TimeLimit) -> frozenset[Fact]:
    """What ends the limit for as long as what starts it anew is still to come."""
    return frozenset(fact for ground in limit.anew if ground.fact is limit.restarts_on for fact in ground.facts)


def _check_extension(history: History, new: LegalFact, calendar: Calendar) -> RuleViolation | None:
    """An extension that no running limit offers, by this approver, on some ground, at this time."""
    extendable = _get_limits_extended().get(new.fact, ())
    if not extendable:
        return None
    candidates = [limit for limit in extendable if limit.armed and not limit.follows and new.limit in ("", limit.id)]
    refusals: list[RuleViolation] = []
    for limit in candidates:
        clock_run = _find_running(limit, history, new, calendar)
        if clock_run is None:
            continue
        found = _check_extension_offered(limit, clock_run, new)
        if found is None:
            return None
        refusals.append(found)
    if refusals:
        return refusals[0]
    name = get_limits()[new.limit].zh if new.limit in get_limits() else "可以延长的期限"
    basis = candidates[0].editions[0].principal if candidates else ""
    return RuleViolation("law-forbids", "limit", f"没有正在计算的{name}，不能{new.fact.label}", basis, new.limit)


def _find_running(limit: TimeLimit, history: History, new: LegalFact, calendar: Calendar) -> ClockRun | None:
    """The limit's newest course about the same person or thing, if it has not ended."""
    clock_run = find_newest_run(limit, history, new.about, new.at, calendar)
    return None if clock_run is None or clock_run.ended or clock_run.began is None else clock_run


def _find_ended(limit: TimeLimit, history: History, new: LegalFact, calendar: Calendar) -> LegalFact | None:
    """By what the limit's newest course has ended, if it has."""
    clock_run = find_newest_run(limit, history, new.about, new.at, calendar)
    return clock_run.ended if clock_run else None


def _check_extension_offered(limit: TimeLimit, clock_run: ClockRun, new: LegalFact) -> RuleViolation | None:
    edition: Edition = clock_run.edition
    verdict = clock_run.judge(new)
    if isinstance(verdict, Refusal):
        return RuleViolation(verdict.slug, verdict.field, verdict.detail, edition.principal, limit.id)
    if verdict.extension.approver and new.approver is None:
        detail = f"{verdict.step.zh}须写明批准机关：{verdict.extension.approvers_zh}"
        return RuleViolation("form-invalid", "approver", detail, edition.principal, limit.id)
    if not new.grounds.strip():
        detail = f"{verdict.step.zh}须写明理由：{verdict.extension.grounds}"
        return RuleViolation("form-invalid", "grounds", detail, edition.principal, limit.id)
    only_where = verdict.extension.or_where if new.approver is verdict.extension.or_approver else None
    if only_where and not clock_run.history.knows(only_where, new.about, new.at):
        detail = f"{verdict.step.zh}须经{verdict.extension.approvers_zh}批准，本案未记明{only_where.label}"
        return RuleViolation("law-forbids", "approver", detail, edition.principal, limit.id)
    return _check_requested_in_time(limit, clock_run, new)


def _check_requested_in_time(limit: TimeLimit, clock_run: ClockRun, new: LegalFact) -> RuleViolation | None:
    """An extension that had to be requested so long before expiry, and was not."""
    if limit.request is None or clock_run.deadline is None:
        return None
    asking, ahead = limit.request
    latest = get_day(clock_run.deadline.due) - DAY * ahead.days
    history = clock_run.history
    asked = history.list_after(clock_run.opened_by, new.about, (asking,))
    if any(get_day(request.at) <= latest for request in asked):
        return None
    found = f"实际于{format_minute(asked[0].at)}提请" if asked else "没有提请的记录"
    detail = f"{limit.zh}的延长应当在届满{ahead.zh}前（即{format_day(latest)}以前）提请，{found}，逾期提请的不予受理"
    basis = f"{MPSC.article(148)}、{SPP.article(309)}"
    return RuleViolation("law-forbids", "at", detail, basis, limit.id)
