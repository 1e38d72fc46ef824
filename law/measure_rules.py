"""What speaks against a measure on a person, given what was done to them before: maxima used up, and who may not be touched so."""

from law.calendar import Calendar, get_day
from law.clock_run import ClockRun
from law.clocks import get_limits_started, run
from law.ends import ENDED, GOES_ON, MEASURES_TAKEN
from law.facts import BAIL_BEGINS, CUSTODY_BEGINS, SURVEILLANCE_BEGINS, TAKEN_BACK, Fact
from law.handing_over import NO_MEASURE, find_custody_left, find_measure_left
from law.history import History
from law.instruments import CPL, MPSC, SPP
from law.legal_fact import LegalFact
from law.lengths import parse_length
from law.measures import count_days_held
from law.offices import Office
from law.reasons import format_day, format_minute
from law.rule_violation import RuleViolation
from law.time_limits import TimeLimit, get_limits

# What the police themselves decide on somebody, while they have the case and no longer; against a deputy with leave (MPSC 164).
DECIDED_BY_POLICE = frozenset(
    {
        Fact.PERSON_COMPELLED,
        Fact.BAIL_DECIDED,
        Fact.SURVEILLANCE_DECIDED,
        Fact.DETENTION_APPROVED,
        Fact.DETENTION_EXECUTED,
        Fact.ARREST_REQUESTED,
    }
)
_OF_PROCURATORATE = (Fact.PROCURATORATE_BAIL_DECIDED, Fact.PROCURATORATE_SURVEILLANCE_DECIDED)
_OF_COURT = (Fact.COURT_BAIL_DECIDED, Fact.COURT_SURVEILLANCE_DECIDED)
# What touches a deputy of a county congress or above only with its leave, whoever decides or carries it out (MPSC 164–165, SPP 148).
_NEEDS_LEAVE = DECIDED_BY_POLICE | {
    Fact.PRIOR_DETENTION_EXECUTED,
    Fact.ARREST_APPROVED,
    Fact.ARREST_EXECUTED,
    *_OF_PROCURATORATE,
    *_OF_COURT,
}
_AT_PROCURATORATE = (Fact.CASE_SENT_TO_PROCURATORATE, Fact.CASE_SENT_AGAIN, Fact.TRIAL_NOT_ACCEPTED, Fact.PROSECUTION_WITHDRAWN)
_LIFTS = (Fact.BAIL_LIFTED, Fact.SURVEILLANCE_LIFTED)
# By these the court is done with somebody: what they were under is lifted, whoever had decided it.
_DONE_WITH = (Fact.DEFENDANT_ACQUITTED, Fact.SENTENCE_EFFECTIVE, Fact.SENTENCE_EXECUTED)
# What may still befall somebody who is to be released because their case had ended: to be let out, or caught again.
_WHILE_RELEASE_IS_OWED = frozenset(
    (*BAIL_BEGINS, *SURVEILLANCE_BEGINS, *TAKEN_BACK, Fact.DESIGNATED_SURVEILLANCE_EXECUTED, Fact.PERSON_RECAPTURED)
)
# The reason of a detention that could not wait for leave.
IN_THE_ACT = "现行犯"
# The reason of a detention of who was on bail or under surveillance and broke its rules (CPL 71, 77).
BREACH = "违反取保候审、监视居住规定"
# The reason of a family not being told that holds for detention alone (CPL 85).
HINDERS = "有碍侦查"
# The reason of an end that says the person is dead.
DEATH = "犯罪嫌疑人死亡"
# Why the procuratorate decides an arrest that nobody had asked for: its refusal was wrong, or it reviews the case (SPP 289, CPL 80).
REFUSAL_REVOKED = "撤销原不批准逮捕决定"
WHILE_REVIEWING = "审查起诉中决定逮捕"
# What may be recorded though a release is owed because an arrest was not approved: what the procuratorate decides of it.
_DECIDED_MEANWHILE = frozenset((*_WHILE_RELEASE_IS_OWED, Fact.ARREST_APPROVED))


# Who was held in a case is held so again on something new: the fact that says it, what counts as before, its name and the articles.
HELD_AGAIN = {
    Fact.DETENTION_EXECUTED: (
        Fact.RENEWED_DETENTION_GROUNDED,
        (Fact.DETENTION_EXECUTED, Fact.PRIOR_DETENTION_EXECUTED),
        "拘留",
        f"{CPL.article(82)}、{CPL.article(91)}",
    ),
    Fact.ARREST_EXECUTED: (
        Fact.RENEWED_ARREST_GROUNDED,
        (Fact.ARREST_EXECUTED,),
        "逮捕",
        f"{CPL.article(81)}、{CPL.article(156)}",
    ),
}


