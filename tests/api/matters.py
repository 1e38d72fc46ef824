"""The matters that the tests of the API begin with."""

import httpx

from tests.world import Hand, World, until

THEFT = {"kind": "盗窃", "place": "城关镇河滨路", "narrative": "电动自行车被盗", "unit": "chengguan"}


async def reported(bureau: World, **said: object) -> tuple[str, Hand]:
    """An incident sent to the station of 城关, and the officer who answers it."""
    desk = await bureau.as_("linxiaoyu")
    number = (await desk.open("incident", **THEFT | said))["number"]
    await desk.take(number, "dispatch-incident", unit="chengguan", officer="liusiyuan")
    return number, await bureau.as_("liusiyuan")


async def accepted(bureau: World, **said: object) -> tuple[str, Hand]:
    """A criminal case under review at the station of 城关, and its officer."""
    officer = await bureau.as_("liusiyuan")
    form = {"charge": "xf-264", "summary": "电动自行车被盗", **said}
    return (await officer.open("criminal-case", **form))["number"], officer


async def a_case(bureau: World) -> str:
    """The number of such a case, however long its opening takes on a busy machine."""
    officer = await bureau.as_("liusiyuan")
    form = {"charge": "xf-264", "summary": "电动自行车被盗"}

    async def opened() -> httpx.Response:
        return await officer.post("/api/matters/criminal-case", {"Idempotency-Key": "a-case"}, **form)

    answer = await until(opened, lambda answer: answer.status_code != 503, within=120)
    assert answer.status_code == 201, answer.text
    return answer.json()["number"]


async def requested(bureau: World) -> tuple[str, Hand]:
    """A criminal case whose officer has asked to file it."""
    number, officer = await accepted(bureau)
    receipt = await officer.take(number, "file-case", charge="xf-264", grounds="有犯罪事实，需要追究刑事责任")
    assert receipt["standing"] == "awaiting-approval"
    return number, officer


async def refusals(bureau: World, chain: str) -> list[str]:
    """The problems that were journaled in a chain, in order."""
    rows = await bureau.ask(
        "SELECT content::json ->> 'problem' AS problem FROM entry WHERE chain = %(chain)s AND sort = 'refusal' ORDER BY position",
        chain=chain,
    )
    return [row.problem for row in rows]
