"""No date that anybody can write stops the house: it is refused by the name of its field, and nothing is changed by it."""

import base64
import json
from collections.abc import Iterator
from typing import Any

import pytest

from models.forms.form import get_forms
from tests.api.matters import THEFT, accepted, reported
from tests.routes import ENDLESS
from tests.world import Hand, World

INSTANTS = (
    "0001-01-01T00:00:00+14:00",
    "5900-08-19T13:28:53-19:44",
    "9999-12-31T23:59:59-12:00",
    "1949-09-30T15:59:59Z",
    "2026-09-28T10:00:00",
    "-infinity",
    "0044-03-15 00:00:00 BC",
    "20260928",
    "1e400",
)
ODD = (*INSTANTS, "", "\0", "ů💥", "-1", "99999999999999999999999999", "9" * 5000, "NaN", "true", "null", "%", "2026-02-30")
CURSORS = (
    "x",
    *(
        base64.urlsafe_b64encode(json.dumps(said).encode()).decode()
        for said in (
            *(
                [at, number]
                for at in (*INSTANTS, "2026-W01-1", "0001-02-31 00:00:00+00 BC", "999999-01-01 00:00:00+00")
                for number in ("JQ1", 1)
            ),
            *([at, "JQ1", 10**30] for at in ("infinity", "2026-09-28 02:00:00+00")),
            ["infinity", True, "JQ1", -1],
            ["2026-09-28 02:00:00+00", "\0"],
            ["2026-09-28 02:00:00+00", "\ud800"],
            [10**30],
            [-(10**30), "x"],
            [True],
            [float("inf")],
            [],
            {},
        )
    ),
)


def dated(schema: dict[str, Any]) -> list[str]:
    """The fields of a form that take an instant or a day."""
    formats = {"date-time", "date"}
    return [
        name
        for name, said in schema["properties"].items()
        if {each.get("format") for each in (said, *said.get("anyOf", ()))} & formats
    ]


def questions(bureau: World) -> Iterator[tuple[str, str, bool]]:
    """Every address that is read, each with one of its query parameters, and whether that takes an instant or a day."""
    for path, item in bureau.app.openapi()["paths"].items():
        if path in ENDLESS or "get" not in item:
            continue
        for parameter in item["get"].get("parameters", ()):
            if parameter["in"] == "query":
                schema = parameter["schema"]
                formats = {each.get("format") for each in (schema, *schema.get("anyOf", ()))}
                yield path, parameter["name"], bool(formats & {"date-time", "date"})


async def written(bureau: World) -> list[Any]:
    """What a step would have changed."""
    return await bureau.ask(
        """SELECT (SELECT count(*) FROM entry WHERE sort IN ('step', 'told')) AS entries, (SELECT count(*) FROM fact) AS facts,
        (SELECT count(*) FROM matter) AS matters, (SELECT max(updated_at) FROM matter) AS last"""
    )


async def test_no_form_takes_an_instant_that_cannot_be_whoever_hands_it_in(bureau: World) -> None:
    number, officer = await reported(bureau)
    before = await written(bureau)
    for place, (step, form) in enumerate(sorted(get_forms().items())):
        for n, field in enumerate(dated(form.model_json_schema())):
            said = INSTANTS[(place + n) % len(INSTANTS)]
            address = f"/api/matters/{form.rule.opens}" if form.rule.opens else f"/api/matters/{number}/steps/{step}"
            answer = await officer.post(address, **{field: said})
            if answer.status_code == 404:  # what only the house itself opens
                continue
            assert answer.status_code == 422, (step, field, said, answer.text)
            assert field in {each["field"] for each in answer.json()["errors"]}, (step, field, said)
    assert await written(bureau) == before


@pytest.mark.parametrize("said", INSTANTS)
async def test_an_incident_that_happened_when_nothing_can_have_happened_is_not_opened(idle: World, said: str) -> None:
    desk, before = await idle.as_("linxiaoyu"), await written(idle)
    answer = await desk.post("/api/matters/incident", **THEFT, at=said)
    assert answer.status_code == 422, answer.text
    assert [each["field"] for each in answer.json()["errors"]] == ["at"]
    assert await written(idle) == before


async def test_no_question_can_be_asked_that_stops_a_list(bureau: World) -> None:
    number, _ = await accepted(bureau)
    head, administrator, before = await bureau.as_("zhouminghui"), await bureau.as_("guanli"), await written(bureau)
    for path, name, is_dated in questions(bureau):
        address = path.replace("{number}", number)
        hand = administrator if (await head.get(address)).status_code in (403, 404) else head
        for said in CURSORS if name == "cursor" else ODD:
            answer = await hand.get(address, **{name: said})
            assert answer.status_code < 500, (path, name, said, answer.text)
            if is_dated:
                assert answer.status_code == 422, (path, name, said)
                assert name in {each["field"] for each in answer.json()["errors"]}, (path, name, said)
    assert await written(bureau) == before


@pytest.mark.parametrize("start", INSTANTS)
async def test_the_calculator_refuses_a_start_that_cannot_be(idle: World, start: str) -> None:
    hand: Hand = await idle.as_("liusiyuan")
    answer = await hand.post("/api/limits/criminal-detention-submit-for-arrest/due", start=start)
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["field"] == "start"
