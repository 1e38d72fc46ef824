"""Migrating a bureau's open cases (在办案件迁入): a trial run, then proposed by one person, released by another, and entered case by case."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

import anyio
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from api.access_tracking import declare_reading
from api.attempts import open_attempt
from api.auth import Caller
from api.case_ledger_sheets import Sheets, check_fields, find_sheets, get_heading, write_sheets
from api.context import AppContext, get_context
from api.http_io import build_form_invalid, parse_form, read_body, request_body
from api.moving_in import Migration, enter
from api.path_parameters import LedgerDigest
from api.problems import document_refusals
from api.schemas.case_ledgers import (
    CaseEntered,
    HeadingsKept,
    HeadingsSaid,
    LedgerList,
    LedgerView,
    LedgerWithTrial,
    Mends,
    TrialRun,
)
from api.sheets.uploads import build_sheet_body, read_sheet
from api.submission import make_actor
from api.untraced import declare_untraced
from api.xlsx import XLSX, build_xlsx_response
from law.calendar import SHANGHAI, Calendar
from law.clock import Clock, ClockState, Colour
from law.instruments import RULE
from law.legal_fact import LegalFact
from law.offices import Office
from models.access.scope import Held, Person, Tree, list_units_below
from models.ledgers.open_cases import (
    CASE_SHEET,
    OFFENDER_SHEET,
    PUBLIC_ORDER_SHEET,
    SUSPECT_SHEET,
    LedgerContext,
    OpenCases,
    build_first_step_key,
    read_cases,
)
from models.ledgers.past_steps import Fault, Line, PastCase
from models.matter import Kind
from models.moving_in import has_moved_in
from models.problems import DutiesNotSeparated, LawForbids, NotFound, OfficeMayNotAct
from models.readmodel import case_ledgers as read
from models.store import case_ledgers as kept
from models.store.ledger_words import keep_case_headings, read_case_headings
from models.store.mappers import RUNNING, get_shown_colour, has_lapsed
from models.trace_shapes import Reading
from workflows.trial_run import Trial, check_held_once, try_case

router = APIRouter(tags=["在办案件迁入"])
_UPLOAD = build_sheet_body("在办案件台账（xlsx、xls、ods、csv）", "mends", "在页面上改过的格子（Mends 的 JSON）")
_SHEETS: Mapping[str, tuple[str, str]] = {
    Kind.CRIMINAL_CASE: (CASE_SHEET, SUSPECT_SHEET),
    Kind.PUBLIC_ORDER_CASE: (PUBLIC_ORDER_SHEET, OFFENDER_SHEET),
}
_HELD = frozenset({"detained", "arrest_review", "arrest_refused", "arrest_approved", "arrested"})
_ENDED_LATE = frozenset({ClockState.OVERRUN, ClockState.MET_LATE})


@router.post(
    "/api/case-ledgers/trial",
    summary="试算在办案件台账",
    openapi_extra=_UPLOAD,
    responses=document_refusals(401, 403, 413, 415, 422),
)
async def run_trial(request: Request, person: Caller) -> TrialRun:
    """Run the cases of a ledger through their lifecycles: every clock that would run, overdue ones first, and every cell with an error.

    Nothing is written. Each step is judged by the law in force when it happened; who is held in another matter is looked up.
    """
    ctx = get_context(request)
    _, sheets, cases = await _read(request, person)
    return await _try_cases(ctx, person, cases, sheets)


@router.post(
    "/api/case-ledgers",
    summary="提请迁入在办案件",
    openapi_extra=_UPLOAD,
    responses=document_refusals(401, 403, 413, 415, 422),
    status_code=201,
)
async def propose(request: Request, person: Caller) -> LedgerWithTrial:
    """Propose the cases without errors for release by a supervisor."""
    ctx = get_context(request)
    async with open_attempt(ctx, person, "propose-case-ledger"):
        file, sheets, cases = await _read(request, person)
        tried = await _try_cases(ctx, person, cases, sheets)
        rows = {(each.kind, each.row) for each in tried.cases}
        if tried.moved_in:
            raise LawForbids(tried.moved_in, basis=str(RULE.section("迁入")))
        good = OpenCases(cases=[each for each in cases.cases if (each.kind, each.row) in rows])
        if not good.cases:
            raise build_form_invalid("file", "nothing-to-bring", "台账中没有可以迁入的案件")
        ledger = kept.ProposedLedger(
            digest=good.digest,
            file=file,
            unit=_get_bureau(person),
            content=[each.model_dump(mode="json") for each in good.cases],
            keys=[build_first_step_key(each) for each in good.cases],
            cases=len(good.cases),
            people=sum(len(each.people) for each in good.cases),
        )
        async with ctx.pool.connection() as connection:
            await kept.propose(connection, ledger, person.username, datetime.now(UTC))
    return await _load_ledger(ctx, person, good.digest)


@router.put(
    "/api/case-ledgers/headings",
    summary="记住本单位在办案件台账的表头",
    openapi_extra=request_body(HeadingsSaid),
    responses=document_refusals(401, 403, 413, 415, 422),
)
async def keep_headings(request: Request, person: Caller) -> HeadingsKept:
    """Define what the headings of the unit's ledgers of open cases mean, for all later ones. The change is journaled."""
    ctx = get_context(request)
    _list_manager_seats(person, await ctx.directory.load_units())
    said = parse_form(HeadingsSaid, await read_body(request)).by_sheet
    check_fields(said)
    async with ctx.pool.connection() as connection:
        whole = await keep_case_headings(connection, _get_bureau(person), said, person.username, datetime.now(UTC))
    return HeadingsKept(headings=whole)


