"""What hangs on the record of a step can be taken away: the record knows no feature by name."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from activities.recording.features import Feature, Phase, features, hooks, ordered
from law.facts import Fact
from models.forms.form import forms
from models.matter import Kind
from tests.house.source import ROOT

# Whatever takes part in recording a step, without the engines.
_ROOMS = ("law", "models", "runtime", "activities", "workflows", "seeds", "tests/law", "tests/house")
_STORY = """
from activities.recording.features import features
from tests.law.hostile.stories import told_by

assert "exhibit_rules" not in {each.name for each in features()}
story, bureau = told_by("without exhibits", 40)
assert story.fault is None, story.fault
assert len(bureau.written) > 10
"""


@pytest.mark.slow
def test_a_feature_is_removed_by_deleting_its_module(tmp_path: Path) -> None:
    for room in _ROOMS:
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    for file in (ROOT / "tests").glob("*.py"):
        shutil.copy(file, tmp_path / "tests")
    (tmp_path / "activities/features/exhibit_rules.py").unlink()
    story = [sys.executable, "-c", _STORY]  # which looks first where it runs
    done = subprocess.run(story, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_features_come_in_the_order_that_they_declare() -> None:
    place = {each.name: n for n, each in enumerate(features())}
    assert len(place) > 10
    for feature in features():
        assert [name for name in feature.after if place[name] > place[feature.name]] == []
    assert [each.name for each in features() if each.last] == [features()[-1].name]


def test_a_feature_that_comes_after_what_is_none_is_refused_by_both_names() -> None:
    known, new = Feature("activities.features.known"), Feature("activities.features.new", after=("knwon",))
    with pytest.raises(ValueError, match="the feature new comes after knwon, which is no feature"):
        ordered([known, new])


@pytest.mark.parametrize("phase", Phase)
def test_a_hook_hears_only_what_there_is(phase: Phase) -> None:
    for hook in hooks(phase):
        assert hook.kinds <= set(Kind), hook.function
        assert hook.steps <= forms().keys(), hook.function
        assert hook.facts <= set(Fact), hook.function
