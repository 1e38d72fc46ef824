"""Matters that agree are proposed as a series to whoever may know of both, and judged by a person, in both journals."""

from typing import Any

from activities.inspecting import Inspecting
from tests.api.matters import reported
from tests.api.test_rectification_orders import problem
from tests.world import Hand, World, until

CARD = "6222021234567890123"
TOLD = {"kind": "盗窃", "narrative": f"被人诱骗绑定亲情卡后盗刷，收款账户{CARD}"}


async def told(bureau: World, unit: str, place: str) -> str:
    """A theft of that kind, reported to that station."""
    desk = await bureau.as_("linxiaoyu")
    return (await desk.open("incident", unit=unit, place=place, **TOLD))["number"]


async def look(bureau: World) -> None:
    """Inspect what waits, as the worker does a second after each step."""
    while (await Inspecting(bureau.ctx.pool).inspect_due()).after:
        pass


async def series(hand: Hand, **asked: Any) -> list[dict[str, Any]]:
    return (await hand.read("/api/link-series", **asked))["items"]


async def pairs(hand: Hand, **asked: Any) -> set[tuple[str, str]]:
    return {(each["low"], each["high"]) for one in await series(hand, **asked) for each in one["pairs"] if not each["linked"]}


async def test_five_of_one_payee_are_one_series_of_which_each_reader_sees_what_they_may_read(bureau: World) -> None:
    units = ("chengguan", "chengguan", "chengguan", "donghe", "donghe")
    numbers = sorted([await told(bureau, unit, f"第{n}街{n}号") for n, unit in enumerate(units)])
    here = numbers[:3]
    await look(bureau)
    (one,) = await series(await bureau.as_("fangzhengping"))
    assert ([each["number"] for each in one["matters"]], len(one["pairs"])) == (numbers, 10)
    assert one["score"] >= 85
    feature = one["pairs"][0]["features"][0]
    assert (feature["sort"], feature["here"]["seq"], feature["here"]["field"]) == ("account", 1, "narrative")
    assert CARD not in str(one), "what was written is pointed at, not copied"
    # Of what lies in another station an officer of this one is told nothing.
    (mine,) = await series(await bureau.as_("liusiyuan"))
    assert [each["number"] for each in mine["matters"]] == here
    # Looking again changes nothing, and tells nobody anew.
    before = await bureau.ask("SELECT count(*) FROM notice WHERE words LIKE '%%串并案%%'")
    await bureau.ask("INSERT INTO inspection_due (matter) SELECT unnest(%(numbers)s::text[]) RETURNING 1", numbers=numbers)
    await look(bureau)
    assert await bureau.ask("SELECT count(*) FROM notice WHERE words LIKE '%%串并案%%'") == before
    # A sealed one is counted nowhere for whoever may not open it.
    await bureau.ask("UPDATE matter SET sealed = true, officer = '' WHERE number = %(number)s", number=here[0])
    (mine,) = await series(await bureau.as_("liusiyuan"))
    assert [each["number"] for each in mine["matters"]] == here[1:]
    status, slug, _ = await problem(await bureau.as_("liusiyuan"), here[1], "dismiss-link", other=here[0], reason="不是一伙")
    assert (status, slug) == (422, "form-invalid")


