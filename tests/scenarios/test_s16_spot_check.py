"""S16: closed files are drawn at random and scored twice, the unit has one looked at anew, a faulty one is ordered to be put right, and all count in the month."""

from typing import Any

from models.assessment.indicators import USUAL
from tests.api.reviews import at_stage, decided, drawn, review_of, scored
from tests.api.test_case_reviews import objection_lapsed, results, three_days_pass
from tests.scenarios.fraud import Team, opened, team
from tests.scenarios.supervised import report
from tests.scenarios.supervised import told as was_told
from tests.world import Hand, World, until

REVIEWERS = ("wuhaoran", "kongfanlin")
SHEETS = "SELECT s.number FROM review_sheet s JOIN case_review r ON r.number = s.review WHERE r.subject = %(file)s ORDER BY s.seat"


async def lot(county: World, people: Team) -> tuple[str, list[str]]:
    """A round of two of the three files that were closed, by lot; and that anybody who may read it draws the same."""
    files = [await decided(county) for _ in range(3)]
    number, legal = await drawn(county, method="random", size=2, reviewers=list(REVIEWERS))
    (draw,) = await legal.read(f"/api/review-rounds/{number}/draw")
    assert (await people.supervisor.read(f"/api/review-rounds/{number}/draw"))[0] == draw
    assert (draw["same"], {each["number"] for each in draw["population"]}) == (True, set(files))
    return number, [each["number"] for each in draw["population"] if each["taken"]]


async def scored_by_both(county: World, file: str, **lost: float) -> None:
    """Both sheets of that file sent in, with these points lost."""
    rows = await until(lambda: county.ask(SHEETS, file=file), lambda found: len(found) == 2)
    for name, row in zip(REVIEWERS, rows, strict=True):
        await scored(await county.as_(name), row.number, **lost)


async def told(county: World, legal: Hand, file: str) -> str:
    """The review of that file, settled and told to its unit."""
    review = await review_of(county, file)
    await at_stage(legal, review, "settling")
    await legal.take(review, "settle-score")
    await legal.take(review, "tell-unit")
    return review


async def put_right(people: Team, order: str) -> None:
    """The station does what was ordered, and the supervisor finds it so."""
    await people.head.take(order, "sign-rectification")
    await people.head.take(order, "report-rectification", done="已补拍现场照片并附卷")
    await people.supervisor.take(order, "verify-rectification")


async def test_files_are_drawn_by_lot_scored_twice_rechecked_sent_back_and_counted_in_the_month(county: World) -> None:
    people = await team(county)
    round_, (faulty, good) = await lot(county, people)
    given = [{"file": file, "first": REVIEWERS[0], "second": REVIEWERS[1]} for file in (faulty, good)]
    await people.legal.take(round_, "assign-reviewers", assignments=given)
    await scored_by_both(county, faulty, i9=4, i10=10, i11=7, i15=6)
    await scored_by_both(county, good, i9=1)
    reviews = [await told(county, people.legal, file) for file in (faulty, good)]
    failed, fine = reviews
    assert (await results(county, failed))[1:] == ("unqualified", [10])

    # The station has it looked at anew, which another and the head of the bureau decide on.
    assert await was_told((people.head,), failed, "评查")
    await people.head.take(failed, "object-to-review", objections=[{"item": 10, "grounds": "分流有现场询问依据"}])
    ruling = {
        "rulings": [{"item": 10, "verdict": "partly", "points": 6, "note": "定性有依据，说明不足"}],
        "reasons": "申辩部分成立",
    }
    other = await county.as_("jiangruolan")
    await other.take(failed, "recheck-review", **ruling)
    await people.chief.approve(failed, "recheck-review")
    assert await results(county, failed) == (79, "qualified", [])

    # What can be put right is ordered, and the review stays open until it is.
    defects = [{"item": 9, "category": "801", "problem": "没有现场照片", "demand": "补充现场照片说明"}]
    order = await opened(people.legal, await people.legal.take(failed, "send-file-back", defects=defects))
    assert order in [row[0] for row in (await report(county, people.head, "morning-handover"))["orders"]]
    await put_right(people, order)
    await at_stage(people.legal, failed, "closed")
    await three_days_pass(county, fine)
    await objection_lapsed(county, fine)
    await people.legal.take(fine, "close-review")
    await people.legal.take(round_, "publish-results", summary="降格处理须防止")
    assert (await people.legal.take(round_, "close-review-round"))["stage"] == "closed"

    # Both count in the month of the unit, beside the lawful closure rate.
    sheet = await people.chief.read("/api/assessment/sheet", unit="chengguan")
    indicators: dict[str, Any] = {each["indicator"]: each for each in sheet["indicators"]}
    assert indicators["closed-in-time"]["weight"] == USUAL["closed-in-time"]
    counted = await people.chief.read("/api/assessment/sheet/counted", unit="chengguan", indicator="review-mean")
    assert {each["matter"] for each in counted["items"]} == {*reviews}
