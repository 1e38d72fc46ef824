"""Standards of assessment (考评标准): what each indicator weighs and which units are peers, as two people have set it (`two_people`).

A standard holds for whole months, from one that has not begun when it is confirmed: nobody is measured by what they could not know (行政执法
监督条例第十九条). Editions are added and never changed. What is forbidden to be scored (`models.assessment.forbidden`) is refused with its source.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from law.calendar import SHANGHAI
from models.assessment.forbidden import find_forbidden
from models.assessment.indicators import BY_ID, LAWFUL_CLOSURE, USUAL
from models.journal import format_canonical
from models.problems import LawForbids
from models.store import two_people
from models.store.administrative_change import Change, build_form_invalid
from models.store.connection import Connection, Query, fetch_all, fetch_first
from models.store.two_people import Setting

WHOLE = 100
"""What all weights are together."""
# The closure rate steers too much where it weighs more.
MOST_OF_CLOSURE = 20


class Standard(NamedTuple):
    """What holds for a month: the edition (0: the house's own), what weighs how much, and to which class of peers a unit belongs."""

    edition: int
    weights: Mapping[str, float]
    classes: Mapping[str, str]


HOUSE = Standard(0, USUAL, {})
"""What holds where nobody has set anything."""


class Edition(NamedTuple):
    """A standard that was set (`at` when, confirmed by whom), or is proposed (`id` 0, `confirmed_by_zh` empty)."""

    id: int
    unit_id: str
    month: date
    weights: dict[str, float]
    classes: dict[str, str]
    proposed_by: str
    proposed_by_zh: str
    confirmed_by_zh: str
    at: datetime


_COLUMNS = "e.unit_id, e.month, e.weights, e.classes, e.proposed_by, p.zh AS proposed_by_zh"
EDITIONS = Query[Edition](f"""
SELECT e.id, {_COLUMNS}, c.zh AS confirmed_by_zh, e.since AS at
FROM assessment_standard e JOIN person p ON p.username = e.proposed_by JOIN person c ON c.username = e.confirmed_by
WHERE e.unit_id = ANY(%(units)s) ORDER BY e.id DESC LIMIT 50
""")
PROPOSED = Query[Edition](f"""
SELECT 0::bigint AS id, {_COLUMNS}, '' AS confirmed_by_zh, e.proposed_at AS at
FROM assessment_standard_proposal e JOIN person p ON p.username = e.proposed_by WHERE e.unit_id = ANY(%(units)s) ORDER BY e.unit_id
""")


class _Held(NamedTuple):
    """The standard that holds in a unit."""

    unit: str
    edition: int
    weights: dict[str, float]
    classes: dict[str, str]


# The nearest unit's that had set any for that month; of two for one month, the later.
HELD = Query[_Held]("""
SELECT DISTINCT ON (here.id) here.id AS unit, e.id AS edition, e.weights, e.classes
FROM unit here JOIN unit u ON starts_with(here.path, u.path) JOIN assessment_standard e ON e.unit_id = u.id
WHERE here.id = ANY(%(units)s) AND e.month <= %(month)s ORDER BY here.id, length(u.path) DESC, e.month DESC, e.id DESC
""")
_PROPOSE = """
INSERT INTO assessment_standard_proposal (unit_id, month, weights, classes, proposed_by, proposed_at)
VALUES (%(unit)s, %(month)s, %(weights)s::text::jsonb, %(classes)s::text::jsonb, %(by)s, %(now)s)
ON CONFLICT (unit_id) DO UPDATE SET month = excluded.month, weights = excluded.weights, classes = excluded.classes,
    proposed_by = excluded.proposed_by, proposed_at = excluded.proposed_at
"""
_TAKE = Query[Edition](f"""
DELETE FROM assessment_standard_proposal e USING person p WHERE p.username = e.proposed_by AND e.unit_id = %(unit)s
RETURNING 0::bigint AS id, {_COLUMNS}, '' AS confirmed_by_zh, e.proposed_at AS at
""")
_SET = Query[int]("""
INSERT INTO assessment_standard (unit_id, month, weights, classes, proposed_by, confirmed_by, since)
VALUES (%(unit)s, %(month)s, %(weights)s::text::jsonb, %(classes)s::text::jsonb, %(proposed_by)s, %(by)s, %(now)s) RETURNING id
""")


def build_setting(unit: str) -> Setting:
    """What it is called, as something that two people set."""
    return Setting("考评标准", unit, "assessment-standard")


async def list_editions(connection: Connection, units: frozenset[str]) -> tuple[list[Edition], list[Edition]]:
    """What was set in these units, the newest first, and what is proposed."""
    asked = {"units": sorted(units)}
    return await fetch_all(connection, EDITIONS, asked), await fetch_all(connection, PROPOSED, asked)


async def list_standards(connection: Connection, units: Sequence[str], month: date) -> dict[str, Standard]:
    """The standard that holds in each of these units for the month that begins then."""
    held = await fetch_all(connection, HELD, {"units": list(units), "month": month})
    return dict.fromkeys(units, HOUSE) | {each.unit: Standard(each.edition, each.weights, each.classes) for each in held}


def check_weights(weights: Mapping[str, float]) -> None:
    """Refuse what may not be scored (LawForbids, with its source), and what is no standard (FormInvalid)."""
    for name, weight in weights.items():
        banned = find_forbidden(name)
        if banned and weight:
            raise LawForbids(
                f"“{banned.zh}”不得作为考核指标、下达目标或者排名：{banned.source}", field="weights", basis=banned.source
            )
        if name not in BY_ID:
            raise build_form_invalid("weights", "unknown-indicator", f"没有代号为“{name}”的考评指标")
        if weight and not BY_ID[name].usual:
            raise build_form_invalid("weights", "shown-only", f"“{BY_ID[name].zh}”只展示，不计分")
    if weights.get(LAWFUL_CLOSURE.id, 0) > MOST_OF_CLOSURE:
        raise build_form_invalid("weights", "too-much", f"“{LAWFUL_CLOSURE.zh}”的权重为0至{MOST_OF_CLOSURE}")
    if abs((whole := sum(weights.values())) - WHOLE) > 1e-6:
        raise build_form_invalid("weights", "whole", f"各项权重之和应为{WHOLE}，现为{whole:g}")


def _check_month(change: Change, month: date) -> None:
    if change.now.astimezone(SHANGHAI).date() >= month:
        raise build_form_invalid("month", "begun", "考评标准应当在适用的月份开始以前公布，不溯及既往；请从下月或者以后的月份起适用")


async def propose(change: Change, unit: str, month: date, weights: Mapping[str, float], classes: Mapping[str, str]) -> None:
    """Propose it for a unit that the author administers, in place of what was proposed before."""
    change.get_unit(unit, "unit")
    check_weights(weights)
    _check_month(change, month)
    for each in classes:
        change.get_unit(each, "classes")
    said = _build_content(unit, month, weights, classes)
    await change.connection.execute(_PROPOSE, said | {"by": change.author.username, "now": change.now})
    await two_people.ask(change, build_setting(unit), f"自{month:%Y年%m月}起适用")
    await change.journal_change("propose-assessment-standard", {**said, "month": f"{month:%Y-%m}"})


async def confirm(change: Change, unit: str, proposed_at: datetime) -> None:
    """Set what another person proposed then; refused as `two_people` says, and once the month has begun."""
    office = two_people.get_confirming_office(change.author, build_setting(unit))
    taken = await fetch_first(change.connection, _TAKE, {"unit": unit})
    proposed = two_people.check_proposed(change, build_setting(unit), taken, proposed_at)
    check_weights(proposed.weights)
    _check_month(change, proposed.month)
    said = {**_build_content(unit, proposed.month, proposed.weights, proposed.classes), "proposed_by": proposed.proposed_by}
    edition = await fetch_first(change.connection, _SET, said | {"by": change.author.username, "now": change.now})
    await two_people.answer(change, build_setting(unit))
    await change.journal_change(
        "confirm-assessment-standard", {**said, "month": f"{proposed.month:%Y-%m}", "edition": edition}, office
    )


def _build_content(unit: str, month: date, weights: Mapping[str, float], classes: Mapping[str, str]) -> dict[str, Any]:
    return {"unit": unit, "month": month, "weights": format_canonical(dict(weights)), "classes": format_canonical(dict(classes))}
