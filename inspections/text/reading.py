"""Reading a text (读取文本): every risk word in it, how the text says it, and the cue that decides so."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from typing import Literal, NamedTuple

from inspections.text.cues import JOINERS, LISTED, REACH, SENTENCE, STOP, Status, get_cue, get_cue_after
from inspections.text.lexicon import Changed, Group, Words, get_lexicon
from inspections.text.normal import Normal, normalise

Speaker = Literal["caller", "officer"]
Span = tuple[int, int]

# How far around a word is read for what is said of it: more than any sentence that people write, so that a text without stops costs no more.
_SIGHT = 200


@dataclass(frozen=True, slots=True)
class Hit:
    """A risk word in a text: its group, how the text says it, who says it, and the cue that decided (empty where none did).

    `start` and `end` are its place in the normalised text, `act` whether it is something done rather than a state, `own` whether it is a
    word that the bureau added.
    """

    group: Group
    word: str
    status: Status
    said_by: Speaker
    cue: str
    start: int
    end: int
    act: bool = True
    own: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A text that one person wrote, and the risk words in it, in their order.

    `seq` and `field` are the entry of a journal, and the field of its form, that hold the text.
    """

    normal: Normal
    said_by: Speaker
    hits: tuple[Hit, ...]
    seq: int = 0
    field: str = ""

    def of(self, *groups: Group, status: Status = Status.AFFIRMED) -> list[Hit]:
        """The hits of these groups that are said in that way."""
        return [hit for hit in self.hits if hit.group in groups and hit.status is status]

    def mark_unreal(self, cue: str) -> "Reading":
        """The same text with nothing affirmed: by that cue, all of it is unreal."""
        hits = (replace(hit, status=Status.UNREAL, cue=cue) if hit.status is Status.AFFIRMED else hit for hit in self.hits)
        return replace(self, hits=tuple(hits))

    def get_sentence(self, hit: Hit) -> str:
        """The sentence in which that hit stands."""
        start, end = _find_stretch(self.normal.text, SENTENCE, hit.start, hit.end)
        return self.normal.text[start:end]

    def get_clause(self, hit: Hit) -> str:
        """The clause in which that hit stands."""
        start, end = _find_clause(self.normal.text, hit.start, hit.end)
        return self.normal.text[start:end]


class Mention(NamedTuple):
    """A risk word and the text in which it stands."""

    text: Reading
    hit: Hit


@lru_cache(maxsize=2048)
def read(written: str, said_by: Speaker, changed: Changed = ()) -> Reading:
    """What that text says in risk words: the house's, or as a bureau has changed them."""
    normal, groups = normalise(written), get_lexicon(changed)
    found = [(group, *each) for group, words in groups.items() for each in _occurrences(words, normal.text)]
    taken = sorted((start, end) for _, start, end, _ in found)
    hits = []
    for group, start, end, act in sorted(found, key=lambda each: each[1:3]):
        status, cue = _judge_status(normal.text, start, end, taken)
        word = normal.text[start:end]
        hits.append(Hit(group, word, status, said_by, cue, start, end, act, word in groups[group].own))
    return Reading(normal, said_by, tuple(hits))