@router.post(
    "/api/case-ledgers/refused",
    summary="未能迁入的行",
    openapi_extra=_UPLOAD,
    responses=XLSX | document_refusals(401, 403, 413, 415, 422),
    response_class=Response,
)
async def get_refused_rows(request: Request, person: Caller) -> Response:
    """The rows with errors in the layout of the template, each with its reasons in the last column, to be corrected and uploaded again."""
    ctx = get_context(request)
    _, sheets, cases = await _read(request, person)
    tried = await _try_cases(ctx, person, cases, sheets)
    wrong = defaultdict[tuple[str, int], list[Fault]](list)
    for each in tried.faults:
        wrong[each.sheet, each.row].append({"field": each.field, "detail": each.detail})
    rows = {
        sheet: [(line, wrong[sheet, line.row]) for line in lines if (sheet, line.row) in wrong]
        for sheet, lines in sheets.lines.items()
    }
    return build_xlsx_response(await anyio.to_thread.run_sync(write_sheets, rows), "未能迁入的在办案件")


@router.get(
    "/api/case-ledgers/template.xlsx",
    dependencies=declare_untraced("an empty template"),
    summary="空白在办案件台账",
    responses=XLSX | document_refusals(401),
    response_class=Response,
)
async def get_template(_: Caller) -> Response:
    """The empty workbook to fill in: a sheet of cases and one of suspects."""
    no_rows = dict[str, Sequence[tuple[Line, Sequence[Fault]]]]()
    return build_xlsx_response(await anyio.to_thread.run_sync(write_sheets, no_rows), "在办案件台账")


@router.get(
    "/api/case-ledgers",
    dependencies=declare_reading(Reading.LIST),
    summary="在办案件台账列表",
    responses=document_refusals(401, 403),
)
async def list_ledgers(request: Request, person: Caller) -> LedgerList:
    """The proposed ledgers, and whether the caller may propose or release one."""
    ctx = get_context(request)
    tree = await ctx.directory.load_units()
    _check_may_read(person, tree)
    async with ctx.pool.connection() as connection:
        rows = await read.list_ledgers(connection)
    return LedgerList(
        items=[LedgerView(**each._asdict()) for each in rows],
        may_propose=person.holds_over_bureau(Office.CASE_MANAGEMENT_OFFICER, tree),
        may_release=person.holds_over_bureau(Office.SUPERVISOR, tree),
    )


