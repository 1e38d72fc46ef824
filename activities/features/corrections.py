"""Corrections (更正): what the record says wrongly is set right in every matter that carries it, each by an entry that keeps both."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from psycopg.types.json import Jsonb

from activities.corrected_words import build_new_words
from activities.known_twice import Elsewhere, check_made_one, is_carried
from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from activities.recording.refusals import refuse_field
from law.calendar import Calendar
from law.clock import Clock, Colour
from law.clocks import compute_clocks
from law.facts import Fact
from law.legal_fact import LegalFact, Superseded, get_minute
from law.offices import Office
from law.rules import RuleViolation, check_fact
from models.forms.corrections import CorrectRecord
from models.matter import Kind
from models.messages import Correction, Notice, PendingCommand, Proposal, Refusal
from models.minors import list_minor_findings
from models.parties import list_roles
from models.problems import FormInvalid, LawForbids
from models.store import statements as sql
from models.store.connection import Connection, execute, fetch_all
from models.store.mappers import build_fact_row, get_colour, parse_fact

feature = Feature(__name__, Concern.RECORD)

_COLUMNS = ("name", "citizen_id")
# As for any step: machines disagree by seconds.
_SKEW = timedelta(minutes=1)


class CorrectionPlan(NamedTuple):
    """What a correction comes to in one matter: the `log` as it is then, rows as they are then, what the journal keeps, what others hear."""

    log: list[LegalFact]
    kept: tuple[dict[str, Any], ...] = ()
    facts: tuple[dict[str, Any], ...] = ()
    people: tuple[dict[str, Any], ...] = ()
    names: tuple[dict[str, str], ...] = ()
    found: tuple[LegalFact, ...] = ()
    wider: Correction | None = None
    # The limits on liberty that it moves later, or whose overrun it takes back, here and wherever it is told.
    liberty: tuple[str, ...] = ()
    # Whom it makes known in other matters, and what whoever corrects should know of them.
    elsewhere: Elsewhere = Elsewhere()


@feature.hook(Phase.ENRICH)
async def correct(draft: Draft) -> Refusal | None:
    """Plan what the correction comes to, if the step is one, and who has to approve that; a refusal where something speaks against it.

    What is only asked for and would be right is not set right yet.
    """
    if draft.proposal.corrects is None:
        return None
    plan = await plan_correction(draft.connection, draft.proposal, draft.known.facts, draft.calendar)
    if isinstance(plan, Refusal):
        return plan
    draft.add_notes(*plan.elsewhere.notes)
    if refusal := _ask_county_head(draft, plan):
        return refusal
    if not any(request.seq == draft.proposal.seq + 1 for request in draft.proposal.requests):
        draft.keep(plan)
        draft.log = plan.log
        draft.following += plan.found
    return None


async def plan_correction(
    connection: Connection, proposal: Proposal, log: list[LegalFact], calendar: Calendar
) -> CorrectionPlan | Refusal:
    """What the proposal's correction comes to here, or why it is none. What another matter tells may concern nothing here."""
    correction = proposal.corrects
    assert correction is not None
    if correction.at:
        made = _of_fact(proposal, correction, log, calendar)
        return made if isinstance(made, Refusal) else await _add_notified_matters(connection, proposal, made, calendar)
    if correction.field:
        return await _of_words(connection, proposal, correction, log)
    rows = [row._asdict() for row in await fetch_all(connection, sql.PEOPLE, {"number": proposal.number})]
    made = _of_person(proposal, correction, log, rows)
    if isinstance(made, Refusal) or made.wider is None:
        return made
    twice = await check_made_one(connection, proposal, rows, made.people, made.wider, log)
    return twice if isinstance(twice, Refusal) else made._replace(elsewhere=twice)


async def _add_notified_matters(
    connection: Connection, proposal: Proposal, made: CorrectionPlan, calendar: Calendar
) -> CorrectionPlan:
    """What a fact set right comes to with the limits on liberty that it moves in the matters that were told of it."""
    if made.wider is None or made.wider.at is None:
        return made
    moving = list(made.liberty)
    for _, number in await _list_carriers(connection, proposal, made.wider):
        log = [parse_fact(row) for row in await fetch_all(connection, sql.FACTS, {"number": number})]
        now, at = proposal.decided_at, made.wider.at
        right = [_move_fact(fact, at, now) if _is_told(fact, made.wider) else fact for fact in log]
        moving += _list_moved_liberty_limits(log, right, calendar, now) if right != log else ()
    return made._replace(liberty=tuple(moving))


@feature.hook(Phase.COMMAND)
async def notify_family(draft: Draft) -> None:
    """Tell each matter of the family that carries what was set right."""
    plan, proposal = draft.find_own(CorrectionPlan), draft.proposal
    if plan is None or plan.wider is None:
        return
    wider = plan.wider
    tell = tuple(
        PendingCommand(verb="tell", kind=kind, number=number, step=proposal.step, corrects=wider)
        for kind, number in await _list_carriers(draft.connection, proposal, wider)
    )
    draft.add_commands(*tell)


