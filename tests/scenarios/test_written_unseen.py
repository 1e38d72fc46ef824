"""What the role that runs may write into the tables is told by `louke verify`, or refused by the database."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from operations.verify import verify
from tests.scenarios.fraud import detain, filed_case, named_suspect, team
from tests.scenarios.test_verification_of_a_whole_bureau import Bureau
from tests.scenarios.test_verification_of_a_whole_bureau import bureau as bureau
from tests.world import World

HOUR = timedelta(hours=1)
ALTERED = {
    "a matter that is of another kind, and read by others": "UPDATE matter SET kind = 'incident' WHERE number = '{case}'",
    "what a request asks for": (
        "UPDATE matter SET requests = jsonb_set(requests, '{{0,form}}', '{{\"grounds\": \"另有所求\"}}')"
        " WHERE number = '{suspect}' AND requests <> '[]'"
    ),
    "an overrun of which nobody took note": (
        "UPDATE clock SET overrun_acknowledged_at = now()"
        " WHERE matter = '{held}' AND (overrun_due_at IS NOT NULL OR colour = 'overdue') AND liberty"
    ),
    "who declared a paper identical": (
        "UPDATE dossier_item SET declared_by = 'liusiyuan', declared_at = now() WHERE matter = '{suspect}'"
    ),
    "an appointment that nobody proposed": (
        "INSERT INTO appointment (username, unit_id, office, proposed_by, proposed_at)"
        " VALUES ('wuhaoran', 'qinglan', 'county-head', 'guanli', now())"
    ),
    "to whom a message goes": "UPDATE delivery SET system = 'court', subject = 'x'",
}


def write(county: World, statement: str) -> int:
    """As the role that runs, which is not the owner."""
    with psycopg.connect(county.settings.database_url, autocommit=True) as connection:
        return connection.execute(statement.encode()).rowcount


@pytest.mark.parametrize("name", ALTERED)
async def test_whatever_whoever_runs_writes_is_found_out(bureau: Bureau, name: str) -> None:
    county = bureau.county
    if "request" in name:
        await (await team(county)).officer.take(bureau.suspect, "release", grounds="证据不足")
    assert verify(county.settings).faults == []
    assert write(county, ALTERED[name].format(**bureau._asdict())) > 0
    assert verify(county.settings).faults != []


async def test_what_a_paper_will_say_is_written_once(county: World) -> None:
    people, now = await team(county), datetime.now(UTC).replace(microsecond=0)
    suspect = await named_suspect(people, await filed_case(people, now - 72 * HOUR))
    await detain(people, suspect, now - 3 * HOUR)
    forging = f"UPDATE document SET context = replace(context::text, '贺文涛', '何无辜')::jsonb WHERE matter = '{suspect}' AND state = 'due'"
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        write(county, forging)
