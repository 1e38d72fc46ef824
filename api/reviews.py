"""Case review (案件评查): checklists, rounds and how they were drawn, files, results, and the screen on which a file is scored."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from api.access_tracking import declare_reading
from api.auth import Caller
from api.context import get_context
from api.filters import InUnit, narrow_scope
from api.http_io import Cursor, Limit, build_form_invalid, build_page_response, decode_cursor
from api.matter_access import get_readable_matter
from api.problems import document_refusals
from api.schemas.reviews import (
    ChecklistItem,
    ChecklistView,
    DrawView,
    LeaningView,
    LostItem,
    PopulationItem,
    Proposed,
    ReviewedFiles,
    ReviewedItem,
    ReviewResults,
    ReviewView,
    RoundList,
    SheetList,
    SheetView,
    UnitResult,
)
from api.untraced import declare_untraced
from law.calendar import SHANGHAI, start_of
from law.facts import Fact
from law.offices import Office
from models.access.scope import Person
from models.instants import SoughtDay
from models.matter import Kind
from models.problems import MatterNotFound
from models.readmodel import review_file, reviews
from models.readmodel.review_checks import list_proposals
from models.reviews.checklists import Checklist, get_checklists
from models.reviews.drawing import Drawn, File, compute_population_digest, compute_seed, draw
from models.reviews.results import TOP, group_by_unit, list_lost_items
from models.reviews.scoring import Grade, ItemScore
from models.store.connection import Connection
from models.trace_shapes import Reading

router = APIRouter(tags=["案件评查"])

RECIPE = (
    "总体摘要为SM3，对按编号排列的“编号 单位 处理结果”各行（以换行结尾）计算；种子为SM3（批次编号|总体摘要|抽取日，"
    "重新抽取的再加|第几次）；位次按SM3（种子|编号）由小到大排列。随机抽取取前若干；分层抽取按单位计数"
    "min(N, 30, max(5, ⌈5%N⌉))，各处理结果按比例、至少1卷，取该层位次在前的"
)
_A_MONTH = 31
ResultsFrom = Annotated[SoughtDay | None, Query(alias="from", title="自", description="不填为截止日前31日")]
ResultsTo = Annotated[SoughtDay | None, Query(title="至", description="不填为今天")]


@router.get(
    "/api/checklists",
    dependencies=declare_untraced("checklists of case review"),
    summary="评查标准",
    responses=document_refusals(401),
)
async def list_checklists(_person: Caller) -> list[ChecklistView]:
    """Every checklist with its items."""
    return [_build_checklist_view(each) for each in get_checklists().values()]


@router.get(
    "/api/review-rounds",
    dependencies=declare_reading(Reading.LIST),
    summary="评查批次",
    responses={200: {"model": RoundList}} | document_refusals(401, 422),
)
async def list_rounds(
    request: Request,
    person: Caller,
    unit: InUnit = None,
    only_open: Annotated[bool, Query(alias="open", title="只看未结")] = False,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Response:
    """The rounds that the caller reads, the newest first."""
    ctx, after = get_context(request), decode_cursor(cursor, str, str)
    scope = await narrow_scope(ctx, person, unit)
    async with ctx.pool.connection() as connection:
        return build_page_response(await reviews.list_rounds(connection, scope, only_open, after, limit))


@router.get(
    "/api/review-rounds/{number}/draw",
    name="drawn",
    dependencies=declare_reading(Reading.MATTER),
    summary="抽取公示",
    responses=document_refusals(401, 403, 404),
)
async def list_draws(request: Request, number: str, person: Caller) -> list[DrawView]:
    """Each draw of a round, the first first, with the population it was made from and the seed: so anybody draws the same files again."""
    await get_readable_matter(request, number, person)
    async with get_context(request).pool.connection() as connection:
        kept = await reviews.list_draws(connection, number)
        return [_draw(number, each, await reviews.list_population(connection, number, each.draw["number"])) for each in kept]


def _draw(number: str, kept: reviews.KeptDraw, population: Sequence[reviews.PopulationRow]) -> DrawView:
    made, plan = kept.draw, kept.plan
    method, size = plan.get("method", "all" if "subject" in plan else "stratified"), plan.get("size", 0)
    files = [File(each.number, each.unit, each.outcome) for each in population]
    again = draw(files, method, size, made["seed"])
    return DrawView(
        drawing=made["number"],
        day=made["day"],
        drawn_at=kept.drawn_at.astimezone(SHANGHAI),
        method=method,
        size=size,
        digest=made["digest"],
        seed=made["seed"],
        recipe=RECIPE,
        sealed=made["left_out"]["sealed"],
        lately=made["left_out"]["lately"],
        population=[
            PopulationItem(**each._asdict(), outcome_zh=Fact(each.outcome).label if each.outcome in set(Fact) else each.outcome)
            for each in population
        ],
        same=_is_same(number, kept, files, again, population),
    )


def _is_same(
    number: str, kept: reviews.KeptDraw, files: Sequence[File], again: Sequence[Drawn], population: Sequence[reviews.PopulationRow]
) -> bool:
    made = kept.draw
    digest = compute_population_digest(files)
    seed = compute_seed(number, digest, date.fromisoformat(made["day"]), made["number"])
    taken = {each.file.number for each in again if each.taken}
    recorded = {each.number for each in population if each.taken}
    return (digest, seed) == (made["digest"], made["seed"]) and taken == recorded == set(made["drawn"])


@router.get(
    "/api/review-files",
    dependencies=declare_reading(Reading.LIST),
    summary="评查案卷",
    responses={200: {"model": ReviewedFiles}} | document_refusals(401, 422),
)
async def list_files(
    request: Request,
    person: Caller,
    unit: InUnit = None,
    of_round: Annotated[str | None, Query(alias="round", title="评查批次", max_length=40)] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Response:
    """Files that are reviewed, of one round or of all; a unit sees its own once it was told."""
    ctx, after = get_context(request), decode_cursor(cursor, str)
    scope = await narrow_scope(ctx, person, unit)
    async with ctx.pool.connection() as connection:
        return build_page_response(await reviews.list_files(connection, scope, of_round, after, limit))


@router.get(
    "/api/review-files/{number}",
    name="one_file",
    dependencies=declare_reading(Reading.MATTER),
    summary="一卷的评查",
    responses=document_refusals(401, 403, 404),
)
async def get_file(request: Request, number: str, person: Caller) -> ReviewView:
    """A review item by item: both seats once both are in, what was settled, and what the unit objects to."""
    matter = await get_readable_matter(request, number, person)
    async with get_context(request).pool.connection() as connection:
        found = await reviews.find_review(connection, number) if matter.kind == Kind.CASE_REVIEW else None
    if found is None:
        raise MatterNotFound()
    checklist, compared = get_checklists()[found.checklist], found.compared or {}
    first, second = [_index_by_item(each["items"]) for each in compared.get("seats", ())] or [{}, {}]
    settled = _index_by_item(found.items or [])
    objected = {each["item"]: each["grounds"] for each in (found.objected or {}).get("objections", ())}
    results = [each["result"] for each in compared.get("seats", ())] or [None, None]
    return ReviewView(
        number=number,
        subject=found.subject,
        round=found.round,
        stage=matter.stage,
        checklist=checklist.id,
        checklist_zh=checklist.zh,
        difference=compared.get("difference"),
        first=results[0],
        second=results[1],
        result=found.result,
        grade=found.grade,
        grade_zh=Grade(found.grade).label if found.grade else "",
        vetoes=found.vetoes,
        rechecked=found.rechecked,
        items=[
            ReviewedItem(
                number=each.number,
                title=each.title,
                points=each.points,
                veto=each.veto,
                disputed=each.number in compared.get("disputed", ()),
                first=first.get(each.number),
                second=second.get(each.number),
                settled=settled.get(each.number),
                objection=objected.get(each.number, ""),
            )
            for each in checklist.items
        ],
    )


def _index_by_item(scores: Sequence[Mapping[str, object]]) -> dict[int, ItemScore]:
    return {each.item: each for each in map(ItemScore.model_validate, scores)}


@router.get(
    "/api/review-results",
    dependencies=declare_reading(Reading.BOARD),
    summary="评查结果",
    responses=document_refusals(401, 422),
)
async def get_results(
    request: Request,
    person: Caller,
    unit: InUnit = None,
    from_: ResultsFrom = None,
    to: ResultsTo = None,
) -> ReviewResults:
    """Results that came to count in a period, by unit, with the items on which most was lost, and how that was in the period before."""
    told, _ = await count_results(request, person, unit, from_, to)
    return told


async def count_results(
    request: Request, person: Person, unit: str | None, from_: date | None, to: date | None
) -> tuple[ReviewResults, list[reviews.Result]]:
    """Those results, and the files of which they are made; FormInvalid where the period ends before it begins."""
    ctx = get_context(request)
    until = to or datetime.now(SHANGHAI).date()
    since = from_ or until - timedelta(days=_A_MONTH - 1)
    if until < since:
        raise build_form_invalid("to", "period", "截止日不得早于起始日")
    scope = await narrow_scope(ctx, person, unit)
    tree = await ctx.directory.load_units()
    begins, ends = start_of(since), start_of(until + timedelta(days=1))
    async with ctx.pool.connection() as connection:
        now = await reviews.review_results(connection, begins, ends, scope.units)
        before = await reviews.review_results(connection, begins - (ends - begins), begins, scope.units)
        leanings = await _list_leanings(connection, person, scope.units)
    outcomes, earlier = (
        reviews.list_outcomes(now),
        {(each.checklist, each.item): each.files for each in list_lost_items(reviews.list_outcomes(before))},
    )
    told = ReviewResults(
        since=since,
        until=until,
        units=[
            UnitResult(unit_zh=tree[each.unit].zh if each.unit in tree else each.unit, **each._asdict())
            for each in group_by_unit(outcomes)
        ],
        lost=[
            LostItem(
                **each._asdict(),
                title=get_checklists()[each.checklist].get_item(each.item).title,
                before=earlier.get((each.checklist, each.item), 0),
            )
            for each in list_lost_items(outcomes)[:TOP]
        ],
        leanings=leanings,
    )
    return told, now


async def _list_leanings(connection: Connection, person: Person, units: Sequence[str]) -> list[LeaningView]:
    """How those lean who score files of these units: for whoever gives seats alone."""
    if not person.holds(Office.LEGAL_REVIEWER):
        return []
    found, called = await reviews.list_leanings(connection, units)
    return [
        LeaningView(reviewer_zh=called.get(each.reviewer, each.reviewer), beside_zh=called.get(each.beside, ""), **each._asdict())
        for each in found
    ]


# Scoring


@router.get(
    "/api/review-sheets",
    dependencies=declare_reading(Reading.WORK),
    summary="我的评查",
    responses={200: {"model": SheetList}} | document_refusals(401, 422),
)
async def list_sheets(
    request: Request,
    person: Caller,
    only_open: Annotated[bool, Query(alias="open", title="只看未结", description="只列尚未打分的")] = False,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Response:
    """The sheets that the caller has to fill in; nobody else's."""
    after = (decode_cursor(cursor, str) or [""])[0]
    async with get_context(request).pool.connection() as connection:
        return build_page_response(await reviews.list_sheets(connection, person.username, only_open, after, limit))


