"""Comings and goings (登录记录) on their way to the traces: who came, and how many of those who keep coming are told one by one."""

import json
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from law.calendar import SHANGHAI
from models.journal import canonical
from models.readmodel.sign_ins import OwnComing
from models.store.traces import Trace
from models.trace_shapes import Coming
from runtime.encryption import KeyRing, Unreadable

# What one comer does so often in a minute, and what all who are kept out do together, is told one by one; what comes beyond is counted.
_EACH, _ALL = 5, 300
_MINUTE_S = 60.0
_LONGEST = 200

_Key = tuple[Coming, str, str]


@dataclass(slots=True)
class SignInEvent:
    """What somebody did at the door: under which name, as they typed it, from where, with which program, how, by whose hand, how often."""

    type: Coming
    username: str
    address: str
    agent: str = ""
    how: str = ""
    by: str = ""
    times: int = 1

    @property
    def key(self) -> _Key:
        """Whoever comes again and again is counted by it."""
        return self.type, self.username, self.address

    def spoken(self) -> str:
        """How they came, in one spelling, to be kept under the key ring; empty where nothing is known of it."""
        private = {"agent": self.agent[:_LONGEST], "how": self.how, "by": self.by, "times": self.times if self.times > 1 else 0}
        private = {name: value for name, value in private.items() if value}
        return canonical(private) if private else ""


def opened(row: Trace | OwnComing, ring: KeyRing) -> dict[str, Any] | None:
    """What stands under the key ring in a row of a trace; None where its key is there no longer."""
    if row.secret is None:
        return {}
    try:
        return json.loads(ring.decrypt(row.key_id or "", row.secret))
    except (Unreadable, ValueError):
        return None


def told(row: Trace | OwnComing, ring: KeyRing) -> dict[str, Any]:
    """A coming or going as whoever may know of it is told."""
    private = opened(row, ring) or {}
    return {
        "at": row.at.astimezone(SHANGHAI),
        "sort": row.sort,
        "sort_zh": Coming(row.sort).label if row.sort in set(Coming) else row.sort,
        "address": row.address,
        "how": private.get("how", ""),
        "agent": private.get("agent", ""),
        "by": private.get("by", ""),
        "times": private.get("times", 1),
    }


class BurstLimit:
    """Whoever came within the minute."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Nobody has come; minutes pass by that clock."""
        self._clock = clock
        self._begin()

    def _begin(self) -> None:
        self._began = self._clock()
        self._told: Counter[_Key] = Counter()
        self._kept_out = 0
        self._beyond: dict[_Key, SignInEvent] = {}

    def lets(self, came: SignInEvent) -> bool:
        """Whether this is told by itself; else it is counted. Nobody who gets in is hidden by those who do not."""
        refused = came.type.status != 200
        if self._told[came.key] < _EACH and not (refused and self._kept_out >= _ALL):
            self._told[came.key] += 1
            self._kept_out += refused
            return True
        if came.key not in self._beyond and len(self._beyond) >= _ALL:
            came = SignInEvent(came.type, "" if refused else came.username, "")
        self._beyond.setdefault(came.key, replace(came, times=0)).times += 1
        return False

    def over(self, *, now: bool = False) -> list[SignInEvent]:
        """What was counted in the minute, once it is over, or `now`."""
        if not now and self._clock() - self._began < _MINUTE_S:
            return []
        counted = list(self._beyond.values())
        self._begin()
        return counted
