"""Kinds of matter (事项): what the bureau handles, how each is numbered, and how its workflow is called."""

from datetime import timedelta
from enum import StrEnum


class Kind(StrEnum):
    """A kind of matter; the value is its id in addresses, `zh` what people read, `prefix` how people see its numbers begin."""

    zh: str
    prefix: str

    def __new__(cls, value: str, zh: str, prefix: str) -> "Kind":
        member = str.__new__(cls, value)
        member._value_ = value
        member.zh = zh
        member.prefix = prefix
        return member

    INCIDENT = "incident", "警情", "JQ"
    CRIMINAL_CASE = "criminal-case", "刑事案件", "XA"
    SUSPECT = "suspect", "犯罪嫌疑人", "RY"
    PUBLIC_ORDER_CASE = "public-order-case", "治安案件", "ZA"
    EXHIBIT = "exhibit", "涉案财物", "WP"
    RECTIFICATION_ORDER = "rectification-order", "整改指令单", "ZG"
    RISK_ALERT = "risk-alert", "风险提示", "FX"
    SUPERVISION = "supervision", "督办", "DB"
    ACCOUNTABILITY = "accountability", "责任线索", "ZR"
    REVIEW_ROUND = "review-round", "评查批次", "PL"
    CASE_REVIEW = "case-review", "案件评查", "PC"
    REVIEW_SHEET = "review-sheet", "评查打分表", "PF"
    JURISDICTION_DISPUTE = "jurisdiction-dispute", "管辖争议", "GX"
    LETTER = "letter", "群众来信", "LX"
    JOINT_TASK = "joint-task", "协同任务", "XT"
    MISSING_PERSON = "missing-person", "失联人员", "SL"
    ASSESSMENT = "assessment", "月度考评", "KP"
    DELIVERY = "delivery", "外部送达", "SD"
    CANARY = "canary", "自检", "ZJ"


# What people handle; the others are opened and ended by processes.
HANDLED = frozenset(Kind) - {Kind.DELIVERY, Kind.CANARY}
# What officers count as new work, beside what is opened to look after it.
TAKEN_UP = (Kind.INCIDENT, Kind.CRIMINAL_CASE, Kind.PUBLIC_ORDER_CASE, Kind.SUSPECT)
# Of these a file may be sealed and opened again by a step; a lead about somebody of the bureau is sealed from its first.
# What another unit is asked to do knows nothing but what it was told, and is sealed with nobody's file: those who do it must read it.
ASKED_OF_OTHERS = frozenset({Kind.JOINT_TASK})
SEALABLE = HANDLED - {Kind.ACCOUNTABILITY} - ASKED_OF_OTHERS
# What follows the prefix in a number: the year and a running number, of eight digits or, once the bureau was restored (`models.store.epochs`), eleven.
DIGITS = r"\d{12}(?:\d{3})?"
# The stage of a matter whose opening form has not been recorded yet.
UNOPENED = "unopened"
# Workflow-task timeout: a task held by a killed worker is rescheduled after this, before the API tells the officer to try again.
TASK_TIMEOUT = timedelta(seconds=5)


def build_workflow_id(kind: str, number: str) -> str:
    """The id under which a matter's workflow runs."""
    return f"{kind}/{number}"


def get_opening_step(kind: str) -> str:
    """The step under which an attempt to open a matter of that kind is journaled before its form is known."""
    return f"open-{kind}"


def parse_workflow_id(workflow_id: str) -> str:
    """The number of the matter whose workflow runs under that id."""
    return workflow_id.rpartition("/")[2]


def build_number_prefix(kind: Kind, year: int | str) -> str:
    """How the numbers of matters of a kind begin in a year; a running number follows."""
    return f"{kind.prefix}{year}"


def build_number_pattern(*kinds: Kind) -> str:
    """The pattern of whole numbers of those kinds, as people type them into a form."""
    beginnings = "|".join(kind.prefix for kind in kinds)
    return rf"^({beginnings}){DIGITS}$" if len(kinds) > 1 else f"^{beginnings}{DIGITS}$"


def is_numbered_as(kind: str, number: str) -> bool:
    """Whether a number reads as one of that kind: it checks what is said of a matter, and tells nobody its kind.

    Of a canary that was summed up, and in a seal, nothing is left but the number.
    """
    return any(number.startswith(each.prefix) for each in Kind if each == kind)
