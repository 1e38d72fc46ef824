"""Legal documents (文书): a step that takes effect issues them, numbered without a gap; their files are made later (`activities.press`)."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from psycopg.types.json import Jsonb

from activities.recording.draft import DocumentWords, Draft
from activities.recording.features import Concern, Feature, Phase, run
from activities.recording.late_entries import describe_late_entries
from law.calendar import SHANGHAI
from law.instants import read
from law.legal_fact import LegalFact
from law.offences import get_charges
from law.offices import Office
from models.approval_sheet import Signed, build_sheet_words
from models.documents import (
    MEASURES,
    DocumentType,
    build_form_words,
    build_matter_number_prefix,
    build_number_prefix,
    build_penalty_words,
    build_person_words,
    cite_articles,
    find_charge_words,
    find_last_measure,
    format_chinese_date,
    format_clock_time,
    get_template_word,
    get_types_by_step,
    list_types_called_for,
)
from models.dossier import BEFORE_TRANSFER, find_missing
from models.forms.approval import Approve
from models.forms.form import Form, get_forms
from models.instants import AS_STORED
from models.matter import Kind
from models.messages import Proposal, Refusal
from models.parties import list_roles
from models.party_ids import build_numbered_id, list_ids
from models.readmodel import documents
from models.store.connection import Connection, Query, fetch_one
from models.store.document_writes import DRAFT, ISSUE
from models.templates import LATE, TemplateSpoilt, check_template, list_needed_words, list_used_words

# Everything about the matter, the one above it and its people that a document may say, in one round trip. What awaited approval was
# filled in when it was asked for: its form is in the entry of that step.
GROUND = Query[str]("""
WITH self AS (SELECT path FROM unit WHERE id = %(unit)s),
above AS (SELECT unit.* FROM unit, self WHERE starts_with(self.path, unit.path)),
bureau AS (SELECT id, path FROM unit WHERE id = (SELECT id FROM above WHERE kind IN ('bureau', 'sub-bureau') ORDER BY
           kind = 'bureau' DESC, length(path) DESC LIMIT 1)),
asked AS (SELECT e.position, e.content, e.recorded_at, p.zh FROM entry e LEFT JOIN person p USING (username)
          WHERE e.chain = %(number)s AND e.sort = 'step' AND e.step = %(asked)s ORDER BY e.position DESC LIMIT 1)
