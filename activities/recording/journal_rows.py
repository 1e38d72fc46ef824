"""What one proposal comes to as rows: the entry, its facts, clocks and tasks. Pure; `records` writes them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb
from pydantic import TypeAdapter

from activities.outbox import build_outbox_rows
from activities.recording.draft import Draft
from law.calendar import SHANGHAI
from law.clock import Clock, ClockState, Colour
from law.instants import read
from law.legal_fact import LegalFact
from models.access.approvers import list_approval_tasks
from models.clock_digest import compute_clock_digest
from models.forms.approval import Approve
from models.matter import Kind
from models.messages import Actor, Notice, Proposal, Receipt, Recorded
from models.origin import build_origin_columns
from models.parties import list_roles
from models.search_terms import find_mentions, get_narrative
from models.store.mappers import RUNNING, build_clock_row, build_fact_row
from models.turns import apply_edition, is_told, turn_of, turn_task

_DUMP = TypeAdapter(tuple[LegalFact, ...])
# What the journal keeps of a task.
_ASKED = ("key", "sort", "unit_id", "office", "username", "step")


def build_recorded(proposal: Proposal, awaits: tuple[str, ...] = (), notes: tuple[str, ...] = ()) -> Recorded:
    """What becomes history, with the receipt for whoever asked: an approval that others must still join took no effect either."""
    seq, moved = proposal.seq + 1, proposal.reparenting
    opened = {each.number: each.kind for each in proposal.commands if each.opens_handled}
    awaiting = any(request.seq == seq for request in proposal.requests) or (awaits and proposal.step == Approve.rule.step)
    receipt = Receipt(
        number=proposal.number,
        kind=proposal.kind,
        seq=seq,
        stage=proposal.stage,
        step=proposal.step,
        status="awaiting-approval" if awaiting else "done",
        recorded_at=proposal.decided_at.astimezone(SHANGHAI),
        opened=tuple(opened),
        awaits=awaits,
        notes=notes,
    )
    return Recorded(
        seq=seq,
        key=proposal.key,
        stage=proposal.stage,
        final=proposal.final,
        unit=proposal.unit,
        officer=proposal.officer,
        parent=proposal.parent,
        parent_kind=proposal.parent_kind,
        adopted=moved.adopted if moved else (),
        kinds=opened | (moved.kinds if moved else {}),
        requests=proposal.requests,
        ended=proposal.ended,
        commands=proposal.commands,
        receipt=receipt,
    )


def build_content(draft: Draft, recorded: Recorded) -> dict[str, Any]:
    """What the journal keeps for ever, and hashes."""
    proposal, change = draft.proposal, draft.change
    return {
        "chain": proposal.number,
        "position": draft.known.position + 1,
        "sort": proposal.type,
        "step": proposal.step,
        "key": proposal.key,
        "origin": proposal.origin,
        "body_hash": proposal.body_hash,
        "actor": proposal.actor,
        "form": proposal.form,
        "stage_before": proposal.stage_before,
        "facts": _DUMP.dump_python(tuple(draft.entered), mode="json", exclude_defaults=True),
        "clocks": [
            {
                "id": each.id,
                "zh": each.zh,
                "answerable": each.answerable,
                "state": each.state,
                "due_at": each.due_at,
                "basis": each.basis,
                "sm3": _compute_digest(proposal, recorded, each),
            }
            for each in change.clocks
        ]
        + [{"id": each, "state": ClockState.LAPSED} for each in change.gone],
        "recorded": recorded,
        **({"proof": proposal.proof} if proposal.proof else {}),
        **({"brought": proposal.brought} if proposal.brought else {}),
        "standing": _build_matter_fields(draft),
        "asked": [{name: task[name] for name in _ASKED} for task in _build_asking_tasks(proposal, recorded)],
        "turn": turn(draft, recorded),
        **({"parties": [build_party_row(proposal.number, each) for each in proposal.parties]} if proposal.parties else {}),
        **draft.kept,
        **({"late": proposal.late} if proposal.late else {}),
    }


def _compute_digest(proposal: Proposal, recorded: Recorded, clock: Clock) -> str:
    """By which the row of a clock is held against this entry."""
    return compute_clock_digest(
        build_clock_row((proposal.kind, proposal.number), recorded.unit, recorded.officer, clock, proposal.decided_at)
    )


def _build_matter_fields(draft: Draft) -> dict[str, Any]:
    """What of a matter's row only this entry tells: its name, with whom it is shared, who joins and leaves its handlers, who may not know."""
    proposal = draft.proposal
    told = {name: getattr(proposal, name) for name in ("title", "admits", "dismisses")} | {"shared_with": proposal.share_with}
    told |= {"keeps": draft.keeps, "lets": draft.lets}
    return {name: value for name, value in told.items() if value}


