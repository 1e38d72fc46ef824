"""Nobody but who fills a sheet in reads it before both are in: by no route, no event, no export, no search, no journal."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any

from tests.api.reviews import assigned, at_stage, decided, review_of, scored, scores
from tests.routes import SEARCHES, example_of
from tests.world import Hand, World, until

SECRET = "仅第一席知道的评语"
# Whoever supervises reads what was searched for.
SOUGHT = SECRET[:6]
# Who would like to know: the other reviewer, the unit, the legal department, those above, whoever manages cases, supervises or administers.
CURIOUS = (
    "kongfanlin",
    "yaochunmei",
    "liusiyuan",
    "zhaotiejun",
    "sunjiawei",
    "fangzhengping",
    "jiangruolan",
    "qinwanqing",
    "leijianfeng",
    "mengqiu",
    "zhouminghui",
    "yanshouzheng",
    "guanli",
    "linxiaoyu",
)


async def one_in(bureau: World) -> tuple[str, str, dict[str, str]]:
    """A file of which the first seat has sent its sheet in, and the second has not; its round and its sheets."""
    file = await decided(bureau)
    round_, sheets = await assigned(bureau, (file, "wuhaoran", "kongfanlin"))
    await scored(await bureau.as_("wuhaoran"), sheets[f"{file}/1"], SECRET, i1=1)
    return file, round_, sheets


def valued(parameter: dict[str, Any]) -> str:
    """A value for a parameter; the first of whatever is counted."""
    schema = parameter["schema"]
    return example_of(parameter) if schema.get("examples") or schema.get("enum") else "1"


async def asked(hand: Hand, document: dict[str, Any], numbers: Sequence[str]) -> AsyncIterator[tuple[str, str]]:
    """Every route that answers a question, asked about each of those matters if it is about one: its path, and what it said."""
    for path, said in document["paths"].items():
        operation = said.get("post" if path in SEARCHES else "get")
        if not operation or path == "/api/events" or not path.startswith("/api/"):
            continue
        declared = {each["name"]: each for each in operation.get("parameters", ()) if each["in"] != "header"}
        needed = {
            name: each for name, each in declared.items() if each["required"] or name == "number" or "examples" in each["schema"]
        }
        words = dict.fromkeys(SEARCHES[path], SOUGHT) if path in SEARCHES else None
        for number in numbers if "number" in needed else numbers[:1]:
            values = {name: number if name == "number" else valued(each) for name, each in needed.items()}
            query = {name: value for name, value in values.items() if needed[name]["in"] == "query"}
            address = path.format(**values)
            answer = await (hand.http.post(address, json=words, params=query) if words else hand.get(address, **query))
            yield path, answer.text


async def test_no_route_tells_anybody_else_of_a_sheet_before_both_are_in(bureau: World) -> None:
    file, round_, sheets = await one_in(bureau)
    review = await review_of(bureau, file)
    document = bureau.app.openapi()
    for name in CURIOUS:
        hand = await bureau.as_(name)
        numbers = (sheets[f"{file}/1"], review, round_, file)
        told = [path async for path, text in asked(hand, document, numbers) if SECRET in text]
        assert not told, f"{name} reads the sheet by {told}"


async def test_a_sheet_does_not_exist_for_anybody_else_and_nobody_takes_a_step_in_it(bureau: World) -> None:
    file, _, sheets = await one_in(bureau)
    for name in CURIOUS:
        hand = await bureau.as_(name)
        for seat in (1, 2):
            if (name, seat) == ("kongfanlin", 2):
                continue
            sheet = sheets[f"{file}/{seat}"]
            assert (await hand.get(f"/api/matters/{sheet}")).status_code == 404
            assert (await hand.get(f"/api/review-sheets/{sheet}")).status_code == 404
            assert (await hand.try_(sheet, "recuse-reviewer", reason="试试")).status_code == 404
        listed = await hand.get("/api/matters", kind="review-sheet")
        assert listed.json().get("items", []) == []
    own = await (await bureau.as_("kongfanlin")).read("/api/review-sheets")
    assert [each["number"] for each in own["items"]] == [sheets[f"{file}/2"]]


async def test_whoever_has_a_seat_finds_it_among_their_tasks_until_it_is_scored_and_nobody_else_does(bureau: World) -> None:
    file = await decided(bureau)
    _, sheets = await assigned(bureau, (file, "wuhaoran", "kongfanlin"))
    sheet, hand = sheets[f"{file}/1"], await bureau.as_("wuhaoran")

    async def asked_of(who: Hand) -> list[str]:
        return [each["step"] for each in (await who.read("/api/tasks"))["items"] if each["matter"] == sheet]

    assert await asked_of(hand) == ["accept-review"]
    assert [each["matter"] for each in (await hand.read("/api/notices"))["items"]][:1] == [sheet]
    await hand.take(sheet, "accept-review", unrelated=True)
    assert await asked_of(hand) == ["score-file"]
    await hand.take(sheet, "score-file", items=scores())
    assert await asked_of(hand) == []
    for name in ("kongfanlin", "fangzhengping", "sunjiawei"):
        assert await asked_of(await bureau.as_(name)) == []


async def test_whoever_scores_reads_what_they_sent_in(bureau: World) -> None:
    file, _, sheets = await one_in(bureau)
    told = await (await bureau.as_("wuhaoran")).read(f"/api/review-sheets/{sheets[f'{file}/1']}")
    assert {each["note"] for each in told["scores"]} == {SECRET}


async def test_the_review_says_that_a_seat_is_in_and_no_more_and_both_once_the_second_is(bureau: World) -> None:
    file, _, sheets = await one_in(bureau)
    review, legal = await review_of(bureau, file), await bureau.as_("fangzhengping")

    async def seats() -> int:
        return (await legal.read("/api/review-files"))["items"][0]["seats_in"]

    assert await until(seats, lambda many: many == 1)
    (item,) = (await legal.read("/api/review-files"))["items"]
    assert (item["first"], item["second"], item["difference"]) == (None, None, None)
    assert SECRET not in (await legal.get(f"/api/matters/{review}/journal")).text
    await scored(await bureau.as_("kongfanlin"), sheets[f"{file}/2"], i1=1)
    await at_stage(legal, review, "settling")
    assert SECRET in (await legal.get(f"/api/matters/{review}/journal")).text


async def test_of_two_who_send_in_at_once_the_review_hears_of_both(bureau: World) -> None:
    file = await decided(bureau)
    _, sheets = await assigned(bureau, (file, "wuhaoran", "kongfanlin"))
    hands = [await bureau.as_("wuhaoran"), await bureau.as_("kongfanlin")]
    await asyncio.gather(*(scored(hand, sheets[f"{file}/{seat}"]) for seat, hand in enumerate(hands, 1)))
    await at_stage(await bureau.as_("fangzhengping"), await review_of(bureau, file), "settling")
