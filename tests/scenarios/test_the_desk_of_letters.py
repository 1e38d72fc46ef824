"""Who keeps letters has one desk: what waits, how letters came out, and the list of each count; whoever wrote hears by telephone how far it is."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from tests.sandbox import Sandbox
from tests.scenarios.fraud import filed_case, team
from tests.scenarios.test_letters_are_kept_from_whom_they_are_about import DENOUNCED
from tests.scenarios.test_s06_a_letter_to_the_chief import ANSWER, COMPLAINT, concluded, signed
from tests.world import Hand, World, until

OUTCOMES = ("kept", "late", "broken", "running")


async def _list(hand: Hand, board: Any, **asked: Any) -> list[Any]:
    """The letters that the list shows for a count of that board."""
    return (await hand.read("/api/letters", **{"from": board["since"], "to": board["until"]}, **asked))["items"]


async def _check_counts(desk: Hand, board: Any) -> None:
    """Each count of the board and of its queues is that of the list behind it."""
    for by, rows in (("came_by", "channels"), ("nature", "sorts"), ("subclass", "classes"), ("score", "scores")):
        for row in board[rows]:
            asked = {by: row["code"]}
            counts = [len(await _list(desk, board, **asked, **state)) for state in ({}, {"state": "open"}, {"state": "repeated"})]
            assert counts == [row["count"], row["open"], row["repeated"]], asked
    for row in board["promises"]:
        counts = [len(await _list(desk, board, promise=row["code"], outcome=each)) for each in OUTCOMES]
        assert counts == [row[each] for each in OUTCOMES], row["code"]
    for of, row in zip(board["of_units"], board["promises_of_units"], strict=True):
        unit = {"unit": row["code"], "alone": True}
        assert len(await _list(desk, board, **unit)) == of["count"], row["code"]
        counts = [len(await _list(desk, board, **unit, outcome=each)) for each in OUTCOMES]
        assert counts == [row[each] for each in OUTCOMES], row["code"]
    for queue in (each for element in board["elements"] for each in element["queues"]):
        found = (await desk.read("/api/boards/six-elements/queued", which=queue["queue"]))["items"]
        assert len(found) == queue["count"], queue["queue"]


async def _answered(county: World) -> tuple[Hand, str, datetime]:
    """A complaint that was answered to its writer's content."""
    desk, number, came = await signed(county)
    handler = await county.as_("xuyating")
    await desk.take(number, "classify-letter", labels=["1.03.01", "4.04.01"])
    await desk.take(number, "assign-letter", unit="chengguan", officer="xuyating")
    await handler.take(number, "accept-petition", told="您反映的事项已经受理")
    await concluded(handler, await county.as_("zhaotiejun"), number)
    await desk.take(number, "evaluate-letter", score="satisfied")
    return desk, number, came


async def test_each_count_of_the_desk_opens_just_the_letters_that_it_counts(county: World) -> None:
    desk, first, came = await _answered(county)
    _, repeat, _ = await signed(county, channel="visit", sort="appeal")
    tip = (await desk.open("letter", **DENOUNCED))["number"]
    board = await desk.read("/api/boards/letters", **{"from": f"{came - timedelta(days=1):%Y-%m-%d}"})
    total = board["total"]
    assert [total[name] for name in ("count", "open", "satisfied", "evaluated", "repeated", "reopened")] == [3, 2, 1, 1, 1, 0]
    assert {each["code"]: each["count"] for each in board["channels"]} == {"chief-mailbox": 1, "visit": 1, "post": 1}
    (labelled,) = [each for each in board["classes"] if each["code"] != "none"]
    assert (labelled["code"], labelled["zh"], labelled["count"]) == ("1.03", "执法办案·案件进展", 1)
    sign = next(each for each in board["promises"] if each["code"] == "sla-mailbox-sign")
    assert (sign["kept"], sign["late"], sign["broken"], sign["mean_minutes"]) == (1, 0, 0, 7)
    await _check_counts(desk, board)
    assert [each["number"] for each in await _list(desk, board, state="repeated")] == [repeat]
    (row,) = await _list(desk, board, score="satisfied")
    assert (row["number"], row["channel_zh"], row["sort_zh"]) == (first, "局长信箱", "投诉")
    assert (row["subclass_zh"], row["score_zh"], row["officer_zh"]) == ("执法办案·案件进展", "满意", "许雅婷")
    queues = {each["queue"]: each["count"] for element in board["elements"] for each in element["queues"]}
    assert (queues["letter-unsigned"], queues["letter-unassigned"], queues["letter-unlabelled"]) == (1, 1, 1)

    # Whom it denounces, and their unit, count a letter less, and find it in no list and no sheet.
    period = {"from": board["since"], "to": board["until"]}
    for person in ("sunjiawei", "wuhaoran"):
        theirs = await county.as_(person)
        seen = [(await theirs.get(path, **period)).text for path in ("/api/boards/letters", "/api/letters", "/api/exports/letters")]
        assert tip not in "".join(seen)
        assert (await theirs.read("/api/boards/letters", **period))["total"]["count"] == 0, person


async def test_a_repeat_is_proposed_and_the_sheet_names_nobody_who_wrote(county: World) -> None:
    desk, first, came = await signed(county, channel="visit", sort="appeal")
    _, again, _ = await signed(county, channel="visit", sort="appeal")
    proposed = (await desk.read("/api/boards/six-elements/queued", which="letter-repeats"))["items"]
    assert [each["matter"] for each in proposed] == [again], "the first of its writer's that is still open leads"
    answer = await desk.get("/api/exports/letters", **{"from": f"{came - timedelta(days=1):%Y-%m-%d}", "nature": "appeal"})
    headings, *rows = load_workbook(BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True)
    shown = [dict(zip(headings, each, strict=True)) for each in rows]
    assert [(each["编号"], each["渠道"], each["性质"], each["重复的来信"]) for each in shown] == [
        (first, "来访", "申诉求决", None),
        (again, "来访", "申诉求决", first),
    ]
    assert "13900001001" not in str(shown) and "程守正" not in str(shown)


