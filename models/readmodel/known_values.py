"""What a form need not be asked again (已知的不再问): what a matter knows is put into the fields, with where it comes from.

What is proposed is no preset: it was said before, or the words of the report suggest it, and whoever fills in the form sees which.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from law.facts import Fact
from law.instruments import PSAPL
from law.legal_fact import LegalFact
from models.duties import suggest_duties
from models.forms.asked_of_matter import ONLY_NEW, ONLY_SEVERAL, OnlyIn, OnlyOfNew, OnlyOfSeveral
from models.forms.form import Form, get_forms
from models.parties import Party, list_roles
from models.party_ids import get_number, is_numbered, list_ids
from models.penalties import parse_announced
from models.store.connection import Connection, Query, fetch_all, fetch_one
from models.store.mappers import parse_fact
from models.store.statements import FACTS

# What was answered once in a matter, or in the one above it, and is asked again by a later step.
_CARRIED = ("violation", "charge", "other_law", "station", "injured", "mediable", "reporter_harmed", "victim", "foreigner", "minor")
# Another crime is not the one that is known.
_ASKED_ANEW = {"discover-new-crime": ("charge",)}
# A fact that answers a question, by the field in which it is asked.
_ANSWERED_BY: Mapping[str, Fact] = {
    "injured": Fact.INJURY_CASE_ACCEPTED,
    "injury": Fact.INJURY_CASE_ACCEPTED,
    "hearing_due": Fact.HEARING_RIGHT_TOLD,
    "review_due": Fact.LEGAL_REVIEW_DONE,
    "discussion_due": Fact.PENALTY_DISCUSSED,
}
_NOTICES = ("notify-penalty", "publish-penalty-notice")
_KINDS = {(True, True): "detention-and-fine", (True, False): "detention", (False, True): "fine", (False, False): "warning"}
_HERE = "本事项已有此人"
# Who is named a suspect may have come along from the case that was turned into this one; who was harmed, mostly reported it.
_NAMING, _HARMED = "name-suspect", "record-harmed"
_CALLED = "报警人、控告人；被侵害的是他人的请改填"
# What forms ask of somebody, by what the record calls it; the second are told by a citizen's number.
_ASKED_OF_SOMEBODY = {"name": "name", "citizen_number": "citizen_id", "travel_document": "travel_document"} | {
    name: name for name in ("phone", "address", "employer")
}
_TOLD_BY_NUMBER = ("sex", "born_on")
# What is said demand by demand, and the part of the form in which each is.
_BY_DEMAND = {"answers": "Answer", "findings": "Finding"}
# As much of a demand as is read in a list.
_LONGEST_DEMAND = 60


@dataclass(frozen=True, slots=True)
class Known:
    """What is known where a step is to be taken: facts, people, the forms handed in (the latest last), and the words of the report.

    `callers` reported what the matter came of.
    """

    facts: frozenset[str] = frozenset()
    log: Sequence[LegalFact] = ()
    people: Sequence[Party] = ()
    callers: Sequence[Party] = ()
    entries: Sequence[tuple[str, Mapping[str, Any]]] = ()
    words: str = ""
    # Of an order: what it asks for one by one, and what was done since in the matter that it is about, by the sequence there.
    demands: Sequence[str] = ()
    acts: Mapping[int, str] = field(default_factory=dict[int, str])


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is put into a field, and why."""

    value: Any
    why: str = field(default="此前已填写")


def list_proposing_steps() -> list[str]:
    """The steps of which a later one may take something over."""
    told = (*_CARRIED, "penalty", *_BY_DEMAND, "demands")
    return [step for step, form in get_forms().items() if step == _NAMING or any(name in form.model_fields for name in told)]


def build_proposals(form: type[Form], known: Known) -> dict[str, Proposal]:
    """What the fields of a form are proposed to say."""
    return dict(each for each in _list_proposals(form, known) if each[0] in form.model_fields)


def _list_proposals(form: type[Form], known: Known) -> Iterator[tuple[str, Proposal]]:
    person = _find_person_number(form, known)
    yield from _list_former_answers(form, person, known)
    suggestions = suggest_duties(known.words)
    for name in ("injured", "victim"):
        if name in suggestions and not any(each.get(name) is not None for _, each in known.entries):
            yield name, Proposal(value=True, why=f"报警内容写有“{suggestions[name]}”")
    for name, fact in _ANSWERED_BY.items():
        if fact in known.facts:
            yield name, Proposal(value=True, why=f"已有“{fact.label}”")
    # Whatever is found to be an administrative case is filed at once.
    yield "filed", Proposal(value=True, why=f"应当立即立案（{PSAPL.article(90)}）")
    if "fine_yuan" in form.model_fields:
        yield from _from_the_notice(person, known)
    if "person" in form.model_fields:
        yield from _list_person_proposals(form, person, known)
    if form.rule.step in (_NAMING, _HARMED):
        yield from _list_likely_person_proposals(form, known)
    for name in _BY_DEMAND if known.demands else ():
        yield name, Proposal([{"demand": n} for n in range(1, len(known.demands) + 1)], "整改要求")


