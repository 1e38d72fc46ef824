"""Making history: one proposal, one transaction. The only way into the journal for a step."""

import json
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb
from temporalio import activity

from activities.documents import Issue, issued
from activities.features.corrections import (
    Setting,
    by_the_county,
    lost_overruns,
    put_right,
    setting,
    told_before,
    told_to_supervisors,
    told_wider,
)
from activities.features.custody_credit import serving, uncredited
from activities.features.dossier_rules import declared, undeclarable
from activities.features.ends import barred, unended
from activities.features.exhibit_rules import received_by_an_officer, unready
from activities.features.hierarchy import (
    rehome,
    seal_family,
    sealed_from_birth,
    settled,
    taking_part,
    told_along,
    under_the_opened,
    unmergeable,
)
from activities.features.holdings import held_twice, namesakes_held
from activities.features.injuries import injuries, told_the_incident
from activities.features.minor_rules import told_the_case
from activities.features.overruns import acknowledge, told_of_late_cures, unacknowledgeable
from activities.features.penalties import beside_its_notice
from activities.features.people import joined, named_before, namesakes_merged
from activities.features.suspects import (
    along_with_its_case,
    named_by_number,
    noted,
    told_of_a_loss,
    told_of_renewal,
    unasked_nationality,
)
from activities.features.twins import another_goes_on, used_beside
from activities.outbox import outstanding
from activities.recording.journal_rows import (
    Change,
    Known,
    appended,
    content_of,
    delivery_row,
    party_row,
    recorded_of,
    ticking,
    told_of,
    told_outside,
)
from activities.recording.late_entries import marked, unattached
from activities.recording.receipts import awaited, warned
from activities.recording.request_hands import succeeded
from law.calendar import Calendar
from law.clock import Clock, Colour
from law.clocks import clocks
from law.fast_handling import as_handled
from law.late_entry import Figures
from law.legal_fact import LegalFact, learnt
from law.rules import check_fact
from models.journal import GENESIS, canonical, link
from models.matter import Kind
from models.messages import Answer, MatterEvent, Proposal, Recorded, Refusal
from models.outside import System
from models.problems import JournalBehind, KeyReused, WordExpected
from models.store import statements as sql
from models.store.document_writes import ISSUE
from models.store.mappers import LADDER, RUNNING, calendar_of, colour_at, fact_of, fallen
from runtime.database import Pool
from runtime.logging import log
from runtime.metrics import RECORD_DURATION, STEPS
from runtime.tracing import span

# A notice published for next year concerns dates weeks away: each worker may learn of it this many seconds late.
_CALENDAR_S = 30.0