def find_affirmed(normal: Normal, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """Where a text says first, and does not deny, ask, fear or remember, what that pattern means."""
    found = (each for each in pattern.finditer(normal.text) if _judge_status(normal.text, *each.span(), [])[0] is Status.AFFIRMED)
    return next(found, None)


def _occurrences(words: Words, text: str) -> Iterator[tuple[int, int, bool]]:
    """Where the words of a group stand: the longest of those that overlap, and none that a harmless word hides."""
    harmless = [each.span() for each in words.harmless.finditer(text)] if words.harmless else []
    acts = ((*each.span(), True) for each in words.acts.finditer(text))
    states = ((*each.span(), False) for each in words.states.finditer(text)) if words.states else ()
    last = 0
    for start, end, act in sorted(chain(acts, states), key=lambda each: (each[0], -each[1])):
        if start < last or any(begin < end <= stop and start < stop for begin, stop in harmless):
            continue
        last = end
        yield start, end, act


def _find_stretch(text: str, ends: re.Pattern[str], start: int, end: int) -> Span:
    """The stretch between two ends around these places."""
    nearest, farthest = max(0, start - _SIGHT), min(len(text), end + _SIGHT)
    begin = max((each.end() for each in ends.finditer(text, nearest, start)), default=nearest)
    stop = ends.search(text, end, farthest)
    return begin, stop.start() if stop else farthest


def _find_clause(text: str, start: int, end: int) -> Span:
    begin, stop = _find_stretch(text, STOP, start, end)
    turn = max((each.end() for each in get_cue("turn").finditer(text, begin, start)), default=begin)
    onward = get_cue("turn").search(text, end, stop)
    return turn, onward.start() if onward else stop


def _judge_status(text: str, start: int, end: int, taken: list[Span]) -> tuple[Status, str]:
    """How the text says what stands there, and by which cue."""
    begin, stop = _find_clause(text, start, end)
    left, right = _blank_taken(text, begin, start, taken), text[end : end + _SIGHT]
    for status, decided in (
        (Status.UNREAL, _find_unreal(text, begin, start, stop)),
        (Status.UNKNOWN, _find_question(left, right)),
        (Status.NEGATED, _find_denial(left)),
        (Status.NEGATED, _found(get_cue_after("untrue-after", 14), right)),
        (Status.NEGATED, _find_denied_list(text, begin, right)),
        (Status.THREAT, _find_fear(left)),
        (Status.PAST, _find_past(text, begin, start)),
    ):
        if decided:
            return status, decided
    return Status.AFFIRMED, ""


def _blank_taken(text: str, begin: int, start: int, taken: list[Span]) -> str:
    """What stands in the clause before that place, each risk word in it as blanks: what is part of one is no cue."""
    left = [*text[begin:start]]
    # A word that reaches into this one is no word before it: 要打死, of which 打死 is this one.
    for one, other in (
        each for each in taken[bisect_left(taken, (begin - _SIGHT, 0)) : bisect_left(taken, (start, 0))] if each[1] <= start
    ):
        for place in range(max(one, begin) - begin, other - begin):
            left[place] = "\0"
    return "".join(left)


def _found(pattern: re.Pattern[str], text: str) -> str:
    hit = pattern.search(text)
    return hit["cue"] if hit else ""


def _find_unreal(text: str, begin: int, start: int, stop: int) -> str:
    hit = get_cue("unreal").search(text, begin, stop)
    return (
        hit[0]
        if hit
        and not (hit.end() <= start and re.search("被|遭|挨|引发|引起|导致|因", text[hit.end() : start] + text[start : start + 1]))
        else ""
    )


def _find_question(left: str, right: str) -> str:
    if get_cue("affirmed-twice").search(left):
        return ""
    before = [*get_cue("asked-before").finditer(left)]
    if before and len(left) - before[-1].end() <= REACH:
        return before[-1][0]
    return _found(get_cue_after("asked-after", 6), right)


def _find_denial(left: str) -> str:
    """The denial that reaches to the end of this part of a clause."""
    spared = [each.span() for each in (*get_cue("no-denial").finditer(left), *get_cue("affirmed-twice").finditer(left))]
    for denial in reversed([*get_cue("denial").finditer(left)]):
        if any(begin < denial.end() and denial.start() < end for begin, end in spared):
            continue
        between = left[denial.end() :]
        listed = JOINERS.sub("", between.replace("\0", "")) if "\0" in between else between
        # Two words that stand side by side are denied together: 未发生打架斗殴.
        if between.strip("\0") and "\0" in between and not JOINERS.search(between):
            return ""
        return denial[0] if len(listed) <= REACH and not get_cue("spent").search(listed) else ""
    return ""


def _find_denied_list(text: str, begin: int, right: str) -> str:
    """The denial at the head of a sentence whose clauses are members of one list."""
    if not LISTED.match(right):
        return ""
    sentence, _ = _find_stretch(text, SENTENCE, begin, begin)
    head = get_cue("denial").search(text, sentence, begin)
    return head[0] if head and not get_cue("spent").search(text, head.end(), begin) else ""


def _find_fear(left: str) -> str:
    """The threat or the fear in which it is told."""
    fears, meant = [*get_cue("feared").finditer(left)], [*get_cue("meant").finditer(left)]
    if fears and not re.search("结果|最后|还是被", left[fears[-1].end() :]):
        return fears[-1][0]
    if meant and len(left) - meant[0].end() <= 12 and not re.search("被|遭|挨|将我|把我打", left[meant[-1].end() :]):
        return meant[-1][0]
    return ""


def _find_past(text: str, begin: int, start: int) -> str:
    """The word that puts it in the past, in its clause or in the clauses before it, up to a word for now."""
    sentence, _ = _find_stretch(text, SENTENCE, begin, begin)
    before = text[sentence:start]
    hits = [*get_cue("past").finditer(before)]
    if not hits or get_cue("now").search(before, hits[-1].end()):
        return ""
    return hits[-1][0]
