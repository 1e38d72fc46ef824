"""Trying inspections on history (历史试跑): a batch of the matters of a trial is looked at, as things hold and as they are tried."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from activities.inspecting import MatterRow, load_snapshots
from activities.making_way import make_way
from activities.unit_settings import load_settings
from activities.upkeep import upkeep
from inspections.inspection import Inspection, get_inspections
from inspections.settings import Settings
from inspections.snapshot import Snapshot
from models.store.connection import Query, fetch_all, fetch_first
from models.store.inspection_trials import GO_ON, KEEP_HITS, MOST_HITS, MOST_MATTERS, TAKE, Running
from runtime.database import Pool
from runtime.database_time import read
from runtime.logging import log

# Less than a round takes at once: nobody waits for a trial by the second.
_BATCH = 100

OF_PERIOD = Query[MatterRow]("""
SELECT m.number, m.kind, m.unit_id, m.officer, m.stage, m.stage_since, m.opened_at FROM matter m JOIN unit u ON u.id = m.unit_id
WHERE m.kind = ANY(%(kinds)s) AND m.opened_at >= %(since)s AND m.opened_at < %(until)s AND starts_with(u.path, %(path)s)
    AND NOT m.sealed AND m.number > %(after)s
ORDER BY m.number LIMIT %(most)s
""")


@upkeep("try-inspections", every=timedelta(minutes=10))
async def try_inspections(pool: Pool) -> int:
    """Carry on with the trial that waits longest; the watchdog begins it as soon as one is asked for."""
    async with make_way(), pool.connection() as connection, connection.transaction():
        trial = await fetch_first(connection, TAKE)
        if trial is None:
            return 0
        rule, now = get_inspections().get(trial.rule), (await read(connection)).now
        most = min(_BATCH, MOST_MATTERS - trial.matters)
        asked = {"since": trial.since, "until": trial.until, "path": trial.path, "after": trial.after, "most": most}
        matters = await fetch_all(connection, OF_PERIOD, asked | {"kinds": sorted(rule.kinds) if rule else []})
        settings = await load_settings(connection, {each.unit_id for each in matters})
        known = await load_snapshots(connection, matters, now, settings)
        rows, failed = await asyncio.to_thread(_try_matters, rule, trial, known) if rule else ([], 0)
        capped = trial.matters + len(matters) >= MOST_MATTERS
        await connection.execute(KEEP_HITS, {"trial": trial.id, "hits": json.dumps(rows), "most": MOST_HITS})
        said = {
            "trial": trial.id,
            "after": matters[-1].number if matters else trial.after,
            "matters": len(matters),
            "hits": sum(each["after"] for each in rows),
            "fresh": sum(each["after"] and not each["before"] for each in rows),
            "gone": sum(each["before"] and not each["after"] for each in rows),
            "failed": failed,
            "capped": capped,
            "done": capped or len(matters) < most,
        }
        await connection.execute(GO_ON, said)
    return 1


def _try_matters(rule: Inspection, trial: Running, matters: Sequence[Snapshot]) -> tuple[list[dict[str, Any]], int]:
    """What is found in these matters, and in how many of them the inspection failed."""
    rows, failed = list[dict[str, Any]](), 0
    for matter in matters:
        try:
            rows += _compare_findings(rule, matter, trial.changes)
        except Exception as error:  # noqa: BLE001 - one matter's fault must not keep the others from being looked at
            log.error("process.failed", operation=f"trial of {rule.id}", matter=matter.number, error=error)
            failed += 1
    return rows, failed


def _compare_findings(rule: Inspection, matter: Snapshot, changes: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the inspection finds in it as things hold, and what it would find, switched on, as they are tried."""
    tried: Settings = matter.settings
    for each in changes:
        tried = tried.replace_value(each["name"], each["value"])
    before = {} if matter.settings.is_off(rule.id, matter.now) else {each.about: each for each in rule.look(matter)}
    after = {each.about: each for each in rule.look(replace(matter, settings=tried))}
    return [
        {
            "subject": matter.number,
            "about": about,
            "unit_id": matter.unit,
            "severity": rule.get_severity(found),
            "evidence": [each.build_pointer().model_dump(exclude_defaults=True) for each in found.evidence],
            "before": about in before,
            "after": about in after,
        }
        for about, found in {**before, **after}.items()
    ]