class Records:
    """The activities that write matters, over one pool of connections."""

    def __init__(self, pool: Pool, systems: Sequence[System] = (), figures: Figures = Figures()) -> None:  # noqa: B008 - it never changes
        """Write through that pool; what happens is told to those systems outside; what is entered later than these figures is marked."""
        self._pool, self._systems, self._figures = pool, systems, figures
        self._calendar: tuple[float, Calendar] | None = None

    @activity.defn(name="record")
    async def record(self, proposal: Proposal) -> Answer:
        """Make a proposal history, or say why not; a repeat under the same key gets the first answer."""
        began = time.perf_counter()
        with span("record", kind=proposal.kind, step=proposal.step):
            async with self._pool.connection() as connection:
                answer = await self._record(connection, proposal)
        RECORD_DURATION.observe(time.perf_counter() - began)
        return answer

    @activity.defn(name="complain")
    async def complain(self, number: str, unit: str, key: str, why: str, step: str = "") -> None:
        """Give a person the task of seeing to what could not be carried out; when `step` has been taken it is done."""
        log.error("intention.failed", matter=number, error_type=why)
        connection: Any
        async with self._pool.connection() as connection:
            await connection.execute(sql.COMPLAIN, {"number": number, "unit": unit, "key": key, "step": step})

    async def _record(self, connection: Any, proposal: Proposal) -> Answer:
        known = await self._known(connection, proposal)
        if known.first:
            if (known.first["chain"], known.first["body_hash"]) != (proposal.number, proposal.body_hash):
                return Answer(refusal=KeyReused(field="Idempotency-Key").refusal())
            return _answer([*known.missed, known.first], known.next_alarm, await outstanding(connection, proposal.number))
        if known.missed:
            return _answer(known.missed, known.next_alarm, await outstanding(connection, proposal.number))
        if known.seq < proposal.seq:
            return await _behind(connection, proposal, known)
        if known.expects and proposal.waits:
            return Answer(refusal=WordExpected(engine="temporal", retry_after=1).refusal())
        if proposal.refusal:
            return Answer(refusal=proposal.refusal)
        answerable = await succeeded(connection, proposal)
        return Answer(refusal=answerable) if isinstance(answerable, Refusal) else await self._judge(connection, answerable, known)

    async def _judge(self, connection: Any, proposal: Proposal, known: Known) -> Answer:
        """Ask the law, and whatever else may speak against it; history is made where nothing does."""
        calendar = await self._current_calendar(connection)
        proposal, seq = marked(settled(_dated(proposal)), self._figures), proposal.seq + 1
        told_by = "" if proposal.type == "step" else proposal.key.partition("/")[0]
        carried = await _carried(connection, proposal, known)
        right = carried if isinstance(carried, Refusal) else await _set_right(connection, carried, known, calendar)
        if isinstance(right, Refusal):
            return Answer(refusal=right)
        proposal, made = right
        # What another matter tells was handled there.
        handled = proposal.facts if told_by else [each for fact in proposal.facts for each in as_handled(known.facts, fact)]
        parent_event = _heard(proposal.parent_event, seq)
        # What is only asked for is judged by it, and what is done keeps it.
        beside = await used_beside(connection, proposal, [*proposal.facts, *proposal.foreseen], calendar)
        asked_only = () if proposal.facts else beside
        facts = [
            *(beside if proposal.facts else ()),
            *(replace(fact, seq=seq, told_by=fact.told_by or told_by) for fact in handled),
            *made.found,
        ]
        refusal = await _refused(connection, proposal, [*known.facts, *parent_event, *asked_only], facts, calendar)
        if refusal:
            return Answer(refusal=refusal)
        issue = await issued(connection, proposal, known.facts, facts)
        if isinstance(issue, Refusal):
            return Answer(refusal=issue)
        notes = (*proposal.notes, *await serving(connection, proposal, [*facts, *proposal.foreseen]))
        notes = (*notes, *await namesakes_held(connection, proposal, [*facts, *proposal.foreseen]))
        notes = (*notes, *await unasked_nationality(connection, proposal, known.facts, facts))
        proposal = along_with_its_case(told_of_renewal(warned(proposal, notes), known.facts, facts), facts)
        proposal = told_of_a_loss(proposal, known.facts, facts)
        notes = (*notes, *noted(proposal, known.facts, facts))
        recorded = await self._write(connection, proposal, known, [*facts, *parent_event], calendar, issue, made, notes)
        return Answer(recorded=(recorded[0],), next_alarm=recorded[1])

    async def _known(self, connection: Any, proposal: Proposal) -> Known:
        arguments = {
            "number": proposal.number,
            "key": proposal.key,
            "seq": proposal.seq,
            "genesis": GENESIS,
            "officer": proposal.officer,
            "unit": proposal.unit,
        }
        # The transaction begins with the reading and ends with the writing: two round trips make a step.
        async with connection.pipeline():
            await connection.execute("BEGIN")
            if not proposal.seq:
                await connection.execute(sql.BEGIN_CHAIN, arguments)
            head = await connection.execute(sql.LOCK, arguments)
            facts = await connection.execute(sql.FACTS, arguments)
            rest = await connection.execute(sql.KNOWN, arguments)
        position, hash_ = await head.fetchone()
        shown, next_alarm, successor, seq, expects, contents = await rest.fetchone()
        entries = [json.loads(content) for content in contents]
        return Known(
            position,
            hash_,
            [fact_of(row) for row in await facts.fetchall()],
            shown or {},
            next_alarm,
            successor or "",
            seq or 0,
            expects,
            next((each for each in entries if each["key"] == proposal.key), None),
            [each for each in entries if each["key"] != proposal.key],
        )

    async def _current_calendar(self, connection: Any) -> Calendar:
        if self._calendar is None or self._calendar[0] < time.monotonic():
            rows = await (await connection.execute(sql.CALENDAR)).fetchall()
            self._calendar = (time.monotonic() + _CALENDAR_S, calendar_of(rows))
        return self._calendar[1]

    async def _write(
        self,
        connection: Any,
        proposal: Proposal,
        known: Known,
        facts: list[LegalFact],
        calendar: Calendar,
        issue: Issue | None,
        made: Setting,
        notes: tuple[str, ...] = (),
    ) -> tuple[Recorded, datetime | None]:
        log = [*made.log, *facts]
        proposal = taking_part(proposal)
        proposal = await _numbered(
            connection, await self._telling(connection, _passed_on(proposal, known), known, facts, made), log
        )
        change = await self._changed(connection, proposal, known, log, calendar, made)
        proposal = told_of_late_cures(told_to_supervisors(proposal, change), change.clocks, facts)
        recorded = recorded_of(proposal, await awaited(connection, proposal), notes)
        content = canonical(content_of(proposal, recorded, known.position + 1, facts, change))
        hash_ = link(known.hash, content)
        born_sealed = await sealed_from_birth(connection, proposal, facts)
        async with connection.pipeline():
            await rehome(connection, proposal)
            arguments = appended(proposal, recorded, known, facts, change, content, hash_)
            await connection.execute(sql.APPEND, arguments | ({"sealed": True} if born_sealed else {}))
            await seal_family(connection, proposal, facts, born_sealed=born_sealed, passed_on=bool(known.successor))
            await _describe(connection, proposal, recorded)
            await put_right(connection, proposal.number, made)
            if deliveries := [delivery_row(proposal, each) for each in proposal.commands if each.kind == Kind.DELIVERY]:
                await connection.execute(sql.DELIVERIES, {"rows": Jsonb(deliveries)})
            upcoming = await _tick(connection, proposal, recorded, change)
            if issue:  # last of the rows, for whoever numbers a document next waits for this commit
                await connection.execute(ISSUE, issue.arguments())
            await connection.execute("COMMIT")
        (next_alarm,) = await upcoming.fetchone() if upcoming else (known.next_alarm,)
        _say(proposal, recorded, change)
        return recorded, next_alarm

    async def _changed(
        self, connection: Any, proposal: Proposal, known: Known, log: list[LegalFact], calendar: Calendar, made: Setting
    ) -> Change:
        """What the proposal makes of the clocks, and what the journal keeps of it besides."""
        change = (
            await self._recomputed(connection, proposal, known, calendar)
            if proposal.recompute
            else _change(known, log, calendar, proposal.decided_at)
        )
        kept = (*made.kept, *lost_overruns(known.facts, change, calendar, proposal))
        return change._replace(corrected=kept, declared=await declared(connection, proposal))

    async def _telling(self, connection: Any, proposal: Proposal, known: Known, facts: list[LegalFact], made: Setting) -> Proposal:
        """The proposal with whom it is told besides those whom the stage named: systems outside, the case, who carries what was wrong."""
        systems = await told_before(connection, proposal.number, facts, self._systems)
        proposal = told_along(told_the_case(told_the_incident(told_outside(proposal, facts, systems), facts), facts), known.facts)
        return await told_wider(connection, proposal, made.wider)

    async def _recomputed(self, connection: Any, proposal: Proposal, known: Known, calendar: Calendar) -> Change:
        """The running clocks that law and calendar, as they are now, reckon otherwise than they are recorded."""
        rows = await (await connection.execute(sql.RECORDED_CLOCKS, {"number": proposal.number})).fetchall()
        # What has ended stays so, a right that lapsed unused among it.
        ended = {row.id for row in rows if row.state not in RUNNING}
        recorded = {row.id: (row.due_at, row.edition, row.basis, row.calendar) for row in rows if row.id not in ended}
        reckoned = {each.id: each for each in clocks(known.facts, calendar) if each.state in RUNNING and each.id not in ended}
        moved = [
            each for each in reckoned.values() if recorded.get(each.id) != (each.due_at, each.edition, each.basis, each.calendar)
        ]
        gone = tuple(recorded.keys() - reckoned.keys())
        return Change(moved, _worst(known, moved, gone, proposal.decided_at), gone)


