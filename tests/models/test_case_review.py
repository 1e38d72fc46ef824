"""Case review: checklists add up, the lot can be drawn again by anybody, and two sheets are held against each other as the bureau says."""

from collections import Counter
from datetime import date
from decimal import Decimal
from hashlib import new

from hypothesis import given
from hypothesis import strategies as st

from inspections.inspection import get_inspections
from inspections.waiting import WAITING
from law.instruments import INSTRUMENTS
from models.reviews.checklists import Checklist, get_checklists
from models.reviews.drawing import File, allocate_strata, compute_draw_size, compute_population_digest, compute_seed, draw
from models.reviews.masking import Mask
from models.reviews.scoring import (
    Grade,
    ItemScore,
    apply_rulings,
    check_scores,
    compare,
    compute_grade,
    compute_mean,
    compute_total,
)
from tests.tables import table

DAY = date(2026, 10, 8)
ADMINISTRATIVE = get_checklists()["administrative"]


def full(checklist: Checklist = ADMINISTRATIVE, **lost: float) -> list[ItemScore]:
    """A sheet on which everything is met, but for these items (`i9=1`: one point less, `i9=-1`: does not apply)."""
    scores = []
    for item in checklist.items:
        less = lost.get(f"i{item.number}", 0)
        verdict = "na" if less < 0 else "met" if not less else "not" if less == item.points else "partly"
        points = 0 if less < 0 else item.points - less
        scores.append(ItemScore(item=item.number, verdict=verdict, points=points, note="见询问笔录" if less > 0 else ""))
    return scores


def files(*counts: int, outcome: str = "penalty.decided") -> list[File]:
    """So many files of each unit."""
    return [File(f"ZA2026{unit:02}{n:06}", f"u{unit}", outcome) for unit, many in enumerate(counts) for n in range(many)]


# Checklists


def test_there_are_three_checklists_of_a_hundred_points_each() -> None:
    assert {each.id: len(each.items) for each in get_checklists().values()} == {
        "criminal": 33,
        "administrative": 32,
        "incident": 21,
    }
    assert all(sum(item.points for item in each.items) == 100 for each in get_checklists().values())


def test_every_item_cites_an_instrument_that_we_know_and_says_how_points_are_taken() -> None:
    items = [item for each in get_checklists().values() for item in each.items]
    assert all(item.deduction and item.basis for item in items)
    assert {cited[1 : cited.index("》")] for item in items for cited in item.basis} <= set(INSTRUMENTS)


def test_what_proposes_a_score_is_an_inspection_that_runs_or_is_said_to_wait() -> None:
    known = {*get_inspections(), *(each.id for each in WAITING)}
    assert {name for each in get_checklists().values() for item in each.items for name in item.inspections} <= known


# The lot


def test_of_186_decisions_of_six_units_five_each_are_drawn_and_six_of_the_largest() -> None:
    population = files(20, 15, 12, 10, 15, 114)
    assert len(population) == 186
    digest = compute_population_digest(population)
    drawn = draw(population, "stratified", 0, compute_seed("PL202600000001", digest, DAY))
    assert Counter(each.file.unit for each in drawn if each.taken) == {"u0": 5, "u1": 5, "u2": 5, "u3": 5, "u4": 5, "u5": 6}


def test_whoever_has_the_population_and_the_seed_draws_the_same_files_by_hand() -> None:
    population = files(9, 4)

    def sm3(text: str) -> str:
        return new("sm3", text.encode()).hexdigest()

    digest = sm3("".join(sorted(f"{each.number} {each.unit} {each.outcome}\n" for each in population)))
    seed = sm3(f"PL202600000001|{digest}|2026-10-08")
    by_hand = sorted((each.number for each in population), key=lambda number: sm3(f"{seed}|{number}"))[:4]
    assert digest == compute_population_digest(population)
    drawn = draw(population, "random", 4, compute_seed("PL202600000001", digest, DAY))
    assert [each.file.number for each in drawn if each.taken] == by_hand


def test_a_second_draw_of_one_day_has_another_seed() -> None:
    digest = compute_population_digest(files(9))
    assert compute_seed("PL1", digest, DAY) != compute_seed("PL1", digest, DAY, 2)


def test_another_unit_or_outcome_of_a_file_changes_the_digest() -> None:
    one, other = File("ZA1", "u1", "penalty.decided"), File("ZA1", "u1", "penalty.not-imposed")
    assert compute_population_digest([one]) != compute_population_digest([other])


def test_each_file_is_as_likely_to_be_drawn_as_any_other() -> None:
    population, rounds = files(10), 2000
    digest = compute_population_digest(population)
    drawn = Counter(
        each.file.number
        for n in range(rounds)
        for each in draw(population, "random", 2, compute_seed(f"PL{n}", digest, DAY))
        if each.taken
    )
    expected = rounds * 2 / len(population)
    # χ² of nine degrees of freedom stays below 21.7 in ninety-nine of a hundred; draws of one round exclude each other, which lowers it.
    assert sum((count - expected) ** 2 / expected for count in drawn.values()) < 21.7
    assert len(drawn) == len(population)


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(1, 200), min_size=1, max_size=8))
def test_every_stratum_of_a_unit_has_a_file_where_that_can_be_and_none_more_than_it_has(strata: dict[str, int]) -> None:
    shares = allocate_strata(strata)
    assert sum(shares.values()) == compute_draw_size(sum(strata.values()))
    assert all(shares[name] <= many for name, many in strata.items())
    if len(strata) <= compute_draw_size(sum(strata.values())):
        assert all(shares.values())


