"""An organ that accepts a case and does not answer in time: its clock rings, and the answer that comes late is taken, as late."""

from datetime import timedelta
from typing import Any

from tests.organ import Organ, organ
from tests.scenarios.fraud import Team, team
from tests.scenarios.passing import Passing
from tests.scenarios.test_organs_decide import sent_case


async def _rung(people: Team, case: str, limit: str) -> dict[str, Any]:
    """The limit's newest clock, which has run out and was rung for at every colour."""
    clock = await people.officer.clock(case, limit)
    assert (clock["state"], clock["colour"]) == ("running", "overdue")
    rings = (await people.officer.read(f"/api/clocks/{clock['id']}"))["rings"]
    assert [each["colour"] for each in rings][-1] == "overdue"
    return clock


async def _decided(organ_: Organ, case: str, step: str, passing: Passing, **form: Any) -> dict[str, Any]:
    answer = await organ_.decide(case, step, at=await passing.now(), **form)
    assert answer.status_code == 200, answer.text
    return answer.json()["receipt"]


async def test_procuratorate_and_court_that_decide_after_their_limits_are_rung_for_and_believed(passing: Passing) -> None:
    people = await team(passing.county)
    procuratorate, court = await organ(passing.county, "procuratorate"), await organ(passing.county, "court")
    case = await sent_case(people, await passing.now() - timedelta(days=2))
    await _decided(procuratorate, case, "receive-prosecution-case", passing)
    # A month, and whatever holiday it may end in.
    await passing.until(await passing.now() + timedelta(days=45))
    await _rung(people, case, "prosecution-review")
    prosecuted = await _decided(procuratorate, case, "prosecute-case", passing, charge="诈骗罪", court="青岚县人民法院")
    assert prosecuted["stage"] == "court_acceptance"
    assert (await people.officer.clock(case, "prosecution-review"))["state"] == "met-late"

    await _decided(court, case, "receive-trial-case", passing, number="(2026)刑初88号")
    await _decided(court, case, "accept-trial", passing, procedure="ordinary")
    await passing.until(await passing.now() + timedelta(days=80))
    await _rung(people, case, "trial-first-instance")
    judged = await _decided(court, case, "judge-case", passing, outcome="guilty", judgment="被告人犯诈骗罪，判处有期徒刑三年")
    assert judged["stage"] == "judged"
    assert (await people.officer.clock(case, "trial-first-instance"))["state"] == "met-late"


async def test_a_court_that_takes_too_long_over_taking_the_case_is_rung_for_too(passing: Passing) -> None:
    people = await team(passing.county)
    court = await organ(passing.county, "court")
    case = await sent_case(people, await passing.now() - timedelta(days=2))
    await people.procurator.take(case, "prosecute-case", charge="诈骗罪")
    await _decided(court, case, "receive-trial-case", passing, number="(2026)刑初89号")
    await passing.until(await passing.now() + timedelta(days=20))
    late = await _rung(people, case, "court-acceptance-review")
    assert (await _decided(court, case, "accept-trial", passing, procedure="ordinary"))["stage"] == "trial"
    (clock,) = [each for each in await people.officer.read(f"/api/matters/{case}/clocks") if each["id"] == late["id"]]
    assert clock["state"] == "met-late"
