"""Making history: one proposal, one transaction. The only way into the journal for a step."""

import json
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from psycopg import AsyncCursor
from psycopg.types.json import Jsonb
from temporalio import activity

from activities.outbox import list_outstanding
from activities.recording.draft import Change, Draft, Known
from activities.recording.features import Phase, get_features, run
from activities.recording.journal_rows import (
    build_append_arguments,
    build_clock_arguments,
    build_content,
    build_party_row,
    build_recorded,
    build_search_arguments,
)
from activities.recording.late_entries import mark_late_entries
from activities.recording.receipts import add_warnings, list_awaited
from activities.recording.request_hands import replace_successors
from law.calendar import Calendar
from law.clock import Clock, Colour
from law.clocks import compute_clocks
from law.fast_handling import add_end_of_investigation
from law.late_entry import Figures
from law.legal_fact import LegalFact, mark_learnt
from law.rules import check_fact
from models.forms.form import get_forms
from models.journal import GENESIS, format_canonical, link
from models.matter import Kind, build_number_prefix
from models.messages import MatterEvent, PendingCommand, Proposal, ProposedHistory, Recorded, RecordResult, Refusal
from models.outside import System
from models.problems import JournalBehind, KeyReused, StepNotOpen, WordExpected
from models.store import statements as sql
from models.store.connection import Connection, begin, execute, fetch_all
from models.store.mappers import LADDER, RUNNING, build_calendar, end_fallen_clock, get_shown_colour, parse_fact
from models.store.statements import PUBLISHED
from models.turns import Hand
from runtime.database import Pool
from runtime.logging import log
from runtime.metrics import RECORD_DURATION, STEPS
from runtime.tracing import open_span

# A notice published for next year concerns dates weeks away: each worker may learn of it this many seconds late.
_CALENDAR_S = 30.0


