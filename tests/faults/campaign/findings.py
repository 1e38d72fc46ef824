"""What has become of everything that was acknowledged, by the database and by the systems outside."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from statistics import quantiles
from typing import Any

from tests.faults.campaign.bureau import Bureau
from tests.faults.campaign.officers import Ledger

_LOOK_AGAIN_S = 0.5
# What was acknowledged is carried out so long after everything has come back.
CARRIED_OUT_S = 30.0
# Parts that died again and again are started again after a minute.
_BACK_S = 90.0

ENTRIES = "SELECT key, content::json -> 'recorded' -> 'receipt' AS receipt FROM entry WHERE key = ANY(%(keys)s)"
OUTBOX = "SELECT id FROM outbox"
NUMBERS = "SELECT number FROM matter WHERE number = ANY(%(numbers)s)"
GAPS = "SELECT chain FROM entry GROUP BY chain HAVING count(*) <> max(position) OR min(position) <> 1"
UNRUNG = "SELECT clock_id, colour FROM rung WHERE at < now() - interval '5 seconds'"
RINGS = "SELECT clock_id, colour FROM ring GROUP BY clock_id, colour, at HAVING count(*) > 1"
NOTICES = "SELECT clock_id, colour, office, unit_id FROM notice WHERE clock_id <> '' GROUP BY 1, 2, 3, 4, coalesce(username, ''), words HAVING count(*) > 1"
UNDELIVERED = "SELECT number FROM matter WHERE kind = 'delivery' AND NOT final"
# A limit that runs out while we look has something delivered: what was sent a moment ago is still on its way.
LOST = f"{UNDELIVERED} AND opened_at < now() - make_interval(secs => %(carried_out)s)"
DELIVERIES = """
SELECT d.number, d.subject, d.system FROM delivery d JOIN matter m USING (number)
WHERE m.final OR m.opened_at < now() - make_interval(secs => %(carried_out)s) ORDER BY d.number
"""
LATENESS = """
SELECT r.rung_by, percentile_cont(ARRAY[0.5, 0.99, 1]) WITHIN GROUP (ORDER BY extract(epoch FROM r.rung_at - greatest(r.at, u.armed))) AS late
FROM ring r JOIN LATERAL (SELECT max(e.recorded_at) AS armed FROM entry e WHERE e.chain = r.matter AND e.recorded_at <= r.rung_at) u ON true GROUP BY 1
"""
COUNT = "SELECT count(*) AS many FROM matter WHERE kind <> 'canary'"


@dataclass
class Findings:
    """What is wrong, each with examples; nothing, if all holds. `figures` are what a person reads."""

    wrong: dict[str, list[Any]] = field(default_factory=dict)
    figures: list[str] = field(default_factory=list)

    def must_be_empty(self, what: str, found: list[Any]) -> None:
        """Note what was found of something of which there may be nothing."""
        if found:
            self.wrong[what] = found[:5]


async def findings(bureau: Bureau, ledger: Ledger, received: Callable[[], list[dict[str, Any]]]) -> Findings:
    """Wait until everything is back, and for as long as carrying out may take, and look; `received` is what the systems outside hold."""
    back_s = await _until(lambda: asyncio.to_thread(bureau.is_whole), _BACK_S)
    settled_s = await _until(lambda: asyncio.to_thread(_settled, bureau), CARRIED_OUT_S)
    found = Findings()
    ask = bureau.ask
    kept = {row.key: row.receipt for row in ask(ENTRIES, keys=list(ledger.receipts))}
    found.must_be_empty("acknowledged and lost", [key for key in ledger.receipts if key not in kept])
    found.must_be_empty("acknowledged otherwise", [k for k, r in ledger.receipts.items() if k in kept and kept[k] != r])
    found.must_be_empty("repeated and answered otherwise", ledger.changed)
    opened = [number for receipt in ledger.receipts.values() for number in receipt["opened"]]
    there = {row.number for row in ask(NUMBERS, numbers=opened)}
    found.must_be_empty("promised and never opened", [number for number in opened if number not in there])
    found.must_be_empty("promised and not carried out", ask(OUTBOX))
    found.must_be_empty("opened twice", [number for number, times in Counter(opened).items() if times > 1])
    found.must_be_empty("gaps in a chain", ask(GAPS))
    found.must_be_empty("due and not rung", ask(UNRUNG))
    found.must_be_empty("rung twice", ask(RINGS))
    found.must_be_empty("told of a ring twice", ask(NOTICES))
    found.must_be_empty("deliveries under way", ask(LOST, carried_out=CARRIED_OUT_S))
    _delivered(found, ask(DELIVERIES, carried_out=CARRIED_OUT_S), received())
    verified = await asyncio.to_thread(bureau.verify)
    if verified.returncode:
        found.wrong["louke verify"] = [verified.stdout[-800:], verified.stderr[-400:]]
    _figures(found, bureau, ledger, back_s, settled_s)
    return found


def _settled(bureau: Bureau) -> bool:
    return not (bureau.ask(OUTBOX) or bureau.ask(UNRUNG) or bureau.ask(UNDELIVERED))


def _delivered(found: Findings, sent: list[Any], received: list[dict[str, Any]]) -> None:
    """Each delivery is with its system, once, and those about one matter in the order in which they were numbered."""
    ids = [each["id"] for each in received]
    found.must_be_empty("never received", [row.number for row in sent if row.number not in ids])
    found.must_be_empty("received twice", [each for each, times in Counter(ids).items() if times > 1])
    place = {each: n for n, each in enumerate(ids)}
    last: dict[tuple[str, str], int] = {}
    for row in sent:
        came = place.get(row.number, -1)
        if came < last.get((row.subject, row.system), -1):
            found.wrong.setdefault("received out of order", []).append(row.number)
        last[row.subject, row.system] = came


async def _until(holds: Callable[[], Awaitable[bool]], within: float) -> float:
    """How many seconds it took; `within` if it did not come to that."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    while loop.time() < began + within:
        try:
            if await holds():
                return loop.time() - began
        except Exception:  # noqa: BLE001 - the database may be the part that is away
            await asyncio.sleep(0)
        await asyncio.sleep(_LOOK_AGAIN_S)
    return within


def _figures(found: Findings, bureau: Bureau, ledger: Ledger, back_s: float, settled_s: float) -> None:
    (count,) = bureau.ask(COUNT)
    cuts = quantiles(ledger.took, n=100) if len(ledger.took) > 1 else [0.0] * 99
    found.figures += [
        f"{count.many} matters, {len(ledger.receipts)} steps acknowledged, {ledger.repeated} repeated, {len(ledger.changed)} answered otherwise",
        f"answers with retries: p50 {cuts[49]:.2f} s, p90 {cuts[89]:.2f} s, p99 {cuts[98]:.2f} s, longest {max(ledger.took, default=0):.1f} s",
        f"not answered: {dict(ledger.away.most_common())}",
        f"everything back after {back_s:.1f} s, everything carried out {settled_s:.1f} s after that",
        *(
            f"rings by {row.rung_by}, late p50/p99/max: {' / '.join(f'{each:.2f} s' for each in row.late)}"
            for row in bureau.ask(LATENESS)
        ),
    ]
