"""S1: a fight filed away as mediation, and set right."""

from tests.scenarios.fraud import team
from tests.world import World

FIGHT = {
    "kind": "殴打他人",
    "place": "城关镇夜市烧烤店门口",
    "narrative": "报警人称在烧烤店门口被打，有人躺下、流血。",
    "unit": "chengguan",
}


async def test_a_fight_cannot_be_closed_as_mediation_without_agreement_or_statements_and_is_reclassified(county: World) -> None:
    people = await team(county)
    incident = (await people.desk.open("incident", **FIGHT))["number"]
    await people.desk.take(incident, "dispatch-incident", unit="chengguan", officer="liusiyuan")
    await people.officer.take(incident, "arrive-on-scene", found="双方均有轻微伤")
    await people.officer.take(incident, "classify-incident", classification="mediation", reason="双方愿意调解")

    for agreed, field, article in ((False, "agreement", "第一百八十四条"), (True, "statements", "第一百八十条")):
        refused = await people.officer.try_(incident, "close-incident", outcome="双方已自行和好", agreement=agreed)
        assert refused.status_code == 409
        assert refused.json()["type"] == "/problems/law-forbids"
        assert refused.json()["field"] == field
        assert article in refused.json()["basis"]
    assert (await people.officer.card(incident))["stage"] == "mediation"

    unexplained = await people.officer.try_(
        incident, "reclassify-incident", classification="administrative", violation="za-51-1", injured=False
    )
    assert [(each["field"], each["rule"]) for each in unexplained.json()["errors"]] == [("reason", "missing")]
    reason = "烧烤店门口监控显示一方先动手，应当作为行政案件办理"
    await people.officer.take(
        incident, "reclassify-incident", classification="administrative", violation="za-51-1", reason=reason, injured=False
    )
    await people.officer.take(incident, "file-administrative-case", violation="za-51-1", injured=False)

    assert (await people.officer.card(incident))["stage"] == "classified"
    journal = (await people.officer.read(f"/api/matters/{incident}/journal"))["items"]
    said = [(each["sort"], each["content"].get("form", {}).get("classification")) for each in journal if "classify" in each["step"]]
    assert said == [("step", "mediation"), ("refusal", None), ("step", "administrative")]
    assert [each["content"]["problem"] for each in journal if each["sort"] == "refusal"] == [
        "law-forbids",
        "law-forbids",
        "form-invalid",
    ]
    assert (
        next(each for each in journal if each["step"] == "reclassify-incident" and each["sort"] == "step")["content"]["form"][
            "reason"
        ]
        == reason
    )
