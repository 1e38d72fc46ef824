"""How urgent a search is: by the gravest reason, which is said; and how often it is looked at again."""

from law.lengths import Length, days, hours, minutes
from models.missing_grading import Grade, Missing, compute_grade, get_review_interval
from tests.tables import table

GRADED: list[tuple[Missing, Grade, str]] = [
    (Missing(13), "flash", "不满14周岁"),
    (Missing(14), "urgent", "14至18周岁"),
    (Missing(18), "normal", "成年人"),
    (Missing(69), "normal", "成年人"),
    (Missing(70), "urgent", "70周岁以上"),
    (Missing(40, ("dementia",)), "flash", "认知障碍"),
    (Missing(40, ("pregnant",)), "urgent", "怀孕"),
    (Missing(40, foreign=True), "urgent", "外国人"),
    (Missing(40, phone_off_hours=6), "urgent", "关机"),
    (Missing(40, phone_off_hours=5), "normal", "成年人"),
    (Missing(40, words="留言说活不下去了"), "flash", "活不下去"),
    (Missing(40, words="家里地上有血迹"), "flash", "血迹"),
    (Missing(40, words="平时没有轻生的话，并未自杀过，也没有留下遗书"), "normal", "成年人"),
    (Missing(40, words="家里没有发现血迹，已排除被拐卖"), "normal", "成年人"),
    (Missing(40, words="怕他想不开"), "flash", "想不开"),
    (Missing(40, words="不能排除自杀可能"), "flash", "自杀"),
    (Missing(40, words="不排除被人带走"), "flash", "被人带走"),
    (Missing(40, words="尚不能完全排除被拐卖"), "flash", "被拐"),
    (Missing(40, words="不清楚有没有轻生念头"), "flash", "轻生"),
    (Missing(40, words="以前没有自杀过，今天留言说要跳河"), "flash", "跳河"),
]


@table(("missing", "grade", "reason"), GRADED)
def test_a_search_is_as_urgent_as_its_gravest_reason_and_says_which(missing: Missing, grade: Grade, reason: str) -> None:
    graded = compute_grade(missing)
    assert graded.grade == grade
    assert reason in "、".join(graded.reasons)


@table(
    ("grade", "searched", "interval"),
    [
        ("flash", 0.0, minutes(30)),
        ("flash", 23.9, minutes(30)),
        ("flash", 24.0, hours(24)),
        ("urgent", 10.0, hours(1)),
        ("normal", 5.9, hours(1)),
        ("normal", 6.0, hours(2)),
        ("normal", 168.0, days(7)),
        ("normal", 720.0, days(30)),
    ],
)
def test_a_search_is_looked_at_by_the_hour_on_its_first_day_and_seldomer_after_it(
    grade: Grade, searched: float, interval: Length
) -> None:
    assert get_review_interval(grade, searched) == interval
