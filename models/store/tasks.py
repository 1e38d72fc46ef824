"""Tasks that are opened and closed outside the record of a step, and the tasks of approvals."""

from typing import NamedTuple

from models.store.connection import Query

# A task is once; it is open again when the turn comes back, and then whose it is now. `%(tasks)s` is a list of rows in JSON.
OPEN_TASKS = """
    INSERT INTO task (matter, key, sort, words, unit_id, office, username, step, request_seq, mandatory, opened_at, remind_at, goes_up_at, above)
    SELECT matter, key, sort, words, unit_id, office, username, step, request_seq, mandatory, opened_at, remind_at, goes_up_at, coalesce(above, '')
    FROM jsonb_populate_recordset(NULL::task, %(tasks)s)
    ON CONFLICT (key) DO UPDATE SET done_at = NULL, opened_at = excluded.opened_at, unit_id = excluded.unit_id, username = excluded.username,
        remind_at = excluded.remind_at, goes_up_at = excluded.goes_up_at
        WHERE task.done_at IS NOT NULL OR (task.unit_id, task.username) <> (excluded.unit_id, excluded.username)
"""


class Urged(NamedTuple):
    """How many turns were urged, and of how many whoever listens was told."""

    urged: int
    told: int


# Turns that nobody has taken: whoever it is hears of it once, then once the office above to which it goes up. Of those that come to an end
# meanwhile nobody does.
URGE = Query[Urged]("""
WITH due AS (
    SELECT id FROM task WHERE done_at IS NULL AND remind_at <= %(now)s ORDER BY remind_at LIMIT %(most)s FOR UPDATE SKIP LOCKED
), urged AS (
    UPDATE task SET remind_at = CASE WHEN goes_up_at > %(now)s THEN goes_up_at END FROM due WHERE task.id = due.id
    RETURNING matter, unit_id, words, step, username, above, office, coalesce(goes_up_at <= %(now)s, false) AS gone_up
), said AS (
    SELECT matter, unit_id, step, CASE WHEN gone_up THEN above WHEN username = '' THEN office ELSE '' END AS office,
        CASE WHEN gone_up THEN '' ELSE username END AS username,
        CASE WHEN gone_up THEN '无人办理，已上报：' ELSE '催办：' END || words AS words FROM urged
), noticed AS (
    INSERT INTO notice (matter, clock_id, colour, unit_id, office, username, words, sent_at, type)
    SELECT matter, '', 'none', unit_id, office, username, words, %(now)s, 'turn' FROM said
), told AS (
    SELECT pg_notify('louke', json_build_object('number', m.number, 'kind', m.kind, 'unit', m.unit_id, 'seq', m.seq, 'stage', m.stage,
        'step', '', 'sealed', m.sealed, 'asked', json_build_array(json_build_object('sort', 'turn', 'step', said.step, 'unit', said.unit_id,
            'office', said.office, 'person', said.username)))::text)
    FROM said JOIN matter m ON m.number = said.matter
)
SELECT count(*) AS urged, (SELECT count(*) FROM told) AS told FROM said
""")
# The topmost unit in which anybody holds the office; of several the first.
_REVIEWERS = """SELECT u.id FROM unit u JOIN holding h ON h.unit_id = u.id AND h.office = %(office)s
    ORDER BY length(u.path), u.path LIMIT 1"""
OPEN_LAW_REVIEW = Query[int](f"""
INSERT INTO task (matter, key, sort, words, unit_id, office, step, mandatory, opened_at)
SELECT '', %(key)s, 'law', %(words)s, unit.id, %(office)s, '', false, %(now)s FROM ({_REVIEWERS}) unit
ON CONFLICT (key) DO NOTHING RETURNING id
""")
# Whoever enters what was found sets the day forward, and the task is done; one of an earlier quarter gives way to the next.
CLOSE_LAW_REVIEWS = "UPDATE task SET done_at = %(now)s WHERE sort = 'law' AND done_at IS NULL AND key <> %(key)s"
# Of those who manage the cases, or review them where the file is sealed, or where it is nobody's case of the administrators: they ask the
# other side, and may have it acted on as it is.
OPEN_STALLED_MESSAGE = Query[int]("""
INSERT INTO task (matter, key, sort, words, unit_id, office, step, mandatory, opened_at)
VALUES (%(matter)s, %(key)s, 'held', %(words)s, %(unit)s, %(office)s, '', false, %(now)s)
ON CONFLICT (key) DO NOTHING RETURNING id
""")
