"""What the sandbox knows of the contract: it answers what the house declares to be asked, in the words that the house publishes."""

import pytest

from models.external import get_systems
from models.outside import Question
from partners import contract
from partners.decisions import DECISIONS, list_decisions, list_scripted

ASKED = [(system.id, question) for system in get_systems().values() for question in system.questions]


@pytest.mark.parametrize(("system", "question"), ASKED, ids=[system for system, _ in ASKED])
def test_whoever_is_asked_answers_by_the_step_that_it_owes(system: str, question: Question) -> None:
    (answer,) = list_scripted(system, question.fact)
    assert answer.step == question.answer.rule.step
    question.answer.model_validate(answer.form)


def test_every_system_has_its_name_and_every_field_at_its_desk_a_word() -> None:
    for name, system in get_systems().items():
        assert contract.get_title(name) == system.zh
        assert set(contract.get_notified_fields(name)) == (set(system.message.model_fields) if system.wants else set())
        assert not any(word.isascii() for word in contract.get_notified_fields(name).values())


def test_what_an_organ_may_decide_is_in_its_contract() -> None:
    for system, facts in DECISIONS.items():
        for fact in facts:
            assert fact in get_systems()[system].wants
            for decision in list_decisions(system, fact):
                assert set(decision.form) <= set(contract.get_answered_fields(system, decision.step))
