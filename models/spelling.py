"""Chinese words as they are typed on a keyboard (拼音): whole and by initials. Pure."""

from functools import cache

from pypinyin import lazy_pinyin


@cache
def spell_pinyin(words: str) -> str:
    """Without tones, whole and by initials: of 询问 “xunwen xw”. What is no Chinese character is left out."""
    syllables = lazy_pinyin(words, errors="ignore")
    return f"{''.join(syllables)} {''.join(each[0] for each in syllables)}"
