"""How well texts are read: precision and recall of each group of words and of each inspection, over texts that people labelled.

`python -m tests.inspections.measure` reads `labelled/*.jsonl`: sets by which words are chosen and weights learnt, and those kept apart, by which nobody
chooses any and of which no text is printed. `learn` and `unseen` are halves of one set, written by somebody who knew neither words nor cues;
`voices` and `unseen-voices` are two thirds and one third of another, in the words of callers, call-takers and officers, drawn by the hash of each
text (texts that differ by little stand in one of them), labelled before anything read them. `written` and `spoken` were written beside `learn` and
`voices`, after it was seen what of those is misread. `fresh` was written and labelled by the predicates of the catalogue before the engine read it,
hard positives and hard negatives side by side; `everyday` are 300 calls in which there is nothing to find; `short` are ways of telling one thing in a
few words.
A line: {"told": what `louke inspect` reads, "findings": the inspections that should find something, "may": those on which readers differ,
"groups": the groups of words that it affirms, "amount": the sum that was paid, or null}. Where "groups" or "amount" is missing, it is not measured by
it. A wrong sum counts as wrong and as missed.
"""

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from inspections.trial import IncidentReport, try_on

LABELLED = Path(__file__).parent / "labelled"
APART = "unseen"
"""How the names of the sets begin that nobody chooses by."""
# What nobody labels: one counts signs, the others tell how officers put things off.
_APART = {"incident-boilerplate", "POLICE", "BRUSHOFF"}


class Score(NamedTuple):
    """How often something was found rightly, wrongly, and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 1 where nothing was found."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of what there is that was found; 1 where there is nothing."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


class Miss(NamedTuple):
    """A text of which something was said that is not so, or not said that is."""

    caller: str
    wrong: tuple[str, ...]
    missed: tuple[str, ...]


class Measured(NamedTuple):
    """The scores by group, by inspection and of sums, and the texts that were misread, the worst first."""

    groups: dict[str, Score]
    findings: dict[str, Score]
    misses: list[Miss]
    amounts: Score = Score(0, 0, 0)

    @staticmethod
    def together(scores: Iterable[Score]) -> Score:
        """The score of several taken as one."""
        return Score(*map(sum, zip(*scores, strict=True)))


def lines(name: str) -> Iterator[dict[str, Any]]:
    """The labelled texts of that file."""
    with (LABELLED / f"{name}.jsonl").open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def measure(labelled: Iterable[dict[str, Any]]) -> Measured:
    """Try the inspections on every text, and hold what they say against its labels."""
    counted: dict[str, defaultdict[str, Counter[str]]] = {"groups": defaultdict(Counter), "findings": defaultdict(Counter)}
    misses, sums = [], Counter[str]()
    for line in labelled:
        tried = try_on(IncidentReport.model_validate(line["told"]))
        if "amount" in line and "PAY" not in line.get("may", ()):
            sums.update(_compare_sums(tried.amount, line["amount"]))
        said = {
            "findings": set(tried.findings) - _APART,
            "groups": {hit.group for hit in tried.hits if hit.status == "affirmed"} - _APART,
        }
        wrong, missed = list[str](), list[str]()
        for sort, found in said.items():
            if sort not in line:
                continue
            wanted, may = set(line[sort]), set(line.get("may", ()))
            for each in (found | wanted) - (may - wanted):
                outcome = "right" if each in found & wanted else "wrong" if each in found else "missed"
                counted[sort][each][outcome] += 1
                if outcome != "right":
                    (wrong if outcome == "wrong" else missed).append(each)
        if wrong or missed:
            misses.append(Miss(line["told"].get("caller", ""), tuple(sorted(wrong)), tuple(sorted(missed))))
    groups, findings = (
        {key: Score(each["right"], each["wrong"], each["missed"]) for key, each in sorted(sort.items())}
        for sort in counted.values()
    )
    amounts = Score(sums["right"], sums["wrong"], sums["missed"])
    return Measured(groups, findings, sorted(misses, key=lambda miss: -len(miss.wrong) - len(miss.missed)), amounts)


def _compare_sums(found: float | None, wanted: float | None) -> Iterator[str]:
    if found is not None:
        yield "right" if found == wanted else "wrong"
    if wanted is not None and found != wanted:
        yield "missed"


def _print(name: str, measured: Measured) -> None:
    print(f"\n{name}")
    for scores in (measured.groups, measured.findings, {"sums": measured.amounts}):
        rows = [*scores.items(), *([("all", Measured.together(scores.values()))] if len(scores) > 1 else [])]
        for key, score in rows:
            print(
                f"  {key:34} precision {score.precision:.3f}  recall {score.recall:.3f}  ({score.right} right, {score.wrong} wrong, {score.missed} missed)"
            )
    for miss in () if name.startswith(APART) else measured.misses[:10]:
        print(f"  ✗ {miss.caller[:60]}  wrong {','.join(miss.wrong) or '–'}  missed {','.join(miss.missed) or '–'}")


if __name__ == "__main__":
    for name in sys.argv[1:] or sorted(each.stem for each in LABELLED.glob("*.jsonl")):
        _print(name, measure(lines(name)))
