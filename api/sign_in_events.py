"""Sign-in events (登录记录) before they become traces: who signed in, and a limit on how many of a burst are recorded one by one."""

import json
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from law.calendar import SHANGHAI
from models.journal import format_canonical
from models.readmodel.sign_ins import OwnAccountEvent
from models.store.traces import ListedTrace
from models.trace_shapes import AccountEvent
from runtime.encryption import KeyRing, Unreadable

# What one comer does so often in a minute, and what all who are kept out do together, is recorded one by one; what comes beyond is counted.
_EACH, _ALL = 5, 300
_MINUTE_S = 60.0
_LONGEST = 200

_Key = tuple[AccountEvent, str, str]


@dataclass(slots=True)
class SignInEvent:
    """A sign-in event: the user name as it was typed, from where, with which program, how, by whom if by another, and how often."""

    type: AccountEvent
    username: str
    address: str
    agent: str = ""
    how: str = ""
    by: str = ""
    times: int = 1

    @property
    def key(self) -> _Key:
        """What events of a burst are counted by."""
        return self.type, self.username, self.address

    def to_private_json(self) -> str:
        """How they signed in, as canonical JSON to be encrypted; empty where nothing is known of it."""
        private = {"agent": self.agent[:_LONGEST], "how": self.how, "by": self.by, "times": self.times if self.times > 1 else 0}
        private = {name: value for name, value in private.items() if value}
        return format_canonical(private) if private else ""


def decrypt(row: ListedTrace | OwnAccountEvent, ring: KeyRing) -> dict[str, Any] | None:
    """The encrypted part of a trace; None where its key is gone."""
    if row.secret is None:
        return {}
    try:
        return json.loads(ring.decrypt(row.key_id or "", row.secret))
    except (Unreadable, ValueError):
        return None


def describe_event(row: ListedTrace | OwnAccountEvent, ring: KeyRing) -> dict[str, Any]:
    """A sign-in event as members of an answer."""
    private = decrypt(row, ring) or {}
    return {
        "at": row.at.astimezone(SHANGHAI),
        "sort": row.sort,
        "sort_zh": AccountEvent(row.sort).label if row.sort in set(AccountEvent) else row.sort,
        "address": row.address,
        "how": private.get("how", ""),
        "agent": private.get("agent", ""),
        "by": private.get("by", ""),
        "times": private.get("times", 1),
    }


class BurstLimit:
    """Counts sign-in events within a minute."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Nothing has happened yet; minutes pass by that clock."""
        self._clock = clock
        self._begin()

    def _begin(self) -> None:
        self._began = self._clock()
        self._told: Counter[_Key] = Counter()
        self._kept_out = 0
        self._beyond: dict[_Key, SignInEvent] = {}

    def admit(self, event: SignInEvent) -> bool:
        """Whether this event is recorded by itself; else it is counted. Accepted sign-ins are never crowded out by refused ones."""
        refused = event.type.status != 200
        if self._told[event.key] < _EACH and not (refused and self._kept_out >= _ALL):
            self._told[event.key] += 1
            self._kept_out += refused
            return True
        if event.key not in self._beyond and len(self._beyond) >= _ALL:
            event = SignInEvent(event.type, "" if refused else event.username, "")
        self._beyond.setdefault(event.key, replace(event, times=0)).times += 1
        return False

    def take_counted(self, *, now: bool = False) -> list[SignInEvent]:
        """What was counted within the minute, once it is over, or `now`."""
        if not now and self._clock() - self._began < _MINUTE_S:
            return []
        counted = list(self._beyond.values())
        self._begin()
        return counted
