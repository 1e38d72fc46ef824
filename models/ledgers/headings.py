"""Where the headings of a ledger stand (表头): among the first rows of every sheet, in one row or in two, under a merged title."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.ledgers.cells import Cell
from models.ledgers.words import INCIDENTS, Vocabulary

# Titles, the unit that fills it in and a date stand above.
WITHIN = 10
# One word may stand anywhere; several side by side are headings.
_FEWEST = 2

Rows = Sequence[tuple[int, Sequence[Cell]]]


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings that were found: in which `sheet`, in which `row` of the file the (lower) one stands, their words, and `after` how many rows data begin."""

    sheet: int
    row: int
    words: tuple[str, ...]
    after: int
    columns: Mapping[int, str]
    repeated: tuple[str, ...] = ()


def found(
    sheets: Sequence[Rows],
    known: Mapping[str, str] | None = None,
    vocabulary: Vocabulary = INCIDENTS,
    needed: frozenset[str] = frozenset(),
) -> Headings | None:
    """The likeliest headings among all sheets; `known` are headings that a unit has said the field of. None where no row is empty of doubt.

    Whatever lacks one of the fields `needed` is none.
    """
    best: Headings | None = None
    for sheet, rows in enumerate(sheets):
        for at in range(min(WITHIN, len(rows))):
            for lines in (1, 2):
                candidate = _candidate(sheet, rows, at, lines, known or {}, vocabulary)
                if (
                    candidate
                    and needed <= set(candidate.columns.values())
                    and (best is None or len(candidate.columns) > len(best.columns))
                ):
                    best = candidate
    return best


def _candidate(sheet: int, rows: Rows, at: int, lines: int, known: Mapping[str, str], vocabulary: Vocabulary) -> Headings | None:
    if at + lines > len(rows):
        return None
    number, lower = rows[at + lines - 1]
    words = tuple(each.text for each in lower)
    if lines == 2:
        words = _joined([each.text for each in rows[at][1]], words, vocabulary)
        if words is None:
            return None
    columns, repeated = fields_of(words, known, vocabulary)
    return Headings(sheet, number, words, at + lines, columns, repeated) if len(columns) >= _FEWEST else None


def _joined(upper: Sequence[str], lower: Sequence[str], vocabulary: Vocabulary) -> tuple[str, ...] | None:
    """The headings of two rows: a group above several columns, or one heading over both rows; None where the lower row is data."""
    width = max(len(upper), len(lower))
    meant = vocabulary.meant
    above = [*upper, *[""] * (width - len(upper))]
    below = [*lower, *[""] * (width - len(lower))]
    words, group = [], ""
    for over, under in zip(above, below, strict=True):
        group = over or (group if under else "")
        # A group and its part name a field together (报警人 · 姓名) or the part does alone.
        together = f"{group}{under}" if under and group else ""
        words.append(next((each for each in (together, under, over) if each and meant(each)), under or over))
    # Whatever stands below an upper heading that is one by itself is data, unless the lower row has headings of its own.
    return (
        tuple(words)
        if any(
            (under and meant(under)) or (over and under and meant(f"{over}{under}"))
            for over, under in zip(above, below, strict=True)
        )
        else None
    )


def fields_of(
    words: Sequence[str], known: Mapping[str, str], vocabulary: Vocabulary = INCIDENTS
) -> tuple[dict[int, str], tuple[str, ...]]:
    """Which column fills which field, and the headings that stand there twice; of two words for one field the better is read."""
    best: dict[str, tuple[int, int]] = {}
    twice: list[str] = []
    for place, word in enumerate(words):
        said = (known[word], -1) if known.get(word) else None if word in known else vocabulary.meant(word) if word else None
        if said is None:
            continue
        field, rank = said
        before = best.get(field)
        if before and before[0] == rank:
            twice.append(word)
        if before is None or rank < before[0]:
            best[field] = (rank, place)
    return {place: field for field, (_, place) in best.items()}, tuple(dict.fromkeys(twice))


def likeliest(sheets: Sequence[Rows]) -> tuple[int, int, tuple[str, ...]]:
    """Sheet, row and words of what looks most like headings, where none were found: the fullest of the first rows."""
    every = [
        (sheet, number, tuple(each.text for each in cells)) for sheet, rows in enumerate(sheets) for number, cells in rows[:WITHIN]
    ]
    return max(every, key=lambda each: sum(bool(word) for word in each[2]), default=(0, 0, ()))