def build_append_arguments(draft: Draft, recorded: Recorded, content: str, hash_: bytes) -> dict[str, Any]:
    """The arguments of `statements.APPEND`."""
    proposal, known = draft.proposal, draft.known
    return {
        "number": proposal.number,
        "position": known.position + 1,
        "previous": known.hash,
        "hash": hash_,
        "seq": recorded.seq,
        "sort": proposal.type,
        "step": proposal.step,
        "key": proposal.key,
        **build_origin_columns(proposal.origin),
        "username": proposal.actor.person if proposal.actor else None,
        "recorded_at": proposal.decided_at,
        "content": content,
        "facts": Jsonb([build_fact_row(proposal.number, n, fact) for n, fact in enumerate(draft.entered)]),
        "promises": Jsonb(build_outbox_rows(proposal.number, recorded)),
        **_build_matter_row(draft, recorded),
        **_build_asked(draft, recorded),
    }


def _build_matter_row(draft: Draft, recorded: Recorded) -> dict[str, Any]:
    """What the row of the matter holds from then on."""
    proposal, facts = draft.proposal, draft.entered
    return {
        "kind": proposal.kind,
        "stage": recorded.stage,
        "final": recorded.final,
        "unit": recorded.unit,
        "title": proposal.title,
        "officer": recorded.officer,
        "parent": proposal.parent or None,
        "colour": draft.change.colour,
        "share_with": list(proposal.share_with),
        "sealed": draft.sealed,
        "keeps": list(draft.keeps),
        "lets": list(draft.lets),
        "marks": list(draft.marks),
        "admits": list(proposal.admits),
        "dismisses": list(proposal.dismisses),
        "stage_before": proposal.stage_before,
        "since": get_arrival_time(proposal, facts),
        # What an incident was sorted into as it was opened; later entries leave it.
        "category": proposal.form.get("category") or "" if proposal.kind == Kind.INCIDENT else "",
        # What was asked for late is marked again where it is approved, and is one late entry all the same.
        "late": sum(each.recorded_at == proposal.decided_at for each in proposal.late),
    }


def turn(draft: Draft, recorded: Recorded) -> dict[str, Any] | None:
    """Whose turn it is from then on (轮到); None: nobody's, or that of whoever approves, or of those who were just asked for it by name."""
    proposal = draft.proposal
    if proposal.awaited is None:
        return None
    asked = [task["step"] for task in _build_asking_tasks(proposal, recorded) if task["sort"] == "returned"]
    if asked and (recorded.ended or proposal.awaited.step in asked):
        return None
    whose = turn_of(proposal.number, recorded.stage, recorded.unit, recorded.officer, proposal.awaited, draft.known.hands)
    return apply_edition(whose, draft.known.patience)


def _build_asked(draft: Draft, recorded: Recorded) -> dict[str, Any]:
    """What is asked and told of people: requests without their forms, tasks, notices."""
    proposal, next_turn = draft.proposal, turn(draft, recorded)
    awaited = [
        task
        for request in recorded.requests
        for task in list_approval_tasks(proposal.number, recorded.unit, request, proposal.decided_at)
    ]
    theirs = _build_asking_tasks(proposal, recorded)
    return {
        "requests": Jsonb([request.model_dump(mode="json", exclude={"form"}) for request in recorded.requests]),
        "tasks": Jsonb([*awaited, *theirs, *([turn_task(proposal.number, next_turn, proposal.decided_at)] if next_turn else [])]),
        "turn": next_turn["key"] if next_turn else "",
        "told": bool(next_turn) and _is_told(draft, next_turn),
        "notices": Jsonb([_build_notice(proposal, recorded, word) for word in proposal.notices]),
        "awaited": [task["key"] for task in awaited],
    }


def _is_told(draft: Draft, turn: dict[str, Any]) -> bool:
    """Whether whoever has that turn hears of it."""
    return is_told(turn) and not draft.turn_is_quiet and not _is_their_own(draft.proposal.actor, turn)


