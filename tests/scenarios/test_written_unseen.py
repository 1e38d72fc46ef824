"""What the role that runs may write into the tables, and `louke verify` neither tells nor names among what it does not prove."""

import io
import zipfile
from datetime import timedelta

import psycopg
import pytest

from operations.verify import verify
from runtime.contents import Contents, contents_folder
from tests.scenarios.fraud import detain, filed_case, named_suspect, team
from tests.scenarios.test_verification_of_a_whole_bureau import Bureau, _now, bureau  # noqa: F401
from tests.world import World

HOUR = timedelta(hours=1)


def write(county: World, statement: str) -> int:
    """As the role that runs, which is not the owner."""
    with psycopg.connect(county.settings.database_url, autocommit=True) as connection:
        return connection.execute(statement.encode()).rowcount


ALTERED = {
    "a matter that is of another kind, and read by others": "UPDATE matter SET kind = 'incident' WHERE number = '{case}'",
    "what a request asks for, as whoever approves it is shown": "UPDATE matter SET requests = jsonb_set(requests, '{{0,form}}', '{{\"grounds\": \"另有所求\"}}') WHERE number = '{suspect}' AND requests <> '[]'",
    "a red card of which nobody took note": "UPDATE clock SET overrun_acknowledged_at = now() WHERE matter = '{held}' AND (overrun_due_at IS NOT NULL OR colour = 'overdue') AND liberty",
    "who declared a paper identical": "UPDATE dossier_item SET declared_by = 'liusiyuan', declared_at = now() WHERE matter = '{suspect}'",
    "an appointment that nobody proposed": "INSERT INTO appointment (username, unit_id, office, proposed_by, proposed_at) VALUES ('wuhaoran', 'qinglan', 'county-head', 'guanli', now())",
    "to whom a message goes": "UPDATE delivery SET system = 'court', subject = 'x'",
}


@pytest.fixture
async def asked(bureau: Bureau) -> Bureau:  # noqa: F811
    people = await team(bureau.county)
    await people.officer.take(bureau.suspect, "release", grounds="证据不足")
    return bureau


async def test_it_is_found_out(asked: Bureau) -> None:
    county, unseen = asked.county, []
    with psycopg.connect(county.settings.owner_url, autocommit=True) as owner:
        owner.execute("SET session_replication_role = replica")
        for name, statement in ALTERED.items():
            table = statement.split()[2 if statement.startswith("INSERT") else 1]
            owner.execute(f"CREATE TEMP TABLE was AS TABLE {table}".encode())
            try:
                changed = write(county, statement.format(**asked._asdict()))
                found = verify(county.settings).faults
            except psycopg.Error as error:
                changed, found = -1, [error]
            finally:
                owner.execute(f"DELETE FROM {table}".encode())
                owner.execute(f"INSERT INTO {table} OVERRIDING SYSTEM VALUE SELECT * FROM was".encode())
                owner.execute("DROP TABLE was")
            if changed > 0 and not found:
                unseen.append(name)
    assert verify(county.settings).faults == []
    assert unseen == []


async def test_a_paper_that_is_still_to_be_made_says_what_was_recorded(county: World) -> None:
    people = await team(county)
    suspect = await named_suspect(people, await filed_case(people, _now() - 72 * HOUR))
    await detain(people, suspect, _now() - 3 * HOUR)
    write(county, f"UPDATE document SET context = replace(context::text, '贺文涛', '何无辜')::jsonb WHERE matter = '{suspect}' AND state = 'due'")
    watch = county.watch()
    await watch.produce()
    await watch.seal()
    rows = await county.ask("SELECT title, hash FROM document WHERE matter = %(n)s AND state = 'produced'", n=suspect)
    kept = Contents(contents_folder(county.settings.data_dir))
    forged = []
    for row in rows:
        with zipfile.ZipFile(io.BytesIO(kept.read(row.hash))) as file:
            text = file.read("word/document.xml").decode()
        if "何无辜" in text:
            forged.append(row.title)
    faults = verify(county.settings).faults
    assert not forged or faults


async def test_an_appointment_that_no_administrator_proposed_is_found_out_though_somebody_confirmed_it(county: World) -> None:
    write(county, "INSERT INTO appointment (username, unit_id, office, proposed_by, proposed_at) VALUES ('wuhaoran', 'qinglan', 'county-head', 'guanli', now())")
    supervisor = await county.as_("mengqiu")
    (awaits,) = (await supervisor.read("/api/appointments"))["items"]
    assert (await supervisor.post("/api/appointments/confirm", appointment=awaits["id"])).status_code == 200
    await county.watch().seal()
    assert verify(county.settings).faults != [], "the journal knows of no proposal"
