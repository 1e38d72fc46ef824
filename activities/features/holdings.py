"""Nobody is held twice at once: whoever is held or summoned in one matter is not held in another meanwhile, by whatever of the two."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import groupby
from typing import Any

from activities.identity import BY_NUMBER, HELD, IN_ORDER, Held, answered, beside, named, party_of
from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from law.calendar import SHANGHAI
from law.facts import CUSTODY_BEGINS, Fact
from law.history import History
from law.holdings import HOLDING_FACTS, ONCE, begins_to_hold, check_held_once, held_meanwhile
from law.instruments import CPL, CQ, MPSA, MPSC
from law.legal_fact import LegalFact, minute
from law.measures import Period
from models.folding import folded
from models.matter import Kind
from models.messages import Actor, Refusal
from models.parties import Contradiction, Party, is_same_person, merged
from models.party_ids import SUSPECT, id_in, ids_of
from models.problems import LawForbids
from models.store import statements as sql
from models.store.connection import Connection, Query, fetch_all
from models.store.mappers import fact_of

feature = Feature(__name__, Concern.CUSTODY)

# In matters that have nothing to do with this one, under a name that may be the same.
NAMESAKES = Query[Held](f"""{sql.FAMILY}
{HELD} WHERE bigrams(p.folded) && bigrams(%(name)s) AND p.matter NOT IN (SELECT number FROM family) {IN_ORDER}
""")
# The longest that somebody may be held for questioning, and the interval after it.
_A_CHAIN = timedelta(hours=24 + 12)
_HOLDING = frozenset(fact for fact in Fact if begins_to_hold(fact))
# As many as are read in a receipt.
_MOST = 5


@feature.hook(Phase.CHECK, facts=_HOLDING, type="step")
async def check_held_once_anywhere(draft: Draft) -> Refusal | None:
    """What speaks against holding somebody: that they are held in another matter, or were so until just now in one of the same event.

    Where only the name says that it is the same person, it does within one event alone, and whoever asks may say that it is another.
    """
    connection, proposal, known, begins = draft.connection, draft.proposal, draft.before, _beginning(draft)
    who = await _whom(draft, begins)
    if who is None:
        return None
    answer = await answered(connection, proposal)
    meant = (True,) if answer.namesake else (True, None)
    numbers = {name: value for name in BY_NUMBER if (value := who.get(name))}
    arguments = {"number": proposal.number, "facts": [str(each) for each in HOLDING_FACTS], **numbers}
    found = await fetch_all(connection, beside(numbers), arguments)
    rows = [row for row in found if is_same_person(_recorded(row.who), who) in (meant if row.family else (True,))]
    held_here = begins.fact in CUSTODY_BEGINS and History(known).in_custody(begins.about, begins.at)
    for row, there in _logs(rows):
        period = None if held_here else held_meanwhile(there, begins)
        if period and row.family:
            by_name = "" if is_same_person(_recorded(row.who), who) else "；确系另一人的，先将其证件号码更正完整"
            return _refused(
                begins, f"该人在{row.matter}中{_since(period)}，尚未结束，{ONCE}，请先在该事项办理结束{by_name}", row.matter
            )
        if period and not (answer.elsewhere and begins.fact in CUSTODY_BEGINS):
            return await _held_elsewhere(connection, proposal.actor, begins, period, row.matter)
    return await _in_a_chain(connection, proposal.actor, rows, begins, known)


@feature.hook(Phase.ADVISE, facts=_HOLDING, type="step")
async def advise_on_namesakes(draft: Draft) -> None:
    """Let whoever holds somebody know that one of the same name, whom no number tells apart, is held in another matter."""
    connection, proposal, begins = draft.connection, draft.proposal, _beginning(draft)
    who = await _whom(draft, begins)
    if who is None or not who.get("name"):
        return
    arguments = {"number": proposal.number, "facts": [str(each) for each in HOLDING_FACTS], "name": folded(who["name"])}
    rows = await fetch_all(connection, NAMESAKES, arguments)
    notes: list[str] = []
    for row, there in _logs(rows):
        period = held_meanwhile(there, begins) if is_same_person(_recorded(row.who), who) is None else None
        if period and len(notes) < _MOST:
            other = await named(connection, proposal.actor, row.matter)
            notes.append(f"本局另案{other}有同名的{who['name']}{_since(period)}：是同一人的，{ONCE}，请核对身份并与该案衔接")
    draft.notes += tuple(notes)


def _beginning(draft: Draft) -> LegalFact:
    return next(fact for fact in draft.brought if fact.fact in _HOLDING)


async def _whom(draft: Draft, begins: LegalFact) -> Party | None:
    """Whom a holding concerns, as the record has them from then on; None where nobody has said who that is."""
    proposal = draft.proposal
    own = SUSPECT if proposal.kind == Kind.SUSPECT else id_in(begins.about)
    known = [party_of(row) for row in await fetch_all(draft.connection, sql.PEOPLE, {"number": proposal.number})]
    people = merged(known, proposal.parties or proposal.foreseen_parties)
    parties = () if isinstance(people, Contradiction) else people
    return next((each for each in (*parties, *known) if own in ids_of(each)), None)


def _recorded(row: Mapping[str, Any]) -> Party:
    """A party, told as a value, as forms speak of people."""
    return {"name": row["name"], "citizen_id": row["citizen_id"], **row["said"]}


def _logs(rows: Iterable[Held]) -> list[tuple[Held, list[LegalFact]]]:
    """What befell each person of each matter, those of the same event first."""
    logs = [list(each) for _, each in groupby(rows, key=lambda row: (row.matter, row.about))]
    return [(log[0], [fact_of(row) for row in log]) for log in sorted(logs, key=lambda log: not log[0].family)]


async def _in_a_chain(
    connection: Connection, actor: Actor | None, rows: Sequence[Held], begins: LegalFact, known: Sequence[LegalFact]
) -> Refusal | None:
    """What the interval between two says, with those of other matters of the same person counted as this matter's."""
    # Of what has nothing to do with this matter, only what is near enough to be one chain with it, whichever came first.
    rows = [row for row in rows if row.family or row.at <= begins.at + _A_CHAIN]
    if not rows or begins.fact in CUSTODY_BEGINS:
        return None
    # Those of another journal were recorded before this one.
    log = [*known, *(replace(fact_of(row), about=begins.about, seq=0) for row in rows)]
    by_then = History(fact for fact in log if minute(fact.at) <= minute(begins.at))
    against = check_held_once(History(log), by_then, begins)
    if against is None:
        return None
    last = max(rows, key=lambda row: row.at)
    # Which other case it is, only those learn who may know of it.
    where = last.matter if last.family else f"本局另案{await named(connection, actor, last.matter)}"
    return LawForbids(
        f"{against.detail}（同一人在{where}）", field=against.field, basis=against.basis, limit=against.limit
    ).refusal()


