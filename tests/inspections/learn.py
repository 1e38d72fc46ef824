"""Learns the weights by which texts are weighed, from texts that people labelled: `python -m tests.inspections.learn`.

It reads the sets named in `SETS`, never one that is kept apart, and writes `inspections/text/weights.tsv`: the same bytes of the same texts. Each
thing that texts may tell has a linear support vector machine, found by coordinate descent on its dual (Hsieh et al., 2008). A mark counts more, the
fewer texts hold it, and a text that tells the thing more than one that does not, since few do: folds of the labelled sets showed both.
`python -m tests.inspections.learn --folds` learns from four fifths and measures on the fifth that was left out, five times.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import log
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from inspections.text import weighing
from inspections.text.reading import Reading
from inspections.text.weighing import Told, get_scale, weigh_marks
from inspections.texts import read_texts
from inspections.trial import IncidentReport, build_incident
from tests.inspections.measure import Score, lines

SETS = ("learn", "voices", "spoken", "tuned", "written", "fresh", "everyday", "short")
WEIGHTS = Path(weighing.__file__).parent / "weights.tsv"
RAREST = 3
"""Texts that hold a mark, so that it is learnt."""
COST = 0.05
"""What a text that stands on the wrong side costs, against heavy weights."""
TELLING = 1.5
"""How much more one costs that tells the thing and is taken not to."""
ROUNDS = 40
_LIGHT = ("dispute", "help", "consultation", "complaint")


class Sample(NamedTuple):
    """A labelled text: the numbers of its marks and how much each counts, and what it tells; what its label leaves open is missing."""

    marks: tuple[tuple[int, float], ...]
    told: dict[str, bool]


def told_of(line: dict[str, Any]) -> dict[str, bool]:
    """What a labelled text tells, as far as its label says so: an inspection that could not look at it leaves that open."""
    told, groups = line["told"], {*line.get("groups", ())}
    found, open_ = {*line["findings"]}, {*line.get("may", ())} - {*line["findings"]} - groups
    papers, given = told.get("papers", ()), told.get("classification")
    mediated = given == "mediation" and "治安调解协议书" in papers
    foreign = told.get("end") == "told_not_ours"
    looked_at: dict[Told, tuple[str, bool, set[str]]] = {
        Told.VIOLENCE: ("fight-as-mediation", not mediated, {"INJ"})
        if given == "mediation"
        else ("fight-as-dispute", given in _LIGHT, {"INJ"}),
        Told.THEFT: ("theft-as-loss", given in ("help", "dispute"), {"THEFT"}),
        Told.SEXUAL: ("sexual-as-dispute", True, {"SEX"}),
        Told.DOMESTIC: ("domestic-violence-thin", not foreign and "家庭暴力告诫书" not in papers, {"DV"}),
        Told.THREAT: ("threat-ignored", True, {"THREAT"}),
        Told.CONFINEMENT: ("threat-ignored", True, {"CONFINE"}),
        Told.MINOR: ("minor", True, set()),
        Told.CRIME: ("crime-type-open", not mediated and not (foreign and "告知记录" in papers), set()),
    }
    known = dict[str, bool]()
    for each, (rule, could, group) in looked_at.items():
        id_ = f"incident-{rule}"
        if id_ in open_:
            continue
        if each in (Told.THREAT, Told.CONFINEMENT) and id_ in found:
            # One inspection looks for both, and the groups say which it was.
            known[each] = bool(groups & group) or (each is Told.THREAT and not groups & {"THREAT", "CONFINE"})
        elif id_ in found or (could and not told.get("case")):
            known[each] = id_ in found
        elif group and "groups" in line:
            known[each] = bool(groups & group)
    if "groups" in line:
        lone = {Told.GRAVE, Told.PAY, Told.NOGOODS, Told.UNREACH, Told.SCAM, Told.YOUNG}
        known |= {each: each.value in groups for each in Told if each in lone and each.value not in open_}
    if (fraud := _fraud(line, groups, known)) is not None and "incident-fraud-as-dispute" not in open_:
        known[Told.FRAUD] = fraud
    return known


def _fraud(line: dict[str, Any], groups: set[str], known: dict[str, bool]) -> bool | None:
    """Whether it tells of a fraud, however small the sum."""
    if "incident-fraud-as-dispute" in line["findings"]:
        return True
    told = line["told"]
    if "groups" in line and not groups & {"PAY", "SCAM"}:
        return False
    looked_at = told.get("classification") in ("dispute", "consultation") and not told.get("case")
    if looked_at and (line.get("amount") or 0) >= 3_000:
        return False
    if known.get(Told.CRIME) is False:
        return False
    cheated = "PAY" in groups and bool(groups & {"SCAM", "UNREACH"})
    return True if cheated and known.get(Told.CRIME) else None


def samples(files: Iterable[str]) -> tuple[list[Sample], Mapping[str, float]]:
    """The labelled texts of these files, and the marks that enough of them hold, in their order, with how much each counts."""
    labelled = [line for file in files for line in lines(file)]
    held = [weigh_marks(_texts(line)) for line in labelled]
    counted = Counter(mark for marks in held for mark in marks)
    # As a rule a mark of one text in twenty counts as its sort does.
    counts = {mark: get_scale(mark) * log(len(held) / times) / 3 for mark, times in sorted(counted.items()) if times >= RAREST}
    numbers = {mark: number for number, mark in enumerate(counts)}
    return [
        Sample(tuple((numbers[mark], counts[mark]) for mark in sorted(marks) if mark in numbers), told_of(line))
        for marks, line in zip(held, labelled, strict=True)
    ], counts


def _texts(line: dict[str, Any]) -> tuple[Reading, ...]:
    return read_texts(build_incident(IncidentReport.model_validate(line["told"])))


def learnt(known: Sequence[tuple[Sample, bool]], size: int) -> list[float]:
    """The weight of each of so many marks, and last what holds without any, by texts of which it is known whether they tell it."""
    weights, shares = [0.0] * (size + 1), [0.0] * len(known)
    slacks = [1 / (2 * COST * (TELLING if told else 1)) for _, told in known]
    norms = [sum(value * value for _, value in each.marks) + 1 + slack for (each, _), slack in zip(known, slacks, strict=True)]
    order, random = [*range(len(known))], Random(0)
    for turn in range(ROUNDS):
        random.shuffle(order)
        # What stands clear of the border seldom comes back to it: three rounds of four are for the others.
        for at in order if turn % 4 == 0 else [each for each in order if shares[each]]:
            sample, told = known[at]
            sign = 1 if told else -1
            margin = weights[size] + sum(weights[mark] * value for mark, value in sample.marks)
            share = max(shares[at] - (sign * margin - 1 + shares[at] * slacks[at]) / norms[at], 0.0)
            if moved := (share - shares[at]) * sign:
                shares[at] = share
                weights[size] += moved
                for mark, value in sample.marks:
                    weights[mark] += moved * value
    return weights


def of(told: str, known: Iterable[Sample]) -> list[tuple[Sample, bool]]:
    """Those of which it is known whether they tell that."""
    return [(each, each.told[told]) for each in known if told in each.told]


def folds(many: int = 5) -> Iterator[tuple[str, Score]]:
    """How well each thing is told of the first two sets, each fifth by weights that were learnt without it."""
    everything, counts = samples(SETS)
    first = sum(1 for set_ in SETS[:2] for _ in lines(set_))
    for told in Told:
        outcomes = Counter[str]()
        for fold in range(many):
            weights = learnt(
                of(told, (each for at, each in enumerate(everything) if at >= first or at % many != fold)), len(counts)
            )
            for each, wanted in of(told, everything[:first][fold::many]):
                found = weights[-1] + sum(weights[mark] * value for mark, value in each.marks) > 0
                outcomes["right" if found and wanted else "wrong" if found else "missed" if wanted else ""] += 1
        yield told, Score(outcomes["right"], outcomes["wrong"], outcomes["missed"])


def write() -> None:
    """Learn from all of them, and write the weights: thousandths, by what a mark counts; those that say next to nothing are left out."""
    everything, counts = samples(SETS)
    columns = [learnt(of(told, everything), len(counts)) for told in Told]
    rows = ["\t".join(("", *Told))]
    for number, (mark, count) in [(len(counts), ("", 1.0)), *enumerate(counts.items())]:
        cells = [round(1000 * weights[number] * count) for weights in columns]
        if mark == "" or max(map(abs, cells)) >= 5:
            rows.append("\t".join((mark, *(str(cell) if mark == "" or abs(cell) >= 2 else "" for cell in cells))))
    WEIGHTS.write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if "--folds" in sys.argv:
        for told, score in folds():
            print(f"{told:12} precision {score.precision:.3f}  recall {score.recall:.3f}  {score}")
    else:
        write()
