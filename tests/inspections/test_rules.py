"""Each inspection finds what it is for, says on what that rests, and finds nothing once that holds no more."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from inspections.inspection import Finding, get_inspections
from inspections.snapshot import RecordedStep, Snapshot
from law.facts import Fact
from law.legal_fact import LegalFact
from models.forms.form import get_forms
from models.matter import Kind
from tests.house.source import ROOT

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
CALLED = ("open-incident", {"kind": "打架", "narrative": "在烧烤店门口被打，有人躺下、流血"})


def incident(*steps: tuple[str, dict[str, Any]], children_facts: tuple[LegalFact, ...] = ()) -> Snapshot:
    """An incident in which these steps were recorded."""
    recorded = tuple(RecordedStep(step, seq, AT, "liusiyuan", values) for seq, (step, values) in enumerate(steps, 1))
    known = {"unit": "chengguan", "officer": "liusiyuan", "stage": "mediation", "stage_since": AT, "opened_at": AT, "now": AT}
    return Snapshot(number="JQ202600000001", kind=Kind.INCIDENT, steps=recorded, children_facts=children_facts, **known)


def classified(classification: str, step: str = "classify-incident") -> tuple[str, dict[str, Any]]:
    return step, {"classification": classification, "reason": "双方自愿"}


def found(rule: str, matter: Snapshot) -> list[Finding]:
    return [*get_inspections()[rule].look(matter)]


# All of them


def test_each_file_is_one_inspection_called_as_the_file_is() -> None:
    files = {each.stem.replace("_", "-") for each in (ROOT / "inspections/rules").glob("*.py")} - {"--init--"}
    assert set(get_inspections()) == files


@pytest.mark.parametrize("rule", get_inspections().values(), ids=get_inspections().keys())
def test_an_inspection_says_what_it_looks_at_by_which_rule_and_what_is_to_be_done(rule: Any) -> None:
    assert rule.kinds and rule.basis and rule.label and rule.demand
    assert set(rule.remedy) <= set(get_forms())
    assert [*rule.look(incident())] == []


def test_the_steps_that_these_tests_make_up_exist() -> None:
    assert {"open-incident", "classify-incident", "reclassify-incident", "arrive-on-scene"} <= set(get_forms())


# incident-fight-as-mediation

FIGHT = "incident-fight-as-mediation"


def test_a_fight_that_is_mediated_though_nobody_was_asked_is_found_with_its_words() -> None:
    (finding,) = found(FIGHT, incident(CALLED, classified("mediation")))
    words = get_inspections()[FIGHT].describe_finding(finding)
    assert (
        "第1步提到“被打”，第1步提到“躺下”，第1步提到“流血”，第2步定为治安调解，没有治安调解协议书，没有双方当事人的询问笔录"
        in words
    )
    assert "《公安机关办理行政案件程序规定》第一百八十条" in words
    assert "烧烤店" not in words


def test_a_mediation_with_its_agreement_and_the_statements_of_two_parties_is_none() -> None:
    matter = incident(CALLED, classified("mediation"))
    assert found(FIGHT, replace(matter, papers=("治安调解协议书", "询问笔录"))) != []
    assert found(FIGHT, replace(matter, papers=("治安调解协议书", "询问笔录", "询问笔录（第二次）"))) == []


def test_it_is_found_as_well_by_what_the_officer_saw() -> None:
    seen = ("arrive-on-scene", {"found": "一人受伤"})
    assert found(FIGHT, incident(("open-incident", {"narrative": "邻里争吵"}), seen, classified("mediation")))


@pytest.mark.parametrize("asked", [Fact.PERSON_INQUIRED, Fact.PERSON_SUMMONED_ADMIN])
def test_whoever_was_asked_in_a_case_that_came_of_it_was_asked(asked: Fact) -> None:
    matter = incident(CALLED, classified("mediation"), children_facts=(LegalFact(asked, AT, "p1"),))
    assert found(FIGHT, matter) == []


def test_a_fight_that_is_no_longer_mediated_and_a_quarrel_without_one_are_no_findings() -> None:
    assert found(FIGHT, incident(CALLED, classified("mediation"), classified("administrative", "reclassify-incident"))) == []
    assert found(FIGHT, incident(("open-incident", {"narrative": "吵架，没有被打、受伤"}), classified("mediation"))) == []


# incident-graded-down

DOWN = "incident-graded-down"


@pytest.mark.parametrize(("then", "now"), [("criminal", "mediation"), ("administrative", "dispute"), ("mediation", "help")])
def test_an_incident_made_lighter_is_found(then: str, now: str) -> None:
    (finding,) = found(DOWN, incident(CALLED, classified(then), classified(now, "reclassify-incident")))
    assert [getattr(each, "seq", None) for each in finding.evidence] == [2, 3]


@pytest.mark.parametrize(("then", "now"), [("help", "criminal"), ("help", "consultation"), ("mediation", "mediation")])
def test_an_incident_made_graver_or_as_grave_is_not(then: str, now: str) -> None:
    assert found(DOWN, incident(CALLED, classified(then), classified(now, "reclassify-incident"))) == []


def test_an_incident_classified_to_and_fro_is_found_though_it_ends_as_grave_as_it_began() -> None:
    again = (classified("criminal"), classified("help", "reclassify-incident"), classified("criminal", "reclassify-incident"))
    assert len(found(DOWN, incident(CALLED, *again))) == 1
