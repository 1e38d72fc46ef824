"""Nobody takes over whoever approves by enrolling a second factor in their name: it counts once a supervisor has met them (当面核实)."""

from typing import Any

from tests.api.accounts import ANOTHER, PASSWORD, at_desk, enrolled, own, said, sign_in
from tests.api.matters import requested
from tests.api.test_comings import sorts
from tests.world import Hand, World, found, world

FACTOR = "/api/admin/people/{}/second-factor/{}"
THIEF = "nine lanterns under ice"
UNVOUCHED = (403, "second-factor-unvouched")


async def vouch(by: Hand, username: str) -> tuple[int, str]:
    """The answer to somebody who vouches for another, as the page tells them to: for the factor that they see in the list."""
    answer = await by.post(FACTOR.format(username, "vouch"), enrolled_at=await enrolled_at(by, username))
    return (204, "") if answer.status_code == 204 else said(answer)


async def enrolled_at(by: Hand, username: str) -> str:
    """When somebody enrolled their second factor, as this person is told; long ago where they are told nothing."""
    listed = (await by.get("/api/second-factors")).json().get("items", [])
    return next((each["enrolled_at"] for each in listed if each["username"] == username), "2026-01-01T00:00:00+08:00")


async def journaled(there: World, step: str) -> list[Any]:
    """Who did that to whose account, as the bureau's chain has it."""
    rows = await there.ask(
        "SELECT username, content::json ->> 'username' AS whose FROM entry WHERE chain = 'BUREAU' AND step = %(step)s"
        " AND sort = 'account' ORDER BY position",
        step=step,
    )
    return [(row.username, row.whose) for row in rows]


async def notices(there: World, username: str, words: str) -> int:
    rows = await there.ask("SELECT words FROM notice WHERE username = %(name)s", name=username)
    return sum(words in row.words for row in rows)


async def people(there: World, *usernames: str) -> None:
    for each in usernames:
        await own(there, each)


async def taken_over(there: World, username: str) -> Hand:
    """Whoever administers, in somebody else's name: by a password that they set, and a device of their own."""
    _, admin = await enrolled(there, "guanli")
    assert (await admin.http.patch(f"/api/admin/people/{username}", json={"password": ANOTHER})).status_code == 200
    first = await at_desk(there, username, ANOTHER)
    changed = await first.post("/api/me/password", current=ANOTHER, password=PASSWORD)
    assert changed.status_code == 200, changed.text
    _, thief = await enrolled(there, username, vouched=False)
    return thief


async def test_an_administrator_who_sets_a_chiefs_password_and_enrols_a_device_in_his_name_approves_nothing(
    peopled: str, temporal_address: str, tmp_path: Any
) -> None:
    settings = found(peopled, temporal_address, tmp_path)
    async with world(settings) as bureau:
        number, _ = await requested(bureau)
    async with world(settings.model_copy(update={"demo": False})) as bureau:
        await people(bureau, "hejingyuan", "guanli", "mengqiu")
        _, supervisor = await enrolled(bureau, "mengqiu")
        thief = await taken_over(bureau, "hejingyuan")
        assert said(await thief.try_(number, "approve", request="file-case")) == UNVOUCHED
        for path in ("/api/tasks", f"/api/matters/{number}", "/api/notices", "/api/events"):
            assert said(await thief.get(path)) == UNVOUCHED, path
        assert (await thief.read("/api/me"))["owes"] == "vouching"
        assert await notices(bureau, "mengqiu", "何静远于") == 1
        # He says that it is not his; it is dropped, his own is enrolled, and he approves.
        assert (await supervisor.post(FACTOR.format("hejingyuan", "drop"))).status_code == 204
        _, chief = await enrolled(bureau, "hejingyuan", vouched=False)
        assert said(await chief.get("/api/tasks")) == UNVOUCHED
        assert await vouch(supervisor, "hejingyuan") == (204, "")
        assert (await chief.approve(number, "file-case"))["standing"] != "awaiting-approval"


