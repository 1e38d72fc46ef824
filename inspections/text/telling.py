"""What texts tell (所述情形), above single words: violence of one person against another, a threat that is one, a payment for nothing.

It is weighed (`weighing`): its words are shown for what it tells, or the marks that weighed most where it uses none of them. In a text of a few
words, each of them counts as it is said, and where one is denied, asked after or feared, nothing is weighed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from inspections.text import by_words, household
from inspections.text.by_words import is_grave
from inspections.text.cues import Status
from inspections.text.lexicon import Group
from inspections.text.marks import Place
from inspections.text.reading import Hit, Mention, Reading
from inspections.text.weighing import OF_GROUP, Told, Weighed, weigh_texts

__all__ = [
    "find_confinement",
    "find_crimes",
    "find_domestic_violence",
    "find_frauds",
    "find_minors_harmed",
    "find_sexual_offences",
    "find_thefts",
    "find_threats",
    "find_violence",
    "is_grave",
    "list_affirmed",
]

_SHORT = 16
"""Signs; in so few, what a word says outweighs everything."""
_UNSAID = -0.15
"""So much must speak for what no word tells; where there are words, it must weigh more than nothing. Chosen by folds of `learn`."""
_NEAR = -0.3
"""From here on a sort of crime is near to being told."""
_VAGUE = 0.5
"""So much must speak for a crime of which no sort is near. Both chosen by folds of `learn` and `voices`."""
_OTHERS = -0.5
"""So much speaks against harm to a minor where somebody else was harmed. Chosen by folds."""
_SORTS = (Told.VIOLENCE, Told.THEFT, Told.SEXUAL, Told.DOMESTIC, Told.FRAUD, Told.CONFINEMENT)


def find_violence(texts: Iterable[Reading]) -> list[Mention]:
    """What tells of an act of one person against another, or of an injury that nothing but such an act explains."""
    return _find_told(texts, Told.VIOLENCE, Group.INJ, by_words.find_violence)


def find_domestic_violence(texts: Iterable[Reading]) -> list[Mention]:
    """What tells of violence that a relative did to one of the household."""
    return _find_told(texts, Told.DOMESTIC, Group.DV, household.find_domestic_violence)


def find_thefts(texts: Iterable[Reading]) -> list[Mention]:
    """What tells of something taken from somebody."""
    return _find_told(texts, Told.THEFT, Group.THEFT, by_words.find_thefts)


def find_sexual_offences(texts: Iterable[Reading]) -> list[Mention]:
    """What tells of a sexual offence."""
    return _find_told(texts, Told.SEXUAL, Group.SEX, by_words.find_sexual_offences)


def find_threats(texts: Iterable[Reading]) -> list[Mention]:
    """What tells of a threat that has a means or an aim, to others or to oneself; fear alone is no threat."""
    return _find_told(texts, Told.THREAT, Group.THREAT, by_words.find_threats)


def find_confinement(texts: Iterable[Reading]) -> list[Mention]:
    """What tells of somebody who was not let go."""
    return _find_told(texts, Told.CONFINEMENT, Group.CONFINE, by_words.find_confinement)


def find_frauds(texts: Iterable[Reading]) -> list[Mention]:
    """What tells of money paid, and of a deception or of nothing got for it."""
    return _find_told(texts, Told.FRAUD, Group.SCAM, by_words.find_paid_for_nothing)


def find_minors_harmed(texts: Iterable[Reading]) -> list[Mention]:
    """What tells of somebody under eighteen who was hurt, abused or held: of one, of harm, and not surely of harm to others."""
    readings = tuple(texts)
    by = by_words.find_minors_harmed(readings)
    if is_denied_shortly(readings) or any(each.hit.own for each in by) or (by and is_short(readings)):
        return by
    verdicts = weigh_texts(readings)
    if verdicts[Told.YOUNG].score <= 0 or verdicts[Told.MINOR].score <= _OTHERS:
        return []
    harm = find_violence(readings) + find_sexual_offences(readings) + find_confinement(readings)
    young = by_words.find_minors(readings) or _list_marked(readings, Group.MINOR, verdicts[Told.YOUNG])
    return young + harm if harm else []


def find_crimes(texts: Iterable[Reading]) -> list[Mention]:
    """What makes an incident one of those that are cases (案件类警情)."""
    readings = tuple(texts)
    # What is told so surely is a crime, whatever the text as a whole weighs.
    sure = find_thefts(readings) + find_sexual_offences(readings) + find_frauds(readings)
    told = _find_told(readings, Told.CRIME, Group.INJ, by_words.find_crimes)
    said = is_short(readings) and bool(by_words.find_crimes(readings))
    certain = said or any(each.hit.own for each in told) or not _is_vague(weigh_texts(readings))
    return (told if certain else []) or sure


def _is_vague(verdicts: Mapping[str, Weighed]) -> bool:
    return verdicts[Told.CRIME].score < _VAGUE and all(verdicts[sort].score < _NEAR for sort in _SORTS)


def list_affirmed(texts: Iterable[Reading]) -> list[Hit]:
    """Every risk word of these texts, as they are weighed together: what speaks against a group is the cue by which its words are doubted."""
    readings = tuple(texts)
    words = [hit for text in readings for hit in text.hits] + [each.hit for each in household.find_domestic_violence(readings)]
    if is_denied_shortly(readings):
        return words
    sure, found, verdicts = is_short(readings), list[Hit](), weigh_texts(readings)
    for hit in words:
        verdict = verdicts[OF_GROUP[hit.group]] if hit.group in OF_GROUP and not hit.own else None
        doubted = not sure and verdict is not None and verdict.score <= 0 and hit.status is Status.AFFIRMED
        found.append(
            replace(hit, status=Status.UNKNOWN, cue=_describe_cue(readings, verdict.contrary)) if doubted and verdict else hit
        )
    have = {hit.group for hit in found if hit.status is Status.AFFIRMED}
    for group, told in OF_GROUP.items():
        if group not in have and verdicts[told].score > _UNSAID:
            found += [each.hit for each in _list_marked(readings, group, verdicts[told])[:1]]
    return found


def is_denied_shortly(texts: Sequence[Reading]) -> bool:
    """Whether these texts are of a few words, and one of them is denied, asked after, feared, past or unreal."""
    return is_short(texts) and any(hit.status is not Status.AFFIRMED for text in texts for hit in text.hits)


def is_short(texts: Sequence[Reading]) -> bool:
    """Whether these texts are of a few words."""
    return sum(len(each.normal.text) for each in texts) < _SHORT


def _find_told(
    texts: Iterable[Reading], told: Told, group: Group, words: Callable[[Iterable[Reading]], list[Mention]]
) -> list[Mention]:
    readings = tuple(texts)
    by = words(readings)
    # What two people of the bureau added to the words counts, whatever the text as a whole weighs.
    if is_denied_shortly(readings) or any(each.hit.own for each in by) or (by and is_short(readings)):
        return by
    verdict = weigh_texts(readings)[told]
    heard = any(hit.group is group for text in readings for hit in text.hits)
    if verdict.score <= (0 if by or heard else _UNSAID):
        return []
    return by or _list_marked(readings, group, verdict)


def _list_marked(readings: Sequence[Reading], group: Group, verdict: Weighed) -> list[Mention]:
    """The marks that weighed most, as words of that group."""
    return [
        Mention(
            text,
            Hit(
                group,
                _show_place(readings, each),
                Status.AFFIRMED,
                text.said_by,
                _describe_cue(readings, verdict.speaking),
                each.start,
                each.end,
            ),
        )
        for each in verdict.speaking
        for text in (readings[each.text],)
    ]


def _describe_cue(readings: Sequence[Reading], places: Iterable[Place]) -> str:
    return "、".join(_show_place(readings, each) for each in places)


def _show_place(readings: Sequence[Reading], place: Place) -> str:
    return readings[place.text].normal.text[place.start : place.end]
