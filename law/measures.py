"""Measures on a person (对人的措施): which facts begin and end each, so that a person's course can be drawn from the facts alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from law.facts import CUSTODY_BEGINS, Fact
from law.history import History
from law.legal_fact import LegalFact

_DAY_S = 24 * 3600


@dataclass(frozen=True, slots=True)
class Measure:
    """A kind of measure: what people call it, what begins it, what ends it, and whether the person is held meanwhile.

    Measures of one `track` exclude each other: whichever begins ends the one before.
    """

    id: str
    zh: str
    track: str
    begun_by: tuple[Fact, ...]
    ended_by: tuple[Fact, ...]
    held: bool


@dataclass(frozen=True, slots=True)
class Period:
    """A measure as it was taken against somebody: from when, and until when (None: it lasts)."""

    measure: Measure
    about: str
    begun_at: datetime
    ended_at: datetime | None


_CRIMINAL, _INQUIRY, _SUPERVISORY = "criminal", "inquiry", "supervisory"
_LET_GO = (
    Fact.PERSON_RELEASED,
    Fact.INVESTIGATION_TERMINATED,
    Fact.SENTENCE_EXECUTED,
    Fact.PERSON_DIED,
    Fact.PERSON_HANDED_OVER,
)
_OUT = (*_LET_GO, Fact.PERSON_ESCAPED)
_BAIL_ENDS = (Fact.BAIL_LIFTED, *_LET_GO)
_SURVEILLANCE_ENDS = (Fact.SURVEILLANCE_LIFTED, *_LET_GO)
MEASURES = (
    Measure("summons", "传唤", _CRIMINAL, (Fact.PERSON_SUMMONED,), (Fact.SUMMONS_ENDED,), held=True),
    Measure("compelled-appearance", "拘传", _CRIMINAL, (Fact.PERSON_COMPELLED,), (Fact.COMPELLED_ENDED,), held=True),
    Measure("detention", "刑事拘留", _CRIMINAL, (Fact.DETENTION_EXECUTED, Fact.PRIOR_DETENTION_EXECUTED), _OUT, held=True),
    Measure("arrest", "逮捕", _CRIMINAL, (Fact.ARREST_EXECUTED,), _OUT, held=True),
    Measure("recapture", "脱逃抓获后羁押", _CRIMINAL, (Fact.PERSON_RECAPTURED,), _OUT, held=True),
    Measure("taken-back", "接回后羁押", _CRIMINAL, (Fact.PERSON_TAKEN_BACK_HELD,), _OUT, held=True),
    Measure(
        "taken-back-restrained",
        "接回后取保候审、监视居住",
        _CRIMINAL,
        (Fact.PERSON_TAKEN_BACK_RESTRAINED,),
        (Fact.BAIL_LIFTED, *_SURVEILLANCE_ENDS),
        held=False,
    ),
    Measure("bail", "取保候审", _CRIMINAL, (Fact.BAIL_DECIDED,), _BAIL_ENDS, held=False),
    Measure(
        "bail-procuratorate",
        "取保候审（检察院决定）",
        _CRIMINAL,
        (Fact.PROCURATORATE_BAIL_DECIDED,),
        _BAIL_ENDS,
        held=False,
    ),
    Measure("bail-court", "取保候审（法院决定）", _CRIMINAL, (Fact.COURT_BAIL_DECIDED,), _BAIL_ENDS, held=False),
    Measure("surveillance", "监视居住", _CRIMINAL, (Fact.SURVEILLANCE_DECIDED,), _SURVEILLANCE_ENDS, held=False),
    Measure(
        "surveillance-procuratorate",
        "监视居住（检察院决定）",
        _CRIMINAL,
        (Fact.PROCURATORATE_SURVEILLANCE_DECIDED,),
        _SURVEILLANCE_ENDS,
        held=False,
    ),
    Measure(
        "surveillance-court",
        "监视居住（法院决定）",
        _CRIMINAL,
        (Fact.COURT_SURVEILLANCE_DECIDED,),
        _SURVEILLANCE_ENDS,
        held=False,
    ),
    Measure(
        "stop",
        "继续盘问",
        _INQUIRY,
        (Fact.PERSON_STOPPED, Fact.VULNERABLE_PERSON_STOPPED),
        (Fact.STOP_ENDED,),
        held=True,
    ),
    Measure(
        "inquiry-summons",
        "治安传唤",
        _INQUIRY,
        (Fact.PERSON_SUMMONED_ADMIN, Fact.PERSON_SUMMONED_OTHER_LAW),
        (Fact.ADMIN_SUMMONS_ENDED,),
        held=True,
    ),
    Measure("sobering", "约束醒酒", "sobering", (Fact.SOBERING_STARTED,), (Fact.SOBERING_ENDED,), held=True),
    Measure("no-contact", "禁止接触", "no-contact", (Fact.NO_CONTACT_ORDERED,), (Fact.NO_CONTACT_LIFTED,), held=False),
    Measure(
        "terror-restraint",
        "约束措施",
        "terror-restraint",
        (Fact.TERROR_RESTRAINT_DECIDED,),
        (Fact.TERROR_RESTRAINT_LIFTED,),
        held=False,
    ),
    Measure(
        "administrative-detention",
        "行政拘留",
        "administrative-detention",
        (Fact.ADMIN_DETENTION_ENTERED, Fact.LEAVE_ENDED),
        (Fact.ADMIN_DETENTION_ENDED, Fact.ADMIN_DETENTION_SUSPENDED, Fact.LEAVE_BEGUN),
        held=True,
    ),
    Measure(
        "foreigner-review",
        "拘留审查",
        "foreigner-review",
        (Fact.FOREIGNER_REVIEW_EXECUTED,),
        (Fact.FOREIGNER_REVIEW_LIFTED,),
        held=True,
    ),
    Measure(
        "foreigner-activity",
        "限制活动范围",
        "foreigner-activity",
        (Fact.FOREIGNER_ACTIVITY_RESTRICTED,),
        (Fact.FOREIGNER_ACTIVITY_RESTORED,),
        held=False,
    ),
    Measure("ban", "不得进入场所、举办活动", "ban", (Fact.BAN_ORDERED,), (Fact.BAN_ENDED,), held=False),
    Measure(
        "supervisory-bring-in",
        "监察强制到案",
        _SUPERVISORY,
        (Fact.SUPERVISORY_BRING_IN,),
        (Fact.SUPERVISORY_BRING_IN_ENDED,),
        held=True,
    ),
    Measure(
        "supervisory-waiting",
        "监察责令候查",
        _SUPERVISORY,
        (Fact.SUPERVISORY_WAITING_ORDERED,),
        (Fact.SUPERVISORY_WAITING_LIFTED,),
        held=False,
    ),
    Measure(
        "supervisory-holding",
        "监察管护",
        _SUPERVISORY,
        (Fact.SUPERVISORY_HOLDING_BEGUN,),
        (Fact.SUPERVISORY_HOLDING_ENDED,),
        held=True,
    ),
)
# The measures of criminal procedure that restrict somebody for longer than a day.
_COERCIVE = tuple(each for each in MEASURES if each.track == _CRIMINAL and each.id != "summons")
_COERCING = {fact for each in _COERCIVE for fact in each.begun_by}
_COERCION_ENDS = {fact for each in _COERCIVE for fact in each.ended_by} - _COERCING
_BEGINNING = {fact: each for each in MEASURES for fact in each.begun_by}


def find_measure(fact: Fact) -> Measure | None:
    """The measure on a person that begins with a fact of this kind, or None."""
    return _BEGINNING.get(fact)


def under_a_measure(history: History, about: str, at: datetime) -> bool:
    """Whether the person is compelled, on bail, under surveillance, detained or arrested at that instant."""
    last = history.find_latest((*_COERCING, *_COERCION_ENDS), about, at)
    return last is not None and last.fact in _COERCING


def begins_coercion(fact: Fact) -> bool:
    """Whether a fact of this kind puts somebody under a measure of criminal procedure that lasts longer than a day."""
    return fact in _COERCING


def find_last_coercion(history: History, about: str, until: datetime) -> datetime | None:
    """When the person last came under such a measure by then; None where they never were."""
    last = history.find_latest(tuple(_COERCING), about, until)
    return last.at if last else None


def count_days_held(facts: Iterable[LegalFact], about: str, until: datetime) -> int:
    """For how many days, each begun one a day, the person has been held on detention or arrest in this case by then."""
    held = [
        each
        for each in list_periods(facts)
        if each.about == about and each.measure.begun_by[0] in CUSTODY_BEGINS and each.begun_at < until
    ]
    seconds = sum((min(each.ended_at or until, until) - each.begun_at).total_seconds() for each in held)
    return -(-int(seconds) // _DAY_S)


def list_periods(facts: Iterable[LegalFact]) -> list[Period]:
    """Every measure taken, in the order in which they began; facts told by other matters are theirs."""
    done: list[Period] = []
    open_: dict[tuple[str, str], tuple[Measure, datetime]] = {}
    for fact in sorted((each for each in facts if not each.told_by), key=lambda each: (each.at, each.seq)):
        begins = _BEGINNING.get(fact.fact)
        for key, (measure, since) in list(open_.items()):
            if key[0] == fact.about and (fact.fact in measure.ended_by or (begins and begins.track == measure.track)):
                done.append(Period(measure, fact.about, since, fact.at))
                del open_[key]
        if begins:
            open_[fact.about, begins.track] = (begins, fact.at)
    done += [Period(measure, about, since, None) for (about, _), (measure, since) in open_.items()]
    return sorted(done, key=lambda each: each.begun_at)