async def test_what_a_letter_is_about_is_looked_into_in_three_days_and_not_by_whom_it_complains_of(county: World) -> None:
    desk, number, came = await signed(county)
    case = await filed_case(await team(county), came)
    before = datetime.now(UTC)
    (task,) = (await desk.take(number, "link-letter", number=case))["opened"]
    head, subject, doer = await county.as_("zhaotiejun"), await county.as_("liusiyuan"), await county.as_("xuyating")
    card = await until(lambda: head.card(task), bool)
    assert (card["unit"], card["stage"], case in card["title"]) == ("chengguan", "issued", True)
    due = datetime.fromisoformat((await head.clock(task, "joint-task-report"))["due_at"])
    assert abs(due - before - timedelta(days=3)) < timedelta(minutes=2)
    for step, form in (("sign-joint-task", {}), ("report-joint-task", {"outcome": "done", "said": "正常办理"})):
        refused = await subject.try_(task, step, **form)
        assert (refused.status_code, "不得参与" in refused.json()["detail"]) == (409, True), step
    await doer.take(task, "sign-joint-task")
    await doer.take(task, "report-joint-task", outcome="done", said="已询问证人，下一步作伤情鉴定，可以告知来信人")
    waits = (await desk.read("/api/boards/six-elements/queued", which="letter-reviews"))["items"]
    assert [each["matter"] for each in waits] == [number]
    assert (await desk.take(task, "accept-joint-task"))["stage"] == "closed"
    assert (await desk.take(number, "link-letter", number=case))["opened"] == [], "and once"
    denounced = (await desk.open("letter", **DENOUNCED))["number"]
    await desk.take(denounced, "sign-letter")
    told = await desk.take(denounced, "link-letter", number=case)
    assert told["opened"] == [], "nobody learns of a denunciation by a task over it"


async def test_whoever_wrote_is_told_by_text_how_far_it_is_and_a_refused_text_is_somebodys_task(
    county: World, sandbox: Sandbox
) -> None:
    desk, number, _ = await signed(county)
    quiet = (await desk.open("letter", **DENOUNCED | {"writer_phone": "13900001002"}))["number"]
    unnamed = (await desk.open("letter", **COMPLAINT | {"anonymous": True, "writer_name": "", "writer_phone": ""}))["number"]
    await desk.take(number, "classify-letter", labels=["1.03.01"])
    await desk.take(number, "assign-letter", unit="chengguan", officer="xuyating")
    await (await county.as_("xuyating")).take(number, "answer-letter", answer=ANSWER)

    async def texts() -> list[Any]:
        return [each["message"]["data"] for each in sandbox.received("sms")]

    told = await until(texts, lambda found: len(found) == 3)
    assert {each["to"] for each in told} == {"+8613900001001"} or {each["to"] for each in told} == {"13900001001"}
    assert [(each["template"], each["variables"]) for each in told] == [
        ("letter-arrived", [number]),
        ("letter-assigned", [number, "城关派出所"]),
        ("letter-answered", [number, "城关派出所"]),
    ]
    words = str(told)
    assert all(secret not in words for secret in ("程守正", "刘思源", "liusiyuan", "纠纷", ANSWER[:8])), (
        "of the case a text says nothing"
    )
    assert not {quiet, unnamed} & {each["matter"] for each in told}, "who denounces, or gave no telephone, is sent none"

    # Whoever takes back what they wrote while a text still waits is not written to.
    sandbox.feels("sms", "down")
    taken_back = (await desk.open("letter", **COMPLAINT | {"channel": "visit"}))["number"]
    await desk.take(taken_back, "withdraw-letter", how_said="当面表示不再反映")
    sandbox.feels("sms")
    (over,) = await until(lambda: _list_ended(county, taken_back), lambda rows: len(rows) == 1)
    assert (over.step, "已经撤回" in over.content) == ("abandon-delivery", True), over
    assert taken_back not in str(await texts())

    # Whose letter was merged hears of the answer under the number of their own.
    _, repeat, _ = await signed(county, writer_name="程守义", writer_phone="13900001003")
    await desk.take(repeat, "merge-letter", into=number, reason="同一事由")
    sandbox.feels("sms", "refusing")
    await _conclude(county, number)
    failed = await until(lambda: _list_failed(county), lambda rows: len(rows) == 2)
    assert {each.subject for each in failed} == {number, repeat}, "what the platform refuses somebody sees to"


async def _list_ended(county: World, number: str) -> list[Any]:
    """How the texts about that letter ended."""
    return await county.ask(
        """SELECT e.step, e.content FROM delivery d JOIN entry e ON e.chain = d.number
        WHERE d.system = 'sms' AND d.subject = %(number)s AND e.position > 1""",
        number=number,
    )


async def _conclude(county: World, number: str) -> None:
    said = {"finding": "partly", "result": "explained", "answer": ANSWER}
    await (await county.as_("xuyating")).take(number, "conclude-letter", **said)
    await (await county.as_("zhaotiejun")).approve(number, "conclude-letter")


async def _list_failed(county: World) -> list[Any]:
    return await county.ask("""SELECT d.subject FROM delivery d JOIN task t ON t.matter = d.number AND t.sort = 'undelivered'
        WHERE d.system = 'sms' AND t.done_at IS NULL""")
