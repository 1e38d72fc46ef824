"""The sheet of one request for approval (审批表): who, what, what happened, evidence, opinions, limits, documents and history."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

import anyio
from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.access_tracking import reads
from api.approvers import get_pending_requests
from api.auth import Caller
from api.context import get_context
from api.http_io import json_response
from api.labels import labels_as_json, steps_with_approval
from api.matter_access import get_readable_ancestors, get_readable_matter
from api.path_parameters import RequestSeq
from api.problems import documented
from api.schemas.requests import RequestSheet
from api.step_descriptions import is_on_liberty, limits_touched_by
from law.offices import Office
from models.access.scope import Person
from models.answers import answers_of, ids_in, persons_number
from models.documents import document_types
from models.forms.form import Form, forms
from models.instants import AS_STORED
from models.messages import Request as Pending
from models.parties import Role
from models.party_ids import SUSPECT, id_in, ids_of, is_about_one_of_several, numbered_id
from models.problems import NotFound
from models.readmodel import documents as papers
from models.readmodel import request_sheet
from models.readmodel.clocks import read_clocks_of
from models.readmodel.matter_status import MatterStatus
from models.readmodel.summary import summary
from models.store.connection import Connection
from models.store.sheets_seen import see
from models.templates import previewed
from models.trace_shapes import Reading
from workflows.approval.chain import basis_of

router = APIRouter(tags=["审批"])

_RUNNING = ("running", "suspended", "not-started")


@cache
def _reviews() -> tuple[str, ...]:
    """The steps by which only the legal reviewer gives an opinion."""
    of_reviewer = (
        step for step, form in forms().items() if form.rule.by == (Office.LEGAL_REVIEWER,) and "opinion" in form.model_fields
    )
    return tuple(of_reviewer)


@router.get(
    "/api/matters/{number}/requests/{seq}",
    dependencies=reads(Reading.MATTER),
    summary="审批表",
    responses={200: {"model": RequestSheet}} | documented(401, 403, 404, 422),
)
async def request_sheet_of(request: Request, number: str, seq: RequestSeq, person: Caller) -> Response:
    """A request that was made at that sequence of the matter, as the approval form has it; what it will issue is seen while it waits.

    That whoever asks has opened it is kept where it decides on somebody's liberty: nobody approves that unseen.
    """
    ctx = get_context(request)
    matter = await get_readable_matter(request, number, person)
    begins = person.reads_from(matter, matter.shared_at)
    pending = await get_pending_requests(ctx, matter)
    waiting = next((each for each in pending.requests if each.seq == seq), None)
    async with ctx.pool.connection() as connection:
        asked = await request_sheet.asked_for(connection, number, begins, seq, steps_with_approval())
        if asked is None:
            raise NotFound("本事项没有这一呈请")
        form = forms()[asked.step].model_validate(asked.form, context=AS_STORED)
        ids = [*ids_in(form), *([waiting.asked_by.person, waiting.asker] if waiting else [])]
        steps = labels_as_json()["steps"]
        if waiting and is_on_liberty(type(form)):
            await see(connection, number, seq, person.username, matter.seq, datetime.now(UTC))
        told = await request_sheet.sheet(connection, number, begins, seq, asked.step, _reviews(), ids, steps)
        around = await _around(connection, person, matter)
    drafts = told["drafts"] if waiting else []
    seen = await anyio.to_thread.run_sync(_papers, drafts) if drafts else []
    of_request = {"matter": number, "seq": seq, **_in_words(form, told), **_waiting(waiting, told["names"]), "papers": seen}
    clocks = [each for each in around.pop("clocks") if touches_clock(form, _concerned(form, told["people"]), each)]
    return json_response(json.dumps({**of_request, **around, "clocks": clocks}, ensure_ascii=False), matter.seq)


def _in_words(form: Form, told: Mapping[str, Any]) -> dict[str, Any]:
    """What is asked, about whom, and the opinions given."""
    said, concerned = answers_of(form, told["names"]), _concerned(form, told["people"])
    return {
        "step": form.rule.step,
        "step_zh": form.rule.title,
        "basis": basis_of(type(form)),
        "liberty": is_on_liberty(type(form)),
        "people": [{**each, "roles_zh": _roles(each), "concerned": each["id"] in concerned} for each in told["people"]],
        "answers": [each._asdict() for each in said.said],
        "denied": said.denied,
        "opinions": told["opinions"],
        "history": told["history"],
    }


def _waiting(request: Pending | None, names: Mapping[str, str]) -> dict[str, Any]:
    """Who asked and when, while the request awaits a decision; afterwards the history says it."""
    return {
        "awaiting": request is not None,
        "asked_by_zh": request and names.get(request.asked_by.person),
        "asker_zh": request and names.get(request.asker),
        "asked_at": request and request.asked_at.isoformat(),
    }


async def _around(connection: Connection, person: Person, matter: MatterStatus) -> dict[str, Any]:
    """What happened, the dossier, and the clocks of the matter."""
    matters = [*await get_readable_ancestors(connection, person, matter), matter]
    read = [(each.number, person.reads_from(each, each.shared_at)) for each in matters]
    clocks = json.loads(await read_clocks_of(connection, matter.number))
    return {
        "summary": json.loads(await summary(connection, matter.number, matter.kind, read)),
        "evidence": await _evidence(connection, person, matters),
        "clocks": [_without_reasons(each) for each in clocks],
    }


async def _evidence(connection: Connection, person: Person, matters: Sequence[MatterStatus]) -> list[dict[str, Any]]:
    """The dossiers of the matter and of those above it: documents, and the latest version of each scan."""
    found: dict[tuple[str, int], dict[str, Any]] = {}
    for matter in matters:  # three at most: an incident, its case, the suspect
        there = json.loads(await papers.lying_there(connection, matter.number, person, sealed=matter.sealed))
        for each in there["documents"]:
            found["document", each["id"]] = _lying(each, "document", each["number"], each["issued_at"])
        latest = {(each["matter"], each["title"]): each for each in there["items"]}
        for each in latest.values():
            found["item", each["id"]] = _lying(each, "item", "", each["uploaded_at"])
    return sorted(found.values(), key=lambda each: each["at"])


def _lying(each: Mapping[str, Any], sort: str, number: str, at: str) -> dict[str, Any]:
    return {"sort": sort, "matter": each["matter"], "id": each["id"], "title": each["title"], "number": number, "at": at}


def _concerned(form: Form, people: Iterable[Mapping[str, Any]]) -> set[str]:
    """The ids of the person whom the step is about; none where it names nobody."""
    number = persons_number(form)
    own = numbered_id(number) if number is not None else None
    for each in people:
        ids = set(ids_of({**each["said"], "id": each["id"]}))
        if SUSPECT in ids or own in ids:
            return ids
    return set()


def _roles(party: Mapping[str, Any]) -> list[str]:
    return [Role(each).label if each in set(Role) else each for each in party["roles"]]


def touches_clock(form: Form, concerned: set[str], clock: Mapping[str, Any]) -> bool:
    """Whether the step meets, ends or extends that running clock; of clocks of several people, those of the person it is about."""
    about = clock["about"]
    of_another = concerned and is_about_one_of_several(about) and id_in(about) not in concerned
    return clock["state"] in _RUNNING and clock["limit"] in limits_touched_by(type(form)) and not of_another


def _without_reasons(clock: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in clock.items() if name not in ("reasons", "rungs")}


def _papers(drafts: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each document as it will be printed."""
    kinds = [(document_types()[each["type"]], each["context"]) for each in drafts]
    return [{"type": kind.id, "title": kind.zh, "lines": previewed(kind, context)} for kind, context in kinds]
