"""What somebody new must touch: each thing begun by `louke new` in a copy of the house, and seen to work there."""

import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from operations.scaffold.building import check_loads
from operations.scaffold.editing import CannotAdd, Edits
from tests.house.source import ROOF, ROOMS, ROOT
from tests.tables import table

pytestmark = pytest.mark.slow

STEP = (
    "step thank-witness 感谢证人 --kind incident --stage received --stage closed --fact incident.witness-thanked"
    " --fact-label 感谢证人 --article 致谢 --office party --scope matter --after incident.received"
)
LIMIT = (
    "limit scene-report 到场情况回报 --statute service_promises --about incident --starts incident.arrived"
    " --met incident.witness-thanked --ended-by incident.closed --length '1 hour' --in-force 2021-01-01 --instrument PROMISE"
    " --article 到场回报 --answerable case-officer --at-expiry service-only --example '2026-03-02T20:00 2026-03-02T21:00'"
)
# Another, between facts that are there already; and of five days from the Monday before the National Day, which end in its holidays.
NOTE = LIMIT.replace("scene-report", "scene-note").replace("incident.witness-thanked", "incident.handled")
OVER_A_HOLIDAY = NOTE.replace("'1 hour'", "'5 day'")
SYSTEM = "system ambulance 急救中心调度系统 --told incident.arrived --answer thank-witness"
ASKED = (
    "system infirmary 医院急诊系统 --told incident.arrived --answer report-admission --answer-title 收到收治回告 --article 收治回告"
)
KIND = "kind citizen-letter 市民意见 QX --article 市民意见"
INSPECTION = "inspection incident-witness-unthanked 证人未获感谢 --kind incident --step thank-witness --article 致谢"
# The product files that each touches besides what was begun before it: of a step 3, of a limit 1 (and no more than 2), of a system 1, of an
# inspection 1, of a kind 5. A system that answers something new touches its own file alone, where its answer stands too.
TOUCHED = {
    STEP: {"law/facts/incident.py", "models/forms/thank_witness.py", "workflows/incident.py"},
    LIMIT: {"law/statutes/service_promises.py"},
    SYSTEM: {"models/external/ambulance.py"},
    ASKED: {"models/external/infirmary.py"},
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
contract.DOCUMENT.write_text(contract.render_document(), encoding="utf-8")
from partners.decisions import list_scripted
(answer,) = list_scripted("ambulance", "incident.arrived")
assert answer.step == "thank-witness", answer
assert "`incident.arrived` 到达现场 → `thank-witness` 感谢证人" in contract.render_systems()
from models.matter import Kind
from workflows.registry import get_lifecycles
open_at = {name for name, stage in get_lifecycles()[Kind.INCIDENT].stages.items() if "report-admission" in {form.rule.step for form in stage.open_steps}}
assert open_at == {*get_lifecycles()[Kind.INCIDENT].stages} - {"unopened"}, open_at
"""


# Gives `louke new` the words of each line, and says with which status it ended and what it said on its way.
NEW = """
import contextlib, io, json, sys
import cli
cli.collect_seldom()
for line in sys.stdin:
    said = io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
        try:
            status = cli.app(["new", *json.loads(line)])
        except SystemExit as end:
            status = end.code
    print(json.dumps([status, said.getvalue()]), flush=True)
"""
New = Callable[[str], tuple[int, str]]


class Copy:
    """A copy of the house, for somebody new to build in."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.environment = os.environ | {"PYTHONPATH": str(root)}

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run Python there, with nothing of the house itself."""
        words = [sys.executable, *command]
        return subprocess.run(words, cwd=self.root, env=self.environment, capture_output=True, text=True, check=False)

    @contextmanager
    def newcomer(self) -> Iterator[New]:
        """One process there that is given words time after time: it knows what there was when it was given the first."""
        with subprocess.Popen(
            [sys.executable, "-c", NEW],
            cwd=self.root,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdin and process.stdout
            asks, answers = process.stdin, process.stdout

            def new(words: str) -> tuple[int, str]:
                print(json.dumps(shlex.split(words)), file=asks, flush=True)
                status, said = json.loads(answers.readline())
                return status, said

            yield new
            asks.close()

    def product(self) -> dict[str, bytes]:
        """What the product is made of, tests, examples and pages aside."""
        files = (file for room in ROOMS for file in (self.root / room).rglob("*.py"))
        return {str(file.relative_to(self.root)): file.read_bytes() for file in files}


# What a reader of the law has said of a limit, as the statute has it then.
SAID = """
    about=About.INCIDENT,
    starts_on=(Fact.INCIDENT_ARRIVED,),
    met_by=(Fact.INCIDENT_WITNESS_THANKED,),
    ended_by=(Fact.INCIDENT_CLOSED,),
    editions=(edition(IN_FORCE, PROMISE.section("到场回报"), hours(1), Counting.HOURS, notes=_NOT_LAW),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.SERVICE_ONLY,
)
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    root = tmp_path_factory.mktemp("house")
    for room in (*ROOMS, "tests"):
        # What Python compiled comes along, and is good there too: to compile the whole house anew takes longer than all that is begun.
        shutil.copytree(ROOT / room, root / room, ignore=shutil.ignore_patterns("histories"))
    for name in (*ROOF, "pyproject.toml", "alembic.ini"):
        shutil.copy(ROOT / name, root / name)
    (root / "web").mkdir()
    return Copy(root)


@pytest.fixture
def new(copy: Copy) -> Iterator[New]:
    with copy.newcomer() as new:
        yield new


def _touches(copy: Copy, new: New, words: str, files: set[str]) -> None:
    before = copy.product()
    status, said = new(words)
    assert status == 0, said
    after = copy.product()
    assert {name for name, text in after.items() if before.get(name) != text} == files


def test_what_is_begun_touches_few_files_and_runs_from_the_start(copy: Copy) -> None:
    # What rests on a step is begun by somebody who knows it.
    (step, files), *others = TOUCHED.items()
    with copy.newcomer() as new:
        _touches(copy, new, step, files)
    with copy.newcomer() as new:
        for words, files in others:
            _touches(copy, new, words, files)
    # Whoever takes the step too early is told by which article.
    declared = " ".join((copy.root / "law/facts/incident.py").read_text("utf-8").split())
    assert 'after="incident.received", basis=RULE.section("致谢")' in declared
    assert SAID in (copy.root / "law/statutes/service_promises.py").read_text("utf-8")
    tried = copy.run(
        *(
            "-m",
            "pytest",
            "-p",
            "no:cacheprovider",
            "-q",
            "tests/workflows/test_thank_witness.py",
            "tests/partners/test_ambulance.py",
            "tests/partners/test_infirmary.py",
            "tests/inspections/test_incident_witness_unthanked.py",
            "tests/inspections/test_rules.py",
        ),
        *(
            "tests/scenarios/test_citizen_letter.py",
            "tests/law/test_examples.py",
            "tests/seeds/test_machines.py",
            "tests/workflows/test_ends.py",
        ),
        "tests/models/test_forms.py::test_every_form_has_a_chinese_title_an_office_a_basis_and_a_sentence_of_meaning",
        "tests/seeds/test_scenarios_before_the_law.py::test_every_stage_is_shown_but_the_archives_of_what_takes_years",
    )
    assert tried.returncode == 0, tried.stdout
    for command in (("-m", "ruff", "check", *ROOMS), ("-m", "ruff", "format", "--check", *ROOMS), ("-c", ANSWERS)):
        done = copy.run(*command)
        assert done.returncode == 0, done.stdout + done.stderr


def test_what_does_not_load_is_taken_back(copy: Copy) -> None:
    before = copy.product()
    edits = Edits(copy.root)
    edits.append("law/offices.py", "raise ValueError('so much for that')")
    edits.write()
    assert copy.product() != before
    with pytest.raises(CannotAdd, match="so much for that"):
        check_loads(edits)
    assert copy.product() == before


@table(
    ("words", "why"),
    [
        (
            STEP.replace("--stage received", "--stage nowhere").replace("thanked", "noted"),
            "has no stage nowhere; its stages are unopened, received, ",
        ),
        (NOTE.replace("service_promises", "service_promise"), "no law/statutes/service_promise.py (perhaps service_promises"),
        (INSPECTION.replace("thank-witness", "interrogate").replace("unthanked", "unheard"), "taken in suspect, not in incident"),
        (INSPECTION.replace("thank-witness", "no-such").replace("unthanked", "unheard"), "`louke new step` makes one\n"),
        (SYSTEM.replace("incident.arrived", "incident.vanished"), "no fact is called incident.vanished"),
        (SYSTEM.replace("thank-witness", "close-incident"), "not by party"),
        (ASKED.replace("infirmary", "clinic").replace(" --article 收治回告", ""), "--article"),
        (ASKED.replace("infirmary", "clinic").replace("report-admission", "close-incident"), "close-incident is there already"),
        (
            NOTE.replace("PROMISE", "MPSC").replace("到场回报", "999"),
            "no article 999",
        ),
        (KIND.replace("QX", "JQ"), "incident (JQ) is there already"),
        (KIND.replace("QX", "LX") + " --stages come:take:收信,submit:send:送出", "no stage can be called submit"),
        (KIND.replace("QX", "LX") + " --stages come:take", "two or more of id:verb:label"),
        (STEP.replace("incident.received", "incident.vanished").replace("thanked", "noted"), "no fact is called incident.vanished"),
        (NOTE.replace("'1 hour'", "'0 hour'"), "a number from one up"),
        # What was written by then is taken back.
        (
            OVER_A_HOLIDAY.replace("2026-03-02T20:00 2026-03-02T21:00", "2026-09-28 2026-10-03"),
            "from 2026-09-28 you reckon 2026-10-03T23:59:59+08:00, but as it is written: 2026-10-08T23:59:59+08:00",
        ),
        (
            NOTE.replace("2021-01-01", "2026-04-01"),
            "没有2026-03-02施行的文本",
        ),
        (NOTE.replace("T20:00", ""), "you reckon 2026-03-02T21:00:00+08:00"),
        (NOTE.replace("20:00 2026", "20:00"), "an example is START END"),
        (NOTE + " --liberty", "--about person, or no --liberty"),
        (NOTE.replace("incident.closed", "incident.vanished"), "no fact is called"),
        (STEP.replace("step thank-witness", "step close-incident"), "the step close-incident is there already"),
        (LIMIT.replace("scene-report", "rectification-report"), "the limit rectification-report is there already"),
    ],
)
def test_what_does_not_fit_is_refused_and_writes_nothing(copy: Copy, new: New, words: str, why: str) -> None:
    before = copy.product()
    status, said = new(
        words.replace("ambulance", "fire-brigade").replace("thank-witness", "note-witness").replace("citizen-letter", "visit")
    )
    assert (status, copy.product() == before) == (1, True)
    assert why in said
