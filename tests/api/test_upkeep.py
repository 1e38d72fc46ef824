"""The administrator's page says of journal and house what the commands say, and who asked."""

import io
from datetime import UTC, datetime

import psycopg
from rich.console import Console

from models.journal import BUREAU
from operations import doctor, verify
from tests.api.matters import accepted, reported
from tests.world import Answer, World
from watchdog.duties.seal_journal import SealJournal
from watchdog.duties.verify_journal import VerifyJournal


async def verified(bureau: World, username: str = "guanli") -> Answer:
    """The newest verification, once the watchdog has carried it out."""
    admin = await bureau.as_(username)
    asked = await admin.post("/api/admin/verification")
    assert (asked.status_code, asked.json()["items"][0]["state"]) == (202, "waiting")
    assert await bureau.watch().get_duty(VerifyJournal).do()
    return (await admin.read("/api/admin/verification"))["items"][0]


async def test_a_journal_that_holds_is_said_to_in_the_words_of_the_command(bureau: World) -> None:
    await accepted(bureau)
    await bureau.watch().get_duty(SealJournal).do()
    told = await verified(bureau)
    assert (told["state_zh"], told["holds"], told["asked_by_zh"], told["faults"]) == ("已核对", True, "关理", [])
    assert datetime.fromisoformat(told["asked_at"]) <= datetime.fromisoformat(told["ended_at"]) <= datetime.now(UTC)
    page = io.StringIO()
    verify.tell(verify.verify(bureau.settings), Console(file=page, width=200))
    assert told["summary"] in page.getvalue()
    for verdict in told["verdicts"]:
        assert f"✓ {verdict['name']}（{verdict['question']}）：{verdict['words']}" in page.getvalue()
    (entry,) = await bureau.ask("SELECT username FROM entry WHERE chain = %(c)s AND step = 'verify-journal'", c=BUREAU)
    assert entry.username == "guanli"


async def test_a_journal_that_was_altered_is_found_out_and_a_sealed_matter_stays_unnamed(bureau: World) -> None:
    altered, _ = await accepted(bureau)
    sealed, _ = await accepted(bureau)
    await bureau.watch().get_duty(SealJournal).do()
    with psycopg.connect(bureau.settings.owner_url) as connection:
        connection.execute("ALTER TABLE entry DISABLE TRIGGER ALL")
        connection.execute("UPDATE entry SET content = replace(content, '电动自行车', '汽车')")
        connection.execute("UPDATE matter SET sealed = true WHERE number = %s", [sealed])
    told = await verified(bureau)
    assert (told["holds"], told["faults_total"] >= 2) == (False, True)
    assert {verdict["question"]: verdict["holds"] for verdict in told["verdicts"]}["integrity"] is False
    assert {fault["chain"] for fault in told["faults"]} == {altered, ""}


async def test_whoever_asks_while_one_is_under_way_gets_that_one(idle: World) -> None:
    admin = await idle.as_("guanli")
    first = (await admin.post("/api/admin/verification")).json()["items"]
    assert (await admin.post("/api/admin/verification")).json()["items"] == first
    assert await idle.watch().get_duty(VerifyJournal).do()
    assert not await idle.watch().get_duty(VerifyJournal).do()


async def test_a_verification_that_a_watchdog_left_undone_is_begun_anew(idle: World) -> None:
    await (await idle.as_("guanli")).post("/api/admin/verification")
    await idle.ask("UPDATE verification SET begun_at = now() - interval '1 day'")
    assert await idle.watch().get_duty(VerifyJournal).do()


async def test_a_verification_that_could_not_be_made_says_so(idle: World) -> None:
    await idle.ask("ALTER TABLE chain RENAME COLUMN sealed TO hidden")
    await idle.ask("INSERT INTO verification (asked_by, asked_at) VALUES ('guanli', now())")
    assert await idle.watch().get_duty(VerifyJournal).do()
    (told,) = (await (await idle.as_("guanli")).read("/api/admin/verification"))["items"]
    assert (told["state"], told["holds"], told["failure"]) == ("failed", None, "UndefinedColumn")


async def test_the_house_is_examined_in_the_words_of_the_doctor(bureau: World) -> None:
    await reported(bureau)
    await bureau.watch().get_duty(SealJournal).do()
    told = await (await bureau.as_("guanli")).read("/api/admin/health")
    said = [finding async for finding in doctor.run_checks(bureau.settings)]
    assert [each["check"] for each in told["findings"]] == [each.check for each in said]
    steady = ("密钥", "编排引擎", "工作进程", "数据库", "守望", "响铃", "日历")
    assert [(e["level"], e["words"], e["remedy"]) for e in told["findings"] if e["check"] in steady] == [
        (each.level.value, each.words, each.remedy) for each in said if each.check in steady
    ]
    # No watchdog runs here: its canary has never rung.
    assert (told["level"], told["level_zh"], told["canary"]) == ("broken", "故障", None)
    watch = next(each for each in told["findings"] if each["check"] == "守望")
    assert watch["remedy"].startswith("启动 louke watch")
