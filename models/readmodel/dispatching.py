"""Who may be sent to an incident (可派民警): those of a unit who go out, how much each has in hand, and who of them is away."""

from datetime import datetime
from typing import NamedTuple

from law.offices import Office
from models.forms.dispatching import ON_THE_SCENE
from models.store.connection import Connection, Query, fetch_all

# Sent, and not yet done with: from the dispatch until the incident is classified.
_IN_HAND = ("dispatched", "accepted", "on_scene", "fed_back")


class Patrol(NamedTuple):
    """Somebody who may be sent: how many dispatches they have in hand, and until when they are away and who stands in, where they are."""

    username: str
    zh: str
    badge: str
    auxiliary: bool
    open: int
    away_until: datetime | None
    deputy: str | None
    deputy_zh: str | None


# Whoever is here before whoever is away, who has least in hand first, an officer before an auxiliary.
PATROLS = Query[Patrol]("""
SELECT p.username, p.zh, p.badge, bool_and(h.office = %(auxiliary)s) AS auxiliary,
    (SELECT count(*) FROM matter m WHERE m.officer = p.username AND m.kind = 'incident' AND m.stage = ANY(%(stages)s))::int AS open,
    away.ends AS away_until, away.deputy, d.zh AS deputy_zh
FROM holding h JOIN person p USING (username)
LEFT JOIN LATERAL (SELECT a.ends, a.deputy FROM absence a WHERE a.username = p.username AND a.ended_at IS NULL AND a.begins <= %(now)s AND a.ends > %(now)s
    ORDER BY a.ends DESC LIMIT 1) away ON true
LEFT JOIN person d ON d.username = away.deputy
WHERE h.unit_id = %(unit)s AND h.office = ANY(%(offices)s) AND p.active
GROUP BY p.username, p.zh, p.badge, away.ends, away.deputy, d.zh
ORDER BY away.ends IS NOT NULL, bool_and(h.office = %(auxiliary)s), open, p.badge
""")


async def list_patrols(connection: Connection, unit: str, now: datetime) -> list[Patrol]:
    """Who of that unit may be sent, those who are best sent first."""
    offices = {"offices": list(map(str, ON_THE_SCENE)), "auxiliary": str(Office.AUXILIARY_OFFICER)}
    return await fetch_all(connection, PATROLS, {"unit": unit, "now": now, "stages": list(_IN_HAND), **offices})
