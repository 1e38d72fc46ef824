"""What texts tell (所述情形), above single words: violence of one person against another, a threat that is one, a payment for nothing.

A text of a few words is read by its words alone; a longer one is weighed (`weighing`): then its words are shown for what it tells, or the
marks that weighed most where it uses none of them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from inspections.text import by_words, household
from inspections.text.by_words import is_grave
from inspections.text.cues import Status
from inspections.text.lexicon import Group
from inspections.text.marks import Place
from inspections.text.reading import Hit, Mention, Reading
from inspections.text.weighing import OF_GROUP, Told, Weighed, weighed

__all__ = [
    "affirmed",
    "confinement",
    "crimes",
    "domestic_violence",
    "frauds",
    "is_grave",
    "minors_harmed",
    "sexual_offences",
    "thefts",
    "threats",
    "violence",
]

_SHORT = 16
"""Signs; so few say too little to be weighed."""
_UNSAID = -0.15
"""So much must speak for what no word tells; where there are words, it must weigh more than nothing. Chosen by folds of `learn`."""


def violence(texts: Iterable[Reading]) -> list[Mention]:
    """What tells of an act of one person against another, or of an injury that nothing but such an act explains."""
    return _told(texts, Told.VIOLENCE, Group.INJ, by_words.violence)


def domestic_violence(texts: Iterable[Reading]) -> list[Mention]:
    """What tells of violence that a relative did to one of the household."""
    return _told(texts, Told.DOMESTIC, Group.DV, household.domestic_violence)


def thefts(texts: Iterable[Reading]) -> list[Mention]:
    """What tells of something taken from somebody."""
    return _told(texts, Told.THEFT, Group.THEFT, by_words.thefts)


def sexual_offences(texts: Iterable[Reading]) -> list[Mention]:
    """What tells of a sexual offence."""
    return _told(texts, Told.SEXUAL, Group.SEX, by_words.sexual_offences)


def threats(texts: Iterable[Reading]) -> list[Mention]:
    """What tells of a threat that has a means or an aim, to others or to oneself; fear alone is no threat."""
    return _told(texts, Told.THREAT, Group.THREAT, by_words.threats)


def confinement(texts: Iterable[Reading]) -> list[Mention]:
    """What tells of somebody who was not let go."""
    return _told(texts, Told.CONFINEMENT, Group.CONFINE, by_words.confinement)


def frauds(texts: Iterable[Reading]) -> list[Mention]:
    """What tells of money paid, and of a deception or of nothing got for it."""
    return _told(texts, Told.FRAUD, Group.SCAM, by_words.paid_for_nothing)


def minors_harmed(texts: Iterable[Reading]) -> list[Mention]:
    """What tells of somebody under eighteen who was hurt, abused or held."""
    return _told(texts, Told.MINOR, Group.MINOR, by_words.minors_harmed)


def crimes(texts: Iterable[Reading]) -> list[Mention]:
    """What makes an incident one of those that are cases (案件类警情)."""
    readings = tuple(texts)
    # What is told so surely is a crime, whatever the text as a whole weighs.
    sure = thefts(readings) + sexual_offences(readings) + frauds(readings)
    return _told(readings, Told.CRIME, Group.INJ, by_words.crimes) or sure


def affirmed(texts: Iterable[Reading]) -> list[Hit]:
    """Every risk word of these texts, as they are weighed together: what speaks against a group is the cue by which its words are doubted."""
    readings = tuple(texts)
    words = [hit for text in readings for hit in text.hits] + [each.hit for each in household.domestic_violence(readings)]
    if is_short(readings):
        return words
    found, verdicts = list[Hit](), weighed(readings)
    for hit in words:
        verdict = verdicts[OF_GROUP[hit.group]] if hit.group in OF_GROUP and not hit.own else None
        doubted = verdict is not None and verdict.score <= 0 and hit.status is Status.AFFIRMED
        found.append(replace(hit, status=Status.UNKNOWN, cue=_cue(readings, verdict.contrary)) if doubted and verdict else hit)
    have = {hit.group for hit in found if hit.status is Status.AFFIRMED}
    for group, told in OF_GROUP.items():
        if group not in have and verdicts[told].score > _UNSAID:
            found += [each.hit for each in _marked(readings, group, verdicts[told])[:1]]
    return found


def is_short(texts: Sequence[Reading]) -> bool:
    """Whether these texts say too little to be weighed."""
    return sum(len(each.normal.text) for each in texts) < _SHORT


def _told(texts: Iterable[Reading], told: Told, group: Group, words: Callable[[Iterable[Reading]], list[Mention]]) -> list[Mention]:
    readings = tuple(texts)
    by = words(readings)
    # What two people of the bureau added to the words counts, whatever the text as a whole weighs.
    if is_short(readings) or any(each.hit.own for each in by):
        return by
    verdict = weighed(readings)[told]
    heard = any(hit.group is group for text in readings for hit in text.hits)
    if verdict.score <= (0 if by or heard else _UNSAID):
        return []
    return by or _marked(readings, group, verdict)


def _marked(readings: Sequence[Reading], group: Group, verdict: Weighed) -> list[Mention]:
    """The marks that weighed most, as words of that group."""
    return [
        Mention(
            text,
            Hit(
                group, _shown(readings, each), Status.AFFIRMED, text.said_by, _cue(readings, verdict.speaking), each.start, each.end
            ),
        )
        for each in verdict.speaking
        for text in (readings[each.text],)
    ]


def _cue(readings: Sequence[Reading], places: Iterable[Place]) -> str:
    return "、".join(_shown(readings, each) for each in places)


def _shown(readings: Sequence[Reading], place: Place) -> str:
    return readings[place.text].normal.text[place.start : place.end]
