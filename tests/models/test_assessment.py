"""A unit's month is reckoned from shares with their intervals; what is too few, forbidden or not known yet adds nothing."""

from datetime import datetime
from typing import get_args

import pytest

from law.calendar import SHANGHAI
from models.assessment.closed import ClosedIndicator, ClosedMonth, compute_outcome, read_closed_month
from models.assessment.forbidden import FORBIDDEN, Forbidden
from models.assessment.indicators import BY_ID, INDICATORS, LAWFUL_CLOSURE, USUAL
from models.assessment.scoring import Interval, Placed, Result, Sum, compute_wilson_interval, rank, score
from models.forms.assessment import INDICATORS as OBJECTABLE
from models.forms.assessment import IndicatorId
from models.problems import FormInvalid, LawForbids
from models.reports import Cell, ReportContent, ReportSection
from models.store.assessment_standards import MOST_OF_CLOSURE, check_weights
from tests.tables import table

WELL = Sum(98, 100)


def of(result: Result, indicator: str) -> tuple[float | None, float | None, str]:
    """The rate of an indicator, its points, and why it has none."""
    (scored,) = [each for each in result.scored if each.indicator.id == indicator]
    return scored.rate, scored.points, scored.why


def test_the_usual_weights_are_a_hundred_and_none_is_forbidden() -> None:
    assert sum(USUAL.values()) == 100
    assert not set(USUAL) & {each.id for each in FORBIDDEN}
    assert USUAL[LAWFUL_CLOSURE.id] <= MOST_OF_CLOSURE
    check_weights(USUAL)


@table("banned", FORBIDDEN, lambda each: each.id)
def test_what_is_forbidden_is_refused_with_its_source_by_whatever_name(banned: Forbidden) -> None:
    for name in (banned.id, banned.zh):
        with pytest.raises(LawForbids) as refused:
            check_weights(dict(USUAL) | {name: 5})
        assert banned.source in refused.value.detail
        assert refused.value.members["basis"] == banned.source


def test_a_weight_that_steers_too_much_or_makes_no_hundred_is_refused() -> None:
    for weights in (
        dict(USUAL) | {LAWFUL_CLOSURE.id: 21, "review-mean": 4},
        dict(USUAL) | {"review-mean": 12},
        dict(USUAL) | {"called-again": 1, "review-mean": 12},
        dict(USUAL) | {"mood": 0},
    ):
        with pytest.raises(FormInvalid):
            check_weights(weights)


def test_the_closure_rate_is_told_by_both_readings_and_only_the_lawful_one_is_scored() -> None:
    result = score({LAWFUL_CLOSURE.id: Sum(39, 46), "closure-raw": Sum(41, 46)}, USUAL)
    assert of(result, LAWFUL_CLOSURE.id)[0] == 84.8
    assert of(result, LAWFUL_CLOSURE.id)[1] == round(12 * (100 * 39 / 46) / 95, 2)
    assert of(result, "closure-raw") == (89.1, None, "只展示，不计分")


def test_too_few_are_told_and_not_scored_and_their_weight_is_spread() -> None:
    alone = score({LAWFUL_CLOSURE.id: WELL}, USUAL)
    with_few = score({LAWFUL_CLOSURE.id: WELL, "rectified": Sum(0, 4)}, USUAL)
    assert of(with_few, "rectified") == (None, None, "0/4，不足5件，不计分")
    assert (alone.result, with_few.result) == (100.0, 100.0)
    assert score({LAWFUL_CLOSURE.id: WELL, "rectified": Sum(0, 5)}, USUAL).result == round(100 * 12 / 19, 1)


def test_what_is_not_known_yet_says_so_and_is_not_nought() -> None:
    result = score({}, USUAL)
    assert of(result, "scanned") == (None, None, "纸质文书形成时间尚无登记")
    assert (result.result, result.band) == (None, None)


def test_reviewed_files_are_scored_by_the_mean_of_their_marks_and_failed_ones_are_only_shown() -> None:
    sums = {"review-mean": Sum(1, 5, marks=5 * 81.0), "review-failed": Sum(1, 5)}
    assert of(score(sums, USUAL), "review-mean") == (81, round(13 * 81 / 90, 2), "")
    assert of(score(sums, USUAL), "review-failed") == (20, None, "只展示，不计分")
    few = score({"review-mean": Sum(1, 4, marks=4 * 81.0)}, USUAL)
    assert of(few, "review-mean") == (None, None, "1/4，不足5件，不计分")
    assert of(score({}, USUAL), "review-mean") == (None, None, "当月没有可计的")


