"""`louke verify` over a bureau at work: content with whatever the product itself writes, and with nothing that anybody writes besides."""

import json
import re
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
import pytest

from activities.recording.epochs import begin_epoch
from activities.reporting import Reporting
from law.calendar import SHANGHAI
from models.journal import format_canonical
from models.readmodel.report_types import report_types
from operations.verify import verify
from runtime.process_signatures import SPEAKERS, load_speaker, make_keys
from tests.api.appointing import confirmed
from tests.api.matters import requested
from tests.organ import organ
from tests.sandbox import Sandbox
from tests.scenarios.fraud import Team, detain, filed_case, named_suspect, scanned, team
from tests.scenarios.test_organs_decide import asked_for_arrest
from tests.world import World, until
from verification.rules.journal import Question
from verification.rules.report_words import report_as_dict, summarise
from watchdog.duties.make_documents import MakeDocuments
from watchdog.duties.report_stalled_messages import report_stalled
from watchdog.duties.ring_deadlines import RingDeadlines
from watchdog.duties.seal_journal import SealJournal
from workflows.registry import get_settled_stages, get_stage_names

HOUR = timedelta(hours=1)
ROOT = Path(__file__).parent.parent.parent
# An entry's sort as the code that appends one names it; steps and what is told are recorded by another statement.
_APPENDED = re.compile(r"append\(\s*(?:self\.)?\w+,\s*[\w\s.]+?,\s*\"([a-z]+)\"", re.DOTALL)


def _now() -> datetime:
    return datetime.now(SHANGHAI).replace(second=0, microsecond=0)


async def administered(county: World) -> None:
    """Everything that an administrator does: units, people, passwords, offices, the calendar, a verification."""
    admin, legal = await county.as_("guanli"), await county.as_("fangzhengping")
    seat = {"username": "zhangsan", "unit": "donghe", "office": "case-officer"}
    new = seat | {"zh": "章三", "badge": "339901", "unit": "chengguan", "password": "Aster-Kelp-71-Quarry"}
    for path, said in {
        "units": {"unit": "xingang", "parent": "chengguan", "zh": "新港警务站", "kind": "station"},
        "people": new,
        "holdings": seat,
        "holdings/withdraw": seat,
    }.items():
        answer = await admin.http.post(f"/api/admin/{path}", json=said)
        assert answer.is_success, answer.text
    for changed in ({"password": "Tundra-Violin-38-Maple"}, {"zh": "章四"}, {"active": False}, {"active": True}):
        assert (await admin.http.patch("/api/admin/people/zhangsan", json=changed)).is_success
    assert (await admin.http.patch("/api/admin/people/liusiyuan", json={"active": False, "successor": "zhaotiejun"})).is_success
    assert (await admin.http.patch("/api/admin/units/xingang", json={"zh": "新港派出所"})).is_success
    days = (await admin.read("/api/calendar/2031"))["rest_days"]
    told = await admin.find("/api/calendar/2031", rest_days=[*days[:-1], "2031-12-31"], notice="通知")
    await legal.find("/api/calendar/2031/confirm", proposed_at=told["proposed_at"])
    await admin.post("/api/admin/verification")
    assert (await (await county.as_("machao")).post("/api/auth/sign-out-everywhere")).is_success


