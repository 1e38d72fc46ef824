"""How a case was conducted (办案行为) is looked through: what was skipped, done too late, approved by the wrong person or left lying."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from inspections.inspection import get_inspections
from inspections.snapshot import Kindred, KnownClock, RecordedStep, Snapshot
from inspections.waiting import WAITING
from law.clock import Colour
from law.facts import Fact
from law.legal_fact import LegalFact
from models.forms.form import get_forms
from models.matter import Kind
from tests.inspections.test_facts_found import DAY, HOUR, happened, otherwise_read, severities
from tests.inspections.test_rules import AT
from tests.tables import table

MINUTE = timedelta(minutes=1)
SUSPECT, CASE, ORDER, PUBLIC, EXHIBIT, INCIDENT, DISPUTE = (
    Kind.SUSPECT,
    Kind.CRIMINAL_CASE,
    Kind.RECTIFICATION_ORDER,
    Kind.PUBLIC_ORDER_CASE,
    Kind.EXHIBIT,
    Kind.INCIDENT,
    Kind.JURISDICTION_DISPUTE,
)
ORANGE, RED, YELLOW = [Colour.ORANGE], [Colour.RED], [Colour.YELLOW]


def did(step: str, seq: int = 1, ago: timedelta = DAY, by: str = "liusiyuan", **values: Any) -> RecordedStep:
    assert step in get_forms()
    return RecordedStep(step, seq, AT - ago, by, values)


def clock(limit: str, *, due: timedelta, overdue: bool = False, liberty: bool = False, about: str = "") -> KnownClock:
    return KnownClock(limit, limit, about, AT + due, overdue, liberty)


def of(kind: Kind, stage: str, *facts: LegalFact, opened: timedelta = 10 * DAY, **known: Any) -> Snapshot:
    at = AT - opened
    return Snapshot("N1", kind, "chengguan", "liusiyuan", stage, known.pop("stage_since", at), at, AT, facts=facts, **known)


LONG_GROUNDS = "涉案账户较多，尚有三家银行未反馈流水，证人二人在外地，需要继续调查核实"
EXTENDED = happened(Fact.FILING_REVIEW_EXTENDED, DAY)
DETAINED = happened(Fact.DETENTION_EXECUTED, 200 * DAY)
SENT = happened(Fact.CASE_SENT_TO_PROCURATORATE, DAY)
BAIL_ENDS = clock("bail-max", due=14 * DAY)
SUMMONED, ENDED = happened(Fact.PERSON_SUMMONED, 20 * HOUR), happened(Fact.SUMMONS_ENDED, 30 * HOUR)
MINOR = happened(Fact.PERSON_FOUND_MINOR, 3 * DAY)
ASKED = replace(happened(Fact.PERSON_INTERROGATED, DAY), seq=4)
ADULT = replace(happened(Fact.ADULT_ATTENDED, DAY), seq=4)
LIST: dict[str, Any] = {"officers": ["a", "b"], "witness": "王守诚", "items": [{"name": "手机", "holder": "贺文涛"}]}
FILING = did("file-case", 2, 2 * HOUR, at=(AT - 5 * HOUR).isoformat(), charge="xf-266", grounds="有犯罪事实")
APPROVED = did("approve", 3, HOUR, "zhouminghui", request="file-case")
FILED = replace(happened(Fact.CASE_FILED, 5 * HOUR), seq=3)
BEFORE = Kindred("JQ202600000009", "chengguan", "closed", AT - 20 * DAY, "mediation")
WATCHED = happened(Fact.SUPERVISION_OPENED, 3 * DAY, "DB1")
GONE_THROUGH = happened(Fact.DRIVE_ITEM_BEGUN, 3 * DAY, "PC1")
LIFTED = happened(Fact.SUPERVISION_LIFTED, 2 * DAY, "DB1")
CANCELLED, TERMINATED = happened(Fact.CASE_CANCELLED, DAY), happened(Fact.PUBLIC_ORDER_CASE_TERMINATED, DAY)
NO_CRIME, RECONCILED = did("cancel-case", grounds="没有犯罪事实"), did("cancel-case", grounds="双方达成谅解")
NO_FACTS = did("terminate-public-order-case", cause="没有违法事实")
AGAIN = (did("open-incident", narrative="邻居又来门口骂"),)
STOLEN = did("open-incident", narrative="停在路口的电动自行车被人偷走了")
DESKS = tuple(Kindred(f"JQ20260000001{n}", unit, "told_not_ours", AT - n * HOUR, "") for n, unit in ((2, "donghe"), (3, "baita")))


@table(
    ("rule", "snapshot", "graveness"),
    [
        ("filing-extended-thin", of(CASE, "review", EXTENDED, steps=(did("extend-filing-review", grounds="案情复杂"),)), YELLOW),
        ("filing-extended-thin", of(CASE, "review", EXTENDED, steps=(did("check-facts"), did("extend-filing-review", 2, grounds=LONG_GROUNDS))), []),
        ("filing-extended-thin", of(CASE, "investigation", EXTENDED, steps=(did("extend-filing-review", grounds="案情复杂"),)), []),
        ("filing-refused-doubtful", of(CASE, "not_filed", steps=(did("accept-case", summary="报案人称被人用刀捅伤腹部，缝了十二针"), did("refuse-filing", 2))), ORANGE),
        ("filing-refused-doubtful", of(CASE, "not_filed", steps=(did("accept-case", summary="两人因琐事口角"), did("refuse-filing", 2))), []),
        ("filing-punished-instead", of(PUBLIC, "investigation", steps=(did("issue-injury-appraisal", opinion="评定为轻伤二级"),)), RED),
        ("filing-punished-instead", of(PUBLIC, "investigation", steps=(did("issue-injury-appraisal", opinion="评定为轻微伤"),)), []),
        ("filing-punished-instead", of(PUBLIC, "investigation", steps=(did("issue-injury-appraisal", opinion="不构成轻伤"),)), []),
        ("filing-punished-instead", of(PUBLIC, "turned_criminal", happened(Fact.PUBLIC_ORDER_CASE_TURNED_CRIMINAL, DAY), steps=(did("issue-injury-appraisal", opinion="评定为轻伤二级"),)), []),
        ("filing-injury-unappraised", of(PUBLIC, "decided", happened(Fact.INJURY_CASE_ACCEPTED, 5 * DAY), happened(Fact.PENALTY_DECIDED, DAY)), ORANGE),
        ("filing-injury-unappraised", of(PUBLIC, "decided", happened(Fact.INJURY_CASE_ACCEPTED, 5 * DAY), happened(Fact.INJURY_APPRAISAL_ISSUED, 3 * DAY), happened(Fact.PENALTY_DECIDED, DAY)), []),
        ("filing-turned-down", of(CASE, "turned_administrative", happened(Fact.CASE_TURNED_ADMINISTRATIVE, DAY), children_facts=(DETAINED,)), ORANGE),
        ("filing-turned-down", of(CASE, "turned_administrative", happened(Fact.CASE_TURNED_ADMINISTRATIVE, DAY)), []),
        ("filing-money-quarrel", of(CASE, "investigation", happened(Fact.CASE_FILED, 5 * DAY), steps=(did("accept-case", charge="xf-224", summary="双方签有合同，对方欠款不付"),), children_facts=(happened(Fact.FUNDS_FROZEN, 4 * DAY),)), ORANGE),
        ("filing-money-quarrel", of(CASE, "investigation", happened(Fact.CASE_FILED, 9 * DAY), steps=(did("accept-case", charge="xf-224", summary="双方签有合同，对方欠款不付"),), children_facts=(happened(Fact.FUNDS_FROZEN, 4 * DAY),)), []),
        ("case-hanging", of(CASE, "investigation", happened(Fact.CASE_FILED, 731 * DAY)), ORANGE),
        ("case-hanging", of(CASE, "investigation", happened(Fact.CASE_FILED, 500 * DAY), children_facts=(happened(Fact.PERSON_RELEASED, 366 * DAY),)), ORANGE),
        ("case-hanging", of(CASE, "investigation", happened(Fact.CASE_FILED, 500 * DAY)), []),
        ("case-hanging", of(CASE, "closed", happened(Fact.CASE_FILED, 900 * DAY)), []),
        ("case-bail-and-forget", of(SUSPECT, "on_bail", stage_since=AT - 61 * DAY), YELLOW),
        ("case-bail-and-forget", of(SUSPECT, "on_bail", happened(Fact.PERSON_INTERROGATED, DAY), clocks=(BAIL_ENDS,)), RED),
        ("case-bail-and-forget", of(SUSPECT, "on_bail", happened(Fact.PERSON_INTERROGATED, DAY)), []),
        ("case-bail-and-forget", of(SUSPECT, "on_bail", stage_since=AT - 61 * DAY, parent_facts=(SENT,)), []),
        ("case-detained-never-sent", of(SUSPECT, "on_bail", DETAINED), YELLOW),
        ("case-detained-never-sent", of(SUSPECT, "at_liberty", happened(Fact.DETENTION_EXECUTED, 731 * DAY)), RED),
        ("case-detained-never-sent", of(SUSPECT, "on_bail", DETAINED, parent_facts=(SENT,)), []),
        ("case-detained-never-sent", of(SUSPECT, "arrested", DETAINED), []),
        ("case-cancelled-doubtful", of(CASE, "cancelled", steps=(did("cancel-case", grounds="双方达成谅解"),)), ORANGE),
        ("case-cancelled-doubtful", of(CASE, "cancelled", steps=(did("cancel-case", grounds="没有犯罪事实"),)), []),
        ("case-cancelled-doubtful", of(CASE, "cancelled", CANCELLED, children_facts=(WATCHED,), steps=(NO_CRIME,)), ORANGE),
        ("case-cancelled-doubtful", of(CASE, "cancelled", CANCELLED, children_facts=(WATCHED,), steps=(RECONCILED,)), RED),
        ("case-cancelled-doubtful", of(CASE, "cancelled", CANCELLED, children_facts=(WATCHED, LIFTED), steps=(NO_CRIME,)), []),
        ("case-cancelled-doubtful", of(CASE, "cancelled", CANCELLED, children_facts=(GONE_THROUGH,), steps=(NO_CRIME,)), ORANGE),
        ("case-cancelled-doubtful", of(CASE, "cancelled", CANCELLED, children_facts=(WATCHED, replace(LIFTED, at=AT)), steps=(NO_CRIME,)), ORANGE),
        ("case-terminated-doubtful", of(PUBLIC, "terminated", TERMINATED, children_facts=(WATCHED,), steps=(NO_FACTS,)), ORANGE),
        ("case-terminated-doubtful", of(PUBLIC, "terminated", steps=(did("terminate-public-order-case", cause="其他"),)), ORANGE),
        ("case-terminated-doubtful", of(PUBLIC, "terminated", steps=(did("terminate-public-order-case", cause="没有违法事实"),)), []),
        ("suspect-dropped-alone", of(SUSPECT, "terminated", happened(Fact.INVESTIGATION_TERMINATED, DAY), parent_facts=(SENT,)), YELLOW),
        ("suspect-dropped-alone", of(SUSPECT, "terminated", happened(Fact.INVESTIGATION_TERMINATED, DAY)), []),
        ("suspect-not-listed", of(SUSPECT, "arrest_approved", happened(Fact.ARREST_APPROVED, 4 * DAY)), ORANGE),
        ("suspect-not-listed", of(SUSPECT, "arrested", happened(Fact.ARREST_APPROVED, 4 * DAY), happened(Fact.ARREST_EXECUTED, 3 * DAY)), []),
        ("suspect-not-listed", of(SUSPECT, "absconded", stage_since=AT - 4 * DAY), ORANGE),
        ("mediation-not-allowed", of(PUBLIC, "mediated", happened(Fact.MEDIATION_AGREED, DAY), steps=(did("agree-mediation", dispute="结伙殴打他人"),)), ORANGE),
        ("mediation-not-allowed", of(PUBLIC, "mediated", happened(Fact.MEDIATION_AGREED, DAY), steps=(did("agree-mediation", dispute="没有结伙，因琐事推搡"),)), []),
        ("mediation-unperformed", of(PUBLIC, "mediated", happened(Fact.MEDIATION_AGREED, 38 * DAY)), YELLOW),
        ("mediation-unperformed", of(PUBLIC, "mediated", happened(Fact.MEDIATION_AGREED, 36 * DAY)), []),
        ("mediation-unperformed", of(PUBLIC, "mediated", happened(Fact.MEDIATION_AGREED, 8 * DAY), clocks=(clock("mediation-first-injury", due=-9 * DAY), clock("mediation-performance", due=20 * DAY))), []),
        ("mediation-unperformed", of(PUBLIC, "mediated", happened(Fact.MEDIATION_AGREED, 20 * DAY), clocks=(clock("mediation-performance", due=-8 * DAY),)), YELLOW),
        ("decision-unexecuted", of(PUBLIC, "decided", happened(Fact.ADMIN_DETENTION_DECIDED, 25 * HOUR, "p1")), ORANGE),
        ("decision-unexecuted", of(PUBLIC, "decided", happened(Fact.ADMIN_DETENTION_DECIDED, 25 * HOUR, "p1"), happened(Fact.ADMIN_DETENTION_ENTERED, 20 * HOUR, "p1")), []),
        ("person-measure-overdue", of(SUSPECT, "detained", clocks=(clock("x", due=-HOUR, overdue=True, liberty=True),)), RED),
        ("person-measure-overdue", of(SUSPECT, "detained", clocks=(clock("x", due=-HOUR, overdue=True), clock("y", due=HOUR, liberty=True))), []),
        ("person-questioned-outside", of(SUSPECT, "arrested", happened(Fact.DELIVERED_TO_CUSTODY_CENTRE, 3 * DAY), steps=(did("interrogate", place="城关派出所"),)), RED),
        ("person-questioned-outside", of(SUSPECT, "arrested", happened(Fact.DELIVERED_TO_CUSTODY_CENTRE, 3 * DAY), steps=(did("interrogate", place="青岚县看守所"),)), []),
        ("person-questioned-outside", of(SUSPECT, "on_bail", happened(Fact.DELIVERED_TO_CUSTODY_CENTRE, 3 * DAY), happened(Fact.BAIL_DECIDED, 2 * DAY), steps=(did("interrogate", place="城关派出所"),)), []),
        ("detention-thirty-days-thin", of(SUSPECT, "detained", steps=(did("extend-detention", extension="to 30 day", grounds="案情复杂"),)), ORANGE),
        ("detention-thirty-days-thin", of(SUSPECT, "detained", steps=(did("extend-detention", extension="to 30 day", grounds="多次作案"),)), []),
        ("detention-thirty-days-thin", of(SUSPECT, "detained", steps=(did("extend-detention", extension="+4 day", grounds="案情复杂"),)), []),
        ("person-chained-summons", of(SUSPECT, "summoned", ENDED, SUMMONED), RED),
        ("person-chained-summons", of(SUSPECT, "summoned", replace(ENDED, at=AT - 33 * HOUR), SUMMONED), []),
        ("extension-after-expiry", of(SUSPECT, "detained", happened(Fact.DETENTION_EXECUTED, 6 * DAY), replace(happened(Fact.DETENTION_EXTENDED, 4 * DAY), seq=2), steps=(did("extend-detention", 2, HOUR, grounds="流窜作案"),)), RED),
        ("extension-after-expiry", of(SUSPECT, "detained", happened(Fact.DETENTION_EXECUTED, 6 * DAY), replace(happened(Fact.DETENTION_EXTENDED, 4 * DAY), seq=2), steps=(did("extend-detention", 2, 4 * DAY, grounds="流窜作案"),)), []),
        ("minor-unprotected", of(SUSPECT, "at_liberty", MINOR, ASKED), RED),
        ("minor-unprotected", of(SUSPECT, "at_liberty", MINOR, ADULT, ASKED), []),
        ("minor-unprotected", of(SUSPECT, "at_liberty", ASKED), []),
        ("identity-doubtful", of(SUSPECT, "at_liberty", steps=(did("answer-household", matches=False),)), ORANGE),
        ("identity-doubtful", of(SUSPECT, "at_liberty", steps=(did("answer-household", matches=True),)), []),
        ("identity-doubtful", of(SUSPECT, "at_liberty", steps=(did("answer-household", matches=False), did("correct-record", 2))), []),
        ("single-officer", of(PUBLIC, "investigation", steps=(did("inquire", place="办案区"),)), RED),
        ("single-officer", of(PUBLIC, "investigation", steps=(did("inquire", companion="qiaoanran"), did("inquire", 2, recorded=True))), []),
        ("exhibit-list-flawed", of(CASE, "investigation", steps=(did("seize-property", **{**LIST, "witness": "无"}),)), ORANGE),
        ("exhibit-list-flawed", of(CASE, "investigation", steps=(did("seize-property", **LIST),)), []),
        ("exhibit-no-decision", of(EXHIBIT, "in_hand", happened(Fact.EXHIBIT_SEIZED_ON_THE_SPOT, 25 * HOUR)), ORANGE),
        ("exhibit-no-decision", of(EXHIBIT, "in_hand", happened(Fact.EXHIBIT_SEIZED_ON_THE_SPOT, 25 * HOUR), happened(Fact.EXHIBIT_SEIZURE_APPROVED, HOUR)), []),
        ("paper-missing", of(CASE, "investigation", happened(Fact.CASE_FILED, 2 * DAY)), YELLOW),
        ("paper-missing", of(CASE, "investigation", happened(Fact.CASE_FILED, 2 * DAY), papers=("立案决定书",)), []),
        ("paper-missing", of(CASE, "investigation", happened(Fact.CASE_FILED, HOUR)), []),
        ("measure-before-approval", of(CASE, "investigation", FILED, steps=(FILING, APPROVED)), ORANGE),
        ("measure-before-approval", of(CASE, "investigation", replace(FILED, at=AT - HOUR), steps=(FILING, APPROVED)), []),
        ("own-work-approved", of(CASE, "investigation", steps=(FILING, replace(APPROVED, username="liusiyuan"))), RED),
        ("own-work-approved", of(CASE, "investigation", steps=(FILING, APPROVED)), []),
        ("own-work-approved", of(SUSPECT, "detained", steps=(did("interrogate", companion="zhouminghui"), did("summon", 2), did("approve", 3, by="zhouminghui", request="summon"))), RED),
        ("approval-express", of(SUSPECT, "detained", steps=(did("execute-detention", 2, HOUR), did("approve", 3, HOUR - timedelta(seconds=8), "zhouminghui", request="execute-detention"))), YELLOW),
        ("approval-express", of(SUSPECT, "detained", steps=(did("execute-detention", 2, HOUR), did("approve", 3, HOUR - MINUTE, "zhouminghui", request="execute-detention"))), []),
        ("approval-idle", of(SUSPECT, "at_liberty", steps=(did("execute-detention", 2, 3 * HOUR),)), YELLOW),
        ("approval-idle", of(CASE, "review", steps=(did("file-case", 2, 3 * HOUR),)), []),
        ("approval-idle", of(CASE, "review", steps=(did("file-case", 2, 80 * HOUR),)), ORANGE),
        ("approval-idle", of(CASE, "review", steps=(did("file-case", 2, 80 * HOUR), did("return", 3, request="file-case"))), []),
        ("review-skipped", of(PUBLIC, "decided", happened(Fact.PENALTY_REVIEW_DUE, DAY, "p1"), happened(Fact.PENALTY_DECIDED, DAY, "p1")), RED),
        ("review-skipped", of(PUBLIC, "decided", happened(Fact.LEGAL_REVIEW_DONE, 2 * DAY, "p1"), happened(Fact.PENALTY_REVIEW_DUE, DAY, "p1"), happened(Fact.PENALTY_DECIDED, DAY, "p1")), []),
        ("order-perfunctory", of(ORDER, "reported", steps=(did("report-rectification", done="已整改"),)), ORANGE),
        ("order-perfunctory", of(ORDER, "reported", steps=(did("report-rectification", done="已补做两名当事人的询问笔录，并委托了伤情鉴定，材料附后"),)), []),
        ("incident-outside-the-loop", of(INCIDENT, "on_scene", happened(Fact.PERSON_SUMMONED_ADMIN, 25 * HOUR)), RED),
        ("incident-outside-the-loop", of(INCIDENT, "upgraded", happened(Fact.PERSON_SUMMONED_ADMIN, 25 * HOUR), children=(CASE,)), []),
        ("incident-again-after-mediation", of(INCIDENT, "received", steps=AGAIN, opened=HOUR, kin=(BEFORE,)), YELLOW),
        ("incident-again-after-mediation", of(INCIDENT, "received", steps=AGAIN, opened=HOUR, kin=(replace(BEFORE, opened_at=AT - 31 * DAY),)), []),
        ("incident-many-calls", of(INCIDENT, "received", opened=HOUR, kin=(BEFORE, replace(BEFORE, number="JQ202600000010"))), YELLOW),
        ("incident-many-calls", of(INCIDENT, "received", opened=HOUR, kin=(BEFORE,)), []),
        ("jurisdiction-refused", of(DISPUTE, "decided", happened(Fact.DESIGNATION_REFUSED, HOUR)), RED),
        ("jurisdiction-refused", of(DISPUTE, "settled", happened(Fact.DESIGNATION_REFUSED, HOUR)), []),
        ("jurisdiction-refused", of(DISPUTE, "decided", clocks=(clock("dispute-accept", due=-HOUR, overdue=True),)), RED),
        ("jurisdiction-refused", of(INCIDENT, "received", steps=(STOLEN, did("raise-jurisdiction-dispute", 2, 25 * HOUR))), ORANGE),
        ("jurisdiction-refused", of(INCIDENT, "received", steps=(STOLEN, did("raise-jurisdiction-dispute", 2, 25 * HOUR), did("handle-scene", 3, HOUR))), []),
        ("jurisdiction-refused", of(INCIDENT, "received", opened=HOUR, steps=(STOLEN,), kin=DESKS), RED),
        ("jurisdiction-refused", of(INCIDENT, "received", happened(Fact.INCIDENT_REGISTERED, HOUR), opened=HOUR, steps=(STOLEN,), kin=DESKS), []),
        ("case-sensitive-unmarked", of(CASE, "investigation", happened(Fact.CASE_CONCERNS_MINOR, DAY)), ORANGE),
        ("case-sensitive-unmarked", of(CASE, "investigation", happened(Fact.CASE_CONCERNS_MINOR, DAY), happened(Fact.MARKED_SENSITIVE, HOUR)), []),
        ("case-sensitive-unmarked", of(CASE, "investigation", happened(Fact.MARKED_SENSITIVE, DAY), happened(Fact.UNMARKED_SENSITIVE, HOUR), children_facts=(happened(Fact.FOUND_FOREIGN, DAY),)), []),
        ("case-sensitive-unmarked", of(CASE, "investigation", happened(Fact.FILING_ORDERED, DAY), children_facts=(happened(Fact.PERSON_DIED, DAY),)), ORANGE * 2),
        ("case-sensitive-unmarked", of(CASE, "investigation", steps=tuple(did("name-suspect", n) for n in range(2, 7))), ORANGE),
        ("case-sensitive-unmarked", of(CASE, "investigation", steps=tuple(did("name-suspect", n) for n in range(2, 6))), []),
        ("case-sensitive-unmarked", of(CASE, "review", steps=(did("issue-injury-appraisal", opinion="评定为重伤二级"),)), ORANGE),
        ("case-sensitive-unmarked", of(CASE, "review", steps=(did("issue-injury-appraisal", opinion="评定为轻伤，不构成重伤"),)), []),
        ("case-sensitive-unmarked", of(INCIDENT, "received", steps=(did("open-incident", category="group"),)), ORANGE),
        ("case-sensitive-unmarked", of(INCIDENT, "received", opened=HOUR, kin=(BEFORE, replace(BEFORE, number="JQ202600000010"))), ORANGE),
        ("case-sensitive-unmarked", of(INCIDENT, "received", opened=HOUR, kin=(BEFORE,)), []),
        ("incident-duplicate-doubtful", of(INCIDENT, "duplicate", steps=(did("open-incident", narrative="昨天在店里被他们打伤了"),), parent_facts=(happened(Fact.INCIDENT_CLOSED, DAY),)), ORANGE),
        ("incident-duplicate-doubtful", of(INCIDENT, "duplicate", steps=(did("open-incident", narrative="昨天在店里被他们打伤了"),), parent_facts=(happened(Fact.INCIDENT_CLOSED, DAY), happened(Fact.ADMIN_CASE_ACCEPTED, DAY))), []),
        ("incident-refused-at-desk", of(INCIDENT, "received", steps=(did("open-incident", channel="mailbox", narrative="派出所不受理，让我去法院"),)), RED),
        ("incident-refused-at-desk", of(INCIDENT, "received", steps=(did("open-incident", channel="110", narrative="派出所不受理，让我去法院"),)), []),
    ],
)  # fmt: skip
def test_it_is_found_as_gravely_as_it_stands(rule: str, snapshot: Snapshot, graveness: list[Colour]) -> None:
    assert severities(rule, snapshot) == graveness
    assert severities(rule, otherwise_read(snapshot)) == graveness


def test_what_waits_is_not_built_yet_and_says_what_for() -> None:
    assert {each.id for each in WAITING}.isdisjoint(get_inspections())
    assert all(each.label and each.why for each in WAITING)
    assert len({each.id for each in WAITING}) == len(WAITING)
