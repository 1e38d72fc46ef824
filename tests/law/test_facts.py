"""A kind of fact is declared once, and says there all that it means."""

from datetime import datetime
from enum import StrEnum

import pytest

from law.calendar import SHANGHAI
from law.facts import Area, Fact
from law.facts.declaration import MATTER, Declaration, DeclaredMembers, fact
from law.labelled_enum import LabelledEnum
from law.legal_fact import LegalFact


def declared(id: str) -> Declaration:  # noqa: A002 -- as the declaration calls it
    return fact(id, "立案", scope=MATTER, area=Area.INTAKE)


def test_a_fact_without_scope_or_area_is_refused_by_its_id() -> None:
    with pytest.raises(TypeError, match=r"the fact case\.filed must say its scope"):
        fact("case.filed", "立案", area=Area.INTAKE)
    with pytest.raises(TypeError, match=r"the fact case\.filed must say its area"):
        fact("case.filed", "立案", scope=MATTER)


def test_two_facts_of_one_id_or_one_name_are_refused_by_both() -> None:
    class Some:
        FILED = declared("case.filed")

    class SameId:
        OPENED = declared("case.filed")

    class SameName:
        FILED = declared("case.opened")

    with pytest.raises(TypeError, match=r"the id case\.filed: FILED and OPENED of SameId"):
        DeclaredMembers("Facts", (Some, SameId, StrEnum), DeclaredMembers.__prepare__("Facts", (Some, SameId, StrEnum)))
    with pytest.raises(TypeError, match=r"two facts are called FILED; the second is case\.opened of SameName"):
        DeclaredMembers("Facts", (Some, SameName, StrEnum), DeclaredMembers.__prepare__("Facts", (Some, SameName, StrEnum)))


def test_a_fact_after_one_that_is_declared_nowhere_is_refused_by_both(monkeypatch: pytest.MonkeyPatch) -> None:
    lost = fact("case.filed", "立案", scope=MATTER, area=Area.INTAKE, after="case.acepted")
    monkeypatch.setattr(Fact.CASE_FILED, "_declared", lost)
    with pytest.raises(TypeError, match=r"the fact criminal\.filed names another that is declared nowhere: 'case\.acepted'"):
        Fact.CASE_FILED.resolve()


def test_facts_are_members_of_one_enumeration() -> None:
    assert isinstance(Fact.CASE_FILED, LabelledEnum)
    assert Fact("criminal.filed") is Fact.CASE_FILED
    assert Fact.CASE_FILED == "criminal.filed"
    assert (Fact.CASE_FILED.name, Fact.CASE_FILED.label) == ("CASE_FILED", "立案")
    assert Fact.CASE_ACCEPTED in Fact.CASE_FILED.after


def test_nothing_comes_after_itself_alone_or_has_an_article_without_what_it_comes_after() -> None:
    assert [each for each in Fact if each.after == (each,)] == []
    assert [each for each in Fact if (each.basis or each.uses_up or each.also_answers or each.instead_of) and not each.after] == []


def test_facts_of_a_thousand_matters_that_a_ledger_dates_by_one_day_are_told_apart_at_once() -> None:
    day = datetime(2026, 1, 3, tzinfo=SHANGHAI)
    assert len({hash(LegalFact(Fact.INCIDENT_RECEIVED, day, f"JQ2026{n:08}", seq=1)) for n in range(1000)}) > 990
