"""An officer's own index is reckoned from verified facts alone, weighs less with age, is capped, suspended and corrected; nobody is ranked."""

import inspect
import random
import re
from datetime import UTC, datetime, timedelta

from api import personal_index as routes
from law.facts import Fact
from models.assessment.personal import (
    BY_ID,
    EDITION,
    ITEMS,
    NOT_ALONE,
    OBJECTION_DAYS,
    Answered,
    Index,
    Level,
    Point,
    compute_review_points,
    count_levels,
    find_item,
    reckon,
)
from models.problem_categories import get_categories
from models.readmodel import personal_points
from models.readmodel.personal_shapes import PersonalIndex, PointView
from models.store.connection import Query
from tests.tables import table

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)


def point(
    id_: str = "problem/ZG202600000001", item: str = "filing", value: float = -4, days: float = 30, by: str = "qinwanqing"
) -> Point:
    return Point(id_, item, "ZG202600000001", 5, "201 应立不立", by, NOW - timedelta(days=days), value)


def of(index: Index, item: str = "filing") -> float | None:
    return next(each.sum for each in index.items if each.item.id == item)


def standing(index: Index) -> str:
    (told,) = [told for each in index.items for told in each.points]
    return told.standing


def test_nobody_begins_with_less_than_a_hundred() -> None:
    index = reckon([], {}, NOW)
    assert (index.total, index.level) == (100, "健康")
    assert len(ITEMS) == 18


def test_every_point_names_its_rule_edition_matter_day_and_who_verified_it_and_without_a_person_there_is_none() -> None:
    """SG1."""
    named = {"rule", "edition", "matter", "seq", "at", "verified_by", "verified_by_zh"}
    assert all(PointView.model_fields[each].is_required() for each in named)
    assert reckon([point(by="")], {}, NOW).total == 100
    assert reckon([point()], {}, NOW).total == 96


@table(("days", "counts"), [(0, False), (2.9, False), (3, True), (4, True)])
def test_a_point_is_shown_to_its_officer_for_three_days_before_it_counts(days: float, counts: bool) -> None:
    """SG2."""
    index = reckon([point(days=days)], {}, NOW)
    assert (standing(index), index.total) == (("counts", 96) if counts else ("shown", 100))


def test_an_objection_suspends_a_point_at_once_and_when_upheld_it_is_gone() -> None:
    """SG3."""
    key, raised = "problem/ZG202600000001", NOW - timedelta(days=29)
    for upheld, stands, comes_to in ((None, "suspended", 100), (True, "removed", 100), (False, "counts", 96)):
        index = reckon([point()], {key: Answered(objected_at=raised, upheld=upheld)}, NOW)
        assert (standing(index), index.total) == (stands, comes_to)
    assert OBJECTION_DAYS == 3


def test_of_fewer_than_five_people_no_distribution_is_told() -> None:
    """SG4."""
    four: list[Level] = ["健康"] * 4
    assert count_levels(four) is None
    assert count_levels([*four, "帮扶"]) == {"健康": 4, "关注": 0, "帮扶": 1, "约谈帮扶": 0}


def test_no_answer_lists_the_points_of_several_people() -> None:
    """SG5."""
    for route in routes.router.routes:
        answer = getattr(route, "response_model", None)
        assert "list[PersonalIndex]" not in str(getattr(answer, "model_fields", {})), route
    assert not re.search(r"ORDER BY[^\n]*(index|points|worth)", inspect.getsource(personal_points))


def test_nothing_is_read_of_who_somebody_is() -> None:
    """SG6."""
    asked = " ".join(each.sql for each in vars(personal_points).values() if isinstance(each, Query))
    assert set(re.findall(r"(?:FROM|JOIN) ([a-z_]+)", asked)) <= {
        *("fact", "matter", "entry", "clock", "finding", "holding", "person", "point_statement", "point_objection", "case_review"),
    }
    # Of a person only whether they are active.
    assert not re.search(r"born|sex|badge|absence|sign_in|recording", asked)


