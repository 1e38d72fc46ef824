"""Somebody whom a supervisory commission hands over: detained on the procuratorate's decision, which it then has ten days to take."""

from datetime import datetime, timedelta

from law.calendar import SHANGHAI
from tests.scenarios.fraud import filed_case, named_suspect, team
from tests.world import World

DAY = timedelta(days=1)


async def test_the_police_detain_and_the_procuratorate_decides_within_ten_to_fourteen_days(county: World) -> None:
    people = await team(county)
    began = datetime.now(SHANGHAI).replace(second=0, microsecond=0) - timedelta(hours=3)
    suspect = await named_suspect(people, await filed_case(people, began - DAY))
    said = {"place": "青岚县看守所", "decision": "青检拘决〔2026〕3号"}
    await people.officer.take(suspect, "execute-prior-detention", at=began, **said)
    assert (await people.chief.approve(suspect, "execute-prior-detention"))["stage"] == "detained"
    decide = await people.officer.clock(suspect, "supervisory-handover-detention")
    assert datetime.fromisoformat(decide["due_at"]) == began + 10 * DAY
    papers = await people.officer.read(f"/api/matters/{suspect}/documents")
    assert "拘留证" in {each["title"] for each in (papers["items"] if isinstance(papers, dict) else papers)}
    await people.procurator.take(suspect, "extend-prior-detention", extension="+4 day", grounds="案情重大")
    decide = await people.officer.clock(suspect, "supervisory-handover-detention")
    assert datetime.fromisoformat(decide["due_at"]) == began + 14 * DAY
    assert (await people.procurator.take(suspect, "approve-arrest"))["stage"] == "arrest_approved"
    assert (await people.officer.clock(suspect, "supervisory-handover-detention"))["state"] == "met"


async def test_help_for_a_commission_runs_on_its_own_clock_beside_the_case(county: World) -> None:
    people = await team(county)
    began = datetime.now(SHANGHAI).replace(second=0, microsecond=0) - timedelta(hours=3)
    suspect = await named_suspect(people, await filed_case(people, began - DAY))
    said = {"commission": "青岚县监察委员会", "letter": "青监协〔2026〕2号"}
    await people.officer.take(suspect, "help-holding", at=began, **said)
    extension = {"limit": "supervisory-holding", "extension": "+3 day", "grounds": "案情特殊"}
    await people.officer.take(suspect, "extend-supervisory-measure", **extension)
    clock = await people.officer.clock(suspect, "supervisory-holding")
    assert datetime.fromisoformat(clock["due_at"]) == began + 10 * DAY
    assert (await people.officer.card(suspect))["stage"] == "at_liberty"