async def test_whatever_the_product_itself_writes_verifies_clean(county: World, sandbox: Sandbox) -> None:
    people = await team(county)
    at = _now() - 3 * HOUR
    suspect = await asked_for_arrest(people, at)
    procuratorate = await organ(county, "procuratorate")
    await procuratorate.decide(suspect, "approve-arrest", key="later", after="never-sent")
    async with county.ctx.pool.connection() as connection:
        await report_stalled(county.ctx.pool, timedelta(0))
    manager = await county.as_("qinwanqing")
    await manager.post("/api/inbound/procuratorate/later/release")
    case = (await people.officer.card(suspect))["links"]["parent"]
    await scanned(people.officer, case, "到案经过")
    await people.officer.try_(case, "close-case")
    await people.officer.get("/api/exports/matters")
    boy = (await people.officer.take(case, "name-suspect", name="何小舟", born_on="2010-05-15", grounds="监控"))["opened"][0]
    await until(partial(people.officer.get, f"/api/matters/{boy}"), lambda answer: answer.is_success)
    await people.officer.take(suspect, "correct-record", party="suspect", name="贺文滔", reason="笔误")
    await people.head.approve(suspect, "correct-record")
    watch = county.watch()
    await watch.get_duty(MakeDocuments).do()
    (paper,) = await county.ask("SELECT id FROM document WHERE matter = %(n)s AND state = 'produced' LIMIT 1", n=suspect)
    assert (await people.officer.get(f"/api/matters/{suspect}/documents/{paper.id}")).is_success
    await administered(county)
    await Reporting(county.ctx.pool, get_stage_names(), get_settled_stages()).make(report_types()["weekly-report"])
    async with county.ctx.pool.connection() as connection:
        await begin_epoch(connection, _now(), None, {"backup": "", "reason": "演练", "kept": "", "last": ""}, [])
    await watch.get_duty(RingDeadlines).do()
    await watch.get_duty(SealJournal).do()
    report = verify(county.settings)
    assert (report.faults, report.proving.before, report.proving.unchecked) == ([], 0, 0)
    assert report.proving.signed > 10 < report.proving.promised
    written = {row.sort for row in await county.ask("SELECT DISTINCT sort FROM entry")}
    appended = {sort for file in _sources() for sort in _APPENDED.findall(file.read_text())}
    assert len(appended) >= 8
    # The same is verified of canaries that are summed up by `tests/activities/test_canaries.py`, of days of reading that are forgotten by
    # `tests/activities/test_readings.py`, of rings given back by `tests/faults/test_clock_astray.py`.
    assert appended - {"canaries", "readings", "rings"} | {"step", "told"} <= written


def _sources() -> list[Path]:
    return [file for room in ("activities", "api", "models", "seeds") for file in (ROOT / room).rglob("*.py")]


class Bureau(NamedTuple):
    """A detained suspect in a filed case, sealed for itself, with papers and a request that waits; another who is held beyond a limit."""

    county: World
    case: str
    suspect: str
    held: str


@pytest.fixture
async def bureau(county: World) -> Bureau:
    """Sealed, and without a fault."""
    people: Team = await team(county)
    case = await filed_case(people, _now() - 72 * HOUR)
    held = await named_suspect(people, case, name="宋岩", born_on="1980-05-15", grounds="共同收款")
    await detain(people, held, _now() - 48 * HOUR)
    await people.officer.take(held, "seal-file", grounds="涉及个人隐私")
    await people.head.take(held, "return", request="seal-file", reason="理由不足")
    suspect = await named_suspect(people, case)
    await detain(people, suspect, _now() - 3 * HOUR)
    await scanned(people.officer, suspect, "到案经过")
    await people.officer.take(suspect, "seal-file", grounds="涉及个人隐私")
    await people.head.approve(suspect, "seal-file")
    await people.officer.take(suspect, "admit-handler", handler="machao", reason="协办")
    watch = county.watch()
    await watch.get_duty(MakeDocuments).do()
    await watch.get_duty(RingDeadlines).do()
    await watch.get_duty(SealJournal).do()
    assert verify(county.settings).faults == []
    return Bureau(county, case, suspect, held)


