"""What the risk words of texts tell together: violence of one person against another, a threat that is one, a payment for nothing.

Inspections ask `telling`, which weighs this and what stands around the words.
"""

from collections.abc import Iterable

from inspections.text.cues import Status
from inspections.text.household import find_domestic_violence
from inspections.text.lexicon import Group
from inspections.text.reading import Hit, Mention, Reading
from inspections.text.word_files import get_circumstance

# A payment may lie in the past.
_WERE = (Status.AFFIRMED, Status.PAST)


def find_violence(texts: Iterable[Reading]) -> list[Mention]:
    """The words that tell of an act of one person against another, or of an injury that nothing but such an act explains."""
    readings = [*texts]
    told = [Mention(text, hit) for text in readings for hit in text.of(Group.INJ, Group.GRAVE)]
    states = [each for each in told if not each.hit.act]
    if acts := [each for each in told if each.hit.act and not _is_nobodys(each)]:
        return acts + states
    if any(get_circumstance("nobodys-doing").search(text.normal.text) for text in readings) or all(
        _is_help_alone(each) for each in states
    ):
        return []
    return states


def is_grave(mentions: Iterable[Mention]) -> bool:
    """Whether any of these words tells of a grave injury, or of a weapon that was used."""
    return any(each.hit.group is Group.GRAVE and not _is_help_alone(each) for each in mentions)


def _is_help_alone(mention: Mention) -> bool:
    return get_circumstance("help-alone").fullmatch(mention.hit.word) is not None


def _is_nobodys(mention: Mention) -> bool:
    """Whether an animal, traffic or a thing did it."""
    # An animal is named once, and then what it did: 邻居家狗没拴，把我腿咬了.
    around = (
        mention.text.get_sentence(mention.hit)
        if get_circumstance("by-an-animal-too").search(mention.hit.word)
        else mention.text.get_clause(mention.hit)
    )
    return bool(get_circumstance("animal-or-thing").search(around)) and not get_circumstance("between-people").search(around)


def find_threats(texts: Iterable[Reading]) -> list[Mention]:
    """The words of a threat that has a means or an aim; fear alone is no threat."""
    return [Mention(text, hit) for text in texts for hit in text.hits if _is_threat(text, hit)]


def _is_threat(text: Reading, hit: Hit) -> bool:
    threatened = hit.group is Group.THREAT and hit.status in (Status.AFFIRMED, Status.THREAT)
    meant = hit.status is Status.THREAT and hit.group in (Group.INJ, Group.GRAVE, Group.CONFINE, Group.SEX)
    return (
        (threatened or meant)
        and not get_circumstance("mere-fear").match(hit.cue)
        and bool(get_circumstance("means").search(text.get_sentence(hit)))
    )


def find_thefts(texts: Iterable[Reading]) -> list[Mention]:
    """The words that tell of something taken from somebody."""
    return [Mention(text, hit) for text in texts for hit in text.of(Group.THEFT)]


def find_sexual_offences(texts: Iterable[Reading]) -> list[Mention]:
    """The words that tell of a sexual offence."""
    return [Mention(text, hit) for text in texts for hit in text.of(Group.SEX)]


def find_confinement(texts: Iterable[Reading]) -> list[Mention]:
    """The words that tell of somebody who was not let go."""
    return [Mention(text, hit) for text in texts for hit in text.of(Group.CONFINE)]


def find_minors(texts: Iterable[Reading]) -> list[Mention]:
    """The words that tell of somebody under eighteen, in whatever way they are said."""
    return [Mention(text, hit) for text in texts for hit in text.hits if hit.group is Group.MINOR]


def find_minors_harmed(texts: Iterable[Reading]) -> list[Mention]:
    """The words that tell of somebody under eighteen and of harm, if they tell of both."""
    readings = [*texts]
    harm = find_violence(readings) + find_sexual_offences(readings) + find_confinement(readings)
    young = find_minors(readings)
    return young + harm if young and harm else []


def find_deceptions(texts: Iterable[Reading]) -> list[Mention]:
    """The words that tell of a deception by which something was lost."""
    readings = [*texts]
    return [] if _lost_nothing(readings) else [Mention(text, hit) for text in readings for hit in text.of(Group.SCAM)]


def find_paid_for_nothing(texts: Iterable[Reading]) -> list[Mention]:
    """The words that tell of money paid, and of a deception or of nothing got for it; empty where either is missing or nothing was lost."""
    readings = [*texts]
    if _lost_nothing(readings):
        return []
    paid = [Mention(text, hit) for text in readings for hit in text.hits if hit.group is Group.PAY and hit.status in _WERE]
    cheated = [Mention(text, hit) for text in readings for hit in text.of(Group.UNREACH, Group.SCAM)]
    unmet = [Mention(text, hit) for text in readings for hit in text.of(Group.NOGOODS)]
    if not cheated and any(get_circumstance("civil").search(text.normal.text) for text in readings):
        unmet = []
    return paid + cheated + unmet if paid and (cheated or unmet) else []


def find_crimes(texts: Iterable[Reading]) -> list[Mention]:
    """The words that make an incident one of those that are cases (案件类警情)."""
    readings = [*texts]
    asked = (
        find_violence,
        find_thefts,
        find_sexual_offences,
        find_domestic_violence,
        find_deceptions,
        find_confinement,
        find_paid_for_nothing,
    )
    return [each for ask in asked for each in ask(readings)]


def _lost_nothing(texts: Iterable[Reading]) -> bool:
    """Whether they say that nothing was paid, or that it came back."""
    return any(get_circumstance("nothing-lost").search(text.normal.text) for text in texts)
