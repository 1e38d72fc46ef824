"""The table of acceptance (验收句): sentences, and how each word of them is to be read. Whoever changes a list of words breaks none of them.

The lines stand in `acceptance.tsv`: a sentence, a group, and its words there, each with how the sentence says it.
"""

from functools import cache
from typing import NamedTuple

from inspections.text.cues import Status
from inspections.text.lexicon import Changed, Group, get_lexicon
from inspections.text.reading import read
from inspections.text.word_files import read_lines


class Line(NamedTuple):
    """A sentence, a group of words, and what it tells of that group: `word status` in the order of the sentence."""

    text: str
    group: Group
    told: tuple[str, ...]

    def read_with(self, changed: Changed) -> tuple[str, ...]:
        """What it tells as the words are changed."""
        return tuple(f"{hit.word} {hit.status}" for hit in read(self.text, "caller", changed).hits if hit.group is self.group)


@cache
def get_lines() -> tuple[Line, ...]:
    """Every line of the table."""
    _, *lines = read_lines("acceptance.tsv")
    return tuple(
        Line(text, Group(group), tuple(filter(None, told.split("、"))))
        for text, group, told in (each.split("\t") for each in lines)
    )


def list_broken(changed: Changed) -> list[str]:
    """Each line that would be read otherwise if the words were changed so, and how."""
    read_so = ((line, line.read_with(changed)) for line in get_lines())
    return [
        f"“{line.text}”（{get_lexicon()[line.group].label.partition('：')[0]}）应当{_list_words(line.told)}，改后{_list_words(now)}"
        for line, now in read_so
        if now != line.told
    ]


def _list_words(told: tuple[str, ...]) -> str:
    said = (each.split(" ") for each in told)
    return f"为“{'、'.join(f'{word}（{Status(status).label}）' for word, status in said)}”" if told else "没有"