_THERE = "WHERE matter = '{suspect}'"
ALTERED = {
    "a custody limit moved": f"UPDATE clock SET due_at = due_at + interval '30 days' {_THERE} AND limit_id = 'criminal-detention-submit-for-arrest'",
    "a limit that no longer runs": f"UPDATE clock SET state = 'met' {_THERE} AND limit_id = 'criminal-detention-submit-for-arrest'",
    "when it began": f"UPDATE clock SET started_at = started_at + interval '1 day' {_THERE} AND limit_id = 'criminal-detention-submit-for-arrest'",
    "a limit that is gone": f"DELETE FROM clock {_THERE} AND limit_id = 'criminal-detention-submit-for-arrest'",
    "an alarm taken away": f"DELETE FROM rung {_THERE} AND clock_id LIKE 'criminal-detention-submit%'",
    "a person's name": f"UPDATE party SET name = '卓越' {_THERE} AND id = 'suspect'",
    "a person's number": f"UPDATE party SET citizen_id = '110105201005150010' {_THERE} AND id = 'suspect'",
    "a person who is gone": f"DELETE FROM party {_THERE} AND id = 'suspect'",
    "another matter's paper": "UPDATE document SET hash = (SELECT hash FROM document WHERE matter = '{case}' AND hash IS NOT NULL LIMIT 1) "
    + _THERE
    + " AND id = (SELECT min(id) FROM document WHERE matter = '{suspect}')",
    "a paper's number": f"UPDATE document SET number = number || '甲' {_THERE}",
    "a scan exchanged": f"UPDATE dossier_item SET hash = repeat('0', 64) {_THERE}",
    "a file no longer sealed": "UPDATE matter SET sealed = false WHERE number = '{suspect}'",
    "its case no longer sealed": "UPDATE matter SET sealed = false WHERE number = '{case}'",
    "somebody let in": "UPDATE matter SET handlers = handlers || ARRAY['xuyating'] WHERE number = '{suspect}'",
    "shared with an organ": "UPDATE matter SET shared_with = shared_with || ARRAY['court'] WHERE number = '{suspect}'",
    "a call kept from a unit": "UPDATE matter SET kept_from = ARRAY['chengguan'] WHERE number = (SELECT parent FROM matter WHERE number = '{case}')",
    "another title": "UPDATE matter SET title = '某人' WHERE number = '{suspect}'",
    "another officer": "UPDATE matter SET officer = 'xuyating' WHERE number = '{suspect}'",
    "another unit": "UPDATE matter SET unit_id = 'donghe' WHERE number = '{suspect}'",
    "a request that nobody is asked about": f"UPDATE task SET done_at = now() {_THERE} AND sort = 'approval'",
    "a request that is gone": "UPDATE matter SET requests = '[]' WHERE number = '{suspect}'",
    "an office given": "INSERT INTO holding (username, unit_id, office) VALUES ('liusiyuan', 'qinglan', 'county-head')",
    "an office taken": "DELETE FROM holding WHERE username = 'zhouminghui'",
    "somebody no longer in service": "UPDATE person SET active = false WHERE username = 'zhouminghui'",
    "a limit called otherwise": f"UPDATE clock SET zh = '期限' {_THERE}",
    "another limit's clock": f"UPDATE clock SET limit_id = 'investigative-detention' {_THERE} AND limit_id = 'criminal-detention-submit-for-arrest'",
    "a limit that somebody else answers for": f"UPDATE clock SET answerable = 'custody-centre' {_THERE} AND limit_id = 'criminal-detention-submit-for-arrest'",
    "another unit's clock": f"UPDATE clock SET unit_id = 'donghe' {_THERE}",
    "a clock of another kind of matter": f"UPDATE clock SET kind = 'incident' {_THERE}",
    "a task about another request": f"UPDATE task SET request_seq = request_seq + 1 {_THERE} AND sort = 'approval' AND done_at IS NULL",
    "another officer's clock": f"UPDATE clock SET officer = 'machao' {_THERE}",
    "a clock in another colour": f"UPDATE clock SET colour = 'red' {_THERE} AND limit_id = 'criminal-detention-submit-for-arrest'",
    "a matter in another colour": "UPDATE matter SET colour = 'overdue' WHERE number = '{suspect}'",
    "a matter opened at another time": "UPDATE matter SET opened_at = opened_at - interval '1 day' WHERE number = '{suspect}'",
    "a late entry that is none": "UPDATE matter SET late_entries = late_entries + 1 WHERE number = '{suspect}'",
    "shared from another entry on": "UPDATE matter SET shared_at = shared_at || jsonb_build_object('court', 1) WHERE number = '{suspect}'",
    "somebody else asked to approve": f"UPDATE task SET username = 'machao' {_THERE} AND sort = 'approval' AND done_at IS NULL",
    "another office asked to approve": f"UPDATE task SET office = 'supervisor' {_THERE} AND sort = 'approval' AND done_at IS NULL",
    "another unit asked to approve": f"UPDATE task SET unit_id = 'donghe' {_THERE} AND sort = 'approval' AND done_at IS NULL",
    "a request returned that nobody has to do again": "UPDATE task SET done_at = now() WHERE matter = '{held}' AND sort = 'returned'",
    "a request returned of which nobody knows": "DELETE FROM task WHERE matter = '{held}' AND sort = 'returned'",
    "a request returned to somebody else": "UPDATE task SET username = 'machao' WHERE matter = '{held}' AND sort = 'returned'",
    "a request returned that nobody returned": "INSERT INTO task (matter, key, sort, words, unit_id, office, step, mandatory, opened_at) "
    "VALUES ('{suspect}', '{suspect}/returned/1/0', 'returned', '', 'chengguan', '', '', false, now())",
    "a turn that nobody has": "UPDATE task SET done_at = now() WHERE matter = '{case}' AND sort = 'turn' AND done_at IS NULL",
    "a turn that is gone": "DELETE FROM task WHERE matter = '{case}' AND sort = 'turn' AND done_at IS NULL",
    "somebody else's turn": "UPDATE task SET username = 'machao' WHERE matter = '{case}' AND sort = 'turn' AND done_at IS NULL",
    "a turn that no step gave": "INSERT INTO task (matter, key, sort, words, unit_id, office, step, mandatory, opened_at) "
    "VALUES ('{case}', '{case}/turn/x', 'turn', '', 'chengguan', 'legal-reviewer', '', false, now())",
    "a limit that ran out, over which nothing is to be done": "DELETE FROM task WHERE matter = '{held}' AND sort = 'expired'",
    "a limit that ran out, and is said to be seen to": "UPDATE task SET done_at = now() WHERE matter = '{held}' AND sort = 'expired'",
    "a limit that ran out, over which another unit has to do something": "UPDATE task SET unit_id = 'donghe' WHERE matter = '{held}' AND sort = 'expired'",
    "a link that nobody made": "INSERT INTO link VALUES ('{held}', '{case}', 'same-person', '{{}}', 1)",
    "a unit put below another": "UPDATE unit SET path = '/anlan/donghe/' WHERE id = 'donghe'",
    "a unit served by another's organ": "UPDATE unit SET serves = 'anlan' WHERE id = 'qinglan-court'",
    "a unit renamed": "UPDATE unit SET zh = '东河分局' WHERE id = 'donghe'",
    "a unit that nobody founded": "INSERT INTO unit (id, parent_id, path, zh, kind) VALUES ('x', 'qinglan', '/anlan/qinglan/x/', '某所', 'station')",
    "another name": "UPDATE person SET zh = '周铭辉' WHERE username = 'zhouminghui'",
    "another badge": "UPDATE person SET badge = '000001' WHERE username = 'zhouminghui'",
    "rest days that nobody published": "INSERT INTO calendar_year VALUES (2031, '{{2031-01-01}}', '通知', 'guanli', now())",
    "rest days that nobody proposed": "INSERT INTO calendar_proposal VALUES (2031, '{{2031-01-01}}', '通知', 'guanli', now())",
    "somebody who took over from nobody": "INSERT INTO succession VALUES ('liusiyuan', 'chengguan', 'machao')",
}
# What is rewritten of what administration made.
ADMINISTERED = {
    "published rest days": "UPDATE calendar_year SET rest_days = rest_days[2:] WHERE year = 2031",
    "published rest days taken away": "DELETE FROM calendar_year WHERE year = 2031",
    "another successor": "UPDATE succession SET successor = 'machao' WHERE username = 'liusiyuan'",
    "a successor elsewhere": "UPDATE succession SET unit_id = 'donghe' WHERE username = 'liusiyuan' AND unit_id = 'chengguan'",
    "no successor": "DELETE FROM succession WHERE username = 'liusiyuan'",
    "a founded unit renamed": "UPDATE unit SET zh = '新港' WHERE id = 'xingang'",
    "a founded unit of another kind": "UPDATE unit SET kind = 'brigade' WHERE id = 'xingang'",
    "somebody enrolled who is called otherwise": "UPDATE person SET zh = '章三' WHERE username = 'zhangsan'",
}


