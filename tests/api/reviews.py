"""What the tests of case review begin with: files that were decided, a round drawn from them, and sheets filled in."""

from datetime import datetime
from typing import Any

from law.calendar import SHANGHAI
from models.reviews.checklists import get_checklists
from tests.world import Hand, World, until

REVIEWERS = ("sunjiawei", "wuhaoran", "yaochunmei", "kongfanlin", "shengyong", "tangzhiyuan")
INCIDENTS = get_checklists()["incident"]


async def decided(bureau: World, unit: str = "chengguan", officer: str = "liusiyuan") -> str:
    """An incident of that unit that was dealt with."""
    desk, hand = await bureau.as_("linxiaoyu"), await bureau.as_(officer)
    said = {"kind": "求助", "place": "城关镇河滨路", "narrative": "邻居王小二欠款不还", "unit": unit}
    number = (await desk.open("incident", **said))["number"]
    await desk.take(number, "dispatch-incident", unit=unit, officer=officer)
    await hand.take(number, "arrive-on-scene")
    await hand.take(number, "classify-incident", classification="help", reason="群众求助")
    await hand.take(number, "close-incident", outcome="已帮助解决")
    return number


def plan(**said: Any) -> dict[str, Any]:
    """A plan over what was decided today."""
    today = datetime.now(SHANGHAI).date().isoformat()
    form = {"topic": "接处警月度抽查", "checklist": "incident", "since": today, "until": today, "reviewers": REVIEWERS}
    return form | said


async def drawn(bureau: World, **said: Any) -> tuple[str, Hand]:
    """A round that was drawn, and who keeps it."""
    legal = await bureau.as_("fangzhengping")
    number = (await legal.open("review-round", **plan(**said)))["number"]
    await legal.take(number, "draw-files")
    return number, legal


async def assigned(bureau: World, *files: tuple[str, str, str]) -> tuple[str, dict[str, str]]:
    """A round whose files were given to two each, as `(file, first, second)`; and the sheets by file and seat: `XA…/1`."""
    number, legal = await drawn(bureau)
    given = [{"file": file, "first": first, "second": second} for file, first, second in files]
    await legal.take(number, "assign-reviewers", assignments=given)

    async def sheets() -> dict[str, str]:
        rows = await bureau.ask(
            "SELECT r.subject || '/' || s.seat AS place, s.number FROM review_sheet s JOIN case_review r ON r.number = s.review "
            "WHERE r.round = %(round)s AND s.released_at IS NULL",
            round=number,
        )
        return {row.place: row.number for row in rows}

    return number, await until(sheets, lambda found: len(found) == 2 * len(files))


def scores(note: str = "见处警反馈", **lost: float) -> list[dict[str, Any]]:
    """A whole sheet, but for these items: `i9=1` is a point less."""
    items = []
    for item in INCIDENTS.items:
        less = lost.get(f"i{item.number}", 0)
        verdict = "met" if not less else "not" if less == item.points else "partly"
        items.append({"item": item.number, "verdict": verdict, "points": item.points - less, "note": note})
    return items


async def scored(hand: Hand, sheet: str, note: str = "见处警反馈", /, **lost: float) -> None:
    """Take a sheet on, and send it in."""
    await hand.take(sheet, "accept-review", unrelated=True)
    await hand.take(sheet, "score-file", items=scores(note, **lost))


async def review_of(bureau: World, file: str) -> str:
    """The number of the review of that file."""
    (row,) = await bureau.ask("SELECT number FROM case_review WHERE subject = %(file)s AND NOT voided", file=file)
    return row.number


async def at_stage(hand: Hand, number: str, stage: str) -> None:
    """Wait until a matter has come to that stage."""

    async def there() -> str:
        answer = await hand.get(f"/api/matters/{number}")
        return answer.json()["stage"] if answer.status_code == 200 else ""

    await until(there, lambda found: found == stage)