async def test_what_was_dismissed_stays_so_until_they_agree_in_something_else(bureau: World) -> None:
    officer = await bureau.as_("liusiyuan")
    low, high = sorted([await told(bureau, "chengguan", "河滨路12号"), await told(bureau, "chengguan", "集市东口")])
    assert (await problem(officer, high, "dismiss-link", other=low, reason="无"))[1] == "form-invalid", "nobody proposed it yet"
    await look(bureau)
    assert (low, high) in await pairs(officer, matter=low)
    await officer.take(high, "dismiss-link", other=low, reason="账户系商户公用收款码，已向支付平台核实")
    assert await pairs(officer, matter=low) == set()
    await bureau.ask("DELETE FROM link_candidate WHERE low = %(low)s RETURNING 1", low=low)
    await bureau.ask("INSERT INTO inspection_due (matter) VALUES (%(low)s) RETURNING 1", low=low)
    await look(bureau)
    assert await pairs(officer, matter=low) == set(), "the journal says so, whatever becomes of the table"
    for number in (low, high):
        desk = await bureau.as_("linxiaoyu")
        await desk.take(number, "dispatch-incident", unit="chengguan", officer="liusiyuan")
        await officer.take(number, "arrive-on-scene", found="嫌疑人电话13911112222")
    await look(bureau)
    assert (low, high) in await pairs(officer, matter=low)


async def test_a_link_stands_in_both_journals_and_on_both_cards_until_it_is_undone(bureau: World) -> None:
    officer = await bureau.as_("liusiyuan")
    low, high = sorted([(await reported(bureau, **TOLD))[0] for _ in range(2)])
    await look(bureau)
    manager = await bureau.as_("qinwanqing")
    found = await manager.read(f"/api/matters/{high}/findings")
    assert [(each["rule"], each["severity"]) for each in found if each["rule"] == "case-link-candidate"] == [
        ("case-link-candidate", "yellow")
    ]
    assert (await problem(officer, low, "unlink-case", other=high, reason="无"))[1] == "step-not-open"
    await officer.take(low, "link-case", other=high, reason="同一收款账户、同一手法，经研判系同一伙人")
    assert await pairs(officer, matter=low) == set()
    assert (await problem(officer, high, "link-case", other=low, reason="再串"))[1] == "form-invalid"

    async def journal() -> list[str]:
        rows = await bureau.ask(
            "SELECT fact FROM fact WHERE matter = %(high)s AND fact LIKE 'case.%%linked' ORDER BY seq", high=high
        )
        return [each.fact for each in rows]

    await until(journal, lambda facts: facts == ["case.linked"], within=20)
    for number, other in ((low, high), (high, low)):
        linked = (await officer.card(number))["links"]["linked"]
        assert [(each["number"], each["zh"]) for each in linked] == [(other, "串案")]
    assert (await problem(officer, high, "unlink-case", other=low, reason="不是"))[1] == "form-invalid", (
        "it is undone where it was made"
    )
    await officer.take(low, "unlink-case", other=high, reason="嫌疑人到案后查明另有其人")
    assert (await officer.card(high))["links"]["linked"] == []
    await until(journal, lambda facts: facts == ["case.linked", "case.unlinked"], within=20)


async def test_a_pair_is_proposed_in_no_finding_of_the_one_once_the_other_is_kept_from_somebody_or_sealed(bureau: World) -> None:
    supervisor, officer = await bureau.as_("mengqiu"), await bureau.as_("liusiyuan")
    for closes in (
        lambda low: supervisor.take(low, "change-kept-from", officers=["liusiyuan"], reason="与其有关"),
        lambda low: bureau.ask("UPDATE matter SET sealed = true WHERE number = %(low)s RETURNING 1", low=low),
    ):
        low, high = sorted([await told(bureau, "chengguan", "城关镇南街9号") for _ in range(2)])
        await look(bureau)
        assert low in (await officer.get(f"/api/matters/{high}/findings")).text
        await closes(low)
        await bureau.ask("INSERT INTO inspection_due (matter) VALUES (%(low)s) RETURNING 1", low=low)
        await look(bureau)  # at the one, and then at that which named it
        await look(bureau)
        assert low not in (await officer.get(f"/api/matters/{high}/findings")).text


async def test_a_score_below_what_is_kept_is_refused(bureau: World) -> None:
    officer = await bureau.as_("liusiyuan")
    assert [(await officer.get("/api/link-series", least=least)).status_code for least in (59, 60, 100, 101)] == [
        422,
        200,
        200,
        422,
    ]
