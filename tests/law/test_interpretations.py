"""In which phase of a case a limit is listed, and where a text can be read in two ways."""

import pytest

from law.areas import get_area
from law.facts import Area
from law.interpretations import DISPUTED_POINTS, DisputedPoint, list_disputed_points
from law.time_limits import get_limits
from tests.law.test_authority import AUTHORITY
from tests.tables import table

# Where the sections of the table are listed; two limits of intake are administrative, and some questions concern the defence.
PHASES = {
    "A": {Area.INTAKE, Area.ADMINISTRATIVE},
    "B": {Area.QUESTIONING, Area.ADMINISTRATIVE},
    "C": {Area.CUSTODY},
    "D": {Area.CUSTODY},
    "E": {Area.BAIL},
    "F": {Area.DEFENCE, Area.QUESTIONING},
    "G": {Area.PROSECUTION},
    "H": {Area.PROPERTY},
    "I": {Area.ADMINISTRATIVE},
    "J": {Area.REMEDIES},
    "K": {Area.OWN_RULES},
}


@table("name", AUTHORITY)
def test_a_limit_is_listed_in_its_phase(name: str) -> None:
    assert get_area(get_limits()[name]) in PHASES[AUTHORITY[name]["section"]]


def test_a_limit_that_looks_ahead_is_listed_with_what_it_looks_to() -> None:
    assert get_area(get_limits()["investigative-custody-extension-request"]) is Area.CUSTODY
    assert get_area(get_limits()["bail-expiry-notice"]) is Area.BAIL


def test_no_limit_is_without_a_phase_and_no_phase_without_a_limit() -> None:
    assert {get_area(limit) for limit in get_limits().values()} == set(Area) - {Area.OTHER}


def test_the_disputed_points_and_the_conflicts_are_all_answered() -> None:
    codes = [reading.code for reading in DISPUTED_POINTS]
    disputed = [code for code in codes if code.startswith("D")]
    assert codes == [*(f"D{n}" for n in range(1, len(disputed) + 1)), *(f"C{n}" for n in range(1, 9))]
    assert len(disputed) >= 20


@table("reading", DISPUTED_POINTS, ids=lambda reading: reading.code)
def test_a_disputed_point_names_its_answers_and_touches_some_limit(reading: DisputedPoint) -> None:
    assert len(reading.interpretations) > 1
    assert reading.taken and reading.why
    assert reading.limits


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("criminal-detention-submit-for-arrest", ["D2", "D15", "D16", "D20"]),
        ("investigative-custody", ["D4", "D5", "D6", "D14", "D15", "D18", "D20", "D21", "D23"]),
        ("prosecution-review", ["D2", "D4", "D19", "D20", "D22"]),
        ("exhibit-disposal", []),
        ("admin-review-decide", []),
        ("sla-mailbox-respond", []),
        ("bail-max", ["D4", "D7", "D13", "D14", "D15"]),
        ("hearing-request", ["D8", "D9"]),
        ("criminal-recusal-decision", []),
    ],
)
def test_a_limit_says_on_which_disputed_points_it_takes_a_side(name: str, codes: list[str]) -> None:
    assert [reading.code for reading in list_disputed_points(get_limits()[name])] == codes