def test_one_overdue_detention_caps_the_band_whatever_the_result() -> None:
    sums = {LAWFUL_CLOSURE.id: WELL}
    assert score(sums, USUAL).band == "A"
    capped = score(sums | {"liberty-overdue": Sum(1, 400)}, USUAL)
    assert (capped.result, capped.band, capped.capped) == (100.0, "B", ["超期羁押、超期措施数：1/400"])


def test_what_should_be_less_loses_its_points_up_to_the_line() -> None:
    line = BY_ID["statutory-overdue"].line
    for above, attained in ((0, 1), (5, 0.5), (10, 0), (50, 0)):
        rate, points, _ = of(score({"statutory-overdue": Sum(above, 100)}, USUAL), "statutory-overdue")
        assert (rate, points) == (above, round(7 * attained, 2)), line


def test_the_interval_is_wilsons() -> None:
    low, high = compute_wilson_interval(39, 46)
    assert (round(low, 3), round(high, 3)) == (0.718, 0.924)
    assert compute_wilson_interval(3, 2).high <= 1


def test_neighbours_whose_intervals_overlap_are_not_told_apart_and_equal_results_share_a_rank() -> None:
    placed = rank(
        {
            "a": (86.2, Interval(82, 90)),
            "b": (85.9, Interval(81, 89)),
            "c": (85.9, Interval(81, 89)),
            "d": (60.0, Interval(55, 65)),
        }
    )
    assert placed == [Placed("a", 1, False), Placed("b", 2, True), Placed("c", 2, True), Placed("d", 4, False)]


def test_every_indicator_says_what_it_counts_or_what_it_waits_for() -> None:
    for each in INDICATORS:
        assert bool(each.waits) != bool(each.above and each.below), each.id
    assert len({each.id for each in INDICATORS}) == len(INDICATORS)


def test_a_unit_may_object_to_just_what_is_scored() -> None:
    assert sorted(get_args(IndicatorId)) == sorted(each.id for each in BY_ID.values() if each.usual and not each.waits)
    for each in get_args(IndicatorId):
        assert f"{each} {BY_ID[each].zh.replace('、', '')}" in OBJECTABLE.split("、")


def test_what_fell_to_an_objection_weighs_on_the_others() -> None:
    rows: list[list[Cell]] = [
        ["甲所", "1", "结案率", 5, 10, 50.0, "", 10.0, 5.0, ""],
        ["甲所", "2", "受立案及时率", 9, 10, 90.0, "", 10.0, 9.0, ""],
        ["甲所", "10", "不合格卷数", 0, 9, 0.0, "", 0.0, None, "只展示，不计分"],
        ["乙所", "1", "结案率", 9, 10, 90.0, "", 10.0, 9.0, ""],
    ]
    month = ClosedMonth([ClosedIndicator("结案率", 10, 5), ClosedIndicator("受立案及时率", 10, 9)], capped=False)
    assert read_closed_month(closed(rows, capped=""), "甲所") == month
    assert str(compute_outcome(month, ())) == "70.0分，C等"
    assert str(compute_outcome(month, ["结案率"])) == "90.0分，A等"
    assert (
        str(compute_outcome(read_closed_month(closed(rows, capped="超期羁押、超期措施数：1/9"), "甲所"), ["结案率"]))
        == "90.0分，B等"
    )
    assert compute_outcome(month, ["结案率", "受立案及时率"]) is None


def closed(indicators: list[list[Cell]], capped: str) -> ReportContent:
    """A monthly close with these indicators."""
    results = ReportSection(id="results", zh="考评结果", counts="", columns=[], rows=[["甲所", "", 70.0, "", "C", 1, "", capped]])
    section = ReportSection(id="indicators", zh="考评指标", counts="", columns=[], rows=indicators)
    at = datetime(2026, 10, 1, 2, tzinfo=SHANGHAI)
    return ReportContent(
        type="monthly-close", zh="月结", unit="jia", unit_zh="甲所", since=at, until=at, as_of=at, sections=[results, section]
    )
