"""Chinese words as they are typed on a keyboard (拼音): whole and by initials. Pure."""

from functools import cache

from pypinyin import Style, lazy_pinyin, pinyin


@cache
def spell_pinyin(words: str) -> str:
    """Without tones, whole and by initials: of 询问 “xunwen xw”. What is no Chinese character is left out."""
    syllables = lazy_pinyin(words, errors="ignore")
    return f"{''.join(syllables)} {''.join(each[0] for each in syllables)}"


@cache
def spell_name(name: str) -> str:
    """A person's or a unit's name as `spell_pinyin`, in each way its first character is spoken, as surnames are: 单立 “danli dl shanli sl”."""
    first = pinyin(name[:1], style=Style.NORMAL, heteronym=True, errors="ignore")
    syllables = lazy_pinyin(name, errors="ignore")
    ways = dict.fromkeys((*syllables[:1], *(first[0] if first else ())))
    rest, initials = "".join(syllables[1:]), "".join(each[0] for each in syllables[1:])
    return " ".join(f"{way}{rest} {way[0]}{initials}" for way in ways)
