"""Whether second factors count by the word that the bureau's journal tells of (当面核实). Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

_SUFFIX = "-second-factor"
# By whose word a factor counts, as the table has it, by the step that gave it.
_WORDS = {"first": "first", "founding": "founding", "vouch": "met"}
# What counts without an entry, of what was in use before vouching was asked for.
_WITHOUT = frozenset({"before", "met"})


@dataclass(slots=True)
class VouchedFactors:
    """Whose second factor is in use and by whose word it counts (None: nobody's yet), as entries tell.

    Until the journal tells of the first word, nothing proves by whose word a factor counts: it may have been in use before.
    """

    words: dict[str, str | None] = field(default_factory=dict[str, str | None])
    dropped: set[str] = field(default_factory=set[str])
    asked: bool = False
    _unproved: set[str] = field(default_factory=set[str])

    def hear(self, content: Mapping[str, Any]) -> None:
        """Take one entry in, in the order of the chain; one that is about no second factor, or was spoilt, tells nothing."""
        step, username = content.get("step"), content.get("username")
        if not isinstance(step, str) or not step.endswith(_SUFFIX) or not isinstance(username, str):
            return
        match step.removesuffix(_SUFFIX):
            case "enrol":
                self.words[username] = None
                self.dropped.discard(username)
                if not self.asked:
                    self._unproved.add(username)
            case "drop":
                self.words.pop(username, None)
                self.dropped.add(username)
                self._unproved.discard(username)
            case verb if verb in _WORDS:
                self.asked = True
                self.words[username] = _WORDS[verb]
                self._unproved.discard(username)
            case _:
                pass

    def differences(self, factors: Mapping[str, str | None]) -> Iterator[str]:
        """Where the table of second factors in use says something else; `factors` are its words by username."""
        for username, word in sorted(factors.items()):
            if username in self.dropped:
                yield f"第二因素表有日志记载已经停用的动态口令：{username}"
            elif username not in self.words:
                if self.asked or word not in _WITHOUT:
                    yield f"第二因素表有日志没有依据的动态口令：{username}"
            elif word != self.words[username] and not (username in self._unproved and word in _WITHOUT):
                yield f"第二因素表与日志不一致：{username} 的动态口令由谁当面核实"
        gone = sorted(set(self.words) - set(factors))
        yield from (f"第二因素表缺少日志所载的动态口令：{username}" for username in gone)
