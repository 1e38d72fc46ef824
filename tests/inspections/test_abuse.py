"""What is done to escape an inspection, or happens around it, changes nothing that it finds: long texts, clocks that are wrong, rules that change."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from activities.inspecting import Inspecting
from inspections.inspection import get_inspections
from inspections.text.normal import LONGEST
from inspections.trial import IncidentReport, build_incident, try_on
from models.forms.form import TEXT
from tests.inspections.test_alerts import RULE, alerts, mediated
from tests.looking import looked
from tests.tables import table
from tests.world import World, found, world


@pytest.fixture
async def bureau(peopled: str, temporal_address: str, tmp_path: Path) -> AsyncIterator[World]:
    async with world(found(peopled, temporal_address, tmp_path)) as one:
        yield one


def test_whatever_a_form_takes_is_read_to_its_end() -> None:
    told = "邻里因停车发生口角。" * 700
    assert TEXT <= LONGEST
    assert (
        "incident-fight-as-dispute"
        in try_on(IncidentReport(caller=told[: TEXT - 20] + "后来我被他打了，流血", classification="dispute")).findings
    )


@table(
    "told",
    [
        {"caller": "我被他打了，流血", "officer": "经询问，没有被打，双方无受伤", "classification": "dispute"},
        {"caller": "我　被　他　打　了", "officer": "已劝解", "classification": "dispute"},
        {"caller": "我\n被他打了", "officer": "已处理", "classification": "mediation"},
    ],
)
def test_what_the_officer_writes_or_how_it_is_typed_hides_no_fight(told: dict[str, Any]) -> None:
    found_in = try_on(IncidentReport.model_validate(told)).findings
    assert {"incident-fight-as-dispute", "incident-fight-as-mediation"} & {*found_in}


@table("rule", get_inspections().values(), ids=lambda each: each.id)
def test_a_clock_that_runs_behind_what_was_recorded_finds_nothing_by_time_and_breaks_no_rule(rule: Any) -> None:
    incident = build_incident(IncidentReport(caller="110接警：我被打了，对方拿刀", classification="administrative", case=True))
    early = replace(incident, now=incident.opened_at - timedelta(days=2))
    for each in rule.look(early):
        assert rule.describe_finding(each)


async def test_a_rule_that_reads_otherwise_from_now_on_goes_on_with_the_alert_that_is_open(bureau: World) -> None:
    await mediated(bureau)
    await looked(bureau)
    (alert,) = await alerts(bureau, 1)
    anew = replace(get_inspections()[RULE], edition=get_inspections()[RULE].edition + 1)
    await Inspecting(bureau.ctx.pool, dict(get_inspections()) | {RULE: anew}).inspect("")
    await looked(bureau)
    (still,) = await alerts(bureau, 1)
    assert (still["number"], still["stage"]) == (alert["number"], "raised")
