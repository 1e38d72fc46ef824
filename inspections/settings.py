"""What holds in a unit (本局设定): the figures by which inspections find, the words by which they read, and which of them are switched off."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol

from inspections.parameter import Parameter
from inspections.text.lexicon import Changed, Group
from law.reasons import format_minute

# By what a setting is named: the sort, and the parameter, the group of words, or the inspection.
FIGURE, WORDS, SWITCH = "figure", "words", "switch"
TAKEN_BACK = "taken_back"
"""What a value says by which a unit has nothing of its own any more."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds in one unit: the newest edition of anything that was set there, and what that comes to.

    `off` says of each inspection that is switched off until when; `editions` by which edition each name holds. What is not named holds as
    the house has it.
    """

    edition: int = 0
    editions: Mapping[str, int] = field(default_factory=dict[str, int])
    figures: Mapping[str, int] = field(default_factory=dict[str, int])
    words: Changed = ()
    off: Mapping[str, datetime] = field(default_factory=dict[str, datetime])

    def get_figure(self, parameter: Parameter) -> int:
        """The figure that holds."""
        return self.figures.get(parameter.id, parameter.default)

    def is_off(self, inspection: str, at: datetime) -> bool:
        """Whether that inspection is switched off then."""
        return inspection in self.off and at < self.off[inspection]

    def replace_value(self, name: str, value: Mapping[str, Any]) -> "Settings":
        """The same with that name set to that value, in place of what it was."""
        sort, _, of = name.partition("/")
        if sort == FIGURE:
            return replace(self, figures={**self.figures, of: value["figure"]})
        if sort == WORDS:
            others = [each for each in self.words if each[0] != of]
            own = (Group(of), tuple(value["added"]), tuple(value["removed"]))
            return replace(self, words=tuple(sorted([*others, *([own] if own[1] or own[2] else [])])))
        off = {each: until for each, until in self.off.items() if each != of}
        return replace(self, off=off | ({of: datetime.fromisoformat(value["off_until"])} if value["off_until"] else {}))


HOUSE = Settings()
"""What holds where nobody has set anything."""


class SetThen(Protocol):
    """Something that was set: its edition, the path and name of the unit, its name and value, since when and by whom."""

    @property
    def id(self) -> int: ...
    @property
    def path(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def value(self) -> Mapping[str, Any]: ...
    @property
    def unit_zh(self) -> str: ...
    @property
    def since(self) -> datetime: ...
    @property
    def proposed_by_zh(self) -> str: ...
    @property
    def confirmed_by_zh(self) -> str: ...


def get_settings(path: str, editions: Iterable[SetThen], edition: int | None = None) -> Settings:
    """What holds in the unit of that path: of each name the nearest unit's newest. `edition`: as it was once that edition was set."""
    upward = [each for each in editions if path.startswith(each.path) and (edition is None or each.id <= edition)]
    latest = {(len(each.path), each.name): each for each in sorted(upward, key=lambda one: one.id)}
    # The nearest last; what a unit took back leaves what is set above it.
    nearest = {name: latest[far, name] for far, name in sorted(latest) if not latest[far, name].value.get(TAKEN_BACK)}
    newest = max((each.id for each in upward), default=0)
    settings = Settings(newest, {name: each.id for name, each in nearest.items()})
    for name, holds in nearest.items():
        settings = settings.replace_value(name, holds.value)
    return settings


def describe_figures(uses: Iterable[Parameter], settings: Settings, editions: Iterable[SetThen]) -> tuple[str, ...]:
    """The figures by which an inspection finds, as people read them: each with who set it, and by which edition."""
    known = {each.id: each for each in editions}
    return tuple(
        f"{each.label}：{each.describe_figure(settings.get_figure(each))}（{_set_by(known.get(settings.editions.get(f'{FIGURE}/{each.id}', 0)))}）"
        for each in uses
    )


def _set_by(edition: SetThen | None) -> str:
    if edition is None:
        return "通用值，本局没有另行设定"
    since = format_minute(edition.since)
    return f"{edition.unit_zh}第{edition.id}版，自{since}起，{edition.proposed_by_zh}提请、{edition.confirmed_by_zh}确认"
