"""The accounts of systems outside."""

from activities.external import systems
from models.outside import machine
from seeds.bureau import PEOPLE, UNITS
from seeds.loading import SERVES
from seeds.machines import MACHINES


def test_every_system_has_an_account_that_bears_its_name() -> None:
    assert {each.username: each.zh for each in MACHINES} == {machine(name): system.zh for name, system in systems().items()}


def test_an_account_holds_only_offices_of_its_systems_organs_in_units_that_serve_ours() -> None:
    of = {machine(name): system for name, system in systems().items()}
    for each in MACHINES:
        system = of[each.username]
        assert {office for _, office in each.holdings} <= {system.office, *system.above}
        assert bool(each.holdings) is not bool(system.questions)
        assert {unit for unit, _ in each.holdings} <= SERVES.keys() & {unit.id for unit in UNITS}


def test_no_account_bears_a_persons_name() -> None:
    assert not {each.username for each in MACHINES} & {person.username for person in PEOPLE}
