"""Trying an inspection on history before it is switched on (历史试跑), labelling what it finds, and how often inspections were right (规则质量)."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request

from api.access_tracking import declare_reading
from api.administrative_changes import make_change
from api.auth import Caller
from api.context import get_context
from api.filters import narrow_scope
from api.http_io import Key, build_form_invalid, request_body
from api.inspections import check_keeps_rules, find_inspection
from api.path_parameters import InspectionId
from api.problems import document_refusals
from api.proposed_settings import check_value, describe_value, describe_value_for_record, get_setting, label_of
from api.schemas.inspection_trials import (
    AskedTrial,
    DrawnSeed,
    LabelledHit,
    QualityView,
    TrialDetail,
    TrialHitView,
    TrialUnit,
    TrialView,
    TriedChange,
)
from api.untraced import declare_untraced
from inspections.settings import SWITCH
from law.calendar import SHANGHAI, get_day, start_of
from law.offices import Office
from models.access.scope import Person
from models.evidence import Pointer
from models.forms.risk_alert import KEEPERS
from models.instants import Sought
from models.problems import NotFound
from models.readmodel import inspection_trials as read_trials
from models.readmodel.inspection_quality import Quality, build_unraised, measure_quality
from models.readmodel.inspection_recall import Recall, measure_recall
from models.readmodel.inspection_trials import TrialRow
from models.store import inspection_trials
from models.store.administrative_change import Change
from models.store.connection import Connection
from models.store.inspection_settings import CONFIRMS
from models.trace_shapes import Reading

router = APIRouter(tags=["巡查"])
_REFUSALS = document_refusals(401, 403, 404, 409, 415, 422)
_ONE = "/api/inspections/{inspection_id}/trials/{trial_id}"
TrialId = Annotated[int, Path(title="试跑", examples=[1])]
_PERIOD = timedelta(days=90)


@router.get(
    "/api/inspection-quality",
    dependencies=declare_untraced("how often inspections were right"),
    summary="规则质量",
    responses=document_refusals(401, 403, 422),
)
async def list_quality(
    request: Request,
    person: Caller,
    since: Annotated[Sought | None, Query(title="起始时间")] = None,
    until: Annotated[Sought | None, Query(title="截止时间")] = None,
) -> list[QualityView]:
    """How often each inspection was right in the caller's units, by the alerts raised in a period; without one, in the last ninety days.

    Beside it what it missed: problems that reviews found in that period, and of which no alert had told.
    """
    _check_reads(person)
    end = until.astimezone(SHANGHAI) if until else datetime.now(SHANGHAI)
    begin = since.astimezone(SHANGHAI) if since else end - _PERIOD
    async with get_context(request).pool.connection() as connection:
        rows = {row.rule: row for row in await measure_quality(connection, _list_units(person), begin, end)}
        missed = await measure_recall(connection, _list_units(person), begin, end)
    return [
        _build_quality_view(rows.get(rule, build_unraised(rule)), missed.get(rule, Recall(0, 0)))
        for rule in sorted({*rows, *missed})
    ]


def _build_quality_view(row: Quality, found: Recall) -> QualityView:
    judged = {"judged": row.judged, "precision": row.precision, "flagged": row.flagged}
    return QualityView(**row._asdict(), **judged, reviewed_told=found.told, reviewed_missed=found.missed)


@router.get(
    "/api/inspections/{inspection_id}/trials",
    dependencies=declare_untraced("what was tried, and counts"),
    summary="历史试跑清单",
    responses=document_refusals(401, 403, 404),
)
async def list_trials(request: Request, inspection_id: InspectionId, person: Caller) -> list[TrialView]:
    """The newest trials of that inspection in the caller's units."""
    _check_reads(person)
    rule = find_inspection(inspection_id)
    async with get_context(request).pool.connection() as connection:
        rows = await read_trials.list_trials(connection, rule.id, _list_units(person))
    return [TrialView(**_build_trial_view(row)) for row in rows]


@router.get(_ONE, dependencies=declare_reading(Reading.LIST), summary="一次历史试跑", responses=document_refusals(401, 403, 404))
async def get_trial(request: Request, inspection_id: InspectionId, trial_id: TrialId, person: Caller) -> TrialDetail:
    """A trial: what it counted, in which units, and the sample that its seed draws, of what the caller may know."""
    _check_reads(person)
    scope = await narrow_scope(get_context(request), person, None)
    async with get_context(request).pool.connection() as connection:
        row = await _load_known(connection, inspection_id, trial_id, person)
        units, sample = (
            await read_trials.list_unit_hits(connection, row.id),
            await read_trials.draw_sample(connection, scope, row.id),
        )
    return TrialDetail(
        **_build_trial_view(row),
        units=[TrialUnit(**each._asdict()) for each in units],
        sample=[
            TrialHitView(
                **each._asdict()
                | {
                    "evidence": [Pointer.model_validate(part) for part in each.evidence],
                    "labelled_at": each.labelled_at and each.labelled_at.astimezone(SHANGHAI),
                }
            )
            for each in sample
        ],
    )


