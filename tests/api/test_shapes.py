"""What the OpenAPI document says of an answer is what the answer is: every route that describes one is asked, and held against it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Any

from jsonschema import Draft202012Validator

from seeds.bureau import DEMO_PASSWORD
from seeds.open_cases import workbook
from tests.api.accounts import sign_in
from tests.api.matters import reported, requested
from tests.moving_in import sent
from tests.world import World, until

# At which entry a matter's request was made.
REQUESTED = "SELECT max(seq)::int AS seq FROM entry WHERE chain = %(number)s AND step IN ('file-case', 'request-arrest')"

NAMED = {
    "limit_id": "criminal-filing-review",
    "year": "2026",
    "username": "liusiyuan",
    "step": "file-case",
    "inspection_id": "incident-graded-down",
}
# What is asked for in the body, and in the address.
SEARCHED = {
    "/api/search": {"q": "贺文涛"},
    "/api/matters/find": {"q": "贺文涛"},
    "/api/admin/people/find": {"q": "刘思源"},
    "/api/incidents/similar": {"place": "河滨路"},
}
ASKED = {
    "/api/law/articles": {"cited": "《刑事诉讼法》第九十一条"},
    "/api/boards/supervision/counted": {"figure": "filed"},
}

# What is read by some alone, and by whom of them.
READERS = {
    "/api/admin/": "guanli",
    "/api/appointments": "guanli",
    "/api/calendar/{year}/proposal": "guanli",
    "/api/reading-traces": "mengqiu",
    "/api/bureau-journal": "mengqiu",
    "/api/second-factors": "mengqiu",
    "/api/comings": "mengqiu",
    "/api/case-ledgers": "leijianfeng",
}

# What is no JSON, never ends, or is asked after an inbound message, which tests of its own hold against its contract.
NOT_READ = ("/api/events", "/api/inbound/", "/documents/{document}", "/dossier/{item}", ".xlsx", "/api/exports/")
# Lists in which nothing stands until a watchdog has gone its rounds; the tests of their routes look at what is in them.
WANT_A_WATCHDOG = {
    "/api/boards/red-cards.items",
    "/api/admin/messages.items",
    "/api/admin/deliveries.items",
    "/api/admin/verification.items",
}


def described(world: World) -> dict[str, Any]:
    """Every address that answers whoever reads it with JSON, and the schema by which the document describes that."""
    document = world.app.openapi()
    return {
        path: said[way]["responses"]["200"]["content"]["application/json"]["schema"] | {"components": document["components"]}
        for path, said in document["paths"].items()
        if (way := "post" if path in SEARCHED else "get") in said
        and "application/json" in said[way]["responses"]["200"].get("content", {})
        and path.startswith("/api/")
        and not any(each in path for each in NOT_READ)
    }


def names_members(schema: dict[str, Any]) -> bool:
    """Whether a schema says what is in an answer."""
    return "$ref" in schema or "$ref" in schema.get("items", {})


def lists_in(answer: Any, at: str = "") -> Iterator[tuple[str, bool]]:
    """Every list of an answer by where it stands, and whether anything is in it."""
    if isinstance(answer, dict):
        for name, value in answer.items():
            yield from lists_in(value, f"{at}.{name}")
    if isinstance(answer, list):
        yield at, bool(answer)
        for value in answer:
            yield from lists_in(value, at)


async def a_case_at_work(bureau: World) -> tuple[str, str]:
    """A criminal case with a document, a request awaiting approval, a copy of it, a scan, a suspect held; and one of its clocks."""
    await reported(bureau)
    case, officer = await requested(bureau)
    head = await bureau.as_("zhouminghui")
    await head.approve(case, "file-case")
    (suspect,) = (await officer.take(case, "name-suspect", name="贺文涛"))["opened"]
    await until(partial(officer.get, f"/api/matters/{suspect}"), lambda found: found.status_code == 200)
    await officer.take(suspect, "execute-detention", place="城关派出所", grounds="可能毁灭证据")
    await head.approve(suspect, "execute-detention")
    await officer.take(suspect, "request-arrest", grounds="有证据证明有犯罪事实")
    await officer.take(suspect, "copy-to", request="request-arrest", persons=["zhouminghui"])
    scan = {"file": ("讯问笔录.pdf", b"%PDF-1.7 scan", "application/pdf")}
    told = {"place": "interrogation", "title": "讯问笔录"}
    assert (await officer.http.post(f"/api/matters/{suspect}/dossier", data=told, files=scan)).status_code == 201
    return suspect, case


async def test_every_answer_is_as_the_document_describes_it(bureau: World) -> None:
    suspect, case = await a_case_at_work(bureau)
    await bureau.ask("INSERT INTO second_factor VALUES ('xuyating', 'secret', 'one', now(), now())")
    schemas, seen = described(bureau), dict[str, bool]()
    assert [path for path, schema in schemas.items() if not names_members(schema)] == []
    administrator = await bureau.as_("guanli")
    await administrator.post("/api/admin/holdings", username="liusiyuan", unit="qinglan", office="county-head")
    days = (await administrator.read("/api/calendar/2026"))["rest_days"]
    proposed = await administrator.post("/api/calendar/2026", rest_days=days, notice="国务院办公厅关于2026年部分节假日安排的通知")
    assert proposed.status_code == 200, proposed.text
    for username in ("liusiyuan", "zhouminghui"):
        assert (await sign_in(bureau, username, DEMO_PASSWORD)).status_code == 200
    away: dict[str, Any] = {"begins": "2030-01-01T08:00:00+08:00", "ends": "2030-01-03T08:00:00+08:00", "reason": "年休假"}
    named = await (await bureau.as_("liusiyuan")).post("/api/absences", deputy="xuyating", **away)
    assert named.status_code == 200, named.text
    ledger = await sent(await bureau.as_("qinwanqing"), "/api/case-ledgers", workbook(datetime.now(UTC)))
    names = NAMED | {"digest": ledger["ledger"]["digest"]}
    readers = {beginning: await bureau.as_(username) for beginning, username in READERS.items()}
    for hand in [await bureau.as_(username) for username in ("liusiyuan", "zhouminghui")]:
        for number in (suspect, case):
            clock = (await hand.read(f"/api/matters/{number}/clocks"))[0]["id"]
            ((seq,),) = await bureau.ask(REQUESTED, number=number)
            for path, schema in schemas.items():
                address = path.format(number=number, clock_id=clock, seq=seq, **names)
                asking = next((reader for beginning, reader in readers.items() if path.startswith(beginning)), hand)
                answer = (
                    await asking.find(address, **SEARCHED[path])
                    if path in SEARCHED
                    else await asking.read(address, **ASKED.get(path, {}))
                )
                faults = [f"{path} {each.json_path}: {each.message}" for each in Draft202012Validator(schema).iter_errors(answer)]
                assert faults == []
                for where, some in lists_in(answer, path):
                    seen[where] = seen.get(where, False) or some
    # Of a list in which nothing ever stood, nothing was held against its description.
    empty = {where for where, some in seen.items() if not some and (where in schemas or where.endswith(".items"))}
    assert empty == WANT_A_WATCHDOG
