"""Assignees (指派): checked before a form is submitted, so that no matter is given to somebody who could not even open it."""

from api.context import AppContext
from api.http_io import build_form_invalid
from law.offices import Office
from models.access import succession
from models.access.scope import Reachable, Tree, list_units_below
from models.access.succession import Reaching, check_named
from models.forms.form import Form
from models.problems import FormInvalid
from models.readmodel.offices import find_holders
from models.unit_paths import get_top

# Where a matter may be sent: somebody there takes it in hand, or gives it to somebody who does.
_TAKES_IN_HAND = (Office.CASE_OFFICER, Office.AUXILIARY_OFFICER, Office.STATION_HEAD)


async def check_assignees(ctx: AppContext, form: Form, where: Reachable) -> None:
    """FormInvalid where a form gives the matter to a unit of another organisation, or one where nobody is, or names somebody unable to act there.

    A person who is named must be in service, reach the matter where it is after the step, and hold an office for what the step is about.
    """
    matter, tree, target = Reaching.of(where), await ctx.directory.load_units(), form.get_target_unit()
    if target:
        await _check_unit(ctx, tree, target, matter.unit)
    people = form.list_people()
    if not people:
        return
    # Who is made answerable, or joins those who handle the matter, may open its file from then on.
    handlers = (*matter.handlers, form.get_assignee(), *form.build_effects().admits)
    there = matter._replace(unit=target or matter.unit, handlers=handlers)
    async with ctx.pool.connection() as connection:
        found = await succession.find_participants(connection, there, {each.person for each in people})
    if errors := check_named(people, found, tree[there.unit].zh if there.unit in tree else ""):
        raise FormInvalid(errors=errors)


async def _check_unit(ctx: AppContext, tree: Tree, target: str, unit: str) -> None:
    top = get_top(tree[unit].path) if unit in tree else ""
    if target not in tree or get_top(tree[target].path) != top:
        raise build_form_invalid("unit", "unknown-unit", f"没有代号为“{target}”的单位")
    async with ctx.pool.connection() as connection:
        if not await find_holders(connection, sorted(list_units_below(target, tree)), _TAKES_IN_HAND, ()):
            names = "、".join(each.label for each in _TAKES_IN_HAND)
            raise build_form_invalid("unit", "nobody-there", f"{tree[target].zh}无人担任{names}，不能承办")
