"""What hangs on the record of a step can be taken away: the record knows no feature by name."""

import subprocess
import sys

import pytest

from activities.recording.features import get_features
from law.facts import Fact
from models.forms.form import get_forms
from models.matter import Kind
from tests.house.source import ROOT

_NAMES = [each.name for each in get_features()]
# The whole house is imported, and its contract made, before any feature is. Then, for each of them, a process of its own in which its file
# is not there takes a case as far as somebody is detained.
_WITHOUT = """
import os, sys, tempfile
from datetime import datetime
from pathlib import Path

from runtime.event_loop import collect_seldom, settle
collect_seldom()
import cli, seeds.scenarios, watchdog.watch, worker
from law.calendar import SHANGHAI
from models.matter import Kind
from operations.contract import DOCUMENT, render_document
import activities.features
from activities.recording.features import get_features

assert render_document() == DOCUMENT.read_text("utf-8"), "the contract hangs on a feature"
assert not [name for name in sys.modules if name.startswith("activities.features.")], "somebody imports a feature by its name"


def detain():
    from tests.law.hostile.bureau import PEOPLE, Bureau, in_memory

    officer, head = PEOPLE["case-officer-1"], PEOPLE["county-head-1"]
    with in_memory(Bureau(datetime(2026, 3, 2, 20, tzinfo=SHANGHAI))) as bureau:
        case = bureau.open(Kind.CRIMINAL_CASE, {"charge": "xf-266", "summary": "案情"}, officer)
        assert bureau.submit(case, "file-case", {"charge": "xf-266", "grounds": "理由"}, officer) is None
        assert bureau.submit(case, "approve", {"request": "file-case"}, head) is None
        assert bureau.submit(case, "name-suspect", {"name": "测试甲"}, officer) is None
        bureau.deliver_all()
        (suspect,) = [number for number, matter in bureau.matters.items() if matter.kind == Kind.SUSPECT]
        assert bureau.submit(suspect, "execute-detention", {"place": "派出所", "grounds": "理由"}, officer) is None
        assert bureau.submit(suspect, "approve", {"request": "execute-detention"}, head) is None
        assert bureau.memory.clocks[suspect], "no clock runs"


(folder,) = activities.features.__path__
settle()
for gone in sys.argv[1:]:
    if (child := os.fork()) == 0:
        with tempfile.TemporaryDirectory() as rest:
            for file in Path(folder).glob("*.py"):
                if file.stem != gone:
                    Path(rest, file.name).symlink_to(file)
            activities.features.__path__[:] = [rest]
            assert {each.name for each in get_features()} == {*sys.argv[1:]} - {gone}
            detain()
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0, f"the house does not work without {gone}"
"""


@pytest.mark.slow
def test_each_feature_is_removed_by_deleting_its_module() -> None:
    done = subprocess.run([sys.executable, "-c", _WITHOUT, *_NAMES], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_features_come_in_the_order_of_what_they_are_about() -> None:
    assert len(_NAMES) > 10
    assert [each.concern for each in get_features()] == sorted(each.concern for each in get_features())


def test_a_hook_hears_only_what_there_is() -> None:
    for hook in (each for feature in get_features() for each in feature.hooks):
        assert hook.kinds <= set(Kind), hook.function
        assert hook.steps <= get_forms().keys(), hook.function
        assert hook.facts <= set(Fact), hook.function
