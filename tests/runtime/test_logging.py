"""The log says what happened and never to whom."""

import io
import json
import logging
from collections.abc import Callable, Iterator

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from runtime import logging as ours
from runtime import metrics
from runtime.logging import EVENTS, KEYS, configure, log, note_engine_found, note_engine_lost, withhold
from tests.tables import table

SECRET = "张三330102199003071234"
Lines = Callable[[], list[dict[str, object]]]


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[Lines]:
    root, out = logging.getLogger(), io.StringIO()
    handlers, level = root.handlers[:], root.level
    for name in ("_process", "_threshold", "_lost"):
        monkeypatch.setattr(ours, name, getattr(ours, name))
    monkeypatch.setattr("sys.excepthook", None)
    monkeypatch.setattr("threading.excepthook", None)
    configure("api", "INFO", out)
    yield lambda: [json.loads(line) for line in out.getvalue().splitlines()]
    root.handlers[:] = handlers
    root.setLevel(level)


def test_a_line_says_what_happened_where_and_when(lines: Lines) -> None:
    with structlog.contextvars.bound_contextvars(request_id="r-1"):
        log.info("entry.recorded", kind="criminal-case", matter="A3301020000002026010001", seq=7)
    (line,) = lines()
    assert str(line.pop("at")).endswith("+00:00")
    assert line == {
        "level": "info", "event": "entry.recorded", "process": "api", "request_id": "r-1",
        "kind": "criminal-case", "matter": "A3301020000002026010001", "seq": 7,
    }  # fmt: skip


def test_an_event_outside_the_closed_list_is_refused() -> None:
    with pytest.raises(ValueError, match="closed list"):
        log.info("case.happened")  # pyright: ignore[reportArgumentType]  # the very thing that is tested


@table("event", sorted(EVENTS))
def test_every_event_is_a_noun_and_a_past_verb(event: str) -> None:
    noun, _, verb = event.partition(".")
    assert noun and verb and verb == verb.lower()


def test_an_unknown_key_is_dropped_and_counted(lines: Lines) -> None:
    before = metrics.WITHHELD.labels("key")._value.get()
    log.info("entry.recorded", seq=1, suspect_name="Zhang San")
    (line,) = lines()
    assert (line["seq"], line["withheld"]) == (1, 1)
    assert "Zhang" not in json.dumps(line)
    assert metrics.WITHHELD.labels("key")._value.get() == before + 1


@pytest.mark.parametrize(
    "value",
    [
        "张三", "330102199003071234", "id 33010219900307123X.", "13912345678", "call +8613912345678", 13912345678,
        "zhang@example.cn", "/matters?q=zhang", "a\nb", "x" * 401, ["a"], {"seq": 1}, object(), float("nan"), b"x",
    ],
)  # fmt: skip
def test_a_value_that_could_be_a_persons_is_withheld_under_a_known_key(value: object) -> None:
    assert withhold({"matter": value}) == ({}, 1)


@pytest.mark.parametrize(
    "value",
    [
        "A3301020000002026010001",
        "6f1de0a4-0000-4000-8000-013912345678",
        "criminal-case/A330102",
        "/api/matters/{number}",
        "f" * 32,
        3.5,
        None,
        True,
    ],
)
def test_an_identifier_of_ours_is_let_out(value: object) -> None:
    assert withhold({"matter": value}) == ({"matter": value}, 0)


leaf = st.text(max_size=20) | st.integers() | st.floats()
anything = st.recursive(
    leaf, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2), max_leaves=4
)


@given(st.dictionaries(st.sampled_from(sorted(KEYS)) | st.text(max_size=9), anything, max_size=4))
def test_nothing_under_an_unknown_key_gets_out_at_any_depth(values: dict[str, object]) -> None:
    kept, withheld = withhold({**values, "matter": {"name": values}})
    assert kept.keys() <= KEYS
    assert not any(isinstance(value, (dict, list)) for value in kept.values())
    assert withheld == len({*values, "matter"}) - len(kept)