def check_measure(history: History, new: LegalFact, calendar: Calendar) -> RuleViolation | None:
    """The first thing that speaks against it, or None; `history` is what had happened by then."""
    return (
        _check_whereabouts(history, new)
        or _check_alive(history, new)
        or _check_leave_of_congress(history, new)
        or _check_notice_excuse(history, new)
        or _check_no_release_owed(history, new)
        or _check_case_in_hand(history, new, calendar)
        or _check_evaluating_organ(history, new)
        or _check_ground_to_hold_again(history, new)
        or _check_unasked_decision(history, new)
        or _check_revocation(history, new)
        or _check_deciding_organ(history, new)
        or _check_maximum_left(history, new, calendar)
    )


def _check_whereabouts(history: History, new: LegalFact) -> RuleViolation | None:
    """Escaped though not held, fled though held; or back under another measure than the one that was left."""
    held = history.in_custody_before(new)
    if new.fact is Fact.PERSON_ESCAPED and not held:
        return RuleViolation(
            "law-forbids", "at", "该人当时未在押，不能记为脱逃；逃跑的，记“逃跑、下落不明”", str(MPSC.article(282))
        )
    if new.fact is Fact.PERSON_ABSCONDED and held:
        return RuleViolation("law-forbids", "at", "该人当时在押，逃跑的应当记为“在押脱逃”", str(MPSC.article(282)))
    if new.fact is Fact.PERSON_RECAPTURED and new.reason and new.reason != (left := find_custody_left(history, new)):
        return RuleViolation("law-forbids", "reason", f"脱逃前所处的阶段是{left}，抓获后应当回到该阶段", str(MPSC.article(282)))
    if new.fact is Fact.PERSON_RETURNED and new.reason and new.reason != (left := find_measure_left(history, new)):
        return RuleViolation("law-forbids", "reason", f"逃跑前的强制措施是{left}，归案后应当接续执行", str(MPSC.article(281)))
    return None


def _check_alive(history: History, new: LegalFact) -> RuleViolation | None:
    """Anything begun against the dead; or an end because of a death of which nothing is recorded."""
    if new.fact in (*DECIDED_BY_POLICE, *_OF_PROCURATORATE, *_OF_COURT, *CUSTODY_BEGINS, Fact.PERSON_SUMMONED):
        died = history.find_latest((Fact.PERSON_DIED,), new.about, new.at)
        if died:
            detail = f"该人已于{format_minute(died.at)}死亡，不能{new.fact.label}"
            return RuleViolation("law-forbids", "at", detail, str(CPL.article(16)))
    ends = new.fact in (Fact.CASE_CANCELLED, Fact.INVESTIGATION_TERMINATED) and new.reason == DEATH
    if ends and not history.list_concerning(new.about, (Fact.PERSON_DIED,), of_anybody=(Fact.PERSON_DIED,)):
        detail = f"没有犯罪嫌疑人死亡的记录，不能以{DEATH}{new.fact.label}"
        return RuleViolation("law-forbids", "reason", detail, f"{CPL.article(16)}、{MPSC.article(186)}")
    return None


def _check_leave_of_congress(history: History, new: LegalFact) -> RuleViolation | None:
    """A measure against a deputy of a congress of a county or above without its leave, unless caught in the act."""
    if new.fact not in _NEEDS_LEAVE or not history.knows(Fact.FOUND_DEPUTY, new.about, new.at):
        return None
    in_the_act = new.fact is Fact.DETENTION_EXECUTED and new.reason == IN_THE_ACT
    if in_the_act or history.knows(Fact.DEPUTY_PERMISSION_GRANTED, new.about, new.at):
        return None
    detail = f"该人系县级以上人大代表，未经其所属人大主席团或者常务委员会许可，不能{new.fact.label}，应当暂缓执行并报告决定或者批准机关；对现行犯可以先行拘留并立即报告"
    return RuleViolation("law-forbids", "at", detail, f"{MPSC.article(164)}、{MPSC.article(165)}、{SPP.article(148)}")