# Two sheets


def test_a_whole_sheet_is_a_hundred_and_what_does_not_apply_moves_its_points_to_the_others() -> None:
    assert compute_total(ADMINISTRATIVE, full()).result == 100
    some = compute_total(ADMINISTRATIVE, full(i2=-1, i3=-1, i14=3))
    assert (some.points, some.applicable, str(some.result)) == (93, 96, "96.9")


def test_sheets_eight_points_apart_are_arbitrated_and_what_is_ruled_is_settled() -> None:
    # 82 and 90: the first gives nothing for item 17, and both differ on item 15.
    first, second = full(i17=4, i15=6, i16=3, i8=3, i1=2), full(i15=2, i16=3, i8=3, i1=2)
    found = compare(ADMINISTRATIVE, first, second)
    assert (found.first.result, found.second.result, found.difference, found.agree) == (82, 90, 8, False)
    assert found.disputed == (15, 17)
    kept = next(each for each in first if each.item == 15)
    settled = apply_rulings(first, [kept, ItemScore(item=17, verdict="met", points=4)])
    assert compute_total(ADMINISTRATIVE, settled).result == 86


def test_a_veto_that_only_one_sees_is_arbitrated_though_they_are_three_points_apart_and_one_that_stands_fails_the_file() -> None:
    first, second = full(i14=7), full(i15=4)
    found = compare(ADMINISTRATIVE, first, second)
    assert (found.difference, found.first.vetoes, found.second.vetoes, found.agree) == (3, (14,), (), False)
    assert found.first.grade is Grade.UNQUALIFIED
    assert found.second.grade is Grade.EXCELLENT


def test_sheets_that_leave_out_other_items_are_arbitrated() -> None:
    assert not compare(ADMINISTRATIVE, full(i3=-1), full()).agree


def test_of_sheets_that_agree_the_mean_of_each_item_is_settled() -> None:
    first, second = full(i9=1), full(i9=2, i1=1)
    assert compare(ADMINISTRATIVE, first, second).agree
    assert compute_total(ADMINISTRATIVE, compute_mean(first, second)).result == 98


@table(
    ("scores", "why"),
    [
        (full(), None),
        (full()[:-1], "第32项尚未评定"),
        ([*full()[:-1], ItemScore(item=32, verdict="partly", points=2, note="缺")], "第32项部分符合的得分应在0分与2分之间"),
        ([*full()[:-1], ItemScore(item=32, verdict="met", points=1)], "第32项认定符合的得满分2分；扣分的请认定部分符合"),
        ([*full()[:-1], ItemScore(item=32, verdict="not")], "第32项扣分的须写明说明"),
        ([*full()[:-1], ItemScore(item=32, verdict="not", veto=True, note="缺")], "第32项没有一票否决的情形"),
        ([*full(), ItemScore(item=33, verdict="na")], "没有第33项"),
        ([*full(), ItemScore(item=32, verdict="na")], "同一项目评定了二次"),
    ],
    ids=[
        "whole",
        "one left out",
        "partly with all points",
        "met with fewer",
        "not met without a note",
        "no veto",
        "no such item",
        "twice",
    ],
)
def test_a_sheet_is_complete_and_says_why_points_are_taken(scores: list[ItemScore], why: str | None) -> None:
    assert why in [None, *(detail for _, detail in check_scores(ADMINISTRATIVE, scores))]
    assert bool(check_scores(ADMINISTRATIVE, scores)) is bool(why)


@table(
    ("result", "vetoes", "grade"),
    [
        (90, (), Grade.EXCELLENT),
        (89.9, (), Grade.QUALIFIED),
        (75, (), Grade.QUALIFIED),
        (74.9, (), Grade.FLAWED),
        (60, (), Grade.FLAWED),
        (59.9, (), Grade.UNQUALIFIED),
        (100, (14,), Grade.UNQUALIFIED),
    ],
)
def test_grades_begin_at_ninety_seventy_five_and_sixty_and_a_veto_fails_whatever_the_points(
    result: float, vetoes: tuple[int, ...], grade: Grade
) -> None:
    assert compute_grade(Decimal(str(result)), vetoes) is grade


# Names


def test_in_a_file_without_names_the_same_person_is_the_same_letter_throughout() -> None:
    mask = Mask([["liusiyuan", "刘思源", "100123"], ["赵铁军"]], [["城关派出所"]], [["王小二", "13900000000"]])
    said = "刘思源（城关派出所）询问王小二，赵铁军批准；liusiyuan记录，电话13900000000"
    assert mask(said) == "民警甲（甲单位）询问当事人甲，民警乙批准；民警甲记录，电话当事人甲"
