"""The worked examples of `examples/`: one file per instrument, each line a sentence, a question and the answer worked by hand."""

from pathlib import Path
from typing import Any

import yaml

from law import statutes
from law.calculator import answer_question
from law.calendar import Calendar
from law.time_limits import get_limits
from tests.tables import table

FOLDER = Path(__file__).parent / "examples"
# Read by the loader in C, which takes a tenth of the time.
EXAMPLES = [example for path in sorted(FOLDER.glob("*.yaml")) for example in yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)]
ANSWERS = {"due", "error", "basis", "calendar", "name"}


@table("example", EXAMPLES, ids=lambda example: example["name"])
def test_the_calculator_agrees_with_what_was_worked_by_hand(example: dict[str, Any], calendar: Calendar) -> None:
    answer = answer_question({key: value for key, value in example.items() if key not in ANSWERS}, calendar)
    if "error" in example:
        assert answer["error"]["type"] == example["error"]
        assert answer["error"]["detail"]
        return
    assert answer.get("error") is None
    assert answer["due"] == example["due"]
    assert example["basis"] in answer["basis"]
    assert answer["calendar"] == example.get("calendar", answer["calendar"])
    assert answer["reasons"]


def test_every_limit_has_an_example() -> None:
    assert set(get_limits()) - {example["limit"] for example in EXAMPLES} == set()


def test_every_instrument_has_its_file_of_examples() -> None:
    modules = {path.stem for path in Path(statutes.__path__[0]).glob("*.py")} - {"__init__"}
    assert {path.stem for path in FOLDER.glob("*.yaml")} == modules
