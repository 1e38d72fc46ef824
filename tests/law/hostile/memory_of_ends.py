"""What hangs on a matter that ends, as the statements of `activities/features/ends.py` find it in memory."""

from datetime import datetime
from types import SimpleNamespace as Row
from typing import Any

from law.calendar import SHANGHAI
from models.matter import Kind
from models.store.mappers import RUNNING

Answer = list[Any]
_FIRST = datetime(1949, 10, 1, tzinfo=SHANGHAI)


class Hanging:
    """Answers over the tables of the bureau in memory."""

    matters: dict[str, Any]
    facts: dict[str, list[Any]]
    clocks: dict[str, dict[str, dict[str, Any]]]
    parties: dict[str, dict[str, dict[str, Any]]]

    def hanging(self, said: dict[str, Any]) -> Answer:
        types = {Kind.SUSPECT: "person", Kind.EXHIBIT: "exhibit", Kind.RECTIFICATION_ORDER: "order"}
        number = said["number"]
        rows = []
        for each in self.matters.values():
            below = each.parent == number
            if below and each.kind in types and not each.final:
                rows.append(Row(type=types[Kind(each.kind)], number=each.number, name=each.title, stage=each.stage))
            for request in each.requests:
                own = each.number == number and request["step"] != said["step"]
                if own or (below and each.kind in (Kind.SUSPECT, Kind.EXHIBIT)):
                    rows.append(Row(type="request", number=each.number, name=request["step"], stage=""))
        return sorted(rows, key=lambda row: (row.type, row.number))

    def duties(self, said: dict[str, Any]) -> Answer:
        rows = []
        for each in self.matters.values():
            person = each.parent == said["number"] and each.kind == Kind.SUSPECT and not each.final
            if each.number == said["number"] or person:
                running = (row for row in self.clocks[each.number].values() if row["state"] in RUNNING)
                rows += [
                    Row(
                        matter=each.number,
                        limit_id=row["limit_id"],
                        zh=row["zh"],
                        due_at=datetime.fromisoformat(row["due_at"]) if row["due_at"] else None,
                        basis=row["basis"],
                        stage=each.stage,
                        id=row["id"],
                    )
                    for row in running
                ]
        return sorted(rows, key=lambda row: (row.due_at is None, row.due_at or _FIRST, row.id))

    def of_people(self, said: dict[str, Any]) -> Answer:
        below = [each.number for each in self.matters.values() if each.parent == said["number"] and each.kind == Kind.SUSPECT]
        return [row for number in sorted({said["number"], *below}) for row in self.facts[number]]

    def named(self, said: dict[str, Any]) -> Answer:
        matters = [Row(about=each, name=self.matters[each].title) for each in said["people"] if each in self.matters]
        own = self.parties[said["number"]]
        return [*matters, *(Row(about=each, name=own[each]["name"]) for each in said["people"] if each in own)]

    def case_of(self, said: dict[str, Any]) -> Answer:
        found, ahead = {}, [said["parent"]]
        while ahead:
            case = self.matters.get(ahead.pop())
            if case is None or case.number in found:
                continue
            found[case.number] = case
            if case.stage == "merged":
                own = (row for row in self.facts[case.number] if row.fact == said["merged"] and "told_by" not in row.said)
                ahead += [row.about for row in own]
        return [Row(number=number, stage=case.stage) for number, case in sorted(found.items()) if case.stage != "merged"]

    def stands(self, said: dict[str, Any]) -> Answer:
        """As `ends.STANDS`."""
        case = self.matters.get(said["parent"])
        return [Row(stage=case.stage)] if case else []

    def how_it_ended(self, said: dict[str, Any]) -> Answer:
        rows = [row for row in self.facts[said["number"]] if row.fact in said["by"]]
        return sorted(rows, key=lambda row: (row.at, row.seq), reverse=True)[:1]