def _list_former_answers(form: type[Form], person: int, known: Known) -> Iterator[tuple[str, Proposal]]:
    for name in _CARRIED:
        if name in _ASKED_ANEW.get(form.rule.step, ()):
            continue
        of_somebody = name in ("minor", "foreigner")
        values = [
            each[name]
            for _, each in known.entries
            if each.get(name) is not None and (not of_somebody or each.get("person", 1) == person)
        ]
        if values:
            yield name, Proposal(values[-1])


def _list_person_proposals(form: type[Form], person: int, known: Known) -> Iterator[tuple[str, Proposal]]:
    """Whom the step concerns, and what the matter knows of them where they are named."""
    if person > 1:
        yield "person", Proposal(person, "本事项的下一序号")
    if _brings_in(form) and (waiting := _find_unaccused(known)):
        yield "name", Proposal(waiting["name"], _HERE)
        if waiting.get("citizen_id"):
            yield "citizen_number", Proposal(waiting["citizen_id"], _HERE)


def _list_likely_person_proposals(form: type[Form], known: Known) -> Iterator[tuple[str, Proposal]]:
    """Who of those whom the matter knows is most likely named next, and what is known of them."""
    if form.rule.step == _NAMING:
        named = {each["name"] for step, each in known.entries if step == _NAMING}
        likely, why = [each for each in known.people if "offender" in list_roles(each) and each["name"] not in named], _HERE
    else:
        is_known = any("victim" in list_roles(each) for each in known.people)
        reported = [each for each in (*known.people, *known.callers) if "reporter" in list_roles(each) and each["name"]]
        likely, why = [] if is_known else reported, _CALLED
    for who in likely[:1]:
        asked = _ASKED_OF_SOMEBODY | ({} if who.get("citizen_id") else {name: name for name in _TOLD_BY_NUMBER})
        yield from ((name, Proposal(said, why)) for name, kept in asked.items() if (said := who.get(kept)))


def _find_person_number(form: type[Form], known: Known) -> int:
    """The person of the matter whom a step most likely concerns: a new one where it brings somebody in, else the first."""
    if not _brings_in(form):
        return 1
    return int(_format_number(waiting)) if (waiting := _find_unaccused(known)) else _get_next_number(known)


def _brings_in(form: type[Form]) -> bool:
    return "person" in form.model_fields and "name" in form.model_fields and form.model_fields["name"].is_required()


def _find_unaccused(known: Known) -> Party | None:
    """Whoever of the matter was brought in and is not yet named as the one who did it: whoever is named next is mostly they."""
    accused = {"offender", "suspect"}
    return next((each for each in _list_numbered(known.people) if each["name"] and accused.isdisjoint(list_roles(each))), None)


def _get_next_number(known: Known) -> int:
    """The number of whoever comes into the matter next."""
    return max((int(_format_number(each)) for each in _list_numbered(known.people)), default=0) + 1


def _list_numbered(people: Sequence[Party]) -> Iterator[Party]:
    return (each for each in people if any(map(is_numbered, list_ids(each))))


def _from_the_notice(person: int, known: Known) -> Iterator[tuple[str, Proposal]]:
    told = [each["penalty"] for step, each in known.entries if step in _NOTICES and each.get("person", 1) == person]
    notice = parse_announced(told[-1]) if told else None
    if notice is None or notice.days is None or notice.yuan is None:
        return
    why = f"处罚前告知的是“{told[-1]}”"
    yield "penalty", Proposal(_KINDS[bool(notice.days), bool(notice.yuan)], why)
    yield "detention_days", Proposal(notice.days, why)
    yield "fine_yuan", Proposal(notice.yuan, why)


def fill_schema(schema: dict[str, Any], form: type[Form], known: Known) -> dict[str, Any]:
    """A form's JSON Schema with what is proposed as defaults, and with the people of the matter by their numbers."""
    properties = dict(schema["properties"])
    for name, each in build_proposals(form, known).items():
        if name in properties and _fits(properties[name], each.value):
            properties[name] = {**properties[name], "default": each.value, "x-known": each.why}
    people = [
        f"{_format_number(each)} {each['name']}" for each in _list_numbered(known.people) if "suspect" not in list_roles(each)
    ]
    if people and "person" in properties:
        description = properties["person"].get("description", "")
        properties["person"] = {**properties["person"], "description": f"{description}；已有：{'、'.join(people)}".lstrip("；")}
    for name, shape in schema["properties"].items():
        if shape.get(ONLY_NEW):
            properties[name] |= {"x-only-where": {"person": [_get_next_number(known)]}}
        if shape.get(ONLY_SEVERAL) and len([*_list_numbered(known.people)]) <= 1:
            del properties[name]
    for name in list_idle_fields(form, known.facts):
        del properties[name]
    return {**schema, "properties": properties, **_split_by_demand(schema.get("$defs", {}), known)}


def list_idle_fields(form: type[Form], known: Collection[str]) -> tuple[str, ...]:
    """The fields that mean nothing in a matter that knows these facts."""
    return tuple(name for name, mark in _list_marks(form) if not mark.holds(known))


