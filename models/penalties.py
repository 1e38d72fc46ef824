"""What a notice of a penalty (处罚前告知) announces, read from its words, and what a decision says beside it. Pure."""

import re
from dataclasses import dataclass

_DIGITS = {zh: n for n, zh in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5}
_DIGITS |= {"陆": 6, "柒": 7, "捌": 8, "玖": 9}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_NUMBER = r"([0-9０-９,，零〇一二两三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟]+)"
_DAYS = re.compile(rf"拘留(?:期限)?(?:为)?{_NUMBER}[日天]")
_YUAN = re.compile(rf"罚款(?:人民币)?(?:金额)?(?:为)?{_NUMBER}元")
_SAYS_SOMETHING = re.compile("警告|罚款|拘留|吊销|停业|不予处罚")


@dataclass(frozen=True, slots=True)
class Announced:
    """Days of detention and yuan of fine; None where the words name the one or the other without a figure that can be read."""

    days: int | None
    yuan: int | None


def parse_announced(words: str) -> Announced | None:
    """What a notice announces; None where its words say nothing of a penalty."""
    if not _SAYS_SOMETHING.search(words):
        return None
    return Announced(_parse_figure(_DAYS, "拘留", words), _parse_figure(_YUAN, "罚款", words))


def find_heavier_field(notice: Announced, days: int, yuan: int) -> str:
    """The field in which a decision is heavier than its notice; empty: in none."""
    if notice.days is not None and days > notice.days:
        return "detention_days"
    return "fine_yuan" if notice.yuan is not None and yuan > notice.yuan else ""


def describe_penalty(days: int | None, yuan: int | None) -> str:
    """A penalty in a few words."""
    parts = [f"行政拘留{days}日" if days else "", f"罚款{yuan}元" if yuan else ""]
    return "并处".join(part for part in parts if part) or "警告"


def parse_number(text: str) -> int | None:
    """A number written in digits or in Chinese; None where it is none."""
    plain = text.translate(str.maketrans("０１２３４５６７８９", "0123456789", ",，"))
    if plain.isascii() and plain.isdigit():
        return int(plain)
    whole, part, digit = 0, 0, 0
    for each in plain:
        if each in _DIGITS:
            digit = _DIGITS[each]
        elif each in _UNITS:
            part, digit = part + (digit or 1) * _UNITS[each], 0
        elif each == "万":
            whole, part, digit = whole + (part + digit) * 10_000, 0, 0
        else:
            return None
    return whole + part + digit


def _parse_figure(pattern: re.Pattern[str], kind: str, words: str) -> int | None:
    found = [parse_number(hit) for hit in pattern.findall(words)]
    if not found:
        return None if kind in words else 0
    return None if None in found else max(each for each in found if each is not None)
