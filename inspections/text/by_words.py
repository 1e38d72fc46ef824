"""What the risk words of texts tell together: violence of one person against another, a threat that is one, a payment for nothing.

Inspections ask `telling`, which weighs this and what stands around the words.
"""

from collections.abc import Iterable

from inspections.text.cues import Status
from inspections.text.household import domestic_violence
from inspections.text.lexicon import Group
from inspections.text.reading import Hit, Mention, Reading
from inspections.text.word_files import circumstance

# A payment may lie in the past.
_WERE = (Status.AFFIRMED, Status.PAST)


def violence(texts: Iterable[Reading]) -> list[Mention]:
    """The words that tell of an act of one person against another, or of an injury that nothing but such an act explains."""
    readings = [*texts]
    told = [Mention(text, hit) for text in readings for hit in text.of(Group.INJ, Group.GRAVE)]
    states = [each for each in told if not each.hit.act]
    if acts := [each for each in told if each.hit.act and not _is_nobodys(each)]:
        return acts + states
    if any(circumstance("nobodys-doing").search(text.normal.text) for text in readings) or all(
        _is_help_alone(each) for each in states
    ):
        return []
    return states


def is_grave(mentions: Iterable[Mention]) -> bool:
    """Whether any of these words tells of a grave injury, or of a weapon that was used."""
    return any(each.hit.group is Group.GRAVE and not _is_help_alone(each) for each in mentions)


def _is_help_alone(mention: Mention) -> bool:
    return circumstance("help-alone").fullmatch(mention.hit.word) is not None


def _is_nobodys(mention: Mention) -> bool:
    """Whether an animal, traffic or a thing did it."""
    # An animal is named once, and then what it did: 邻居家狗没拴，把我腿咬了.
    around = (
        mention.text.sentence(mention.hit)
        if circumstance("by-an-animal-too").search(mention.hit.word)
        else mention.text.clause(mention.hit)
    )
    return bool(circumstance("animal-or-thing").search(around)) and not circumstance("between-people").search(around)


def threats(texts: Iterable[Reading]) -> list[Mention]:
    """The words of a threat that has a means or an aim; fear alone is no threat."""
    return [Mention(text, hit) for text in texts for hit in text.hits if _is_threat(text, hit)]


def _is_threat(text: Reading, hit: Hit) -> bool:
    threatened = hit.group is Group.THREAT and hit.status in (Status.AFFIRMED, Status.THREAT)
    meant = hit.status is Status.THREAT and hit.group in (Group.INJ, Group.GRAVE, Group.CONFINE, Group.SEX)
    return (
        (threatened or meant)
        and not circumstance("mere-fear").match(hit.cue)
        and bool(circumstance("means").search(text.sentence(hit)))
    )


def thefts(texts: Iterable[Reading]) -> list[Mention]:
    """The words that tell of something taken from somebody."""
    return [Mention(text, hit) for text in texts for hit in text.of(Group.THEFT)]


def sexual_offences(texts: Iterable[Reading]) -> list[Mention]:
    """The words that tell of a sexual offence."""
    return [Mention(text, hit) for text in texts for hit in text.of(Group.SEX)]


def confinement(texts: Iterable[Reading]) -> list[Mention]:
    """The words that tell of somebody who was not let go."""
    return [Mention(text, hit) for text in texts for hit in text.of(Group.CONFINE)]


def minors(texts: Iterable[Reading]) -> list[Mention]:
    """The words that tell of somebody under eighteen, in whatever way they are said."""
    return [Mention(text, hit) for text in texts for hit in text.hits if hit.group is Group.MINOR]


def minors_harmed(texts: Iterable[Reading]) -> list[Mention]:
    """The words that tell of somebody under eighteen and of harm, if they tell of both."""
    readings = [*texts]
    harm = violence(readings) + sexual_offences(readings) + confinement(readings)
    young = minors(readings)
    return young + harm if young and harm else []


def deceptions(texts: Iterable[Reading]) -> list[Mention]:
    """The words that tell of a deception by which something was lost."""
    readings = [*texts]
    return [] if _lost_nothing(readings) else [Mention(text, hit) for text in readings for hit in text.of(Group.SCAM)]


def paid_for_nothing(texts: Iterable[Reading]) -> list[Mention]:
    """The words that tell of money paid, and of a deception or of nothing got for it; empty where either is missing or nothing was lost."""
    readings = [*texts]
    if _lost_nothing(readings):
        return []
    paid = [Mention(text, hit) for text in readings for hit in text.hits if hit.group is Group.PAY and hit.status in _WERE]
    cheated = [Mention(text, hit) for text in readings for hit in text.of(Group.UNREACH, Group.SCAM)]
    unmet = [Mention(text, hit) for text in readings for hit in text.of(Group.NOGOODS)]
    if not cheated and any(circumstance("civil").search(text.normal.text) for text in readings):
        unmet = []
    return paid + cheated + unmet if paid and (cheated or unmet) else []


def crimes(texts: Iterable[Reading]) -> list[Mention]:
    """The words that make an incident one of those that are cases (案件类警情)."""
    readings = [*texts]
    asked = (violence, thefts, sexual_offences, domestic_violence, deceptions, confinement, paid_for_nothing)
    return [each for ask in asked for each in ask(readings)]


def _lost_nothing(texts: Iterable[Reading]) -> bool:
    """Whether they say that nothing was paid, or that it came back."""
    return any(circumstance("nothing-lost").search(text.normal.text) for text in texts)
