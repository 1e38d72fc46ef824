"""The inspections are told with their basis, and whoever looks after them tries one on a text without writing anything."""

from tests.world import World

TRY = "/api/inspections/incident-fight-as-dispute/try"


async def test_each_inspection_says_by_which_rule_it_looks_and_what_is_then_to_be_done(bureau: World) -> None:
    officer = await bureau.as_("liusiyuan")
    told = {each["id"]: each for each in await officer.read("/api/inspections")}
    fraud = told["incident-fraud-as-dispute"]
    assert (fraud["label"], fraud["kinds"], fraud["severity"]) == ("疑似诈骗按经济纠纷处理", ["incident"], "orange")
    assert fraud["basis"] == ["《刑事诉讼法》第一百一十二条"]
    assert await officer.read("/api/inspections/incident-fraud-as-dispute") == fraud
    assert (await officer.get("/api/inspections/none")).status_code == 404


async def test_a_trial_says_how_each_word_is_said_and_by_which_cue_and_writes_nothing(bureau: World) -> None:
    reviewer = await bureau.as_("fangzhengping")
    before = await bureau.ask("SELECT count(*) AS n FROM entry")
    answer = await reviewer.post(TRY, caller="我没有还手，被他打了", officer="已劝解", classification="dispute")
    assert answer.status_code == 200, answer.text
    tried = answer.json()
    assert [(hit["group"], hit["word"], hit["status"]) for hit in tried["hits"]] == [("INJ", "被他打了", "affirmed")]
    assert tried["findings"] == ["incident-fight-as-dispute"]
    denied = (await reviewer.post(TRY, caller="没有被打", classification="dispute")).json()
    assert (denied["hits"][0]["cue"], denied["findings"]) == ("没有", [])
    assert await bureau.ask("SELECT count(*) AS n FROM entry") == before


async def test_whoever_does_not_look_after_the_rules_tries_none_and_what_is_told_wrongly_is_named(bureau: World) -> None:
    assert (await (await bureau.as_("liusiyuan")).post(TRY, caller="被打")).status_code == 403
    refused = await (await bureau.as_("fangzhengping")).post(TRY, caller="被打", end="lost")
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "end")
