"""A row with an instant that no calendar of ours has, kept from the time before such were refused, stands in nobody's way."""

import pytest

from tests.api.matters import accepted
from tests.routes import ENDLESS
from tests.world import Hand, World

# In the year before our era, after the last that Python knows, and without end on either side.
BAD = ("0001-12-31 10:00:00+00 BC", "12026-01-01 00:00:00+00", "infinity", "-infinity")


async def spoil(bureau: World, number: str, at: str) -> None:
    """Put that instant wherever the record of a matter bears one that somebody dated."""
    await bureau.ask("UPDATE fact SET at = %(at)s::timestamptz WHERE matter = %(n)s", at=at, n=number)
    await bureau.ask(
        "UPDATE matter SET opened_at = %(at)s::timestamptz, stage_since = %(at)s::timestamptz WHERE number = %(n)s", at=at, n=number
    )
    await bureau.ask(
        """UPDATE clock SET started_at = %(at)s::timestamptz, due_at = %(at)s::timestamptz, liberty = true, colour = 'overdue'
        WHERE matter = %(n)s""",
        at=at,
        n=number,
    )


async def everything_is_read(bureau: World, hand: Hand, number: str) -> None:
    """Every list, board, export and page, of this matter and of all of them."""
    read = []
    for path, item in bureau.app.openapi()["paths"].items():
        address = path.replace("{number}", number)
        if "get" not in item or "{" in address or path in ENDLESS:
            continue
        answer = await hand.get(address, **({"q": "电动自行车"} if path == "/api/search" else {}))
        assert answer.status_code < 500, (address, answer.text)
        assert not any(each in answer.text for each in (" BC", "infinity", "12026")), (address, answer.text)
        read += [path] if answer.status_code == 200 else []
    assert {"/api/matters", "/api/clocks", "/api/boards/red-cards", "/api/exports/clocks", "/api/matters/{number}/course"} <= set(
        read
    )
    for each in await hand.read(f"/api/matters/{number}/clocks"):
        assert (await hand.read(f"/api/clocks/{each['id']}"))["id"] == each["id"]


async def to_the_end(hand: Hand, path: str) -> list[str]:
    """Every matter of a list, one page after the other."""
    seen, cursor = list[str](), None
    while True:
        page = await hand.read(path, limit=1, **({"cursor": cursor} if cursor else {}))
        seen += [each.get("matter") or each["number"] for each in page["items"]]
        cursor = page["next"]
        if cursor is None or len(seen) > 50:
            return seen


async def put_right(bureau: World, officer: Hand, number: str) -> None:
    """Correct when the first fact of a case happened."""
    await officer.take(number, "correct-record", fact_seq=1, happened_at="2026-11-01T10:00:00+08:00", reason="时间误录")
    await (await bureau.as_("zhaotiejun")).approve(number, "correct-record")


@pytest.mark.parametrize("at", BAD)
async def test_a_matter_with_such_a_row_is_read_everywhere_and_goes_on(bureau: World, at: str) -> None:
    number, officer = await accepted(bureau)
    others = [(await accepted(bureau))[0] for _ in range(2)]
    await spoil(bureau, number, at)
    head = await bureau.as_("zhouminghui")
    await everything_is_read(bureau, head, number)
    assert sorted(await to_the_end(head, "/api/matters")) == sorted([number, *others])
    clocks = await to_the_end(head, "/api/clocks")
    assert {number, *others} == set(clocks)
    assert len(clocks) == len(await bureau.ask("SELECT 1 FROM clock WHERE limit_id <> 'canary' AND state = 'running'"))
    if not at.startswith(("0001", "-")):  # nothing can have happened after it: it must be set right first
        await put_right(bureau, officer, number)
    await officer.take(number, "file-case", charge="xf-264", grounds="有犯罪事实，需要追究刑事责任")
    await head.approve(number, "file-case")
    assert (await head.card(number))["stage"] == "investigation"
    await everything_is_read(bureau, head, number)


async def test_a_request_dated_in_a_zone_that_is_nowhere_keeps_nobody_from_the_others(bureau: World) -> None:
    number, officer = await accepted(bureau)
    await officer.take(number, "file-case", charge="xf-264", grounds="有犯罪事实，需要追究刑事责任")
    await bureau.ask(
        """UPDATE matter SET requests = jsonb_set(requests, '{0,asked_at}', '"5900-08-19T13:28:53-19:44"') WHERE number = %(n)s""",
        n=number,
    )
    head = await bureau.as_("zhouminghui")
    assert [each["matter"] for each in (await head.read("/api/boards/station/awaiting"))["items"]] == [number]
