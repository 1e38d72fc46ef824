"""Review rounds: what is drawn can be drawn again by anybody, nobody chooses files or looks at what they handled, and special files come by themselves."""

from hashlib import new
from typing import Any

import pytest

from tests.api.matters import accepted
from tests.api.reviews import REVIEWERS, at_stage, decided, drawn, plan, review_of
from tests.world import Hand, World, until


async def refused(hand: Hand, number: str, step: str, /, **form: Any) -> tuple[int, str, str]:
    """How a step is refused: status, problem, sentence."""
    answer = await hand.try_(number, step, **form)
    told = answer.json()
    return answer.status_code, told["type"].rpartition("/")[2], str(told.get("errors") or told["detail"])


async def test_a_round_is_drawn_from_a_frozen_population_and_another_login_draws_the_same_files(bureau: World) -> None:
    files = [await decided(bureau) for _ in range(3)] + [await decided(bureau, "donghe", "wuhaoran")]
    number, _ = await drawn(bureau, method="random", size=2)
    another = await bureau.as_("mengqiu")
    (draw,) = await another.read(f"/api/review-rounds/{number}/draw")
    population = sorted(draw["population"], key=lambda each: each["number"])
    assert [each["number"] for each in population] == sorted(files)

    def sm3(text: str) -> str:
        return new("sm3", text.encode()).hexdigest()

    digest = sm3("".join(f"{each['number']} {each['unit']} {each['outcome']}\n" for each in population))
    seed = sm3(f"{number}|{digest}|{draw['day']}")
    by_hand = sorted((each["number"] for each in population), key=lambda each: sm3(f"{seed}|{each}"))[:2]
    assert (draw["digest"], draw["seed"], draw["same"]) == (digest, seed, True)
    assert sorted(each["number"] for each in draw["population"] if each["taken"]) == sorted(by_hand)
    (entry,) = await bureau.ask(
        "SELECT content::json -> 'draw' AS draw FROM entry WHERE chain = %(number)s AND step = 'draw-files'", number=number
    )
    assert (entry.draw["seed"], sorted(entry.draw["drawn"])) == (seed, sorted(by_hand))
    # What comes later belongs to the next round.
    await decided(bureau)
    assert len((await another.read(f"/api/review-rounds/{number}/draw"))[0]["population"]) == len(files)


async def test_a_population_that_somebody_changed_afterwards_no_longer_agrees_with_its_draw(bureau: World) -> None:
    await decided(bureau)
    number, legal = await drawn(bureau)
    await bureau.ask("UPDATE review_population SET unit_id = 'baita' WHERE round = %(number)s", number=number)
    (draw,) = await legal.read(f"/api/review-rounds/{number}/draw")
    assert draw["same"] is False


async def test_a_second_draw_wants_the_head_of_the_bureau_and_keeps_the_first_on_record(bureau: World) -> None:
    for _ in range(3):
        await decided(bureau)
    number, legal = await drawn(bureau, method="random", size=1)
    first = (await legal.read(f"/api/review-files?round={number}"))["items"]
    receipt = await legal.take(number, "redraw-files", reason="遗漏东河派出所")
    assert receipt["standing"] == "awaiting-approval"
    assert len(await legal.read(f"/api/review-rounds/{number}/draw")) == 1
    head = await bureau.as_("zhouminghui")
    await head.approve(number, "redraw-files")
    one, two = await legal.read(f"/api/review-rounds/{number}/draw")
    assert one["seed"] != two["seed"]
    assert (one["same"], two["same"], two["drawing"]) == (True, True, 2)
    await at_stage(legal, first[0]["number"], "voided")


async def test_whoever_was_a_companion_in_a_file_or_belongs_to_its_unit_is_given_none(bureau: World) -> None:
    file = await decided(bureau)
    number, legal = await drawn(bureau)
    told = await refused(
        legal, number, "assign-reviewers", assignments=[{"file": file, "first": "liusiyuan", "second": "wuhaoran"}]
    )
    assert told[:2] == (403, "duties-not-separated")
    assert file in told[2]
    told = await refused(legal, number, "assign-reviewers", assignments=[{"file": file, "first": "machao", "second": "wuhaoran"}])
    assert told[:2] == (403, "duties-not-separated")
    told = await refused(legal, number, "assign-reviewers", assignments=[{"file": file, "first": "wuhaoran", "second": "wuhaoran"}])
    assert told[:2] == (422, "form-invalid")


async def test_without_a_word_each_file_is_given_by_lot_to_two_of_other_units(bureau: World) -> None:
    files = [await decided(bureau), await decided(bureau, "donghe", "wuhaoran")]
    number, legal = await drawn(bureau)
    await legal.take(number, "assign-reviewers")

    async def seats() -> list[Any]:
        return await bureau.ask("SELECT r.subject, s.reviewer FROM review_sheet s JOIN case_review r ON r.number = s.review")

    found = await until(seats, lambda rows: len(rows) == 4)
    by_file = {file: {row.reviewer for row in found if row.subject == file} for file in files}
    assert all(len(people) == 2 for people in by_file.values())
    assert by_file[files[1]].isdisjoint({"sunjiawei", "wuhaoran"})
    assert set().union(*by_file.values()) <= set(REVIEWERS)


