"""Whoever opens a matter sees at once what happened: as the caller told it, also in what came of the call."""

from tests.api.matters import reported, requested
from tests.scenarios.fraud import SUSPECT
from tests.world import World, until

CALLER = {
    "kind": "殴打他人",
    "place": "城关镇北门夜市",
    "narrative": "两人喝酒后动手，一人头部流血",
    "reporter": "温如玉",
    "reporter_phone": "13900001234",
}


async def test_what_the_caller_told_is_seen_in_the_case_and_at_the_suspect(bureau: World) -> None:
    incident, officer = await reported(bureau, **CALLER)
    await officer.take(incident, "arrive-on-scene", found="伤者已由急救车送医")
    criminal = {"classification": "criminal", "reason": "头部流血，可能构成轻伤", "charge": "xf-234", "injured": True}
    (case,) = (await officer.take(incident, "classify-incident", **criminal))["opened"]
    await until(lambda: officer.get(f"/api/matters/{case}"), lambda answer: answer.is_success)
    seen = await officer.read(f"/api/matters/{case}/summary")
    told = {name: value for each in seen["told"] for name, value in each["form"].items()}
    assert told["narrative"] == CALLER["narrative"]
    assert told["place"] == CALLER["place"]
    assert told["found"] == "伤者已由急救车送医"
    assert told["charge"] == "xf-234"
    assert [(each["matter"], each["name"], each["said"]["phone"]) for each in seen["people"]] == [
        (incident, "温如玉", "13900001234")
    ]


async def test_an_organ_that_sees_the_suspect_alone_learns_nothing_of_the_case_and_the_call(bureau: World) -> None:
    case, officer = await requested(bureau)
    chief = await bureau.as_("zhouminghui")
    await chief.approve(case, "file-case")
    (suspect,) = (await officer.take(case, "name-suspect", **SUSPECT))["opened"]
    await until(lambda: officer.get(f"/api/matters/{suspect}"), lambda answer: answer.is_success)
    await officer.take(suspect, "execute-detention", place="城关派出所", grounds="可能毁灭证据")
    await chief.approve(suspect, "execute-detention")
    assert (await officer.read(f"/api/matters/{suspect}/summary"))["told"]
    centre = await bureau.as_("niuguodong")
    assert await centre.read(f"/api/matters/{suspect}/summary") == {"told": [], "people": []}
