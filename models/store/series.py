"""Statements about matters that agree (串并案候选): by what each may be found, which others are, and what a person judged of a pair."""

from datetime import datetime
from typing import NamedTuple

from models.store.connection import Query

# What a matter is known by now replaces what it was known by: `%(rows)s` is a list of rows in JSON, of these matters.
KEEP_TRAITS = """
WITH said AS (
    SELECT * FROM jsonb_to_recordset(%(rows)s::jsonb) AS each (matter text, sort text, value text, seq int, field text, at timestamptz)
), gone AS (
    DELETE FROM trait t WHERE t.matter = ANY(%(matters)s)
        AND NOT EXISTS (SELECT FROM said WHERE (said.matter, said.sort, said.value) = (t.matter, t.sort, t.value))
)
INSERT INTO trait SELECT matter, sort, value, seq, field, at FROM said
ON CONFLICT (matter, sort, value) DO UPDATE SET seq = excluded.seq, field = excluded.field, at = excluded.at
    WHERE (trait.seq, trait.field, trait.at) <> (excluded.seq, excluded.field, excluded.at)
"""


class Lead(NamedTuple):
    """Another matter that names what one of ours names."""

    here: str
    sort: str
    value: str
    there: str


# Each by the index; what so many have in common leads nowhere, and is cut off by `most`.
LEADS = Query[Lead]("""
SELECT t.matter AS here, t.sort, t.value, o.matter AS there
FROM trait t CROSS JOIN LATERAL (
    SELECT o.matter FROM trait o WHERE (o.sort, o.value) = (t.sort, t.value) AND o.matter <> t.matter
        AND o.at BETWEEN t.at - CASE WHEN t.sort = 'method' THEN %(of_method)s::interval ELSE %(of_number)s::interval END
            AND t.at + CASE WHEN t.sort = 'method' THEN %(of_method)s::interval ELSE %(of_number)s::interval END
    LIMIT %(most)s
) o WHERE t.matter = ANY(%(numbers)s) AND t.sort = ANY(%(leading)s)
""")


class Standing(NamedTuple):
    """The open matter that stands for one: an incident's case, or itself; and the incident from which that case came."""

    number: str
    stands: str
    incident: str
    unit: str
    sealed: bool
    opened_at: datetime


# What was told elsewhere, handed over or taken up by another stands for nothing any more.
STANDING = Query[Standing]("""
SELECT m.number, coalesce(c.number, m.number) AS stands, coalesce(CASE WHEN c.number IS NULL THEN p.number ELSE m.number END, '') AS incident,
    coalesce(c.unit_id, m.unit_id) AS unit, m.sealed OR coalesce(c.sealed, false) AS sealed, coalesce(c.opened_at, m.opened_at) AS opened_at
FROM matter m
LEFT JOIN LATERAL (
    SELECT c.* FROM matter c WHERE m.kind = 'incident' AND c.parent = m.number AND c.kind IN ('criminal-case', 'public-order-case')
    ORDER BY c.final, c.number DESC LIMIT 1
) c ON true
LEFT JOIN matter p ON p.number = m.parent AND p.kind = 'incident'
WHERE m.number = ANY(%(numbers)s) AND m.kind IN ('incident', 'criminal-case', 'public-order-case') AND NOT coalesce(c.final, m.final)
    AND coalesce(c.stage, m.stage) NOT IN ('duplicate', 'transferred', 'upgraded', 'merged', 'turned_criminal', 'turned_administrative')
""")


class TraitFound(NamedTuple):
    """A trait of a matter, as table `trait` holds it."""

    matter: str
    sort: str
    value: str
    seq: int
    field: str
    at: datetime


TRAITS = Query[TraitFound](
    "SELECT matter, sort, value, seq, field, at FROM trait WHERE matter = ANY(%(numbers)s) ORDER BY matter, sort, seq, value"
)


class PersonIn(NamedTuple):
    """Somebody in a matter, as the record has them now."""

    matter: str
    roles: list[str]
    citizen_id: str
    phone: str


PEOPLE_IN = Query[PersonIn]("""
SELECT matter, roles, citizen_id, coalesce(said ->> 'phone', '') AS phone FROM party WHERE matter = ANY(%(numbers)s) ORDER BY matter, id
""")


class Grown(NamedTuple):
    """A pair that agrees in something new."""

    low: str
    high: str
    score: int


