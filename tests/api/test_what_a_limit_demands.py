"""What the list of steps says of limits: which the law demands, which only may end one, and what must come first."""

import json
from typing import Any

import pytest

from api.step_descriptions import describe_step
from law.time_limits import get_limits
from models.forms.form import get_forms

HANDLING = "public-order-case-handling"


def step(name: str) -> dict[str, Any]:
    return json.loads(describe_step(get_forms()[name], "case-officer"))


@pytest.mark.parametrize("name", ["agree-mediation", "penalize-on-the-spot", "decide-no-penalty", "decide-penalty"])
def test_what_may_end_a_case_in_time_is_not_said_to_be_demanded(name: str) -> None:
    assert HANDLING in step(name)["meets"]
    assert HANDLING not in step(name)["requires"]


def test_the_notice_before_a_penalty_leads_to_the_decision_that_ends_the_case() -> None:
    told = step("notify-penalty")
    assert HANDLING in told["leads_to"]
    assert HANDLING not in told["meets"]


@pytest.mark.parametrize(
    ("name", "limit"),
    [
        ("notify-family", "criminal-detention-family-notice"),
        ("interrogate", "criminal-detention-first-interrogation"),
        ("serve-penalty", "penalty-decision-service"),
        ("decide-admin-recusal", "admin-recusal-decision"),
        ("release", "arrest-refused-release"),
        ("tell-bail-organ", "bail-forfeit-organ-notice"),
    ],
)
def test_a_notice_a_service_and_a_release_at_once_are_demanded(name: str, limit: str) -> None:
    assert limit in step(name)["requires"]


def test_whatever_is_demanded_also_meets_its_limit_and_nothing_leads_to_what_it_meets_itself() -> None:
    for name in get_forms():
        said = step(name)
        assert set(said["requires"]) <= set(said["meets"]), name
        assert not set(said["leads_to"]) & set(said["meets"]), name


def test_a_right_that_may_lapse_and_a_measure_that_may_end_otherwise_demand_nothing() -> None:
    for name in ("hearing-request", "bail-max", "investigative-custody", "criminal-detention-submit-for-arrest"):
        assert not get_limits()[name].demands
