"""What citizens are told at the counter (窗口查询) of a matter that they brought: how far it is, what is promised by when, what they are to do.

Pure, and in words for people who know none of ours. Nobody is named, nothing that was found is told; of a sealed file only whether it goes on.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from models.matter import Kind

WHOSE: Mapping[Kind, str] = {Kind.LETTER: "writer", Kind.INCIDENT: "reporter", Kind.MISSING_PERSON: "reporter"}
"""The kinds of which citizens may ask, and in which role whoever asks takes part."""

_UNDER_WAY, _DONE = "正在办理", "已经办结"
_SEARCHING = "正在查找"
FOUND_SAFE = "人已找到，平安"
"""Of an adult who wants nobody to know where they are, and of a sealed search, this is all."""
_FOUND = "人已找到，详情请向经办单位了解"
_IN_PERSON = "经办民警将与您当面联系"

STAGES: Mapping[Kind, Mapping[str, str]] = {
    Kind.LETTER: {
        "received": "来信已经收到，正在签收",
        "signed": "来信已经签收，将与您联系",
        "handling": "承办单位正在办理",
        "concluded": "已经办结并答复",
        "handling_again": "正在重新办理",
        "concluded_again": "已经重新办结并答复",
        "closed": "已经办结",
        "merged": "与同一事由的另一来信一并办理、一并答复",
        "handed_over": "已经转交有权办理的单位",
        "refused": "不予受理，理由已经告知",
        "in_procedure": "已经转入法定程序办理",
        "archived": "已经办结",
    },
    Kind.INCIDENT: {
        "received": "报警已经登记，正在安排民警",
        "dispatched": "已经安排民警处理",
        "accepted": "民警正在赶往现场",
        "on_scene": "民警正在现场处理",
        "fed_back": "民警已经到场处理，正在核定",
        "classified": "正在办理",
        "mediation": "正在调解",
        "closed": "已经办结",
        "with_hotline": "已经转交12345热线办理，结果由热线告知",
        "told_not_ours": "不属于公安机关职责，已经告知办理途径",
        "duplicate": "与先前的报警一并办理",
        "transferred": "已经移送有管辖权的单位",
        "upgraded": "已经作为案件办理",
        "archived": "已经办结",
    },
    Kind.MISSING_PERSON: {
        **dict.fromkeys(("reported", "searching", "as_case", "long_term"), _SEARCHING),
        **dict.fromkeys(("found", "closed", "archived"), _FOUND),
        "found_dead": _IN_PERSON,
        "false_report": "经核实不属于失联，已经办结",
    },
}
"""How far a matter of each kind is, by its stage."""
NEEDED: Mapping[Kind, Mapping[str, str]] = {
    Kind.LETTER: {
        "concluded": "请对答复作出评价；不满意的可以要求重新办理",
        "concluded_again": "请对答复作出评价",
        "refused": "不服的，可以按告知书写明的途径提出",
    },
    Kind.INCIDENT: {"mediation": "请按通知的时间参加调解，并带上有关凭证", "received": "请保持电话畅通"},
    Kind.MISSING_PERSON: {"reported": "请保持电话畅通；有新的线索立即告诉经办单位"}
    | dict.fromkeys(("searching", "as_case", "long_term"), "有新的线索立即告诉经办单位"),
}
"""What whoever asks is to do themselves, by the stage."""
REEXAMINATION = "对信访处理意见不服的，可以自收到之日起三十日内请求上一级机关复查"
"""The remedy against the answer to a petition (信访工作条例 35)."""
_ANSWERED = frozenset({"concluded", "concluded_again", "closed"})

PROMISED: Mapping[str, str] = {
    "sla-mailbox-sign": "签收来信",
    "sla-mailbox-respond": "与您联系",
    "sla-mailbox-first-feedback": "首次答复",
    "letter-hotline-conclude": "办结并答复",
    "letter-conclude-again": "重新办结并答复",
    "letter-rating-call": "回访",
    "letter-dissatisfied-call": "就您的评价回访",
    "letter-conduct-conclude": "办结并答复",
    "petition-acceptance-notice": "告知是否受理",
    "petition-conclude": "作出处理意见",
    "tip-verify": "核查线索",
    "tip-reward-collect": "奖励已经批准，请您领取",
    "sla-dispatch-arrive": "民警到达现场",
    "incident-written-report-contact": "与您联系",
    "lost-owner-told": "通知您领取找到的物品",
}
"""Of the limits of a matter those that are kept towards whoever asks, in their words; the house's own are nobody else's."""


class Found(NamedTuple):
    """What is known of a matter that somebody asks for: `state` and `wishes` are of whom a search found."""

    kind: Kind
    stage: str
    sealed: bool
    accepted: bool
    state: str
    wishes: str
    promises: tuple["Running", ...]


class Running(NamedTuple):
    """A limit that runs, and when it ends."""

    limit: str
    due_at: datetime
    date_only: bool


class Told(NamedTuple):
    """What is told of it."""

    said: str
    needed: tuple[str, ...]
    promises: tuple[Running, ...]


def tell_citizen(found: Found) -> Told:
    """What whoever brought a matter is told of it."""
    if found.kind is Kind.MISSING_PERSON:
        return Told(_say_of_search(found), _list_needed(found), ())
    if found.sealed and found.kind is not Kind.LETTER:
        return Told(_DONE if found.stage in ("closed", "archived") else _UNDER_WAY, (), ())
    # What a letter is about its writer knows; that it is sealed keeps it from others.
    promises = tuple(each for each in found.promises if each.limit in PROMISED)
    return Told(STAGES[found.kind][found.stage], _list_needed(found), promises)


def _say_of_search(found: Found) -> str:
    said = STAGES[Kind.MISSING_PERSON][found.stage]
    if said != _FOUND:
        return _UNDER_WAY if found.sealed and said != _SEARCHING else said
    if found.state == "dead":
        return _IN_PERSON
    return FOUND_SAFE if found.sealed or found.wishes == "declines" else said


def _list_needed(found: Found) -> tuple[str, ...]:
    asked = NEEDED[found.kind].get(found.stage, "")
    remedy = REEXAMINATION if found.accepted and found.stage in _ANSWERED else ""
    return tuple(filter(None, (asked, remedy)))


def check_given(kind: Kind, *, sealed: bool) -> str:
    """Why nobody is given a code for such a matter; empty: they may be."""
    if kind not in WHOSE:
        return "查询码只发给来信人、报警人、失联人员的报告人"
    if sealed and kind is not Kind.LETTER:
        return "案卷已经封存，不发给查询码，由经办民警当面告知"
    return ""
