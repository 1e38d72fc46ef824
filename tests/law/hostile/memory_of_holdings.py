"""What somebody is held by in other matters, as the statements of `activities/identity.py` find it in memory."""

from types import SimpleNamespace as Row
from typing import Any

from models.matter import Kind


class Holding:
    """Answers over the tables of the bureau in memory."""

    matters: dict[str, Any]
    facts: dict[str, list[Any]]
    parties: dict[str, dict[str, dict[str, Any]]]

    def beside(self, said: dict[str, Any]) -> list[Any]:
        """As `identity.BESIDE`."""
        family = self._family(said["number"])
        told = []
        for number, people in self.parties.items():
            own = [row for row in self.facts[number] if row.fact in said["facts"] and "told_by" not in row.said]
            for who in people.values() if own and number != said["number"] else ():
                if number in family or _bears(who, said):
                    about = [row for row in own if row.about in _abouts(number, who)]
                    told += [Row(**(vars(row) | {"matter": number, "who": who, "family": number in family})) for row in about]
        return sorted(told, key=lambda row: (row.matter, row.about, row.at, row.seq, row.n))

    def suspects_around(self, said: dict[str, Any]) -> list[Any]:
        """As `identity.SUSPECTS_AROUND`."""
        return [
            Row(**self.parties[each]["suspect"], number=each, parent=self.matters[each].parent, final=self.matters[each].final)
            for each in sorted(self._family(said["number"]))
            if self.matters[each].kind == Kind.SUSPECT and "suspect" in self.parties[each]
        ]

    def strangers(self, said: dict[str, Any]) -> list[Any]:
        """As `known_twice.STRANGERS`."""
        family, roles = self._family(said["number"]), {"suspect", "offender", "questioned"}
        return [
            Row(number=number, unit_id=self.matters[number].unit, officer=self.matters[number].officer, name=who["name"])
            for number, people in sorted(self.parties.items())
            for who in people.values()
            if number not in family
            and not self.matters[number].final
            and who["citizen_id"] == said["citizen_id"]
            and not roles.isdisjoint(who["roles"])
        ]

    def _family(self, number: str) -> set[str]:
        raise NotImplementedError


def _bears(who: dict[str, Any], said: dict[str, Any]) -> bool:
    """Whether somebody bears one of the numbers."""
    known = {"citizen_id": who["citizen_id"], "travel_document": who["said"].get("travel_document")}
    return any(value and said.get(name) == value for name, value in known.items())


def _abouts(number: str, who: dict[str, Any]) -> set[str]:
    """Under what facts of the matter speak of somebody."""
    if who["id"] == Kind.SUSPECT:
        return {number}
    ids = (who["id"], *who["said"].get("also", "").split())
    return {f"{number}/{each.removeprefix('person-')}" for each in ids if each.startswith("person-")}
