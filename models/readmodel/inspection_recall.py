"""What inspections missed (召回): problems that reviewers of files found, and of which no inspection had told.

It is a proxy. Points that were lost on an item speak against the file; the item names the inspections whose findings would have said so.
Where any of them had found something in the file or in what stands under it, that one was right; where none had, each of them missed it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from models.reviews.checklists import get_checklists
from models.reviews.results import is_lost
from models.reviews.scoring import ItemScore
from models.store.connection import Connection, Query, fetch_all


class Recall(NamedTuple):
    """Of the problems that reviews found: how many a rule had told of, and how many it might have and did not."""

    told: int
    missed: int


class ReviewedFile(NamedTuple):
    """A file that was reviewed: how it was scored, and what inspections had found in it until the unit was told."""

    checklist: str
    items: list[dict[str, Any]] | None
    found: list[str]


REVIEWED = Query[ReviewedFile]("""
SELECT r.checklist, r.items, ARRAY(
    SELECT DISTINCT f.rule FROM finding f WHERE f.first_seen <= r.told_at
        AND (f.subject = r.subject OR f.subject IN (SELECT number FROM matter WHERE parent = r.subject AND kind IN ('suspect', 'exhibit')))
    ORDER BY f.rule) AS found
FROM case_review r
WHERE NOT r.voided AND r.told_at >= %(since)s AND r.told_at < %(until)s AND r.unit_id = ANY(%(units)s) ORDER BY r.number
""")


async def measure_recall(connection: Connection, units: frozenset[str], since: datetime, until: datetime) -> Mapping[str, Recall]:
    """By rule, over the files of these units of which the unit was told from `since` to before `until`."""
    files = await fetch_all(connection, REVIEWED, {"units": sorted(units), "since": since, "until": until})
    return count_recall(files)


def count_recall(files: Iterable[ReviewedFile]) -> Mapping[str, Recall]:
    """The same, of these files."""
    told, missed = Counter[str](), Counter[str]()
    for file in files:
        checklist = get_checklists()[file.checklist]
        for score in map(ItemScore.model_validate, file.items or ()):
            item = checklist.get_item(score.item)
            if is_lost(item, score):
                hit = set(item.inspections) & set(file.found)
                told.update(hit)
                missed.update(() if hit else item.inspections)
    return {rule: Recall(told[rule], missed[rule]) for rule in sorted(told | missed)}
