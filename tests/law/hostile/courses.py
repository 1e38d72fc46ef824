"""Cases as they lawfully come so far that there is something to cheat with."""

from dataclasses import dataclass, field
from typing import Any

from models.matter import Kind


@dataclass(frozen=True, slots=True)
class Usual:
    """A step as it usually goes: in the `n`-th matter of a kind, within how many minutes of the one before, and what is filled in."""

    kind: Kind
    step: str
    within: int
    said: dict[str, Any] = field(default_factory=dict)
    n: int = 0
    opens: bool = False


_CASE, _SUSPECT, _PUBLIC_ORDER = Kind.CRIMINAL_CASE, Kind.SUSPECT, Kind.PUBLIC_ORDER_CASE
_WHY = {"grounds": "理由"}
_AGAIN = {"new_facts": "新查明的事实"}
# Of whom the number is known, so that they are one person wherever they are met.
_KNOWN = {"citizen_number": "11010519491231002X", "name": "测试甲"}
ACCEPTED = Usual(_CASE, "accept-case", 0, {"charge": "xf-266", "summary": "案情"}, opens=True)
_FILED = Usual(_CASE, "file-case", 600, {"charge": "xf-266", **_WHY})
_NAMED = Usual(_CASE, "name-suspect", 600)
_DETAINED = Usual(_SUSPECT, "execute-detention", 3000, {"place": "派出所", **_WHY})
_ASKED = Usual(_SUSPECT, "request-arrest", 3000, _WHY)
_RECEIVED = Usual(_SUSPECT, "receive-arrest-request", 100)
_APPROVED = Usual(_SUSPECT, "approve-arrest", 6000)
_ARRESTED = Usual(_SUSPECT, "execute-arrest", 300, {"place": "看守所"})
_ARRESTED_AGAIN = Usual(_SUSPECT, "execute-arrest", 300, {"place": "看守所", **_AGAIN})
_RELEASED = Usual(_SUSPECT, "release", 60000, _WHY)
# From the first step to any: a case as it goes.
ORDINARY = (
    ACCEPTED,
    _FILED,
    _NAMED,
    _NAMED,
    _DETAINED,
    Usual(_SUSPECT, "extend-detention", 3000, {"extension": "+4 day", **_WHY}),
    _ASKED,
    _RECEIVED,
    _APPROVED,
    _ARRESTED,
    Usual(_SUSPECT, "discover-new-crime", 30000, {"sort": "不同种的重大犯罪", "charge": "xf-263", **_WHY}),
    Usual(_SUSPECT, "request-custody-extension", 10000, _WHY),
    Usual(_SUSPECT, "extend-custody", 3000, {"extension": "+1 month", **_WHY}),
    Usual(_CASE, "close-investigation", 10000, {"report": "理由"}),
    Usual(_CASE, "send-case", 600, {"opinion": "理由"}),
    Usual(_CASE, "receive-prosecution-case", 100),
    Usual(_CASE, "return-for-investigation", 30000, {"outline": "理由"}),
    Usual(_CASE, "send-case-again", 30000, {"outcome": "supplemented", "report": "理由"}),
)
_ARREST = (ACCEPTED, _FILED, _NAMED, _DETAINED, _ASKED, _APPROVED, _ARRESTED)
_REFUSED = (ACCEPTED, _FILED, _NAMED, _DETAINED, _ASKED, _RECEIVED, Usual(_SUSPECT, "refuse-arrest", 3000, _WHY))
_BAILED = Usual(_SUSPECT, "decide-bail", 3000, {"surety": "保证人", "guarantor": "父", **_WHY})
_SURVEILLED = Usual(_SUSPECT, "decide-surveillance", 3000, {"place": "住处", **_WHY})
_LOOK_AGAIN = Usual(_SUSPECT, "request-arrest-reconsideration", 60, _WHY)
_SECOND_CASE = (
    Usual(_CASE, "accept-case", 3000, ACCEPTED.said, n=1, opens=True),
    Usual(_CASE, "file-case", 300, _FILED.said, n=1),
    Usual(_CASE, "name-suspect", 300, _KNOWN, n=1),
)
_SUMMONED_THERE = Usual(_SUSPECT, "summon", 600, {"place": "派出所", **_WHY}, n=1)
_SUMMONED = Usual(_PUBLIC_ORDER, "summon-for-inquiry", 300, _WHY)
_KNOWN_OFFENDER = (
    Usual(_PUBLIC_ORDER, "file-public-order-case", 600, {"violation": "za-51-1", "summary": "案情", "injured": False}, opens=True),
    Usual(_PUBLIC_ORDER, "name-offender", 300, _KNOWN),
)
_PENALIZED = (
    *_KNOWN_OFFENDER,
    _SUMMONED,
    Usual(_PUBLIC_ORDER, "end-inquiry", 400),
    Usual(_PUBLIC_ORDER, "notify-penalty", 600, {"penalty": "拘留", "hearing": False, "minor": False, **_WHY}),
    Usual(
        _PUBLIC_ORDER,
        "decide-penalty",
        600,
        {
            "violation": "za-51-1",
            "penalty": "detention",
            "detention_days": 5,
            "others_pending": True,
            **dict.fromkeys(("hearing_due", "review_due", "discussion_due", "victim", "foreigner"), False),
            **_WHY,
        },
    ),
    Usual(_PUBLIC_ORDER, "enter-detention-centre", 900, {"centre": "拘留所", "term": "5 day"}),
)
# What those who hold somebody again, or twice, or too long would like best.
OTHERS = (
    (*_ARREST, _RELEASED, _ASKED, _APPROVED, _ARRESTED_AGAIN),
    (*_ARREST, _RELEASED, _APPROVED, _ARRESTED_AGAIN),
    (*_REFUSED, _LOOK_AGAIN, Usual(_SUSPECT, "approve-arrest", 60), _ARRESTED),
    (*_REFUSED, _RELEASED, _APPROVED, _ARRESTED),
    (*_ARREST, Usual(_CASE, "cancel-case", 9000, _WHY), Usual(_CASE, "reopen-case", 9000, {"explanation": "理由"}), _DETAINED),
    (ACCEPTED, _FILED, _NAMED, _BAILED, Usual(_SUSPECT, "lift-bail", 500_000, _WHY), _BAILED),
    (ACCEPTED, _FILED, _NAMED, _SURVEILLED, Usual(_SUSPECT, "lift-surveillance", 250_000, _WHY), _SURVEILLED),
    (ACCEPTED, _FILED, Usual(_CASE, "name-suspect", 600, _KNOWN), *_SECOND_CASE, _DETAINED, _SUMMONED_THERE),
    (ACCEPTED, _FILED, Usual(_CASE, "name-suspect", 600, _KNOWN), *_KNOWN_OFFENDER, _DETAINED, _SUMMONED),
    _PENALIZED,
    (
        *_PENALIZED,
        Usual(_PUBLIC_ORDER, "apply-for-suspension", 3000, {"cause": "复议或者诉讼", "applicant": "本人"}),
        Usual(_PUBLIC_ORDER, "suspend-detention", 600, {"surety": "担保人", "days_left": 2, **_WHY}),
        Usual(_PUBLIC_ORDER, "enter-detention-centre", 9000, {"centre": "拘留所", "term": "2 day"}),
    ),
)
