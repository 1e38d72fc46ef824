"""Links between matters on their cards: from both ends, and only for whoever may know of both."""

from tests.api.matters import reported
from tests.world import World


async def test_a_link_stands_on_both_cards_for_whoever_reaches_both_and_on_none_for_others(bureau: World) -> None:
    here, officer = await reported(bureau)
    there, _ = await reported(bureau, unit="donghe")
    await bureau.ask("UPDATE matter SET unit_id = 'donghe', officer = '', handlers = '{}' WHERE number = %(there)s", there=there)
    await bureau.ask("INSERT INTO link VALUES (%(here)s, %(there)s, 'led-to', '{}', 2)", here=here, there=there)
    reviewer = await bureau.as_("fangzhengping")
    shown = {number: (await reviewer.card(number))["links"]["linked"] for number in (here, there)}
    assert [(each["number"], each["relation"], each["zh"], each["theirs"]) for each in shown[here]] == [
        (there, "led-to", "引出", False)
    ]
    assert [(each["number"], each["relation"], each["zh"], each["theirs"]) for each in shown[there]] == [
        (here, "led-to", "起因", True)
    ]
    assert (await officer.card(here))["links"]["linked"] == []
