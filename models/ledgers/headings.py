"""Finding the headings of a ledger (表头): within the first rows of any sheet, in one row or two, below a title."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.ledgers.cells import Cell
from models.ledgers.words import INCIDENTS, Vocabulary

# Rows that are searched; a title, the unit and a date often come first.
WITHIN = 10
# Recognised words that make a row one of headings; a single one may be anything.
_FEWEST = 2

Rows = Sequence[tuple[int, Sequence[Cell]]]


@dataclass(frozen=True, slots=True)
class Headings:
    """Headings that were found.

    `sheet` is the index of the sheet, `row` the row number of the (lower) row of headings, `after` the index of the first row of data.
    `columns` are the fields by column index, `repeated` the headings of a field that occur twice.
    """

    sheet: int
    row: int
    words: tuple[str, ...]
    after: int
    columns: Mapping[int, str]
    repeated: tuple[str, ...] = ()


def find_headings(
    sheets: Sequence[Rows],
    known: Mapping[str, str] | None = None,
    vocabulary: Vocabulary = INCIDENTS,
    needed: frozenset[str] = frozenset(),
) -> Headings | None:
    """The row of headings with the most recognised fields in all sheets; None where there is none.

    `known` are the fields of headings that the unit has defined. A row without all of the fields `needed` is no candidate.
    """
    best: Headings | None = None
    for sheet, rows in enumerate(sheets):
        for at in range(min(WITHIN, len(rows))):
            for lines in (1, 2):
                candidate = _find_candidate(sheet, rows, at, lines, known or {}, vocabulary)
                if (
                    candidate
                    and needed <= set(candidate.columns.values())
                    and (best is None or len(candidate.columns) > len(best.columns))
                ):
                    best = candidate
    return best


def _find_candidate(
    sheet: int, rows: Rows, at: int, lines: int, known: Mapping[str, str], vocabulary: Vocabulary
) -> Headings | None:
    if at + lines > len(rows):
        return None
    number, lower = rows[at + lines - 1]
    words = tuple(each.text for each in lower)
    if lines == 2:
        words = _merge_rows([each.text for each in rows[at][1]], words, vocabulary)
        if words is None:
            return None
    columns, repeated = match_fields(words, known, vocabulary)
    return Headings(sheet, number, words, at + lines, columns, repeated) if len(columns) >= _FEWEST else None


def _merge_rows(upper: Sequence[str], lower: Sequence[str], vocabulary: Vocabulary) -> tuple[str, ...] | None:
    """The headings of two rows, where the upper one groups columns or a heading spans both; None where the lower row is data."""
    width = max(len(upper), len(lower))
    meant = vocabulary.find_field
    above = [*upper, *[""] * (width - len(upper))]
    below = [*lower, *[""] * (width - len(lower))]
    words, group = [], ""
    for over, under in zip(above, below, strict=True):
        group = over or (group if under else "")
        # Group and part together name a field (报警人 · 姓名), or the part alone does.
        together = f"{group}{under}" if under and group else ""
        words.append(next((each for each in (together, under, over) if each and meant(each)), under or over))
    # Below a complete heading comes data, unless the lower row has headings of its own.
    return (
        tuple(words)
        if any(
            (under and meant(under)) or (over and under and meant(f"{over}{under}"))
            for over, under in zip(above, below, strict=True)
        )
        else None
    )


def match_fields(
    words: Sequence[str], known: Mapping[str, str], vocabulary: Vocabulary = INCIDENTS
) -> tuple[dict[int, str], tuple[str, ...]]:
    """The field of each column, and the headings that occur twice. Of two synonyms of one field the preferred one is read."""
    best: dict[str, tuple[int, int]] = {}
    twice: list[str] = []
    for place, word in enumerate(words):
        said = (known[word], -1) if known.get(word) else None if word in known else vocabulary.find_field(word) if word else None
        if said is None:
            continue
        field, rank = said
        before = best.get(field)
        if before and before[0] == rank:
            twice.append(word)
        if before is None or rank < before[0]:
            best[field] = (rank, place)
    return {place: field for field, (_, place) in best.items()}, tuple(dict.fromkeys(twice))


def guess_headings(sheets: Sequence[Rows]) -> tuple[int, int, tuple[str, ...]]:
    """Where none were found, what to show the user: index of the sheet, row number and words of the fullest row."""
    every = [
        (sheet, number, tuple(each.text for each in cells)) for sheet, rows in enumerate(sheets) for number, cells in rows[:WITHIN]
    ]
    return max(every, key=lambda each: sum(bool(word) for word in each[2]), default=(0, 0, ()))
