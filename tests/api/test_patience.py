"""How long a turn waits until somebody is reminded, and until it goes up, is set for a unit by two people; each turn says by which edition."""

from typing import Any

from operations.verify import verify
from tests.api.matters import reported
from tests.world import Hand, World
from watchdog.duties.seal_journal import SealJournal

SIGN: dict[str, Any] = {"unit": "qinglan", "step": "accept-dispatch"}


async def proposed(bureau: World, **said: Any) -> tuple[Hand, Any]:
    admin = await bureau.as_("guanli")
    answer = await admin.post("/api/patience", **(SIGN | {"reminded_s": 60, "goes_up_s": 300} | said))
    return admin, answer


async def set_(bureau: World, **said: Any) -> Any:
    _, answer = await proposed(bureau, **said)
    (one,) = answer.json()["proposed"]
    supervisor = await bureau.as_("leijianfeng")
    return await supervisor.post("/api/patience/confirm", unit=one["unit"], step=one["step"], proposed_at=one["at"])


async def waits(bureau: World, number: str) -> tuple[float, float]:
    """After how many seconds the turn of that matter is urged, and goes up."""
    (row,) = await bureau.ask(
        "SELECT remind_at - opened_at AS reminded, goes_up_at - opened_at AS up FROM task "
        "WHERE matter = %(number)s AND sort = 'turn' AND done_at IS NULL",
        number=number,
    )
    return row.reminded.total_seconds(), row.up.total_seconds()


async def test_what_two_people_set_holds_below_for_turns_that_begin_from_then_on(bureau: World) -> None:
    before, _ = await reported(bureau)
    assert (await set_(bureau)).status_code == 200
    after, officer = await reported(bureau)
    assert (await waits(bureau, before), await waits(bureau, after)) == ((20, 60), (60, 300))
    # The nearest unit's own figures come before those of the bureau.
    await set_(bureau, unit="chengguan", reminded_s=30, goes_up_s=90)
    nearer, _ = await reported(bureau)
    assert await waits(bureau, nearer) == (30, 90)
    entries = [
        each["content"]["turn"] for each in (await officer.read(f"/api/matters/{after}/journal"))["items"] if each["sort"] == "step"
    ]
    (edition,) = [each["patience"]["edition"] for each in entries if each and "patience" in each]
    told = (await (await bureau.as_("leijianfeng")).read("/api/patience"))["in_force"]
    assert edition in [each["edition"] for each in told if (each["unit"], each["goes_up_s"]) == ("qinglan", 300)]
    await bureau.watch().get_duty(SealJournal).do()
    assert verify(bureau.settings).faults == []


async def test_what_was_set_is_taken_back_for_turns_that_begin_from_then_on(bureau: World) -> None:
    await set_(bureau, unit="chengguan")
    before, _ = await reported(bureau)
    await set_(bureau, unit="chengguan", reminded_s=None, goes_up_s=None, taken_back=True)
    after, _ = await reported(bureau)
    assert (await waits(bureau, before), await waits(bureau, after)) == ((60, 300), (20, 60))
    assert (await (await bureau.as_("leijianfeng")).read("/api/patience"))["in_force"] == []


async def test_one_person_alone_sets_nothing_and_what_was_proposed_anew_is_looked_at_anew(bureau: World) -> None:
    admin, answer = await proposed(bureau)
    (one,) = answer.json()["proposed"]
    confirming = {**SIGN, "proposed_at": one["at"]}
    assert (await admin.post("/api/patience/confirm", **confirming)).status_code == 403
    await proposed(bureau, goes_up_s=600)
    supervisor = await bureau.as_("leijianfeng")
    assert (await supervisor.post("/api/patience/confirm", **confirming)).status_code == 409
    number, _ = await reported(bureau)
    assert await waits(bureau, number) == (20, 60)
    assert (await supervisor.post("/api/patience", **SIGN, reminded_s=60)).status_code == 403


async def test_what_cannot_be_waited_for_is_refused(bureau: World) -> None:
    for said in ({"goes_up_s": 30}, {"step": "approve"}, {"reminded_s": 1}):
        assert (await proposed(bureau, **said))[1].status_code == 422
    assert (await proposed(bureau, unit="nowhere"))[1].status_code == 422


async def test_what_holds_where_nothing_is_set_is_told(bureau: World) -> None:
    usual = {each["step"]: each for each in (await (await bureau.as_("guanli")).read("/api/patience"))["usual"]}
    assert (usual["accept-dispatch"]["step_zh"], usual["accept-dispatch"]["goes_up_s"]) == ("签收警情", 60)
    assert usual["archive"]["reminded_s"] is None
