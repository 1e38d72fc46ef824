"""Sealing (封存): the rule by which files are sealed together, for recording and for verification alike.

Matters that came of one another tell of each other: a case names its incident and its suspects, a message to another organ says what
happened to whom, an order says who was held too long. Such a family is one file: while one member is sealed by a step of its own, all are.
A new kind belongs to the family of the matter under which it is opened, without being named here; a review to that of the file it is of,
and not to its round.
"""

from law.facts import Fact
from law.offices import Office
from models.matter import ASKED_OF_OTHERS, Kind

CASES = (Kind.CRIMINAL_CASE, Kind.PUBLIC_ORDER_CASE)
HANDLED = (*CASES, Kind.SUSPECT, Kind.ACCOUNTABILITY)
"""The kinds that somebody joins and leaves by a step; whatever else is in a family is open to those who handle these."""

KEPT_BY = (
    (Kind.EXHIBIT, Office.CASE_MANAGEMENT_OFFICER),
    (Kind.RECTIFICATION_ORDER, Office.SUPERVISOR),
    (Kind.ACCOUNTABILITY, Office.SUPERVISOR),
    (Kind.LETTER, Office.LETTER_OFFICER),
    (Kind.LETTER, Office.SUPERVISOR),
    (Kind.MISSING_PERSON, Office.DUTY_COMMANDER),
)
"""Who must know of every matter of a kind to do their work: what lies in the store, and what is to be put right; of nothing else there."""
KEEPERS = frozenset(office for _, office in KEPT_BY)
"""The offices that keep matters of some kind."""

# Whoever is asked to do something must read what is asked, and nothing of the file.
_STANDS_APART = ", ".join(f"'{each}'" for each in sorted(ASKED_OF_OTHERS))
# Next of kin of a matter `family.number`: what it came from, what came of it, the cases that were merged with it, and the reviews of it.
_KIN = f"""LATERAL (
    SELECT coalesce(r.subject, m.parent) AS number FROM matter m LEFT JOIN case_review r USING (number)
        WHERE m.number = family.number AND m.parent IS NOT NULL AND m.kind NOT IN ({_STANDS_APART})
    UNION ALL SELECT number FROM case_review WHERE subject = family.number
    UNION ALL SELECT number FROM matter WHERE parent = family.number AND kind NOT IN ({_STANDS_APART})
    UNION ALL SELECT CASE WHEN f.said ? 'told_by' THEN f.said ->> 'told_by' ELSE f.about END FROM fact f
        WHERE f.matter = family.number AND f.fact = '{Fact.CASE_MERGED}'
) kin"""
FAMILY_FROM = f"RECURSIVE family AS ({{begins}} UNION SELECT kin.number FROM family, {_KIN})"
FAMILY = FAMILY_FROM.format(begins="SELECT %(number)s::text AS number")
"""The family of a matter, as what follows WITH."""

_SEALING = f"('{Fact.FILE_SEALED}', '{Fact.FILE_UNSEALED}')"
SEALED_ITSELF = f"""SELECT f.fact = '{Fact.FILE_SEALED}' FROM fact f WHERE f.matter = {{number}} AND f.about = {{number}} AND f.fact IN {_SEALING}
    ORDER BY f.seq DESC, f.n DESC LIMIT 1"""
SEALED_BY_KIN = f"""
RECURSIVE family AS (
    SELECT number FROM (
        SELECT DISTINCT ON (f.matter) f.matter AS number, f.fact FROM fact f WHERE f.about = f.matter AND f.fact IN {_SEALING}
        ORDER BY f.matter, f.seq DESC, f.n DESC
    ) last WHERE fact = '{Fact.FILE_SEALED}'
    UNION SELECT kin.number FROM family, {_KIN}
)
"""
"""Every matter that its own step, or that of one of its kin, has sealed, as what follows WITH."""

NAMES_HANDLED = ", ".join(f"'{each}'" for each in HANDLED)
_CASES = ", ".join(f"'{each}'" for each in CASES)
# Whoever handles what a matter was opened in opens it; where nobody does, as with an incident, whoever handles a case of the family.
WHO_HANDLES = f"""ARRAY(
    SELECT DISTINCT who FROM family JOIN matter h ON h.number = family.number, unnest(array_append(h.handlers, h.officer)) who
    WHERE who <> '' AND CASE WHEN above.kind IN ({NAMES_HANDLED}) THEN h.number = above.number ELSE h.kind IN ({_CASES}) END ORDER BY 1
)"""


def build_failure_office_sql(number: str) -> str:
    """The office that handles failures in the matter that an SQL expression names: one that may open its file."""
    sealed = f"EXISTS (SELECT FROM matter WHERE matter.number = {number} AND matter.sealed)"
    return f"CASE WHEN {sealed} THEN '{Office.LEGAL_REVIEWER}' ELSE '{Office.CASE_MANAGEMENT_OFFICER}' END"
