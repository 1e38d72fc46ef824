"""What people wrote into an incident, held against how it ended: each inspection finds what it is for, and not what only sounds like it."""

import io
import json
from dataclasses import replace
from typing import Any

from inspections.evidence import Quoted
from inspections.inspection import get_inspections
from inspections.snapshot import RecordedStep, Snapshot
from inspections.trial import IncidentReport, build_incident, try_lines, try_on
from law.clock import Colour
from tests.inspections.test_facts_found import call
from tests.tables import table


def findings(**told: Any) -> set[str]:
    return {each.removeprefix("incident-") for each in try_on(IncidentReport(**told)).findings}


@table(
    ("told", "found"),
    [
        ({"caller": "邻桌三个人围着我打，头破了", "classification": "dispute"}, {"fight-as-dispute", "crime-type-open"}),
        ({"caller": "老人在家摔倒，头破血流，请求送医", "classification": "help"}, set()),
        ({"caller": "骑车和轿车相撞，腿骨折了", "classification": "help"}, set()),
        ({"caller": "邻居吵得凶，怕他们打起来", "classification": "dispute"}, set()),
        ({"caller": "做刷单任务垫付3.6万，提现不了", "classification": "dispute"}, {"fraud-as-dispute", "crime-type-open"}),
        ({"caller": "冒充客服让我转5000元，我没转", "classification": "consultation"}, set()),
        ({"caller": "朋友借了我五万元一直不还", "classification": "dispute"}, set()),
        ({"caller": "监控看到一男子把货拿走", "classification": "help"}, {"theft-as-loss", "crime-type-open"}),
        ({"caller": "手机落在出租车上了", "classification": "help"}, set()),
        ({"caller": "公交车上被人摸了胸部", "classification": "dispute"}, {"sexual-as-dispute", "crime-type-open"}),
        (
            {"caller": "老公喝了酒又打我", "classification": "dispute"},
            {"fight-as-dispute", "domestic-violence-thin", "crime-type-open"},
        ),
        ({"caller": "老公在工地被工友打了", "classification": "dispute"}, {"fight-as-dispute", "crime-type-open"}),
        ({"caller": "对方扬言带汽油来烧我家房子", "classification": "dispute"}, {"threat-ignored"}),
        ({"caller": "学生被几个高年级的扇耳光", "classification": "dispute"}, {"fight-as-dispute", "minor", "crime-type-open"}),
        ({"caller": "噪音扰民", "end": "told_not_ours", "papers": ("告知记录",)}, set()),
        ({"caller": "噪音扰民", "end": "told_not_ours"}, {"brushed-off"}),
        ({"caller": "我被打了", "classification": "administrative", "case": True}, set()),
        ({"caller": "我被打了", "classification": "administrative"}, {"crime-type-open"}),
    ],
)
def test_it_is_found_by_what_was_written(told: dict[str, Any], found: set[str]) -> None:
    assert findings(**told) == found


def test_an_officers_denial_does_not_silence_the_caller_but_makes_it_less_grave_and_is_shown() -> None:
    rule = get_inspections()["incident-fight-as-dispute"]
    said: dict[str, Any] = {"caller": "我被打了", "classification": "dispute"}
    (heard,) = rule.look(build_incident(IncidentReport(**said)))
    (denied,) = rule.look(build_incident(IncidentReport(**said, officer="经核实未被打")))
    assert (heard.severity, denied.severity) == (Colour.ORANGE, Colour.YELLOW)
    assert [each.seq for each in denied.evidence if isinstance(each, Quoted)] == [1, 4]


def test_evidence_points_at_the_word_in_what_was_written() -> None:
    (finding,) = get_inspections()["incident-theft-as-loss"].look(
        build_incident(IncidentReport(caller="店里 被盗 了", classification="help"))
    )
    quote = finding.evidence[0]
    assert isinstance(quote, Quoted)
    assert "店里 被盗 了"[quote.start : quote.end] == "被盗 了"


def test_lines_are_answered_in_their_order_and_one_that_cannot_be_read_says_what_is_wrong() -> None:
    lines = io.BytesIO('{"caller": "没有被打"}\n{"caller": "被打", "other": 1}\n\n{"caller": "被打"}'.encode())
    first, second, empty, last = map(json.loads, try_lines(lines))
    assert [(hit["word"], hit["status"], hit["cue"]) for hit in first["hits"]] == [("被打", "negated", "没有")]
    assert second["error"].startswith("other: ")
    assert "error" in empty
    assert last["findings"] == ["incident-crime-type-open"]


@table(
    "line",
    [
        b"\xef\xbb\xbf" + '{"caller": "被打"}\r\n'.encode(),
        '{"caller": "被打", "officer": null, "classification": null, "end": null, "case": null, "papers": null}'.encode(),
        ('{"caller": "被打' + "，" * 100_000 + '"}').encode(),
    ],
)
def test_a_line_is_read_whatever_wrote_it(line: bytes) -> None:
    (answer,) = map(json.loads, try_lines([line]))
    assert [hit["word"] for hit in answer["hits"]] == ["被打"]


@table("line", [b"{", b"null", b"[]", b'{"caller": 5}', b'{"caller": "\xff"}', b'{"classification": "theft"}', b"[" * 100_000])
def test_a_line_that_cannot_be_read_is_answered_and_stops_nothing(line: bytes) -> None:
    answer, after = map(json.loads, try_lines([line, b"{}"]))
    assert answer["error"]
    assert after["findings"] == []


def test_nothing_is_found_before_the_incident_is_classified_or_a_day_old() -> None:
    step = RecordedStep("open-incident", 1, (told := build_incident(IncidentReport(caller="x"))).now, "", {"narrative": "被打"})
    young = Snapshot(
        "JQ1", told.kind, "chengguan", "liusiyuan", "received", told.now, opened_at=told.now, now=told.now, steps=(step,)
    )
    assert [rule.id for rule in get_inspections().values() if young.kind in rule.kinds and any(rule.look(young))] == []


def test_papers_that_were_ticked_and_are_not_there_make_it_red_and_are_named() -> None:
    fight = get_inspections()["incident-fight-as-mediation"]

    def ticked(*papers: str, **boxes: bool) -> tuple[list[Colour | None], list[str]]:
        found = [*fight.look(replace(closed, steps=(*closed.steps[:-1], replace(closed.steps[-1], values=boxes)), papers=papers))]
        return [each.severity for each in found], [str(each) for one in found for each in one.evidence if "勾选无据" in str(each)]

    steps = (
        ("open-incident", {"narrative": "两人在店里打架"}),
        ("classify-incident", {"classification": "mediation"}),
        ("close-incident", {}),
    )
    closed = call("closed", *steps)
    agreement = "第3步勾选“已签订调解协议书”而卷内未见，勾选无据"
    statements = "第3步勾选“已制作当事人笔录”而卷内未见，勾选无据"
    assert ticked(agreement=True, statements=True) == ([Colour.RED], [agreement, statements])
    assert ticked("治安调解协议书", agreement=True, statements=True) == ([Colour.RED], [statements])
    assert ticked("治安调解协议书", "询问笔录", "询问笔录", agreement=True, statements=True) == ([], [])
