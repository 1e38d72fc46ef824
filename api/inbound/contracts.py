"""Both directions of every outside system's contract, for the OpenAPI document, with an example of each message made from its shape."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from api.inbound.messages import InboundMessage, InboundReceipt
from api.problems import document_refusals
from law.facts import Fact
from law.offices import Office
from models.forms.form import Form, get_forms
from models.outside import Envelope, Happening, Question, System

_REF = "#/components/schemas/{model}"
_SIGNED = {
    "webhook-id": "报文编号，幂等键",
    "webhook-timestamp": "发送时刻，Unix秒；与收件方相差五分钟以上的应予拒收",
    "webhook-signature": "v1,以共享密钥对“编号.时刻.正文”所作HMAC-SHA256的Base64；更换密钥期间可以有多个，以空格分隔",
}
_REFUSALS = (401, 404, 409, 413, 415, 422, 503)
_AT = "2026-09-28T10:00:00+08:00"
# What a reader takes for real, by the name of the field; for all others the field's own title says what belongs there.
_SAMPLES: Mapping[str, Any] = {
    "charge": "xf-266",
    "account": "6217000000000000001",
    "amount": "350000",
    "extension": "+15 day",
    "passenger_phone": "13900000000",
    "until": "2026-09-28T10:25:00+08:00",
    "citizen_number": "330102198506121012",
    "narrative": "八月报的案至今没有结果，请告知进展。",
}
_SUSPECT = {"matter": "RY202600000042", "id": "suspect", "role": "suspect", "name": "贺文涛", "citizen_id": "330102198506121012"}


def list_decisions(system: System) -> tuple[type[Form], ...]:
    """The steps that this system may take: what it is asked to answer and what it opens, or what its organs decide."""
    if system.questions or system.opens:
        answers = (form for question in system.questions for form in (question.answer, *question.later))
        return (*answers, *system.opens)
    organs = {system.office, *system.above}
    # What everybody may do in their own name (approve, urge) is no organ's decision.
    return tuple(
        form
        for form in get_forms().values()
        if organs & set(form.rule.by) and not form.rule.opens and set(form.rule.by) != set(Office)
    )


def list_shapes(systems: Iterable[System]) -> list[type[BaseModel]]:
    """Every shape that the contracts name besides forms."""
    return [InboundMessage, InboundReceipt, *dict.fromkeys(system.message for system in systems)]


def build_sample(form: type[Form]) -> dict[str, Any]:
    """The form with its required fields filled in, as an example."""
    schema = form.model_json_schema()
    return {name: _SAMPLES.get(name, _build_sample_value(schema["properties"][name])) for name in schema.get("required", ())}


def _build_sample_value(shape: Mapping[str, Any]) -> Any:
    if "enum" in shape or "const" in shape:
        return shape.get("const", shape.get("enum", [""])[0])
    if shape.get("format") == "date-time":
        return _AT
    return {"boolean": True, "integer": 1, "array": [], "object": {}}.get(shape.get("type", ""), shape.get("title", ""))


# What we tell


def build_webhook(system: System) -> dict[str, Any]:
    """What a system outside is told, and how it answers."""
    told = "\n".join(f"- `{fact.value}` {fact.label}" for fact in system.wants)
    envelope = _build_envelope(
        [fact.value for fact in system.wants], "法律事实", {"$ref": _REF.format(model=system.message.__name__)}
    )
    examples = {fact.value: {"summary": fact.label, "value": build_notification_schema(system, fact)} for fact in system.wants}
    return {
        "tags": ["外部系统"],
        "x-system": system.zh,
        "x-answers": {question.fact.value: question.answer.rule.step for question in system.questions},
        "operationId": f"tell_{system.id}",
        "summary": f"告知{system.zh}",
        "description": "按 Standard Webhooks 签名；同一 webhook-id 即同一送达，重复收到应答以第一次的回执；同一事项的送达依次进行。\n\n"
        + told,
        "parameters": _build_signature_parameters(),
        "requestBody": {"required": True, "content": {"application/json": {"schema": envelope, "examples": examples}}},
        "responses": {
            "2XX": _build_receipt(system),
            "4XX": {"description": "拒收，由人工处理（408、409、425、429除外：稍后重送）"},
            "5XX": {"description": "暂不能接收，稍后重送，最长四日"},
        },
    }


def build_notification_schema(system: System, fact: Fact) -> dict[str, Any]:
    """The message by which this system is told of that fact, as it would travel."""
    form = next((each for each in get_forms().values() if fact in each.rule.may_bring), None)
    happening = Happening(
        delivery="SD202600000077",
        matter=_SUSPECT["matter"],
        fact=fact,
        at=datetime.fromisoformat(_AT),
        about=_SUSPECT["matter"],
        form=build_sample(form) if form else {},
        people=[_SUSPECT],
        case="XA202600000041",
        charge="xf-266",
    )
    data = system.says(happening).model_dump(mode="json")
    return Envelope(type=fact, timestamp=happening.at, data=data).model_dump(mode="json")


def _build_receipt(system: System) -> dict[str, Any]:
    words = "已签收；应答正文作为回执保存"
    if not system.questions:
        return {"description": words}
    answers = [{"$ref": _REF.format(model=question.answer.__name__)} for question in system.questions]
    properties = {"receipt": {"type": "string", "title": "回执编号"}, "answer": {"anyOf": answers, "title": "答复"}}
    examples = {
        question.fact.value: {
            "summary": question.fact.label,
            "value": {"receipt": f"{system.id}-000001", "answer": _answer(question)},
        }
        for question in system.questions
    }
    content = {"application/json": {"schema": {"type": "object", "properties": properties}, "examples": examples}}
    return {"description": f"{words}；附有 answer 的，即作为答复记入事项，也可以日后来文答复", "content": content}


def _answer(question: Question) -> dict[str, Any]:
    return build_sample(question.answer) | dict(question.example)


# What we are told


def build_inbound_operation(system: System) -> dict[str, Any]:
    """What a system outside may tell us, and how we answer."""
    answers = list_decisions(system)
    form = {"anyOf": [{"$ref": _REF.format(model=each.__name__)} for each in answers], "title": "表单"}
    # What opens a matter names none.
    known = [] if set(answers) <= set(system.opens) else ["matter"]
    data = {
        "type": "object",
        "required": [*known, "form"],
        "properties": {"matter": {"type": "string", "title": "事项编号", "description": "登记新事项的来文不写"}, "form": form},
    }
    envelope = _build_envelope([each.rule.step for each in answers], "步骤", data)
    envelope["properties"]["after"] = {"type": "string", "title": "前一报文", "description": "须在此 webhook-id 之后办理"}
    receipt = {"content": {"application/json": {"schema": {"$ref": _REF.format(model=InboundReceipt.__name__)}}}}
    return {
        "tags": ["外部系统"],
        "x-system": system.zh,
        "operationId": f"hear_{system.id}",
        "summary": f"{system.zh}来文",
        "description": "按 Standard Webhooks 签名，每一报文即一个步骤。同一 webhook-id 永远得到第一次的答复；未识别的字段予以保存并在 ignored 中列明。",
        "parameters": _build_signature_parameters(),
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": envelope, "examples": _build_examples(system)}},
        },
        "responses": {
            "200": {"description": "已办理", **receipt},
            "202": {"description": "已保存，待前一报文到达后办理", **receipt},
        }
        | {str(status): answer for status, answer in document_refusals(*_REFUSALS).items()},
        "security": [],
    }


def _build_examples(system: System) -> dict[str, Any]:
    said = {question.answer: _answer(question) for question in system.questions}
    return {
        form.rule.step: {
            "summary": form.rule.title,
            "value": {
                "type": form.rule.step,
                "timestamp": _AT,
                "data": ({} if form.rule.opens else {"matter": _SUSPECT["matter"]})
                | {"form": said.get(form) or build_sample(form)},
            },
        }
        for form in list_decisions(system)
    }


def _build_envelope(types: list[str], title: str, data: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["type", "timestamp", "data"],
        "properties": {
            "type": {"type": "string", "enum": types, "title": title},
            "timestamp": {"type": "string", "format": "date-time", "title": "发生时间"},
            "data": data,
        },
    }


def _build_signature_parameters() -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "header", "required": True, "description": words, "schema": {"type": "string"}}
        for name, words in _SIGNED.items()
    ]
