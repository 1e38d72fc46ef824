"""Nobody is held twice at once: whoever is held or summoned in one matter is not held in another meanwhile, by whatever of the two."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import groupby
from typing import Any

from activities.identity import (
    BY_NUMBER,
    HELD,
    IN_ORDER,
    Held,
    build_holders_query,
    build_party,
    format_matter_for_reader,
    load_answered,
)
from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from law.calendar import SHANGHAI
from law.facts import CUSTODY_BEGINS, Fact
from law.history import History
from law.holdings import HOLDING_FACTS, ONCE, begins_to_hold, check_held_once, find_holding_meanwhile
from law.instruments import CPL, CQ, MPSA, MPSC
from law.legal_fact import LegalFact, get_minute
from law.measures import Period
from models.folding import fold_words
from models.matter import Kind
from models.messages import Actor, Refusal
from models.parties import Contradiction, Party, is_same_person, merge_parties
from models.party_ids import SUSPECT, get_about_id, list_ids
from models.problems import LawForbids
from models.store import statements as sql
from models.store.connection import Connection, Query, fetch_all
from models.store.mappers import parse_fact

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
    connection, proposal, known, begins = draft.connection, draft.proposal, draft.before, _get_beginning(draft)
    who = await _find_held_party(draft, begins)
    if who is None:
        return None
    answer = await load_answered(connection, proposal)
    meant = (True,) if answer.namesake else (True, None)
    numbers = {name: value for name in BY_NUMBER if (value := who.get(name))}
    arguments = {"number": proposal.number, "facts": [str(each) for each in HOLDING_FACTS], **numbers}
    found = await fetch_all(connection, build_holders_query(numbers), arguments)
    rows = [row for row in found if is_same_person(_build_party(row.who), who) in (meant if row.family else (True,))]
    held_here = begins.fact in CUSTODY_BEGINS and History(known).in_custody(begins.about, begins.at)
    for row, there in _group_logs(rows):
        period = None if held_here else find_holding_meanwhile(there, begins)
        if period and row.family:
            by_name = "" if is_same_person(_build_party(row.who), who) else "；确系另一人的，先将其证件号码更正完整"
            return _build_refusal(
                begins,
                f"该人在{row.matter}中{_describe_since(period)}，尚未结束，{ONCE}，请先在该事项办理结束{by_name}",
                row.matter,
            )
        if period and not (answer.elsewhere and begins.fact in CUSTODY_BEGINS):
            return await _build_held_elsewhere_refusal(connection, proposal.actor, begins, period, row.matter)
    return await _check_chain(connection, proposal.actor, rows, begins, known)


@feature.hook(Phase.ADVISE, facts=_HOLDING, type="step")
async def advise_on_namesakes(draft: Draft) -> None:
    """Let whoever holds somebody know that one of the same name, whom no number tells apart, is held in another matter."""
    connection, proposal, begins = draft.connection, draft.proposal, _get_beginning(draft)
    who = await _find_held_party(draft, begins)
    if who is None or not who.get("name"):
        return
    arguments = {"number": proposal.number, "facts": [str(each) for each in HOLDING_FACTS], "name": fold_words(who["name"])}
    rows = await fetch_all(connection, NAMESAKES, arguments)
    notes: list[str] = []
    for row, there in _group_logs(rows):
        period = find_holding_meanwhile(there, begins) if is_same_person(_build_party(row.who), who) is None else None
        if period and len(notes) < _MOST:
            other = await format_matter_for_reader(connection, proposal.actor, row.matter)
            notes.append(
                f"本局另案{other}有同名的{who['name']}{_describe_since(period)}：是同一人的，{ONCE}，请核对身份并与该案衔接"
            )
    draft.notes += tuple(notes)


def _get_beginning(draft: Draft) -> LegalFact:
    return next(fact for fact in draft.brought if fact.fact in _HOLDING)


async def _find_held_party(draft: Draft, begins: LegalFact) -> Party | None:
    """Whom a holding concerns, as the record has them from then on; None where nobody has said who that is."""
    proposal = draft.proposal
    own = SUSPECT if proposal.kind == Kind.SUSPECT else get_about_id(begins.about)
    known = [build_party(row) for row in await fetch_all(draft.connection, sql.PEOPLE, {"number": proposal.number})]
    people = merge_parties(known, proposal.parties or proposal.foreseen_parties)
    parties = () if isinstance(people, Contradiction) else people
    return next((each for each in (*parties, *known) if own in list_ids(each)), None)


def _build_party(row: Mapping[str, Any]) -> Party:
    """A party, told as a value, as forms speak of people."""
    return {"name": row["name"], "citizen_id": row["citizen_id"], **row["said"]}


def _group_logs(rows: Iterable[Held]) -> list[tuple[Held, list[LegalFact]]]:
    """What befell each person of each matter, those of the same event first."""
    logs = [list(each) for _, each in groupby(rows, key=lambda row: (row.matter, row.about))]
    return [(log[0], [parse_fact(row) for row in log]) for log in sorted(logs, key=lambda log: not log[0].family)]


async def _check_chain(
    connection: Connection, actor: Actor | None, rows: Sequence[Held], begins: LegalFact, known: Sequence[LegalFact]
) -> Refusal | None:
    """What the interval between two says, with those of other matters of the same person counted as this matter's."""
    # Of what has nothing to do with this matter, only what is near enough to be one chain with it, whichever came first.
    rows = [row for row in rows if row.family or row.at <= begins.at + _A_CHAIN]
    if not rows or begins.fact in CUSTODY_BEGINS:
        return None
    # Those of another journal were recorded before this one.
    log = [*known, *(replace(parse_fact(row), about=begins.about, seq=0) for row in rows)]
    by_then = History(fact for fact in log if get_minute(fact.at) <= get_minute(begins.at))
    against = check_held_once(History(log), by_then, begins)
    if against is None:
        return None
    last = max(rows, key=lambda row: row.at)
    # Which other case it is, only those learn who may know of it.
    where = last.matter if last.family else f"本局另案{await format_matter_for_reader(connection, actor, last.matter)}"
    return LawForbids(
        f"{against.detail}（同一人在{where}）", field=against.field, basis=against.basis, limit=against.limit
    ).to_refusal()


