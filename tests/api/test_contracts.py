"""The contracts with systems outside: each direction documented, with examples that keep to the shapes."""

import json

import pytest

from api.inbound.contracts import build_sample, list_decisions
from models.external import get_systems
from models.forms.form import Form
from models.outside import Question, System
from tests.api.document import document
from tests.tables import table

every_system = pytest.mark.parametrize("system", get_systems().values(), ids=get_systems().keys())
DECIDED = {form.rule.step: form for system in get_systems().values() for form in list_decisions(system)}


@pytest.mark.parametrize("system", [each for each in get_systems().values() if each.wants], ids=lambda each: each.id)
def test_what_a_system_is_told_has_an_example_of_each_fact_in_the_shape_of_its_message(system: System) -> None:
    content = document()["webhooks"][system.id]["post"]["requestBody"]["content"]["application/json"]
    assert list(content["examples"]) == [fact.value for fact in system.wants]
    for name, example in content["examples"].items():
        assert example["value"]["type"] == name
        system.message.model_validate(example["value"]["data"])


@every_system
def test_what_a_system_may_tell_us_has_an_example_of_each_step(system: System) -> None:
    content = document()["paths"][f"/api/inbound/{system.id}"]["post"]["requestBody"]["content"]["application/json"]
    steps = [form.rule.step for form in list_decisions(system)]
    assert steps
    assert list(content["examples"]) == content["schema"]["properties"]["type"]["enum"] == steps
    for example in content["examples"].values():
        assert ("matter" in example["value"]["data"]) is (example["value"]["type"] not in {form.rule.step for form in system.opens})


@table("form", DECIDED.values(), ids=DECIDED.keys())
def test_an_example_is_a_form_that_would_be_accepted(form: type[Form]) -> None:
    form.model_validate_json(json.dumps(build_sample(form)))


@pytest.mark.parametrize(
    ("system", "question"),
    [(system.id, question) for system in get_systems().values() for question in system.questions],
    ids=lambda each: each if isinstance(each, str) else each.fact.value,
)
def test_the_answer_that_the_contract_shows_is_a_form_that_would_be_accepted(system: str, question: Question) -> None:
    receipt = document()["webhooks"][system]["post"]["responses"]["2XX"]["content"]["application/json"]["examples"][question.fact]
    question.answer.model_validate_json(json.dumps(receipt["value"]["answer"]))
    assert question.example.items() <= receipt["value"]["answer"].items()


def test_a_system_decides_what_its_organs_decide_and_one_that_is_asked_only_answers() -> None:
    decided = {name: {form.rule.step for form in list_decisions(system)} for name, system in get_systems().items()}
    assert {"approve-arrest", "refuse-arrest", "prosecute-case", "return-for-investigation", "review-arrest"} <= decided[
        "procuratorate"
    ]
    assert not {"approve", "execute-arrest", "judge-case"} & decided["procuratorate"]
    assert {"judge-case", "accept-trial"} <= decided["court"]
    assert decided["bank"] == {"answer-stop-payment"}


def test_a_bank_is_told_of_the_account_and_not_of_the_victim() -> None:
    content = document()["webhooks"]["bank"]["post"]["requestBody"]["content"]["application/json"]
    (example,) = content["examples"].values()
    assert set(example["value"]["data"]) == {
        "matter", "about", "fact", "fact_zh", "at", "bank", "account", "holder", "amount", "transferred_at",
    }  # fmt: skip
