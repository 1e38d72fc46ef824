"""Receiving: a message is kept, held until the one before it has been answered, taken as a step, and answered once for ever."""

import json
from collections import deque
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from api.assignees import check_assignees
from api.attempts import open_attempt
from api.context import AppContext
from api.counter import find_code_of_message
from api.http_io import check_key, parse_form
from api.inbound.messages import InboundMessage, InboundReceipt, read
from api.inbound.signatures import check_signature
from api.matter_access import check_links
from api.matters import Opened, open_once
from api.problems import find_problem, render
from api.step_descriptions import find_form
from api.submission import build_first_receipt, build_scoped_key, make_actor, submit_update
from api.veiling import hash_secret, is_same_body, unveil_values, veil_values
from models.access.scope import Person
from models.forms.form import get_forms
from models.forms.veil import list_veiled_fields
from models.journal import BUREAU, format_canonical, hash_body
from models.messages import Actor, Receipt, Submission
from models.outside import System, build_machine_name
from models.problems import FormInvalid, KeyReused, MatterNotFound, NotFound, Problem
from models.readmodel.matter_status import MatterStatus, find_matter
from models.readmodel.offices import find_person
from models.search_terms import NARRATING
from models.store import api_writes, inbound
from models.store.inbound import Kept
from runtime.logging import log

# What says nothing about the message: it may be sent again, under the same id.
_PASSING = frozenset({401, 429, 500, 503})
_HELD = 202


