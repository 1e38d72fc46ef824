"""The accounts of systems outside."""

from law.offices import Office
from models.external import get_systems
from models.outside import build_machine_name
from seeds.bureau import PEOPLE, SERVES, UNITS
from seeds.machines import list_machines


def test_whoever_is_asked_may_take_the_step_that_it_owes() -> None:
    asked = [(system, question.answer.rule) for system in get_systems().values() for question in system.questions]
    assert [(system.id, rule.step) for system, rule in asked if system.office not in rule.by] == []


def test_an_account_holds_only_offices_of_its_systems_organs_in_units_that_serve_ours() -> None:
    of = {build_machine_name(name): system for name, system in get_systems().items()}
    for each in list_machines():
        system = of[each.username]
        assert {office for _, office in each.holdings} <= {system.office, *system.above}
        assert bool(each.holdings) is not (bool(system.questions) or system.office is Office.PARTY)
        assert {unit for unit, _ in each.holdings} <= SERVES.keys() & {unit.id for unit in UNITS}


def test_no_account_bears_a_persons_name() -> None:
    assert not {each.username for each in list_machines()} & {person.username for person in PEOPLE}