async def _tick(connection: Any, proposal: Proposal, recorded: Recorded, change: Change) -> Any:
    """Write what changed of the clocks; the cursor that knows then when the next rung is due, None where nothing has changed."""
    await acknowledge(connection, proposal)
    if change.gone:
        await connection.execute(sql.LAPSED, {"gone": list(change.gone), "now": proposal.decided_at})
    if change.clocks or change.gone:
        return await connection.execute(sql.CLOCKS, ticking(proposal, recorded, change.clocks))
    return None


async def _describe(connection: Any, proposal: Proposal, recorded: Recorded) -> None:
    """Who is in the matter, and what it may be found by."""
    if proposal.parties:
        rows = [party_row(proposal.number, each) for each in proposal.parties]
        await connection.execute(sql.PARTIES, {"rows": Jsonb(rows)})
    if told := told_of(proposal, recorded):
        await connection.execute(sql.TOLD, told)


def _dated(proposal: Proposal) -> Proposal:
    """The proposal whose facts, here and as they are told to others, say when they were entered; what is told was entered elsewhere."""
    if proposal.type != "step":
        return proposal
    now = proposal.decided_at
    commands = tuple(
        each.model_copy(update={"facts": tuple(learnt(fact, now) for fact in each.facts)}) for each in proposal.commands
    )
    facts = tuple(learnt(fact, now) for fact in proposal.facts)
    # What is only asked for comes after all that has been recorded, also in one minute.
    foreseen = tuple(replace(fact, seq=proposal.seq + 1) for fact in proposal.foreseen)
    return proposal.model_copy(update={"facts": facts, "commands": commands, "foreseen": foreseen})