@given(st.sampled_from(sorted(KEYS)), st.text(st.characters(min_codepoint=0x80), min_size=1))
def test_chinese_text_never_gets_out_under_any_key(key: str, text: str) -> None:
    assert withhold({key: f"case {text}"}) == ({}, 1)


def test_an_exception_tells_types_and_places_but_no_message(lines: Lines) -> None:
    narrative = SECRET

    def fail() -> None:
        try:
            raise KeyError(narrative)
        except KeyError as error:
            raise LookupError(f"no such person {narrative}") from error

    try:
        fail()
    except LookupError as error:
        log.error("intention.failed", error=error, intention="notify-family")
    (line,) = lines()
    assert (line["error_type"], line["error_cause"]) == ("LookupError", "KeyError")
    assert "test_logging.py:" in str(line["error_at"]) and "fail" in str(line["error_at"])
    assert not set("张三") & set(json.dumps(line, ensure_ascii=False)) and "3301021990" not in json.dumps(line)


@given(st.text(min_size=12))
def test_no_exception_message_gets_out(message: str) -> None:
    try:
        raise ValueError(message)
    except ValueError as error:
        assert message not in json.dumps(ours.describe_error(error), ensure_ascii=False)


def test_a_crash_is_logged_without_its_message(lines: Lines) -> None:
    import sys

    sys.excepthook(ValueError, ValueError(SECRET), None)
    (line,) = lines()
    assert (line["event"], line["error_type"]) == ("process.failed", "ValueError")
    assert "3301021990" not in json.dumps(line)


def test_a_library_speaks_by_name_and_only_a_trusted_one_with_its_message(lines: Lines) -> None:
    logging.getLogger("uvicorn.error").info("Started server process [%d]", 7)
    logging.getLogger("sqlalchemy.engine").warning("INSERT … %s", SECRET)
    trusted, other = lines()
    assert (trusted["event"], trusted["message"]) == ("library.said", "Started server process [7]")
    assert (other["logger"], other["level"], "message" in other) == ("sqlalchemy.engine", "warning", False)


def test_a_workflows_own_log_carries_its_workflow_id(lines: Lines) -> None:
    where = {"workflow_id": "suspect/S1", "run_id": "r", "workflow_type": "Suspect"}
    logging.getLogger("temporalio.workflow").warning("%s", SECRET, extra={"temporal_workflow": where})
    (line,) = lines()
    assert (line["workflow_id"], line["run_id"], "message" in line) == ("suspect/S1", "r", False)


def test_a_record_that_cannot_be_formatted_is_told_without_its_message(lines: Lines) -> None:
    # Handed over directly, since the test runner's own handler would choke on it.
    ours._Libraries().handle(logging.LogRecord("uvicorn.error", logging.INFO, "", 1, "%d", (SECRET,), None))
    (line,) = lines()
    assert (line["logger"], "message" in line) == ("uvicorn.error", False)


def test_what_is_below_the_level_is_not_written(lines: Lines) -> None:
    out = io.StringIO()
    configure("api", "ERROR", out)
    log.info("api.started")
    log.error("request.failed")
    assert [json.loads(line)["event"] for line in out.getvalue().splitlines()] == ["request.failed"]


def test_an_engine_is_reported_lost_once_and_found_once(lines: Lines) -> None:
    # Other tests lose the real ones, and may not have found them again.
    engine = "steam"
    for _ in range(3):
        note_engine_lost(engine, ConnectionError(SECRET))
    assert metrics.ENGINE_UP.labels(engine)._value.get() == 0
    for _ in range(3):
        note_engine_found(engine)
    assert [(line["event"], line["engine"]) for line in lines()] == [("engine.lost", engine), ("engine.found", engine)]
    assert metrics.ENGINE_UP.labels(engine)._value.get() == 1
