"""Whom a letter denounces never learns of it, nor does their unit; whoever keeps letters is told no more of other matters than they need."""

from typing import Any

from operations.verify import verify
from tests.organ import organ
from tests.scenarios.fraud import filed_case, team
from tests.scenarios.test_s06_a_letter_to_the_chief import COMPLAINT, register, signed
from tests.scenarios.test_sealed_files_are_told_by_no_route import Files, leaks, sought
from tests.walk import walk
from tests.world import World

DENOUNCED: dict[str, Any] = {
    "channel": "post",
    "sort": "denunciation",
    "narrative": "东河所所长收受烟酒，请查处",
    "subject_officer": "sunjiawei",
    "subject_unit": "donghe",
    "writer_name": "何春来",
}


async def test_whom_a_letter_denounces_and_their_unit_find_no_word_of_it(county: World) -> None:
    desk = await county.as_("mengxiaolan")
    number = (await desk.open("letter", **DENOUNCED))["number"]
    await desk.take(number, "sign-letter")
    files = Files([number], [number, "收受烟酒", "何春来"])
    seen = await walk(county, "mengxiaolan", await sought(county, files))
    assert {secret for secret in files.secrets for text in seen.values() if secret in text} == {number, "收受烟酒"}, (
        "who keeps letters reads it, but for who wrote it"
    )
    assert (await (await county.as_("leijianfeng")).card(number))["title"].startswith("东河所所长收受烟酒"), "and who supervises"
    for person in ("sunjiawei", "wuhaoran"):
        assert await leaks(county, files, person) == [], person
    assert verify(county.settings).faults == []
    refused = await desk.try_(number, "assign-letter", unit="donghe")
    assert (refused.status_code, refused.json()["field"]) == (409, "unit")
    # Words that say what was done are kept from whom it is about as well, once somebody has read it so.
    _, plain, _ = await signed(county)
    subject = await county.as_("liusiyuan")
    await desk.take(plain, "classify-letter", labels=["1.03.01"])
    await desk.take(plain, "assign-letter", unit="chengguan")
    assert (await subject.card(plain))["number"] == plain, "a complaint that a case is slow lies before the station that has it"
    await desk.take(plain, "classify-letter", labels=["4.08.01"])
    assert (await subject.get(f"/api/matters/{plain}")).status_code == 404


async def test_a_letter_is_given_to_no_unit_from_which_it_is_kept(county: World) -> None:
    desk, number, _ = await signed(county, subject_officer="")
    supervisor = await county.as_("leijianfeng")
    await supervisor.take(number, "change-kept-from", units=["baita"], officers=["xuyating"], reason="反映的情况涉及该所")
    unit = await desk.try_(number, "assign-letter", unit="baita")
    assert (unit.status_code, unit.json()["field"], "回避" in unit.json()["detail"]) == (409, "unit", True)
    officer = await desk.try_(number, "assign-letter", unit="chengguan", officer="xuyating")
    assert officer.status_code in (409, 422)
    await desk.take(number, "assign-letter", unit="chengguan")


async def test_what_is_said_about_whoever_keeps_letters_goes_to_who_supervises(county: World) -> None:
    counter, supervisor = await county.as_("linxiaoyu"), await county.as_("leijianfeng")
    number = (await counter.open("letter", **COMPLAINT | {"subject_officer": "mengxiaolan"}))["number"]
    officer = await county.as_("mengxiaolan")
    assert (await officer.get(f"/api/matters/{number}")).status_code == 404
    await counter.take(number, "sign-letter")
    await supervisor.take(number, "classify-letter", labels=["4.02.03"])
    await supervisor.take(number, "assign-letter", unit="chengguan", officer="xuyating")
    # Every other letter is the letter officer's to see to.
    _, other, _ = await signed(county)
    refused = await supervisor.try_(other, "classify-letter", labels=["4.02.03"])
    assert (refused.status_code, "民意专员" in refused.json()["detail"]) == (409, True)


async def test_whoever_keeps_letters_links_one_with_a_case_that_they_do_not_read(county: World) -> None:
    desk, number, came = await signed(county)
    case = await filed_case(await team(county), came)
    assert (await desk.get(f"/api/matters/{case}")).status_code == 404
    await desk.take(number, "link-letter", number=case)
    await desk.take(number, "assign-letter", unit="chengguan", officer="xuyating")
    head = await county.as_("zhaotiejun")
    assert [each["zh"] for each in (await head.card(case))["links"]["linked"]] == ["涉及本事项"]
    assert (await desk.card(number))["links"]["linked"] == [], "that it was linked is all they are told"
    assert (await desk.try_(number, "link-letter", number="XA202600999999")).status_code == 422
    stranger = await county.as_("wuhaoran")
    own = (await desk.open("letter", **COMPLAINT | {"subject_officer": ""}))["number"]
    await desk.take(own, "sign-letter")
    await desk.take(own, "assign-letter", unit="donghe")
    assert (await stranger.try_(own, "link-letter", number=case)).status_code == 422, "who handles a letter links what they know of"


async def test_a_denunciation_is_no_second_copy_of_what_came_under_its_number(county: World) -> None:
    hotline, desk = await organ(county, "hotline"), await county.as_("mengxiaolan")
    first, _ = await register(hotline, "msg_21", channel_number="HX21")
    sealed, _ = await register(hotline, "msg_22", channel_number="HX21", sort="denunciation", narrative="承办民警收受烟酒")
    number, own = (each.json()["receipt"]["number"] for each in (first, sealed))
    assert number != own, "it is lost where it passes for the first"
    again, _ = await register(hotline, "msg_23", channel_number="HX21", sort="denunciation", narrative="承办民警收受烟酒")
    assert again.json()["receipt"]["number"] == own
    assert "烟酒" not in (await desk.get(f"/api/matters/{number}")).text
    assert (await county.ask("SELECT sealed FROM matter WHERE number = %(n)s", n=own))[0].sealed


async def test_an_objection_is_not_approved_once_another_letter_was_merged_into_this_one(county: World) -> None:
    desk, leading, _ = await signed(county, channel="superior")
    _, repeat, _ = await signed(county)
    await desk.take(leading, "object-referral", reason="不归本局管辖", competent="住建局")
    await desk.take(repeat, "merge-letter", into=leading, reason="同一事由")
    head = await county.as_("hejingyuan")
    refused = await head.try_(leading, "approve", request="object-referral")
    assert (refused.status_code, "已有来信并入" in refused.json()["detail"]) == (409, True)
    await head.take(leading, "return", request="object-referral", reason="已有来信并入，由本局答复")