async def _carried(connection: Any, proposal: Proposal, known: Known) -> Proposal | Refusal:
    """The proposal with what the record knows besides: of an injury, earlier papers, the people it speaks of; or what that speaks against."""
    carried = await injuries(connection, proposal, known.facts)
    if not isinstance(carried, Refusal):
        carried = await beside_its_notice(connection, carried)
    return carried if isinstance(carried, Refusal) else await joined(connection, carried)


async def _set_right(connection: Any, proposal: Proposal, known: Known, calendar: Calendar) -> tuple[Proposal, Setting] | Refusal:
    """The proposal with what its correction, if it is one, comes to, and who has to approve that; or what that speaks against."""
    made = await setting(connection, proposal, known.facts, calendar) if proposal.corrects else Setting(known.facts)
    if isinstance(made, Refusal):
        return made
    signed = by_the_county(proposal.model_copy(update={"notes": (*proposal.notes, *made.elsewhere.notes)}), made)
    if isinstance(signed, Refusal):
        return signed
    only_asked = any(request.seq == proposal.seq + 1 for request in proposal.requests)  # and would be right
    return signed, Setting(known.facts) if only_asked else made


def _passed_on(proposal: Proposal, known: Known) -> Proposal:
    """The proposal with the successor of an officer who has left; the workflow learns of it by what is recorded."""
    return proposal.model_copy(update={"officer": known.successor}) if known.successor else proposal


def _heard(told: MatterEvent | None, seq: int) -> list[LegalFact]:
    """The facts that a matter is born with, as its log has them."""
    return [replace(fact, seq=seq, told_by=fact.told_by or told.source) for fact in told.facts] if told else []


async def _refused(
    connection: Any, proposal: Proposal, known: list[LegalFact], facts: Sequence[LegalFact], calendar: Calendar
) -> Refusal | None:
    """What speaks against a proposal: the law first, then what the record knows besides."""
    return (
        _refused_by_law(known, [*facts, *proposal.foreseen], calendar)
        or await barred(connection, proposal, [*facts, *proposal.foreseen])
        or await unmergeable(connection, proposal)
        or await namesakes_merged(connection, proposal)
        or await unended(connection, proposal)
        or await undeclarable(connection, proposal)
        or await unattached(connection, proposal)
        or await unacknowledgeable(connection, proposal)
        or await unready(connection, proposal)
        or await received_by_an_officer(connection, proposal)
        or await named_by_number(connection, proposal, [*facts, *proposal.foreseen])
        or await named_before(connection, proposal, known)
        or await uncredited(connection, proposal, known, facts)
        or await held_twice(connection, proposal, [*facts, *proposal.foreseen], known)
        or await another_goes_on(connection, proposal, [*facts, *proposal.foreseen], known)
    )


