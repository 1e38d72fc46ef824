"""In tests, and while developing, an answer that is not what its route declares is found out; whoever asked has it all the same."""

from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.responses import Response
from pydantic import BaseModel
from starlette.types import Message

from api.checked_answers import AnswerNotAsDeclared, CheckedAnswers


class Told(BaseModel):
    """What a route says that it answers."""

    number: str
    seq: int


def answering(text: str, **declared: Any) -> FastAPI:
    """An application that answers `/it` with that JSON, whatever is declared of it."""
    app = FastAPI()
    app.add_middleware(CheckedAnswers)

    @app.get("/it", **declared)
    async def it() -> Response:
        return Response(text, media_type="application/json")

    return app


async def ask(app: FastAPI) -> httpx.Response:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        return await client.get("/it")


@pytest.mark.parametrize("declared", [{"response_model": Told}, {"responses": {200: {"model": Told}}}])
async def test_what_is_as_declared_passes(declared: dict[str, Any]) -> None:
    assert (await ask(answering('{"number": "JQ1", "seq": 1}', **declared))).json() == {"number": "JQ1", "seq": 1}


@pytest.mark.parametrize("text", ['{"number": "JQ1"}', '{"number": "JQ1", "seq": "1"}', '{"number": null, "seq": 1}', "[]"])
async def test_what_is_not_as_declared_is_found_and_no_word_of_it_is_told(text: str) -> None:
    with pytest.raises(AnswerNotAsDeclared, match="/it: ") as found:
        await ask(answering(text, response_model=Told))
    assert "JQ1" not in str(found.value)


async def test_an_answer_of_which_nothing_is_declared_is_found() -> None:
    with pytest.raises(AnswerNotAsDeclared, match="declares no model"):
        await ask(answering("{}", response_model=None))


async def test_whoever_asked_has_the_answer_all_the_same() -> None:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    scope = {"type": "http", "method": "GET", "path": "/it", "query_string": b"", "headers": []}
    with pytest.raises(AnswerNotAsDeclared):
        await answering("{}", response_model=Told)(scope, receive, send)
    assert [each["type"] for each in sent] == ["http.response.start", "http.response.body"]
    assert sent[1]["body"] == b"{}"