async def _held_elsewhere(connection: Connection, actor: Actor | None, begins: LegalFact, period: Period, number: str) -> Refusal:
    # Which case it is, only those learn who may know of it.
    other = await named(connection, actor, number)
    if begins.fact in CUSTODY_BEGINS:
        custody = "羁押" if period.measure.begun_by[0] in CUSTODY_BEGINS else period.measure.zh
        detail = (
            f"该人正在本局另案{other}{custody}中，同一人不得同时被两次羁押："
            "请与该案办案单位商定并案或者换押，并在“与另案羁押的衔接”中写明"
        )
        field = "elsewhere" if begins.fact is Fact.DETENTION_EXECUTED else "at"
        return _refused(begins, detail, number if other else "", field)
    detail = f"该人在本局另案{other}{_since(period)}，{ONCE}：请与该案办案单位衔接，待其结束后再{begins.fact.label}"
    return _refused(begins, detail, number if other else "")


def _refused(begins: LegalFact, detail: str, matter: str, field: str = "at") -> Refusal:
    basis = str(MPSC.article(21)) if begins.fact in CUSTODY_BEGINS else _basis(begins)
    return LawForbids(detail, field=field, basis=basis, **({"matter": matter} if matter else {})).refusal()


def _basis(begins: LegalFact) -> str:
    criminal = begins.fact in (Fact.PERSON_SUMMONED, Fact.PERSON_COMPELLED)
    return str(CPL.article(119)) if criminal else f"{CQ.article(12)}、{MPSA.article(69)}"


def _since(period: Period) -> str:
    return f"自{period.begun_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}起正在{period.measure.zh}"
