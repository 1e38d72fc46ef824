"""The establishment (编制): units founded, renamed and moved, each change journaled in the bureau's chain in the same transaction."""

from law.offices import Office
from models.access.scope import Unit
from models.administration import HELD_IN, ChangedUnit, NewUnit, UnitKind
from models.problems import NotFound, OfficeMayNotAct, StillNeeded
from models.store import appointment_confirmations
from models.store.administrative_change import Change, build_form_invalid
from models.store.connection import Query, fetch_all
from models.unit_paths import build_path

FOUND = """
INSERT INTO unit (id, parent_id, path, zh, kind, serves) VALUES (%(unit)s, %(parent)s, %(path)s, %(zh)s, %(kind)s, %(serves)s)
"""
CHANGE = "UPDATE unit SET zh = %(zh)s, kind = %(kind)s, parent_id = %(parent)s WHERE id = %(unit)s"
# Whatever lies below moves along.
MOVE = "UPDATE unit SET path = %(new)s || substr(path, length(%(old)s) + 1) WHERE starts_with(path, %(old)s)"
OFFICES_THERE = Query[str](
    "SELECT office FROM holding WHERE unit_id = %(unit)s UNION SELECT office FROM appointment WHERE unit_id = %(unit)s ORDER BY 1"
)


async def found_unit(change: Change, asked: NewUnit) -> None:
    """Found a unit below another."""
    parent = change.get_unit(asked.parent, "parent")
    if asked.unit in change.tree:
        raise build_form_invalid("unit", "taken", f"代号“{asked.unit}”已被{change.tree[asked.unit].zh}使用")
    if asked.serves:
        change.get_unit(asked.serves, "serves")
    _check_unlike_siblings(change, asked.zh, asked.parent, "")
    row = asked.model_dump(mode="json") | {"path": build_path(parent.path, asked.unit)}
    await change.connection.execute(FOUND, row)
    await change.journal_change("found-unit", asked.model_dump(mode="json"))


async def alter(change: Change, unit: str, asked: ChangedUnit) -> None:
    """Rename a unit, say what it is, or put it below another."""
    if unit not in change.tree:
        raise NotFound(f"没有代号为“{unit}”的单位")
    known = change.get_unit(unit, "unit")
    parent, path = known.parent, known.path
    if asked.parent and asked.parent != known.parent:
        above = change.get_unit(asked.parent, "parent")
        if above.path.startswith(known.path):
            raise build_form_invalid("parent", "under-itself", f"{known.zh}不能隶属于本单位或者其下属单位")
        if known.parent not in change.within:
            raise OfficeMayNotAct(f"{known.zh}是您管理范围的顶端，须由上级管理员调整隶属", required=[Office.ADMINISTRATOR])
        parent, path = above.id, build_path(above.path, known.id)
    kind = UnitKind(asked.kind or known.kind)
    await _check_still_held(change, known, kind)
    zh = asked.zh or known.zh
    _check_unlike_siblings(change, zh, parent, known.id)
    new = {"zh": zh, "kind": kind.value, "parent": parent}
    old = {"zh": known.zh, "kind": known.kind, "parent": known.parent}
    if new == old:
        return
    if path != known.path:
        await appointment_confirmations.check_move(change, known, path)
    await change.connection.execute(CHANGE, {"unit": known.id, **new})
    if path != known.path:
        await change.connection.execute(MOVE, {"old": known.path, "new": path})
    await change.journal_change("change-unit", {"unit": known.id, "old": old, "new": new})


def may_be_held(office: Office, kind: str) -> bool:
    """Whether that office exists in units of that kind."""
    return UnitKind(kind) in HELD_IN[office]


def _check_unlike_siblings(change: Change, zh: str, parent: str | None, itself: str) -> None:
    if any(each.zh == zh and each.parent == parent and each.id != itself for each in change.tree.values()):
        raise build_form_invalid("zh", "taken", f"同一上级单位之下已有名为“{zh}”的单位")


async def _check_still_held(change: Change, known: Unit, kind: UnitKind) -> None:
    """StillNeeded where a unit would become of a kind in which an office held there does not exist."""
    held = await fetch_all(change.connection, OFFICES_THERE, {"unit": known.id})
    if kind != known.kind and (lost := [Office(each).label for each in held if not may_be_held(Office(each), kind)]):
        raise StillNeeded(f"{known.zh}有人任{'、'.join(lost)}，{kind.label}不设此职务；请先免去", field="kind")