@router.get(
    "/api/case-ledgers/{digest}",
    dependencies=declare_reading(Reading.LIST),
    summary="在办案件台账",
    responses=document_refusals(401, 403, 404),
)
async def get_ledger(request: Request, digest: LedgerDigest, person: Caller) -> LedgerWithTrial:
    """A proposed ledger, its trial run by the law and the calendar of today, and which of its cases were entered."""
    ctx = get_context(request)
    _check_may_read(person, await ctx.directory.load_units())
    return await _load_ledger(ctx, person, digest)


@router.post("/api/case-ledgers/{digest}/release", summary="放行在办案件迁入", responses=document_refusals(401, 403, 404, 409))
async def release(request: Request, digest: LedgerDigest, person: Caller) -> LedgerWithTrial:
    """Release a ledger that somebody else proposed; from then on its cases may be entered."""
    ctx = get_context(request)
    async with open_attempt(ctx, person, "release-case-ledger"):
        if not person.holds_over_bureau(Office.SUPERVISOR, await ctx.directory.load_units()):
            raise OfficeMayNotAct("在办案件迁入由监督全局的督察放行", required=[Office.SUPERVISOR])
        async with ctx.pool.connection() as connection:
            found = await read.find_ledger(connection, digest)
            if found is None:
                raise NotFound("没有这一份在办案件台账")
            one = found[0]
            if one.proposed_by == person.username:
                raise DutiesNotSeparated("在办案件迁入由一人提请、另一人放行，提请的人不能自己放行")
            await kept.release(connection, digest, one.file, one.cases, one.people, person.username, datetime.now(UTC))
    return await _load_ledger(ctx, person, digest)


@router.post(
    "/api/case-ledgers/{digest}/cases/{row}",
    summary="录入一起在办案件",
    responses=document_refusals(401, 403, 404, 409, 422, 503),
    status_code=201,
)
async def enter_case(
    request: Request,
    digest: LedgerDigest,
    row: int,
    person: Caller,
    kind: Annotated[
        Literal["criminal-case", "public-order-case"], Query(title="案件种类", description="行政案件与刑事案件各按其表的行号")
    ] = "criminal-case",
) -> CaseEntered:
    """Enter one case of a released ledger with its suspects. Repeating it returns the same numbers and completes what was interrupted."""
    ctx = get_context(request)
    async with open_attempt(ctx, person, "bring-over-case"):
        seats = _list_manager_seats(person, await ctx.directory.load_units())
        async with ctx.pool.connection() as connection:
            found = await read.find_case(connection, digest, row, kind)
        if found is None:
            raise NotFound("台账中没有这一行")
        return await enter(ctx, Migration(digest, make_actor(person, seats)), PastCase.model_validate(found))


async def _read(request: Request, person: Person) -> tuple[str, Sheets, OpenCases]:
    """The file's name, its sheets, and the cases in it."""
    ctx = get_context(request)
    tree = await ctx.directory.load_units()
    _list_manager_seats(person, tree)
    upload = await read_sheet(request, ctx.sheet_slots, "mends", Mends)
    async with ctx.pool.connection() as connection:
        known = await read_case_headings(connection, _get_bureau(person))
    sheets = find_sheets(upload.tables, upload.beside or Mends(cells=[], columns=[]), known)
    context = await _build_ledger_context(ctx, person, tree)
    cases = await anyio.to_thread.run_sync(read_cases, sheets.lines, context, datetime.now(UTC))
    return upload.name[:100], sheets, cases


