"""The OpenAPI page is the list of steps, and needs nothing from outside."""

import re
from typing import Any

import pytest

from models.forms.form import get_forms
from models.problems import PROBLEMS
from tests.api.document import document
from tests.tables import table
from tests.world import World


@table("form", [each for each in get_forms().values() if not each.rule.opens], ids=lambda form: form.rule.step)
def test_each_form_is_an_operation_with_its_title_and_schema(form: Any) -> None:
    operation = document()["paths"][f"/api/matters/{{number}}/steps/{form.rule.step}"]["post"]
    assert operation["summary"] == form.rule.title
    reference = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"]
    assert set(document()["components"]["schemas"][reference.rpartition("/")[2]]["properties"]) == set(form.model_fields)


def test_each_opening_is_an_operation() -> None:
    assert {"/api/matters/incident", "/api/matters/criminal-case"} <= document()["paths"].keys()


def test_every_answer_is_described() -> None:
    answers = {
        f"{method} {path} {status}": said
        for path, operations in document()["paths"].items()
        for method, operation in operations.items()
        for status, said in operation["responses"].items()
        if status.startswith("2") and status != "204"
    }
    assert [where for where, said in answers.items() if not said.get("content")] == []
    assert [where for where, said in answers.items() if not all(each["schema"] for each in said["content"].values())] == []


def test_every_schema_that_is_named_is_there() -> None:
    named = set(re.findall(r"#/components/schemas/(\w+)", repr(document())))
    assert named <= document()["components"]["schemas"].keys()


def test_who_acts_who_approves_and_on_what_basis_is_told() -> None:
    description = document()["paths"]["/api/matters/{number}/steps/execute-detention"]["post"]["description"]
    assert "- 办理：办案民警" in description
    assert "- 审批：县级以上公安机关负责人" in description
    assert "《刑事诉讼法》第八十五条" in description


async def test_the_interactive_page_asks_nothing_of_the_outside(idle: World) -> None:
    client = await idle.stranger()
    page = (await client.get("/docs")).text
    assert re.findall(r"https?://", page) == []
    local = re.findall(r'(?:src|href)="(/[^"]+)"', page)
    assert len(local) == 2
    for address in local:
        assert (await client.get(address)).status_code == 200


@pytest.mark.parametrize("slug", PROBLEMS)
async def test_every_type_of_problem_has_its_page(idle: World, slug: str) -> None:
    answer = await (await idle.stranger()).get(f"/problems/{slug}")
    assert PROBLEMS[slug].title in answer.text


@pytest.mark.parametrize(("method", "path"), [("GET", "/api/nowhere"), ("DELETE", "/api/matters"), ("GET", "/problems/none")])
async def test_an_address_that_is_none_is_a_problem_document_too(idle: World, method: str, path: str) -> None:
    answer = await (await idle.stranger()).request(method, path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    assert answer.json()["instance"] == path


async def test_a_fault_of_ours_tells_its_trace_id_and_nothing_else(idle: World) -> None:
    officer = await idle.as_("liusiyuan")
    await idle.ask("ALTER TABLE matter RENAME TO hidden")
    answer = await officer.get("/api/matters")
    assert answer.status_code == 500
    assert answer.json() == {
        "type": "/problems/unexpected",
        "title": "系统错误",
        "status": 500,
        "detail": "系统错误",
        "instance": "/api/matters",
        "trace_id": answer.headers["X-Request-ID"],
    }
