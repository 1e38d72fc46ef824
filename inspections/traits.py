"""Traits (特征): by what a matter may turn out to belong with another (串并案): numbers, place, charge, and how it was done. Pure.

A trait points at the step and the field in which it stands. Of whoever reports or was harmed nothing is one: that somebody calls twice is
another question.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from stdnum.cn import ric

from inspections.snapshot import RecordedStep
from inspections.text.normal import normalise
from inspections.text.reading import find_affirmed
from inspections.text.word_files import compile_pattern, read_lines
from law.labelled_enum import LabelledEnum
from models.folding import fold_number, fold_telephone, fold_words
from models.matter import Kind

COMPARED = (Kind.INCIDENT, Kind.CRIMINAL_CASE, Kind.PUBLIC_ORDER_CASE)
"""The kinds of matter that are held against each other."""


class Sort(LabelledEnum):
    """What a trait is, the weightiest first."""

    CITIZEN = "citizen", "同一人（证件号码）"
    ACCOUNT = "account", "同一账户"
    PHONE = "phone", "同一电话"
    PLATE = "plate", "同一车牌"
    METHOD = "method", "同一作案手法"
    PLACE = "place", "地点相同或相近"
    CHARGE = "charge", "同一罪名或者违法行为"


class Trait(NamedTuple):
    """One of them: what it is, its value as it is compared, and the step and field that say it. `seq` 0: no step says it as it stands now."""

    sort: Sort
    value: str
    seq: int
    field: str


class Known(NamedTuple):
    """Somebody in the matter as the record has them now, after every correction."""

    roles: tuple[str, ...]
    citizen_id: str
    phone: str


# Whoever is suspected; what others say of themselves is no trace of a deed.
_SUSPECTED = frozenset({"suspect", "offender"})
# Steps that speak of another matter, and say nothing of their own.
_OF_ANOTHER = frozenset({"link-case", "unlink-case", "dismiss-link", "merge-case", "approve", "reject", "withdraw"})
_CHARGES = ("charge", "violation")
_MOBILE = re.compile(r"(?<![\dA-Za-z])1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)")
_CITIZEN = re.compile(r"(?<![\dA-Za-z])\d{17}[\dXx](?![\dA-Za-z])")
# Cards begin with these; what begins with a year is the number of an order.
_CARD = re.compile(r"(?<![\dA-Za-z])[3-6]\d{3}(?:[ -]?\d{4}){2,3}[ -]?\d{1,4}(?![\dA-Za-z])")
_HANDLE = re.compile(r"(?:微信号?|支付宝(?:账[号户])?|QQ号?|收款账[号户])(?:为|是|[:：])?\s*([A-Za-z0-9][A-Za-z0-9_@.-]{5,30})")
_PLATE = re.compile(r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·• ]?[A-HJ-NP-Z0-9]{5,6}(?![A-Z0-9警])")
# What is said of whoever reports or was harmed, before anybody has set it right too.
_OF_OTHERS = ("reporter", "complainant", "victim", "guardian", "passenger")
# A text is longer than a code or a name.
_TEXT = 8
_MOST = 40


def find_traits(steps: Iterable[RecordedStep], people: Iterable[Known]) -> tuple[Trait, ...]:
    """Every trait of a matter once, where it is said first; no more than forty, the weightiest."""
    steps = [each for each in steps if each.step not in _OF_ANOTHER]
    found = dict[tuple[Sort, str], Trait]()
    for each in (*_list_of_people(steps, people := [*people]), *(trait for step in steps for trait in _list_of_step(step))):
        found.setdefault((each.sort, each.value), each)
    innocent = {*_list_numbers(each for each in people if _SUSPECTED.isdisjoint(each.roles))}
    suspected = {*_list_numbers(each for each in people if not _SUSPECTED.isdisjoint(each.roles))}
    kept = [each for each in found.values() if each.value not in innocent - suspected]
    order = [*Sort]
    # Of the charges the last holds: what a call was taken for says little once a case was filed for something.
    charges = [each for each in kept if each.sort is Sort.CHARGE][:-1]
    return tuple(sorted((each for each in kept if each not in charges), key=lambda each: order.index(each.sort)))[:_MOST]


@cache
def get_methods() -> Mapping[str, tuple[str, re.Pattern[str]]]:
    """The methods by which crimes are committed (作案手法), by their codes: what officers call each, and the words that tell of it."""
    rows = (line.split("\t") for line in read_lines("methods.tsv"))
    return {code: (label, compile_pattern([words])) for code, label, words in rows}


def _list_numbers(people: Iterable[Known]) -> Iterator[str]:
    for each in people:
        yield from filter(None, (fold_number(each.citizen_id), fold_telephone(each.phone)))


def _list_of_people(steps: Iterable[RecordedStep], people: Iterable[Known]) -> Iterator[Trait]:
    """The numbers of whoever is suspected, with the step that names them."""
    said = [(step.seq, field, text) for step in steps for field, text in _list_words(step.values)]
    for each in people:
        if _SUSPECTED.isdisjoint(each.roles):
            continue
        for sort, value, fold in (
            (Sort.CITIZEN, fold_number(each.citizen_id), fold_number),
            (Sort.PHONE, fold_telephone(each.phone), fold_telephone),
        ):
            if value:
                seq, field = next(((seq, field) for seq, field, text in said if fold(text) == value), (0, ""))
                yield Trait(sort, value, seq, field)


def _list_of_step(step: RecordedStep) -> Iterator[Trait]:
    for field, words in _list_words(step.values):
        if field.startswith(_OF_OTHERS):
            continue
        if field in _CHARGES:
            yield Trait(Sort.CHARGE, words, step.seq, field)
        elif field == "place" and step.step == "open-incident":
            yield Trait(Sort.PLACE, fold_words(words), step.seq, field)
        elif field == "account":
            yield Trait(Sort.ACCOUNT, fold_number(words), step.seq, field)
        elif field == "plate":
            yield Trait(Sort.PLATE, fold_number(words), step.seq, field)
        elif len(words) >= _TEXT:
            yield from (Trait(sort, value, step.seq, field) for sort, value in _list_of_text(words))


def _list_of_text(words: str) -> Iterator[tuple[Sort, str]]:
    """What a text tells: numbers by their shape, methods where it affirms them."""
    people = [each[0] for each in _CITIZEN.finditer(words) if ric.is_valid(each[0])]
    yield from ((Sort.CITIZEN, fold_number(each)) for each in people)
    yield from ((Sort.PHONE, fold_telephone(each[0])) for each in _MOBILE.finditer(words))
    cards = (fold_number(each[0]) for each in _CARD.finditer(words))
    yield from ((Sort.ACCOUNT, each) for each in cards if 16 <= len(each) <= 19 and each not in people)
    yield from ((Sort.ACCOUNT, fold_number(each[1])) for each in _HANDLE.finditer(words))
    yield from ((Sort.PLATE, fold_number(each[0])) for each in _PLATE.finditer(words.upper()))
    normal = normalise(words)
    for code, (_, pattern) in get_methods().items():
        if find_affirmed(normal, pattern):
            yield Sort.METHOD, code


def _list_words(values: Mapping[str, Any], within: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a form, by the name of its own field."""
    for name, value in values.items():
        if isinstance(value, str) and value:
            yield name, value
        elif isinstance(value, list | tuple):
            for each in value:
                yield from (
                    _list_words(each, name) if isinstance(each, Mapping) else ([(name, each)] if isinstance(each, str) else [])
                )
