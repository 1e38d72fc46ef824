"""Who reads what is declared for every office, and lists show just that."""

import pytest

from law.offices import Office
from models.access.read_rights import MINDS, READS
from models.access.scope import Person, build_scope, get_held_office
from models.matter import Kind
from tests.models.test_sealed_reach import TREE, Here, somebody


def test_every_office_says_what_it_reads_and_why() -> None:
    assert set(READS) == set(Office)
    assert all(each.why for each in READS.values())


def test_an_office_that_is_not_declared_reads_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    officer = somebody(Office.CASE_OFFICER, "county")
    assert officer.may_read(Here(sealed=False))
    monkeypatch.delitem(READS, Office.CASE_OFFICER)
    assert not officer.may_read(Here(sealed=False))
    assert build_scope(officer).units == ()


@pytest.mark.parametrize("kind", Kind)
def test_who_administers_reads_no_matter_of_whatever_kind(kind: Kind) -> None:
    admin = somebody(Office.ADMINISTRATOR, "county")
    assert not admin.may_read(Here(kind=kind, sealed=False))
    assert bool(admin.list_minding_offices(Here(kind=kind, sealed=False))) == (kind in MINDS[Office.ADMINISTRATOR])
    scope = build_scope(admin)
    assert (scope.units, scope.of_kinds, scope.taking_part[1], scope.whole) == ((), (), (), True)


@pytest.mark.parametrize("kind", Kind)
def test_a_desk_reads_what_it_registers_and_asks_and_nothing_that_came_of_it(kind: Kind) -> None:
    assert somebody(Office.REPORTING_DESK, "county").may_read(Here(kind=kind, sealed=False)) == (
        kind in (Kind.INCIDENT, Kind.LETTER, Kind.MISSING_PERSON, Kind.JOINT_TASK)
    )


@pytest.mark.parametrize(
    ("here", "reads"),
    [
        (Here(kind="incident", sealed=False), True),
        (Here(kind="incident", sealed=False, final=True), False),
        (Here(kind="incident", sealed=False, final=True, handlers=("somebody",)), True),
        (Here(kind="criminal-case", sealed=False), False),
        (Here(kind="criminal-case", sealed=False, handlers=("somebody",)), True),
        (Here(kind="criminal-case", sealed=False, officer="somebody"), True),
        (Here(kind="incident", sealed=True), False),
    ],
)
def test_an_auxiliary_reads_what_is_under_way_on_the_street_and_what_they_take_part_in(here: Here, reads: bool) -> None:
    assert somebody(Office.AUXILIARY_OFFICER).may_read(here) is reads


def test_an_office_that_reads_all_makes_up_for_one_that_does_not() -> None:
    both = Person(
        "x", "某", "", tuple(get_held_office(each, TREE["county"], TREE) for each in (Office.REPORTING_DESK, Office.CASE_OFFICER))
    )
    assert both.may_read(Here(sealed=False))
    assert build_scope(both).of_kinds == ()


def test_an_organ_outside_reads_the_journal_from_when_the_matter_was_shared_with_it() -> None:
    procurator = somebody(Office.PROCURATORATE, "procuratorate")
    here = Here(shared_with=("procuratorate",), sealed=False)
    assert procurator.find_first_readable_entry(here, {"procuratorate": 7}) == 7
    assert somebody(Office.CASE_OFFICER).find_first_readable_entry(here, {"procuratorate": 7}) == 1


def test_only_those_of_the_bureau_are_told_who_works_in_it() -> None:
    assert somebody(Office.PROCURATORATE, "procuratorate").is_outsider()
    assert Person("system:bank", "", "", ()).is_outsider()
    assert not somebody(Office.ADMINISTRATOR).is_outsider()
