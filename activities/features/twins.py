"""One person of whom a case has two matters (cases were merged, a number was set right): one of them goes on, and the days used add up."""

from dataclasses import replace

from activities.identity import SUSPECTS_AROUND, build_party
from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from law.clocks import get_limits_started
from law.facts import Fact
from law.history import History
from law.instruments import CPL
from law.legal_fact import LegalFact
from law.maxima import compute_spent
from law.measures import begins_coercion, find_last_coercion, under_a_measure
from models.matter import Kind
from models.messages import Refusal
from models.parties import is_same_person
from models.problems import LawForbids
from models.store import statements as sql
from models.store.connection import fetch_all
from models.store.mappers import parse_fact

feature = Feature(__name__, Concern.CUSTODY)
_COERCION = frozenset(fact for fact in Fact if begins_coercion(fact))

# Measures on somebody of whom the case has two matters


@feature.hook(Phase.CHECK, kinds=[Kind.SUSPECT], facts=_COERCION, type="step")
async def check_no_twin_goes_on(draft: Draft) -> Refusal | None:
    """What speaks against a measure in this matter: that the case has the person in another, in which they are, or last were, under one."""
    begins, known = _find_coercing_fact(draft), draft.before
    if begins is None:
        return None
    logs = await _load_logs_of_twins(draft, over=False)
    mine = find_last_coercion(History(known), begins.about, begins.at)
    for number, log in logs.items():
        under = under_a_measure(History(log), number, begins.at)
        last = find_last_coercion(History(log), number, begins.at)
        if under or (last and (mine is None or mine < last) and not under_a_measure(History(known), begins.about, begins.at)):
            detail = f"该人在本案的另一事项{number}中{'正在' if under else '曾'}被采取强制措施，同一人在一案中只在一个事项办理，请在该事项{begins.fact.label}"
            basis = f"{CPL.article(79)}、{CPL.article(115)}"
            return LawForbids(detail, field="at", basis=basis, matter=number).to_refusal()
    return None


@feature.hook(Phase.ENRICH, kinds=[Kind.SUSPECT], facts=_COERCION, type="step")
async def count_days_used_by_twins(draft: Draft) -> None:
    """Say how much of each maximum that begins to be used here was used in other matters of the same person in this case."""
    begins = _find_coercing_fact(draft)
    accumulating = [limit for limit in get_limits_started().get(begins.fact, ()) if limit.accumulates] if begins else []
    if begins is None or not accumulating:
        return
    logs = await _load_logs_of_twins(draft, over=True)
    for limit in accumulating:
        days = 0
        for number, log in logs.items():
            # What that one was told of this is not its own.
            own = [fact for fact in log if fact.fact is not Fact.MAXIMUM_USED_BESIDE]
            used = compute_spent(limit, replace(begins, about=number, seq=len(own) + 1), History(own), draft.calendar)
            days += max(used.days, 0) if used else 0
        if days:
            used_beside = replace(
                begins, fact=Fact.MAXIMUM_USED_BESIDE, seq=draft.proposal.seq + 1, approver=None, grounds="", reason="", base=""
            )
            draft.preceding.append(replace(used_beside, limit=limit.id, term=f"{days} day", extension=""))


def _find_coercing_fact(draft: Draft) -> LegalFact | None:
    return next((fact for fact in draft.brought if fact.fact in _COERCION and not fact.told_by), None)


async def _load_logs_of_twins(draft: Draft, *, over: bool) -> dict[str, list[LegalFact]]:
    """What befell the same person, by number, in the other matters of this case; in those that are `over` too."""
    connection, proposal = draft.connection, draft.proposal
    found = await fetch_all(connection, SUSPECTS_AROUND, {"number": proposal.number})
    own = next((row for row in found if row.number == proposal.number), None)
    twins = [
        row.number
        for row in found
        if own
        and row.number != own.number
        and row.parent == own.parent
        and (over or not row.final)
        and is_same_person(build_party(own), build_party(row))
    ]
    logs: dict[str, list[LegalFact]] = {}
    for number in twins:
        logs[number] = [parse_fact(row) for row in await fetch_all(connection, sql.FACTS, {"number": number})]
    return logs