@router.post(
    "/api/inspections/{inspection_id}/trials", summary="历史试跑", openapi_extra=request_body(AskedTrial), responses=_REFUSALS
)
async def begin(request: Request, inspection_id: InspectionId, person: Caller, key: Key = None) -> TrialView:
    """Try the inspection on the matters of a period, switched on and by these figures and words: it raises no alert. What it finds follows."""
    begun: int | None = None

    async def make(change: Change, said: AskedTrial) -> None:
        nonlocal begun
        rule = find_inspection(inspection_id)
        if said.unit not in _list_units(person, KEEPERS):
            raise build_form_invalid("unit", "not-yours", "只能试跑您负责巡查的单位")
        changes = [await _build_tried(said.unit, each, change) for each in said.changes]
        asked = {
            "rule": rule.id,
            "unit": said.unit,
            "since": start_of(said.since),
            "until": start_of(said.until + timedelta(days=1)),
            "seed": said.seed,
        }
        words = "；".join([rule.label, *map(_change_words, changes)])
        begun = await inspection_trials.begin(change, asked, changes, words, _get_office(person))

    await make_change(request, person, "try-inspection", AskedTrial, key, make, lambda: check_keeps_rules(person))
    return await _load_newest(request, inspection_id, begun, person)


@router.post(f"{_ONE}/draw", summary="重新抽样", openapi_extra=request_body(DrawnSeed), responses=_REFUSALS)
async def draw(request: Request, inspection_id: InspectionId, trial_id: TrialId, person: Caller, key: Key = None) -> TrialView:
    """Draw another sample of what was found; the same seed draws the same again."""

    async def make(change: Change, said: DrawnSeed) -> None:
        await _load_known(change.connection, inspection_id, trial_id, person)
        await inspection_trials.draw(change, inspection_id, trial_id, said.seed, _get_office(person))

    await make_change(request, person, "draw-trial", DrawnSeed, key, make, lambda: check_keeps_rules(person))
    return await _load_newest(request, inspection_id, trial_id, person)


@router.post(f"{_ONE}/labels", summary="标注试跑命中", openapi_extra=request_body(LabelledHit), responses=_REFUSALS)
async def label(request: Request, inspection_id: InspectionId, trial_id: TrialId, person: Caller, key: Key = None) -> TrialView:
    """Say whether the rule is right in a hit; the last word counts, and each stands in the bureau's journal."""

    async def make(change: Change, said: LabelledHit) -> None:
        await _load_known(change.connection, inspection_id, trial_id, person)
        await inspection_trials.label(change, inspection_id, trial_id, said.model_dump(), _get_office(person))

    await make_change(request, person, "label-trial", LabelledHit, key, make, lambda: check_keeps_rules(person))
    return await _load_newest(request, inspection_id, trial_id, person)


def _list_units(person: Person, offices: Collection[Office] = (*KEEPERS, *CONFIRMS)) -> frozenset[str]:
    """The units in which the caller holds one of these offices: that of who keeps the rules, or of who confirms what is set of them."""
    return frozenset[str]().union(*(each.own for each in person.offices if each.office in offices))


def _check_reads(person: Person) -> None:
    """OfficeMayNotAct for whoever neither keeps the rules nor confirms what is set of them."""
    if not any(person.holds_in_bureau(office) for office in CONFIRMS):
        check_keeps_rules(person)


def _get_office(person: Person) -> Office:
    return next(each for each in KEEPERS if person.holds_in_bureau(each))


async def _build_tried(unit: str, said: TriedChange, change: Change) -> dict[str, Any]:
    """What is tried, as it would be set; refused as a proposal of it is."""
    if said.name.startswith(f"{SWITCH}/"):
        raise build_form_invalid("name", "unknown-setting", "试跑时规则总是启用的")
    get_setting(unit, said.name, change.tree)
    value = check_value(said, None, change.now)
    await describe_value_for_record(said.name, value)
    return {"name": said.name, "value": value}


def _change_words(change: Mapping[str, Any]) -> str:
    return f"{label_of(change['name'])}：{describe_value(change['name'], change['value'])}"


async def _load_known(connection: Connection, rule: str, trial: int, person: Person) -> TrialRow:
    """That trial, if the caller keeps the rules where it was tried; NotFound otherwise."""
    for row in await read_trials.list_trials(connection, find_inspection(rule).id, _list_units(person), trial):
        return row
    raise NotFound("没有这次试跑")


async def _load_newest(request: Request, rule: str, trial: int | None, person: Person) -> TrialView:
    """That trial as it stands; of one that was asked for before under the same key, the newest."""
    async with get_context(request).pool.connection() as connection:
        rows = await read_trials.list_trials(connection, rule, _list_units(person), trial)
    return TrialView(**_build_trial_view(rows[0]))


def _build_trial_view(row: TrialRow) -> dict[str, Any]:
    told = row._asdict() | {
        "unit": row.unit_id,
        "changes": [*map(_change_words, row.changes)],
        "since": get_day(row.since),
        "until": get_day(row.until) - timedelta(days=1),
        "asked_at": row.asked_at.astimezone(SHANGHAI),
        "finished_at": row.finished_at and row.finished_at.astimezone(SHANGHAI),
    }
    del told["unit_id"]
    return told
