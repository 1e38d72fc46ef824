"""What a bureau sets of its inspections (巡查设定): its own figures, its own words, and which rules are switched off; by two people each time."""

from fastapi import APIRouter, Request

from api.administrative_changes import make_change
from api.auth import Caller
from api.context import get_context
from api.http_io import Key, request_body
from api.problems import document_refusals
from api.proposed_settings import BUREAUS, check_value, describe_value, describe_value_for_record, get_setting, label_of
from api.schemas.inspection_settings import (
    ConfirmedInspectionSetting,
    InspectionSettingList,
    InspectionSettingView,
    KeptUnit,
    ProposedInspectionSetting,
    SettingValue,
    WordGroup,
)
from api.untraced import declare_untraced
from inspections.settings import TAKEN_BACK
from inspections.text.lexicon import get_lexicon
from law.calendar import SHANGHAI
from models.access.scope import Person
from models.administration import POLICE
from models.forms.risk_alert import KEEPERS
from models.store import inspection_settings
from models.store.administrative_change import Change
from models.store.connection import fetch_all
from models.store.inspection_settings import CONFIRMS, EDITIONS, PROPOSED, Edition, may_propose
from models.store.two_people import may_confirm

router = APIRouter(prefix="/api/inspection-settings", tags=["巡查"])
_REFUSALS = document_refusals(401, 403, 404, 409, 415, 422)
_LISTED = 200


@router.get("", dependencies=declare_untraced("settings of the bureau"), summary="巡查设定", responses=document_refusals(401))
async def list_settings(request: Request, person: Caller) -> InspectionSettingList:
    """What was set and what is proposed in the units over which the caller keeps the rules, the newest first; and the groups of words."""
    ctx = get_context(request)
    own = frozenset[str]().union(*(each.own for each in person.offices if each.office in (*KEEPERS, *CONFIRMS)))
    tree = await ctx.directory.load_units()
    async with ctx.pool.connection() as connection:
        editions = [each for each in await fetch_all(connection, EDITIONS) if each.unit_id in own]
        proposed = await fetch_all(connection, PROPOSED, {"units": sorted(own)})
    newest = {(each.unit_id, each.name): each.id for each in editions}
    return InspectionSettingList(
        editions=[
            _build_setting_view(each, person, holds=newest[each.unit_id, each.name] == each.id)
            for each in editions[: -_LISTED - 1 : -1]
        ],
        proposed=[_build_setting_view(each, person, holds=False) for each in proposed],
        words=[WordGroup(group=group, label=words.label) for group, words in get_lexicon().items()],
        units=[
            KeptUnit(unit=each.id, unit_zh=each.zh, bureau=each.kind in BUREAUS, proposes=may_propose(person, each.id))
            for each in tree.values()
            if each.id in own and each.kind in POLICE
        ],
    )


@router.post("", summary="提请巡查设定", openapi_extra=request_body(ProposedInspectionSetting), responses=_REFUSALS)
async def propose(request: Request, person: Caller, key: Key = None) -> InspectionSettingList:
    """Propose a figure, the words of a group, or that a rule is switched off or on again; it holds once the head of the bureau confirms it."""

    async def make(change: Change, said: ProposedInspectionSetting) -> None:
        of = get_setting(said.unit, said.name, change.tree)
        value = {TAKEN_BACK: True} if said.taken_back else check_value(said, said.off_until, change.now)
        await inspection_settings.propose(change, of, value, await describe_value_for_record(said.name, value), said.reason)

    await make_change(request, person, "propose-inspection-setting", ProposedInspectionSetting, key, make)
    return await list_settings(request, person)


@router.post("/confirm", summary="确认巡查设定", openapi_extra=request_body(ConfirmedInspectionSetting), responses=_REFUSALS)
async def confirm(request: Request, person: Caller, key: Key = None) -> InspectionSettingList:
    """Set what another person proposed: for what is inspected from now on. Open alerts go on by the figures with which they were raised."""

    async def make(change: Change, said: ConfirmedInspectionSetting) -> None:
        of = get_setting(said.unit, said.name, change.tree)
        await inspection_settings.confirm(change, of, said.proposed_at, lambda value: describe_value_for_record(said.name, value))

    await make_change(request, person, "confirm-inspection-setting", ConfirmedInspectionSetting, key, make)
    return await list_settings(request, person)


@router.post("/decline", summary="不同意巡查设定", openapi_extra=request_body(ConfirmedInspectionSetting), responses=_REFUSALS)
async def decline(request: Request, person: Caller, key: Key = None) -> InspectionSettingList:
    """Do not set what another person proposed; what held goes on holding."""

    async def make(change: Change, said: ConfirmedInspectionSetting) -> None:
        await inspection_settings.decline(change, get_setting(said.unit, said.name, change.tree), said.proposed_at)

    await make_change(request, person, "decline-inspection-setting", ConfirmedInspectionSetting, key, make)
    return await list_settings(request, person)


def _build_setting_view(edition: Edition, person: Person, *, holds: bool) -> InspectionSettingView:
    return InspectionSettingView(
        edition=edition.id or None,
        holds=holds,
        unit=edition.unit_id,
        unit_zh=edition.unit_zh,
        name=edition.name,
        label=label_of(edition.name),
        value=SettingValue(**edition.value),
        words=describe_value(edition.name, edition.value),
        reason=edition.reason,
        proposed_by_zh=edition.proposed_by_zh,
        confirmed_by_zh=edition.confirmed_by_zh or None,
        at=edition.at.astimezone(SHANGHAI),
        may_confirm=not edition.id and may_confirm(person, edition.unit_id, edition.proposed_by, CONFIRMS),
    )
