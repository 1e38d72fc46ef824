"""What whoever supervises sees of a scenario: alerts, whose turn it is, who was told, and reports as they are made."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from activities.reporting import Reporting
from models.readmodel.report_types import report_types
from tests.world import Hand, World
from workflows.registry import get_settled_stages, get_stage_names


def instant(written: str) -> datetime:
    """An instant as answers write it."""
    return datetime.fromisoformat(written)


async def alerts(manager: Hand) -> list[dict[str, Any]]:
    """The desk of alerts."""
    return (await manager.read("/api/alerts", open=True))["items"]


async def turns(desks: Iterable[Hand], number: str) -> dict[str, str]:
    """In whose list that matter stands, and as what."""
    tasks = [(hand.username, each) for hand in desks for each in (await hand.read("/api/tasks"))["items"]]
    return {username: each["words"] for username, each in tasks if each["matter"] == number}


async def told(hands: Iterable[Hand], number: str, words: str) -> bool:
    """Whether each of them has a notice of that matter which says that."""
    notices = [(await hand.read("/api/notices"))["items"] for hand in hands]
    return all(any(each["matter"] == number and words in each["words"] for each in items) for items in notices)


async def made(county: World, kind: str) -> int:
    """Have that type of report made, wherever it is due and was not; how many."""
    return await Reporting(county.ctx.pool, get_stage_names(), get_settled_stages()).make(report_types()[kind])


async def report(county: World, reader: Hand, kind: str, unit: str = "chengguan") -> dict[str, list[list[Any]]]:
    """The rows of the last report of that type on that unit, by section, made if it was not yet."""
    await made(county, kind)
    item = (await reader.read("/api/reports", unit=unit, type=kind))["items"][0]
    content = (await reader.read(f"/api/reports/{item['id']}"))["content"]
    return {each["id"]: each["rows"] for each in content["sections"]}
