"""What somebody hands in without end fills neither the journal nor the answer."""

import json
from datetime import UTC, datetime

import httpx
import pytest

from api.rate_limits import Most, RateLimits
from models.journal import BUREAU
from models.problems import FormInvalid, TooManyRequests
from models.store import inbound
from models.store.inbound import Kept
from tests.world import World

ENTRIES = "SELECT length(content) AS size FROM entry WHERE chain = %(chain)s AND sort = 'refusal'"
COUNTED = "SELECT problem, times FROM refusal_count WHERE username = %(name)s"


async def test_a_form_of_many_thousand_unknown_fields_is_refused_in_a_page_and_journaled_in_less(idle: World) -> None:
    officer = await idle.as_("liusiyuan")
    answer = await officer.post("/api/matters/incident", **{f"unknown-{n}-{'长' * 300 if n < 50 else ''}": 1 for n in range(5_000)})
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/form-invalid")
    assert len(answer.content) < 60_000
    assert len(answer.json()["errors"]) == 50
    assert answer.json()["left_out"] > 4_900
    (entry,) = await idle.ask(ENTRIES, chain=BUREAU)
    assert entry.size < 30_000


async def test_whoever_holds_no_office_is_refused_and_counted_and_gets_no_entry(idle: World) -> None:
    await idle.ask("DELETE FROM holding WHERE username = 'dongxiaodong'")
    nobody = await idle.as_("dongxiaodong")
    for _ in range(3):
        assert (await nobody.post("/api/matters/incident", caller="x")).status_code in (403, 422)
    assert await idle.ask(ENTRIES, chain=BUREAU) == []
    assert sum(row.times for row in await idle.ask(COUNTED, name="dongxiaodong")) == 3


async def test_refusals_without_end_are_kept_up_to_a_number_and_counted_beyond_it(idle: World) -> None:
    idle.ctx.rate_limits = RateLimits(Most(), kept=3)
    officer = await idle.as_("liusiyuan")
    for _ in range(3 + 5):
        assert (await officer.post("/api/matters/incident", nonsense=1)).status_code == 422
    assert len(await idle.ask(ENTRIES, chain=BUREAU)) == 3
    assert [tuple(row) for row in await idle.ask(COUNTED, name="liusiyuan")] == [("form-invalid", 5)]