def _check_notice_excuse(history: History, new: LegalFact) -> RuleViolation | None:
    """A family that is not told of an arrest, or of a confinement elsewhere, because that might hinder the investigation."""
    if new.fact is not Fact.FAMILY_NOTICE_EXCUSED or new.reason != HINDERS:
        return None
    of_what = (*CUSTODY_BEGINS, *SURVEILLANCE_BEGINS)
    last = history.find_latest(of_what, new.about, new.at)
    if last is None or last.fact is Fact.DETENTION_EXECUTED:
        return None
    detail = f"{HINDERS}只是拘留后不通知家属的理由；{last.fact.label}后除无法通知的以外，应当在二十四小时以内通知家属"
    return RuleViolation("law-forbids", "reason", detail, f"{CPL.article(93)}、{CPL.article(75)}、{MPSC.article(145)}")


def _check_no_release_owed(history: History, new: LegalFact) -> RuleViolation | None:
    """Further custody of somebody who was held as their case ended and was never let go, though the case goes on since."""
    if new.fact not in MEASURES_TAKEN or new.fact in _WHILE_RELEASE_IS_OWED:
        return None
    for owed in ("arrest-refused-release", "arrest-revoked-release"):
        if new.fact not in _DECIDED_MEANWHILE and (found := _check_let_go(history, new, get_limits()[owed])):
            return found
    limit = get_limits()["case-over-release"]
    end = history.find_latest(limit.starts_on, new.about, new.at)
    owed = (
        next((each for each in limit.for_each(history, end) if each.about == new.about), None) if end and limit.for_each else None
    )
    if end is None or owed is None or history.list_after(owed, new.about, limit.met_by):
        return None
    detail = (
        f"案件已于{format_minute(end.at)}{end.fact.label}，该人至今没有释放，不能{new.fact.label}；应当立即释放或者变更为取保候审、监视居住，"
        "释放后有新的事实、证据需要羁押的，重新办理拘留"
    )
    return RuleViolation("law-forbids", "at", detail, f"{CPL.article(163)}、{MPSC.article(187)}", limit.id)


def _check_let_go(history: History, new: LegalFact, limit: TimeLimit) -> RuleViolation | None:
    """Somebody whose arrest was refused, or its approval revoked, while they were held, and who has not been let go since."""
    end = history.find_latest(limit.starts_on, new.about, new.at)
    if end is None or end.told_by or (limit.when and not limit.when(history, end)):
        return None
    if history.list_after(end, new.about, (*limit.met_by, *limit.ended_by)):
        return None
    detail = (
        f"{format_minute(end.at)}{end.fact.label}，该人至今没有释放，不能{new.fact.label}；应当立即释放或者变更为取保候审、监视居住，"
        "释放后仍需要羁押的，重新办理"
    )
    return RuleViolation("law-forbids", "at", detail, limit.get_edition(get_day(new.at)).principal, limit.id)


def _check_case_in_hand(history: History, new: LegalFact, calendar: Calendar) -> RuleViolation | None:
    """A decision of the police on somebody whose case is with procuratorate or court, and did not come back."""
    lifted = new.fact in _LIFTS and new.approver is Office.COUNTY_HEAD
    if not lifted and new.fact not in DECIDED_BY_POLICE:
        return None
    whose = (*_AT_PROCURATORATE, Fact.CASE_PROSECUTED, Fact.CASE_RETURNED, *ENDED, *GOES_ON, *(_DONE_WITH if lifted else ()))
    went = history.find_latest(tuple(dict.fromkeys(whose)), new.about, new.at)
    if went is None or went.fact not in (*_AT_PROCURATORATE, Fact.CASE_PROSECUTED):
        return None
    if _run_out(history, new, calendar) if lifted else _after_a_breach(history, went, new):
        return None
    organ = "人民法院" if went.fact is Fact.CASE_PROSECUTED else "人民检察院"
    detail = f"案件已于{format_minute(went.at)}{went.fact.label}，没有退回，应由{organ}决定，公安机关不能{new.fact.label}"
    if new.fact is Fact.DETENTION_EXECUTED:
        detail = f"{detail}；对{BREACH}、需要逮捕的，可以先行拘留，“拘留情形”须选“{BREACH}”"
        return RuleViolation("law-forbids", "reason", detail, f"{CPL.article(66)}、{CPL.article(71)}、{CPL.article(77)}")
    return RuleViolation("law-forbids", "at", detail, f"{CPL.article(66)}、{CPL.article(79)}、{SPP.article(103)}")


