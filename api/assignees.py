"""Whom a form names (指派): looked up before it is handed in, so that no matter is given to somebody who could not even open it."""

from api.context import AppContext
from api.http_io import invalid
from law.offices import Office
from models.access import succession
from models.access.scope import Reachable, Tree, below
from models.access.succession import Reaching, refusals
from models.forms.form import Form
from models.problems import FormInvalid
from models.readmodel import queries

# Where a matter may be sent: somebody there takes it in hand, or gives it to somebody who does.
_TAKES_IN_HAND = (Office.CASE_OFFICER, Office.AUXILIARY_OFFICER, Office.STATION_HEAD)


async def check_assignees(ctx: AppContext, form: Form, where: Reachable) -> None:
    """Refuse a form that hands the matter to a unit of another organisation, or where nobody is, or names somebody who cannot do it there.

    Whoever is named is in service, reaches the matter where it is after the step, and holds an office that can do what it is about.
    """
    matter, tree, target = Reaching.of(where), await ctx.directory.units(), form.moves_to()
    if target:
        await _check_unit(ctx, tree, target, matter.unit)
    people = form.people()
    if not people:
        return
    # Who is made answerable, or joins those who handle the matter, may open its file from then on.
    handlers = (*matter.handlers, form.assigns(), *form.effects().admits)
    there = matter._replace(unit=target or matter.unit, handlers=handlers)
    async with ctx.pool.connection() as connection:
        roll = await succession.roll(connection, there, {each.person for each in people})
    if errors := refusals(people, roll, tree[there.unit].zh if there.unit in tree else ""):
        raise FormInvalid(errors=errors)


async def _check_unit(ctx: AppContext, tree: Tree, target: str, unit: str) -> None:
    root = tree[unit].path.split("/")[1] if unit in tree else ""
    if target not in tree or tree[target].path.split("/")[1] != root:
        raise invalid("unit", "unknown-unit", f"没有代号为“{target}”的单位")
    async with ctx.pool.connection() as connection:
        if not await queries.holders(connection, sorted(below(target, tree)), _TAKES_IN_HAND, ()):
            names = "、".join(each.label for each in _TAKES_IN_HAND)
            raise invalid("unit", "nobody-there", f"{tree[target].zh}无人担任{names}，不能承办")
