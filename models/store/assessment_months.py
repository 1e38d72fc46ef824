"""Units' months that were closed and are to be assessed (月度考评): each has its number before anybody drafts it, so that it is drafted once."""

from datetime import datetime
from typing import NamedTuple

from models.store.connection import Query


class MonthDue(NamedTuple):
    """A monthly close over which an assessment is to be drafted, under the number that it will have."""

    number: str
    report: int
    unit_id: str
    unit_zh: str
    content: str
    sm3: str


# Units that handle cases; a bureau's own close sums up theirs. A corrected edition is assessed by the matter that there is.
NUMBER_MONTHS = Query[str]("""
INSERT INTO assessment_due (report, number)
SELECT r.id, %(beginning)s || next_serial() FROM report r JOIN unit u ON u.id = r.unit_id
WHERE r.type = 'monthly-close' AND r.edition = 1 AND u.kind = ANY(%(handling)s) AND r.made_at > %(now)s - interval '31 days'
    AND NOT EXISTS (SELECT FROM assessment_due d WHERE d.report = r.id)
ON CONFLICT (report) DO NOTHING RETURNING number
""")
OWED_MONTHS = Query[MonthDue]("""
SELECT d.number, d.report, r.unit_id, u.zh AS unit_zh, r.content, r.sm3
FROM assessment_due d JOIN report r ON r.id = d.report JOIN unit u ON u.id = r.unit_id
WHERE NOT d.unscored AND NOT EXISTS (SELECT FROM matter m WHERE m.number = d.number) ORDER BY d.number LIMIT %(most)s
""")
# Of a month in which nothing is to be scored there is nothing to publish.
LET_BE = "UPDATE assessment_due SET unscored = true WHERE report = %(report)s"


class Assessed(NamedTuple):
    """The assessment of a unit's month: where it stands, the indicators objected to, and how each objection was decided so far, in their order."""

    unit_id: str
    number: str
    stage: str
    objected: list[str]
    upheld: list[str]


_SAID = "ARRAY(SELECT {what} FROM entry e WHERE e.chain = m.number AND e.sort = 'step' AND e.step = '{step}' ORDER BY e.position)"
ASSESSED = Query[Assessed](f"""
SELECT r.unit_id, m.number, m.stage, {_SAID.format(what="e.content::json #>> '{form,indicator}'", step="object-to-indicator")} AS objected,
    {_SAID.format(what="e.content::json #>> '{form,upheld}'", step="decide-assessment-objection")} AS upheld
FROM report r JOIN assessment_due d ON d.report = r.id JOIN matter m ON m.number = d.number
WHERE r.type = 'monthly-close' AND r.unit_id = ANY(%(units)s) AND r.period = %(period)s
""")


class Commented(NamedTuple):
    """A unit's closed month and what was published of it: no comment where that was not done yet; what was objected to, and why decided how."""

    unit_id: str
    unit_zh: str
    content: str
    comment: str | None
    topic: str | None
    author: str | None
    published_at: datetime | None
    objected: list[str]
    upheld: list[str]
    reasons: list[str]


COMMENTED = Query[Commented](f"""
SELECT r.unit_id, u.zh AS unit_zh, r.content, p.form ->> 'comment' AS comment, p.form ->> 'topic' AS topic, p.author, p.recorded_at AS published_at,
    {_SAID.format(what="e.content::json #>> '{form,indicator}'", step="object-to-indicator")} AS objected,
    {_SAID.format(what="e.content::json #>> '{form,upheld}'", step="decide-assessment-objection")} AS upheld,
    {_SAID.format(what="e.content::json #>> '{form,reason}'", step="decide-assessment-objection")} AS reasons
FROM report r JOIN unit u ON u.id = r.unit_id LEFT JOIN assessment_due d ON d.report = r.id
LEFT JOIN matter m ON m.number = d.number AND NOT m.sealed AND cardinality(m.kept_from) = 0
LEFT JOIN LATERAL (
    SELECT e.content::json -> 'form' AS form, e.recorded_at, w.zh AS author FROM entry e LEFT JOIN person w ON w.username = e.username
    WHERE e.chain = m.number AND e.sort = 'step' AND e.step = 'publish-assessment' ORDER BY e.position DESC LIMIT 1
) p ON true
WHERE r.type = 'monthly-close' AND r.edition = 1 AND r.period = %(period)s AND r.unit_id = ANY(%(units)s) AND u.kind = ANY(%(handling)s)
""")
# What a unit's own close says.
CLOSE = Query[str]("""
SELECT content FROM report WHERE type = 'monthly-close' AND unit_id = %(unit)s AND period = %(period)s ORDER BY edition DESC LIMIT 1
""")
# The close that an assessment rests on.
CLOSE_OF = Query[MonthDue]("""
SELECT d.number, d.report, r.unit_id, u.zh AS unit_zh, r.content, r.sm3
FROM assessment_due d JOIN report r ON r.id = d.report JOIN unit u ON u.id = r.unit_id WHERE d.number = %(number)s
""")