async def test_whoever_is_enrolled_with_an_initial_password_awaits_a_supervisor_too(sober: World) -> None:
    await people(sober, "guanli", "mengqiu")
    _, supervisor = await enrolled(sober, "mengqiu")
    _, admin = await enrolled(sober, "guanli")
    new = {"username": "zhoulin", "zh": "周林", "badge": "", "unit": "qinglan", "office": "county-head", "password": ANOTHER}
    assert (await admin.post("/api/admin/people", **new)).status_code == 201
    (awaiting,) = (await supervisor.read("/api/appointments"))["items"]
    assert (await supervisor.post("/api/appointments/confirm", appointment=awaiting["id"])).status_code == 200
    first = await at_desk(sober, "zhoulin", ANOTHER)
    assert (await first.post("/api/me/password", current=ANOTHER, password=PASSWORD)).status_code == 200
    device, hand = await enrolled(sober, "zhoulin", vouched=False)
    assert said(await hand.get("/api/tasks")) == UNVOUCHED
    assert (await sign_in(sober, "zhoulin", otp=device.now())).json()["owes"] == "vouching"


async def test_vouching_is_told_to_whose_it_is_journaled_and_traced(sober: World) -> None:
    await people(sober, "zhouminghui", "mengqiu")
    _, supervisor = await enrolled(sober, "mengqiu")
    _, chief = await enrolled(sober, "zhouminghui", vouched=False)
    (waiting,) = (await supervisor.read("/api/second-factors"))["items"]
    assert (waiting["username"], waiting["zh"], waiting["awaits"]) == ("zhouminghui", "周明辉", True)
    assert await vouch(supervisor, "zhouminghui") == (204, "")
    assert (await chief.get("/api/tasks")).status_code == 200
    assert await notices(sober, "zhouminghui", "督察孟秋") == 1
    assert await journaled(sober, "vouch-second-factor") == [("mengqiu", "zhouminghui")]
    assert "second-factor-vouched" in await sorts(sober, "zhouminghui")
    (vouched,) = (await supervisor.read("/api/second-factors"))["items"]
    assert vouched["awaits"] is False
    assert await vouch(supervisor, "zhouminghui") == (404, "not-found")


async def test_what_is_dropped_begins_anew(sober: World) -> None:
    await people(sober, "zhouminghui", "mengqiu")
    _, supervisor = await enrolled(sober, "mengqiu")
    await enrolled(sober, "zhouminghui")
    assert (await supervisor.post(FACTOR.format("zhouminghui", "drop"))).status_code == 204
    _, chief = await enrolled(sober, "zhouminghui", vouched=False)
    assert said(await chief.get("/api/tasks")) == UNVOUCHED


async def test_nobody_vouches_for_a_device_that_was_enrolled_after_they_looked(sober: World) -> None:
    await people(sober, "zhouminghui", "mengqiu")
    _, supervisor = await enrolled(sober, "mengqiu")
    await enrolled(sober, "zhouminghui", vouched=False)
    looked = await enrolled_at(supervisor, "zhouminghui")
    assert (await supervisor.post(FACTOR.format("zhouminghui", "drop"))).status_code == 204
    await enrolled(sober, "zhouminghui", vouched=False)
    stale = await supervisor.post(FACTOR.format("zhouminghui", "vouch"), enrolled_at=looked)
    assert said(stale) == (409, "superseded")
    assert await vouch(supervisor, "zhouminghui") == (204, "")


# Who may vouch


