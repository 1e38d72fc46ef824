"""Risk words (风险词): words by which people tell of violence, found in what was written, and not where the same clause denies them.

A negation counts where it stands up to eight characters before the word in one clause; the members of a list (、) are one clause. That is
a first look for a person to follow, not an understanding of the text: threats, questions and stories of the past count as told.
"""

import re
from collections.abc import Iterator

INJURY = (
    "被打", "打人", "打架", "互殴", "斗殴", "殴打", "动手", "打伤", "扇耳光", "脚踢", "掐脖", "推倒", "咬伤", "打起来", "打了", "受伤",
    "流血", "出血", "躺在地上", "倒地", "昏迷", "骨折", "缝针", "砍伤", "捅伤", "刺伤", "持刀", "持械",
)  # fmt: skip
"""Violence, and what it leaves behind (伤害)."""

# Longer than a risk word that it contains, and harmless.
_HARMLESS = ("打架子鼓", "打了电话", "打了报警", "打了110")
_CLAUSE = re.compile(r"[^，。；！？,;!?\n]+")
_NEGATION = re.compile(r"没有|没人|并未|未见|未发现|未曾|不曾|不存在|并非|不是|否认|排除|无(?![故端缘])")
# Two negations affirm.
_AFFIRMED = re.compile(r"不是没有|并非没有")
_REACH = 8


def affirmed(text: str, words: tuple[str, ...]) -> Iterator[str]:
    """Each of these words that the text says without denying it, once, in the order of the text; a longer word hides one within it."""
    pattern = re.compile("|".join(map(re.escape, sorted((*words, *_HARMLESS), key=len, reverse=True))))
    told = dict[str, None]()
    for clause in _CLAUSE.findall("".join(text.split())):
        for hit in pattern.finditer(clause):
            before = _AFFIRMED.sub("", clause[max(0, hit.start() - _REACH) : hit.start()])
            if hit[0] in words and not _NEGATION.search(before):
                told[hit[0]] = None
    yield from told
