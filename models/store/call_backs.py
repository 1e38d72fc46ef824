"""Call-backs (警情回访): what was closed on a day and may be asked about, whose call is due, and that it was made."""

from typing import NamedTuple

from law.facts import Fact
from models.forms.call_back import RecordCallBack
from models.journal import BUREAU
from models.store.connection import Query

DRAW = "draw-call-backs"
"""The entry of the bureau's chain that keeps a draw: the day, what was drawn from, and what."""

# Under these marks nobody of the bureau calls anybody at home.
_LEFT_ALONE = ("minor", "sexual-offence", "protected-reporter")


class ClosedRow(NamedTuple):
    """An incident that was closed: where, of which group, whether force was used, and who is called."""

    number: str
    unit_id: str
    category: str
    forced: bool
    phone: str


# Neither a sealed file, nor one kept from somebody, nor whoever left no number, asked not to be called, was asked within thirty days, or is
# to be asked about another call. What is entered as closed on a day that was drawn already belongs to the day on which it is entered: no
# date that somebody types takes a call out of the lot.
CLOSED = Query[ClosedRow](f"""
WITH closed AS (
    SELECT DISTINCT f.matter FROM fact f WHERE f.fact = '{Fact.INCIDENT_CLOSED}' AND f.at >= %(since)s AND f.at < %(until)s
    UNION
    SELECT f.matter FROM fact f JOIN entry e ON e.chain = f.matter AND e.seq = f.seq AND e.sort = 'step'
    WHERE f.fact = '{Fact.INCIDENT_CLOSED}' AND f.at < %(since)s AND f.at >= %(since)s - interval '1 year' AND e.recorded_at >= %(since)s AND e.recorded_at < %(until)s
        AND e.recorded_at >= date_trunc('day', f.at, 'Asia/Shanghai') + %(drawn_after)s
), called AS (
    SELECT m.number, m.unit_id, e.content::json -> 'form' AS form FROM closed c JOIN matter m ON m.number = c.matter
    JOIN entry e ON e.chain = m.number AND e.position = 1
    WHERE m.kind = 'incident' AND m.stage = 'closed' AND NOT m.sealed AND m.kept_from = '{{}}'
        AND NOT m.marks && ARRAY[{", ".join(f"'{each}'" for each in _LEFT_ALONE)}]
)
SELECT number, unit_id, coalesce(form ->> 'category', '') AS category,
    EXISTS (SELECT FROM fact f WHERE f.matter = number AND f.fact = '{Fact.FORCE_USED}') AS forced,
    form ->> 'reporter_phone' AS phone
FROM called
WHERE coalesce(form ->> 'reporter_phone', '') <> '' AND coalesce(form ->> 'outcome', '') = ''
    AND coalesce(form ->> 'no_call_back', 'false') <> 'true'
    AND NOT EXISTS (
        SELECT FROM party own JOIN party p ON telephone(p.said ->> 'phone') = telephone(own.said ->> 'phone')
        WHERE own.matter = number AND own.id = 'reporter' AND (
            EXISTS (SELECT FROM fact f WHERE f.matter = p.matter AND f.fact = '{Fact.CALLED_BACK}' AND f.at >= %(asked_since)s)
            OR EXISTS (SELECT FROM task t WHERE t.key = 'call-back/' || p.matter AND t.done_at IS NULL)))
ORDER BY number
""")
DRAWN_DAYS = Query[str](f"""
SELECT content::json ->> 'day' FROM entry WHERE chain = '{BUREAU}' AND step = '{DRAW}' AND recorded_at >= %(since)s ORDER BY position
""")
# Somebody may be drawn by a restored bureau anew: the task is one all the same. What was taken up again and closed anew is asked about anew.
OPEN_CALLS = Query[int](f"""
INSERT INTO task (matter, key, sort, words, unit_id, office, step, mandatory, opened_at)
SELECT number, 'call-back/' || number, 'call-back', '回访报警人', unit.id, 'reporting-desk', '{RecordCallBack.rule.step}', false, %(now)s
FROM unnest(%(numbers)s::text[]) AS number,
    (SELECT u.id FROM unit u JOIN holding h ON h.unit_id = u.id AND h.office = 'reporting-desk'
     ORDER BY length(u.path), u.path LIMIT 1) unit
ON CONFLICT (key) DO UPDATE SET done_at = NULL, opened_at = excluded.opened_at WHERE task.done_at IS NOT NULL RETURNING id
""")
ALONE = "SELECT pg_advisory_xact_lock(hashtext('draw-call-backs'))"
"""Let one draw at a time."""
IS_DUE = Query[bool]("SELECT true FROM task WHERE key = 'call-back/' || %(number)s::text AND done_at IS NULL")
CALL_MADE = "UPDATE task SET done_at = %(now)s WHERE key = 'call-back/' || %(number)s::text AND done_at IS NULL"