async def test_nobody_vouches_but_who_supervises_that_person_and_is_another_and_no_administrator(sober: World) -> None:
    await people(sober, "zhouminghui", "mengqiu", "guanli", "yuwenxiu", "leijianfeng", "hejingyuan")
    for each in ("mengqiu", "guanli", "hejingyuan"):
        await enrolled(sober, each)
    await enrolled(sober, "zhouminghui", vouched=False)
    admin, head = await at(sober, "guanli"), await at(sober, "hejingyuan")
    assert await vouch(admin, "zhouminghui") == (403, "office-may-not-act")
    assert await vouch(head, "zhouminghui") == (403, "office-may-not-act")
    supervisor = await at(sober, "mengqiu")
    assert await vouch(supervisor, "mengqiu") == (404, "not-found")
    assert await vouch(supervisor, "yanshouzheng") == (404, "not-found")
    assert await vouch(supervisor, "liusiyuan") == (404, "not-found")
    # Of a station alone, the head of the county is beyond them.
    await sober.ask("DELETE FROM holding WHERE username = 'leijianfeng'")
    await sober.ask("INSERT INTO holding VALUES ('leijianfeng', 'chengguan', 'supervisor')")
    await enrolled(sober, "leijianfeng")
    assert await vouch(await at(sober, "leijianfeng"), "zhouminghui") == (404, "not-found")
    assert (await (await at(sober, "leijianfeng")).read("/api/second-factors"))["items"] == []
    await sober.ask("INSERT INTO holding VALUES ('mengqiu', 'qinglan', 'administrator')")
    assert await vouch(await at(sober, "mengqiu"), "zhouminghui") == (403, "office-may-not-act")


async def at(there: World, username: str) -> Hand:
    """Somebody who was signed in with all that they need."""
    ((generation,),) = await there.ask("SELECT generation FROM person WHERE username = %(name)s", name=username)
    there.ctx.directory.forget()
    token, _ = there.ctx.tokens.issue(username, generation)  # type: ignore[union-attr] - no identity provider serves here
    return Hand(await there.stranger({"Authorization": f"Bearer {token}"}), username)


async def test_the_list_is_for_supervisors_alone(sober: World) -> None:
    await people(sober, "guanli", "liusiyuan")
    await enrolled(sober, "guanli")
    for each in ("guanli", "liusiyuan"):
        assert said(await (await at(sober, each)).get("/api/second-factors")) == (403, "office-may-not-act")


# The first supervisor


async def test_the_first_supervisor_counts_by_their_own_word_and_every_other_by_anothers(sober: World) -> None:
    await people(sober, "mengqiu", "leijianfeng", "zhouminghui")
    _, chief = await enrolled(sober, "zhouminghui", vouched=False)
    assert said(await chief.get("/api/tasks")) == UNVOUCHED, "no supervisor there is no reason for anybody else"
    _, first = await enrolled(sober, "leijianfeng", vouched=False)
    assert (await first.get("/api/tasks")).status_code == 200
    assert await journaled(sober, "first-second-factor") == [("leijianfeng", "leijianfeng")]
    _, second = await enrolled(sober, "mengqiu", vouched=False)
    assert said(await second.get("/api/tasks")) == UNVOUCHED
    assert await vouch(second, "zhouminghui") == UNVOUCHED
    assert await vouch(first, "mengqiu") == (204, "")
    assert await vouch(second, "zhouminghui") == (204, "")
    assert (await chief.get("/api/tasks")).status_code == 200


async def test_whoever_sends_the_supervisors_away_makes_nobody_the_first_again(sober: World) -> None:
    await people(sober, "mengqiu", "leijianfeng", "guanli")
    await enrolled(sober, "leijianfeng", vouched=False)
    await sober.ask("DELETE FROM holding WHERE username = 'leijianfeng'")
    await sober.ask("UPDATE person SET active = false WHERE username = 'leijianfeng'")
    _, next_one = await enrolled(sober, "mengqiu", vouched=False)
    assert said(await next_one.get("/api/tasks")) == UNVOUCHED
    _, admin = await enrolled(sober, "guanli", vouched=False)
    assert said(await admin.get("/api/admin/people")) == UNVOUCHED