@cache
def _list_marks(form: type[Form]) -> tuple[tuple[str, OnlyIn], ...]:
    return tuple((name, mark) for name, field in form.model_fields.items() for mark in field.metadata if isinstance(mark, OnlyIn))


def _split_by_demand(parts: Mapping[str, Any], known: Known) -> dict[str, Any]:
    """The parts of a form that speak of one demand each, with the demands, and the acts that may answer one, to choose from."""
    if not known.demands or parts.keys().isdisjoint(_BY_DEMAND.values()):
        return {}
    demands = {n: f"{n}. {what}" for n, what in enumerate(known.demands, 1)}
    told = dict(parts)
    for name in _BY_DEMAND.values() & parts.keys():
        fields = dict(parts[name]["properties"])
        fields["demand"] = {**fields["demand"], "enum": [*demands], "x-names": demands}
        if "entries" in fields and known.acts:
            chosen = {**fields["entries"]["items"], "enum": [*known.acts], "x-names": known.acts}
            fields["entries"] = {**fields["entries"], "items": chosen, "uniqueItems": True}
        told[name] = {**parts[name], "properties": fields}
    return {"$defs": told}


def _format_number(each: Party) -> str:
    return get_number(next(filter(is_numbered, list_ids(each))))


def _fits(shape: Mapping[str, Any], value: Any) -> bool:
    """Whether a field may say that at all: forms call different things by one name."""
    return "enum" not in shape or value in shape["enum"]


def changes(form: type[Form], known: Known) -> bool:
    """Whether anything known concerns this form."""
    marks = [mark for field in form.model_fields.values() for mark in field.metadata]
    hangs_on_people = any(isinstance(mark, OnlyOfNew | OnlyOfSeveral) for mark in marks)
    return (
        hangs_on_people
        or bool(list_idle_fields(form, known.facts))
        or bool(build_proposals(form, known))
        or ("person" in form.model_fields and any(_list_numbered(known.people)))
    )


PARENT = Query[str | None]("SELECT parent FROM matter WHERE number = %(number)s")


class _Known(NamedTuple):
    """People and forms of a matter in JSON, each form after its step; and the words of the report."""

    people: list[dict[str, Any]]
    callers: list[dict[str, Any]]
    said: list[tuple[str, dict[str, Any]]]
    words: str


_PEOPLE = """(SELECT coalesce(json_agg(said || jsonb_build_object('id', id, 'role', role, 'roles', array_to_string(roles, ' '), 'name', name,
         'citizen_id', citizen_id) ORDER BY id), '[]') FROM party WHERE"""
KNOWN = Query[_Known](f"""
SELECT {_PEOPLE} matter = %(number)s) AS people, {_PEOPLE} matter = %(parent)s AND 'reporter' = ANY(roles)) AS callers,
    (SELECT coalesce(json_agg(json_build_array(e.step, e.content::json -> 'form') ORDER BY e.chain = %(number)s, e.position), '[]')
     FROM entry e WHERE e.chain IN (%(number)s, %(parent)s) AND e.sort = 'step' AND e.step = ANY(%(steps)s)) AS said,
    (SELECT coalesce(string_agg(words, E'\\n' ORDER BY matter, seq), '') FROM narrative WHERE matter IN (%(number)s, %(parent)s)) AS words
""")


class _Act(NamedTuple):
    """A step of the matter above, since this one was opened."""

    seq: int
    step: str


ACTS_ABOVE = Query[_Act]("""
SELECT seq, step FROM entry WHERE chain = %(parent)s AND sort = 'step'
    AND recorded_at >= (SELECT recorded_at FROM entry WHERE chain = %(number)s AND position = 1)
ORDER BY position DESC LIMIT 50
""")


def _list_demands(handed_in: Sequence[Mapping[str, Any]]) -> Sequence[str]:
    """What these forms, the latest first, demand one by one; what none of them itemises is one demand."""
    for form in handed_in:
        if demands := form.get("demands"):
            return [each["what"] for each in demands]
    whole = next((" ".join(form["demand"].split()) for form in handed_in if form.get("demand")), "")
    return [whole if len(whole) <= _LONGEST_DEMAND else f"{whole[:_LONGEST_DEMAND]}…"] if whole else ()


async def load_known(connection: Connection, number: str) -> Known:
    """What a matter knows that its forms may be filled in with."""
    parent = await fetch_one(connection, PARENT, {"number": number})
    arguments = {"number": number, "parent": parent, "steps": list_proposing_steps()}
    log = [parse_fact(each) for each in await fetch_all(connection, FACTS, arguments)]
    row = await fetch_one(connection, KNOWN, arguments)
    said = [(step, form) for step, form in row.said]
    demands = _list_demands([form for _, form in reversed(said)])
    acts = await fetch_all(connection, ACTS_ABOVE, arguments) if demands else ()
    titles = {step: form.rule.title for step, form in get_forms().items()}
    return Known(
        frozenset(each.fact for each in log),
        log,
        row.people,
        row.callers,
        said,
        row.words,
        demands,
        {each.seq: f"第{each.seq}步 {titles.get(each.step, each.step)}" for each in acts},
    )
