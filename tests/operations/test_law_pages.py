"""The pages about the law: those written from the code are current, those written by hand are checked against it."""

import json
import re
from pathlib import Path

import pytest

from law.calculator import answer_question
from law.interpretations import DISPUTED_POINTS
from law.time_limits import get_limits
from models.store.mappers import build_calendar
from operations.law.pages import FOLDER, list_stale, render_pages, write
from tests.tables import table

ROOT = Path(__file__).parents[2]
WORKED = re.findall(r"^(\{.*\}) → (\S+)$", (ROOT / FOLDER / "boundary-cases.md").read_text(encoding="utf-8"), re.MULTILINE)
BY_HAND = ("boundary-cases.md", "unverified.md")


def test_the_pages_written_from_the_code_say_what_the_code_says() -> None:
    assert list_stale(ROOT / FOLDER) == []


def test_a_stale_page_is_written_anew_and_then_current(tmp_path: Path) -> None:
    assert write(tmp_path) == list(render_pages())
    (tmp_path / "limits.md").write_text("something else", encoding="utf-8")
    assert list_stale(tmp_path) == ["limits.md"]
    assert write(tmp_path) == ["limits.md"]
    assert list_stale(tmp_path) == []


def test_every_limit_is_listed_once() -> None:
    listed = re.findall(r"^\| [^|`]+ `([a-z0-9-]+)` \|", render_pages()["limits.md"], re.MULTILINE)
    assert sorted(listed) == sorted(get_limits())


def test_a_limit_of_several_editions_shows_where_they_differ() -> None:
    page = render_pages()["editions.md"]
    shown = set(re.findall(r"^## .* `([a-z0-9-]+)`$", page, re.MULTILINE))
    assert shown == {limit.id for limit in get_limits().values() if len(limit.editions) > 1}
    questioning = page.partition("`admin-summons-questioning`")[2].partition("\n## ")[0]
    assert "延长至12小时" in questioning.partition("| 延长 |")[2].split("|")[0]
    assert "延长至12小时" not in questioning.partition("| 延长 |")[2].split("|")[1]


def test_every_disputed_reading_has_its_section() -> None:
    sections = re.findall(r"^## (\w+) ", render_pages()["disputed.md"], re.MULTILINE)
    assert sections == [reading.code for reading in DISPUTED_POINTS]


@table(("question", "answer"), WORKED)
def test_what_was_worked_by_hand_is_what_the_calculator_says(question: str, answer: str) -> None:
    found = answer_question(json.loads(question), build_calendar(()))
    assert found.get("due", found.get("error", {}).get("type")) == answer


def test_the_three_cases_are_worked() -> None:
    asked = [json.loads(question) for question, _ in WORKED]
    assert len(asked) == 31
    assert {each["start"][:10] for each in asked} >= {"2026-09-28", "2025-12-31", "2025-12-30", "2026-01-02"}


@pytest.mark.parametrize("name", BY_HAND)
def test_pages_written_by_hand_name_limits_that_exist(name: str) -> None:
    named = set(re.findall(r"`([a-z][a-z0-9]*(?:-[a-z0-9]+)+)`", (ROOT / FOLDER / name).read_text(encoding="utf-8")))
    assert named <= set(get_limits())
