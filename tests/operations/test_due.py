"""`louke due`: one question or a stream of them, and `louke law docs`."""

import itertools
import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import cli
from law.freshness import CHECKED_UNTIL
from models.store.mappers import build_calendar
from operations.law.asking import answer_lines, load_calendar, parse_excluded
from operations.law.pages import render_pages
from runtime.settings import Settings

ASKED = {"limit": "criminal-summons", "start": "2026-03-02T09:15:00+08:00"}
LINE = json.dumps(ASKED).encode() + b"\n"


def told(lines: list[bytes]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in answer_lines(lines, build_calendar(()))]


def endless() -> Iterator[bytes]:
    return (
        json.dumps({**ASKED, "start": f"2026-03-02T{n // 60 % 24:02}:{n % 60:02}:00+08:00"}).encode() for n in itertools.count()
    )


def test_a_line_is_answered_before_the_next_is_read() -> None:
    asked = list[int]()
    stream = answer_lines((asked.append(n) or LINE for n in itertools.count()), build_calendar(()))
    next(stream)
    next(stream)
    assert len(asked) == 2


@pytest.mark.slow
def test_ten_times_as_many_lines_take_no_more_memory() -> None:
    stream = answer_lines(endless(), build_calendar(()))
    list(itertools.islice(stream, 6_000))  # what the law remembers is full
    tracemalloc.start()
    list(map(len, itertools.islice(stream, 500)))
    few = tracemalloc.get_traced_memory()[1]
    tracemalloc.reset_peak()
    for _ in itertools.islice(stream, 5_000):
        pass
    many = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert many < few + 2_000_000


BAD = {
    "empty": b"\n",
    "no JSON": b"xx\n",
    "a list": b"[1]\n",
    "a number": b"7\n",
    "no text": b"\xff\xfe\n",
    "too deep": b"[" * 100_000 + b"\n",
    "cut off": b'{"limit": "criminal-summons"\n',
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_a_bad_line_is_answered_with_its_number_and_the_rest_as_ever(bad: bytes) -> None:
    first, second, third = told([LINE, bad, LINE])
    assert second["error"]["type"] == "form-invalid"
    assert second["error"]["detail"].startswith("第2行")
    assert first == third
    assert first["due"] == "2026-03-02T21:15:00+08:00"


def test_a_question_that_cannot_be_answered_does_not_stop_the_stream() -> None:
    unknown = json.dumps({"limit": "criminal-sumons", "start": "2026-03-02"}).encode()
    forbidden = json.dumps({**ASKED, "extensions": ["to 36 hour"]}).encode()
    kinds = [answer.get("error", {}).get("type") for answer in told([unknown, forbidden, LINE])]
    assert kinds == ["form-invalid", "law-forbids", None]


def test_time_left_out_is_written_in_one_argument() -> None:
    assert parse_excluded("精神病鉴定 2026-04-01 2026-04-21") == {"reason": "精神病鉴定", "from": "2026-04-01", "to": "2026-04-21"}
    assert parse_excluded("专家 意见 2026-04-01 2026-04-21")["reason"] == "专家 意见"
    with pytest.raises(ValueError, match="须写作"):
        parse_excluded("精神病鉴定 2026-04-01")


def test_the_command_answers_with_every_option_and_says_by_its_exit_whether_it_could(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(cli, "get_settings", lambda: Settings(data_dir=tmp_path, database_url=""))
    run = CliRunner().invoke
    custody = ["due", "investigative-custody", "--start", "2026-03-10", "--in-custody", "--extension", "+1 month"]
    answered = run(cli.app, [*custody, "--exclusion", "精神病鉴定 2026-04-01 2026-04-21"])
    assert (answered.exit_code, json.loads(answered.stdout)["due"]) == (0, "2026-06-30T23:59:59+08:00")
    cap = run(cli.app, ["due", "criminal-detention-total-cap", "--start", "2026-09-28T10:00:00+08:00", "--base", "37 day"])
    assert json.loads(cap.stdout)["due"] == "2026-11-04T10:00:00+08:00"
    order = run(cli.app, ["due", "admin-no-contact-order", "--start", "2026-03-02T09:00:00+08:00", "--term", "30 day"])
    assert json.loads(order.stdout)["due"] == "2026-04-01T09:00:00+08:00"
    refused = run(cli.app, ["due", "取保侯审最长期限", "--start", "2026-03-10"])
    assert refused.exit_code == 1
    assert "bail-max" in json.loads(refused.stdout)["error"]["detail"]
    assert run(cli.app, ["due", "bail-max", "--exclusion", "x"]).exit_code == 2


def test_a_database_that_is_away_is_warned_of_and_the_built_in_years_are_used() -> None:
    warned = list[str]()
    away = Settings(database_url="postgresql://nobody@127.0.0.1:1/none")
    assert load_calendar(away, warned.append) == build_calendar(())
    assert len(warned) == 1


def test_the_pages_about_the_law_are_written_or_only_checked(tmp_path: Path) -> None:
    run = CliRunner().invoke
    assert run(cli.app, ["law", "docs", str(tmp_path), "--check"]).exit_code == 1
    assert not any(tmp_path.iterdir())
    written = run(cli.app, ["law", "docs", str(tmp_path)])
    assert written.exit_code == 0
    assert {file.name for file in tmp_path.iterdir()} == set(render_pages())
    assert run(cli.app, ["law", "docs", str(tmp_path), "--check"]).exit_code == 0


def test_an_answer_says_last_until_when_the_law_was_checked_and_a_refusal_does_not() -> None:
    answered, refused = told([LINE, json.dumps({**ASKED, "extensions": ["to 36 hour"]}).encode()])
    assert set(answered) == {"due", "edition", "basis", "calendar", "reasons"}
    reasons = answered["reasons"]
    assert isinstance(reasons, list)
    assert f"核对至{CHECKED_UNTIL.year}年" in str(reasons[-1])
    assert "核对至" not in json.dumps(refused, ensure_ascii=False)
