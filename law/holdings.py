"""One holding at a time: whoever is held, in whatever matter, is not held once more meanwhile, nor by a chain of short holdings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from law.calendar import get_day
from law.citations import Article
from law.clocks import get_limits_started
from law.facts import CUSTODY_BEGINS, CUSTODY_ENDS, Fact
from law.history import History
from law.instruments import CPL, CQ, MPSA, SPP, SUP
from law.legal_fact import LegalFact, get_minute
from law.measures import MEASURES, Measure, Period, find_measure, list_periods
from law.reasons import format_minute
from law.rule_violation import RuleViolation

# Twelve hours between two of a chain (SPP19 83, 185); no police text has a figure, so the procuratorate's is the floor.
_INTERVAL = timedelta(hours=12)
# Why nobody is held on top of what they are held by already.
ONCE = "同一人不得同时被两次限制人身自由"


@dataclass(frozen=True, slots=True)
class _Chain:
    """Holdings that may not follow one another so that they come to one: which, what the law says of it, and where."""

    measures: tuple[str, ...]
    rule: str
    basis: tuple[Article, ...]
    interval_basis: tuple[Article, ...]
    limit: str = ""
    # What may follow what at once, and once: the second is the decision to which the first has led.
    leads_to: tuple[tuple[str, str], ...] = ()


_CHAINS = (
    _Chain(
        ("summons", "compelled-appearance"),
        "不得连续传唤、拘传",
        (CPL.article(119),),
        (SPP.article(185),),
        "criminal-summons-interval",
    ),
    _Chain(
        ("stop", "inquiry-summons"),
        "不得以连续继续盘问、连续传唤的形式变相拘禁",
        (CQ.article(12), MPSA.article(69)),
        (CQ.article(12), MPSA.article(69), SPP.article(185)),
        # Questioning that confirms the suspicion ends at once, and what the law provides for is done (CQ 19).
        leads_to=(("stop", "inquiry-summons"),),
    ),
    _Chain(
        ("supervisory-bring-in", "supervisory-holding"),
        "不得以连续强制到案、管护的方式变相拘禁",
        (SUP.article(46),),
        (SUP.article(46), SPP.article(185)),
        leads_to=(("supervisory-bring-in", "supervisory-holding"),),
    ),
)
# The police's short holdings, of whatever kind: one after another they come to one custody that no article knows.
_SHORT = ("stop", "inquiry-summons", "summons", "compelled-appearance")
_ACROSS = (CPL.article(119), MPSA.article(69), CQ.article(12), SPP.article(185))
# Questioning that confirms the suspicion of a crime leads once to what the criminal procedure provides for (CQ 19, MPSA 65).
_LEADS_ON = frozenset(
    (questioned, then) for questioned in ("stop", "inquiry-summons") for then in ("summons", "compelled-appearance")
)
# Custody on the criminal side has rules of its own, for each way in which it begins again.
_CUSTODY = frozenset(CUSTODY_BEGINS)
# What another organ holds somebody by is its own.
_HELD = tuple(each for each in MEASURES if each.held and each.track != "supervisory")
_TRACKS = frozenset(each.track for each in _HELD)
# What tells when somebody came to be held, and when no longer.
HOLDING_FACTS = tuple(
    dict.fromkeys(fact for each in MEASURES if each.track in _TRACKS for fact in (*each.begun_by, *each.ended_by))
)
# Whoever is stopped or summoned may have to be restrained until sober, and the other way round: that time does not count (MPSA 58).
_ONE_WITH = frozenset(pair for each in ("stop", "inquiry-summons") for pair in ((each, "sobering"), ("sobering", each)))
# What questioning leads to in the same matter takes its place.
_LEADS_TO = frozenset(
    (questioned, then) for questioned in ("stop", "inquiry-summons") for then in ("foreigner-review", "administrative-detention")
)
_SERVED = "administrative-detention"
# What puts an end to a criminal summons besides its own: custody, or what lets somebody out of it.
_INSTEAD = (*CUSTODY_BEGINS, *CUSTODY_ENDS)


def begins_to_hold(fact: Fact) -> bool:
    """Whether somebody is held from a fact of this kind on."""
    measure = find_measure(fact)
    return measure is not None and measure in _HELD


def find_holding_meanwhile(there: Iterable[LegalFact], new: LegalFact) -> Period | None:
    """By what somebody is held, by the facts of another matter, as `new` comes to hold them here; None where both may be.

    Custody may be ordered of whoever serves an administrative detention: which of the two comes first, whoever orders it is told.
    """
    measure = find_measure(new.fact)
    for each in _list_running(there, new.at):
        served = each.measure.id == _SERVED and new.fact in _CUSTODY
        if measure and not served and (each.measure.id, measure.id) not in _ONE_WITH:
            return each
    return None


def find_holding(facts: Iterable[LegalFact], at: datetime) -> Period | None:
    """By what somebody is held at that instant, by the facts about them in one matter; None where they are at liberty."""
    return next(iter(_list_running(facts, at)), None)


def _list_running(facts: Iterable[LegalFact], at: datetime) -> list[Period]:
    """What holds somebody at that instant; and what began after it and lasts, beside which a holding dated back would run."""
    return [
        each
        for each in list_periods(facts)
        if each.measure in _HELD
        and (each.ended_at is None or get_minute(each.begun_at) <= get_minute(at) < get_minute(each.ended_at))
    ]


def check_held_once(everything: History, history: History, new: LegalFact) -> RuleViolation | None:
    """What speaks against holding somebody again; `history` is what had happened by then."""
    measure = find_measure(new.fact)
    if measure is None or not measure.held or new.fact in _CUSTODY:
        return None
    chain = next((each for each in _CHAINS if measure.id in each.measures), None)
    links = [each for each in MEASURES if each is measure or (chain and each.id in chain.measures)]
    return (
        _check_after_the_last(everything, links, new)
        or _check_no_longer_held(history, links, chain, new)
        or _check_not_held_otherwise(everything, measure, new)
        or (_check_interval(history, chain, measure, new) if chain else None)
        or _check_still_spared(everything, new)
    )


def _check_not_held_otherwise(everything: History, measure: Measure, new: LegalFact) -> RuleViolation | None:
    """Held by a measure of another kind, which must end first, unless the one leads to the other or they go together."""
    before = [fact for fact in everything.facts if fact.about == new.about and (not new.seq or fact.seq < new.seq)]
    for each in _list_running(before, new.at):
        pair = (each.measure.id, measure.id)
        in_custody = each.measure.begun_by[0] in _CUSTODY
        if (in_custody or each.measure.track != measure.track) and pair not in _ONE_WITH | _LEADS_TO:
            armed = next(iter(get_limits_started().get(new.fact, ())), None)
            basis, limit = (armed.get_edition(get_day(new.at)).principal, armed.id) if armed else ("", "")
            detail = f"该人自{format_minute(each.begun_at)}起{each.measure.zh}尚未结束，{ONCE}，不能{new.fact.label}"
            return RuleViolation("law-forbids", "at", detail, basis, limit)
    return None


def _check_after_the_last(everything: History, links: list[Measure], new: LegalFact) -> RuleViolation | None:
    """Dated before one that was recorded already, beside which it would run, or too near to which it might end."""
    begun = everything.list_concerning(new.about, [fact for each in links for fact in each.begun_by])
    last = next((fact for fact in reversed(begun) if not new.seq or fact.seq < new.seq), None)
    if last is None or get_minute(last.at) <= get_minute(new.at):
        return None
    detail = f"{new.fact.label}的时间{format_minute(new.at)}早于{last.fact.label}的时间{format_minute(last.at)}"
    return RuleViolation("form-invalid", "at", detail, "")


def _check_no_longer_held(history: History, links: list[Measure], chain: _Chain | None, new: LegalFact) -> RuleViolation | None:
    begun = find_measure(new.fact)
    for each in links:
        # What a commission decides next takes the place of what it had decided.
        if begun and each.track == "supervisory" and chain and (each.id, begun.id) in chain.leads_to:
            continue
        last = history.find_latest((*each.begun_by, *each.ended_by, *_list_replacing_facts(each)), new.about, new.at)
        if last is None or last.fact not in each.begun_by:
            continue
        since = history.find_latest(_INSTEAD, new.about, new.at)
        if since and since.at >= last.at:
            continue
        armed = next(iter(get_limits_started().get(new.fact, ())), None)
        rule = chain.rule if chain else f"不能再次{new.fact.label}"
        basis = "、".join(map(str, chain.basis)) if chain else armed.get_edition(get_day(new.at)).principal if armed else ""
        limit = (chain.limit if chain else "") or (armed.id if armed else "")
        return RuleViolation("law-forbids", "at", f"{format_minute(last.at)}的{last.fact.label}尚未结束，{rule}", basis, limit)
    return None


def _check_interval(history: History, chain: _Chain, measure: Measure, new: LegalFact) -> RuleViolation | None:
    """Too near to the end of another of its chain, or of another of the police's short holdings, which did not lead to this one."""
    near = [each for each in MEASURES if each.id in (chain.measures if measure.id not in _SHORT else _SHORT)]
    ends = {each.id: _list_ends(history, each, new) for each in near}
    last: LegalFact | None = None
    for each in near:
        leads = (each.id, measure.id) in (*chain.leads_to, *_LEADS_ON)
        for began, end in ends[each.id]:
            if not (leads and not _led_to(began, ends)) and (last is None or end.at > last.at):
                last = end
    if last is None or new.at >= (free := last.at + _INTERVAL):
        return None
    detail = f"上次{last.fact.label}于{format_minute(last.at)}，间隔不满12小时，{format_minute(free)}以后方可{new.fact.label}"
    within = any(last in (end for _, end in ends[each]) for each in chain.measures)
    return RuleViolation(
        "law-forbids", "at", detail, "、".join(map(str, chain.interval_basis if within else _ACROSS)), chain.limit if within else ""
    )


