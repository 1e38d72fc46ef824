"""A rule that was wrong too often is flagged, once enough of its alerts were judged."""

from models.readmodel.inspection_quality import Quality
from tests.tables import table

NONE = Quality("rule", 0, 0, 0, 0, 0, 0, 0, 0, 0, None)


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
