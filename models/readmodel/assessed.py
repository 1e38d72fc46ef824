"""What the indicators of assessment count (考评指标的分子分母), item by item; the sheet of a unit sums these items, and lists open them.

Clocks are counted as the supervision board counts them (`figure_tallies`). Of problems only those count that a person has verified.
"""

from law.facts import Fact
from models.assessment.indicators import CLOSURE_RAW, INDICATORS, LAWFUL_CLOSURE, RETURN_RATE, Indicator
from models.matter import Kind
from models.readmodel.figure_tallies import count_clocks
from models.readmodel.reviews import COUNTED
from models.reviews.scoring import Grade

# Of these what is above the line is what was missed.
_MISSED = ("statutory-overdue", "liberty-overdue")
# By which a case ends for the police, whatever comes after.
_ENDS = (
    Fact.PUBLIC_ORDER_CASE_CLOSED,
    Fact.PUBLIC_ORDER_CASE_TERMINATED,
    Fact.PUBLIC_ORDER_CASE_TURNED_CRIMINAL,
    Fact.CASE_SENT_TO_PROCURATORATE,
    Fact.CASE_CANCELLED,
    Fact.CASE_TURNED_ADMINISTRATIVE,
)
# Categories of problems by which an end was no lawful one (降格、撤案终止不当、以罚代刑、调解不当), and of those that indicators count.
_WRONGLY_ENDED = ("105", "307", "308", "309")
_NOT_FILED, _MINORS = "201", "502"
_CASES = (Kind.CRIMINAL_CASE, Kind.PUBLIC_ORDER_CASE)


def _format_names(*of: str) -> str:
    return ", ".join(f"'{each}'" for each in of)


VERIFIED = f"""
SELECT o.number AS matter, o.unit_id, o.parent AS subject, o.officer, v.at, v.seq, e.content::json -> 'form' ->> 'category' AS category
FROM fact v JOIN matter o ON o.number = v.matter JOIN entry e ON e.chain = o.number AND e.position = 1
WHERE v.fact = '{Fact.RECTIFICATION_VERIFIED}' AND o.kind = '{Kind.RECTIFICATION_ORDER}' AND o.stage = 'closed' AND NOT o.sealed
"""
"""The problems that somebody has seen put right: each order that was closed, what it is about, and its category ('' where none was said)."""

_IN_MONTH = "{at} >= %(from_day)s AND {at} < %(to_day)s"


def _build_facts_sql(indicator: str, *of: Fact, above: str, below: str) -> str:
    """The matters in which one of these facts happened in the month, each once."""
    month = _IN_MONTH.format(at="f.at")
    return f"""
    SELECT '{indicator}', m.unit_id, m.number, '', min(f.at), {above}, {below} FROM fact f JOIN matter m ON m.number = f.matter
    WHERE f.fact IN ({_format_names(*of)}) AND NOT f.said ? 'told_by' AND {month} AND {{visible}} GROUP BY m.unit_id, m.number"""


def _build_opened_sql(indicator: str, kinds: tuple[Kind, ...]) -> str:
    """The matters that were opened in the month, as what stands below the line."""
    month = _IN_MONTH.format(at="m.opened_at")
    return f"""
    SELECT '{indicator}', m.unit_id, m.number, '', m.opened_at, false, true FROM matter m
    WHERE m.kind IN ({_format_names(*kinds)}) AND {month} AND {{visible}}"""


def _build_reviewed_sql(indicator: str, above: str, among: str) -> str:
    """The reviews whose result came to count in the month; `m` is the review, which is its unit's once it was told."""
    month = _IN_MONTH.format(at="r.counted_at")
    return f"""
    SELECT '{indicator}', m.unit_id, m.number, '', r.counted_at, {above}, true FROM ({COUNTED}) r JOIN matter m ON m.number = r.review
    WHERE {among} AND {month} AND {{visible}}"""


def _build_verified_sql(
    indicator: str, above: str, *, below: bool, category: str = "p.category <> ''", among: str = VERIFIED
) -> str:
    """The problems that were verified in the month; `m` is the order."""
    month = _IN_MONTH.format(at="p.at")
    return f"""
    SELECT '{indicator}', m.unit_id, m.number, '', p.at, {above}, {below} FROM ({among}) p JOIN matter m ON m.number = p.matter
    WHERE {category} AND {month} AND {{visible}}"""


_RETURNED = f"EXISTS (SELECT FROM fact r WHERE r.matter = p.matter AND r.fact = '{Fact.RECTIFICATION_RETURNED}')"
# Of each problem whether its unit had one of its category in the ninety days before.
_SEEN = f"""
SELECT p.*, count(*) OVER (PARTITION BY p.unit_id, p.category ORDER BY p.at RANGE BETWEEN interval '90 days' PRECEDING AND CURRENT ROW EXCLUDE GROUP) > 0
    AS again FROM ({VERIFIED}) p WHERE p.at >= %(from_day)s - interval '90 days' AND p.at < %(to_day)s"""
