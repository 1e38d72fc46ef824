"""What a drive goes through: by what the record holds and what inspections find, and nothing else."""

from datetime import UTC, datetime, timedelta

import pytest

from law.facts import Fact
from models.reviews.selections import READ, SELECTIONS, OpenMatter, list_selections, select

AT = datetime(2026, 9, 1, tzinfo=UTC)
FILED = (Fact.CASE_FILED,)


class _Asked(OpenMatter):
    """A matter of which nothing is asked but what drives read from the record."""

    def knows(self, *facts: Fact) -> bool:
        assert READ.issuperset(facts)
        return super().knows(*facts)


def case(charge: str = "xf-264", facts: tuple[str, ...] = FILED, findings: tuple[str, ...] = (), age: int = 0) -> OpenMatter:
    return _Asked(f"XA{age}", "chengguan", "liusiyuan", AT - timedelta(days=age), charge, facts, findings)


@pytest.mark.parametrize(
    ("matter", "grounds"),
    [
        (case(), []),
        (case("xf-232"), ["homicide"]),
        (case("xf-232", (Fact.CASE_FILED, Fact.PERSON_NAMED)), []),
        (case("xf-232", ()), []),
        (case("xf-263"), ["grave-violence"]),
        (case("xf-263", (*FILED, Fact.CASE_SENT_TO_PROCURATORATE)), []),
        (case(facts=(*FILED, Fact.PERSON_NAMED, Fact.DETENTION_EXECUTED)), []),
        (case(facts=(*FILED, Fact.PERSON_NAMED, Fact.DETENTION_EXECUTED, Fact.BAIL_DECIDED)), ["changed-measures"]),
        (case(facts=(*FILED, Fact.PERSON_NAMED, Fact.WANTED_ORDER_ISSUED)), ["wanted"]),
        (case(facts=(*FILED, Fact.PERSON_NAMED, Fact.WANTED_ORDER_ISSUED, Fact.WANTED_ORDER_LIFTED)), []),
        (case(findings=("case-hanging", "paper-missing")), ["hanging", "papers-missing"]),
        (case(findings=("identity-doubtful",)), []),
    ],
)
def test_an_old_case_is_selected_by_each_ground_that_holds(matter: OpenMatter, grounds: list[str]) -> None:
    found = select([matter], list_selections("backlog"))
    assert [each for one in found for each in one.grounds] == grounds


def test_identities_are_another_drive_and_the_oldest_comes_first() -> None:
    matters = [case(findings=("identity-doubtful",), age=1), case(findings=("identity-doubtful",), age=9)]
    found = select(matters, list_selections("identity"))
    assert [each.matter.number for each in found] == ["XA9", "XA1"]
    assert list_selections("backlog", ["hanging"]) == [SELECTIONS["hanging"]]