def _after_a_breach(history: History, went: LegalFact, new: LegalFact) -> bool:
    """Whether the police detain, or ask to arrest, somebody who broke the rules of bail or surveillance, or fled."""
    if new.fact is Fact.ARREST_REQUESTED:
        held = history.find_latest((*CUSTODY_BEGINS, Fact.PERSON_RELEASED, *BAIL_BEGINS, *SURVEILLANCE_BEGINS), new.about, new.at)
        return held is not None and held.fact is Fact.DETENTION_EXECUTED and held.order > went.order
    if new.fact not in (Fact.DETENTION_APPROVED, Fact.DETENTION_EXECUTED):
        return False
    fled = history.find_latest((Fact.PERSON_ABSCONDED, Fact.PERSON_RETURNED, *CUSTODY_BEGINS), new.about, new.at)
    if fled and fled.fact is Fact.PERSON_ABSCONDED:
        return True
    return new.reason == BREACH and find_measure_left(history, new) != NO_MEASURE


def _run_out(history: History, new: LegalFact, calendar: Calendar) -> bool:
    """Whether the police lift a measure of their own on the day on which its time ends, or later."""
    began = history.find_latest((*BAIL_BEGINS, *SURVEILLANCE_BEGINS), new.about, new.at)
    if began is None or began.fact not in (Fact.BAIL_DECIDED, Fact.SURVEILLANCE_DECIDED):
        return False
    courses = (run(limit, began, history, calendar) for limit in get_limits_started()[began.fact] if limit.accumulates)
    return any(clock_run.deadline and get_day(clock_run.deadline.due) <= get_day(new.at) for clock_run in courses)


def _check_ground_to_hold_again(history: History, new: LegalFact) -> RuleViolation | None:
    """A further detention or arrest in the same case, without a word of what is new since the last."""
    if new.fact not in HELD_AGAIN:
        return None
    if new.fact is Fact.DETENTION_EXECUTED and history.in_custody_before(new):
        return RuleViolation("law-forbids", "at", "该人正在羁押，不能再次执行拘留", str(CPL.article(91)))
    grounded, kinds, name, basis = HELD_AGAIN[new.fact]
    before = history.list_concerning(new.about, kinds)
    if not before or any(fact.seq == new.seq for fact in history.list_concerning(new.about, (grounded,))):
        return None
    days = count_days_held(history.facts, new.about, new.at)
    detail = (
        f"本案对其曾经{name}，已累计羁押{days}日；再次{name}须有新的事实、证据或者新的法定情形，并写明“再次{name}的新事实、新证据”"
    )
    return RuleViolation("law-forbids", "new_facts", detail, basis)


def _check_unasked_decision(history: History, new: LegalFact) -> RuleViolation | None:
    """An arrest that the procuratorate is said to have decided of its own, without a refusal to revoke, or without the case."""
    if new.fact is not Fact.ARREST_DECIDED_UNASKED:
        return None
    if new.reason == REFUSAL_REVOKED:
        last = history.find_latest((Fact.ARREST_REQUESTED, Fact.ARREST_APPROVED, Fact.ARREST_REFUSED), new.about, new.at)
        if last and last.fact is Fact.ARREST_REFUSED:
            return None
        return RuleViolation("law-forbids", "unasked", "没有可以撤销的不批准逮捕决定", str(SPP.article(289)))
    went = history.find_latest((*_AT_PROCURATORATE, Fact.CASE_PROSECUTED, Fact.CASE_RETURNED, *ENDED, *GOES_ON), new.about, new.at)
    if went and went.fact in (*_AT_PROCURATORATE, Fact.CASE_PROSECUTED):
        return None
    detail = "案件在公安机关，逮捕应当由公安机关提请批准；没有新的提请，人民检察院不能自行决定逮捕"
    return RuleViolation("law-forbids", "unasked", detail, f"{CPL.article(80)}、{CPL.article(87)}")


def _check_revocation(history: History, new: LegalFact) -> RuleViolation | None:
    last = history.find_latest((Fact.ARREST_APPROVED, Fact.ARREST_APPROVAL_REVOKED), new.about, new.at)
    if new.fact is Fact.ARREST_APPROVAL_REVOKED and (last is None or last.fact is not Fact.ARREST_APPROVED):
        return RuleViolation("law-forbids", "at", "没有可以撤销的批准逮捕决定", str(SPP.article(289)))
    if new.fact is not Fact.ARREST_EXECUTED or last is None or last.fact is Fact.ARREST_APPROVED:
        return None
    detail = f"批准逮捕决定已于{format_minute(last.at)}撤销，不能执行逮捕；又需要逮捕的，应当重新办理逮捕手续"
    return RuleViolation("law-forbids", "at", detail, str(SPP.article(289)))


