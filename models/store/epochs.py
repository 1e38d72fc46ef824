"""Epochs (纪元): after a restore, numbers continue beyond all that may have been given out, and the journal records it.

What was recorded after a backup is lost once it is restored, and with it which numbers were given out. Only time has gone on. So an epoch
numbers from a place derived from the time, beyond whatever can have been given out until then, and numbers of the lost time are never given
out again, however often and from whichever backup a bureau is restored.
"""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from models.journal import BUREAU
from models.matter import Kind, is_numbered_as
from models.store.connection import Query

# A bureau that was never restored numbers from 1, in eight digits; a year of a large county needs less than a hundredth of them. Eleven
# digits from 9 on come after all of these, in whatever order texts are put.
_BEYOND = 90_000_000_000
# For each second since, so many may have been given out: a hundred times what a county needs, and more than one machine keeps up.
PER_SECOND = 10
_SINCE = datetime(2026, 1, 1, tzinfo=UTC)
# Papers are numbered by kind and year, some a day; one in each minute is never reached.
_PAPERS_BEYOND = 100_000
_MINUTE = 60

# The steps of the bureau's own chain in which its upkeep stands.
BEGIN_EPOCH, RESUME_MATTERS, MAKE_BACKUP = "begin-epoch", "resume-matters", "make-backup"


class UpkeepEntry(NamedTuple):
    """An entry of the bureau's chain about its operation."""

    position: int
    step: str
    username: str | None
    recorded_at: datetime
    content: str


UPKEEP = Query[UpkeepEntry](f"""
SELECT position, step, username, recorded_at, content FROM entry
WHERE chain = '{BUREAU}' AND step IN ('{BEGIN_EPOCH}', '{RESUME_MATTERS}', '{MAKE_BACKUP}') ORDER BY position
""")
# The step in which rings are given back that PostgreSQL's own clock rang too early; how many they were within a day, and when it was.
GIVE_BACK = "give-back-rings"


class GivenBack(NamedTuple):
    """How many rings were given back, and when last; None where none was."""

    many: int | None
    at: datetime | None


GIVEN_BACK = Query[GivenBack](f"""
SELECT sum(json_array_length(content::json -> 'rings')) AS many, max(recorded_at) AS at FROM entry
WHERE chain = '{BUREAU}' AND step = '{GIVE_BACK}' AND recorded_at > clock_timestamp() - interval '1 day'
""")
# The number given out last, whose value nothing else holds.
LAST_SERIAL = Query[int]("SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS last FROM matter_number")


class Epoch(NamedTuple):
    """A declared restore: of which backup (empty: by other means), its time, by whom and why, and which seals it made void.

    Void are the seals after `kept` (empty: from the first) up to `last` (the same: none).
    """

    position: int
    begun_at: datetime
    by: str
    reason: str
    backup: str
    as_of: datetime | None
    kept: str
    last: str


class Upkeep(NamedTuple):
    """The declared restores, oldest first; whether matters were resumed since the newest; and when the last backup was made."""

    epochs: tuple[Epoch, ...]
    resumed: bool
    backed_up_at: datetime | None


def parse_upkeep(rows: Iterable[UpkeepEntry]) -> Upkeep:
    """What the rows of `UPKEEP` say."""
    epochs, resumed, backed_up_at = list[Epoch](), True, None
    for row in rows:
        if row.step == BEGIN_EPOCH:
            epochs.append(_parse_epoch(row))
            resumed = False
        elif row.step == RESUME_MATTERS:
            resumed = True
        else:
            backed_up_at = row.recorded_at
    return Upkeep(tuple(epochs), resumed, backed_up_at)


def _parse_epoch(row: UpkeepEntry) -> Epoch:
    content = json.loads(row.content)
    as_of = content.get("as_of")
    return Epoch(
        row.position,
        row.recorded_at,
        row.username or content.get("account", ""),
        content.get("reason", ""),
        content.get("backup", ""),
        datetime.fromisoformat(as_of) if as_of else None,
        content.get("kept_seal", ""),
        content.get("last_seal", ""),
    )


def compute_first_serial(now: datetime, known: Iterable[int] = ()) -> int:
    """The first running number of an epoch that begins now, beyond all known numbers."""
    return max([_BEYOND + PER_SECOND * int((now - _SINCE).total_seconds()), *(serial + 1 for serial in known)])


def compute_first_paper_number(now: datetime) -> int:
    """A number below which no document of an epoch that begins now is numbered."""
    return _PAPERS_BEYOND + int((now - _SINCE).total_seconds()) // _MINUTE


def parse_serial(number: str) -> int:
    """The running number in a matter's number; 0 where it is none of the sequence."""
    prefix_and_year = 6
    digits = number[prefix_and_year:]
    # Canaries are numbered by the instant, for they are nobody's business.
    return int(digits) if digits.isdecimal() and number[:2].isalpha() and not is_numbered_as(Kind.CANARY, number) else 0


NUMBER_FROM = "SELECT setval('matter_number', %(first)s, false) AS matters, setval('paper_beyond', %(papers)s) AS papers"
# A number kept for an opening of which the record knows nothing more may have been used in the lost time: whoever repeats gets another.
FREE_RESERVATIONS = "DELETE FROM reservation r WHERE NOT EXISTS (SELECT FROM entry WHERE entry.key = r.key)"
UNNUMBER_EXPIRIES = """
UPDATE expiry SET number = NULL WHERE number IS NOT NULL AND NOT EXISTS (SELECT FROM matter WHERE matter.number = expiry.number)
"""