class Records:
    """The activities that write matters, over one pool of connections."""

    def __init__(self, pool: Pool, systems: Sequence[System] = (), figures: Figures = Figures()) -> None:  # noqa: B008 - it never changes
        """Write through that pool; what happens is told to those systems outside; what is entered later than these figures is marked."""
        self._pool, self._systems, self._figures = pool, systems, figures
        self._calendar: tuple[float, Calendar] | None = None
        get_features()  # found now, so that no step waits for it

    @activity.defn(name="record")
    async def record(self, proposal: Proposal) -> RecordResult:
        """Make a proposal history, or say why not; a repeat under the same key gets the first answer."""
        began = time.perf_counter()
        with open_span("record", kind=proposal.kind, step=proposal.step):
            async with self._pool.connection() as connection:
                answer = await self._record(connection, proposal)
        RECORD_DURATION.observe(time.perf_counter() - began)
        return answer

    @activity.defn(name="record-history")
    async def record_history(self, history: ProposedHistory) -> RecordResult:
        """Make all these proposals history in one transaction, or say why one of them cannot be, which is then named as `step`.

        So no clock rings over a history of which only half is known. A repeat gets the first answer.
        """
        with open_span("record", kind=history.steps[0].kind, step="history"):
            async with self._pool.connection() as connection:
                return await self._record_history(connection, history.steps)

    @activity.defn(name="complain")
    async def open_failure_task(self, number: str, unit: str, key: str, why: str, step: str = "") -> None:
        """Give a person the task of seeing to what could not be carried out; when `step` has been taken it is done."""
        log.error("intention.failed", matter=number, error_type=why)
        async with self._pool.connection() as connection:
            await execute(connection, sql.COMPLAIN, {"number": number, "unit": unit, "key": key, "step": step})

    async def _record_history(self, connection: Connection, steps: Sequence[Proposal]) -> RecordResult:
        recorded = list[Recorded]()
        answer = RecordResult()
        for n, proposal in enumerate(steps):
            answer = await self._record(connection, proposal, begins=not n, ends=n == len(steps) - 1)
            if answer.refusal:
                if n:  # beside a refusal of the first stands at most the task that tells of it
                    await connection.rollback()
                members = {**answer.refusal.members, "step": proposal.step, "place": n}
                return RecordResult(refusal=answer.refusal.model_copy(update={"members": members}))
            if answer.owed is not None:  # the journal was ahead, and nothing has been written
                await connection.rollback()
                is_repeat = any(each.key == proposal.key for each in answer.recorded)
                last = steps[-1].model_copy(update={"seq": proposal.seq})
                return await self._record(connection, last) if is_repeat else answer
            recorded += answer.recorded
        return answer.model_copy(update={"recorded": tuple(recorded)})

    async def _record(self, connection: Connection, proposal: Proposal, *, begins: bool = True, ends: bool = True) -> RecordResult:
        known = await self._load_known(connection, proposal, begins=begins)
        if known.first:
            if (known.first["chain"], known.first["body_hash"]) != (proposal.number, proposal.body_hash):
                return RecordResult(refusal=KeyReused(field="Idempotency-Key").to_refusal())
            return _answer([*known.missed, known.first], known.next_alarm, await list_outstanding(connection, proposal.number))
        if known.missed:
            return _answer(known.missed, known.next_alarm, await list_outstanding(connection, proposal.number))
        if known.seq < proposal.seq:
            return await _build_behind_refusal(connection, proposal, known)
        if known.expects and proposal.waits:
            return RecordResult(refusal=WordExpected(engine="temporal", retry_after=1).to_refusal())
        if proposal.refusal:
            return RecordResult(refusal=proposal.refusal)
        answerable = await replace_successors(connection, proposal)
        if isinstance(answerable, Refusal):
            return RecordResult(refusal=answerable)
        draft = Draft(connection, answerable, known, await self._load_calendar(connection), self._systems, log=known.facts)
        refusal = await self._judge(draft)
        return RecordResult(refusal=refusal) if refusal else await self._write(draft, ends=ends)

    async def _judge(self, draft: Draft) -> Refusal | None:
        """Ask the law, and whatever else may speak against the step."""
        draft.proposal = _date_facts(draft.proposal)
        if refusal := await run(Phase.PREPARE, draft):
            return refusal
        draft.proposal = mark_late_entries(draft.proposal, self._figures)
        if refusal := await run(Phase.ENRICH, draft):
            return refusal
        _establish(draft)
        return _check_suited(draft) or _check_law(draft) or await run(Phase.CHECK, draft)

    async def _load_known(self, connection: Connection, proposal: Proposal, *, begins: bool) -> Known:
        arguments = {
            "number": proposal.number,
            "key": proposal.key,
            "seq": proposal.seq,
            "genesis": GENESIS,
            "officer": proposal.officer,
            "unit": proposal.unit,
            "offices": list(proposal.awaited.offices) if proposal.awaited else [],
            "awaited": proposal.awaited.step if proposal.awaited else "",
        }
        # The transaction begins with the reading and ends with the writing: two round trips make a step.
        async with connection.pipeline():
            if begins:
                await connection.execute("BEGIN")
            if not proposal.seq:
                await connection.execute(sql.BEGIN_CHAIN, arguments)
            head = await begin(connection, sql.LOCK, arguments)
            facts = await begin(connection, sql.FACTS, arguments)
            rest = await begin(connection, sql.KNOWN, arguments)
        found, matter = await head.fetchone(), await rest.fetchone()
        assert found is not None
        assert matter is not None
        entries = [json.loads(content) for content in matter.contents]
        return Known(
            found.position,
            found.hash,
            [parse_fact(row) for row in await facts.fetchall()],
            matter.shown or {},
            matter.next_alarm,
            matter.successor or "",
            matter.seq or 0,
            matter.expects,
            next((each for each in entries if each["key"] == proposal.key), None),
            [each for each in entries if each["key"] != proposal.key],
            frozenset(Hand(*each) for each in matter.hands),
            matter.hearers,
            matter.patience,
        )

    async def _load_calendar(self, connection: Connection) -> Calendar:
        if self._calendar is None or self._calendar[0] < time.monotonic():
            rows = await fetch_all(connection, PUBLISHED)
            self._calendar = (time.monotonic() + _CALENDAR_S, build_calendar(rows))
        return self._calendar[1]

    async def _write(self, draft: Draft, *, ends: bool) -> RecordResult:
        """Make it history: nothing speaks against it any more."""
        await self._complete(draft)
        connection, proposal, known = draft.connection, draft.proposal, draft.known
        recorded = build_recorded(proposal, await list_awaited(connection, proposal), (*proposal.notes, *draft.notes))
        content = format_canonical(build_content(draft, recorded))
        async with connection.pipeline():
            await run(Phase.WRITE_BEFORE, draft)
            await connection.execute(sql.APPEND, build_append_arguments(draft, recorded, content, link(known.hash, content)))
            await _describe(draft, recorded)
            await run(Phase.WRITE, draft)
            upcoming = await _tick(draft, recorded)
            await run(Phase.WRITE_LAST, draft)
            if ends:
                await connection.execute("COMMIT")
        next_alarm = known.next_alarm
        if upcoming:
            next_alarm = await upcoming.fetchone()
        _say(proposal, recorded, draft.change)
        return RecordResult(recorded=(recorded,), next_alarm=next_alarm)

    async def _complete(self, draft: Draft) -> None:
        """Who is told of it, what it opens, what it makes of the clocks."""
        await run(Phase.ADVISE, draft)
        draft.proposal = add_warnings(draft.proposal, (*draft.proposal.notes, *draft.notes))
        await run(Phase.NOTIFY, draft)
        if draft.known.successor:  # of an officer who has left; the workflow learns of it by what is recorded
            draft.update(officer=draft.known.successor)
        if draft.proposal.brought:  # whoever had to hear of it has heard of it
            draft.update(notices=())
        await run(Phase.COMMAND, draft)
        await _number_opened(draft)
        draft.change = await _recompute(draft) if draft.proposal.recompute else _find_changes(draft)
        await run(Phase.CONCLUDE, draft)