def _check_deciding_organ(history: History, new: LegalFact) -> RuleViolation | None:
    """Bail or surveillance said to be decided by an organ that does not have the case, or has it no longer."""
    if new.fact not in (*_OF_PROCURATORATE, *_OF_COURT):
        return None
    last = history.find_latest((*_AT_PROCURATORATE, Fact.CASE_PROSECUTED, Fact.CASE_RETURNED), new.about, new.at)
    if last is None or last.fact is Fact.CASE_RETURNED:
        detail = f"案件在公安机关，没有移送人民检察院，不能{new.fact.label}"
        return RuleViolation("law-forbids", "at", detail, str(CPL.article(79)))
    court = last.fact is Fact.CASE_PROSECUTED
    if court == (new.fact in _OF_COURT):
        return None
    organ = "人民法院" if court else "人民检察院"
    return RuleViolation(
        "law-forbids", "organ", f"案件已{last.fact.label}，应由{organ}决定，不能{new.fact.label}", str(CPL.article(79))
    )


def _check_evaluating_organ(history: History, new: LegalFact) -> RuleViolation | None:
    """An evaluation that the police order of somebody whose case they do not have, or the procuratorate of one whose case it does not."""
    if new.fact is not Fact.EVALUATION_STARTED:
        return None
    went = history.find_latest((*_AT_PROCURATORATE, Fact.CASE_PROSECUTED, Fact.CASE_RETURNED, *ENDED, *GOES_ON), new.about, new.at)
    where = went.fact if went else None
    organ = "人民检察院" if where in _AT_PROCURATORATE else "人民法院" if where is Fact.CASE_PROSECUTED else "公安机关"
    by = "人民检察院" if new.approver is Office.PROCURATORATE else "公安机关"
    if organ == by:
        return None
    when = f"案件已于{format_minute(went.at)}{went.fact.label}" if went else "案件没有移送人民检察院"
    detail = f"{when}，精神病鉴定应由{organ}决定，不能由{by}决定"
    return RuleViolation("law-forbids", "at", detail, f"{SPP.article(333)}、{MPSC.article(257)}")


def _check_maximum_left(history: History, new: LegalFact, calendar: Calendar) -> RuleViolation | None:
    """A measure decided while the same organ's still runs, when its maximum is used up, or for longer than what is left of it."""
    for limit in get_limits_started().get(new.fact, ()):
        if limit.accumulates and new.fact in limit.starts_on and (limit.when is None or limit.when(history, new)):
            return _check_no_longer_running(limit, history, new, calendar) or _check_something_left(limit, history, new, calendar)
    return None


def _check_no_longer_running(limit: TimeLimit, history: History, new: LegalFact, calendar: Calendar) -> RuleViolation | None:
    last = history.find_latest(limit.starts_on, new.about, new.at)
    if last is None or last.told_by or run(limit, last, history, calendar).ended:
        return None
    detail = f"{format_minute(last.at)}{new.fact.label}尚未解除，不能再次{new.fact.label}"
    return RuleViolation("law-forbids", "at", detail, limit.get_edition(get_day(new.at)).principal, limit.id)


def _check_something_left(limit: TimeLimit, history: History, new: LegalFact, calendar: Calendar) -> RuleViolation | None:
    clock_run = ClockRun(limit, new, new, history, calendar)
    if clock_run.spent is None:
        return None
    most = clock_run.edition.bases[0].length
    used = f"同一机关在本案对其已{new.fact.label}累计{clock_run.spent.days}日，最长{most.zh if most else ''}"
    if clock_run.spent.last < get_day(new.at):
        return RuleViolation("law-forbids", "at", f"{used}已经用完，不能再次{new.fact.label}", clock_run.edition.cited, limit.id)
    if not (new.term and clock_run.cut_short):
        return None
    left = f"剩余{clock_run.spent.left}日，至{format_day(clock_run.spent.last)}"
    detail = f"{used}，{left}，决定的期限{parse_length(new.term).zh}超过剩余的期限"
    return RuleViolation("law-forbids", "term", detail, clock_run.edition.cited, limit.id)
