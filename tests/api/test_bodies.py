"""What is too large, or is not a form at all."""

from collections.abc import AsyncIterator

import pytest

from models.journal import BUREAU
from tests.api.matters import THEFT, refusals
from tests.world import World

OPEN = "/api/matters/incident"


async def _endless(megabytes: int, read: list[int]) -> AsyncIterator[bytes]:
    for n in range(megabytes):
        read.append(n)
        yield b"x" * 1_000_000


async def test_a_text_of_ten_megabytes_is_refused_and_journaled(idle: World) -> None:
    answer = await (await idle.as_("linxiaoyu")).post(OPEN, **THEFT | {"narrative": "长" * 4_000_000})
    assert (answer.status_code, answer.json()["limit_bytes"]) == (413, 1_000_000)
    assert await refusals(idle, BUREAU) == ["form-too-large"]


async def test_a_body_that_does_not_say_how_long_it_is_is_not_read_to_its_end(idle: World) -> None:
    read: list[int] = []
    desk = await idle.as_("linxiaoyu")
    answer = await desk.http.post(OPEN, content=_endless(50, read), headers={"Content-Type": "application/json"})
    assert answer.status_code == 413
    assert len(read) <= 3


async def test_the_sign_in_form_is_limited_too(idle: World) -> None:
    answer = await (await idle.stranger()).post("/api/auth/token", data={"username": "a", "password": "x" * 2_000_000})
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/form-too-large")


async def test_a_text_longer_than_its_field_is_refused_by_name(idle: World) -> None:
    answer = await (await idle.as_("linxiaoyu")).post(OPEN, **THEFT | {"narrative": "长" * 8001})
    assert answer.json()["errors"] == [{"field": "narrative", "rule": "string_too_long", "detail": "至多8000个字符"}]


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "multipart/form-data; boundary=x"])
async def test_only_json_is_read(idle: World, kind: str) -> None:
    answer = await (await idle.as_("linxiaoyu")).http.post(OPEN, content=b"{}", headers={"Content-Type": kind})
    assert (answer.status_code, answer.json()["type"]) == (415, "/problems/unsupported-media-type")


@pytest.mark.parametrize("body", [b"{", b"[]", b"1", b"null", b'"x"', b"\xff", b'{"at":', b"[" * 100_000])
async def test_what_is_not_a_json_object_is_a_form_not_filled_in(idle: World, body: bytes) -> None:
    answer = await (await idle.as_("linxiaoyu")).http.post(OPEN, content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/form-invalid")


async def test_every_missing_field_is_named(idle: World) -> None:
    answer = await (await idle.as_("linxiaoyu")).post(OPEN)
    assert {each["field"]: each["detail"] for each in answer.json()["errors"]} == dict.fromkeys(
        ["kind", "place", "narrative"], "必须填写"
    )


async def test_a_form_that_holds_a_nul_character_is_refused_like_any_other(idle: World) -> None:
    answer = await (await idle.as_("linxiaoyu")).post(OPEN, **THEFT | {"place": "a\0b"})
    assert answer.status_code == 422


async def test_an_address_that_holds_a_nul_character_is_refused_like_any_other(idle: World) -> None:
    officer = await idle.as_("liusiyuan")
    for path in ("/api/matters/a%00b", "/api/matters?stage=a%00b", "/api/clocks/a%00b"):
        assert (await officer.get(path)).status_code == 422
