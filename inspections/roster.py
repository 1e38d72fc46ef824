"""Whether people hold just the offices that the bureau's journal gave them. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from law.offices import Office

Seat = tuple[str, str, str]


@dataclass(slots=True)
class Roster:
    """Who holds which office where, who is in service, and who took over from whom, as entries tell; `begun` once it was written down whole."""

    begun: bool = False
    held: dict[Seat, bool] = field(default_factory=dict[Seat, bool])
    active: dict[str, bool] = field(default_factory=dict[str, bool])
    heirs: dict[str, set[str]] = field(default_factory=dict[str, set[str]])

    def hear(self, content: Mapping[str, Any]) -> None:
        """Take one entry in, in the order of time."""
        username, unit, office = (content.get(name) for name in ("username", "unit", "office"))
        if content.get("step") == "found-bureau":
            office = Office.ADMINISTRATOR
        if isinstance(content.get("roster"), list):
            self.begun = True
            self.held |= {(str(name), str(where), str(what)): True for name, where, what in content["roster"]}
        if isinstance(content.get("people"), list):
            self.active |= {str(name): True for name in content["people"]}
        if all(isinstance(each, str) for each in (username, unit, office)):
            self.held[str(username), str(unit), str(office)] = content.get("step") != "withdraw-office"
        if content.get("step") in ("enrol-person", "found-bureau"):
            self.active[str(username)] = True
        new = content.get("new")
        if isinstance(new, dict) and isinstance(new.get("active"), bool):
            self.active[str(username)] = new["active"]
        if isinstance(content.get("successor"), str) and content["successor"]:
            self.heirs.setdefault(str(username), set()).add(content["successor"])

    def differences(self, held: Iterable[Seat], active: Mapping[str, bool]) -> Iterator[str]:
        """Where the tables of people say something else; before the roster was written down whole, only of those whom an entry names."""
        there = set(held)
        missing = [seat for seat, holds in self.held.items() if holds and seat not in there]
        unfounded = [seat for seat in there if self.held.get(seat, not self.begun) is False]
        yield from (f"任职表缺少日志所载的任职：{username} {office}@{unit}" for username, unit, office in sorted(missing))
        yield from (f"任职表有日志没有依据的任职：{username} {office}@{unit}" for username, unit, office in sorted(unfounded))
        for username, is_active in sorted(active.items()):
            if self.active.get(username, is_active if not self.begun else False) != is_active:
                yield f"人员表与日志不一致：{username} 是否在用"

    def unfounded(self, held: Iterable[Seat]) -> int:
        """How many offices were given before the journal told of it, so that nothing proves them."""
        return 0 if self.begun else sum(seat not in self.held for seat in held)
