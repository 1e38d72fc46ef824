"""Sums of money in a text (金额), in yuan."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from inspections.text.cues import SENTENCE, STOP
from inspections.text.lexicon import Group
from inspections.text.reading import Reading
from inspections.text.word_files import get_circumstance

_DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "俩": 2,
    "三": 3,
    "仨": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_UNITS = {"十": 10, "百": 100, "千": 1_000}
_LARGE = {"万": 10_000, "w": 10_000, "亿": 100_000_000}
_HUNDREDS = {"k": 1_000, "千": 1_000, "百": 100}
# The figures of receipts: 壹万贰仟元整.
_CAPITALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟萬", "一二三四五六七八九十百千万")

_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_DIGIT = "[一二两俩三仨四五六七八九]"
# A last figure that begins a word is none of the sum: 六万四一分没给.
_LAST = rf"(?:{_DIGIT}(?![十百千万亿年月日个下分次点直共]))"
_CHINESE = rf"(?:(?:十|{_DIGIT}{{1,2}}[十百千万亿])(?:零?{_DIGIT}?[十百千万亿])*(?:零?{_LAST})?|{_DIGIT}(?=元|块|圆))"
_SUM = re.compile(
    # The second sum of a range stands behind a hyphen, as the parts of a date or of a telephone number do: 3万-5万.
    rf"(?:(?<![\d.:\-年月日号第x×])|(?<=[万元块千wk][\-~])|(?<=\d\d\d[\-~])(?=\d+(?:元|块)))(?P<number>{_NUMBER})个?(?P<large>[万w亿千k百])?(?P<tail>\d{{1,4}}|{_LAST})?(?:多|余|来|几|左右)?(?P<unit>元|块钱?|圆|人民币|rmb|余元|多元)?"
    rf"|(?P<chinese>{_CHINESE})(?:多|余|来|几)?(?P<word>元|块钱?|圆|万)?"
)
# After such a word a bare number is a sum.
_PAID = re.compile(
    r"(?:转|付|汇|打|充|借|投|骗|损失|价值|共计|合计|总计|金额|约|花|交|欠|存|刷|退|赔|定金|订金|押金|现金|货款|人民币|¥|￥)(?:[了给去款账过走出共计约值为入是到]|人民币|现金|对方|他|她)*[::]?$"
)
# What may be a sum where money is told of, though nothing beside it says so: 六千八, 一万三千五, 5600; no measure, no date, no part of a name.
_COUNTED = "克斤米里亩个人户棵头只件张次天年月日号路岁栋楼室层度分秒点班级股瓶袋箱台套公条辆单集版%"
_BARE = re.compile(
    rf"(?:十{_DIGIT}?万|{_DIGIT}{{1,2}}[百千万])(?:零?{_DIGIT}?[十百千])*{_LAST}?(?![十百千万{_COUNTED}])"
    rf"|(?<![\da-z.:/第\-])(?P<figures>[1-9]\d{{2,6}}(?:\.\d\d?)?)(?P<kilo>[kw])?(?![\d.:/\-a-z万亿千百{_COUNTED}])"
)
# As many figures are those of a telephone, an account or a citizen's number.
_LONGEST = 9


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum in yuan and its place in the normalised text."""

    yuan: Decimal
    start: int
    end: int


def find_sums(text: str) -> Iterator[Sum]:
    """Every sum in a normalised text: 35万余元, 3500多, 1.2w, 两千三百元."""
    for hit in _SUM.finditer(text.translate(_CAPITALS)):
        yuan = _of_figures(hit, text[: hit.start()]) if hit["number"] else _of_words(hit, text[: hit.start()])
        if yuan:
            yield Sum(yuan, hit.start(), hit.end())


