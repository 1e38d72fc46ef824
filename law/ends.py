"""How a case ends (案件的终结), and what that means for its people: no further measure, and an end of those that last."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from law.citations import Article
from law.facts import Fact
from law.history import History
from law.instruments import ACL, CPL, MPSA, MPSC, RULE
from law.legal_fact import LegalFact
from law.measures import MEASURES, Period, list_periods
from law.reasons import format_minute
from law.rule_violation import RuleViolation

# By each of these a criminal case ends, or leaves the police: the articles by which nobody comes under a measure in it from then on.
ENDED: Mapping[Fact, tuple[Article, ...]] = {
    Fact.CASE_NOT_FILED: (MPSC.article(174), MPSC.article(178)),
    Fact.CASE_CANCELLED: (CPL.article(163), MPSC.article(187)),
    Fact.CASE_TURNED_ADMINISTRATIVE: (MPSC.article(187),),
    Fact.CASE_NOT_PROSECUTED: (CPL.article(178), MPSC.article(293)),
    Fact.CASE_TRANSFERRED: (MPSC.article(23), MPSC.article(184)),
    Fact.CASE_CLOSED: (RULE.section("结案登记"),),
}
# By these it goes on.
GOES_ON = (Fact.CASE_FILED, Fact.CASE_REOPENED, Fact.CASE_RETAKEN, Fact.CASE_RETAKEN_FOR_REVIEW, Fact.CASE_PROSECUTED)
# By each of these an administrative case ends, or is no longer an administrative one of ours.
ADMINISTRATIVE_ENDS: Mapping[Fact, tuple[Article, ...]] = {
    Fact.PUBLIC_ORDER_CASE_TERMINATED: (MPSA.article(259),),
    Fact.PUBLIC_ORDER_CASE_TURNED_CRIMINAL: (MPSA.article(65), ACL.article(20)),
    Fact.PUBLIC_ORDER_CASE_TRANSFERRED: (MPSA.article(62), ACL.article(20)),
    Fact.PUBLIC_ORDER_CASE_CLOSED: (MPSA.article(258), ACL.article(20)),
}
# By this reason a minor is not prosecuted on conditions: whoever is held goes free or changes to bail, and bail may last through the
# probation (CPL 282–284).
CONDITIONALLY = "附条件不起诉"
# By this reason a freeze is to be lifted, and nothing is decided about what else was taken: it may be evidence of the case that goes on.
TURNED_ADMINISTRATIVE = "turned-administrative"
_QUESTIONING = frozenset((Fact.PERSON_SUMMONED, Fact.PERSON_COMPELLED))
# The end of a criminal case ends what was taken in it, and not what is taken in the administrative case that goes on.
_CRIMINAL, _ANY = frozenset(("criminal",)), frozenset(each.track for each in MEASURES)
# A punishment that was decided has its own term, and goes on though the case goes elsewhere.
_BEFORE_PUNISHMENT = _ANY - {"administrative-detention", "ban"}
# What brings somebody under a measure, or makes one last longer.
MEASURES_TAKEN = frozenset(
    {
        *(fact for measure in MEASURES if measure.track == "criminal" for fact in measure.begun_by),
        Fact.DETENTION_APPROVED,
        Fact.DESIGNATED_SURVEILLANCE_EXECUTED,
        Fact.ARREST_REQUESTED,
        Fact.ARREST_APPROVED,
        Fact.SUMMONS_EXTENDED,
        Fact.COMPELLED_EXTENDED,
        Fact.DETENTION_EXTENDED,
        Fact.CUSTODY_EXTENDED,
        Fact.CUSTODY_RESTARTED,
    }
)
# Whoever had broken out and is caught is there, whatever became of the case meanwhile: that is recorded, and they go free.
BARRED_BY_AN_END = MEASURES_TAKEN - {Fact.PERSON_RECAPTURED}
# The same in an administrative case. Who comes back from leave goes on serving; a ban goes with a penalty, which is executed afterwards.
ADMINISTRATIVE_MEASURES = frozenset(
    {
        *(fact for measure in MEASURES if measure.track not in ("criminal", "supervisory", "ban") for fact in measure.begun_by),
        Fact.ADMIN_SUMMONS_EXTENDED,
        Fact.STOP_EXTENDED,
        Fact.FOREIGNER_REVIEW_EXTENDED,
        Fact.ONSITE_MEASURE_TAKEN,
    }
) - {Fact.LEAVE_ENDED}
# A case may be closed while a detention is suspended, which is served if the remedy fails.
_SERVED_AFTER_CLOSING = frozenset({Fact.ADMIN_DETENTION_ENTERED})


def check_case_not_ended(everything: History, new: LegalFact) -> RuleViolation | None:
    """A measure in a case that has ended and does not go on, whenever it is said to have been taken, or that had ended when it was taken."""
    if new.fact in ADMINISTRATIVE_MEASURES:
        return _check_administrative_case_not_ended(everything, new)
    if new.fact not in BARRED_BY_AN_END:
        return None
    ends = (*ENDED, *GOES_ON)
    last, then = next(reversed(everything.list_concerning(new.about, ends)), None), everything.find_latest(ends, new.about, new.at)
    over = next((each for each in (last, then) if each and each.fact in ENDED), None)
    return build_end_violation(new.fact, over.told_by or over.about, over) if over else None


def _check_administrative_case_not_ended(everything: History, new: LegalFact) -> RuleViolation | None:
    # What another case tells of its end is not the end of this one.
    ends = [fact for fact in everything.list_concerning(new.about, ADMINISTRATIVE_ENDS) if not fact.told_by]
    end = next(reversed(ends), None)
    if end is None or (end.fact is Fact.PUBLIC_ORDER_CASE_CLOSED and new.fact in _SERVED_AFTER_CLOSING):
        return None
    return build_end_violation(new.fact, end.about, end)


def build_end_violation(measure: Fact, case: str, end: LegalFact) -> RuleViolation:
    """The refusal of a measure, naming the case and how it ended."""
    basis = "、".join(str(article) for article in {**ENDED, **ADMINISTRATIVE_ENDS}[end.fact])
    detail = f"案件{case}已于{format_minute(end.at)}{end.fact.label}，不能{measure.label}；此前采取的措施只能解除，在押的应当释放"
    return RuleViolation("law-forbids", "at", detail, basis)


def list_held(everything: History, end: LegalFact) -> list[LegalFact]:
    """The end, about each person who is held as it comes, or is said to have been brought in after it."""
    return list(_list_ends_for_each(everything, end, everything.facts, _CRIMINAL, held=True))


def list_restrained(everything: History, end: LegalFact) -> list[LegalFact]:
    """The end, about each person who is free but under a measure as it comes, or is said to have come under one after it."""
    if end.reason == CONDITIONALLY:
        return []
    # Summoned or compelled, a person remains under the measure that they come from.
    return list(
        _list_ends_for_each(
            everything, end, [fact for fact in everything.facts if fact.fact not in _QUESTIONING], _CRIMINAL, held=False
        )
    )


def list_held_by_any(everything: History, end: LegalFact) -> list[LegalFact]:
    """The end, about each person who is held as it comes, by a measure of whatever kind."""
    return _drop_repeated(_list_ends_for_each(everything, end, everything.facts, _ANY, held=True))


def list_restricted_by_any(everything: History, end: LegalFact) -> list[LegalFact]:
    """The end, about each person who is free but under a measure as it comes, of whatever kind."""
    free = [fact for fact in everything.facts if fact.fact not in _QUESTIONING]
    return _drop_repeated(_list_ends_for_each(everything, end, free, _ANY, held=False))


def list_held_unpunished(everything: History, end: LegalFact) -> list[LegalFact]:
    """The end, about each person who is held as it comes, and does not serve a detention that was decided."""
    return _drop_repeated(_list_ends_for_each(everything, end, everything.facts, _BEFORE_PUNISHMENT, held=True))


def _broke_out(everything: History, period: Period) -> bool:
    out = everything.list_concerning(period.about, (Fact.PERSON_ESCAPED,)) if period.ended_at else ()
    return any(fact.at == period.ended_at for fact in out)


def _drop_repeated(found: Iterable[LegalFact]) -> list[LegalFact]:
    return list({fact.about: fact for fact in found}.values())


def _list_ends_for_each(
    everything: History, end: LegalFact, facts: list[LegalFact], tracks: frozenset[str], *, held: bool
) -> Iterator[LegalFact]:
    went_on = next(iter(everything.list_after(end, end.about, GOES_ON)), None)
    found, until = dict[str, LegalFact](), dict[str, datetime | None]()
    for each in list_periods(facts):
        over = each.ended_at is not None and each.ended_at <= end.at
        after = went_on is not None and each.begun_at >= went_on.at
        if each.measure.track not in tracks or each.measure.held is not held or over or after:
            continue
        # Of several that follow an end which was dated back it is told once: of the last, from the first of those that joined on to it.
        last = until.get(each.about)
        if each.about not in found or (last is not None and last < each.begun_at):
            found[each.about] = replace(end, about=each.about, at=max(end.at, each.begun_at))
        # Whoever broke out and was caught had not been let go between.
        until[each.about] = None if _broke_out(everything, each) else each.ended_at
    yield from found.values()
