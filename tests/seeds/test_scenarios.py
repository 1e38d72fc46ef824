"""The programme of the demonstration is a lawful order of events that ends now."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from seeds.acts import Length
from seeds.bureau import PEOPLE, UNITS
from seeds.invention import SHANGHAI
from seeds.scenarios import list_scenarios
from seeds.script import CASE, ORDER, Scenario, User
from tests.tables import table

NOW = datetime(2026, 11, 21, 18, 30, tzinfo=SHANGHAI)
PROGRAMME = tuple(list_scenarios(7, NOW))

instants = st.datetimes(
    datetime(2026, 3, 1),
    datetime(2028, 12, 31),
    timezones=st.just(SHANGHAI),
)


def test_two_runs_are_equal_and_the_zone_in_which_now_is_told_does_not_matter() -> None:
    assert PROGRAMME == tuple(list_scenarios(7, NOW)) == tuple(list_scenarios(7, NOW.astimezone(UTC)))


def test_whatever_a_field_is_called_it_is_filled_in() -> None:
    filled = dict.fromkeys(("subject", "names", "opens", "on", "step", "at", "field"), "said")
    move = User("liusiyuan", "刘思源")(CASE, "some-step", NOW, **filled).open_as(ORDER).name_as(CASE, field="into")
    assert move.form == filled
    assert (move.opens, move.subject, move.names) == (ORDER, CASE, "into")


def test_some_hundreds_of_matters_come_of_it() -> None:
    assert 250 <= sum(len(scenario.roles) for scenario in PROGRAMME) <= 500


# Each example writes the whole programme, and no smaller instant tells more.
@settings(max_examples=20, deadline=None, phases=[Phase.reuse, Phase.generate])
@given(now=instants)
def test_whenever_it_is_told_nothing_lies_in_the_future_or_before_what_it_follows(now: datetime) -> None:
    for scenario in list_scenarios(1, now):
        times = [move.at for move in scenario.moves]
        assert times == sorted(times)
        assert times[-1] <= now


@table("scenario", PROGRAMME, ids=lambda c: f"{c.shows}-{c.colour}")
def test_a_matter_is_brought_into_being_once_and_before_anything_happens_to_it(scenario: Scenario) -> None:
    known = {scenario.moves[0].opens}
    for move in scenario.moves:
        assert move.on in known or move.by_a_person
        assert move.subject in {"", *known}
        assert move is scenario.moves[0] or move.opens not in known
        known |= {move.opens} - {""}


@table("scenario", PROGRAMME, ids=lambda c: f"{c.shows}-{c.colour}")
def test_nobody_approves_a_request_of_their_own(scenario: Scenario) -> None:
    asked = {move.step: move.username for move in scenario.moves if move.step != "approve"}
    for move in scenario.moves:
        if move.step == "approve":
            assert move.username != asked[str(move.form["request"])]


def test_whoever_acts_is_a_person_of_the_roster_and_whatever_unit_answers_exists() -> None:
    moves = [move for scenario in PROGRAMME for move in scenario.moves]
    assert {move.username for move in moves} <= {p.username for p in PEOPLE}
    assert {move.form["unit"] for move in moves if "unit" in move.form} <= {u.id for u in UNITS}


def test_the_work_is_spread_over_every_station_and_most_officers() -> None:
    desks = Counter(move.username for scenario in PROGRAMME for move in scenario.moves)
    assert len(desks) > 30
    assert {"chengguan", "donghe", "baita", "shiqiao", "bailu", "fengling", "chanyeyuan", "xincheng"} <= {
        scenario.moves[0].form.get("unit") for scenario in PROGRAMME
    }


@pytest.mark.parametrize(
    ("length", "due", "start"),
    [
        (Length(timedelta(days=3)), (2026, 3, 2), (2026, 2, 27)),
        (Length(months=2), (2026, 2, 28), (2025, 12, 28)),
        (Length(months=6), (2026, 8, 31), (2026, 2, 28)),
        (Length(months=12), (2027, 1, 15), (2026, 1, 15)),
    ],
)
def test_a_length_counts_back_by_the_calendar(length: Length, due: tuple[int, int, int], start: tuple[int, int, int]) -> None:
    assert length.start(datetime(*due, 10, tzinfo=SHANGHAI)) == datetime(*start, 10, tzinfo=SHANGHAI)