def _is_their_own(actor: Actor | None, turn: dict[str, Any]) -> bool:
    """Whether a turn falls to whoever took the step that led to it."""
    return actor is not None and (turn["username"] == actor.person if turn["username"] else turn["office"] in actor.offices)


def _build_asking_tasks(proposal: Proposal, recorded: Recorded) -> list[dict[str, Any]]:
    """The tasks of those who are told something that asks a step of them."""
    return [
        _build_task(proposal, recorded, word.step, **_of_word(recorded, n, word))
        for n, word in enumerate(proposal.notices)
        if word.step
    ]


def build_clock_arguments(proposal: Proposal, recorded: Recorded, changed: Sequence[Clock]) -> dict[str, Any]:
    """The arguments of `statements.CLOCKS`."""
    now = proposal.decided_at
    armed = {"matter": proposal.number, "armed_at": now.isoformat()}
    rungs = [
        {"clock_id": clock.id, "colour": rung.colour, "at": rung.at.isoformat(), **armed}
        for clock in changed
        if clock.state in RUNNING
        for rung in clock.rungs
    ]
    return {
        "number": proposal.number,
        "now": now,
        "clocks": Jsonb(
            [build_clock_row((proposal.kind, proposal.number), recorded.unit, recorded.officer, clock, now) for clock in changed]
        ),
        "rungs": Jsonb(rungs),
        "changed": [clock.id for clock in changed],
        # Ended, or found to have been extended in time: what the task asked for need not be done any more.
        "relieved": [clock.id for clock in changed if not (clock.state in RUNNING and clock.due_at and clock.due_at <= now)],
    }


def get_arrival_time(proposal: Proposal, facts: Sequence[LegalFact]) -> datetime:
    """When the matter was opened, or came where the proposal leaves it: as the officer dated what did so, not when that was typed."""
    own = [fact.at for fact in facts if not fact.told_by]
    dated = proposal.form.get("at")
    at = own[0] if own else read(dated) if dated else proposal.decided_at
    return min(at, proposal.decided_at)  # machines disagree by seconds, and nothing stands anywhere since a moment to come


def build_party_row(matter: str, party: dict[str, str]) -> dict[str, Any]:
    """A person as the table of parties has them."""
    columns = {name: party.get(name, "") for name in ("id", "role", "name", "citizen_id")}
    further = {name: value for name, value in party.items() if name not in (*columns, "roles")}
    return {"matter": matter, **columns, "roles": list(list_roles(party)), "said": further}


def build_search_arguments(proposal: Proposal, recorded: Recorded) -> dict[str, Any] | None:
    """The arguments of `statements.TOLD`; None where the step tells nothing that anybody would search by."""
    narrative, mentions = get_narrative(proposal.form), find_mentions(proposal.form, proposal.parties)
    if not (narrative or mentions):
        return None
    return {"number": proposal.number, "seq": recorded.seq, "narrative": narrative, "mentions": Jsonb(mentions)}


def _of_word(recorded: Recorded, n: int, word: Notice) -> dict[str, Any]:
    # A word goes out once, with its entry.
    key, sort = (f"overrun/{word.clock}", "overrun") if word.clock else (f"returned/{recorded.seq}/{n}", "returned")
    to = {"words": word.words, "office": word.office, "username": word.person, "unit": word.unit}
    return {"key": key, "sort": sort, **to, "request_seq": recorded.ended.seq if recorded.ended and sort == "returned" else None}


def _build_task(
    proposal: Proposal,
    recorded: Recorded,
    step: str,
    *,
    key: str,
    sort: str,
    words: str,
    office: str,
    username: str,
    unit: str = "",
    request_seq: int | None = None,
) -> dict[str, Any]:
    return {
        "matter": proposal.number,
        "key": f"{proposal.number}/{key}",
        "sort": sort,
        "words": words,
        "unit_id": unit or recorded.unit,
        "office": office,
        "username": username,
        "step": step,
        "request_seq": request_seq,
        "mandatory": False,
        "opened_at": proposal.decided_at.isoformat(),
    }


def _build_notice(proposal: Proposal, recorded: Recorded, word: Notice) -> dict[str, Any]:
    return {
        "matter": proposal.number,
        "clock_id": "",
        "colour": Colour.NONE,
        "unit_id": word.unit or recorded.unit,
        "office": word.office,
        "username": word.person,
        "words": word.words,
        "sent_at": proposal.decided_at.isoformat(),
        "type": word.type,
    }