async def _list_carriers(connection: Connection, proposal: Proposal, wider: Correction) -> list[tuple[str, str]]:
    """The other matters of the family that carry what is set right, each by kind and number."""
    fact = wider.fact
    arguments = {
        "number": proposal.number,
        **{name: wider.was.get(name, "") for name in ("name", "citizen_id", "role")},
        "roles": list(list_roles(wider.was)),
        "fact": fact.fact if fact else "",
        "about": fact.about if fact else "",
        "at": fact.at if fact else None,
    }
    return [(row.kind, row.number) for row in await fetch_all(connection, sql.CARRIERS, arguments)]


@feature.hook(Phase.WRITE)
async def write_correction(draft: Draft) -> None:
    """Set the rows right, in the transaction of the entry."""
    made, number, connection = draft.find_own(CorrectionPlan), draft.proposal.number, draft.connection
    if made is None:
        return
    if made.facts:
        await connection.execute(sql.CORRECT_FACTS, {"rows": Jsonb(made.facts)})
        await execute(connection, sql.STANDS_SINCE, {"number": number})
    if made.people:
        await connection.execute(sql.PARTIES, {"rows": Jsonb(made.people)})
    if made.names:
        await connection.execute(sql.RENAME, {"number": number, "names": Jsonb(made.names)})
    if words := "\n".join(each["new"] for each in made.kept if each["of"] == "words"):
        await connection.execute(
            sql.TOLD, {"number": number, "seq": draft.proposal.seq + 1, "narrative": words, "mentions": Jsonb([])}
        )
    if made.elsewhere.words:
        await connection.execute(sql.NOTICED, {"rows": Jsonb(made.elsewhere.words)})


# Words


async def _of_words(
    connection: Connection, proposal: Proposal, correction: Correction, log: list[LegalFact]
) -> CorrectionPlan | Refusal:
    try:
        made = await build_new_words(connection, proposal.number, correction, proposal.decided_at)
    except FormInvalid as invalid:
        return invalid.to_refusal()
    return CorrectionPlan(log, kept=(made.kept,), names=made.names)


# A person


def _of_person(
    proposal: Proposal, correction: Correction, log: list[LegalFact], rows: list[dict[str, Any]]
) -> CorrectionPlan | Refusal:
    told = proposal.type == "told"
    meant = [row for row in rows if (is_carried(row, correction.was) if told else row["id"] == correction.party)]
    if not meant and not told:
        return refuse_field(
            "party", "unknown-party", f"本事项没有代号为“{correction.party}”的当事人：{'、'.join(row['id'] for row in rows)}"
        )
    changed = [(row, new) for row in meant if (new := _apply_values(row, correction.values)) != row]
    if not changed and not told:
        return refuse_field("party", "nothing-to-correct", "所填内容与现有记录一致，无须更正")
    return CorrectionPlan(
        log,
        kept=tuple(_build_kept(row, new) for row, new in changed),
        people=tuple({"matter": proposal.number, **new} for _, new in changed),
        names=tuple({"old": row["name"], "new": new["name"]} for row, new in changed if row["name"] != new["name"]),
        found=(
            *(fact for _, new in changed for fact in list_minor_findings(proposal, new, log)),
            *_list_otherwise_known(proposal, changed),
        ),
        wider=None if told else Correction(values=correction.values, was=_build_known(meant[0])),
    )


def _list_otherwise_known(proposal: Proposal, changed: Sequence[tuple[dict[str, Any], dict[str, Any]]]) -> list[LegalFact]:
    """That a suspect goes by another name or number than those outside were told: here, or in a matter of this case."""
    correction = proposal.corrects
    suspects = [new for old, new in changed if new["role"] == "suspect" and any(old[name] != new[name] for name in _COLUMNS)]
    told = (
        correction
        and proposal.type == "told"
        and correction.was.get("role") == "suspect"
        and set(_COLUMNS) & set(correction.values)
    )
    source = proposal.origin.number if proposal.origin else ""
    about = proposal.number if suspects else source if told and proposal.kind == Kind.CRIMINAL_CASE else ""
    return [LegalFact(Fact.PERSON_CORRECTED, proposal.decided_at, about, seq=proposal.seq + 1)] if about else []


@feature.hook(Phase.NOTIFY, facts=[Fact.PERSON_CORRECTED])
async def notify_only_who_was_told(draft: Draft) -> None:
    """Of those outside, let only those hear of a correction who were told of the matter before."""
    if any(fact.fact is Fact.PERSON_CORRECTED for fact in draft.facts):
        known = await fetch_all(draft.connection, sql.TOLD_BEFORE, {"number": draft.proposal.number})
        draft.systems = [each for each in draft.systems if each.id in known]