SELECT row_to_json(t)::text FROM (SELECT
    (SELECT zh FROM unit JOIN bureau USING (id)) AS bureau,
    (SELECT a.zh FROM above a, bureau b WHERE a.kind = 'bureau' AND a.id <> b.id ORDER BY length(a.path) DESC LIMIT 1) AS superior,
    (SELECT zh FROM unit WHERE id = %(unit)s) AS unit,
    (SELECT coalesce(json_agg(u.zh), '[]') FROM unit u, bureau b WHERE starts_with(u.path, b.path) AND u.id <> b.id) AS units,
    (SELECT coalesce(json_agg(zh), '[]') FROM unit WHERE kind = 'bureau') AS bureaus,
    (SELECT u.zh FROM unit u, bureau b WHERE u.kind = 'custody-centre' AND starts_with(u.path, b.path) LIMIT 1) AS centre,
    (SELECT u.zh FROM unit u, bureau b WHERE u.kind = 'procuratorate' AND u.serves = b.id LIMIT 1) AS procuratorate,
    (SELECT u.zh FROM unit u, bureau b WHERE u.kind = 'court' AND u.serves = b.id LIMIT 1) AS court,
    (SELECT json_object_agg(id, zh) FROM (SELECT username AS id, zh FROM person UNION ALL SELECT id, zh FROM unit) AS named WHERE id IN (SELECT unnest(%(people)s::text[]) UNION
     SELECT word #>> '{}' FROM entry, jsonb_path_query(content::jsonb -> 'form', 'strict $.** ? (@.type() == "string")') AS word
     WHERE chain = %(number)s AND sort = 'step' AND step = %(asked)s)) AS people,
    (SELECT title FROM matter WHERE number = %(number)s) AS title,
    (SELECT said ->> 'charge' FROM fact WHERE matter = %(case)s AND fact = 'criminal.filed' AND said ? 'charge'
     ORDER BY seq DESC LIMIT 1) AS filed_for,
    (SELECT json_build_object('step', step, 'form', content::json -> 'form') FROM entry
     WHERE chain = %(case)s AND sort = 'step' ORDER BY position LIMIT 1) AS opened_by,
    (SELECT coalesce(json_agg(p), '[]') FROM party p WHERE matter IN (%(number)s, %(parent)s)) AS parties,
    (SELECT json_build_object('form', content::json -> 'form', 'by', zh, 'at', recorded_at) FROM asked) AS asked,
    (SELECT coalesce(json_agg(json_build_object('by', p.zh, 'offices', content::json #> '{actor,offices}', 'form', content::json -> 'form',
            'at', recorded_at) ORDER BY position), '[]')
     FROM entry LEFT JOIN person p USING (username) WHERE chain = %(number)s AND sort = 'step' AND step = 'approve'
        AND content::json #>> '{form,request}' = %(asked)s AND position > (SELECT position FROM asked)) AS signed,
    (SELECT coalesce(json_agg(title || many || '份' ORDER BY title), '[]') FROM (SELECT title, count(*) AS many FROM (
        SELECT title FROM document WHERE matter IN (%(number)s, %(parent)s)
        UNION ALL SELECT DISTINCT title FROM dossier_item WHERE matter IN (%(number)s, %(parent)s)) every GROUP BY title) counted) AS materials,
    (SELECT min(number) FROM document WHERE matter IN (%(number)s, %(parent)s) AND title = %(paper)s HAVING count(*) = 1) AS paper,
    (SELECT coalesce(json_agg(json_build_object('step', step, 'form', content::json -> 'form') ORDER BY chain = %(number)s, position), '[]')
     FROM entry WHERE chain IN (%(number)s, %(parent)s) AND sort = 'step' AND step = ANY(%(earlier)s)) AS earlier,
    (SELECT coalesce(json_agg(json_build_object('party', p, 'measures', (SELECT json_agg(json_build_object('fact', fact, 'at', at) ORDER BY at)
            FROM fact WHERE matter = m.number AND fact = ANY(%(measures)s))) ORDER BY m.number), '[]')
     FROM matter m JOIN party p ON p.matter = m.number AND p.role = 'suspect' WHERE m.parent = %(number)s) AS suspects
) t
""")


# What is issued is what the step has become once every other feature has had its say.
feature = Feature(__name__, Concern.PAPERS)
_CASES = (Kind.CRIMINAL_CASE, Kind.PUBLIC_ORDER_CASE)
# What is done about somebody or something in a case; and what is about no offence.
_OF_A_CASE = (Kind.SUSPECT, Kind.EXHIBIT)
_OF_NO_OFFENCE = (
    Kind.INCIDENT,
    Kind.RECTIFICATION_ORDER,
    Kind.SUPERVISION,
    Kind.ACCOUNTABILITY,
    Kind.JURISDICTION_DISPUTE,
    Kind.ASSESSMENT,
)


class Issue(NamedTuple):
    """What a step issues, as the arguments of `ISSUE`; nothing where `rows` is empty."""

    rows: list[dict[str, Any]]
    matter: str
    seq: int
    now: datetime

    def build_arguments(self) -> dict[str, Any]:
        """For the statement."""
        return self._asdict() | {"rows": Jsonb(self.rows)}


class Drafted(NamedTuple):
    """What a request will issue once it is approved: shown to whoever approves, and numbered by nobody."""

    rows: list[dict[str, Any]]


class _Call(NamedTuple):
    """The step whose form the law gives documents, whether it takes effect now, and the facts it brings or would bring."""

    step: str
    types: tuple[DocumentType, ...]
    effective: bool
    facts: Sequence[LegalFact]


@feature.hook(Phase.CHECK, type="step")
async def check_documents(draft: Draft) -> Refusal | None:
    """Fill in what the step issues; a refusal where a document would lack a word, or the dossier what it must hold.

    A step that will take effect when approved is looked at when it is asked for as well, so that the asker learns what is missing.
    """
    call = _find_call(draft.proposal, draft.facts)
    if call is None or draft.proposal.brought:  # the papers of what is brought over lie in the file already
        return None
    if call.step in BEFORE_TRANSFER and (refusal := await _check_completeness(draft.connection, draft.proposal)):
        return refusal
    types = list_types_called_for(call.types, call.facts, draft.known.facts)
    return await _fill_in(draft, call, types) if types else None


async def _fill_in(draft: Draft, call: _Call, types: Sequence[DocumentType]) -> Refusal | None:
    proposal = draft.proposal
    ground, form = await _load_ground(draft.connection, proposal, call, types)
    words = DocumentWords(form, {})
    draft.keep(words)
    if refusal := await run(Phase.DOCUMENT, draft):
        return refusal
    at = (call.facts[0].at if call.facts else form.at or proposal.decided_at).astimezone(SHANGHAI)
    dated = {"日期": format_chinese_date(at.date()), "发生时间": format_clock_time(at)}
    rows: list[dict[str, Any]] = []
    for document_type in types:
        if not document_type.suits(form):
            continue
        values = _build_words(proposal, ground, form, document_type, draft.known.facts) | dated | words.values
        try:
            check_template(document_type)
        except TemplateSpoilt as spoilt:
            return Refusal(slug="form-invalid", detail=f"{spoilt}，本步骤未作任何变更", members={"errors": []})
        if missing := sorted(word for word in list_needed_words(document_type) - {"文号"} if not values.get(word)):
            return _build_unfilled_refusal(document_type, type(form), missing)
        beginning = _build_number_prefix(proposal, ground, document_type, values["机关"], at.year)
        context = {word: values[word] for word in (list_used_words(document_type) | {LATE}) & values.keys()}
        rows.append({"type": document_type.id, "title": document_type.zh, "beginning": beginning, "context": context})
    if not call.effective:
        draft.keep(Drafted(rows))
    elif rows:
        draft.keep(Issue(rows, proposal.number, proposal.seq + 1, proposal.decided_at))
    return None


def _build_number_prefix(proposal: Proposal, ground: Mapping[str, Any], document_type: DocumentType, organ: str, year: int) -> str:
    if not document_type.mark:
        return build_matter_number_prefix(proposal.number, document_type.zh)
    bureau, unit = ground["bureau"] or "", ground["unit"] or ""
    if organ == ground["superior"]:
        bureau = unit = organ
    return build_number_prefix(bureau, unit, document_type.mark, year, units=ground["units"], bureaus=ground["bureaus"])


@feature.hook(Phase.WRITE_LAST, type="step")
async def issue(draft: Draft) -> None:
    """Number the documents: last of the rows, for whoever numbers a document next waits for this commit."""
    drafted, proposal = draft.find_own(Drafted), draft.proposal
    if drafted or "request" in proposal.form:
        pending = [each.seq for each in proposal.requests]
        rows = Jsonb(drafted.rows if drafted else [])
        await draft.connection.execute(
            DRAFT, {"matter": proposal.number, "seq": proposal.seq + 1, "pending": pending, "rows": rows}
        )
    if made := draft.find_own(Issue):
        await draft.connection.execute(ISSUE, made.build_arguments())


def _find_call(proposal: Proposal, facts: Sequence[LegalFact]) -> _Call | None:
    if proposal.type != "step":
        return None
    if types := get_types_by_step().get(proposal.step):
        asking = any(each.seq == proposal.seq + 1 for each in proposal.requests)
        return _Call(proposal.step, types, not asking, proposal.foreseen if asking else facts)
    # The last of those who had to approve has: the request is gone, and its facts are here.
    step = proposal.form.get("request", "")
    types = get_types_by_step().get(step) if facts or proposal.step == "approve" else None
    if not types or any(each.step == step for each in proposal.requests):
        return None
    return _Call(step, types, True, facts)


async def _load_ground(
    connection: Connection, proposal: Proposal, call: _Call, types: Iterable[DocumentType]
) -> tuple[dict[str, Any], Form]:
    """What the database holds that documents may say, and the form of the step, as it was filled in by whoever asked."""
    asked = call.step if call.step != proposal.step else ""
    arguments = {
        "number": proposal.number,
        "parent": proposal.parent,
        "case": proposal.parent if proposal.kind in _OF_A_CASE else proposal.number,
        "unit": proposal.unit,
        "people": sorted(
            {each for each in (proposal.officer, proposal.actor and proposal.actor.person) if each} | _list_ids(proposal.form)
        ),
        "asked": asked,
        "paper": get_forms()[call.step].paper,
        "earlier": sorted({step for document_type in types for step in document_type.earlier}),
        "measures": [str(each) for each in MEASURES],
    }
    text = await fetch_one(connection, GROUND, arguments)
    ground = json.loads(text)
    return ground, get_forms()[call.step].model_validate(ground["asked"]["form"] if asked else proposal.form, context=AS_STORED)


def _list_ids(form: Mapping[str, Any]) -> set[str]:
    """What in a form may be somebody's user name, or a unit's id."""
    words = (word for value in form.values() for word in (value if isinstance(value, (list, tuple)) else (value,)))
    return {word for word in words if isinstance(word, str) and word.isascii()}


def _put_names(value: Any, people: Mapping[str, str]) -> Any:
    """What was filled in; who was given by a user name, or a unit by its id, by their names."""
    match value:
        case str():
            return people.get(value, value)
        case list():
            return [_put_names(each, people) for each in value]
        case dict():
            return {word: _put_names(each, people) for word, each in value.items()}
        case _:
            return value


def _build_words(
    proposal: Proposal, ground: Mapping[str, Any], form: Form, document_type: DocumentType, known: Sequence[LegalFact]
) -> dict[str, Any]:
    """Every word a template may ask for; the form's own words come last, for they are what was decided."""
    values: dict[str, Any] = {}
    for each in ground["earlier"]:
        earlier = get_forms()[each["step"]]
        of_another = "person" in earlier.model_fields and each["form"].get("person", 1) != getattr(form, "person", 1)
        if each["step"] in document_type.earlier and not of_another:
            values |= build_form_words(earlier.model_validate(each["form"], context=AS_STORED))
    title = proposal.title or ground["title"] or ""
    offence = "" if proposal.kind in _OF_NO_OFFENCE else _get_offence(proposal, ground, form)
    values |= {
        "案件名称": title if proposal.kind in _OF_NO_OFFENCE else offence and f"{offence.removesuffix('案')}案",
        "案件编号": proposal.parent if proposal.kind in _OF_A_CASE else proposal.number,
        "财物编号": proposal.number,
        "案由": offence if proposal.kind in _CASES else title,
        "涉嫌罪名": find_charge_words(offence),
        "法律依据": cite_articles(form.rule.basis),
        "看守所": ground["centre"],
        "检察院": ground["procuratorate"],
        "法院": ground["court"],
        "犯罪嫌疑人": [_build_suspect_words(each) for each in ground["suspects"]],
    }
    values |= (
        _build_signing_words(proposal, ground, form, document_type)
        | _build_people_words(proposal, ground, form)
        | _build_measure_words(known)
    )
    values |= _build_asking_words(proposal, ground, form)
    values |= (
        build_penalty_words(form)
        | _put_names(build_form_words(form), ground["people"] or {})
        | {LATE: describe_late_entries(proposal.late)}
    )
    return {word: value for word, value in values.items() if value}


def _get_organ(proposal: Proposal, ground: Mapping[str, Any], form: Form, document_type: DocumentType) -> str:
    """The bureau that decides: the one above, where its head does and the paper bears its number."""
    deciding = form.rule.approved_by or (proposal.actor.offices if proposal.actor else ())
    above = document_type.mark and Office.HIGHER_POLICE in deciding
    return (above and ground["superior"]) or ground["bureau"] or ""


def _get_offence(proposal: Proposal, ground: Mapping[str, Any], form: Form) -> str:
    """What the case is about, as cases of that offence are called: as it was filed, or else as it was opened."""
    if proposal.kind in _CASES and (said := form.get_heading()):  # this very step says so
        return said
    if filed_for := ground["filed_for"]:
        return get_charges()[filed_for].case_zh if filed_for in get_charges() else ""
    opened = ground["opened_by"]
    opening = get_forms().get(opened["step"]) if opened else None
    return opening.model_validate(opened["form"], context=AS_STORED).get_heading() if opening else form.get_heading()


def _build_asking_words(proposal: Proposal, ground: Mapping[str, Any], form: Form) -> dict[str, Any]:
    """Who asked for what, who approved it with which words, and on which papers it rests."""
    people, asked, actor = ground["people"] or {}, ground["asked"], proposal.actor
    signed = [Signed(each["by"] or "", each["offices"], each["form"], read(each["at"])) for each in ground["signed"]]
    by = people.get(actor.person, "") if actor else ""
    if asked and actor and proposal.step == Approve.rule.step:
        signed.append(Signed(by, actor.offices, proposal.form, proposal.decided_at))
    begun = (asked["by"] or "", read(asked["at"])) if asked else (by, proposal.decided_at)
    return build_sheet_words(form, people, *begun, signed) | {
        "办理事项": form.rule.title,
        "卷内材料": "、".join(ground["materials"]),
        "所涉文书": form.paper,
        "所涉文书文号": ground["paper"],
    }


_STRUCK_OUT = "／"


def _build_signing_words(proposal: Proposal, ground: Mapping[str, Any], form: Form, document_type: DocumentType) -> dict[str, Any]:
    """The organ whose seal it bears, who handles the matter, who approved."""
    people, bureau = ground["people"] or {}, _get_organ(proposal, ground, form, document_type)
    # What a station may decide by itself it decides in its own name.
    by_station = form.rule.approved_by == (Office.STATION_HEAD,) and "行政处罚决定书" in form.rule.document
    approver = people.get(proposal.actor.person, "") if proposal.actor and form.rule.approved_by else ""
    return {
        "机关": f"{bureau}{ground['unit'] or ''}" if by_station else bureau,
        "办案单位": ground["unit"],
        "承办人": people.get(proposal.officer, ""),
        "经办人": people.get(proposal.actor.person, "") if proposal.actor else "",
        # Of what a bureau or a station of it decides (行政复议法 24).
        "复议机关": f"{bureau.removesuffix('公安局')}人民政府" if bureau.endswith("公安局") else "",
        # Known when it is approved, and not missing when it is asked for; struck out where nobody has to approve.
        "批准人": approver if form.rule.approved_by else _STRUCK_OUT,
    }


def _build_people_words(proposal: Proposal, ground: Mapping[str, Any], form: Form) -> dict[str, Any]:
    """Who the step concerns, and who reported."""
    rows = [{**each["said"], **each, "roles": " ".join(each["roles"])} for each in ground["parties"]]
    parties = [*rows, *({**each, "matter": proposal.number} for each in proposal.parties)]
    own = {each["id"]: each for each in parties if each["matter"] == proposal.number}
    # Some forms say whom they concern among those harmed, by id; others only whether anybody was.
    victim = getattr(form, "victim", "")
    asked = victim if isinstance(victim, str) and victim else build_numbered_id(getattr(form, "person", 1))
    about = own.get("suspect") or next((each for each in own.values() if asked in list_ids(each)), None)
    values = build_person_words(about) if about else {}
    reporter = next((each for each in reversed(parties) if "reporter" in list_roles(each)), None)
    if reporter:
        who = build_person_words(reporter)
        values |= {"报案人": who.get("姓名", ""), "报案人电话": who.get("电话", "")}
    return values


def _build_measure_words(known: Sequence[LegalFact]) -> dict[str, str]:
    measure = find_last_measure(known)
    return {"措施": MEASURES[measure.fact], "措施时间": format_clock_time(measure.at)} if measure else {}


def _build_suspect_words(each: Mapping[str, Any]) -> dict[str, str]:
    zh = {str(fact): words for fact, words in MEASURES.items()}
    told = [f"{format_clock_time(read(one['at']))}{zh[one['fact']]}" for one in each["measures"] or ()]
    return build_person_words(each["party"]) | {"强制措施": "，".join(told)}


def _build_unfilled_refusal(document_type: DocumentType, form: type[Form], missing: Sequence[str]) -> Refusal:
    fields = {get_template_word(field): name for name, field in form.model_fields.items()}
    errors = [
        {"field": fields.get(word, word), "rule": "document", "detail": f"《{document_type.zh}》须写明“{word}”，尚未填写"}
        for word in missing
    ]
    return Refusal(slug="form-invalid", detail=f"《{document_type.zh}》缺少内容，不能办理", members={"errors": errors})


async def _check_completeness(connection: Connection, proposal: Proposal) -> Refusal | None:
    """Asked where the step is recorded, under the lock of the matter's chain: what the dossier holds can only grow meanwhile."""
    held = json.loads(await documents.load_holdings(connection, proposal.number))
    missing = [each for each in find_missing(held) if each["blocks"]]
    if not missing:
        return None
    names = "、".join(f"《{each['title']}》（{each['matter']}）" for each in missing)
    basis = cite_articles(get_forms()["send-case"].rule.basis)
    return Refusal(slug="law-forbids", detail=f"卷宗不齐，不能移送：{names}", members={"basis": basis, "missing": missing})