async def _build_held_elsewhere_refusal(
    connection: Connection, actor: Actor | None, begins: LegalFact, period: Period, number: str
) -> Refusal:
    # Which case it is, only those learn who may know of it.
    other = await format_matter_for_reader(connection, actor, number)
    if begins.fact in CUSTODY_BEGINS:
        custody = "羁押" if period.measure.begun_by[0] in CUSTODY_BEGINS else period.measure.zh
        detail = (
            f"该人正在本局另案{other}{custody}中，同一人不得同时被两次羁押："
            "请与该案办案单位商定并案或者换押，并在“与另案羁押的衔接”中写明"
        )
        field = "elsewhere" if begins.fact is Fact.DETENTION_EXECUTED else "at"
        return _build_refusal(begins, detail, number if other else "", field)
    detail = f"该人在本局另案{other}{_describe_since(period)}，{ONCE}：请与该案办案单位衔接，待其结束后再{begins.fact.label}"
    return _build_refusal(begins, detail, number if other else "")


def _build_refusal(begins: LegalFact, detail: str, matter: str, field: str = "at") -> Refusal:
    basis = str(MPSC.article(21)) if begins.fact in CUSTODY_BEGINS else _get_basis(begins)
    return LawForbids(detail, field=field, basis=basis, **({"matter": matter} if matter else {})).to_refusal()


def _get_basis(begins: LegalFact) -> str:
    criminal = begins.fact in (Fact.PERSON_SUMMONED, Fact.PERSON_COMPELLED)
    return str(CPL.article(119)) if criminal else f"{CQ.article(12)}、{MPSA.article(69)}"


def _describe_since(period: Period) -> str:
    return f"自{period.begun_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}起正在{period.measure.zh}"
