"""A rule that was wrong too often is flagged, once enough of its alerts were judged."""

from models.readmodel.inspection_quality import build_unraised
from models.readmodel.inspection_recall import ReviewedFile, count_recall
from tests.tables import table

NONE = build_unraised("rule")


@table(
    ("verified", "wrong", "precision", "flagged"),
    [
        (0, 0, None, False),
        (8, 22, 8 / 30, True),
        (9, 21, 0.3, False),
        (0, 29, 0.0, False),
        (0, 30, 0.0, True),
    ],
)
def test_precision_is_what_was_put_right_among_what_was_judged(
    verified: int, wrong: int, precision: float | None, flagged: bool
) -> None:
    quality = NONE._replace(verified=verified, wrong=wrong, cured=50, dismissed=50)
    assert (quality.precision, quality.flagged) == (precision, flagged)


# Item 15 of the checklist of incidents names two inspections; item 9 none.
_NAMED = ("incident-fight-as-mediation", "mediation-not-allowed")


@table(
    ("scored", "found", "told", "missed"),
    [
        ({15: 3}, (), (), _NAMED),
        ({15: 3}, ("mediation-not-allowed",), ("mediation-not-allowed",), ()),
        ({15: 6}, (), (), ()),
        ({9: 0}, (), (), ()),
        ({15: 3}, ("file-standing-still",), (), _NAMED),
    ],
)
def test_a_problem_that_a_review_finds_was_missed_by_each_rule_for_it_unless_one_had_told(
    scored: dict[int, float], found: tuple[str, ...], told: tuple[str, ...], missed: tuple[str, ...]
) -> None:
    items = [{"item": item, "verdict": "partly", "points": points} for item, points in scored.items()]
    came = count_recall([ReviewedFile("incident", items, list(found))])
    assert tuple(rule for rule, each in came.items() if each.told) == told
    assert tuple(rule for rule, each in came.items() if each.missed) == missed
