"""Days in custody for the same act (折抵): carried from the criminal case to the detention centre; and who serves days just now."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from activities.identity import build_description
from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from law.calendar import SHANGHAI
from law.credit import Span, count_days, list_custody_spans
from law.facts import CUSTODY_BEGINS, Fact
from law.history import History
from law.instruments import MPSA, PSAPL
from law.legal_fact import LegalFact
from law.lengths import parse_length
from law.measures import MEASURES, list_periods
from law.penalties import count_days_served, count_decided_days
from models.forms.administrative_detention import EnterDetentionCentre
from models.forms.public_order_penalty import DecidePenalty
from models.matter import Kind
from models.messages import Refusal
from models.parties import is_same_person
from models.party_ids import NUMBERED, build_about_sql, build_numbered_id
from models.problems import LawForbids
from models.store.connection import Connection, Query, fetch_all, fetch_first
from models.store.mappers import parse_fact

feature = Feature(__name__, Concern.CUSTODY)

_BASIS = f"{PSAPL.article(110)}、{MPSA.article(163)}"
(_SERVED,) = (each for each in MEASURES if each.id == "administrative-detention")
# The case and those that it carries on, whatever of the two kinds they are, and their suspects.
_CHAIN = """
WITH RECURSIVE chain AS (
    SELECT number, parent FROM matter WHERE number = %(number)s
    UNION
    SELECT m.number, m.parent FROM matter m JOIN chain c ON m.number = c.parent AND m.kind IN ('criminal-case', 'public-order-case')
)
"""


class _Person(NamedTuple):
    """Somebody of a matter."""

    name: str
    citizen_id: str
    said: dict[str, str]


OFFENDER = Query[_Person]("""
SELECT name, citizen_id, said FROM party
WHERE matter = %(number)s AND (id = %(party)s OR %(party)s = ANY(string_to_array(said ->> 'also', ' ')))
""")


class _Held(NamedTuple):
    """A fact about somebody, with what is known of them."""

    number: str
    name: str
    citizen_id: str
    known: dict[str, str]
    fact: str
    at: datetime
    about: str
    seq: int
    said: dict[str, Any]


HELD = Query[_Held](f"""{_CHAIN}
SELECT m.number, p.name, p.citizen_id, p.said AS known, f.fact, f.at, f.about, f.seq, f.said
FROM matter m JOIN party p ON p.matter = m.number AND p.id = 'suspect' JOIN fact f ON f.matter = m.number
WHERE m.kind = 'suspect' AND m.parent IN (SELECT number FROM chain) AND NOT f.said ? 'told_by' ORDER BY m.number, f.seq, f.n
""")
DECIDED = Query[int]("""
SELECT (e.content::json #>> '{form,detention_days}')::int AS days FROM entry e
WHERE e.chain = %(number)s AND e.step = %(step)s AND coalesce(e.content::json #>> '{form,person}', '1')::int = %(person)s
    AND coalesce(e.content::json #>> '{form,detention_days}', '0')::int > 0 ORDER BY e.seq DESC LIMIT 1
""")
# What began and ended the administrative detention of people who may be this one, in whatever case.
SERVING = Query[_Held](f"""
SELECT m.number, p.name, p.citizen_id, p.said AS known, f.fact, f.at, f.about, f.seq, f.said
FROM party p JOIN matter m ON m.number = p.matter AND m.kind = 'public-order-case'
JOIN fact f ON f.matter = m.number AND f.about = {build_about_sql("m.number", "p.id")} AND f.fact = ANY(%(facts)s)
WHERE p.id LIKE '{NUMBERED}%%' AND p.citizen_id = %(citizen_id)s ORDER BY m.number, f.seq, f.n
""")
SUSPECT = Query[_Person]("SELECT name, citizen_id, said FROM party WHERE matter = %(number)s AND id = 'suspect'")


@feature.hook(Phase.CHECK, steps=[EnterDetentionCentre.rule.step], facts=[Fact.ADMIN_DETENTION_ENTERED], type="step")
async def check_days_credited(draft: Draft) -> Refusal | None:
    """What speaks against the days of a detention: that days served, or in custody for the same act, have not been taken off them."""
    connection, proposal, known = draft.connection, draft.proposal, draft.before
    entered = next((fact for fact in draft.facts if fact.fact is Fact.ADMIN_DETENTION_ENTERED), None)
    if entered is None:
        return None
    form = EnterDetentionCentre.model_validate(proposal.form)
    arguments = {
        "number": proposal.number,
        "party": build_numbered_id(form.person),
        "person": form.person,
        "step": DecidePenalty.rule.step,
    }
    decided = await _find_decided_days(connection, known, entered, arguments)
    if decided is None:
        return None
    spans = [] if form.not_credited else list_custody_spans([fact for fact in known if fact.about == entered.about], entered.at)
    spans += [] if form.not_credited else await _list_suspect_spans(connection, arguments, entered.at)
    served = count_days_served(known, entered.about, entered.at)
    left = decided - count_days(spans) - served
    if parse_length(form.term).days <= left:
        return None
    before = (
        *((f"已执行{served}日",) if served else ()),
        *(
            (f"此前因同一行为被限制人身自由{count_days(spans)}日（{'；'.join(map(_format_span, spans))}），应当折抵",)
            if spans
            else ()
        ),
    )
    told = "，".join((f"决定行政拘留{decided}日", *before))
    instead = f"执行日数填{left} day" if left > 0 else "已满决定的期限，行政拘留不再执行"
    detail = f"{told}：{instead}；不属同一行为的，在“不予折抵的理由”中写明"
    return LawForbids(detail, field="term", basis=_BASIS, limit="admin-detention-term").to_refusal()


async def _find_decided_days(
    connection: Connection, known: Sequence[LegalFact], entered: LegalFact, arguments: dict[str, Any]
) -> int | None:
    by_then = History(fact for fact in known if fact.at <= entered.at)
    found = count_decided_days(by_then, entered.about)
    if found is not None:
        return found
    # Decisions of earlier days are in the journal with their days, and their facts without.
    return await fetch_first(connection, DECIDED, arguments)


async def _list_suspect_spans(connection: Connection, arguments: dict[str, Any], until: datetime) -> list[Span]:
    offender = await fetch_first(connection, OFFENDER, arguments)
    if offender is None:
        return []
    own = build_description(offender)
    facts: dict[str, list[LegalFact]] = {}
    for row in await fetch_all(connection, HELD, arguments):
        # One whom only the name says to be the same is credited too: nobody serves a day twice over a missing number.
        if is_same_person(own, _build_search_terms(row.name, row.citizen_id, row.known)) is not False:
            facts.setdefault(row.number, []).append(parse_fact(row))
    return [span for log in facts.values() for span in list_custody_spans(log, until)]


@feature.hook(Phase.ADVISE, kinds=[Kind.SUSPECT], facts=CUSTODY_BEGINS, type="step")
async def advise_on_detention_served(draft: Draft) -> None:
    """Let whoever detains a suspect know that this person serves an administrative detention just now."""
    begins = next(fact for fact in draft.brought if fact.fact in CUSTODY_BEGINS)
    own = await fetch_first(draft.connection, SUSPECT, {"number": draft.proposal.number})
    if own is None or not own.citizen_id:
        return
    facts: dict[str, list[LegalFact]] = {}
    arguments = {"citizen_id": own.citizen_id, "facts": [*_SERVED.begun_by, *_SERVED.ended_by]}
    for row in await fetch_all(draft.connection, SERVING, arguments):
        facts.setdefault(row.number, []).append(parse_fact(row))
    since = [
        each.begun_at
        for log in facts.values()
        for each in list_periods(log)
        if each.measure is _SERVED and each.begun_at <= begins.at and not _over(each.ended_at, begins.at)
    ]
    # Which case it is, only those learn who may know of it.
    draft.notes += tuple(
        f"{own.name}自{_format_clock(each)}起正在执行行政拘留：一般应当先执行完毕，再执行刑事强制措施；同一行为已执行的日数依法折抵"
        for each in since
    )


def _over(ended: datetime | None, at: datetime) -> bool:
    return ended is not None and ended <= at


def _build_search_terms(name: str, citizen_id: str, further: dict[str, str]) -> dict[str, str]:
    return {"name": name, "citizen_id": citizen_id, **further}


def _format_span(span: Span) -> str:
    return f"{_format_clock(span[0])}至{_format_clock(span[1])}"


def _format_clock(at: datetime) -> str:
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
