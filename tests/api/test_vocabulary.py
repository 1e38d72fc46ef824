"""What forms name by code, and what lists name by id, can be looked up; and how one signs in."""

from collections.abc import AsyncIterator
from pathlib import Path
from re import findall

import httpx
import pytest

import models.forms
from api.app import make_app
from api.auth import DemoLogin
from law.offences import get_charges, get_violations
from models.forms.form import get_forms
from runtime.settings import Settings
from tests.world import World


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    """A client of an API whose engines are not there."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(make_app(Settings())), base_url="http://louke") as one:
        yield one


async def test_every_charge_and_violation_is_offered_with_its_article(client: httpx.AsyncClient) -> None:
    offences = (await client.get("/api/offences")).json()
    assert {each["code"] for each in offences["charges"]} == set(get_charges())
    assert {each["code"] for each in offences["violations"]} == set(get_violations())
    (fraud,) = [each for each in offences["charges"] if each["code"] == "xf-266"]
    assert (fraud["zh"], fraud["article"]) == ("诈骗罪", "第266条")


async def test_every_step_fact_and_office_has_a_word(client: httpx.AsyncClient) -> None:
    words = (await client.get("/api/words")).json()
    assert set(words["steps"]) == set(get_forms())
    assert words["offices"]["county-head"] == "县级以上公安机关负责人"
    assert words["offices_called"]["county-head"] == "局领导"
    assert words["facts"]["detention.executed"] == "执行拘留"
    assert "第八十五条" in words["bases"]["execute-detention"]


async def test_a_persons_role_has_a_word_wherever_a_form_brings_one_in(client: httpx.AsyncClient) -> None:

    text = "".join(file.read_text("utf-8") for file in Path(models.forms.__path__[0]).glob("*.py"))
    roles = set(findall(r'"role": "([a-z-]+)"', text))
    assert len(roles) >= 5
    assert roles <= set((await client.get("/api/words")).json()["roles"])


async def test_the_form_of_any_step_can_be_read_and_an_unknown_one_names_its_neighbours(client: httpx.AsyncClient) -> None:
    form = (await client.get("/api/steps/execute-detention")).json()
    assert form["form"]["properties"]["grounds"]["title"] == "拘留理由"
    refused = await client.get("/api/steps/execute-detenion")
    assert (refused.status_code, refused.json()["near"][0]) == (404, "execute-detention")


async def test_a_demonstration_says_as_whom_one_may_sign_in_and_nothing_else_does(idle: World) -> None:
    idle.app.state.logins = [DemoLogin(name="liusiyuan", password="louke-demo", who="办案民警")]
    stranger = await idle.stranger()
    way = (await stranger.get("/api/auth/way")).json()
    assert (way["way"], way["demo"], [each["name"] for each in way["logins"]]) == ("password", True, ["liusiyuan"])
    idle.ctx.settings.demo = False
    way = (await stranger.get("/api/auth/way")).json()
    assert (way["demo"], way["logins"]) == (False, [])


async def test_a_catalogue_is_read_as_it_was_on_a_day_and_an_unknown_one_names_those_there_are(client: httpx.AsyncClient) -> None:
    labels = (await client.get("/api/vocabulary/letter-labels", params={"on": "2026-11-30"})).json()
    assert (labels["zh"], len(labels["entries"])) == ("来信标签", 291)
    assert labels["entries"][0]["further"]["subclass"] == "接报警受理"
    assert (await client.get("/api/vocabulary/letter-labels", params={"on": "2025-12-31"})).json()["entries"] == []
    refused = await client.get("/api/vocabulary/labels")
    assert (refused.status_code, refused.json()["near"]) == (404, ["letter-labels"])
