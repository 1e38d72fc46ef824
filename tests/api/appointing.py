"""Two people who give somebody an office: the administrator proposes, the supervisor of the whole county confirms."""

from tests.world import World

CONFIRMER = "mengqiu"


async def confirmed(world: World, by: str = CONFIRMER) -> None:
    """Confirm everything that awaits it."""
    hand = await world.as_(by)
    for each in (await hand.read("/api/appointments"))["items"]:
        answer = await hand.post("/api/appointments/confirm", appointment=each["id"])
        assert answer.status_code == 200, answer.text


async def appointed(world: World, username: str, unit: str, office: str) -> None:
    """Give somebody an office that is entrusted."""
    proposed = await (await world.as_("guanli")).post("/api/admin/holdings", username=username, unit=unit, office=office)
    assert proposed.status_code == 201, proposed.text
    await confirmed(world)
