"""The words of the law, for whoever reads a citation."""

from collections.abc import AsyncIterator

import httpx
import pytest

from api.app import make_app
from runtime.settings import Settings


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    """A client of an API whose engines are not there."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(make_app(Settings())), base_url="http://louke") as one:
        yield one


async def asked(client: httpx.AsyncClient, cited: str, **more: str) -> httpx.Response:
    return await client.get("/api/law/articles", params={"cited": cited, **more})


async def test_each_article_that_is_cited_is_answered_with_its_words_and_its_text(client: httpx.AsyncClient) -> None:
    answer = await asked(client, "《刑事诉讼法》第九十一条第二款；《公安机关办理刑事案件程序规定》第一百二十九条、第一百三十条")
    assert "max-age" in answer.headers["Cache-Control"]
    first, *others = answer.json()
    assert (first["cited"], first["code"]) == ("《刑事诉讼法》第九十一条第二款", "CPL")
    assert (first["text"]["title"], first["text"]["in_force"]) == ("中华人民共和国刑事诉讼法", "2018-10-26")
    assert [each["cited"] for each in first["lines"]] == [False, True, False]
    assert "流窜作案、多次作案、结伙作案" in first["lines"][1]["words"]
    assert [each["cited"] for each in others] == [
        "《公安机关办理刑事案件程序规定》第一百二十九条",
        "《公安机关办理刑事案件程序规定》第一百三十条",
    ]
    assert all(line["cited"] for each in others for line in each["lines"])


async def test_a_text_that_is_not_carried_says_so_and_where_it_is_published(client: httpx.AsyncClient) -> None:
    (told,) = (await asked(client, "《公安机关适用刑事羁押期限规定》第四条")).json()
    assert (told["text"], told["lines"], told["link"]) == (None, [], "https://www.mps.gov.cn")
    (unknown,) = (await asked(client, "《刑法》第二百六十六条")).json()
    assert (unknown["instrument"], unknown["code"], unknown["text"]) == ("刑法", "", None)


async def test_the_text_of_the_day_is_shown(client: httpx.AsyncClient) -> None:
    (before,) = (await asked(client, "《治安管理处罚法》第九十九条", on="2025-07-01")).json()
    (now,) = (await asked(client, "《治安管理处罚法》第九十九条")).json()
    assert "自受理之日起不得超过三十日" in before["lines"][0]["words"]
    assert (before["text"]["in_force"], now["text"]["in_force"]) == ("2013-01-01", "2026-01-01")


async def test_an_article_that_its_text_does_not_have_is_not_found(client: httpx.AsyncClient) -> None:
    answer = await asked(client, "《治安管理处罚法》第一百四十四条", on="2025-07-01")
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")
    assert answer.json()["detail"] == "2025-07-01施行的中华人民共和国治安管理处罚法没有第一百四十四条"


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({}, "cited"),
        ({"cited": ""}, "cited"),
        ({"cited": "第九十一条"}, "cited"),
        ({"cited": "《" * 1001}, "cited"),
        ({"cited": "《刑事诉讼法》第九十一条", "on": "yesterday"}, "on"),
    ],
)
async def test_what_cites_nothing_is_refused_by_its_field(client: httpx.AsyncClient, query: dict[str, str], field: str) -> None:
    answer = await client.get("/api/law/articles", params=query)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)