@router.get(
    "/api/review-sheets/{number}",
    name="sheet",
    dependencies=declare_reading(Reading.MATTER),
    summary="评查打分",
    responses=document_refusals(401, 403, 404),
)
async def get_sheet(request: Request, number: str, person: Caller) -> SheetView:
    """What a reviewer has before them: the file without names, the checklist, and what findings propose."""
    matter = await get_readable_matter(request, number, person)
    if matter.kind != Kind.REVIEW_SHEET:
        raise MatterNotFound()
    async with get_context(request).pool.connection() as connection:
        found = await reviews.find_file_of_sheet(connection, number)
        if found is None or found.sealed or matter.stage == "released":
            raise MatterNotFound()
        checklist = get_checklists()[found.checklist]
        told = await review_file.build_masked_file(connection, found.subject, found.drawn_at)
        proposed = await list_proposals(connection, found.review, checklist)
        scores = await reviews.list_scores(connection, number)
    return SheetView.model_validate(
        {
            "number": number,
            "checklist": _build_checklist_view(checklist),
            "drawn_at": found.drawn_at.astimezone(SHANGHAI),
            "steps": [
                each._asdict() | {"at": each.at.astimezone(SHANGHAI), "said": [said._asdict() for said in each.said]}
                for each in told.steps
            ],
            "papers": [each._asdict() | {"at": each.at.astimezone(SHANGHAI)} for each in told.papers],
            "more": told.more,
            "proposed": [Proposed(item=item, points=each.points, why=list(each.why)) for item, each in proposed.items()],
            "scores": scores,
        }
    )


def _build_checklist_view(checklist: Checklist) -> ChecklistView:
    return ChecklistView(
        id=checklist.id,
        kind=checklist.kind,
        edition=checklist.edition,
        zh=checklist.zh,
        items=[
            ChecklistItem(
                number=each.number,
                title=each.title,
                points=each.points,
                deduction=each.deduction,
                basis=list(each.basis),
                veto=each.veto,
                vetoed_unmet=each.vetoed_unmet,
            )
            for each in checklist.items
        ],
    )
