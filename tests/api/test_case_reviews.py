"""One file's review: two score it without knowing of each other, the legal department settles, the unit may object, and what is curable is ordered."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from docx import Document
from openpyxl import load_workbook

from activities.rings import claim
from law.calendar import SHANGHAI
from models.readmodel.reviews import review_results
from operations.verify import verify
from tests.api.reviews import INCIDENTS, assigned, at_stage, decided, review_of, scored, scores
from tests.api.test_review_rounds import refused
from tests.world import Hand, World, until

LATELY = timedelta(days=4)


async def three_days_pass(bureau: World, review: str) -> None:
    """Ring what is due in that review within four days."""
    later = datetime.now(SHANGHAI) + LATELY
    async with bureau.ctx.pool.connection() as connection:
        await claim(connection, later, later, "test", review)


async def settled(bureau: World, *lost: dict[str, float]) -> tuple[str, str, Hand]:
    """A review whose two sheets lost these points, settled and told to the unit; its file, and who keeps it."""
    file = await decided(bureau)
    _, sheets = await assigned(bureau, (file, "wuhaoran", "kongfanlin"))
    review, legal = await review_of(bureau, file), await bureau.as_("fangzhengping")
    for seat, name in enumerate(("wuhaoran", "kongfanlin"), 1):
        await scored(await bureau.as_(name), sheets[f"{file}/{seat}"], **(lost[seat - 1] if lost else {}))
    await at_stage(legal, review, "settling")
    await legal.take(review, "settle-score")
    await legal.take(review, "tell-unit")
    return review, file, legal


async def results(bureau: World, review: str) -> tuple[float, str, list[int]]:
    """What a file comes to."""
    (row,) = await bureau.ask(
        "SELECT result::float AS result, grade, vetoes FROM case_review WHERE number = %(review)s", review=review
    )
    return row.result, row.grade, row.vetoes


async def test_two_sheets_that_agree_are_settled_as_their_mean_and_neither_the_file_nor_the_unit_says_who_scored(
    bureau: World,
) -> None:
    review, file, _ = await settled(bureau, {"i1": 1}, {"i1": 3})
    assert await results(bureau, review) == (98, "excellent", [])
    head = await bureau.as_("zhaotiejun")
    journal = (await head.get(f"/api/matters/{review}/journal")).text
    assert "见处警反馈" in journal
    assert not [name for name in ("wuhaoran", "吴昊然", "kongfanlin", "孔繁林") if name in journal]
    (item,) = (await head.read("/api/review-files"))["items"]
    assert (item["subject"], item["first"], item["second"], item["difference"], item["result"]) == (file, 99, 97, 2, 98)


async def test_the_unit_knows_of_nothing_before_it_is_told(bureau: World) -> None:
    file = await decided(bureau)
    _, sheets = await assigned(bureau, (file, "wuhaoran", "kongfanlin"))
    review = await review_of(bureau, file)
    for seat, name in enumerate(("wuhaoran", "kongfanlin"), 1):
        await scored(await bureau.as_(name), sheets[f"{file}/{seat}"])
    await at_stage(await bureau.as_("fangzhengping"), review, "settling")
    for name in ("zhaotiejun", "liusiyuan"):
        hand = await bureau.as_(name)
        assert (await hand.get(f"/api/matters/{review}")).status_code == 404
        assert (await hand.read("/api/review-files"))["items"] == []
        assert review not in (await hand.get(f"/api/matters/{file}")).text


async def test_a_reviewer_sees_the_file_without_names_and_must_answer_every_item(bureau: World) -> None:
    file = await decided(bureau)
    _, sheets = await assigned(bureau, (file, "wuhaoran", "kongfanlin"))
    hand, sheet = await bureau.as_("wuhaoran"), sheets[f"{file}/1"]
    text = (await hand.get(f"/api/review-sheets/{sheet}")).text
    assert "邻居" in text and "民警甲" in text
    assert not [name for name in ("刘思源", "liusiyuan", "城关派出所", "林晓雨", file) if name in text]
    assert [each["number"] for each in (await hand.read("/api/review-sheets"))["items"]] == [sheet]
    await hand.take(sheet, "accept-review", unrelated=True)
    told = await refused(hand, sheet, "score-file", items=scores()[:-1])
    assert told[:2] == (422, "form-invalid")
    assert "第21项尚未评定" in told[2]


async def test_what_was_entered_after_the_draw_is_shown_as_that(bureau: World) -> None:
    file = await decided(bureau)
    _, sheets = await assigned(bureau, (file, "wuhaoran", "kongfanlin"))
    again = {"classification": "help", "reason": "补充说明"}
    await (await bureau.as_("liusiyuan")).take(file, "reclassify-incident", **again)
    steps = (await (await bureau.as_("wuhaoran")).read(f"/api/review-sheets/{sheets[f'{file}/1']}"))["steps"]
    assert [each["late"] for each in steps if each["step"] == "reclassify-incident"] == [True]
    assert not any(each["late"] for each in steps if each["step"] != "reclassify-incident")


async def test_sheets_that_differ_by_more_than_five_points_are_arbitrated_item_by_item(bureau: World) -> None:
    file = await decided(bureau)
    _, sheets = await assigned(bureau, (file, "wuhaoran", "kongfanlin"))
    review, legal = await review_of(bureau, file), await bureau.as_("fangzhengping")
    # 82 and 90 points: item 11 differs by four, item 15 too.
    await scored(await bureau.as_("wuhaoran"), sheets[f"{file}/1"], i10=9, i11=5, i15=4)
    await scored(await bureau.as_("kongfanlin"), sheets[f"{file}/2"], i10=9, i11=1)
    await at_stage(legal, review, "arbitration")
    assert (await refused(legal, review, "settle-score"))[:2] == (409, "step-not-open")
    told = await refused(legal, review, "arbitrate-score", rulings=[{"item": 11, "verdict": "met", "points": 7}])
    assert "第15项二席认定不一致" in told[2]
    rulings = [
        {"item": 11, "verdict": "partly", "points": 6, "note": "超期一日"},
        {"item": 15, "verdict": "partly", "points": 2, "note": "没有笔录"},
    ]
    await legal.take(review, "arbitrate-score", rulings=rulings)
    assert await results(bureau, review) == (86, "qualified", [])


async def test_a_veto_that_only_one_sees_is_arbitrated_and_where_it_stands_the_file_fails_whatever_the_points(
    bureau: World,
) -> None:
    file = await decided(bureau)
    _, sheets = await assigned(bureau, (file, "wuhaoran", "kongfanlin"))
    review, legal = await review_of(bureau, file), await bureau.as_("fangzhengping")
    await scored(await bureau.as_("wuhaoran"), sheets[f"{file}/1"], i2=8)
    await scored(await bureau.as_("kongfanlin"), sheets[f"{file}/2"], i11=5)
    await at_stage(legal, review, "arbitration")
    rulings = [
        {"item": 2, "verdict": "not", "points": 0, "note": "推诿属实"},
        {"item": 11, "verdict": "met", "points": 7},
    ]
    await legal.take(review, "arbitrate-score", rulings=rulings)
    assert await results(bureau, review) == (92, "unqualified", [2])


async def test_whoever_scored_a_file_settles_it_not(bureau: World) -> None:
    file = await decided(bureau)
    _, sheets = await assigned(bureau, (file, "jiangruolan", "kongfanlin"))
    review = await review_of(bureau, file)
    legal = await bureau.as_("jiangruolan")
    await scored(legal, sheets[f"{file}/1"])
    await scored(await bureau.as_("kongfanlin"), sheets[f"{file}/2"])
    await at_stage(legal, review, "settling")
    assert (await refused(legal, review, "settle-score"))[:2] == (403, "duties-not-separated")


async def test_a_unit_objects_within_three_days_and_two_others_may_raise_and_lower(bureau: World) -> None:
    review, _, legal = await settled(bureau, {"i9": 2, "i11": 1}, {"i9": 2, "i11": 1})
    assert (await results(bureau, review))[0] == 97
    head = await bureau.as_("zhaotiejun")
    await head.take(
        review, "object-to-review", objections=[{"item": 9, "grounds": "已经拍照"}, {"item": 11, "grounds": "当日登记"}]
    )
    rulings = [
        {"item": 9, "verdict": "partly", "points": 3, "note": "照片已附卷"},
        {"item": 11, "verdict": "partly", "points": 4, "note": "次日才登记"},
    ]
    said = {"rulings": rulings, "reasons": "照片属实；登记确已超过二十四小时"}
    # Whoever settled it is no other.
    assert (await refused(legal, review, "recheck-review", **said))[:2] == (403, "duties-not-separated")
    other = await bureau.as_("jiangruolan")
    assert (await other.take(review, "recheck-review", **said))["standing"] == "awaiting-approval"
    assert (await results(bureau, review))[0] == 97
    await (await bureau.as_("zhouminghui")).approve(review, "recheck-review")
    assert await results(bureau, review) == (96, "excellent", [])
    journal = (await head.get(f"/api/matters/{review}/journal")).text
    assert "照片已附卷" in journal
    assert (await other.take(review, "close-review"))["stage"] == "closed"


async def test_an_objection_after_three_days_comes_too_late_and_until_then_nothing_counts(bureau: World) -> None:
    review, _, legal = await settled(bureau)
    assert (await refused(legal, review, "close-review"))[:2] == (409, "law-forbids")
    await three_days_pass(bureau, review)
    head = await bureau.as_("zhaotiejun")
    told = await refused(head, review, "object-to-review", objections=[{"item": 9, "grounds": "已经拍照"}])
    assert told[:2] == (409, "time-limit-expired")
    assert (await legal.take(review, "close-review"))["stage"] == "closed"


async def test_a_file_is_sent_back_by_orders_and_closes_once_they_are_put_right_while_its_score_stays(bureau: World) -> None:
    review, file, legal = await settled(bureau, {"i9": 2}, {"i9": 2})
    await three_days_pass(bureau, review)
    defects = [
        {"item": 9, "category": "801", "problem": "没有现场照片", "demand": "补充现场照片说明"},
        {"item": 20, "category": "502", "problem": "没有回告", "demand": "回告报警人"},
    ]
    await legal.take(review, "send-file-back", defects=defects)

    async def orders() -> list[Any]:
        return await bureau.ask(
            "SELECT number, unit_id, officer FROM matter WHERE kind = 'rectification-order' AND parent = %(file)s ORDER BY number",
            file=file,
        )

    found = await until(orders, lambda rows: len(rows) == 2)
    assert {row.unit_id for row in found} == {"chengguan"}
    told = await refused(legal, review, "close-review")
    assert told[:2] == (409, "law-forbids")
    head, supervisor = await bureau.as_("zhaotiejun"), await bureau.as_("leijianfeng")
    for row in found:
        await head.take(row.number, "sign-rectification")
        await head.take(row.number, "report-rectification", done="已补正")
        await supervisor.take(row.number, "verify-rectification")
    await at_stage(legal, review, "closed")
    assert (await results(bureau, review))[0] == 98


async def test_a_reviewer_who_steps_aside_is_replaced_and_a_seat_that_is_scored_is_not(bureau: World) -> None:
    file = await decided(bureau)
    round_, sheets = await assigned(bureau, (file, "wuhaoran", "kongfanlin"))
    legal, hand = await bureau.as_("fangzhengping"), await bureau.as_("wuhaoran")
    assert (await hand.take(sheets[f"{file}/1"], "recuse-reviewer", reason="与当事人是亲属"))["stage"] == "released"
    said = {"file": file, "seat": 1, "reason": "回避"}
    assert (await refused(legal, round_, "replace-reviewer", **said, reviewer="kongfanlin"))[0] == 422
    assert (await refused(legal, round_, "replace-reviewer", **said, reviewer="liusiyuan"))[0] == 403
    await legal.take(round_, "replace-reviewer", **said, reviewer="tangzhiyuan")
    other = await bureau.as_("tangzhiyuan")

    async def mine() -> list[Any]:
        return (await other.read("/api/review-sheets"))["items"]

    (sheet,) = await until(mine, len)
    await scored(other, sheet["number"])
    assert (await refused(legal, round_, "replace-reviewer", **said, reviewer="yaochunmei"))[:2] == (409, "law-forbids")
    assert (await hand.get(f"/api/review-sheets/{sheets[f'{file}/1']}")).status_code == 404


async def test_a_round_is_published_once_every_unit_was_told_and_closed_once_every_file_is(bureau: World) -> None:
    review, _, legal = await settled(bureau)
    await three_days_pass(bureau, review)
    (row,) = await bureau.ask("SELECT round FROM case_review WHERE number = %(review)s", review=review)
    await legal.take(row.round, "publish-results", summary="总体较好")
    assert (await refused(legal, row.round, "close-review-round"))[:2] == (409, "law-forbids")
    await legal.take(review, "close-review")
    assert (await legal.take(row.round, "close-review-round"))["stage"] == "closed"
    assert verify(bureau.settings).faults == []
    (item,) = (await legal.read("/api/review-rounds"))["items"]
    assert (item["population"], item["files"]["drawn"], item["files"]["mean"]) == (1, 1, 100)
    told = await legal.read("/api/review-results", to=(datetime.now(SHANGHAI) + LATELY).date().isoformat())
    assert [(each["unit"], each["files"], each["mean"]) for each in told["units"]] == [("chengguan", 1, 100)]


async def test_items_on_which_points_were_lost_are_counted_by_files(bureau: World) -> None:
    review, _, legal = await settled(bureau, {"i9": 2}, {"i9": 2})
    until_then = {"to": (datetime.now(SHANGHAI) + LATELY).date().isoformat()}
    # What the unit may still object to counts for nothing.
    assert (await legal.read("/api/review-results", **until_then))["lost"] == []
    await three_days_pass(bureau, review)
    (lost,) = (await legal.read("/api/review-results", **until_then))["lost"]
    book = load_workbook(BytesIO((await legal.get("/api/review-results/workbook", **until_then)).content))
    assert book.sheetnames == ["城关派出所", "失分项目", "导出说明"]
    assert "第9项 固定提取证据、拍照：见处警反馈" in [cell.value for cell in book["城关派出所"][2]]
    notice = await legal.get("/api/review-results/document", **until_then)
    assert "评查通报" in "".join(each.text for each in Document(BytesIO(notice.content)).paragraphs)
    assert (lost["item"], lost["title"], lost["files"], lost["points"], lost["before"]) == (9, INCIDENTS.get_item(9).title, 1, 2, 0)


async def objection_lapsed(bureau: World, review: str) -> None:
    """Let the three days of the unit be over, as of now."""
    await three_days_pass(bureau, review)
    clock = "UPDATE clock SET ended_at = now() WHERE matter = %(review)s AND limit_id = 'review-objection' RETURNING id"
    assert await bureau.ask(clock, review=review)


async def test_a_result_counts_for_unit_and_officer_once_nobody_can_object_and_says_by_which_review(bureau: World) -> None:
    review, _, _ = await settled(bureau, {"i9": 2}, {"i9": 4})
    head, officer = await bureau.as_("zhouminghui"), await bureau.as_("liusiyuan")

    async def counted(indicator: str) -> list[tuple[str, bool]]:
        page = await head.read("/api/assessment/sheet/counted", unit="chengguan", indicator=indicator)
        return [(each["matter"], each["above"]) for each in page["items"]]

    async def points() -> list[tuple[str, str, float, str]]:
        items = (await officer.read("/api/personal-index"))["items"]
        found = [point for item in items if item["item"] == "reviews" for point in item["points"]]
        return [(each["matter"], each["about"], each["value"], each["verified_by"]) for each in found]

    assert (await counted("review-mean"), await counted("review-failed"), await points()) == ([], [], [])
    await objection_lapsed(bureau, review)
    assert (await counted("review-mean"), await counted("review-failed")) == ([(review, True)], [(review, False)])
    assert await points() == [(review, "评查定分97分，优秀", 2, "fangzhengping")]
    sheet = await head.read("/api/assessment/sheet", unit="chengguan")
    (mean,) = [each for each in sheet["indicators"] if each["indicator"] == "review-mean"]
    assert (mean["above"], mean["below"], mean["mean"], mean["why"]) == (1, 1, True, "1/1，不足5件，不计分")


async def test_a_review_counts_in_the_month_in_which_the_right_to_object_lapsed_whenever_it_is_closed(bureau: World) -> None:
    review, _, legal = await settled(bureau, {"i9": 2}, {"i9": 4})
    await three_days_pass(bureau, review)
    now = datetime.now(SHANGHAI)

    async def lapsed_long_ago() -> None:
        days = "UPDATE clock SET due_at = now() - interval '40 days' WHERE matter = %(review)s AND limit_id = 'review-objection'"
        await bureau.ask(days, review=review)

    async def counted(since: int, until: int) -> list[str]:
        async with bureau.ctx.pool.connection() as connection:
            found = await review_results(connection, now - timedelta(days=since), now - timedelta(days=until))
        return [each.review for each in found]

    await lapsed_long_ago()
    assert (await counted(50, 30), await counted(30, -1)) == ([review], [])
    await legal.take(review, "close-review")
    await lapsed_long_ago()  # closing it reckons its clocks anew
    assert (await counted(50, 30), await counted(30, -1)) == ([review], [])


async def test_the_review_of_a_file_that_is_sealed_since_is_sealed_with_it_and_its_round_is_not(bureau: World) -> None:
    review, file, legal = await settled(bureau)
    head, officer = await bureau.as_("zhaotiejun"), await bureau.as_("liusiyuan")
    other = await bureau.as_("machao")
    assert (await other.get(f"/api/matters/{review}")).status_code == 200
    await officer.take(file, "seal-file", grounds="涉及未成年人")
    await head.approve(file, "seal-file")
    assert [(await hand.get(f"/api/matters/{review}")).status_code for hand in (other, legal)] == [404, 200]
    assert (await other.read("/api/review-files"))["items"] == []
    (row,) = await bureau.ask("SELECT sealed FROM matter WHERE kind = 'review-round'")
    assert not row.sealed