async def _recompute(draft: Draft) -> Change:
    """The running clocks that law and calendar, as they are now, reckon otherwise than they are recorded."""
    known = draft.known
    rows = await fetch_all(draft.connection, sql.RECORDED_CLOCKS, {"number": draft.proposal.number})
    # What has ended stays so, a right that lapsed unused among it.
    ended = {row.id for row in rows if row.state not in RUNNING}
    recorded = {row.id: (row.due_at, row.edition, row.basis, row.calendar) for row in rows if row.id not in ended}
    reckoned = {
        each.id: each for each in compute_clocks(known.facts, draft.calendar) if each.state in RUNNING and each.id not in ended
    }
    moved = [each for each in reckoned.values() if recorded.get(each.id) != (each.due_at, each.edition, each.basis, each.calendar)]
    gone = tuple(recorded.keys() - reckoned.keys())
    return Change(moved, _get_worst_colour(known, moved, gone, draft.now), gone)


async def _tick(draft: Draft, recorded: Recorded) -> AsyncCursor[datetime | None] | None:
    """Write what changed of the clocks; the cursor that knows then when the next rung is due, None where nothing has changed."""
    connection, change = draft.connection, draft.change
    if change.gone:
        await connection.execute(sql.LAPSED, {"gone": list(change.gone), "now": draft.now})
    if change.clocks or change.gone:
        return await begin(connection, sql.CLOCKS, build_clock_arguments(draft.proposal, recorded, change.clocks))
    return None


async def _describe(draft: Draft, recorded: Recorded) -> None:
    """Who is in the matter, and what it may be found by."""
    connection, proposal = draft.connection, draft.proposal
    if proposal.parties:
        rows = [build_party_row(proposal.number, each) for each in proposal.parties]
        await connection.execute(sql.PARTIES, {"rows": Jsonb(rows)})
    if told := build_search_arguments(proposal, recorded):
        await connection.execute(sql.TOLD, told)


def _date_facts(proposal: Proposal) -> Proposal:
    """The proposal whose facts, here and as they are told to others, say when they were entered; what is told was entered elsewhere.

    What is brought over was known in its time: where it was kept then, and not here.
    """
    if proposal.type != "step" or proposal.brought:
        return proposal
    now = proposal.decided_at
    commands = tuple(
        each.model_copy(update={"facts": tuple(mark_learnt(fact, now) for fact in each.facts)}) for each in proposal.commands
    )
    facts = tuple(mark_learnt(fact, now) for fact in proposal.facts)
    # What is only asked for comes after all that has been recorded, also in one minute.
    foreseen = tuple(replace(fact, seq=proposal.seq + 1) for fact in proposal.foreseen)
    return proposal.model_copy(update={"facts": facts, "commands": commands, "foreseen": foreseen})


def _establish(draft: Draft) -> None:
    """The new facts as the matter's log will have them, and what is known when they are judged."""
    proposal, seq = draft.proposal, draft.proposal.seq + 1
    told_by = proposal.origin.number if proposal.type == "told" and proposal.origin else ""
    # What another matter tells was handled there.
    handled = (
        proposal.facts
        if told_by
        else [each for fact in proposal.facts for each in add_end_of_investigation(draft.known.facts, fact)]
    )
    draft.born_with = _list_facts_heard(proposal.parent_event, seq)
    # What is only asked for is judged by what was found besides, and what is done keeps it.
    draft.before = [*draft.known.facts, *draft.born_with, *(() if proposal.facts else draft.preceding)]
    draft.facts = [
        *(draft.preceding if proposal.facts else ()),
        *(replace(fact, seq=seq, told_by=fact.told_by or told_by) for fact in handled),
        *draft.following,
    ]


def _list_facts_heard(told: MatterEvent | None, seq: int) -> list[LegalFact]:
    """The facts that a matter is born with, as its log has them."""
    return [replace(fact, seq=seq, told_by=fact.told_by or told.source) for fact in told.facts] if told else []


def _check_suited(draft: Draft) -> Refusal | None:
    """Why the step is none for a matter of which that is known; whether it is open at its stage was asked before."""
    form = get_forms().get(draft.proposal.step)
    if form is None or draft.proposal.type != "step" or form.rule.suits([each.fact for each in draft.known.facts]):
        return None
    if form.rule.given:
        detail = f"“{form.rule.title}”只适用于{form.rule.given.label}的事项"
    else:
        detail = f"本事项已{form.rule.unless.label if form.rule.unless else ''}，不能办理“{form.rule.title}”"
    return StepNotOpen(detail, stage=draft.proposal.stage_before).to_refusal()


