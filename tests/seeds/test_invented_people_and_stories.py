"""What the inventor makes up is well-formed, belongs to nobody, and comes out the same twice."""

import csv
from datetime import date, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

import law
from seeds.bureau import UNITS
from seeds.invention import SHANGHAI, STATIONS, Inventor, Sex, Story
from seeds.stories import Outcome, Tale, get_tales
from tests.tables import table

TODAY = date(2026, 11, 21)
NOON = datetime(2026, 11, 21, 12, tzinfo=SHANGHAI)


def codes(table: str) -> set[str]:
    with (Path(law.__file__).parent / table).open(encoding="utf-8", newline="") as lines:
        return {row["code"] for row in csv.DictReader(lines)}


@given(
    seed=st.integers(), youngest=st.integers(14, 90), more=st.integers(0, 30), today=st.dates(date(2020, 1, 1), date(2050, 1, 1))
)
def test_a_citizen_is_as_old_as_asked_and_the_number_says_so(seed: int, youngest: int, more: int, today: date) -> None:
    someone = Inventor(seed, today).invent_citizen(ages=(youngest, youngest + more))
    born = someone.born_on
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    assert youngest <= age <= youngest + more
    assert ric.validate(someone.number) == someone.number
    assert ric.get_birth_date(someone.number) == born
    assert (int(someone.number[16]) % 2 == 1) == (someone.sex is Sex.MALE)


def test_nobody_lives_under_the_region_of_an_invented_number() -> None:
    inventor = Inventor(1, TODAY)
    places = [ric.get_birth_place(inventor.invent_citizen().number) for _ in range(200)]
    assert all(place["county"] == place["province"] for place in places)


def test_no_number_is_given_out_twice_though_all_are_born_on_the_same_few_days() -> None:
    inventor = Inventor(1, TODAY)
    numbers = [inventor.invent_citizen(ages=(30, 30)).number for _ in range(5_000)]
    assert len(set(numbers)) == len(numbers)


def test_two_inventors_of_one_seed_agree_and_of_two_seeds_do_not() -> None:
    def invented(seed: int) -> tuple[list[Story], str]:
        inventor = Inventor(seed, TODAY)
        return [inventor.invent_story(tale, "bailu") for tale in get_tales()], inventor.invent_plate()

    assert invented(7) == invented(7)
    assert invented(7) != invented(8)


def test_places_are_known_for_exactly_the_stations_of_the_bureau() -> None:
    assert set(STATIONS) == {u.id for u in UNITS if u.kind == "station"}


@table("tale", get_tales(), ids=lambda t: t.text[:24])
def test_a_told_story_has_no_blank_left(tale: Tale) -> None:
    told = Inventor(3, TODAY).invent_story(tale, "donghe").tell_story(NOON)
    assert not set("{}") & set(told)
    assert 30 <= len(told) <= 120


def test_a_caller_whose_words_tell_the_sex_has_it() -> None:
    wives = [tale for tale in get_tales() if "丈夫" in tale.text]
    callers = {Inventor(seed, TODAY).invent_story(tale, "baita").caller.sex for tale in wives for seed in range(20)}
    assert callers == {Sex.FEMALE}


def test_whom_a_tale_calls_a_man_is_one() -> None:
    of_men = [tale for tale in get_tales() if "一男子" in tale.text and tale.suspects]
    suspects = [who for tale in of_men for seed in range(20) for who in Inventor(seed, TODAY).invent_story(tale, "baita").suspects]
    assert {who.sex for who in suspects} == {Sex.MALE}


def test_a_loss_is_told_in_round_figures_within_its_bounds() -> None:
    tale = Tale("盗窃", Outcome.ADMIN, "", "za-58-1", 1, 200, 900, "", "{amount}")
    amounts = {int(Inventor(seed, TODAY).invent_story(tale, "baita").text) for seed in range(200)}
    assert len(amounts) > 20
    assert all(200 <= amount <= 900 and amount % 10 == 0 for amount in amounts)


def test_the_tales_are_many_and_of_every_outcome() -> None:
    assert len({tale.text for tale in get_tales()}) == len(get_tales()) >= 30
    assert {tale.outcome for tale in get_tales()} == set(Outcome)
    assert len({tale.kind for tale in get_tales()}) >= 15


def test_every_crime_has_a_charge_and_every_administrative_case_a_violation() -> None:
    assert all(tale.charge and tale.suspects for tale in get_tales() if tale.outcome is Outcome.CRIMINAL)
    assert all(tale.violation and tale.suspects for tale in get_tales() if tale.outcome is Outcome.ADMIN)


def test_every_charge_is_in_the_table_of_charges() -> None:
    assert {tale.charge for tale in get_tales() if tale.charge} <= codes("charges.csv")


def test_every_violation_is_in_the_table_of_violations() -> None:
    assert {tale.violation for tale in get_tales() if tale.violation} <= codes("violations.csv")
