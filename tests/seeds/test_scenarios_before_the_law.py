"""The programme as the stages and the law see it: nothing is refused, and every matter shows what it was invented to show."""

from collections import Counter
from datetime import datetime

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from law.clock import Colour
from law.offices import Office
from models.matter import UNOPENED, Kind
from seeds.invention import SHANGHAI
from seeds.planting import SEED
from seeds.scenarios import list_scenarios
from tests.seeds.rehearsal import Rehearsal
from workflows.registry import get_lifecycles

NOW = datetime(2026, 11, 21, 18, 30, tzinfo=SHANGHAI)
PROGRAMME = tuple(list_scenarios(SEED, NOW))
# What an inspection clears no person brings about.
# An order taken back teaches nothing that one put right does not.
# Of things it shows those that lie somewhere, not those that are on their way back or no more.
NOT_SHOWN = {
    Kind.RECTIFICATION_ORDER: {"cancelled"},
    Kind.RISK_ALERT: {"cleared"},
    # The watch drafts, and no scene.
    Kind.ACCOUNTABILITY: {"drafted", "dropped", "talk"},
    Kind.EXHIBIT: {"under_examination", "to_court", "coming_back", "treasury", "destroyed", "unfrozen", "handed_over"},
}

instants = st.datetimes(
    datetime(2026, 3, 1),
    datetime(2028, 12, 31),
    timezones=st.just(SHANGHAI),
)


@pytest.fixture(scope="module")
def played() -> tuple[Rehearsal, ...]:
    """The whole programme, played."""
    return tuple(Rehearsal(scenario, NOW) for scenario in PROGRAMME)


def test_neither_the_stages_nor_the_law_object_and_the_decisive_limit_shows_the_colour_intended(
    played: tuple[Rehearsal, ...],
) -> None:
    assert {f"{each.scenario.shows}: {each.objections}" for each in played if each.objections} == set()
    wanting = [each.scenario for each in played if each.scenario.colour not in (None, *each.colours())]
    assert [f"{each.shows}-{each.colour}" for each in wanting] == []


@pytest.mark.slow
# Each example plays the whole programme, and no smaller instant tells more.
@settings(max_examples=4, deadline=None, phases=[Phase.reuse, Phase.generate])
@given(now=instants)
def test_that_holds_on_any_day_at_any_hour_and_each_colour_is_there_at_least_three_times(now: datetime) -> None:
    shown: Counter[Colour] = Counter()
    for scenario in list_scenarios(SEED, now):
        played = Rehearsal(scenario, now)
        assert played.objections == []
        assert scenario.colour in (None, *played.colours())
        shown.update(played.colours())
    assert {colour: shown[colour] for colour in Colour if shown[colour] < 3} == {}


def test_every_stage_is_shown_but_the_archives_of_what_takes_years(played: tuple[Rehearsal, ...]) -> None:
    shown = {(Kind(each.life.kind), each.life.state.stage) for one in played for each in one.matters.values()}
    for kind in (
        Kind.INCIDENT,
        Kind.CRIMINAL_CASE,
        Kind.SUSPECT,
        Kind.PUBLIC_ORDER_CASE,
        Kind.EXHIBIT,
        Kind.RECTIFICATION_ORDER,
        Kind.RISK_ALERT,
        Kind.ACCOUNTABILITY,
        Kind.JURISDICTION_DISPUTE,
    ):
        stages = set(get_lifecycles()[kind].stages) - {UNOPENED, "archived", *NOT_SHOWN.get(kind, ())}
        assert {stage for stage in stages if (kind, stage) not in shown} == set()
    assert {(Kind.INCIDENT, "archived"), (Kind.PUBLIC_ORDER_CASE, "archived")} <= shown


def test_whoever_approves_in_the_demonstration_has_something_to_approve(played: tuple[Rehearsal, ...]) -> None:
    matters = [each.life.state for one in played for each in one.matters.values()]
    awaited = {(state.unit, request.awaiting[0]) for state in matters for request in state.requests}
    assert ("chengguan", Office.STATION_HEAD) in awaited
    assert {Office.COUNTY_HEAD, Office.LEGAL_REVIEWER} <= {office for _, office in awaited}
