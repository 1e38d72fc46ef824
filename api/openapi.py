"""The OpenAPI document: the routes, and one operation for each form, so that the document is the list of steps."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from api.http_io import request_models
from api.inbound.contracts import build_inbound_operation, build_webhook, list_shapes
from api.matters import get_opening_forms
from api.problems import STATUSES, ProblemDocument, document_refusals
from law.offices import Office
from models.forms.form import Form, get_forms
from models.matter import Kind
from models.messages import Receipt
from models.outside import System
from workflows.approval.chain import format_basis
from workflows.decision import ACTIONS
from workflows.registry import get_lifecycles

_REF = "#/components/schemas/{model}"
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "幂等键：同一键永远得到第一次的回执",
    "schema": {"type": "string", "maxLength": 200},
}
_MATCH = {"name": "If-Match", "in": "header", "description": "您看到的顺序号；已有更新时不予办理", "schema": {"type": "string"}}
_NUMBER = {"name": "number", "in": "path", "required": True, "description": "事项编号", "schema": {"type": "string"}}
_REFUSALS = (401, 403, 404, 409, 413, 415, 422, 503)


def publish_document(app: FastAPI, systems: Mapping[str, System]) -> None:
    """Let the application serve the document, with the operations of all forms and the webhooks to outside systems."""
    app.openapi = partial(_build_document, app, systems)


def _build_document(app: FastAPI, systems: Mapping[str, System]) -> dict[str, Any]:
    if not app.openapi_schema:
        app.openapi_schema = build_document(app, systems)
    return app.openapi_schema


def build_document(app: FastAPI, systems: Mapping[str, System]) -> dict[str, Any]:
    """The document: routes, operations of all forms, webhooks, and every schema they name."""
    openapi = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    openapi["paths"] |= dict(_list_openings()) | dict(_list_steps())
    openapi["paths"] |= {f"/api/inbound/{system.id}": {"post": build_inbound_operation(system)} for system in systems.values()}
    openapi["webhooks"] = {system.id: {"post": build_webhook(system)} for system in systems.values() if system.wants}
    models: list[type[BaseModel]] = [ProblemDocument, *request_models(), *get_forms().values(), *list_shapes(systems.values())]
    _, schemas = models_json_schema([*((model, "validation") for model in models), (Receipt, "serialization")], ref_template=_REF)
    openapi["components"]["schemas"] |= schemas["$defs"]
    _describe_files(openapi)
    _share_refusals(openapi)
    _tell_whole_answers(openapi)
    return openapi


def _describe_files(openapi: dict[str, Any]) -> None:
    """Describe answers that are files by the media types of their routes, without the JSON that FastAPI adds."""
    for operation in (each for path in openapi["paths"].values() for each in path.values()):
        for answer in operation["responses"].values():
            content = answer.get("content", {})
            if content.get("application/json") == {"schema": {}}:
                del content["application/json"]
            for media_type in content.values():
                media_type.setdefault("schema", {"type": "string", "format": "binary"})


def _share_refusals(openapi: dict[str, Any]) -> None:
    """Describe the refusals of each status once, in `components.responses`, in place of FastAPI's own 422, which is never sent."""
    refusals = {str(status): answer for status, answer in document_refusals(*STATUSES).items()}
    openapi["components"]["responses"] = {f"Problem{status}": answer for status, answer in refusals.items()}
    for operation in (each for path in openapi["paths"].values() for each in path.values()):
        answers = operation["responses"]
        if "application/json" in answers.get("422", {}).get("content", {}):
            answers["422"] = refusals["422"]
        for status, answer in answers.items():
            if answer == refusals.get(status):
                answers[status] = {"$ref": f"#/components/responses/Problem{status}"}
    for schema in ("HTTPValidationError", "ValidationError"):
        openapi["components"]["schemas"].pop(schema, None)


def _tell_whole_answers(openapi: dict[str, Any]) -> None:
    """Mark members of answers as required even if they have defaults: clients may omit them, answers never do."""
    schemas = openapi["components"]["schemas"]
    operations = [each for path in openapi["paths"].values() for each in path.values()]
    answered = _list_named_schemas([each["responses"] for each in operations], schemas)
    for name in answered - _list_named_schemas([each.get("requestBody") for each in operations], schemas):
        required = schemas[name].get("required", [])
        members = [each for each, schema in schemas[name].get("properties", {}).items() if each in required or "default" in schema]
        if members:
            schemas[name]["required"] = members


def _list_named_schemas(schema: Any, schemas: Mapping[str, Any]) -> set[str]:
    """The schemas that a part of the document refers to, directly or through others."""
    found: set[str] = set()
    left = [schema]
    while left:
        each = left.pop()
        if isinstance(each, dict):
            name = str(each.get("$ref", "")).rpartition("/")[2]
            if name in schemas and name not in found:
                found.add(name)
                left.append(schemas[name])
            left += each.values()
        elif isinstance(each, list):
            left += each
    return found


def _list_openings() -> Iterator[tuple[str, Any]]:
    for kind, form in get_opening_forms().items():
        operation = _build_operation(form, 201, [_KEY]) | {"tags": [kind.zh], "operationId": f"open_{kind}"}
        yield f"/api/matters/{kind}", {"post": operation}


def _list_steps() -> Iterator[tuple[str, Any]]:
    kinds = _list_kinds_of_steps()
    for form in get_forms().values():
        if form.rule.opens:
            continue
        tags = ["呈请审批"] if form in ACTIONS else [kind.zh for kind in kinds.get(form.rule.step, ())]
        operation = _build_operation(form, 200, [_NUMBER, _KEY, _MATCH]) | {"tags": tags, "operationId": form.rule.step}
        yield f"/api/matters/{{number}}/steps/{form.rule.step}", {"post": operation}


def _list_kinds_of_steps() -> dict[str, list[Kind]]:
    found: dict[str, list[Kind]] = {}
    for kind, lifecycle in get_lifecycles().items():
        for step in {form.rule.step for stage in lifecycle.stages.values() for form in stage.open_steps}:
            found.setdefault(step, []).append(kind)
    return found


def _build_operation(form: type[Form], status: int, parameters: list[dict[str, Any]]) -> dict[str, Any]:
    body = {"content": {"application/json": {"schema": {"$ref": _REF.format(model=form.__name__)}}}}
    receipt = {"content": {"application/json": {"schema": {"$ref": _REF.format(model="Receipt")}}}, "description": "回执"}
    return {
        "summary": form.rule.title,
        "description": _build_description(form),
        "parameters": parameters,
        "requestBody": body,
        "responses": {str(status): receipt} | {str(code): answer for code, answer in document_refusals(*_REFUSALS).items()},
        "security": [{"OAuth2PasswordBearer": []}],
    }


def _build_description(form: type[Form]) -> str:
    rule = form.rule
    rules = {
        "办理": "" if set(rule.by) == set(Office) else "、".join(office.label for office in rule.by),
        "审批": "、".join(office.label for office in rule.approved_by),
        "依据": format_basis(form),
        "文书": rule.document,
    }
    lines = [(form.__doc__ or "").strip(), *(f"- {name}：{words}" for name, words in rules.items() if words)]
    return "\n\n".join([lines[0], "\n".join(lines[1:])])
