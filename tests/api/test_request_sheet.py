"""Whoever decides on a request sees in one answer everything that it is decided upon, and nobody sees it who may not read the matter."""

from tests.api.matters import requested
from tests.scenarios.fraud import SUSPECT
from tests.world import Hand, World, until

GROUNDS = "可能毁灭证据"


async def _detention_asked(bureau: World) -> tuple[str, Hand]:
    """A suspect for whose detention the county head is asked, after he sent it back once; his number, and the head."""
    case, officer = await requested(bureau)
    chief = await bureau.as_("zhouminghui")
    await chief.approve(case, "file-case")
    (suspect,) = (await officer.take(case, "name-suspect", **SUSPECT))["opened"]
    await until(lambda: officer.get(f"/api/matters/{suspect}"), lambda answer: answer.is_success)
    await officer.take(suspect, "execute-detention", place="城关派出所", grounds="有嫌疑")
    await chief.take(suspect, "return", request="execute-detention", reason="拘留理由不具体")
    await officer.take(suspect, "execute-detention", place="城关派出所", grounds=GROUNDS)
    return suspect, chief


async def _asked_at(hand: Hand, number: str) -> int:
    (request,) = (await hand.card(number))["requests"]
    return request["seq"]


async def test_a_request_is_seen_whole_by_whoever_decides_and_by_nobody_who_may_not_read_it(bureau: World) -> None:
    suspect, chief = await _detention_asked(bureau)
    seq = await _asked_at(chief, suspect)
    sheet = await chief.read(f"/api/matters/{suspect}/requests/{seq}")
    # Who, what, and nothing by its id.
    assert [(each["name"], each["roles_zh"], each["concerned"]) for each in sheet["people"]] == [
        (SUSPECT["name"], ["犯罪嫌疑人"], True)
    ]
    assert (sheet["step_zh"], sheet["asked_by_zh"], sheet["awaiting"], sheet["liberty"]) == ("执行拘留", "刘思源", True, True)
    words = {each["title"]: "；".join(each["lines"]) for each in sheet["answers"]}
    assert GROUNDS in words.values()
    assert "否" not in words.values()
    # What happened, told where the case was opened; the papers of the case.
    assert sheet["summary"]["told"]
    assert "立案决定书" in {each["title"] for each in sheet["evidence"]}
    # The request's history, the reason with it.
    assert [(each["step"], each["words"]) for each in sheet["history"]] == [
        ("execute-detention", None),
        ("return", "拘留理由不具体"),
        ("execute-detention", None),
    ]
    # The paper as it will be printed, which has used up no number.
    (paper,) = [each for each in sheet["papers"] if each["title"] == "拘留证"]
    text = "\n".join(each["text"] + "".join(map("".join, each["rows"])) for each in paper["lines"])
    assert SUSPECT["name"] in text
    assert "（同意后编号）" in text
    assert not await bureau.ask("SELECT 1 AS n FROM document WHERE type = 'detention-warrant'")

    for stranger in ("wuhaoran", "niuguodong", "guanli"):
        answer = await (await bureau.as_(stranger)).get(f"/api/matters/{suspect}/requests/{seq}")
        assert answer.status_code == 404, stranger
    assert (await chief.get(f"/api/matters/{suspect}/requests/99")).status_code == 404

    await chief.approve(suspect, "execute-detention")
    decided = await chief.read(f"/api/matters/{suspect}/requests/{seq}")
    assert (decided["awaiting"], decided["papers"]) == (False, [])
    assert not await bureau.ask("SELECT 1 AS n FROM document_draft")
    assert len(await bureau.ask("SELECT 1 AS n FROM document WHERE type = 'detention-warrant'")) == 1


async def test_nobody_approves_what_decides_on_liberty_without_having_opened_it_since_others_acted(bureau: World) -> None:
    suspect, chief = await _detention_asked(bureau)
    seq = await _asked_at(chief, suspect)
    path, said = f"/api/matters/{suspect}/steps/approve", {"request": "execute-detention"}
    refused = (await chief.post(path, **said)).json()
    assert (refused["type"].rpartition("/")[2], refused["request_seq"]) == ("request-unseen", seq)
    assert "须先打开审批表查看再同意" in refused["detail"]
    # That another has opened it does not help, nor that it was opened before somebody did more.
    await (await bureau.as_("fangzhengping")).read(f"/api/matters/{suspect}/requests/{seq}")
    assert (await chief.post(path, **said)).status_code == 409
    await chief.read(f"/api/matters/{suspect}/requests/{seq}")
    officer = await bureau.as_("liusiyuan")
    await officer.take(suspect, "urge", request="execute-detention")
    assert (await chief.post(path, **said)).json()["type"].endswith("request-unseen")
    await chief.read(f"/api/matters/{suspect}/requests/{seq}")
    assert (await chief.post(path, **said)).status_code == 200


async def test_what_decides_on_nobodys_liberty_may_be_approved_from_the_list(bureau: World) -> None:
    case, _ = await requested(bureau)
    chief = await bureau.as_("zhouminghui")
    assert (await chief.post(f"/api/matters/{case}/steps/approve", request="file-case")).status_code == 200
