"""S17: two stations each say that the other must take an incident; the first receiver works on, and their superior decides."""

from tests.api.test_jurisdiction_disputes import CONSULTED, SUBMITTED
from tests.scenarios.fraud import Team, team
from tests.scenarios.passing import eventually
from tests.world import World

STOLEN = {"kind": "盗窃", "place": "界河路与城关大道路口", "narrative": "停在路口的电动自行车被人偷走了", "unit": "chengguan"}


async def raised(county: World) -> tuple[Team, str, str]:
    """The theft, sent to 城关, and the dispute with 东河 that its officer raised."""
    people, chief = await team(county), await county.as_("zhouminghui")
    incident = (await people.desk.open("incident", **STOLEN))["number"]
    await people.desk.take(incident, "dispatch-incident", unit="chengguan", officer="liusiyuan")
    said = {"other": "东河派出所", "units": ["donghe"], "reason": "案发地在界河以东", "ground": "territory"}
    (dispute,) = (await people.officer.take(incident, "raise-jurisdiction-dispute", **said, done="已到现场，询问报案人"))["opened"]

    async def there() -> bool:
        return (await chief.get(f"/api/matters/{dispute}")).status_code == 200

    await eventually(there)
    return people, incident, str(dispute)


async def test_a_theft_on_the_border_is_worked_on_while_two_stations_differ_and_goes_where_the_bureau_says(county: World) -> None:
    people, incident, dispute = await raised(county)
    first, other, chief = [await county.as_(name) for name in ("zhaotiejun", "sunjiawei", "zhouminghui")]
    # Nothing is handed over meanwhile, and the work goes on where it is.
    refused = await people.officer.try_(incident, "transfer-incident", to="东河派出所", materials="接报案登记")
    assert (refused.status_code, refused.json()["basis"]) == (409, "《公安机关接报案与立案工作规定》第十三条")
    await people.officer.take(incident, "arrive-on-scene")
    await people.officer.take(incident, "handle-scene", measures="已询问报案人、提取监控")
    await other.take(dispute, "consult-jurisdiction", **CONSULTED)
    await first.take(dispute, "submit-dispute", **SUBMITTED)
    assert (await chief.clock(dispute, "dispute-decide"))["state"] == "running"

    # A refusal to take it changes nothing, is on record and is watched.
    await chief.take(dispute, "decide-jurisdiction", unit="donghe", reason="案发地在界河以东")
    (supervision,) = (await other.take(dispute, "refuse-designation", reason="警力不足"))["opened"]

    async def watched() -> bool:
        return (await chief.get(f"/api/matters/{supervision}")).status_code == 200

    await eventually(watched)
    await other.take(dispute, "accept-designation", officer="wuhaoran", papers=["接报案登记表", "现场照片"])

    async def moved() -> bool:
        now = await chief.card(incident)
        return (now["unit"], now["officer"]) == ("donghe", "wuhaoran")

    await eventually(moved)
    officer = await county.as_("wuhaoran")
    clock = await officer.clock(incident, "case-jurisdiction-change-notify")
    assert (clock["state"], "第十三条" in clock["basis"]) == ("running", True)
    await officer.take(incident, "tell-of-jurisdiction", told="已电话告知报案人")
    journal = (await chief.read(f"/api/matters/{dispute}/journal"))["items"]
    assert [each["step"] for each in journal if each["sort"] == "step"] == [
        "open-dispute",
        "consult-jurisdiction",
        "submit-dispute",
        "decide-jurisdiction",
        "refuse-designation",
        "accept-designation",
    ]
