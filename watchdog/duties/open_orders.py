"""Opening rectification orders (整改指令单) over limits on somebody's liberty that have run out."""

from datetime import datetime, timedelta
from typing import NamedTuple

from law.calendar import SHANGHAI
from models.forms.rectification_order import OpenRectificationOrder
from models.matter import Kind
from models.store.connection import Connection, Query, fetch_all
from models.store.expiries import CLOSE_COVERED, CLOSE_SETTLED, NUMBER_OLDEST
from watchdog.drafting import DraftingDuty, build_beginning, draft_matter

_BATCH = 200
# An officer who enters what happened days ago needs some minutes for it.
_ENTERING = timedelta(minutes=10)


class _Expiry(NamedTuple):
    """A limit on liberty that ran out, and the number that the order over it will have."""

    number: str
    matter: str
    clock_id: str
    at: datetime
    zh: str
    basis: str
    unit_id: str
    officer: str
    kind: str


TO_ORDER = Query[_Expiry]("""
SELECT e.number, e.matter, e.clock_id, e.at, c.zh, c.basis, m.unit_id, m.officer, m.kind
FROM expiry e JOIN clock c ON c.id = e.clock_id JOIN matter m ON m.number = e.matter WHERE e.number IS NOT NULL
ORDER BY e.number LIMIT %(most)s
""")


class OpenOrders(DraftingDuty[_Expiry]):
    """Start the workflow of one rectification order for each person held beyond a limit; returns how many were begun."""

    name = "open-orders"
    # An order is worked on for a day; that it opens within two seconds is soon enough.
    every = timedelta(seconds=1)

    async def list_due(self, connection: Connection, now: datetime) -> list[_Expiry]:
        """The limits that ran out and that nothing covers or has settled."""
        await connection.execute(CLOSE_COVERED)
        await connection.execute(CLOSE_SETTLED)
        beginning = build_beginning(Kind.RECTIFICATION_ORDER, now)
        await connection.execute(NUMBER_OLDEST, {"beginning": beginning, "now": now, "entering": _ENTERING})
        return await fetch_all(connection, TO_ORDER, {"most": _BATCH})

    async def draft(self, due: _Expiry) -> bool:
        """Open the order, of the matter in which somebody is held."""
        form = OpenRectificationOrder.model_validate(
            {
                "subject": due.matter,
                "category": "401",
                "severity": "red",
                "problem": f"{due.zh}已于{due.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}届满，人仍处于强制措施之下（{due.basis}）",
                "demand": "立即释放或者依法变更强制措施，并说明超期原因",
                "unit": due.unit_id,
                "officer": due.officer,
                "clock": due.clock_id,
            }
        )
        parent = (due.matter, due.kind)
        await draft_matter(self.tools, Kind.RECTIFICATION_ORDER, due.number, due.unit_id, form, key="open", parent=parent)
        return True