async def _build_ledger_context(ctx: AppContext, person: Person, tree: Tree) -> LedgerContext:
    reach = frozenset[str]().union(*(each.own for each in _list_manager_seats(person, tree)))
    units = {tree[each].zh: each for each in sorted(reach, reverse=True)} | {each: each for each in reach}
    async with ctx.pool.connection() as connection:
        officers = await read.list_officers(connection)
    return LedgerContext(units, {each.unit: list_units_below(each.unit, tree) for each in officers}, officers)


def _list_manager_seats(person: Person, tree: Tree) -> tuple[Held, ...]:
    """The seats of a case manager of the whole bureau; OfficeMayNotAct for anybody else."""
    if not person.holds_over_bureau(Office.CASE_MANAGEMENT_OFFICER, tree):
        raise OfficeMayNotAct("在办案件由管理全局案件的案管员迁入", required=[Office.CASE_MANAGEMENT_OFFICER])
    return tuple(each for each in person.offices if each.office == Office.CASE_MANAGEMENT_OFFICER)


def _get_bureau(person: Person) -> str:
    """The unit for which a case manager brings ledgers along."""
    return next(each.unit.id for each in person.offices if each.office == Office.CASE_MANAGEMENT_OFFICER)


def _check_may_read(person: Person, tree: Tree) -> None:
    """OfficeMayNotAct unless the person manages the cases of the whole bureau or supervises it."""
    offices = (Office.CASE_MANAGEMENT_OFFICER, Office.SUPERVISOR)
    if not any(person.holds_over_bureau(each, tree) for each in offices):
        raise OfficeMayNotAct("在办案件迁入由管理全局案件的案管员提请、监督全局的督察放行", required=list(offices))


async def _load_ledger(ctx: AppContext, person: Person, digest: str) -> LedgerWithTrial:
    async with ctx.pool.connection() as connection:
        found = await read.find_ledger(connection, digest)
        if found is None:
            raise NotFound("没有这一份在办案件台账")
    cases = OpenCases(cases=[PastCase.model_validate(each) for each in found[1]])
    tried = await _try_cases(ctx, person, cases, Sheets({}, []))
    return LedgerWithTrial(ledger=LedgerView(**found[0]._asdict()), trial=tried.model_copy(update={"digest": digest}))


async def _try_cases(ctx: AppContext, person: Person, cases: OpenCases, sheets: Sheets) -> TrialRun:
    calendar, tree = await ctx.get_calendar(), await ctx.directory.load_units()
    async with ctx.pool.connection() as connection:
        names = {each.username: each.zh for each in await read.list_officers(connection)}
        entered = await read.find_entered_cases(connection, [build_first_step_key(each) for each in cases.cases])
        here = await read.list_custody_logs(connection, _list_citizen_numbers(cases, entered))
        moved_in = has_moved_in(await read.find_founding(connection), datetime.now(UTC))
    told = await anyio.to_thread.run_sync(_build_trial_run, cases, sheets, person, calendar, tree, names, entered, here)
    return told.model_copy(update={"moved_in": moved_in})


def _list_citizen_numbers(cases: OpenCases, entered: Mapping[str, str]) -> set[str]:
    """The citizen numbers of the suspects whose cases are not entered yet."""
    left = (each for each in cases.cases if build_first_step_key(each) not in entered)
    return {number for case in left for each in case.people if (number := each.named.form.get("citizen_number"))}