def _refused_by_law(known: Sequence[LegalFact], new: Sequence[LegalFact], calendar: Calendar) -> Refusal | None:
    facts = list(known)
    for fact in new:
        against = check_fact(facts, fact, calendar)
        if against:
            members: dict[str, Any] = {"field": against.field, "basis": against.basis, "limit": against.limit}
            if against.slug == "form-invalid":
                members = {"errors": [{"field": against.field, "rule": "order", "detail": against.detail}], "basis": against.basis}
            return Refusal(slug=against.slug, detail=against.detail, members={k: v for k, v in members.items() if v})
        facts.append(fact)
    return None


def _answer(contents: list[dict[str, Any]], next_alarm: datetime | None, owed: Sequence[str]) -> Answer:
    recorded = sorted((Recorded.model_validate(each["recorded"]) for each in contents), key=lambda each: each.seq)
    return Answer(recorded=tuple(recorded), next_alarm=next_alarm, owed=tuple(owed))


async def _behind(connection: Any, proposal: Proposal, known: Known) -> Answer:
    """The refusal of a step whose workflow knows more than the journal: the database is older than the workflow, and a person is told."""
    log.error("journal.behind", matter=proposal.number, seq=known.seq)
    arguments = {"number": proposal.number, "unit": proposal.unit, "key": f"{proposal.number}/behind"}
    await connection.execute(sql.BEHIND, arguments)
    detail = f"日志只到本事项第{known.seq}步，流程已到第{proposal.seq}步：数据库比流程旧，可能是从备份恢复的，未作任何变更，请系统管理员处理"
    return Answer(refusal=JournalBehind(detail, seq=known.seq).refusal())


async def _numbered(connection: Any, proposal: Proposal, facts: Sequence[LegalFact]) -> Proposal:
    """The proposal with a number for each matter it opens, and what that matter must know of this one."""
    if not any(each.verb == "open" for each in proposal.commands):
        return proposal
    own = tuple(fact for fact in facts if fact.about == proposal.number or fact.told_by)
    many = sum(each.verb == "open" for each in proposal.commands)
    numbers = iter(await (await connection.execute(sql.NUMBERS, {"many": many})).fetchall())
    done = []
    for each in proposal.commands:
        if each.verb == "open":
            number = f"{Kind(each.kind).prefix}{proposal.decided_at:%Y}{next(numbers)[0]:08}"
            each = each.model_copy(update={"number": number, "facts": () if each.kind == Kind.DELIVERY else own})
        done.append(each)
    return proposal.model_copy(update={"commands": under_the_opened(done)})


def _change(known: Known, log: list[LegalFact], calendar: Calendar, now: datetime) -> Change:
    """The clocks that the log, as it is now, starts or changes. A calendar or statute amended since moves none: only facts do, here."""
    moved = log != known.facts
    before = {clock.id: clock for clock in clocks(known.facts, calendar)} if moved else {}
    after = clocks(log, calendar) if moved else []
    changed = [clock for clock in after if before.get(clock.id) != clock]
    gone = [fallen(before[i], now) for i in before.keys() - {clock.id for clock in after}]
    return Change([*changed, *gone], _worst(known, [*changed, *gone], (), now))


def _worst(known: Known, changed: Sequence[Clock], gone: Sequence[str], now: datetime) -> Colour:
    """The colour that the matter shows: the worst of its running clocks'."""
    colours = {i: Colour(colour) for i, colour in known.shown.items() if i not in gone}
    colours |= {clock.id: colour_at(clock, now) for clock in changed}
    return max(colours.values(), key=LADDER.index, default=Colour.NONE)


def _say(proposal: Proposal, recorded: Recorded, change: Change) -> None:
    STEPS.labels(kind=proposal.kind, step=proposal.step, outcome=recorded.receipt.standing).inc()
    log.info(
        "entry.recorded",
        matter=proposal.number,
        kind=proposal.kind,
        step=proposal.step,
        stage=recorded.stage,
        seq=recorded.seq,
        count=len(change.clocks),
    )
