"""The page on which a person at an outside organ reads messages and decides: plain HTML without external resources."""

from collections.abc import Mapping
from html import escape
from typing import Any, Protocol

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from partners import contract
from partners.answering import Answers
from partners.decisions import Decision, fill_decision, list_decisions

# The fact's id is for programs.
_NOT_SHOWN = frozenset({"fact"})
# Messages on the page, newest first.
_SHOWN = 50

_PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>
<style>body{{max-width:60rem;margin:2rem auto;padding:0 1rem;font-family:sans-serif;line-height:1.6;color:#1d2733}}
article{{border:1px solid #c9d2dc;border-radius:6px;padding:1rem;margin:1rem 0}}h1{{font-size:1.4rem}}h2{{font-size:1.05rem;margin:0}}
dl{{display:grid;grid-template-columns:10rem 1fr;gap:.1rem .8rem;margin:.6rem 0}}dt{{color:#5b6b7c}}dd{{margin:0;overflow-wrap:anywhere}}
form{{display:flex;flex-wrap:wrap;gap:.5rem;align-items:end;margin:.4rem 0}}label{{display:flex;flex-direction:column;font-size:.8rem;color:#5b6b7c}}
input{{font:inherit;padding:.25rem .4rem;min-width:14rem}}button{{font:inherit;padding:.3rem .9rem}}small{{color:#5b6b7c}}</style>
<body><h1>{title}</h1>{body}</body></html>"""


class Party(Protocol):
    """What the page needs of a system."""

    @property
    def answers(self) -> Answers:
        """Its messages to the bureau."""
        ...

    @property
    def messages(self) -> dict[str, dict[str, Any]]:
        """The messages it has received."""
        ...


def add_desk_routes(app: FastAPI, partners: Mapping[str, Party]) -> None:
    """Add the pages of all systems to the sandbox."""

    def at(system: str) -> Party:
        if system not in partners:
            raise HTTPException(404, f"没有名为“{system[:60]}”的系统")
        return partners[system]

    @app.get("/", include_in_schema=False)
    async def index() -> HTMLResponse:
        """The list of all systems."""
        rows = "".join(f'<li><a href="/{name}/desk">{escape(contract.get_title(name))}</a></li>' for name in partners)
        return _render_page(
            "对方系统沙箱", f'<ul>{rows}</ul><p><a href="/channels">外发通知</a> · <a href="/docs">接口与状态设定</a></p>'
        )

    @app.get("/{system}/desk", include_in_schema=False)
    async def desk(system: str) -> HTMLResponse:
        """Received messages, possible decisions, and decisions made."""
        party = at(system)
        newest = list(party.messages.values())[::-1][:_SHOWN]
        body = "".join(_render_received(system, each, party.answers) for each in newest) or "<p>尚未收到送达。</p>"
        opening = "".join(
            _render_opening(system, step, form, party.answers) for step, form in contract.list_openings(system).items()
        )
        return _render_page(f"{contract.get_title(system)}工作台", opening + body + '<p><a href="/">全部系统</a></p>')

    @app.post("/{system}/desk", include_in_schema=False)
    async def decide(system: str, request: Request) -> RedirectResponse:
        """Send the decision of a person."""
        party, fields = at(system), dict(await request.form())
        held, step = party.messages.get(str(fields.pop("message", ""))), str(fields.pop("step", ""))
        example, number = contract.list_openings(system).get(step), ""
        if example is None:
            example, number = _find_decided(system, held, step)
        form = {name: _parse_typed(value, str(fields.get(name, ""))) for name, value in example.items()}
        party.answers.say(step, number, form)
        await party.answers.wait_until_sent()
        return RedirectResponse(f"/{system}/desk", 303)


def _find_decided(system: str, held: Mapping[str, Any] | None, step: str) -> tuple[Mapping[str, Any], str]:
    """The form of a decision about a message that was received, as an example, and the number of its matter."""
    offered = {each.step: each.form for each in list_decisions(system, held["message"]["type"])} if held else {}
    if held is None or step not in offered:
        raise HTTPException(404, "没有这一送达或者决定")
    return offered[step], held["message"]["data"]["matter"]


def _parse_typed(example: Any, text: str) -> Any:
    if isinstance(example, list):
        return [each.strip() for each in text.split(";") if each.strip()]
    return text == "是" if isinstance(example, bool) else text


def _render_page(title: str, body: str) -> HTMLResponse:
    return HTMLResponse(_PAGE.format(title=escape(title), body=body))


def _render_opening(system: str, step: str, form: Mapping[str, Any], answers: Answers) -> str:
    called = contract.get_answered_fields(system, step)
    fields = "".join(
        f'<label>{escape(called.get(name, name))}<input name="{escape(name)}" value="{escape(_render_value(value))}"></label>'
        for name, value in form.items()
    )
    sent = "".join(_render_sent(each) for each in answers.sent if each["body"]["type"] == step)
    hidden = f'<input type="hidden" name="step" value="{step}">'
    return (
        f'<article><form method="post" action="/{escape(system)}/desk">{hidden}{fields}<button>登记</button></form>{sent}</article>'
    )


def _render_received(system: str, held: dict[str, Any], answers: Answers) -> str:
    message = held["message"]
    shown = {name: value for name, value in message["data"].items() if name not in _NOT_SHOWN and value not in ("", [])}
    called = contract.get_notified_fields(system)
    details = "".join(
        f"<dt>{escape(called.get(name, name))}</dt><dd>{escape(_render_value(value))}</dd>" for name, value in shown.items()
    )
    offered = "".join(_render_offered(system, held, each) for each in list_decisions(system, message["type"]))
    matter = message["data"]["matter"]
    sent = "".join(_render_sent(each) for each in answers.sent if each["body"]["data"].get("matter") == matter)
    heading = f"<h2>{escape(message['data']['fact_zh'])} <small>{escape(held['receipt'])}</small></h2>"
    return f"<article>{heading}<dl>{details}</dl>{offered}{sent}</article>"


def _render_offered(system: str, held: dict[str, Any], decision: Decision) -> str:
    form = fill_decision(decision, held["receipt"], held["message"]["data"])
    called = contract.get_answered_fields(system, decision.step)
    fields = "".join(
        f'<label>{escape(called.get(name, name))}<input name="{escape(name)}" value="{escape(_render_value(value))}"></label>'
        for name, value in form.items()
    )
    hidden = f'<input type="hidden" name="message" value="{escape(held["id"])}"><input type="hidden" name="step" value="{decision.step}">'
    return f'<form method="post" action="/{escape(system)}/desk">{hidden}{fields}<button>{escape(decision.zh)}</button></form>'


def _render_value(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return ";".join(map(_render_value, value))
    return ",".join(map(_render_value, value.values())) if isinstance(value, dict) else str(value)


def _render_sent(message: dict[str, Any]) -> str:
    answer = message["answer"] or {}
    words = answer.get("detail") or answer.get("state") or "未送达"
    return f"<p><small>已发出 {escape(message['body']['type'])}:{message['status'] or ''} {escape(str(words))}</small></p>"
