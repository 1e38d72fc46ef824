"""Drives (专项清查): which matters are gone through and by whom, what an answer must rest on, who looks at it, and what the drive came to."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from activities.recording.refusals import refuse_field
from activities.steps_taken import StepsTaken, put_under_subject, read_steps_taken
from law.facts import Fact
from law.offices import Office
from models.forms.drive import BASIS, MOST_ITEMS, USUAL_TERM, ConcludeDrive, LaunchDrive
from models.forms.drive_item import (
    LOST,
    RESULTS,
    AnswerBacklogItem,
    AnswerIdentityItem,
    OpenDriveItem,
    ReturnDriveItem,
    VerifyDriveItem,
)
from models.forms.rectification_order import HANDLERS
from models.forms.risk_alert import ReportProblem
from models.matter import Kind
from models.messages import Notice, PendingCommand, Refusal
from models.problems import DutiesNotSeparated, LawForbids
from models.readmodel.drives import list_selected
from models.reviews.selections import Selected
from models.store.connection import fetch_all, fetch_first
from models.store.drives import (
    ANSWERED,
    BEGIN_ITEM,
    CORRECTED_SINCE,
    FACTS_OF,
    ITEM,
    OPEN_ITEMS,
    RESULTS_OF,
    RETURNED,
    VERIFIED,
    WITHOUT_OFFICER,
    ItemSubject,
)
from models.store.reviews import BUREAU_OF, SEATS_OF

feature = Feature(__name__, Concern.REVIEW)
_invalid = partial(refuse_field, basis=BASIS)
_LAUNCHES, _CONCLUDES = LaunchDrive.rule.step, ConcludeDrive.rule.step
_OPENS, _VERIFIES, _RETURNS = (each.rule.step for each in (OpenDriveItem, VerifyDriveItem, ReturnDriveItem))
_ANSWERS = (AnswerBacklogItem.rule.step, AnswerIdentityItem.rule.step)
_ITEM = (Kind.CASE_REVIEW,)
# What the record of the matter must show before an answer may say so (清查不代替办案).
_SHOWN_BY: Mapping[str, frozenset[Fact]] = {
    "sent": frozenset({Fact.CASE_SENT_TO_PROCURATORATE, Fact.CASE_SENT_AGAIN}),
    "ended": frozenset({Fact.CASE_CANCELLED, Fact.INVESTIGATION_TERMINATED, Fact.CASE_TURNED_ADMINISTRATIVE}),
    "merged": frozenset({Fact.CASE_MERGED}),
    "handed-over": frozenset({Fact.CASE_TRANSFERRED, Fact.PERSON_HANDED_OVER}),
}
_TWICE = 2


@dataclass(frozen=True, slots=True)
class _Launched:
    """What a drive goes through, and who answers for each matter."""

    plan: Mapping[str, Any]
    items: Sequence[Selected]
    officers: Mapping[str, str]


async def _read(draft: Draft) -> StepsTaken:
    return await read_steps_taken(draft, StepsTaken)


# The drive


@feature.hook(Phase.CHECK, steps=(_LAUNCHES,), type="step")
async def give_to_officers(draft: Draft) -> Refusal | None:
    """Select what is gone through, and give each to its officer; refuse where nobody would answer for one."""
    plan, connection = (await _read(draft)).opening, draft.connection
    bureau = await fetch_first(connection, BUREAU_OF, {"unit": draft.proposal.unit})
    found = await list_selected(connection, plan, plan.get("units") or (bureau.units if bureau else ()))
    if not found:
        return LawForbids("所定范围内没有可以清查的事项，请调整方案", basis=str(BASIS)).to_refusal()
    if len(found) > MOST_ITEMS:
        detail = f"一批至多清查{MOST_ITEMS}件，所定范围内有{len(found)}件，请按单位或者范围分批"
        return LawForbids(detail, basis=str(BASIS)).to_refusal()
    files = {each.matter.number: each.matter for each in found}
    named = {each["file"]: each["officer"] for each in draft.proposal.form.get("successors", ())}
    if strange := sorted(set(named) - set(files)):
        return _invalid("successors", "not-selected", f"“{strange[0]}”不在清查范围内")
    held = defaultdict[str, set[str]](set)
    for seat in await fetch_all(connection, SEATS_OF, {"people": sorted(set(named.values()))}):
        if seat.office in HANDLERS:
            held[seat.person].add(seat.unit)
    if wrong := next((file for file, person in sorted(named.items()) if files[file].unit not in held[person]), ""):
        return _invalid("successors", "unknown-officer", f"“{named[wrong]}”不是{wrong}办案单位在任的办案民警或者负责人")
    gone = await fetch_all(connection, WITHOUT_OFFICER, {"numbers": sorted(set(files) - set(named))})
    if gone:
        many = f"等{len(gone)}件" if len(gone) > 1 else ""
        return _invalid("successors", "successor-needed", f"{gone[0].number}{many}的承办民警已离任，启动前须逐件确定承继民警")
    draft.keep(_Launched(plan, found, {file: named.get(file, matter.officer) for file, matter in files.items()}))
    return None


@feature.hook(Phase.COMMAND, steps=(_LAUNCHES,), type="step")
async def begin_items(draft: Draft) -> None:
    """Have each matter that was selected gone through."""
    launched = draft.find_own(_Launched)
    if launched is None:
        return
    term = launched.plan.get("term") or USUAL_TERM
    shared = {"drive": draft.proposal.number, "purpose": launched.plan["purpose"], "term": term}
    for matter, grounds in launched.items:
        form = shared | {
            "subject": matter.number,
            "selections": grounds,
            "unit": matter.unit,
            "officer": launched.officers[matter.number],
        }
        draft.add_commands(PendingCommand(verb="open", kind=Kind.CASE_REVIEW, step=_OPENS, form=form))


@feature.hook(Phase.ADVISE, steps=(_LAUNCHES,), type="step")
async def say_what_was_selected(draft: Draft) -> None:
    """Say how many matters of how many units are gone through."""
    if launched := draft.find_own(_Launched):
        units = len({each.matter.unit for each in launched.items})
        draft.add_notes(f"{units}个单位共{len(launched.items)}件列入清查")


@feature.hook(Phase.CHECK, steps=(_CONCLUDES,), type="step")
async def check_nothing_is_open(draft: Draft) -> Refusal | None:
    """Refuse to conclude while one item has no result that somebody looked at."""
    if left := await fetch_first(draft.connection, OPEN_ITEMS, {"drive": draft.proposal.number}):
        return LawForbids(f"还有{left}件没有经核验的清查结果，不得总结办结", basis=str(BASIS)).to_refusal()
    return None


@feature.hook(Phase.CONCLUDE, steps=(_CONCLUDES,), type="step")
async def keep_figures(draft: Draft) -> None:
    """Let the journal have what the drive came to, by unit and result."""
    by_unit = defaultdict[str, dict[str, int]](dict)
    for each in await fetch_all(draft.connection, RESULTS_OF, {"drive": draft.proposal.number}):
        by_unit[each.unit][each.result] = each.n
    draft.kept["figures"] = dict(by_unit)


# An item


@feature.hook(Phase.PREPARE, steps=(_OPENS,), type="step")
async def stand_under_subject(draft: Draft) -> None:
    """Let an item stand under the matter that is gone through: it is sealed with it, and goes where it goes."""
    await put_under_subject(draft)


@feature.hook(Phase.PREPARE, kinds=_ITEM)
async def await_the_answer_that_fits(draft: Draft) -> None:
    """Let the turn over an identity be that of its own answer."""
    awaited = draft.proposal.awaited
    known = {each.fact for each in (*draft.known.facts, *draft.proposal.facts)}
    if awaited and awaited.step in _ANSWERS and Fact.DRIVE_ITEM_OF_IDENTITY in known:
        draft.update(awaited=awaited.model_copy(update={"step": AnswerIdentityItem.rule.step}))


async def _find_item(draft: Draft) -> ItemSubject | None:
    return await fetch_first(draft.connection, ITEM, {"number": draft.proposal.number})


@feature.hook(Phase.CHECK, steps=_ANSWERS, type="step")
async def check_the_record_shows_it(draft: Draft) -> Refusal | None:
    """Refuse an answer that something was done which the matter's own steps do not show."""
    item, result = await _find_item(draft), draft.proposal.form["result"]
    if item is None:
        return LawForbids("该件尚在列入，请稍候", basis=str(BASIS)).to_refusal()
    shown = _SHOWN_BY.get(result)
    if shown and shown.isdisjoint(await fetch_all(draft.connection, FACTS_OF, {"subject": item.subject})):
        detail = f"{item.subject}没有{RESULTS[result]}的记录：清查不代替办案，请先在该事项中依法办理"
        return _invalid("result", "not-in-the-record", detail)
    about = {"subject": item.subject, "since": item.begun_at}
    if result == "corrected" and await fetch_first(draft.connection, CORRECTED_SINCE, about) is None:
        detail = f"列入清查以来{item.subject}没有经批准的更正：请先在该事项中办理更正"
        return _invalid("result", "not-in-the-record", detail)
    return None


