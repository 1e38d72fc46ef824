"""Credit (折抵): the days somebody was deprived of liberty for an act before they are detained for it as a punishment."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from math import ceil

from law.legal_fact import LegalFact
from law.measures import list_periods

# What counts: measures of criminal procedure that hold somebody, and detention for review. Being questioned, summoned, stopped or
# restrained until sober does not (MPSA 163).
CREDITED = frozenset({"detention", "arrest", "recapture", "taken-back", "foreigner-review"})
_DAY = timedelta(days=1)

Span = tuple[datetime, datetime]


def list_custody_spans(facts: Iterable[LegalFact], until: datetime) -> list[Span]:
    """From when until when somebody was held so, before `until`; one measure that follows another at once is one span with it."""
    spans: list[Span] = []
    for each in list_periods(facts):
        if each.measure.id not in CREDITED or each.begun_at >= until:
            continue
        ended = min(each.ended_at or until, until)
        if spans and each.begun_at <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], ended))
        else:
            spans.append((each.begun_at, ended))
    return spans


def count_days(spans: Iterable[Span]) -> int:
    """How many days these are: each begun day of 24 hours is one, which favours whoever was held."""
    return sum(ceil((end - begin) / _DAY) for begin, end in spans)
