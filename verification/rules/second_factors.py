"""Second factors compared with the bureau's journal: who has one, and who vouched for it (当面核实). Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from models.second_factors import VOUCHED_BY, FactorStep, Voucher

# Who vouches without an entry: for factors that were in use before vouching was introduced.
_WITHOUT_ENTRY = frozenset({Voucher.BEFORE, Voucher.MET})


@dataclass(slots=True)
class VouchedFactors:
    """Whose second factor is in use and who vouched for it (None: nobody yet), replayed from entries.

    Until the journal records the first vouching, nothing proves who vouched for a factor: it may have been in use before.
    """

    vouchers: dict[str, str | None] = field(default_factory=dict[str, str | None])
    dropped: set[str] = field(default_factory=set[str])
    asked: bool = False
    _unproved: set[str] = field(default_factory=set[str])

    def apply(self, content: Mapping[str, Any]) -> None:
        """Apply one entry in the order of the chain; one that concerns no second factor, or cannot be read, is skipped."""
        step, username = content.get("step"), content.get("username")
        if not isinstance(step, str) or step not in set(FactorStep) or not isinstance(username, str):
            return
        match FactorStep(step):
            case FactorStep.ENROL:
                self.vouchers[username] = None
                self.dropped.discard(username)
                if not self.asked:
                    self._unproved.add(username)
            case FactorStep.DROP:
                self.vouchers.pop(username, None)
                self.dropped.add(username)
                self._unproved.discard(username)
            case vouching:
                self.asked = True
                self.vouchers[username] = VOUCHED_BY[vouching]
                self._unproved.discard(username)

    def compare(self, factors: Mapping[str, str | None]) -> Iterator[str]:
        """Where the table of second factors differs; `factors` are its values of `vouched` by username."""
        for username, voucher in sorted(factors.items()):
            if username in self.dropped:
                yield f"第二因素表有日志记载已经停用的动态口令：{username}"
            elif username not in self.vouchers:
                if self.asked or voucher not in _WITHOUT_ENTRY:
                    yield f"第二因素表有日志没有依据的动态口令：{username}"
            elif voucher != self.vouchers[username] and not (username in self._unproved and voucher in _WITHOUT_ENTRY):
                yield f"第二因素表与日志不一致：{username} 的动态口令由谁当面核实"
        gone = sorted(set(self.vouchers) - set(factors))
        yield from (f"第二因素表缺少日志所载的动态口令：{username}" for username in gone)
