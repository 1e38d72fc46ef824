"""What the OpenAPI document says of an answer is what the answer is: every route that describes one is asked, and held against it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any, NamedTuple

import httpx
from jsonschema import Draft202012Validator

from activities.reporting import Reporting
from models.readmodel.report_types import report_types
from seeds.bureau import DEMO_PASSWORD
from seeds.open_cases import build_workbook
from tests.api.accounts import sign_in
from tests.api.matters import reported, requested
from tests.documents.test_api import press
from tests.moving_in import sent
from tests.routes import SEARCHES, example_of
from tests.world import Hand, World, until
from workflows.registry import get_settled_stages, get_stage_names

# At which entry a matter's request was made.
REQUESTED = "SELECT max(seq)::int AS seq FROM entry WHERE chain = %(number)s AND step IN ('file-case', 'request-arrest')"

# Whose offices together may read every route, each asked where those before may not.
READERS = ("guanli", "mengqiu", "leijianfeng", "zhaotiejun")
# What is asked after an inbound message, which tests of its own hold against its contract; and case review, where each reads what is theirs
# alone, the counter, which answers whoever has a code, and what is veiled: the tests of that have every answer checked.
ELSEWHERE = ("/api/inbound/", "/api/review-", "/api/drive", "/api/counter/", "/api/matters/{number}/veiled")
# Lists in which nothing stands until a watchdog has gone its rounds; the tests of their routes look at what is in them.
WANT_A_WATCHDOG = {
    "/api/boards/red-cards.items",
    "/api/admin/messages.items",
    "/api/admin/deliveries.items",
    "/api/admin/verification.items",
    "/api/alerts.items",
    "/api/inspection-quality",
    "/api/link-series.items",
    "/api/matters/{number}/findings",
}


class Described(NamedTuple):
    """A route that answers whoever reads it with JSON: its operation, and the schema by which the document describes the answer."""

    operation: Mapping[str, Any]
    schema: dict[str, Any]


def described(world: World) -> dict[str, Described]:
    """Every such route by its path."""
    document = world.app.openapi()
    found = dict[str, Described]()
    for path, said in document["paths"].items():
        operation = said.get("post" if path in SEARCHES else "get", {})
        answer = operation.get("responses", {}).get("200", {}).get("content", {}).get("application/json")
        if answer and path.startswith("/api/") and not path.startswith(ELSEWHERE):
            found[path] = Described(operation, answer["schema"] | {"components": document["components"]})
    return found


async def read_by_somebody(hands: Sequence[Hand], path: str, operation: Mapping[str, Any], here: Mapping[str, str]) -> Any:
    """The answer to the first of these people who may read it, about what is `here`, or else by the examples of the contract."""
    declared = {each["name"]: each for each in operation.get("parameters", ()) if each["in"] != "header"}
    needed = {name: each for name, each in declared.items() if each["required"] or "examples" in each["schema"]}
    values = {name: here.get(name) or example_of(each) for name, each in needed.items()}
    asked = {name: value for name, value in values.items() if needed[name]["in"] == "query"}
    words = dict([*SEARCHES.get(path, {}).items()][:1])
    answers = list[httpx.Response]()
    for hand in hands:
        address = path.format(**values)
        answers.append(await (hand.http.post(address, json=words) if words else hand.get(address, **asked)))
        if answers[-1].status_code not in (403, 404):
            break
    assert answers[-1].status_code == 200, f"{path}: {answers[-1].text}"
    return answers[-1].json()


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


async def a_report(bureau: World) -> str:
    """The morning handover of the station."""
    await Reporting(bureau.ctx.pool, get_stage_names(), get_settled_stages()).make(report_types()["morning-handover"])
    ((report,),) = await bureau.ask("SELECT id::text FROM report WHERE unit_id = 'chengguan'")
    return report


async def supervised(bureau: World, case: str) -> None:
    """An order over that case, and a supervision of it."""
    supervisor = await bureau.as_("leijianfeng")
    await supervisor.open("rectification-order", subject=case, problem="视音频缺失", demand="补齐并说明原因")
    offices = {"members": ["case-management-officer", "legal-reviewer"], "lead": "legal-reviewer", "conditions": ["sent"]}
    await supervisor.open("supervision", subject=case, level="station", reason="久拖不决", **offices)


async def a_trial(bureau: World) -> str:
    """A rule that is to be tried on the matters of a month."""
    asked = {"unit": "qinglan", "since": "2026-11-01", "until": "2026-11-30"}
    answer = await (await bureau.as_("leijianfeng")).post("/api/inspections/incident-graded-down/trials", **asked)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["id"])


async def test_every_answer_is_as_the_document_describes_it(bureau: World) -> None:
    suspect, case = await a_case_at_work(bureau)
    await supervised(bureau, case)
    await (await bureau.as_("mengxiaolan")).open("letter", channel="post", sort="help", narrative="请求帮助联系家属")
    await bureau.ask("INSERT INTO second_factor VALUES ('xuyating', 'secret', 'one', now(), now())")
    routes, seen = described(bureau), dict[str, bool]()
    assert [path for path, route in routes.items() if not names_members(route.schema)] == []
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
    ledger = await sent(await bureau.as_("qinwanqing"), "/api/case-ledgers", build_workbook(datetime.now(UTC)))
    report, trial = await a_report(bureau), await a_trial(bureau)
    await press(bureau)
    readers = [await bureau.as_(username) for username in READERS]
    for hand in [await bureau.as_(username) for username in ("liusiyuan", "zhouminghui")]:
        for number in (suspect, case):
            clock = (await hand.read(f"/api/matters/{number}/clocks"))[0]["id"]
            ((seq,),) = await bureau.ask(REQUESTED, number=number)
            here = {"number": number, "clock_id": clock, "seq": str(seq), "digest": ledger["ledger"]["digest"]}
            ((paper,),) = await bureau.ask("SELECT min(id) FROM document WHERE matter = %(number)s", number=number)
            here |= {"report_id": report, "trial_id": trial, "document": str(paper)}
            for path, (operation, schema) in routes.items():
                answer = await read_by_somebody([hand, *readers], path, operation, here)
                faults = [f"{path} {each.json_path}: {each.message}" for each in Draft202012Validator(schema).iter_errors(answer)]
                assert faults == []
                for where, some in lists_in(answer, path):
                    seen[where] = seen.get(where, False) or some
    # Of a list in which nothing ever stood, nothing was held against its description.
    empty = {where for where, some in seen.items() if not some and (where in routes or where.endswith(".items"))}
    assert empty == WANT_A_WATCHDOG
