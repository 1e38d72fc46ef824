"""What was written into an incident or a letter (警情、来信文本), read for risk words: by the caller, and by the officers who went."""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from inspections.evidence import Quoted
from inspections.snapshot import Snapshot
from inspections.text.cues import STOP, Status
from inspections.text.lexicon import Changed
from inspections.text.reading import Mention, Reading, Speaker, read
from inspections.text.word_files import get_circumstance
from models.forms.dispatching import ArriveOnScene, HandleScene
from models.forms.incident import ClassifyIncident, CloseIncident, OpenIncident, ReclassifyIncident, TellNotOurs
from models.forms.letter import OpenLetter

# By the step, the fields in which somebody says what happened, and who says it.
_WRITTEN: dict[str, tuple[Speaker, tuple[str, ...]]] = {
    OpenIncident.rule.step: ("caller", ("kind", "narrative")),
    OpenLetter.rule.step: ("caller", ("narrative",)),
    ArriveOnScene.rule.step: ("officer", ("found",)),
    HandleScene.rule.step: ("officer", ("measures",)),
    ClassifyIncident.rule.step: ("officer", ("reason",)),
    ReclassifyIncident.rule.step: ("officer", ("reason",)),
    TellNotOurs.rule.step: ("officer", ("told",)),
    CloseIncident.rule.step: ("officer", ("outcome",)),
}


def read_texts(incident: Snapshot) -> tuple[Reading, ...]:
    """Every text of that incident, in the order of its journal.

    Where one of them says that it was all a film, a game or a drill, or that the caller takes it back, no word of them is affirmed any more.
    """
    return _read(
        tuple(
            _Written(step.seq, field, str(written), said_by)
            for step in incident.steps
            for said_by, fields in [_WRITTEN.get(step.step, ("officer", ()))]
            for field in fields
            if (written := step.values.get(field))
        ),
        incident.settings.words,
    )


class _Written(NamedTuple):
    """A text: the entry and the field of its form that hold it, and who said it."""

    seq: int
    field: str
    text: str
    said_by: Speaker


@lru_cache(maxsize=1024)
def _read(written: tuple[_Written, ...], changed: Changed) -> tuple[Reading, ...]:
    texts = [replace(read(each.text, each.said_by, changed), seq=each.seq, field=each.field) for each in written]
    explained = next((found[0] for text in texts if (found := get_circumstance("explained").search(text.normal.text))), "")
    return tuple(text.mark_unreal(explained) if explained else _mark_found_otherwise(text) for text in texts)


def _mark_found_otherwise(text: Reading) -> Reading:
    """The text, with nothing affirmed where it says itself that what was found there was something else: 上门系搬衣柜."""
    for found in get_circumstance("found-there").finditer(text.normal.text):
        stop = STOP.search(text.normal.text, found.end())
        end = stop.start() if stop else len(text.normal.text)
        what = text.normal.text[found.end() : end]
        if not get_circumstance("no-explanation").search(what) and not any(found.end() <= hit.start < end for hit in text.hits):
            return text.mark_unreal(text.normal.text[found.start() : end])
    return text


def quote_mentions(mentions: Iterable[Mention]) -> tuple[Quoted, ...]:
    """Those words as evidence, each once for each field that holds it."""
    found = dict[tuple[int, str, str], Quoted]()
    for text, hit in mentions:
        start, end = text.normal.get_original_span(hit.start, hit.end)
        found.setdefault((text.seq, text.field, hit.word), Quoted(text.seq, text.field, hit.word, start, end))
    return tuple(found.values())


def list_denied_by_officer(mentions: Iterable[Mention], texts: Iterable[Reading]) -> list[Mention]:
    """Where an officer denies what only the caller affirms: the denials, which do not silence the caller (谁说的算谁的)."""
    affirmed = [*mentions]
    if any(each.text.said_by == "officer" for each in affirmed):
        return []
    groups = {each.hit.group for each in affirmed}
    return [
        Mention(text, hit)
        for text in texts
        if text.said_by == "officer"
        for hit in text.hits
        if hit.group in groups and hit.status is Status.NEGATED
    ]