class Receiver:
    """The counter at which messages of one system come in."""

    def __init__(self, ctx: AppContext, system: System) -> None:
        """Receive from that system, in that seat."""
        self._ctx, self._system = ctx, system

    async def receive(self, headers: Mapping[str, str], body: bytes) -> tuple[int, str]:
        """The status and the JSON text by which a message is answered, the first time and ever after."""
        partner = self._ctx.settings.partners.get(self._system.id)
        if partner is None:
            raise NotFound(f"没有接入{self._system.zh}")
        message_id = check_signature(partner, headers, body, datetime.now(UTC))
        check_key(message_id)
        person = await self._load_person()
        async with open_attempt(self._ctx, person, "inbound") as this:
            message, ignored = read(this.fill_in(body))
            if message.after == message_id:
                raise FormInvalid(errors=[{"field": "after", "rule": "not-itself", "detail": "报文不能等待自己"}])
        text, hashed = await self._veil_body(message_id, message, person, body)
        async with self._ctx.pool.connection() as connection:
            kept = await inbound.keep(
                connection, self._system.id, message_id, message.after, text, hashed, ignored, datetime.now(UTC)
            )
        if not await is_same_body(self._ctx, kept.body_hash, hashed):
            raise KeyReused("同一webhook-id已用于另一报文", field="webhook-id")
        status, text = await self._answer(kept, person)
        return status, await self._add_code(message_id, person, text) if self._system.gives_codes and message.opens else text

    async def _add_code(self, message_id: str, person: Person, text: str) -> str:
        """The answer to what opened a matter, with the code for whoever brought it, which is kept in no answer."""
        told: dict[str, Any] = json.loads(text)
        if told.get("state") != "accepted" or told.get("duplicate"):
            return text
        code = await find_code_of_message(self._ctx, person, message_id, told["receipt"]["number"])
        return json.dumps(told | {"query_code": code}, ensure_ascii=False) if code else text

    async def _veil_body(self, message_id: str, message: InboundMessage, person: Person, body: bytes) -> tuple[str, str]:
        """The text in which a message is kept, and its hash: what a form may keep secret stands encrypted in it, and what narrates."""
        given, form_type = json.loads(body), get_forms().get(message.type)
        hashed, fields = hash_body("inbound", given), list_veiled_fields(form_type) if form_type else ()
        if not fields:
            return body.decode(), hashed
        said = {
            name: value for name, value in message.data.form.items() if name in (*fields, *NARRATING) and isinstance(value, str)
        }
        veiled = await veil_values(self._ctx, build_scoped_key(person, message_id), message.type, said, tuple(said))
        form = {**message.data.form, **veiled}
        return format_canonical({**given, "data": {**given["data"], "form": form}}), await hash_secret(self._ctx, hashed)

    async def _answer(self, kept: Kept, person: Person) -> tuple[int, str]:
        """The answer to a message; whatever waited for it is acted on as well."""
        if kept.status is None and kept.must_wait:
            log.info("step.submitted", system=kept.system, outcome="held")
            held = InboundReceipt(id=kept.message_id, state=kept.state, ignored=kept.ignored, after=kept.after)
            return _HELD, held.model_dump_json(exclude_none=True)
        return await self._act_with_followers(kept, person)

    async def release(self, message_id: str, by: Person) -> tuple[int, str]:
        """Act on a message without waiting longer for the one before it, since this person says so; what is answered to it."""
        async with self._ctx.pool.connection() as connection:
            kept = await inbound.find_message(connection, self._system.id, message_id)
            if kept is None:
                raise NotFound("没有收到过这一报文")
            matter, _ = await find_matter(connection, kept.number, "")
            entry = {
                "actor": {"person": by.username},
                "system": build_machine_name(kept.system),
                "message": message_id,
                "after": kept.after,
            }
            chain = matter.number if matter else BUREAU
            await api_writes.append(connection, chain, "inbound", "release-message", by.username, entry, datetime.now(UTC))
        return await self._act_with_followers(kept, await self._load_person())

    async def _act_with_followers(self, kept: Kept, person: Person) -> tuple[int, str]:
        """Act on a message, and on whatever waited for it."""
        status, text, waiting = await self._act(kept, person)
        queue = deque(waiting)
        while queue:
            queue.extend(await self._act_on_held(queue.popleft(), person))
        return status, text

    async def _act_on_held(self, message_id: str, person: Person) -> list[str]:
        """Act on a message that was held; those that waited for it. One that cannot be acted on now is when it is sent again."""
        async with self._ctx.pool.connection() as connection:
            kept = await inbound.find_message(connection, self._system.id, message_id)
        if kept is None or kept.must_wait:
            return []
        try:
            _, _, waiting = await self._act(kept, person)
        except Exception as error:  # noqa: BLE001 - whoever sent the message before this one has done nothing wrong
            log.error("request.failed", error=error, operation="release-inbound")
            return []
        return waiting

    async def _act(self, kept: Kept, person: Person) -> tuple[int, str, list[str]]:
        """What is answered to a message, and the ids of those that waited for it."""
        if kept.status is not None and kept.answer is not None:
            async with self._ctx.pool.connection() as connection:
                return kept.status, kept.answer, await inbound.list_following(connection, kept)
        status, text = await self._check_order(kept, person)
        async with self._ctx.pool.connection() as connection:
            waiting = await inbound.answer(connection, kept, status, text, datetime.now(UTC))
            first = await inbound.find_message(connection, kept.system, kept.message_id)
        assert first is not None  # we have just answered it
        log.info("step.submitted", system=kept.system, outcome=first.state, status=first.status)
        return first.status or status, first.answer or text, waiting

    async def _check_order(self, kept: Kept, person: Person) -> tuple[int, str]:
        try:
            message = parse_form(InboundMessage, kept.body.encode())
            opening = await self._open_matter(kept.message_id, message, person) if message.opens else None
            receipt = opening.receipt if opening else await self._take_step(kept.message_id, message, person)
        except Problem as problem:
            if problem.status in _PASSING:
                raise
            problem.members |= {"ignored": kept.ignored} if kept.ignored else {}
            refused = render(find_problem(problem), f"/api/inbound/{self._system.id}", "")
            return problem.status, bytes(refused.body).decode()
        done = InboundReceipt(
            id=kept.message_id,
            state="accepted",
            ignored=kept.ignored,
            after=kept.after,
            receipt=receipt.model_dump(mode="json"),
            duplicate=True if opening and opening.duplicate else None,
        )
        return 200, done.model_dump_json(exclude_none=True)

    async def _open_matter(self, message_id: str, message: InboundMessage, person: Person) -> Opened:
        """Open a matter as this system, which may by what it is connected for: once under the id of the message."""
        async with open_attempt(self._ctx, person, message.type) as this:
            form_type = next((each for each in self._system.opens if each.rule.step == message.type), None)
            if form_type is None:
                raise NotFound(f"没有名为“{message.type}”的步骤", near=[each.rule.step for each in self._system.opens])
            key = build_scoped_key(person, message_id)
            filled = await unveil_values(self._ctx, key, message.type, message.fill_form())
            form = parse_form(form_type, this.fill_in(format_canonical(filled).encode()))
            async with self._ctx.pool.connection() as connection:
                unit = form.get_target_unit() or await inbound.find_served_unit(connection, self._system.id)
            who = Actor(person=person.username, unit="", offices=(str(self._system.office),))
            return await open_once(self._ctx, person, who, unit, form, key)

    async def _take_step(self, message_id: str, message: InboundMessage, person: Person) -> Receipt:
        number, step = message.data.matter, message.type
        async with open_attempt(self._ctx, person, step) as this:
            key = build_scoped_key(person, message_id)
            async with self._ctx.pool.connection() as connection:
                matter, first = await find_matter(connection, number, key)
            if matter:
                this.chain = number
            who = await self._find_actor(matter, step, person)
            if matter is None or who is None:
                raise MatterNotFound()
            form = parse_form(find_form(step), this.fill_in(format_canonical(message.fill_form()).encode()))
            values = form.model_dump(mode="json", exclude_unset=True)
            hashed = hash_body(f"{number}/{step}", values)
            if first:
                return await build_first_receipt(self._ctx, first, hashed)
            await check_assignees(self._ctx, form, matter)
            await check_links(self._ctx, person, form)
            submission = Submission(key=key, body_hash=hashed, step=step, form=values, actor=who, journal=matter.seq)
            return await submit_update(self._ctx, matter, submission)

    async def _find_actor(self, matter: MatterStatus | None, step: str, person: Person) -> Actor | None:
        """As whom this system may act on a matter: by the offices that the matter is shared with, or because it was asked there."""
        if matter is None:
            return None
        if self._system.answers(step):
            async with self._ctx.pool.connection() as connection:
                if await inbound.was_asked(connection, self._system.id, matter.number):
                    return Actor(person=person.username, unit="", offices=(str(self._system.office),))
        offices = person.list_reaching_offices(matter)
        return make_actor(person, offices) if offices else None

    async def _load_person(self) -> Person:
        """The account under which the system acts; one that holds no office where none was set up."""
        name = build_machine_name(self._system.id)
        tree = await self._ctx.directory.load_units()
        async with self._ctx.pool.connection() as connection:
            return await find_person(connection, name, tree) or Person(name, self._system.zh, "", ())