_TABLES = (
    "clock",
    "rung",
    "link",
    "party",
    "document",
    "dossier_item",
    "matter",
    "task",
    "holding",
    "succession",
    "calendar_year",
    "calendar_proposal",
    "unit",
    "person",
)


def _written(connection: psycopg.Connection[Any], table: str) -> str:
    """The columns of a table that somebody writes; the others the database makes of them."""
    written = "attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''"
    rows = connection.execute(f"SELECT quote_ident(attname) FROM pg_attribute WHERE {written}".encode(), [table])
    return ", ".join(name for (name,) in rows)


def _each_is_found_out(bureau: Bureau, alterations: dict[str, str]) -> None:
    """Each of these alterations of the tables, one after another, as somebody whom neither trigger nor key stops."""
    settings = bureau.county.settings
    with psycopg.connect(settings.owner_url, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        for table in _TABLES:
            connection.execute(f"CREATE TEMP TABLE was_{table} AS TABLE {table}".encode())
        for what, statement in alterations.items():
            done = connection.execute(statement.format(**bureau._asdict()).encode())
            assert done.rowcount > 0, what
            found = {each.question for each in verify(settings).faults}
            for table in _TABLES:
                connection.execute(f"DELETE FROM {table}".encode())
                columns = _written(connection, table)
                connection.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM was_{table}".encode())
            assert found == {Question.PROJECTION}, what
    assert verify(settings).faults == []


async def test_whatever_somebody_else_writes_into_the_tables_is_found_out_and_named(bureau: Bureau) -> None:
    _each_is_found_out(bureau, ALTERED)


async def test_whatever_somebody_else_makes_of_what_was_administered_is_found_out_too(bureau: Bureau) -> None:
    await administered(bureau.county)
    assert verify(bureau.county.settings).faults == []
    _each_is_found_out(bureau, ADMINISTERED)


SEAT = "('machao', 'qinglan', 'county-head')"


async def test_a_step_by_an_office_that_nobody_gave_is_found_out_though_the_office_was_taken_away_again(county: World) -> None:
    case, _ = await requested(county)
    (asker,) = await county.ask("SELECT username FROM entry WHERE chain = %(n)s AND step = 'file-case'", n=case)
    assert asker.username != "machao"
    await county.ask(f"INSERT INTO holding VALUES {SEAT}")
    await (await county.as_("machao")).approve(case, "file-case")
    await county.ask(f"DELETE FROM holding WHERE (username, unit_id, office) = {SEAT}")
    report = verify(county.settings)
    (entry,) = await county.ask("SELECT position FROM entry WHERE chain = %(n)s AND step = 'approve'", n=case)
    assert {(fault.chain, fault.position) for fault in report.faults} == {(case, entry.position)}
    assert all("machao" in fault.words and "county-head" in fault.words for fault in report.faults)
    assert report.by_untold_seat == 0
    assert report.by_seat > 1


async def test_offices_that_changed_hands_are_held_against_the_time_of_each_step(county: World) -> None:
    case, _ = await requested(county)
    admin = await county.as_("guanli")
    seat = {"username": "machao", "unit": "qinglan", "office": "county-head"}
    for path in ("holdings", "holdings/withdraw"):
        assert (await admin.http.post(f"/api/admin/{path}", json=seat)).is_success
        if path == "holdings":
            await confirmed(county)
            await (await county.as_("machao")).approve(case, "file-case")
    assert verify(county.settings).faults == []


async def test_of_a_bureau_whose_first_appointments_nobody_journaled_it_is_said_how_many_steps_nothing_proves(
    county: World,
) -> None:
    case, _ = await requested(county)
    await (await county.as_("zhouminghui")).approve(case, "file-case")
    with psycopg.connect(county.settings.owner_url, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("DELETE FROM entry WHERE chain = 'ROSTER'")
        connection.execute("DELETE FROM chain WHERE chain = 'ROSTER'")
    report = verify(county.settings)
    assert (report.faults, report.by_seat) == ([], 0)
    assert report.by_untold_seat > 1
    assert f"{report.by_untold_seat}步由日志开始记载任免之前已有的职务办理，无据可核" in summarise(report_as_dict(report))


APPROVED = "SELECT chain, position, content FROM entry WHERE chain = %(n)s AND step = 'approve' ORDER BY position LIMIT 1"
TOLD = "SELECT chain, position, content FROM entry WHERE sort = 'told' AND content::jsonb -> 'facts' <> '[]' ORDER BY chain, position LIMIT 1"
OPENED = "SELECT chain, position, content FROM entry WHERE sort = 'step' AND NOT content::jsonb ? 'proof' ORDER BY chain, position LIMIT 1"
FORGED: dict[str, tuple[str, Callable[[dict[str, Any]], None]]] = {
    "somebody else approved": (APPROVED, lambda said: said["actor"].update(person="xuyating")),
    "by another office": (APPROVED, lambda said: said["actor"].update(offices=["supervisor"])),
    "another form": (APPROVED, lambda said: said["form"].update(opinion="同意")),
    "another key": (APPROVED, lambda said: said.update(key="person:another")),
    "handed in by another process": (APPROVED, lambda said: said["proof"].update(by="worker")),
    "handed in by nobody of ours": (APPROVED, lambda said: said["proof"].update(by="somebody")),
    "at another instant": (APPROVED, lambda said: said["proof"].update(at="2026-01-01T00:00:00Z")),
    "under a made-up signature": (APPROVED, lambda said: said["proof"].update(signature="AAAA")),
    "a proof that is none": (APPROVED, lambda said: said.update(proof="api")),
    "without a proof": (APPROVED, lambda said: said.pop("proof")),
    "told what nobody promised": (TOLD, lambda said: said.update(key=said["key"] + "9")),
    "told something else": (TOLD, lambda said: said["facts"][0].update(at="2026-01-01T00:00:00+08:00")),
    "opened for something else": (OPENED, lambda said: said["form"].update(grounds="另有原因")),
    "opened by somebody else": (OPENED, lambda said: said.update(actor={"person": "xuyating", "unit": "donghe", "offices": []})),
}


async def test_an_entry_that_nobody_of_ours_handed_in_is_found_out_though_its_hash_holds(bureau: Bureau) -> None:
    """As whoever owns the tables could write it, before it was sealed."""
    settings = bureau.county.settings
    with psycopg.connect(settings.owner_url, autocommit=True) as connection:
        connection.execute("ALTER TABLE entry DISABLE TRIGGER USER")
        for what, (which, forge) in FORGED.items():
            (row,) = await bureau.county.ask(which, n=bureau.suspect)
            said = json.loads(row.content)
            forge(said)
            write = "UPDATE entry SET content = %s WHERE (chain, position) = (%s, %s)"
            connection.execute(write, (format_canonical(said), row.chain, row.position))
            found = [fault for fault in verify(settings).faults if "提交证明" in fault.words]
            connection.execute(write, (row.content, row.chain, row.position))
            where = (Question.INTEGRITY, row.chain, row.position)
            assert [(fault.question, fault.chain, fault.position) for fault in found] == [where], what
    assert verify(settings).faults == []


async def test_what_was_signed_is_verified_under_former_keys_too_and_without_any_key_is_said_to_be_unverified(
    bureau: Bureau,
) -> None:
    settings, others = bureau.county.settings, {name: [public] for name, (_, public) in make_keys().items()}
    signed = verify(settings).proving.signed
    former = {name: [load_speaker(settings, name).public] for name in SPEAKERS}
    changed = settings.model_copy(update={"speakers": others, "former_speakers": former})
    assert (verify(changed).faults, verify(changed).proving.signed) == ([], signed)
    strangers = verify(settings.model_copy(update={"speakers": others}))
    assert len(strangers.faults) == signed
    shutil.rmtree(settings.data_dir / "keys" / "speakers")
    unknown = verify(settings)
    assert (unknown.faults, unknown.proving.signed, unknown.proving.unchecked) == ([], 0, signed)
    assert f"{signed}步的提交签名没有公钥可核" in summarise(report_as_dict(unknown))
