"""The sheet of one request for approval (审批表): who, what, what happened, evidence, opinions, limits, documents and history."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

import anyio
from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.access_tracking import declare_reading
from api.approvers import get_pending_requests
from api.auth import Caller
from api.context import get_context
from api.http_io import build_json_response
from api.labels import build_labels_json, list_steps_with_approval
from api.matter_access import get_readable_ancestors, get_readable_matter
from api.path_parameters import RequestSeq
from api.problems import document_refusals
from api.schemas.requests import RequestSheet
from api.step_descriptions import is_on_liberty, list_limits_touched
from law.offices import Office
from models.access.scope import Person
from models.answers import build_answers, find_person_number, list_ids_named
from models.documents import get_document_types
from models.forms.form import Form, get_forms
from models.instants import AS_STORED
from models.messages import Request as Pending
from models.parties import Role
from models.party_ids import SUSPECT, build_numbered_id, get_about_id, is_about_one_of_several, list_ids
from models.problems import NotFound
from models.readmodel import documents as papers
from models.readmodel import request_sheet
from models.readmodel.clocks import read_clocks_of
from models.readmodel.matter_status import MatterStatus
from models.readmodel.summary import load_summary
from models.store.connection import Connection
from models.store.sheets_seen import see
from models.templates import preview_document
from models.trace_shapes import Reading
from workflows.approval.chain import format_basis

router = APIRouter(tags=["审批"])

_RUNNING = ("running", "suspended", "not-started")


@cache
def _get_review_steps() -> tuple[str, ...]:
    """The steps by which only the legal reviewer gives an opinion."""
    of_reviewer = (
        step for step, form in get_forms().items() if form.rule.by == (Office.LEGAL_REVIEWER,) and "opinion" in form.model_fields
    )
    return tuple(of_reviewer)


@router.get(
    "/api/matters/{number}/requests/{seq}",
    name="request_sheet_of",
    dependencies=declare_reading(Reading.MATTER),
    summary="审批表",
    responses={200: {"model": RequestSheet}} | document_refusals(401, 403, 404, 422),
)
async def request_sheet_of(request: Request, number: str, seq: RequestSeq, person: Caller) -> Response:
    """A request that was made at that sequence of the matter, as the approval form has it; what it will issue is seen while it waits.

    That whoever asks has opened it is kept where it decides on somebody's liberty: nobody approves that unseen.
    """
    ctx = get_context(request)
    matter = await get_readable_matter(request, number, person)
    begins = person.find_first_readable_entry(matter, matter.shared_at)
    pending = await get_pending_requests(ctx, matter)
    waiting = next((each for each in pending.requests if each.seq == seq), None)
    async with ctx.pool.connection() as connection:
        asked = await request_sheet.find_request(connection, number, begins, seq, list_steps_with_approval())
        if asked is None:
            raise NotFound("本事项没有这一呈请")
        form = get_forms()[asked.step].model_validate(asked.form, context=AS_STORED)
        ids = [*list_ids_named(form), *([waiting.asked_by.person, waiting.asker] if waiting else [])]
        steps = build_labels_json()["steps"]
        if waiting and is_on_liberty(type(form)):
            await see(connection, number, seq, person.username, matter.seq, datetime.now(UTC))
        told = await request_sheet.build_sheet(connection, number, begins, seq, asked.step, _get_review_steps(), ids, steps)
        around = await _load_around(connection, person, matter)
    drafts = told["drafts"] if waiting else []
    seen = await anyio.to_thread.run_sync(_preview_papers, drafts) if drafts else []
    of_request = {
        "matter": number,
        "seq": seq,
        **_describe_request(form, told),
        **_describe_waiting(waiting, told["names"]),
        "papers": seen,
    }
    clocks = [each for each in around.pop("clocks") if touches_clock(form, _list_concerned(form, told["people"]), each)]
    return build_json_response(json.dumps({**of_request, **around, "clocks": clocks}, ensure_ascii=False), matter.seq)


def _describe_request(form: Form, told: Mapping[str, Any]) -> dict[str, Any]:
    """What is asked, about whom, and the opinions given."""
    said, concerned = build_answers(form, told["names"]), _list_concerned(form, told["people"])
    return {
        "step": form.rule.step,
        "step_zh": form.rule.title,
        "basis": format_basis(type(form)),
        "liberty": is_on_liberty(type(form)),
        "people": [{**each, "roles_zh": _list_roles(each), "concerned": each["id"] in concerned} for each in told["people"]],
        "answers": [each._asdict() for each in said.said],
        "denied": said.denied,
        "opinions": told["opinions"],
        "history": told["history"],
    }


def _describe_waiting(request: Pending | None, names: Mapping[str, str]) -> dict[str, Any]:
    """Who asked and when, while the request awaits a decision; afterwards the history says it."""
    return {
        "awaiting": request is not None,
        "asked_by_zh": request and names.get(request.asked_by.person),
        "asker_zh": request and names.get(request.asker),
        "asked_at": request and request.asked_at.isoformat(),
    }


async def _load_around(connection: Connection, person: Person, matter: MatterStatus) -> dict[str, Any]:
    """What happened, the dossier, and the clocks of the matter."""
    matters = [*await get_readable_ancestors(connection, person, matter), matter]
    read = [(each.number, person.find_first_readable_entry(each, each.shared_at)) for each in matters]
    clocks = json.loads(await read_clocks_of(connection, matter.number))
    return {
        "summary": json.loads(await load_summary(connection, matter.number, matter.kind, read)),
        "evidence": await _load_evidence(connection, person, matters),
        "clocks": [_drop_reasons(each) for each in clocks],
    }


async def _load_evidence(connection: Connection, person: Person, matters: Sequence[MatterStatus]) -> list[dict[str, Any]]:
    """The dossiers of the matter and of those above it: documents, and the latest version of each scan."""
    found: dict[tuple[str, int], dict[str, Any]] = {}
    for matter in matters:  # three at most: an incident, its case, the suspect
        there = json.loads(await papers.list_contents(connection, matter.number, person, sealed=matter.sealed))
        for each in there["documents"]:
            found["document", each["id"]] = _build_evidence(each, "document", each["number"], each["issued_at"])
        latest = {(each["matter"], each["title"]): each for each in there["items"]}
        for each in latest.values():
            found["item", each["id"]] = _build_evidence(each, "item", "", each["uploaded_at"])
    return sorted(found.values(), key=lambda each: each["at"])


def _build_evidence(each: Mapping[str, Any], sort: str, number: str, at: str) -> dict[str, Any]:
    return {"sort": sort, "matter": each["matter"], "id": each["id"], "title": each["title"], "number": number, "at": at}


def _list_concerned(form: Form, people: Iterable[Mapping[str, Any]]) -> set[str]:
    """The ids of the person whom the step is about; none where it names nobody."""
    number = find_person_number(form)
    own = build_numbered_id(number) if number is not None else None
    for each in people:
        ids = set(list_ids({**each["said"], "id": each["id"]}))
        if SUSPECT in ids or own in ids:
            return ids
    return set()


def _list_roles(party: Mapping[str, Any]) -> list[str]:
    return [Role(each).label if each in set(Role) else each for each in party["roles"]]


def touches_clock(form: Form, concerned: set[str], clock: Mapping[str, Any]) -> bool:
    """Whether the step meets, ends or extends that running clock; of clocks of several people, those of the person it is about."""
    about = clock["about"]
    of_another = concerned and is_about_one_of_several(about) and get_about_id(about) not in concerned
    return clock["state"] in _RUNNING and clock["limit"] in list_limits_touched(type(form)) and not of_another


def _drop_reasons(clock: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in clock.items() if name not in ("reasons", "rungs")}


def _preview_papers(drafts: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each document as it will be printed."""
    kinds = [(get_document_types()[each["type"]], each["context"]) for each in drafts]
    return [{"type": kind.id, "title": kind.zh, "lines": preview_document(kind, context)} for kind, context in kinds]
