"""What the product knows of a file that is scored (评查预检): findings that speak against an item, as a proposal. A machine finding is no judgement."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from models.reviews.checklists import Checklist
from models.store.connection import Connection, Query, fetch_all


class _Found(NamedTuple):
    """A finding of the file, as of its drawing."""

    rule: str
    words: list[str]


# What was cured after it was drawn still speaks against the file; what was dismissed by a person does not.
FOUND = Query[_Found]("""
SELECT f.rule, ARRAY(SELECT each ->> 'words' FROM jsonb_array_elements(f.evidence) each LIMIT 4) AS words
FROM finding f JOIN case_review r ON r.number = %(review)s
WHERE (f.subject = r.subject OR f.subject IN (SELECT number FROM matter WHERE parent = r.subject AND kind IN ('suspect', 'exhibit')))
    AND (f.gone_at IS NULL OR f.gone_at > r.drawn_at) AND f.fingerprint <> f.settled
ORDER BY f.rule, f.about
""")


class Proposal(NamedTuple):
    """What findings propose for an item: how many points, and why."""

    points: float
    why: tuple[str, ...]


async def list_proposals(connection: Connection, review: str, checklist: Checklist) -> Mapping[int, Proposal]:
    """For each item against which something is found, a proposal: a point less for each finding."""
    found = await fetch_all(connection, FOUND, {"review": review})
    against = {item.number: [each for each in found if each.rule in item.inspections] for item in checklist.items}
    return {
        number: Proposal(
            max(0.0, float(checklist.get_item(number).points - len(hits))),
            tuple("，".join(filter(None, each.words)) or each.rule for each in hits),
        )
        for number, hits in against.items()
        if hits
    }


class Opened(NamedTuple):
    """A sheet as it was given: of which file, by which checklist."""

    review: str
    seat: int
    checklist: str
    reviewer: str
    drawn_at: datetime
    subject: str


OPENED = Query[Opened]("""
SELECT s.review, s.seat, r.checklist, s.reviewer, r.drawn_at, r.subject
FROM review_sheet s JOIN case_review r ON r.number = s.review WHERE s.number = %(number)s
""")
