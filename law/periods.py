"""How each field of law counts its periods (期间的计算): by which article a length is counted, and by which a rest day moves its end."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from law.citations import Article, Instrument
from law.counting import Counting
from law.instruments import (
    ACL,
    ALL,
    APL,
    ARL,
    ARLIR,
    BAIL,
    CC,
    CNR,
    CPL,
    CQ,
    CRR,
    CUST,
    CVL,
    DET,
    DETC,
    DRUG,
    ECO,
    EEL,
    FER,
    FIL,
    FRAUD,
    INJ,
    LA,
    MPSA,
    MPSC,
    PET,
    PPL,
    PROMISE,
    PROP,
    PSAPL,
    RPT,
    RULE,
    SCL,
    SPC,
    SPP,
    STOP,
    SUP,
)


@dataclass(frozen=True, slots=True, eq=False)
class Periods:
    """The counting of one field of law.

    `by` names the articles that say how a length of that kind is counted, `rest_day` those by which a last day that is a rest day
    moves, or does not; a kind that no text of the field defines has none, and none is then shown. `own` is a rule that the house
    sets itself: it is counted as that rule says, whatever the kind.
    """

    zh: str
    by: Mapping[Counting, tuple[Article, ...]] = field(default_factory=dict)
    rest_day: tuple[Article, ...] = ()
    own: bool = False


_IN_CUSTODY = (DET.article(4),)
CRIMINAL = Periods(
    "刑事诉讼",
    {
        Counting.CUSTODY_DAYS: _IN_CUSTODY,
        Counting.CUSTODY_MONTHS: _IN_CUSTODY,
        Counting.DAYS: (CPL.article(105),),
        # The only text that says to which day a month runs; the courts apply it, so the others count so too.
        Counting.MONTHS: (SPC.article(202),),
    },
    rest_day=(CPL.article(105),),
)
_ADMINISTRATIVE = {Counting.DAYS: (MPSA.article(35),), Counting.MONTHS: (MPSA.article(35),)}
ADMINISTRATIVE = Periods("行政案件", _ADMINISTRATIVE, rest_day=(MPSA.article(35),))
# These two say of their own short terms that they are working days.
PENALTY = Periods("行政案件", {**_ADMINISTRATIVE, Counting.WORKING_DAYS: (APL.article(85),)}, rest_day=(MPSA.article(35),))
ENFORCEMENT = Periods("行政案件", {**_ADMINISTRATIVE, Counting.WORKING_DAYS: (ACL.article(69),)}, rest_day=(MPSA.article(35),))
# Both send to the Civil Procedure Law for what they do not say themselves.
_AS_IN_REVIEW = (ARL.article(88), CVL.article(85))
RECONSIDERATION = Periods(
    "行政复议",
    {Counting.DAYS: _AS_IN_REVIEW, Counting.MONTHS: _AS_IN_REVIEW, Counting.WORKING_DAYS: (ARL.article(88),)},
    rest_day=_AS_IN_REVIEW,
)
_AS_IN_COURT = (ALL.article(101), CVL.article(85))
LITIGATION = Periods("行政诉讼", {Counting.DAYS: _AS_IN_COURT, Counting.MONTHS: _AS_IN_COURT}, rest_day=_AS_IN_COURT)
# Neither regulation nor law says how its days are counted: the first day is left out and a rest day moves the last, as everywhere.
PETITIONS = Periods("信访")
CIVIL = Periods("民事", {Counting.DAYS: (CC.article(201),), Counting.MONTHS: (CC.article(202),)}, rest_day=(CC.article(203),))
COMPENSATION = Periods("国家赔偿")
# The law says of its measures only how long they last at most.
SUPERVISION = Periods("监察")
# Texts that hold for criminal and administrative cases alike, whose own rules of counting agree.
EITHER = Periods("刑事案件、行政案件")
HOUSE = Periods("本局规定", own=True)
UNKNOWN = Periods("")

_PERIODS: Mapping[Instrument, Periods] = MappingProxyType(
    {
        **dict.fromkeys((CPL, MPSC, SPC, SPP, CUST, DET, BAIL, CNR, CRR, ECO, LA), CRIMINAL),
        **dict.fromkeys((PSAPL, MPSA, PPL, CQ, DETC, DRUG, FRAUD, EEL, FER), ADMINISTRATIVE),
        APL: PENALTY,
        ACL: ENFORCEMENT,
        **dict.fromkeys((ARL, ARLIR), RECONSIDERATION),
        ALL: LITIGATION,
        PET: PETITIONS,
        CC: CIVIL,
        SUP: SUPERVISION,
        SCL: COMPENSATION,
        **dict.fromkeys((RPT, FIL, INJ, PROP, STOP), EITHER),
        **dict.fromkeys((PROMISE, RULE), HOUSE),
    }
)


def get_periods(instrument: Instrument) -> Periods:
    """How a rule of this instrument is counted, unless the rule says otherwise; without any article where the house does not know."""
    return _PERIODS.get(instrument, UNKNOWN)