def _build_known(row: dict[str, Any]) -> dict[str, str]:
    return {"role": row["role"], "roles": " ".join(row["roles"]), **{name: row[name] for name in _COLUMNS}}


def _apply_values(row: dict[str, Any], values: dict[str, str]) -> dict[str, Any]:
    further = {name: value for name, value in values.items() if name not in _COLUMNS}
    if "citizen_id" in values and "born_on" not in values:  # the number bears the date, and what was typed before it falls
        further["born_on"] = ""
    merged = {name: value for name, value in {**row["said"], **further}.items() if value or name != "born_on"}
    return {**row, **{name: values[name] for name in _COLUMNS if name in values}, "said": merged}


def _build_kept(row: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    before, after = ({name: each[name] for name in _COLUMNS} | each["said"] for each in (row, new))
    moved = sorted(name for name in before.keys() | after.keys() if before.get(name, "") != after.get(name, ""))
    old, now = ({name: each.get(name, "") for name in moved} for each in (before, after))
    return {"of": "person", "id": row["id"], "old": old, "new": now}


# A fact


def _of_fact(proposal: Proposal, correction: Correction, log: list[LegalFact], calendar: Calendar) -> CorrectionPlan | Refusal:
    at, told = correction.at, proposal.type == "told"
    assert at is not None
    placed = list(_list_placed(log))
    meant = [each for each in placed if (_is_told(each[1], correction) if told else each[0] == (correction.seq, correction.n))]
    if not told:
        if not meant:
            return refuse_field("fact_seq", "unknown-fact", f"第{correction.seq}步没有第{correction.n}项事实")
        if teller := meant[0][1].told_by:
            return refuse_field("fact_seq", "told-fact", f"该事实发生在{teller}，应当在该事项更正")
        if at > proposal.decided_at + _SKEW:
            return refuse_field("happened_at", "not-in-the-future", "事实发生的时间不得晚于现在")
        if meant[0][1].at == at:
            return refuse_field("happened_at", "nothing-to-correct", "所填时间与现有记录一致，无须更正")
    moved = {id(fact) for _, fact in meant}
    now = proposal.decided_at
    right = [_move_fact(fact, at, now) if id(fact) in moved else fact for fact in log]
    against = None if told else _find_new_violation(log, right, calendar)
    if against:
        return LawForbids(
            f"更正以后与其他事实不符：{against.detail}", field="happened_at", basis=against.basis, limit=against.limit
        ).to_refusal()
    return CorrectionPlan(
        right,
        kept=tuple(_build_kept_fact(place, fact, at.isoformat(), now) for place, fact in meant),
        facts=tuple(build_fact_row(proposal.number, n, _move_fact(fact, at, now)) for (_, n), fact in meant),
        wider=None if told else Correction(fact=meant[0][1], at=at),
        liberty=() if told else tuple(_list_moved_liberty_limits(log, right, calendar, now)),
    )


def _move_fact(fact: LegalFact, at: datetime, now: datetime) -> LegalFact:
    """The fact with its instant set right: nobody knew of it before it was first entered, and what was said of it until `now` is kept."""
    known, superseded = fact.known_at, Superseded(fact.at, now, fact.entered_at)
    entered_at = known if get_minute(known) > get_minute(at) else None
    return replace(fact, at=at, entered_at=entered_at, corrected=(*fact.corrected, superseded))


def _list_moved_liberty_limits(log: list[LegalFact], right: list[LegalFact], calendar: Calendar, now: datetime) -> Iterator[str]:
    """The limits on liberty that end later as the record is set right, or have no longer run out."""
    after = {clock.id: clock for clock in compute_clocks(right, calendar)}
    for old in compute_clocks(log, calendar):
        new = after.get(old.id)
        later = new is None or (old.due_at and (new.due_at is None or new.due_at > old.due_at))
        if old.liberty and (later or (new and _takes_back(old, new, now))):
            yield old.zh


def _takes_back(old: Clock, new: Clock, now: datetime) -> bool:
    """Whether a limit that had run out has not as it is set right, or not for so long: the clock bears the mark of this correction."""
    stays = new.overrun and new.overrun.entered_at != now
    gone = get_colour(old, now) is Colour.OVERDUE and not stays and get_colour(new, now) is not Colour.OVERDUE
    return gone or _marked_by(new, now)


def _marked_by(clock: Clock, now: datetime) -> bool:
    return clock.overrun is not None and clock.overrun.entered_at == now


def _ask_county_head(draft: Draft, made: CorrectionPlan) -> Refusal | None:
    """Ask the county head besides where a limit on liberty moves; a refusal where that one has not approved it."""
    proposal = draft.proposal
    if not made.liberty or proposal.type != "step":
        return None
    asked = next((request for request in proposal.requests if request.seq == proposal.seq + 1), None)
    if asked:
        wider = asked.model_copy(update={"awaiting": (*asked.awaiting, Office.COUNTY_HEAD)})
        draft.update(requests=tuple(wider if each is asked else each for each in proposal.requests))
        return None
    turns = proposal.ended.chain if proposal.ended else ()
    signed = any(each.office == Office.COUNTY_HEAD and each.signed_by for turn in turns for each in turn)
    if signed or (proposal.actor and Office.COUNTY_HEAD in proposal.actor.offices):
        return None
    head = Office.COUNTY_HEAD.label
    detail = f"更正使人身自由期限推后或者不再超期（{'、'.join(dict.fromkeys(made.liberty))}），须经{head}批准：请加签{head}，或者退回后重新呈请"
    return LawForbids(detail, basis=str(CorrectRecord.rule.basis[0])).to_refusal()


@feature.hook(Phase.CONCLUDE)
async def keep_correction(draft: Draft) -> None:
    """Keep in the entry what was set right, and let those who supervise know of an overrun that nobody has to acknowledge any more."""
    if draft.proposal.corrects is None:
        return
    plan, lost = draft.find_own(CorrectionPlan), list(_list_lost_overruns(draft))
    if corrected := (*(plan.kept if plan else ()), *lost):
        draft.kept["corrected"] = corrected
    asked = {clock.id for clock in draft.change.clocks if clock.liberty and clock.overrun}
    if names := [each["zh"] for each in lost if each["id"] not in asked]:
        words = f"更正以后不再超期或者超期缩短：{'、'.join(names)}；更正前的记录保留在日志中，请核查"
        draft.add_notices(Notice(words=words, office=Office.SUPERVISOR))


def _list_lost_overruns(draft: Draft) -> Iterator[dict[str, Any]]:
    """The limits that had run out as the record stood, and have not, or not for so long, as a correction sets it right."""
    now = draft.now
    before = {clock.id: clock for clock in compute_clocks(draft.known.facts, draft.calendar)}
    for clock in draft.change.clocks:
        old = before.get(clock.id)
        ran_out = old and (old.overrun.due_at if old.overrun else _find_overdue_since(old, now))
        gone = clock.overrun is None and get_colour(clock, now) is not Colour.OVERDUE
        if old and ran_out and (gone or _marked_by(clock, now)):
            yield {
                "of": "clock",
                "id": clock.id,
                "zh": clock.zh,
                "old": _build_reading(old, now),
                "new": _build_reading(clock, now),
            }


def _build_reading(clock: Clock, now: datetime) -> dict[str, str | None]:
    """How a clock stood, as the journal keeps it; since when and until when it was overrun, where it was."""
    marked = clock.overrun is not None and clock.overrun.entered_at == now
    since = _find_overdue_since(clock, now) if marked or not clock.overrun else clock.overrun.due_at
    kept = {"state": str(clock.state), "due_at": clock.due_at, "overrun_since": since, "overrun_until": since and clock.ended_at}
    return {name: at.isoformat() if isinstance(at, datetime) else at for name, at in kept.items() if at or name == "due_at"}


def _find_overdue_since(clock: Clock, now: datetime) -> datetime | None:
    return clock.rungs[-1].at if get_colour(clock, now) is Colour.OVERDUE else None


def _list_placed(log: Sequence[LegalFact]) -> Iterator[tuple[tuple[int, int], LegalFact]]:
    """Each fact with its sequence and its place among the facts of its entry; the log comes in that order."""
    n, seq = 0, 0
    for fact in log:
        n, seq = (n + 1 if fact.seq == seq else 0), fact.seq
        yield (seq, n), fact


def _is_told(fact: LegalFact, correction: Correction) -> bool:
    was = correction.fact
    if was is None or not fact.told_by:
        return False
    return (fact.fact, fact.about, fact.at) == (was.fact, was.about, was.at)


def _build_kept_fact(place: tuple[int, int], fact: LegalFact, new: str, until: datetime) -> dict[str, Any]:
    return {
        "of": "fact",
        "seq": place[0],
        "n": place[1],
        "fact": fact.fact,
        "old": fact.at.isoformat(),
        "new": new,
        "until": until.isoformat(),
    }


def _find_new_violation(log: list[LegalFact], right: list[LegalFact], calendar: Calendar) -> RuleViolation | None:
    """What the law says against the log set right and did not say against it before: nothing recorded long ago is judged anew."""
    for n, fact in enumerate(right):
        against = check_fact(_drop_fact(right, n), fact, calendar)
        if against and not check_fact(_drop_fact(log, n), log[n], calendar):
            return against
    return None


def _drop_fact(log: list[LegalFact], n: int) -> list[LegalFact]:
    return [*log[:n], *log[n + 1 :]]
