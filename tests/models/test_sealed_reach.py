"""Who may know of a sealed matter: those who handle it, who approves, the legal reviewer, organs outside that it is shared with."""

from dataclasses import dataclass, replace
from itertools import product

import pytest

from law.offices import Office
from models.access.kept_from import ANSWERS
from models.access.scope import Person, Unit, build_scope, get_held_office, may_open_file
from tests.tables import table

TREE = {
    "county": Unit("county", None, "/county/", "县局", "bureau", None),
    "station": Unit("station", "county", "/county/station/", "派出所", "station", None),
    "other": Unit("other", "county", "/county/other/", "另一派出所", "station", None),
    "procuratorate": Unit("procuratorate", None, "/procuratorate/", "检察院", "procuratorate", "county"),
}


@dataclass(frozen=True)
class Here:
    """A matter of the station."""

    kind: str = "suspect"
    unit: str = "station"
    officer: str = "officer"
    shared_with: tuple[str, ...] = ()
    sealed: bool = True
    handlers: tuple[str, ...] = ()
    final: bool = False
    kept_from: tuple[str, ...] = ()


def somebody(office: Office, unit: str = "station", username: str = "somebody") -> Person:
    return Person(username, "某人", "", (get_held_office(office, TREE[unit], TREE),))


@pytest.mark.parametrize("office", [Office.CASE_OFFICER, Office.CASE_MANAGEMENT_OFFICER, Office.SUPERVISOR])
def test_whoever_does_not_handle_a_sealed_matter_does_not_know_of_it(office: Office) -> None:
    for unit in ("station", "county"):
        assert not somebody(office, unit).may_read(Here())
        assert somebody(office, unit).may_read(Here(sealed=False))


def test_its_officer_and_who_joined_them_open_it() -> None:
    assert somebody(Office.CASE_OFFICER, username="officer").list_reaching_offices(Here())
    assert somebody(Office.CASE_OFFICER).list_reaching_offices(Here(handlers=("somebody",)))
    # Handling a matter reaches no further than one's office does.
    assert not somebody(Office.CASE_OFFICER, "other").list_reaching_offices(Here(handlers=("somebody",)))


@pytest.mark.parametrize(
    ("office", "unit"), [(Office.STATION_HEAD, "station"), (Office.COUNTY_HEAD, "county"), (Office.LEGAL_REVIEWER, "county")]
)
def test_who_approves_and_who_reviews_open_it(office: Office, unit: str) -> None:
    assert somebody(office, unit).list_reaching_offices(Here())
    assert not somebody(office, "other").list_reaching_offices(Here())


def test_who_keeps_the_store_opens_the_things_in_it_and_nothing_else() -> None:
    keeper = somebody(Office.CASE_MANAGEMENT_OFFICER, "county")
    assert keeper.list_reaching_offices(Here(kind="exhibit"))
    assert not keeper.list_reaching_offices(Here())
    assert build_scope(keeper).keeping == (("exhibit", ("county", "other", "station")),)
    assert not somebody(Office.CASE_OFFICER).list_reaching_offices(Here(kind="exhibit"))


def test_an_organ_outside_knows_of_it_once_it_is_shared() -> None:
    procurator = somebody(Office.PROCURATORATE, "procuratorate")
    assert not procurator.may_read(Here())
    assert procurator.may_read(Here(shared_with=("procuratorate",)))


def test_a_copy_does_not_open_what_has_been_sealed() -> None:
    copied = Here(shared_with=("@somebody",))
    stranger = somebody(Office.CASE_OFFICER, "other")
    assert not stranger.may_read(copied)
    assert stranger.may_read(Here(sealed=False, shared_with=("@somebody",)))


def test_lists_show_sealed_matters_of_the_units_in_which_somebody_opens_them() -> None:
    assert build_scope(somebody(Office.CASE_OFFICER)).opens_sealed == ()
    assert build_scope(somebody(Office.LEGAL_REVIEWER, "county")).opens_sealed == ("county", "other", "station")


def test_nobody_is_asked_to_approve_what_they_may_not_open() -> None:
    assert not may_open_file(Here(), "somebody", Office.CASE_OFFICER)
    assert may_open_file(Here(sealed=False), "somebody", Office.CASE_OFFICER)


@table(
    ("username", "office", "marks", "owes"),
    [
        ("somebody", Office.CASE_OFFICER, ("sexual-offence",), True),
        ("somebody", Office.STATION_HEAD, ("media", "minor"), True),
        ("somebody", Office.CASE_OFFICER, ("sensitive", "media", "foreigner"), False),
        ("its-officer", Office.CASE_OFFICER, ("minor",), False),
        ("handler", Office.CASE_OFFICER, ("minor",), False),
        ("somebody", Office.SUPERVISOR, ("protected-reporter",), False),
    ],
)
def test_whoever_reads_what_no_list_may_name_and_does_not_handle_it_says_why(
    username: str, office: Office, marks: tuple[str, ...], owes: bool
) -> None:
    matter = Here(sealed=False, officer="its-officer", handlers=("handler",))
    assert somebody(office, username=username).owes_reason(matter, marks) is owes


@table(("office", "kept_from"), product(Office, [("@somebody",), ("station",)]))
def test_what_is_kept_from_somebody_by_name_or_with_their_unit_does_not_exist_for_them(
    office: Office, kept_from: tuple[str, ...]
) -> None:
    """A unit is meant with all of its offices but those that answer for it; a name whatever the office, also of its own officer."""
    matter = Here(sealed=False, kept_from=kept_from, officer="somebody", shared_with=("@somebody",))
    answers = "station" in kept_from and office in ANSWERS
    assert somebody(office).may_read(matter) is answers
    assert bool(somebody(office).list_reaching_offices(matter)) is answers
    assert somebody(office).may_read(replace(matter, kept_from=("elsewhere", "@other"))) is True