def test_no_detention_fine_arrest_or_penalty_gives_points() -> None:
    """SG7."""
    source = inspect.getsource(personal_points)
    used = {each for each in Fact if f"Fact.{each.name}" in source}
    assert used == {
        *(Fact.RECTIFICATION_VERIFIED, Fact.RECTIFICATION_RETURNED, Fact.MEDIATION_PERFORMED, Fact.PROBLEM_EXCUSED),
        Fact.LETTER_THANKS_CONVEYED,
    }
    assert all(value <= 0 for each in ITEMS for value in each.points.values())


@table(("result", "vetoed", "value"), [(90, False, 2), (89.5, False, 0), (75, False, 0), (74.5, False, -2), (96, True, -6)])
def test_a_reviewed_file_gives_points_by_its_result_and_a_veto_costs_most(result: float, vetoed: bool, value: float) -> None:
    assert compute_review_points(result, vetoed=vetoed) == value


def test_the_same_facts_give_the_same_index_in_whatever_order() -> None:
    """SG9."""
    points = [
        point(f"problem/{n}", random.Random(n).choice(["filing", "calls", "measures", "rectification"]), (-1) ** n * 2.0, n * 11)
        for n in range(40)
    ]
    whole = reckon(points, {}, NOW)
    for seed in range(50):
        assert reckon(random.Random(seed).sample(points, len(points)), {}, NOW) == whole


def test_the_sentence_that_it_may_not_stand_alone_is_on_every_sheet() -> None:
    """SG11."""
    assert PersonalIndex.model_fields["note"].default == NOT_ALONE
    assert "不得单独作为奖惩依据" in NOT_ALONE


@table(("days", "worth"), [(30, -4), (90, -4), (91, -2), (180, -2), (181, -1), (365, -1), (366, 0), (400, 0)])
def test_what_lies_back_weighs_less_and_after_a_year_nothing(days: int, worth: float) -> None:
    assert reckon([point(days=days)], {}, NOW).total == 100 + worth


def test_an_item_takes_no_more_than_its_cap_and_says_when_it_deserves_attention() -> None:
    many = [point(f"problem/{n}") for n in range(9)]
    index = reckon(many, {}, NOW)
    assert of(index) == BY_ID["filing"].least == -12
    assert [each.item.id for each in index.items if each.attention] == ["filing"]
    gains = [point(f"order/{n}/in-time", "rectification", 1) for n in range(9)]
    assert of(reckon(gains, {}, NOW), "rectification") == BY_ID["rectification"].most


def test_what_the_record_does_not_hold_is_left_out_and_not_taken_as_faultless() -> None:
    index = reckon([], {}, NOW)
    assert {each.item.id for each in index.items if each.sum is None} == {"satisfaction", "training", "load"}


def test_whoever_carries_too_much_loses_less_by_deadlines_and_papers_and_not_by_measures() -> None:
    points = [point("a", "deadlines", -2), point("b", "measures", -6)]
    assert reckon(points, {}, NOW).total == 92
    assert reckon(points, {}, NOW, overloaded=True).total == 92.4


@table(("lost", "level"), [(0, "健康"), (10, "健康"), (11, "关注"), (26, "帮扶"), (41, "约谈帮扶")])
def test_the_levels_begin_where_they_say(lost: int, level: str) -> None:
    items = ("measures", "filing", "calls", "approvals")
    points: list[Point] = []
    for item in items:
        taken = min(lost, -int(BY_ID[item].least))
        points.append(point(item, item, -taken))
        lost -= taken
    assert reckon(points, {}, NOW).level == level


def test_each_category_gives_points_in_at_most_one_item() -> None:
    for code in get_categories():
        assert sum(code in each.categories for each in ITEMS) <= 1
    found = find_item("201")
    assert found is not None
    assert found.id == "filing"
    assert find_item("") is None
    assert NOW.date() >= EDITION
