"""Sealing a family of matters, in the transaction of the step that does so: the statements over the rule of `models.access.sealing`."""

from law.offices import Office
from models.access.sealing import FAMILY, FAMILY_FROM, NAMES_HANDLED, SEALED_ITSELF, WHO_HANDLES
from models.store.connection import Query

# Nobody opens anything in the family meanwhile, or seals another part of it: each row is held before anything is reckoned.
HOLD_FAMILY = f"WITH {FAMILY} SELECT FROM matter WHERE number IN (SELECT number FROM family) ORDER BY number FOR UPDATE"
_SEAL = f"""
WITH {{family}}, standing AS (
    SELECT coalesce(bool_or(({SEALED_ITSELF.format(number="family.number")})), false) AS sealed FROM family
), member AS (
    SELECT m.number, CASE WHEN standing.sealed AND m.kind NOT IN ({NAMES_HANDLED}) THEN {WHO_HANDLES} ELSE m.handlers END AS handlers, standing.sealed
    FROM family JOIN matter m USING (number) LEFT JOIN matter above ON above.number = m.parent, standing
), seen_to AS (
    UPDATE task SET office = '{Office.LEGAL_REVIEWER}' FROM member
    WHERE member.sealed AND task.matter = member.number AND task.done_at IS NULL AND task.sort = 'undelivered'
)
UPDATE matter m SET sealed = member.sealed, handlers = member.handlers FROM member
WHERE m.number = member.number AND (m.sealed, m.handlers) IS DISTINCT FROM (member.sealed, member.handlers)
"""
SEAL_FAMILY = _SEAL.format(family=FAMILY)
# Where who handles it has changed, and nothing else: of a family that is not sealed nothing need be known.
OPEN_TO_HANDLERS = _SEAL.format(family=FAMILY_FROM.format(begins="SELECT number FROM matter WHERE number = %(number)s AND sealed"))
# Held until the matter that is opened under it is there, so that whoever seals the family finds that one too; by whoever will seal it,
# so that no other does meanwhile.
ABOVE = Query[bool]("SELECT sealed FROM matter WHERE number = %(parent)s FOR SHARE")
ABOVE_TO_SEAL = Query[bool]("SELECT sealed FROM matter WHERE number = %(parent)s FOR UPDATE")
