"""For how long an approval opens a veiled field (密级字段): once, to whoever asked, for ten minutes from the first look. Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

# Whoever asked may be away when it is approved; what was not looked at within a day is asked for anew.
BEGUN_WITHIN = timedelta(hours=24)
SHOWN_FOR = timedelta(minutes=10)


class Unveiling(NamedTuple):
    """An approval: by which entry of the matter, given when and by whom, to whom, for which fields, and when they first looked."""

    seq: int
    approved_at: datetime
    approver: str | None
    asker: str
    fields: list[str]
    looked_at: datetime | None

    def compute_end(self) -> datetime:
        """Until when it opens, or would."""
        return self.looked_at + SHOWN_FOR if self.looked_at else self.approved_at + BEGUN_WITHIN


def find_open(unveilings: Iterable[Unveiling], person: str, field: str, now: datetime) -> Unveiling | None:
    """The approval by which that person may read that field now; None: there is none, or not any more."""
    return next((each for each in unveilings if each.asker == person and field in each.fields and now < each.compute_end()), None)
