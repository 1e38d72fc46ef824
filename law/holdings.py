"""One holding at a time: whoever is held to be questioned or for review is not held so again meanwhile, nor by a chain of holdings."""

from dataclasses import dataclass
from datetime import timedelta

from law.calendar import day_of
from law.citations import Article
from law.clocks import starting
from law.facts import CUSTODY_BEGINS, CUSTODY_ENDS, Fact
from law.history import History
from law.instruments import CPL, CQ, MPSA, SPP
from law.legal_fact import LegalFact, minute
from law.measures import MEASURES, Measure, measure_begun_by
from law.objection import Objection
from law.reasons import minute_of

# Twelve hours between two of a chain (SPP19 83, 185); no police text has a figure, so the procuratorate's is the floor.
_INTERVAL = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class _Chain:
    """Holdings that may not follow one another so that they come to one: which, what the law says of it, and where."""

    measures: tuple[str, ...]
    rule: str
    basis: tuple[Article, ...]
    interval_basis: tuple[Article, ...]
    limit: str = ""
    # What may follow what at once: the second is the decision to which the first has led.
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
)
# What brings somebody in for an administrative inquiry, and what lets them go again: of these one event makes one person's chain.
_INQUIRY = [each for each in MEASURES if each.id in _CHAINS[1].measures]
BROUGHT_IN = tuple(fact for each in _INQUIRY for fact in each.begun_by)
LET_GO = tuple(fact for each in _INQUIRY for fact in each.ended_by)
# Custody on the criminal side has rules of its own, for each way in which it begins again.
_CUSTODY = frozenset(CUSTODY_BEGINS)


def against_a_second_holding(everything: History, history: History, new: LegalFact) -> Objection | None:
    """What speaks against holding somebody again; `history` is what had happened by then."""
    measure = measure_begun_by(new.fact)
    if measure is None or not measure.held or new.fact in _CUSTODY:
        return None
    chain = next((each for each in _CHAINS if measure.id in each.measures), None)
    links = [each for each in MEASURES if each is measure or (chain and each.id in chain.measures)]
    return (
        _before_the_last(everything, links, new)
        or _still_held(history, links, chain, new)
        or (_too_soon(history, links, chain, measure, new) if chain else None)
        or _no_longer_spared(everything, new)
    )


def _before_the_last(everything: History, links: list[Measure], new: LegalFact) -> Objection | None:
    """Dated before one that was recorded already, beside which it would run, or too near to which it might end."""
    begun = everything.concerning(new.about, [fact for each in links for fact in each.begun_by])
    last = next((fact for fact in reversed(begun) if not new.seq or fact.seq < new.seq), None)
    if last is None or minute(last.at) <= minute(new.at):
        return None
    detail = f"{new.fact.zh}的时间{minute_of(new.at)}早于{last.fact.zh}的时间{minute_of(last.at)}"
    return Objection("form-invalid", "at", detail, "")


def _still_held(history: History, links: list[Measure], chain: _Chain | None, new: LegalFact) -> Objection | None:
    for each in links:
        last = history.latest((*each.begun_by, *each.ended_by), new.about, new.at)
        if last is None or last.fact not in each.begun_by:
            continue
        since = history.latest((*CUSTODY_BEGINS, *CUSTODY_ENDS), new.about, new.at)
        if since and since.at >= last.at:
            continue
        armed = next(iter(starting().get(new.fact, ())), None)
        rule = chain.rule if chain else f"不能再次{new.fact.zh}"
        basis = "、".join(map(str, chain.basis)) if chain else armed.edition_on(day_of(new.at)).principal if armed else ""
        limit = (chain.limit if chain else "") or (armed.id if armed else "")
        return Objection("law-forbids", "at", f"{minute_of(last.at)}的{last.fact.zh}尚未结束，{rule}", basis, limit)
    return None


def _too_soon(history: History, links: list[Measure], chain: _Chain, measure: Measure, new: LegalFact) -> Objection | None:
    ends = [fact for each in links if (each.id, measure.id) not in chain.leads_to for fact in each.ended_by]
    last = history.latest(ends, new.about, new.at)
    if last is None or new.at >= (free := last.at + _INTERVAL):
        return None
    detail = f"上次{last.fact.zh}于{minute_of(last.at)}，间隔不满12小时，{minute_of(free)}以后方可{new.fact.zh}"
    return Objection("law-forbids", "at", detail, "、".join(map(str, chain.interval_basis)), chain.limit)


def _no_longer_spared(everything: History, new: LegalFact) -> Objection | None:
    """Somebody whom the rules spare, stopped once more as if they did not."""
    spared = everything.concerning(new.about, (Fact.VULNERABLE_PERSON_STOPPED,)) if new.fact is Fact.PERSON_STOPPED else []
    if not spared:
        return None
    detail = (
        f"{minute_of(spared[-1].at)}已记明该人属于孕妇、哺乳期妇女、未满十六或者已满七十周岁，继续盘问不得超过4小时；记错的请先更正"
    )
    return Objection("law-forbids", "vulnerable", detail, str(CQ.article(10)))