def _led_to(began: LegalFact, ends: Mapping[str, list[tuple[LegalFact, LegalFact]]]) -> bool:
    """Whether another holding had led to this one, which leads no further then."""
    before = (end.at for each in ends.values() for _, end in each)
    return any(end <= began.at < end + _INTERVAL for end in before)


def _list_ends(history: History, measure: Measure, new: LegalFact) -> list[tuple[LegalFact, LegalFact]]:
    """What began that measure each time, with what ended it: its own end, or another measure that took its place."""
    kinds = (*measure.ended_by, *(_INSTEAD if measure.track == "criminal" else _list_replacing_facts(measure)))
    found = []
    for began in history.list_concerning(new.about, measure.begun_by):
        found += [(began, end) for end in history.list_after(began, new.about, kinds)[:1]]
    return found


def _list_replacing_facts(measure: Measure) -> tuple[Fact, ...]:
    """By what a measure of a supervisory commission ends besides its own end: the next that it decides."""
    if measure.track != "supervisory":
        return ()
    return tuple(fact for each in MEASURES if each.track == measure.track and each is not measure for fact in each.begun_by)


def _check_still_spared(everything: History, new: LegalFact) -> RuleViolation | None:
    """Somebody whom the rules spare, stopped once more as if they did not."""
    spared = everything.list_concerning(new.about, (Fact.VULNERABLE_PERSON_STOPPED,)) if new.fact is Fact.PERSON_STOPPED else []
    if not spared:
        return None
    detail = f"{format_minute(spared[-1].at)}已记明该人属于孕妇、哺乳期妇女、未满十六或者已满七十周岁，继续盘问不得超过4小时；记错的请先更正"
    return RuleViolation("law-forbids", "vulnerable", detail, str(CQ.article(10)))
