"""What may be set of inspections (可设定的内容): by which name, within which bounds, and how people read it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, Protocol

import anyio

from api.http_io import build_form_invalid
from inspections.inspection import get_inspections, get_parameters
from inspections.settings import FIGURE, SWITCH, TAKEN_BACK, WORDS
from inspections.text.acceptance import list_broken
from inspections.text.lexicon import Changed, Group, get_lexicon
from law.calendar import SHANGHAI
from law.reasons import format_minute
from models.access.scope import Tree
from models.administration import POLICE, UnitKind
from models.problems import FormInvalid
from models.store.inspection_settings import CONFIRMS
from models.store.two_people import Setting

BUREAUS = (UnitKind.BUREAU, UnitKind.SUB_BUREAU)
# Whoever switches a rule off looks at it again within a year.
_LONGEST_OFF = timedelta(days=366)
_SORTS = MappingProxyType({FIGURE: "巡查参数", WORDS: "风险词", SWITCH: "巡查规则启停"})


class ProposedValue(Protocol):
    """What is proposed for a name: of a parameter its figure, of a group its words."""

    @property
    def name(self) -> str: ...
    @property
    def figure(self) -> int | None: ...
    @property
    def added(self) -> Sequence[str]: ...
    @property
    def removed(self) -> Sequence[str]: ...


def get_setting(unit: str, name: str, tree: Tree) -> Setting:
    """What is set; FormInvalid where there is no such thing, or that unit may not have its own."""
    sort, _, of = name.partition("/")
    if not (
        (sort == FIGURE and of in get_parameters())
        or (sort == WORDS and of in set(get_lexicon()))
        or (sort == SWITCH and of in get_inspections())
    ):
        raise build_form_invalid("name", "unknown-setting", "没有这一项设定；法律规定的期限、数额不由本局设定")
    called = f"{_SORTS[sort]}（{label_of(name)}）"
    by_unit = sort == FIGURE and get_parameters()[of].by_unit
    if unit in tree and tree[unit].kind not in (POLICE if by_unit else BUREAUS):
        raise build_form_invalid("unit", "not-by-unit", f"{called}由公安局统一设定，各单位不另行设定")
    return Setting(called, unit, name, CONFIRMS)


def label_of(name: str) -> str:
    """What people call that setting; of one that there is no more its id."""
    sort, _, of = name.partition("/")
    if sort == WORDS:
        return get_lexicon()[Group(of)].label
    known = get_parameters().get(of) if sort == FIGURE else get_inspections().get(of)
    return known.label if known else of


def check_value(said: ProposedValue, off_until: datetime | None, now: datetime) -> Mapping[str, Any]:
    """What is proposed, as it is kept; FormInvalid where it is missing or out of bounds."""
    sort, _, of = said.name.partition("/")
    if sort == FIGURE:
        parameter = get_parameters()[of]
        if said.figure is None or not parameter.least <= said.figure <= parameter.most:
            bounds = f"{parameter.label}应当在{parameter.describe_figure(parameter.least)}至{parameter.describe_figure(parameter.most)}之间"
            raise build_form_invalid("figure", "out-of-bounds", bounds)
        return {"figure": said.figure}
    if sort == WORDS:
        if both := sorted({*said.added} & {*said.removed}):
            raise build_form_invalid("removed", "added-and-removed", f"“{both[0]}”不能既增加又排除")
        return {"added": sorted({*said.added}), "removed": sorted({*said.removed})}
    if off_until is not None and not now < off_until <= now + _LONGEST_OFF:
        raise build_form_invalid("off_until", "out-of-bounds", "停用应当有截止时间，最长一年；到期自动恢复")
    return {"off_until": off_until and off_until.astimezone(SHANGHAI).isoformat()}


async def describe_value_for_record(name: str, value: Mapping[str, Any]) -> str:
    """What is to hold, in words; FormInvalid where words would read a line of the table of acceptance otherwise, naming each such line."""
    sort, _, of = name.partition("/")
    if sort == WORDS and not value.get(TAKEN_BACK):
        changed: Changed = ((Group(of), tuple(value["added"]), tuple(value["removed"])),)
        if broken := await anyio.to_thread.run_sync(list_broken, changed):
            raise FormInvalid(
                errors=[{"field": "added", "rule": "acceptance", "detail": f"验收句不再成立：{each}"} for each in broken]
            )
    return describe_value(name, value)


def describe_value(name: str, value: Mapping[str, Any]) -> str:
    """What is proposed or set, as people read it."""
    if value.get(TAKEN_BACK):
        return "不再另行设定"
    sort, _, of = name.partition("/")
    if sort == FIGURE:
        return get_parameters()[of].describe_figure(value["figure"]) if of in get_parameters() else str(value["figure"])
    if sort == WORDS:
        parts = [f"{verb}“{'、'.join(value[which])}”" for verb, which in (("增加", "added"), ("排除", "removed")) if value[which]]
        return "，".join(parts) or "恢复通用词表"
    return f"停用至{format_minute(datetime.fromisoformat(value['off_until']))}" if value["off_until"] else "启用"
