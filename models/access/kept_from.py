"""What is kept from somebody (回避知悉): a matter does not exist for whoever it is about, whatever office would reach it.

A matter bears whom it is kept from (`matter.kept_from`): people, and units with all who hold an office in them or below. Who supervises, and
who heads the bureau or stands above it, is meant by name alone: somebody must see to what is said about a unit.
"""

from collections.abc import Iterable, Sequence

from law.offices import HEADS, Office
from models.seat import build_copied_person

ANSWERS = (HEADS - {Office.STATION_HEAD}) | {Office.SUPERVISOR}
_ANSWERS = ", ".join(f"'{each}'" for each in sorted(ANSWERS))
APART = "(m.sealed OR cardinality(m.kept_from) > 0)"
"""The condition that a matter `m` is not everybody's who reaches its unit: no tally counts it, and an event about it is weighed by itself."""


def build_kept_person(username: str) -> str:
    """How a person stands among those from whom a matter is kept; a unit stands there by its id."""
    return build_copied_person(username)


def list_kept_by(username: str, seats: Iterable[tuple[str, str]]) -> Sequence[str]:
    """The words in `kept_from` that mean this person, who holds these offices, each with the path of its unit."""
    units = {unit for office, path in seats if office not in ANSWERS for unit in path.strip("/").split("/")}
    return (build_kept_person(username), *sorted(units))


def is_kept_sql(username: str, kept_from: str) -> str:
    """The condition that what is kept from `kept_from` is kept from that person, both expressions of SQL; as `list_kept_by` says it."""
    return f"""EXISTS (SELECT FROM unnest({kept_from}) AS kept (word) WHERE kept.word = '@' || {username} OR EXISTS (
        SELECT FROM holding of_kept JOIN unit kept_unit ON kept_unit.id = of_kept.unit_id WHERE of_kept.username = {username}
            AND of_kept.office NOT IN ({_ANSWERS}) AND strpos(kept_unit.path, '/' || kept.word || '/') > 0))"""