@feature.hook(Phase.COMMAND, steps=(AnswerBacklogItem.rule.step,), type="step")
async def report_a_lost_file(draft: Draft) -> None:
    """Raise a red alert over a file that is not found."""
    item = await _find_item(draft)
    if item is None or draft.proposal.form["result"] != LOST or await _count_lost_before(draft):
        return
    form = {"subject": item.subject, "severity": "red", "topic": "积案清查：查无卷宗", "what": draft.proposal.form["words"]}
    draft.add_commands(PendingCommand(verb="open", kind=Kind.RISK_ALERT, step=ReportProblem.rule.step, form=form))


@feature.hook(Phase.NOTIFY, steps=(AnswerBacklogItem.rule.step,), type="step")
async def tell_supervisor_of_a_lost_file(draft: Draft) -> None:
    """Let the supervisor know that a file is not found; of one that was looked for twice, have them look at the answer."""
    if draft.proposal.form["result"] != LOST:
        return
    again = await _count_lost_before(draft) >= _TWICE - 1
    words = "清查事项二次查无卷宗，请督察核查" if again else "清查事项查无卷宗"
    draft.add_notices(Notice(words=words, office=Office.SUPERVISOR, step=_VERIFIES if again else ""))


async def _count_lost_before(draft: Draft) -> int:
    return sum(each.form.get("result") == LOST for each in (await _read(draft)).of(*_ANSWERS))


