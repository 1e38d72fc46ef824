"""Units' months that were closed and are to be assessed (月度考评): each has its number before anybody drafts it, so that it is drafted once."""

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
# The close that an assessment rests on.
CLOSE_OF = Query[MonthDue]("""
SELECT d.number, d.report, r.unit_id, u.zh AS unit_zh, r.content, r.sm3
FROM assessment_due d JOIN report r ON r.id = d.report JOIN unit u ON u.id = r.unit_id WHERE d.number = %(number)s
""")