async def test_an_administrator_counts_by_their_own_word_till_there_is_a_supervisor_and_to_administer_alone(sober: World) -> None:
    await people(sober, "guanli", "mengqiu")
    await sober.ask("INSERT INTO holding VALUES ('mengqiu', 'qinglan', 'administrator')")
    _, both = await enrolled(sober, "mengqiu", vouched=False)
    assert said(await both.get("/api/tasks")) == UNVOUCHED, "who supervises and administers is not the first supervisor"
    _, admin = await enrolled(sober, "guanli", vouched=False)
    assert (await admin.get("/api/admin/people")).status_code == 200
    assert await journaled(sober, "founding-second-factor") == [("guanli", "guanli")]
    await sober.ask("INSERT INTO holding VALUES ('guanli', 'qinglan', 'county-head')")
    assert said(await (await at(sober, "guanli")).get("/api/tasks")) == UNVOUCHED


async def test_nobody_counts_by_their_own_word_whose_password_an_administrator_has_set(sober: World) -> None:
    await people(sober, "guanli", "leijianfeng", "mengqiu")
    for each in ("mengqiu", "guanli"):
        await sober.ask("DELETE FROM second_factor WHERE username = %(name)s", name=each)
    thief = await taken_over(sober, "leijianfeng")
    await sober.ask("UPDATE second_factor SET vouched = NULL")
    sober.ctx.directory.forget()
    assert said(await thief.get("/api/tasks")) == UNVOUCHED
    _, founded = await enrolled(sober, "mengqiu", vouched=False)
    assert (await founded.get("/api/tasks")).status_code == 200, "theirs was set at the machine"


async def test_where_a_factor_counts_from_before_nobodys_counts_by_its_own_word(sober: World) -> None:
    await people(sober, "mengqiu", "leijianfeng")
    await enrolled(sober, "leijianfeng", vouched=False)
    await sober.ask("UPDATE second_factor SET vouched = 'before'")
    _, next_one = await enrolled(sober, "mengqiu", vouched=False)
    assert said(await next_one.get("/api/tasks")) == UNVOUCHED


# Who owes nothing


async def test_whoever_needs_no_second_factor_has_none_to_be_vouched_for_until_they_are_appointed(sober: World) -> None:
    await people(sober, "liusiyuan", "mengqiu")
    _, supervisor = await enrolled(sober, "mengqiu")
    _, officer = await enrolled(sober, "liusiyuan", vouched=False)
    assert (await officer.get("/api/tasks")).status_code == 200
    assert await notices(sober, "mengqiu", "刘思源") == 0
    assert [each["awaits"] for each in (await supervisor.read("/api/second-factors"))["items"]] == [False]
    await sober.ask("INSERT INTO holding VALUES ('liusiyuan', 'chengguan', 'station-head')")
    assert said(await (await at(sober, "liusiyuan")).get("/api/tasks")) == UNVOUCHED
    assert [each["awaits"] for each in (await supervisor.read("/api/second-factors"))["items"]] == [True]


async def test_in_a_demonstration_nobody_waits_for_it(idle: World) -> None:
    await own(idle, "zhouminghui")
    _, chief = await enrolled(idle, "zhouminghui", vouched=False)
    assert (await chief.get("/api/tasks")).status_code == 200
    assert await notices(idle, "mengqiu", "请当面核实") == 0


async def test_an_open_sign_in_owes_it_too_and_ends_no_sooner(sober: World) -> None:
    await people(sober, "zhouminghui", "mengqiu")
    _, supervisor = await enrolled(sober, "mengqiu")
    _, chief = await enrolled(sober, "zhouminghui", vouched=False)
    changed = await chief.post("/api/me/password", current=PASSWORD, password=THIEF)
    assert (changed.status_code, changed.json()["owes"]) == (200, "vouching")
    assert await vouch(supervisor, "zhouminghui") == (204, "")
    free = await sober.stranger({"Authorization": f"Bearer {changed.json()['access_token']}"})
    assert (await free.get("/api/tasks")).status_code == 200