def _build_trial_run(
    cases: OpenCases,
    sheets: Sheets,
    person: Person,
    calendar: Calendar,
    tree: Tree,
    names: Mapping[str, str],
    entered: Mapping[str, str],
    here: Mapping[str, Sequence[Sequence[LegalFact]]],
) -> TrialRun:
    now = datetime.now(UTC)
    actor = make_actor(person, person.offices)
    trials = [try_case(each, actor, calendar, now) for each in cases.cases]
    check_held_once([each for each in trials if build_first_step_key(each.case) not in entered], here)
    good = [each for each in trials if not each.objections]
    # Clocks of entered cases are shown in the matter itself, to those who may read it.
    left = [each for each in good if build_first_step_key(each.case) not in entered]
    clocks = sorted((row for each in left for row in _list_clocks(each, now)), key=_get_urgency_key)
    return TrialRun.model_validate(
        {
            "digest": OpenCases(cases=[each.case for each in good]).digest,
            "sheets": sheets.read,
            "cases": [_describe_case(each, tree, names, entered) for each in good],
            "clocks": clocks,
            "faults": [_build_fault(each, sheets) for each in (*cases.faults, *_list_faults(trials))],
            "moved_in": "",
            "held": sum(one.stage.name in _HELD for each in left for one in each.people),
            "overdue": sum(each["colour"] == Colour.OVERDUE for each in clocks),
        }
    )


def _list_faults(trials: Sequence[Trial]) -> list[Fault]:
    return [
        {
            "sheet": _SHEETS[one.case.kind][each.of_suspect],
            "row": str(each.row),
            "field": each.field,
            "rule": each.rule,
            "detail": each.detail,
        }
        for one in trials
        for each in one.objections
    ]


def _describe_case(trial: Trial, tree: Tree, names: Mapping[str, str], entered: Mapping[str, str]) -> dict[str, Any]:
    case = trial.case
    number = entered.get(build_first_step_key(case))
    people = [
        {"row": each.row, "name": each.name, "stage": each.stage.name, "stage_zh": each.stage.zh, "held": each.stage.name in _HELD}
        for each in trial.people
        if number is None
    ]
    return {
        "kind": case.kind,
        "sheet": _SHEETS[case.kind][0],
        "row": case.row,
        "case_number": case.case_number,
        "title": case.title,
        "unit_zh": tree[case.unit].zh if case.unit in tree else case.unit,
        "officer_zh": names.get(case.officer, case.officer),
        "stage_zh": trial.stage.zh,
        "people": people,
        "number": number,
    }


def _list_clocks(trial: Trial, now: datetime) -> list[dict[str, Any]]:
    cases, suspects = _SHEETS[trial.case.kind]
    of_case = [_build_clock(trial, cases, trial.case.row, "", each, now) for each in trial.clocks if each.about == "case"]
    of_people = [
        _build_clock(trial, suspects, one.row, one.name, each, now)
        for one in trial.people
        for each in one.clocks
        if each.about != "case"
    ]
    return [each for each in (*of_case, *of_people) if each]


def _build_clock(trial: Trial, sheet: str, row: int, name: str, clock: Clock, now: datetime) -> dict[str, Any] | None:
    # A right that lapsed unused is not shown as an overdue clock.
    if has_lapsed(clock, now) or (clock.state not in RUNNING and not (clock.state in _ENDED_LATE and clock.overrun)):
        return None
    due = clock.due_at if clock.state in RUNNING else clock.overrun and clock.overrun.due_at
    return {
        "sheet": sheet,
        "row": row,
        "case_number": trial.case.case_number,
        "name": name,
        "zh": clock.zh,
        "due_at": due.astimezone(SHANGHAI) if due else None,
        "date_only": clock.date_only,
        "basis": clock.basis,
        "colour": get_shown_colour(clock, now),
        "state": clock.state if clock.state in RUNNING else "overrun",
        "liberty": clock.liberty,
    }


def _get_urgency_key(clock: Mapping[str, Any]) -> tuple[bool, bool, str]:
    """Sort key: overdue first, of these limits on liberty first, then by due date."""
    due = clock["due_at"]
    return clock["colour"] != Colour.OVERDUE, not clock["liberty"], due.isoformat() if due else "9"


def _build_fault(fault: Fault, sheets: Sheets) -> dict[str, Any]:
    row = int(fault["row"])
    text = next((each.get_text(fault["field"]) for each in sheets.lines.get(fault["sheet"], ()) if each.row == row), "")
    return {**fault, "row": row, "heading": get_heading(fault["sheet"], fault["field"]), "text": text[:300]}