async def test_nobody_chooses_files_and_a_station_reviews_nobody(bureau: World) -> None:
    file = await decided(bureau)
    legal = await bureau.as_("fangzhengping")
    answer = await legal.post("/api/matters/review-round", **plan(files=[file]))
    assert answer.status_code == 422
    assert "不得自选" in answer.text
    answer = await legal.post("/api/matters/review-round", **plan(units=["nowhere"]))
    assert answer.status_code == 422
    answer = await (await bureau.as_("zhaotiejun")).post("/api/matters/review-round", **plan())
    assert answer.status_code == 403
    answer = await legal.post("/api/matters/review-round", **plan(reviewers=["wuhaoran", "linxiaoyu"]))
    assert "linxiaoyu" in answer.text


async def test_nothing_is_drawn_from_nothing_and_such_a_plan_is_taken_back(bureau: World) -> None:
    legal = await bureau.as_("fangzhengping")
    number = (await legal.open("review-round", **plan()))["number"]
    assert (await refused(legal, number, "draw-files"))[:2] == (409, "law-forbids")
    assert (await legal.take(number, "cancel-review-round", reason="本月没有此类案卷"))["stage"] == "cancelled"


async def test_what_was_reviewed_within_a_year_or_is_sealed_is_not_drawn_by_lot(bureau: World) -> None:
    first = await decided(bureau)
    await drawn(bureau)
    await review_of(bureau, first)
    second = await decided(bureau)
    number, legal = await drawn(bureau)
    (draw,) = await legal.read(f"/api/review-rounds/{number}/draw")
    assert [each["number"] for each in draw["population"]] == [second]
    assert draw["lately"] == 1


async def test_an_acquittal_by_the_courts_message_opens_a_review_without_anybody_asking(bureau: World) -> None:
    case, officer = await accepted(bureau)
    chief, procurator, court = [await bureau.as_(name) for name in ("zhouminghui", "yeqingheng", "mogongyi")]

    async def approved(number: str, step: str, **form: Any) -> None:
        await officer.take(number, step, **form)
        await chief.approve(number, step)

    await approved(case, "file-case", charge="xf-264", grounds="有犯罪事实")
    (suspect,) = (await officer.take(case, "name-suspect", name="王某"))["opened"]
    await at_stage(officer, suspect, "at_liberty")
    await approved(suspect, "decide-bail", surety="保证人", grounds="不致发生社会危险性")
    await approved(case, "close-investigation", report="事实清楚")
    await approved(case, "send-case", opinion="应当起诉")
    await procurator.take(case, "prosecute-case", charge="盗窃罪")
    await court.take(case, "accept-trial", procedure="ordinary")
    await court.take(case, "judge-case", outcome="acquitted", judgment="宣告被告人无罪")
    legal = await bureau.as_("fangzhengping")

    async def files() -> list[dict[str, Any]]:
        return (await legal.read("/api/review-files"))["items"]

    (file,) = await until(files, len)
    assert (file["subject"], file["stage"], file["checklist"]) == (case, "scoring", "criminal")
    (round_,) = (await legal.read("/api/review-rounds"))["items"]
    assert (round_["stage"], round_["population"]) == ("drawn", 1)
    assert "宣告无罪" in round_["title"]
    # Whoever handles the case does not learn of it from the case.
    assert round_["number"] not in (await officer.get(f"/api/matters/{case}")).text
    assert (await officer.get(f"/api/matters/{round_['number']}")).status_code == 404


@pytest.mark.parametrize(
    ("ends", "why"),
    [
        ({"step": "refuse-arrest", "grounds": "没有犯罪事实", "reason": "no-crime"}, "不构成犯罪"),
        ({"step": "record-death", "place": "看守所", "cause": "突发疾病，待鉴定"}, "羁押期间死亡"),
    ],
    ids=["arrest refused", "death in custody"],
)
async def test_how_it_ended_for_a_suspect_opens_a_review_of_the_case(bureau: World, ends: dict[str, str], why: str) -> None:
    case, officer = await accepted(bureau)
    chief, legal = await bureau.as_("zhouminghui"), await bureau.as_("fangzhengping")
    await officer.take(case, "file-case", charge="xf-264", grounds="有犯罪事实")
    await chief.approve(case, "file-case")
    (suspect,) = (await officer.take(case, "name-suspect", name="王某"))["opened"]
    await at_stage(officer, suspect, "at_liberty")
    await officer.take(suspect, "execute-detention", place="派出所", grounds="正在实行犯罪")
    await chief.approve(suspect, "execute-detention")
    hand, said = officer, {name: value for name, value in ends.items() if name != "step"}
    if ends["step"] == "refuse-arrest":
        await officer.take(suspect, "request-arrest", grounds="有社会危险性")
        await chief.approve(suspect, "request-arrest")
        hand = await bureau.as_("yeqingheng")
    await hand.take(suspect, ends["step"], **said)

    async def rounds() -> list[dict[str, Any]]:
        return (await legal.read("/api/review-rounds"))["items"]

    (round_,) = await until(rounds, len)
    assert why in round_["title"]
    (file,) = await until(lambda: bureau.ask("SELECT subject FROM case_review"), len)
    assert file.subject == case