async def test_whoever_hands_in_more_than_a_person_can_is_told_when_to_go_on_and_nobody_else_is(idle: World) -> None:
    idle.ctx.rate_limits = RateLimits(Most(written=3))
    officer, colleague = await idle.as_("liusiyuan"), await idle.as_("xuyating")
    answers = [await officer.post("/api/matters/incident", nonsense=1) for _ in range(4)]
    assert [each.status_code for each in answers] == [422, 422, 422, 429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 61
    assert (await colleague.post("/api/matters/incident", nonsense=1)).status_code == 422


def test_a_minute_later_everybody_may_write_again() -> None:
    now = 100.0
    pace = RateLimits(Most(written=1), lambda: now)
    pace.write("wang")
    try:
        pace.write("wang")
    except TooManyRequests as refused:
        assert json.loads(json.dumps(refused.members))["retry_after"] == 61
    else:
        raise AssertionError("the second was let through")
    now += 60
    pace.write("wang")


async def test_whoever_asks_for_more_than_a_person_reads_is_told_when_to_go_on_and_nobody_else_is(idle: World) -> None:
    idle.ctx.rate_limits = RateLimits(Most(asked=3))
    officer, colleague = await idle.as_("liusiyuan"), await idle.as_("xuyating")
    answers = [await officer.get("/api/matters") for _ in range(4)]
    assert [each.status_code for each in answers] == [200, 200, 200, 429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 61
    assert (await colleague.get("/api/matters")).status_code == 200


def test_one_person_sends_no_more_files_than_fit_a_day() -> None:
    now = 100.0
    pace = RateLimits(Most(sent_bytes=1000), lambda: now)
    pace.send("wang", 600)
    pace.send("zhao", 1000)
    with pytest.raises(TooManyRequests):
        pace.send("wang", 401)
    pace.send("wang", 400)
    now += 24 * 3600
    pace.send("wang", 1000)


async def test_a_name_with_something_unseen_in_it_is_refused_by_field(idle: World) -> None:
    form = {"username": "lin.xin", "zh": "林\u202e新", "badge": "", "unit": "donghe", "office": "case-officer"}
    answer = await (await idle.as_("guanli")).post("/api/admin/people", **form)
    (fault,) = answer.json()["errors"]
    assert (answer.status_code, fault["field"], fault["rule"]) == (422, "zh", "unseen-characters")


@pytest.mark.parametrize(
    ("headers", "address", "status"),
    [
        ({}, "127.0.0.1", 200),
        ({}, "10.0.0.9", 404),
        ({"X-Forwarded-For": "10.0.0.9"}, "127.0.0.1", 404),
        ({"Authorization": f"Bearer {'0123456789abcdef' * 2}"}, "10.0.0.9", 200),
        ({"Authorization": "Bearer "}, "10.0.0.9", 404),
    ],
)
async def test_how_much_is_done_here_is_told_to_this_machine_and_to_whoever_bears_the_secret(
    idle: World, headers: dict[str, str], address: str, status: int
) -> None:
    idle.app.state.metrics_secret = "0123456789abcdef" * 2
    transport = httpx.ASGITransport(idle.app, client=(address, 4711))
    async with httpx.AsyncClient(transport=transport, base_url="http://louke") as stranger:
        assert (await stranger.get("/metrics", headers=headers)).status_code == status


@pytest.mark.parametrize(("address", "status"), [("10.1.2.3", 200), ("10.9.2.3", 403)])
async def test_where_terminals_are_named_nobody_administers_from_another_address(
    idle: World, monkeypatch: pytest.MonkeyPatch, address: str, status: int
) -> None:
    monkeypatch.setattr(idle.ctx.settings, "administered_from", "10.1.0.0/16, 127.0.0.1")
    administrator = await idle.as_("guanli")
    transport = httpx.ASGITransport(idle.app, client=(address, 4711))
    async with httpx.AsyncClient(transport=transport, base_url="http://louke", headers=administrator.http.headers) as there:
        assert (await there.get("/api/admin/units")).status_code == status
        # Where it may be tried, what is wrong with it is said.
        proposed = await there.post("/api/calendar/2031", json={})
        assert proposed.status_code == (403 if status == 403 else 422)
        assert (await there.get("/api/me")).status_code == 200


async def test_nobody_is_sent_where_a_foreign_host_says(idle: World) -> None:
    stranger = await idle.stranger({"Host": "evil.example"})
    for path in ("/api/matters/", "/api/auth/way/", "/docs/"):
        answer = await stranger.get(path)
        assert "evil.example" not in answer.headers.get("location", "")


async def test_of_messages_that_wait_for_each_other_the_last_is_refused(idle: World) -> None:
    async def keep(message: str, after: str | None) -> Kept:
        async with idle.ctx.pool.connection() as connection:
            return await inbound.keep(connection, "court", message, after, "{}", "00", [], datetime.now(UTC))

    await keep("a", "b")
    await keep("b", "c")
    with pytest.raises(FormInvalid) as refused:
        await keep("c", "a")
    assert refused.value.members["errors"][0]["rule"] == "not-in-a-ring"
    assert (await keep("c", None)).must_wait is False
    assert (await keep("a", "b")).must_wait is True


async def test_every_form_that_is_not_filled_in_is_refused_in_one_way_as_documented(idle: World) -> None:
    document = (await (await idle.stranger()).get("/openapi.json")).json()
    told = [each["responses"]["422"] for path in document["paths"].values() for each in path.values() if "422" in each["responses"]]
    assert told
    assert all(each == {"$ref": "#/components/responses/Problem422"} for each in told)
    assert list(document["components"]["responses"]["Problem422"]["content"]) == ["application/problem+json"]
