"""What somebody new must touch: each thing begun by `louke new` in a copy of the house, and seen to work there."""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOF, ROOMS, ROOT

pytestmark = pytest.mark.slow

STEP = (
    "step thank-witness 感谢证人 --kind incident --stage received --stage closed --fact incident.witness-thanked"
    " --fact-label 感谢证人 --article 致谢 --office party --scope matter --after incident.received"
)
LIMIT = (
    "limit scene-report 到场情况回报 --statute service_promises --starts incident.arrived --met incident.witness-thanked"
    " --length '1 hour' --instrument PROMISE --article 到场回报"
)
SYSTEM = "system ambulance 急救中心调度系统 --told incident.arrived --answer thank-witness"
KIND = "kind citizen-letter 群众来信 QX --article 群众来信"
INSPECTION = "inspection incident-witness-unthanked 证人未获感谢 --kind incident --step thank-witness --article 致谢"
# The product files that each touches besides what was begun before it: of a step 3, of a limit 1 (and no more than 2), of a system 1, of an
# inspection 1, of a kind 5. A system that is asked something new touches what its question and its answer do as steps, and its own file.
TOUCHED = {
    STEP: {"law/facts/incident.py", "models/forms/thank_witness.py", "workflows/incident.py"},
    LIMIT: {"law/statutes/service_promises.py"},
    SYSTEM: {"activities/external/ambulance.py"},
    INSPECTION: {"inspections/rules/incident_witness_unthanked.py"},
    KIND: {
        "law/facts/incident.py",
        "models/forms/citizen_letter.py",
        "models/matter.py",
        "seeds/chapters/citizen_letter.py",
        "workflows/citizen_letter.py",
    },
}


# What the sandbox and the page of systems know once the contract is made anew, without another file.
ANSWERS = """
from operations import contract
contract.DOCUMENT.write_text(contract.document_text(), encoding="utf-8")
from partners.decisions import scripted
(answer,) = scripted("ambulance", "incident.arrived")
assert answer.step == "thank-witness", answer
assert "`incident.arrived` 到达现场 → `thank-witness` 感谢证人" in contract.systems_text()
"""


class Copy:
    """A copy of the house, for somebody new to build in."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run Python there, with nothing of the house itself."""
        env = os.environ | {"PYTHONPATH": str(self.root)}
        return subprocess.run([sys.executable, *command], cwd=self.root, env=env, capture_output=True, text=True, check=False)

    def new(self, words: str) -> subprocess.CompletedProcess[str]:
        """Give `louke new` these words."""
        return self.run("-c", "import cli; cli.app()", "new", *shlex.split(words))

    def product(self) -> dict[str, bytes]:
        """What the product is made of, tests, examples and pages aside."""
        files = (file for room in ROOMS for file in (self.root / room).rglob("*.py"))
        return {str(file.relative_to(self.root)): file.read_bytes() for file in files}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    root = tmp_path_factory.mktemp("house")
    for room in (*ROOMS, "tests"):
        shutil.copytree(ROOT / room, root / room, ignore=shutil.ignore_patterns("__pycache__", "histories"))
    for name in (*ROOF, "pyproject.toml", "alembic.ini"):
        shutil.copy(ROOT / name, root / name)
    (root / "web").mkdir()
    return Copy(root)


def test_what_is_begun_touches_few_files_and_runs_from_the_start(copy: Copy) -> None:
    for words, files in TOUCHED.items():
        before = copy.product()
        done = copy.new(words)
        assert done.returncode == 0, done.stderr
        after = copy.product()
        assert {name for name, text in after.items() if before.get(name) != text} == files
    tried = copy.run(
        *(
            "-m",
            "pytest",
            "-p",
            "no:cacheprovider",
            "-q",
            "tests/workflows/test_thank_witness.py",
            "tests/partners/test_ambulance.py",
            "tests/inspections/test_incident_witness_unthanked.py",
            "tests/inspections/test_rules.py",
        ),
        *(
            "tests/scenarios/test_citizen_letter.py",
            "tests/law/test_examples.py",
            "tests/seeds/test_machines.py",
            "tests/workflows/test_ends.py",
        ),
        "tests/seeds/test_scenarios_before_the_law.py::test_every_stage_is_shown_but_the_archives_of_what_takes_years",
    )
    assert tried.returncode == 0, tried.stdout
    for command in (("-m", "ruff", "check", *ROOMS), ("-m", "ruff", "format", "--check", *ROOMS), ("-c", ANSWERS)):
        done = copy.run(*command)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (STEP.replace("--stage received", "--stage nowhere").replace("thanked", "noted"), "has no stage nowhere"),
        (SYSTEM.replace("incident.arrived", "incident.vanished"), "no fact is called incident.vanished"),
        (SYSTEM.replace("thank-witness", "close-incident"), "not by party"),
        (
            LIMIT.replace("scene-report", "scene-note").replace("PROMISE", "MPSC").replace("到场回报", "999"),
            "no article 999",
        ),
        (KIND.replace("QX", "JQ"), "incident (JQ) is there already"),
        (KIND.replace("QX", "LX") + " --stages come:take:收信,submit:send:送出", "no stage can be called submit"),
        (KIND.replace("QX", "LX") + " --stages come:take", "two or more of id:verb:label"),
        (STEP.replace("incident.received", "incident.vanished").replace("thanked", "noted"), "no fact is called incident.vanished"),
        (LIMIT.replace("scene-report", "scene-note").replace("'1 hour'", "'0 hour'"), "a number from one up"),
        # What was written by then is taken back.
        (LIMIT.replace("scene-report 到场情况回报", "scene-note '到场\\'"), "scene-note cannot be computed"),
        (
            STEP.replace("step thank-witness 感谢证人", "step thank-witness '感谢\\'").replace("thanked", "noted"),
            "the clone does not load with it",
        ),
        (STEP.replace("step thank-witness", "step close-incident"), "the step close-incident is there already"),
        (LIMIT.replace("scene-report", "rectification-report"), "the limit rectification-report is there already"),
    ],
)
def test_what_does_not_fit_is_refused_and_writes_nothing(copy: Copy, words: str, why: str) -> None:
    before = copy.product()
    done = copy.new(
        words.replace("ambulance", "fire-brigade").replace("thank-witness", "note-witness").replace("citizen-letter", "visit")
    )
    assert (done.returncode, copy.product() == before) == (1, True)
    assert why in done.stderr
