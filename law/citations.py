"""Citations (法律依据): which article says so."""

from dataclasses import dataclass

_DIGITS = "零一二三四五六七八九"
_UNITS = {"千": 1000, "百": 100, "十": 10}


def format_chinese_number(n: int) -> str:
    """`n` (1–9999) as statutes write it: 91 is 九十一, 105 is 一百零五, 12 is 十二."""
    if not 0 < n < 10_000:
        raise ValueError(f"no article bears the number {n}")
    out, gap = "", False
    for unit, mark in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, n = divmod(n, unit)
        if digit:
            out += ("零" if gap and out else "") + _DIGITS[digit] + mark
            gap = False
        else:
            gap = bool(out)
    return out[1:] if out.startswith("一十") else out


def parse_number(written: str) -> int:
    """The number that a statute writes so, in Chinese or in digits: 九十一 and 91 are 91."""
    if written.isdecimal():
        return int(written)
    total = digit = 0
    for each in written:
        if each in _UNITS:
            total, digit = total + (digit or 1) * _UNITS[each], 0
        else:
            digit = _DIGITS.index(each)
    return total + digit


@dataclass(frozen=True, slots=True)
class Article:
    """One article of one instrument, as an officer cites it; `part` names the place in a text that has no articles."""

    instrument: "Instrument"
    number: int
    inserted: int = 0
    paragraph: int = 0
    part: str = ""

    def __str__(self) -> str:
        if self.part:
            return f"《{self.instrument.zh}》{self.part}"
        tail = f"之{format_chinese_number(self.inserted)}" if self.inserted else ""
        tail += f"第{format_chinese_number(self.paragraph)}款" if self.paragraph else ""
        return f"《{self.instrument.zh}》第{format_chinese_number(self.number)}条{tail}"


@dataclass(frozen=True, slots=True)
class Instrument:
    """A statute, regulation or interpretation, by the short code used in the code base."""

    code: str
    zh: str
    link: str = ""

    def article(self, number: int, *, inserted: int = 0, paragraph: int = 0) -> Article:
        """Article `number` of this instrument; `inserted` is the k of 第n条之k."""
        return Article(self, number, inserted, paragraph)

    def section(self, part: str) -> Article:
        """The place `part` of an instrument that is not divided into articles, such as 二(一)."""
        return Article(self, 0, part=part)