def _check_law(draft: Draft) -> Refusal | None:
    facts = list(draft.before)
    for fact in (*draft.facts, *draft.proposal.foreseen):
        against = check_fact(facts, fact, draft.calendar)
        if against:
            members: dict[str, Any] = {"field": against.field, "basis": against.basis, "limit": against.limit}
            if against.slug == "form-invalid":
                members = {"errors": [{"field": against.field, "rule": "order", "detail": against.detail}], "basis": against.basis}
            return Refusal(slug=against.slug, detail=against.detail, members={k: v for k, v in members.items() if v})
        facts.append(fact)
    return None


def _answer(contents: list[dict[str, Any]], next_alarm: datetime | None, owed: Sequence[str]) -> RecordResult:
    recorded = sorted((Recorded.model_validate(each["recorded"]) for each in contents), key=lambda each: each.seq)
    return RecordResult(recorded=tuple(recorded), next_alarm=next_alarm, owed=tuple(owed))


async def _build_behind_refusal(connection: Connection, proposal: Proposal, known: Known) -> RecordResult:
    """The refusal of a step whose workflow knows more than the journal: the database is older than the workflow, and a person is told."""
    log.error("journal.behind", matter=proposal.number, seq=known.seq)
    await execute(connection, sql.BEHIND, {"number": proposal.number, "unit": proposal.unit})
    detail = f"日志只到本事项第{known.seq}步，流程已到第{proposal.seq}步：数据库比流程旧，可能是从备份恢复的，未作任何变更，请系统管理员处理"
    return RecordResult(refusal=JournalBehind(detail, seq=known.seq).to_refusal())


async def _number_opened(draft: Draft) -> None:
    """Number each matter that the step opens, and let it know what it must of this one."""
    proposal = draft.proposal
    many = sum(each.verb == "open" for each in proposal.commands)
    if not many:
        return
    own = tuple(fact for fact in (*draft.log, *draft.entered) if fact.about == proposal.number or fact.told_by)
    numbers = iter(await fetch_all(draft.connection, sql.NUMBERS, {"many": many}))
    done: list[PendingCommand] = []
    for each in proposal.commands:
        if each.verb == "open":
            number = f"{build_number_prefix(Kind(each.kind), proposal.decided_at.year)}{next(numbers):08}"
            each = each.model_copy(update={"number": number, "facts": own if each.opens_knowing else ()})
        done.append(each)
    draft.update(commands=_address_opened(done))


def _address_opened(commands: Sequence[PendingCommand]) -> tuple[PendingCommand, ...]:
    """The commands, where what is told to come under the matter that this step opens is told its number and kind."""
    opened = next((each for each in commands if each.opens_handled), None)
    if opened is None:
        return tuple(commands)
    under = {"under": opened.number, "under_kind": opened.kind, "under_opened": False}
    return tuple(
        each.model_copy(update={"reparenting": each.reparenting.model_copy(update=under)})
        if each.reparenting and each.reparenting.under_opened
        else each
        for each in commands
    )


def _find_changes(draft: Draft) -> Change:
    """The clocks that the log, as it is now, starts or changes. A calendar or statute amended since moves none: only facts do, here."""
    known, calendar = draft.known, draft.calendar
    log = [*draft.log, *draft.entered]
    moved = log != known.facts
    before = {clock.id: clock for clock in compute_clocks(known.facts, calendar)} if moved else {}
    after = compute_clocks(log, calendar) if moved else []
    changed = [clock for clock in after if before.get(clock.id) != clock]
    gone = [end_fallen_clock(before[i], draft.now) for i in before.keys() - {clock.id for clock in after}]
    return Change([*changed, *gone], _get_worst_colour(known, [*changed, *gone], (), draft.now))


def _get_worst_colour(known: Known, changed: Sequence[Clock], gone: Sequence[str], now: datetime) -> Colour:
    """The colour that the matter shows: the worst of its running clocks'."""
    colours = {i: Colour(colour) for i, colour in known.shown.items() if i not in gone}
    colours |= {clock.id: get_shown_colour(clock, now) for clock in changed}
    return max(colours.values(), key=LADDER.index, default=Colour.NONE)


def _say(proposal: Proposal, recorded: Recorded, change: Change) -> None:
    STEPS.labels(kind=proposal.kind, step=proposal.step, outcome=recorded.receipt.status).inc()
    log.info(
        "entry.recorded",
        matter=proposal.number,
        kind=proposal.kind,
        step=proposal.step,
        stage=recorded.stage,
        seq=recorded.seq,
        count=len(change.clocks),
    )
