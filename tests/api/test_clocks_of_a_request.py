"""The clocks that the sheet of a request shows: those that its step moves, and of several people those of the person it is about."""

import pytest

from api.requests import touches_clock
from api.step_descriptions import list_limits_touched
from models.forms.public_order_penalty import DecidePenalty
from models.party_ids import SUSPECT, build_about, build_numbered_id

CASE = "ZA202600000001"
LIMIT = min(list_limits_touched(DecidePenalty))


@pytest.mark.parametrize(
    ("about", "concerned", "shown"),
    [
        (build_about(CASE, build_numbered_id(1)), {build_numbered_id(1)}, True),
        (build_about(CASE, build_numbered_id(2)), {build_numbered_id(1)}, False),
        (build_about(CASE, build_numbered_id(2)), {build_numbered_id(1), build_numbered_id(2)}, True),
        (build_about(CASE, SUSPECT), {build_numbered_id(1)}, True),
        (build_about(CASE, build_numbered_id(2)), set[str](), True),
    ],
    ids=["theirs", "another's", "theirs by another number", "the case's", "of nobody by name"],
)
def test_of_several_people_the_clocks_of_the_person_concerned_are_shown(about: str, concerned: set[str], shown: bool) -> None:
    clock = {"about": about, "state": "running", "limit": LIMIT}
    assert bool(touches_clock(DecidePenalty.model_construct(), concerned, clock)) is shown