def _of_figures(hit: re.Match[str], before: str) -> Decimal | None:
    figures = hit["number"].replace(",", "")
    if len(figures.partition(".")[0]) > _LONGEST or (figures.startswith("1") and len(figures) == 11):
        return None
    large = hit["large"]
    if not (large or hit["unit"]) and not _PAID.search(before[-8:]):
        return None
    if large in ("千", "百", "k") and not hit["unit"] and not _PAID.search(before[-8:]):
        return None
    scale = (_LARGE | _HUNDREDS).get(large or "", 1)
    yuan = Decimal(figures) * scale
    if (tail := hit["tail"]) and large:
        value = Decimal(_DIGITS.get(tail, 0) if tail in _DIGITS else tail)
        yuan += value * (scale // 10 if len(tail) == 1 else 1)
    return yuan


def _of_words(hit: re.Match[str], before: str) -> Decimal | None:
    said = hit["chinese"]
    if not hit["word"] and "万" not in said and not (_PAID.search(before[-8:]) and re.search("[百千]", said)):
        return None
    return Decimal(parse_spoken(said) * (10_000 if hit["word"] == "万" and "万" not in said else 1)) or None


def parse_spoken(said: str) -> int:
    """The number that Chinese numerals say: 三万五 is 35,000."""
    whole, part, digit, unit = 0, 0, 0, 1
    for sign in said:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
            unit = 1 if sign in "零〇" else unit
        elif sign in _UNITS:
            part, digit, unit = part + (digit or 1) * _UNITS[sign], 0, _UNITS[sign]
        else:
            whole, part, digit, unit = whole + (part + digit or 1) * _LARGE[sign], 0, 0, _LARGE[sign]
    # The last figure counts the next smaller unit: 三万五, 两千三.
    return whole + part + digit * (unit // 10 if unit >= 100 and digit else 1)


def find_loss(*texts: Reading) -> Decimal | None:
    """The sum that was paid, of texts that tell of a payment in whatever words; None where they name none."""
    return find_amount(*texts) or _choose(
        [(text, each) for text in texts for each in (*find_sums(text.normal.text), *_find_bare(text))]
    )


def find_amount(*texts: Reading) -> Decimal | None:
    """The sum in a sentence that affirms a payment by a word of ours, or in one beside it; None where no payment has a sum."""
    return _choose([(text, each) for text in texts for each in _find_paid(text)])


def _choose(named: list[tuple[Reading, Sum]]) -> Decimal | None:
    """The largest of the wholes, where a text says of one that it is the whole; otherwise the largest that is not promised, asked for or come back."""
    paid = [(text, each) for text, each in named if not _is_another(text, each)]
    wholes = [each.yuan for text, each in paid if get_circumstance("whole-sum").search(_get_before(text, each))]
    return max(wholes or [each.yuan for _, each in paid], default=None)


def _is_another(text: Reading, named: Sum) -> bool:
    """Whether a sum is none that was paid: 赚了二十万, 还要一万, and in an officer's text what was paid to make up for it: 赔偿800元."""
    another = get_circumstance("another-sum" if text.said_by == "caller" else "sum-made-up")
    after = text.normal.text[named.end : named.end + 4]
    return bool(another.search(_get_before(text, named)) or get_circumstance("another-sum-after").match(after))


def _get_before(text: Reading, named: Sum) -> str:
    """What stands before a sum in its clause, as far as it says what sum that is."""
    before = text.normal.text[max(named.start - 8, 0) : named.start]
    return before[max((stop.end() for stop in STOP.finditer(before)), default=0) :]


def _find_bare(text: Reading) -> Iterator[Sum]:
    for each in _BARE.finditer(text.normal.text.translate(_CAPITALS)):
        scale = {"k": 1_000, "w": 10_000, None: 1}[each["kilo"]]
        yield Sum(Decimal(each["figures"]) * scale if each["figures"] else Decimal(parse_spoken(each[0])), *each.span())


def _find_paid(text: Reading) -> Iterator[Sum]:
    paid = [hit for hit in text.hits if hit.group in (Group.PAY, Group.SCAM) and hit.status in ("affirmed", "past")]
    stops = [0, *(each.end() for each in SENTENCE.finditer(text.normal.text)), len(text.normal.text)]
    for each in find_sums(text.normal.text):
        at = max(n for n, stop in enumerate(stops) if stop <= each.start)
        if any(stops[max(at - 1, 0)] <= hit.start <= stops[min(at + 2, len(stops) - 1)] for hit in paid):
            yield each