@feature.hook(Phase.CHECK, steps=(_VERIFIES, _RETURNS), type="step")
async def check_somebody_else_looks(draft: Draft) -> Refusal | None:
    """Refuse whoever answered to look at it."""
    actor = draft.proposal.actor
    own = next((each for each in (await _read(draft)).of(*_ANSWERS) if actor and each.username == actor.person), None)
    if own is None:
        return None
    detail = "清查结果由没有反馈该件的人员核验"
    return DutiesNotSeparated(detail, conflicting_entry=own.seq, basis=str(BASIS)).to_refusal()


@feature.hook(Phase.NOTIFY, steps=(_RETURNS,), type="step")
async def tell_officer(draft: Draft) -> None:
    """Let the officer and the head of the unit know that it came back, and why."""
    words = f"清查事项被退回：{draft.proposal.form['reason']}"
    officer = (Notice(words=words, person=draft.proposal.officer),) if draft.proposal.officer else ()
    draft.add_notices(Notice(words=words, office=Office.STATION_HEAD), *officer)


@feature.hook(Phase.WRITE, kinds=_ITEM, type="step")
async def follow_item(draft: Draft) -> None:
    """Say of the item how far it has come."""
    proposal, form = draft.proposal, draft.proposal.form
    at = {"number": proposal.number, "now": draft.now}
    match proposal.step:
        case OpenDriveItem.rule.step:
            said = {name: form[name] for name in ("drive", "subject", "purpose", "selections")}
            await draft.connection.execute(BEGIN_ITEM, at | said)
        case AnswerBacklogItem.rule.step | AnswerIdentityItem.rule.step:
            await draft.connection.execute(ANSWERED, at | {"result": form["result"]})
        case ReturnDriveItem.rule.step:
            await draft.connection.execute(RETURNED, at)
        case VerifyDriveItem.rule.step:
            await draft.connection.execute(VERIFIED, at)
        case _:
            pass
