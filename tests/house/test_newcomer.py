"""What somebody new must touch to add a limit or a step: done for real, in a copy of the house, and seen to work there."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.house.source import ROOF, ROOMS, ROOT

CARRIED = (*ROOMS, "tests")

LIMIT = """
SCENE_REPORT = TimeLimit(
    id="scene-report",
    zh="到场情况回报",
    about=About.INCIDENT,
    starts_on=(Fact.INCIDENT_ARRIVED,),
    met_by=(Fact.INCIDENT_HANDLED,),
    editions=(edition(IN_FORCE, PROMISE.section("到场回报"), hours(1), Counting.HOURS),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.SERVICE_ONLY,
)
"""
EXAMPLE = (
    '- {name: 到场一小时以内回报, limit: scene-report, start: "2026-03-02T20:00:00+08:00", '
    'due: "2026-03-02T21:00:00+08:00", basis: 到场回报}\n'
)
FORM = '''"""Thanks (致谢): what the bureau owes those who helped it."""

from pydantic import Field

from law.offices import Office
from models.forms.form import Form, Text


class ThankWitness(Form, title="感谢证人", by=Office.CASE_OFFICER):
    """Thank a witness who came forward (感谢证人)."""

    words: Text = Field(title="致谢内容")
'''
SYSTEM = '''"""急救中心调度系统: which wounded the police have come upon."""

from law.facts import Fact
from law.offices import Office
from models.outside import System

AMBULANCE = System(id="ambulance", zh="急救中心调度系统", office=Office.PARTY, wants=(Fact.INCIDENT_ARRIVED,))
'''
# What the copy is asked: which steps the OpenAPI page lists, which are open where, and which clocks an arrival starts.
QUESTION = """
import json
from datetime import UTC, datetime
from activities.external import systems
from api.app import make_app
from law.clocks import clocks
from law.facts import Fact
from law.legal_fact import LegalFact
from models.matter import Kind
from models.store.mappers import calendar_of
from runtime.settings import Settings
from workflows.registry import lifecycles

arrived = LegalFact(Fact.INCIDENT_ARRIVED, datetime(2026, 3, 2, 12, tzinfo=UTC), "JQ1", seq=1)
openapi = make_app(Settings(), systems()).openapi()
print(json.dumps({
    "paths": list(openapi["paths"]),
    "told": {name: each["post"]["requestBody"]["content"]["application/json"]["schema"]["properties"]["type"]["enum"]
             for name, each in openapi["webhooks"].items()},
    "open": [form.rule.step for form in lifecycles()[Kind.INCIDENT].stages["received"].open_steps],
    "clocks": [[each.limit, each.due_at.isoformat()] for each in clocks([arrived], calendar_of(()))],
}))
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the house, for somebody new to build in."""
    skipped = shutil.ignore_patterns("__pycache__", "*.json")
    for room in CARRIED:
        shutil.copytree(ROOT / room, tmp_path / room, ignore=skipped)
    for name in (*ROOF, "pyproject.toml", "alembic.ini"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def touched(copy: Path) -> set[str]:
    """The files in which the copy differs from the house, but for tests and examples."""
    mine = {file.relative_to(copy) for file in copy.rglob("*.py")}
    return {str(file) for file in mine if _differs(copy / file, ROOT / file) and file.parts[0] != "tests"}


def _differs(one: Path, other: Path) -> bool:
    return not other.exists() or one.read_bytes() != other.read_bytes()


def edit(file: Path, old: str, new: str) -> None:
    """Replace what stands there once."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{file.name} no longer says {old}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def asked(copy: Path) -> dict[str, Any]:
    """What the copy answers."""
    run = subprocess.run([sys.executable, "-c", QUESTION], cwd=copy, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    answer: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return answer


# The copy at work: a call comes in, an officer arrives, and the sandbox's ambulance is told.
STORY = """
from tests.sandbox import sandbox
from tests.scenarios.passing import eventually
from tests.world import found, world


async def test_the_ambulance_is_told_of_the_arrival(database, temporal_address, tmp_path):
    async with sandbox() as outside, world(found(database, temporal_address, tmp_path, outside.settings)) as county:
        desk, officer = await county.as_("linxiaoyu"), await county.as_("liusiyuan")
        number = (await desk.open("incident", kind="交通事故", place="环城路", narrative="有人受伤", unit="chengguan"))["number"]
        await desk.take(number, "dispatch-incident", unit="chengguan", officer="liusiyuan")
        await officer.take(number, "arrive-on-scene")

        async def told():
            return outside.received("ambulance")

        (received,) = await eventually(told)
        print("TOLD", received["message"]["type"], received["message"]["data"]["matter"] == number)
"""


def delivered(copy: Path) -> list[str]:
    """The facts that the new system was told of over HTTP, when the story is played in the copy."""
    (copy / "tests/test_story.py").write_text(STORY, encoding="utf-8")
    play = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-s", "tests/test_story.py"]
    run = subprocess.run(play, cwd=copy, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout
    lines = [line.partition("TOLD ")[2].split() for line in run.stdout.splitlines() if "TOLD " in line]
    return [fact for fact, about_it in lines if about_it == "True"]


def test_a_time_limit_is_one_file_and_an_example(copy: Path) -> None:
    with (copy / "law/statutes/service_promises.py").open("a", encoding="utf-8") as statute:
        statute.write(LIMIT)
    with (copy / "tests/law/examples/service_promises.yaml").open("a", encoding="utf-8") as examples:
        examples.write(EXAMPLE)
    assert touched(copy) == {"law/statutes/service_promises.py"}
    assert ["scene-report", "2026-03-02T21:00:00+08:00"] in asked(copy)["clocks"]
    kept = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "tests/law/test_examples.py"]
    run = subprocess.run(kept, cwd=copy, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


def test_a_step_with_its_form_is_two_files(copy: Path) -> None:
    assert "/api/matters/{number}/steps/thank-witness" not in asked(copy)["paths"]
    (copy / "models/forms/thanks.py").write_text(FORM, encoding="utf-8")
    life = copy / "workflows/incident.py"
    edit(life, "from models.matter import Kind\n", "from models.forms.thanks import ThankWitness\nfrom models.matter import Kind\n")
    edit(life, "INTAKE = (RegisterReport,", "INTAKE = (ThankWitness, RegisterReport,")
    assert touched(copy) == {"models/forms/thanks.py", "workflows/incident.py"}
    answer = asked(copy)
    assert "/api/matters/{number}/steps/thank-witness" in answer["paths"]
    assert "thank-witness" in answer["open"]


def test_a_system_outside_is_one_file(copy: Path) -> None:
    (copy / "activities/external/ambulance.py").write_text(SYSTEM, encoding="utf-8")
    assert touched(copy) == {"activities/external/ambulance.py"}
    assert asked(copy)["told"]["ambulance"] == ["incident.arrived"]
    assert delivered(copy) == ["incident.arrived"]