# Pairs of these matters that agree, in place of those that did. What the journal says was judged of a pair holds though this table was lost.
# Told are those that are new, or agree in something on which nobody has judged and did not before.
KEEP_CANDIDATES = Query[Grown]("""
WITH found AS (
    SELECT * FROM jsonb_to_recordset(%(found)s::jsonb) AS each (low text, high text, score int, features jsonb, keys text[])
), gone AS (
    UPDATE link_candidate k SET gone_at = %(now)s WHERE k.gone_at IS NULL AND (k.low = ANY(%(matters)s) OR k.high = ANY(%(matters)s))
        AND NOT EXISTS (SELECT FROM found WHERE (found.low, found.high) = (k.low, k.high))
), before AS (
    SELECT found.low, found.high, k.keys, k.gone_at FROM found JOIN link_candidate k USING (low, high)
), kept AS (
    INSERT INTO link_candidate AS k (low, high, score, features, keys, settled, found_at)
    SELECT low, high, score, features, keys, ARRAY(
        SELECT DISTINCT jsonb_array_elements_text(e.content::jsonb -> 'not_linked' -> 'keys') FROM entry e
        WHERE e.chain IN (found.low, found.high) AND e.step = 'dismiss-link' AND e.content::jsonb -> 'not_linked' ->> 'pair' = found.low || '/' || found.high
    ), %(now)s FROM found
    ON CONFLICT (low, high) DO UPDATE SET score = excluded.score, features = excluded.features, keys = excluded.keys, gone_at = NULL,
        found_at = CASE WHEN k.gone_at IS NULL THEN k.found_at ELSE excluded.found_at END
    RETURNING low, high, score, keys, settled
)
SELECT kept.low, kept.high, kept.score FROM kept LEFT JOIN before USING (low, high)
WHERE NOT kept.keys <@ kept.settled AND (before.low IS NULL OR before.gone_at IS NOT NULL OR NOT kept.keys <@ before.keys)
""")


class Candidate(NamedTuple):
    """A pair as it stands: in what it agrees, and that somebody has judged all of it, or linked them."""

    keys: list[str]
    judged: bool
    linked: bool


IS_LINKED = """EXISTS (SELECT FROM link l WHERE l.relation = 'series'
    AND ((l.matter, l.other) = ({low}, {high}) OR (l.matter, l.other) = ({high}, {low})))"""
_LINKED = IS_LINKED.format(low="k.low", high="k.high")
# Held until what is said of it is recorded.
CANDIDATE = Query[Candidate](f"""
SELECT keys, keys <@ settled AS judged, {_LINKED} AS linked FROM link_candidate k
WHERE (low, high) = (%(low)s, %(high)s) AND gone_at IS NULL FOR UPDATE OF k
""")
SETTLE = """
UPDATE link_candidate SET settled = ARRAY(SELECT DISTINCT each FROM unnest(settled || %(keys)s::text[]) each ORDER BY 1)
WHERE (low, high) = (%(low)s, %(high)s)
"""
UNLINK = "DELETE FROM link WHERE (matter, other, relation) = (%(matter)s, %(other)s, 'series')"


class Proposed(NamedTuple):
    """A pair that is proposed where nobody crosses a unit or a seal: the one of the greater number, the other, and in what they agree."""

    matter: str
    other: str
    score: int
    words: list[str]
    found_at: datetime


_OPEN_TO_ALL = "NOT h.sealed AND NOT l.sealed AND cardinality(h.kept_from || l.kept_from) = 0"
# Whoever reads the one reads the other: both are of one unit, neither is sealed nor kept from anybody. One of them says it for both.
PROPOSED_HERE = Query[Proposed](f"""
SELECT h.number AS matter, l.number AS other, k.score, ARRAY(SELECT f ->> 'words' FROM jsonb_array_elements(k.features) f) AS words, k.found_at
FROM link_candidate k JOIN matter h ON h.number = k.high JOIN matter l ON l.number = k.low
WHERE k.high = ANY(%(numbers)s) AND k.gone_at IS NULL AND k.score >= %(least)s AND NOT k.keys <@ k.settled AND NOT {_LINKED}
    AND h.unit_id = l.unit_id AND {_OPEN_TO_ALL}
ORDER BY h.number, k.score DESC, l.number
""")
# The one that says so of one of these, which has been sealed or kept from somebody since, is looked at again, and says it no more.
LOOK_AGAIN = f"""
INSERT INTO inspection_due (matter)
SELECT h.number FROM link_candidate k JOIN matter h ON h.number = k.high JOIN matter l ON l.number = k.low
WHERE k.low = ANY(%(matters)s) AND NOT ({_OPEN_TO_ALL})
    AND EXISTS (SELECT FROM finding f WHERE (f.rule, f.subject, f.about) = ('case-link-candidate', k.high, k.low) AND f.gone_at IS NULL)
"""
# The desk that reaches both: the case management of the lowest unit above both of theirs. Of what is sealed or kept nobody is told by it.
NOTIFY_DESK = f"""
INSERT INTO notice (matter, clock_id, colour, unit_id, office, username, words, sent_at, type)
SELECT k.high, '', 'none', above.id, 'case-management-officer', '', %(words)s, %(now)s, 'message'
FROM unnest(%(lows)s::text[], %(highs)s::text[]) AS k (low, high)
JOIN matter h ON h.number = k.high JOIN matter l ON l.number = k.low
JOIN unit hu ON hu.id = h.unit_id JOIN unit lu ON lu.id = l.unit_id
CROSS JOIN LATERAL (
    SELECT u.id FROM unit u WHERE starts_with(hu.path, u.path) AND starts_with(lu.path, u.path)
        AND EXISTS (SELECT FROM holding WHERE unit_id = u.id AND office = 'case-management-officer')
    ORDER BY length(u.path) DESC LIMIT 1
) above
WHERE h.unit_id <> l.unit_id AND {_OPEN_TO_ALL}
"""