_TOLD = f"EXISTS (SELECT FROM fact t WHERE t.matter = m.number AND t.fact = '{Fact.CALLER_TOLD}')"
_ALIVE = "EXISTS (SELECT FROM finding g WHERE g.subject = m.number AND g.rule = 'case-standing-still' AND g.gone_at IS NULL)"
_UNPROTECTED = f"EXISTS (SELECT FROM ({VERIFIED}) p WHERE p.subject = m.number AND p.category = '{_MINORS}')"
_ELSEWHERE = (
    _build_opened_sql(CLOSURE_RAW.id, _CASES),
    _build_facts_sql(CLOSURE_RAW.id, *_ENDS, above="true", below="false"),
    _build_facts_sql("not-filed-found", Fact.INCIDENT_UPGRADED, above="false", below="true"),
    _build_verified_sql("not-filed-found", "true", below=False, category=f"p.category = '{_NOT_FILED}'"),
    f"""
    SELECT 'standing-still', m.unit_id, m.number, '', m.stage_since, {_ALIVE}, true FROM matter m
    WHERE m.kind = '{Kind.CRIMINAL_CASE}' AND m.stage IN ('investigation', 'supplementary_investigation') AND {{visible}}""",
    """
    SELECT 'hanging-cleared', m.unit_id, m.number, '', g.first_seen, m.final AND g.gone_at < %(to_day)s, true
    FROM finding g JOIN matter m ON m.number = g.subject
    WHERE g.rule = 'case-hanging' AND g.first_seen < %(from_day)s AND (g.gone_at IS NULL OR g.gone_at >= %(from_day)s) AND {visible}""",
    _build_reviewed_sql("review-mean", f"r.grade = '{Grade.EXCELLENT}'", among="r.purpose = 'monthly'"),
    _build_reviewed_sql("review-failed", f"r.grade = '{Grade.UNQUALIFIED}'", among="r.purpose <> 'self-check'"),
    _build_verified_sql("first-pass", f"NOT {_RETURNED}", below=True, category="true"),
    _build_verified_sql("again", "p.again", below=True, among=_SEEN),
    _build_opened_sql("corrected-by-procuratorate", (Kind.CRIMINAL_CASE,)),
    _build_facts_sql("corrected-by-procuratorate", Fact.FILING_ORDERED, Fact.CANCELLATION_ORDERED, above="true", below="false"),
    _build_facts_sql(RETURN_RATE.id, Fact.CASE_SENT_TO_PROCURATORATE, Fact.CASE_SENT_AGAIN, above="false", below="true"),
    _build_facts_sql(RETURN_RATE.id, Fact.CASE_RETURNED, above="true", below="false"),
    _build_facts_sql("called-again", Fact.MEDIATION_AGREED, above="false", below="true"),
    _build_facts_sql("satisfied", Fact.CALLED_BACK, above="bool_and(f.said ->> 'item' = 'satisfied')", below="true"),
    _build_facts_sql("caller-told", Fact.INCIDENT_CLOSED, above=_TOLD, below="true"),
    f"""
    SELECT 'called-again', m.unit_id, m.number, '', g.first_seen, true, false FROM finding g JOIN matter m ON m.number = g.subject
    WHERE g.rule = 'incident-again-after-mediation' AND {_IN_MONTH.format(at="g.first_seen")} AND {{visible}}""",
    f"""
    SELECT 'minors-protected', m.unit_id, m.number, '', min(j.started_at), NOT {_UNPROTECTED}, true
    FROM clock j JOIN matter m ON m.number = j.matter
    WHERE j.limit_id = 'juvenile-guardian-presence' AND {_IN_MONTH.format(at="j.started_at")} AND {{visible}} GROUP BY m.unit_id, m.number""",
)


def _build_clocks_sql(indicators: tuple[Indicator, ...]) -> str:
    """The clocks that were kept or missed in the month; a case that was ended wrongly was not closed, however soon."""
    counted = count_clocks((each.id, limit, False) for each in indicators for limit in each.limits)
    wrongly = f"SELECT subject FROM ({VERIFIED}) p WHERE p.category IN ({_format_names(*_WRONGLY_ENDED)})"
    return f"""
    SELECT k.figure AS indicator, k.unit_id, k.matter, k.clock, k.at, CASE WHEN k.figure IN ({_format_names(*_MISSED)}) THEN NOT k.good
        WHEN k.figure = '{LAWFUL_CLOSURE.id}' THEN k.good AND k.matter NOT IN ({wrongly}) ELSE k.good END AS above, true AS below
    FROM ({counted}) k"""


ITEMS = " UNION ALL ".join((_build_clocks_sql(tuple(each for each in INDICATORS if each.limits)), *_ELSEWHERE))
"""Each item that an indicator counts: whether above, whether below the line. To be completed with `clocks` (on `c`) and `visible` (on `m`)."""
