"""The people and units of the demonstration hang together."""

from collections import Counter

import pytest

from law.offices import Office
from seeds.bureau import COUNTY_WIDE, HOLDINGS, LOGINS, PEOPLE, UNITS, Person, Unit, list_holders

UNIT = {unit.id: unit for unit in UNITS}


def above(unit: Unit) -> list[str]:
    path = [unit.id]
    while unit.parent_id:
        unit = UNIT[unit.parent_id]
        assert unit.id not in path, f"{unit.id} lies above itself"
        path.append(unit.id)
    return path


def test_every_unit_of_the_police_lies_under_those_of_the_province() -> None:
    police = {"bureau", "sub-bureau", "brigade", "station", "centre", "custody-centre", "detention-centre"}
    assert {u.id for u in UNITS if above(u)[-1] == "province"} == {u.id for u in UNITS if u.kind in police}


def test_outside_organs_stand_in_trees_of_their_own() -> None:
    assert {above(u)[-1] for u in UNITS} == {
        "province",
        "province-procuratorate",
        "supreme-court",
        "qinglan-justice",
        "qinglan-hotline",
        "public",
    }


def test_a_unit_is_named_once() -> None:
    assert len(UNIT) == len({u.zh for u in UNITS}) == len(UNITS)


@pytest.mark.parametrize("what", ["id", "username", "zh", "badge"])
def test_no_two_people_share(what: str) -> None:
    assert [value for value, times in Counter(getattr(p, what) for p in PEOPLE).items() if times > 1] == []


@pytest.mark.parametrize("office", Office)
def test_every_office_is_held_by_someone(office: Office) -> None:
    assert any(h.office is office for h in HOLDINGS)


def test_everyone_holds_an_office_in_a_unit_that_exists() -> None:
    assert {h.person_id for h in HOLDINGS} == {p.id for p in PEOPLE}
    assert {h.unit_id for h in HOLDINGS} <= UNIT.keys()
    assert len(set(HOLDINGS)) == len(HOLDINGS)


@pytest.mark.parametrize("unit", [u for u in UNITS if u.kind in {"station", "brigade"}], ids=lambda u: u.id)
def test_every_station_and_brigade_has_a_head(unit: Unit) -> None:
    assert list_holders(unit.id, Office.STATION_HEAD)


@pytest.mark.parametrize("unit", [u for u in UNITS if u.kind == "station"], ids=lambda u: u.id)
def test_every_station_can_send_two_officers_whom_a_third_person_heads(unit: Unit) -> None:
    officers = set(list_holders(unit.id, Office.CASE_OFFICER)) - set(list_holders(unit.id, Office.STATION_HEAD))
    assert len(officers) >= 2


@pytest.mark.parametrize("office", sorted(COUNTY_WIDE))
def test_offices_that_serve_the_whole_county_are_held_at_its_top(office: Office) -> None:
    assert list_holders("qinglan", office)


def test_the_supervisor_of_the_sub_bureau_reaches_only_its_own_stations() -> None:
    (supervisor,) = list_holders("east-zone", Office.SUPERVISOR)
    assert supervisor not in list_holders("qinglan", Office.SUPERVISOR)


def test_each_login_of_the_demonstration_is_shown_by_its_name() -> None:
    people: dict[str, Person] = {p.username: p for p in PEOPLE}
    assert len(LOGINS) == 13
    assert [username for username, line in LOGINS.items() if people[username].zh not in line] == []
