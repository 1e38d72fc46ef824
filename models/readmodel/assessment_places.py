"""Who stands where (排名): units of one class of peers by the results of their sheets."""

from models.assessment.scoring import Interval, rank
from models.readmodel.assessment_shapes import AssessmentSheet, Ranked


def rank_units(sheets: list[AssessmentSheet]) -> list[Ranked]:
    """Each class of peers by its results; who belongs to none, or has no result, has no rank and comes last."""
    placed = {
        each.unit: each
        for peers in {sheet.peers for sheet in sheets if sheet.peers}
        for each in rank(
            {
                sheet.unit: (sheet.result, Interval(sheet.low, sheet.high))
                for sheet in sheets
                if sheet.peers == peers and sheet.result is not None and sheet.low is not None and sheet.high is not None
            }
        )
    }

    def told(sheet: AssessmentSheet) -> Ranked:
        place = placed.get(sheet.unit)
        return Ranked(
            unit=sheet.unit,
            unit_zh=sheet.unit_zh,
            peers=sheet.peers,
            result=sheet.result,
            low=sheet.low,
            high=sheet.high,
            band=sheet.band,
            rank=place and place.rank,
            chance=bool(place and place.chance),
        )

    return sorted(map(told, sheets), key=lambda each: (each.rank is None, each.peers, each.rank or 0, each.unit))
