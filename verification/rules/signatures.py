"""Who handed in what a journal holds: by the signature that the entry keeps, or by another matter's promise. Pure.

The journal's hashes tell that an entry is as it was written; this tells that it was one of ours that had it written.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from pydantic import ValidationError

from law.instants import read
from models.messages import Actor, PendingCommand
from models.old_messages import origin_of_entry
from models.origin import Origin
from models.proofs import is_outcome, may_say, stated


class Believed(Protocol):
    """Our processes by the public keys that they sign, or ever signed, under."""

    def verifies(self, name: str, statement: bytes, signature: str) -> bool:
        """Whether that process signed these bytes."""
        ...


class Handed(Protocol):
    """An entry by which a matter went on, and the content of the one that promised it, if any."""

    @property
    def chain(self) -> str: ...
    @property
    def sort(self) -> str: ...
    @property
    def recorded_at(self) -> datetime: ...
    @property
    def promising(self) -> str | None: ...


class _Act(NamedTuple):
    key: str
    body_hash: str
    step: str
    form: Mapping[str, Any]
    actor: Actor | None
    origin: Origin | None


@dataclass(slots=True)
class Proving:
    """How many entries were proved, and by what; `before` were recorded when nothing was signed yet, `unchecked` under keys not known here.

    Nobody is `believed` where no public key is known. What was recorded from `since` on must be proved (None: nothing is signed there).
    """

    believed: Believed | None = None
    since: datetime | None = None
    signed: int = 0
    promised: int = 0
    before: int = 0
    unchecked: int = 0

    def wrong(self, row: Handed, content: Mapping[str, Any]) -> Iterator[str]:
        """What is wrong with how one entry came in."""
        if row.sort not in ("step", "told"):
            return
        if "proof" in content:
            yield from self._wrong_in_signature(row, content)
        elif _is_promised(row, content):
            self.promised += 1
        elif self.since is None or row.recorded_at < self.since:
            self.before += 1
        else:
            yield "没有提交证明：既不是由本系统提交，也没有其他事项的登记为据"

    def _wrong_in_signature(self, row: Handed, content: Mapping[str, Any]) -> Iterator[str]:
        if self.believed is None:
            self.unchecked += 1
        elif _is_signed(row.chain, content, self.believed):
            self.signed += 1
        else:
            yield "提交证明不成立：签名与所称的提交者不符，或者提交之后被改动"


def _is_signed(chain: str, content: Mapping[str, Any], believed: Believed) -> bool:
    proof, actor = content["proof"], content.get("actor")
    try:
        by, signature, at = proof["by"], proof["signature"], read(proof["at"])
        person = actor["person"] if actor else ""
        return may_say(by, content["recorded"]["receipt"]["kind"], chain, content["step"], person) and believed.verifies(
            by, stated(chain, content, by, at), signature
        )
    except (AttributeError, KeyError, TypeError, ValueError):  # whoever alters an entry need not leave it well-formed
        return False


def _is_promised(row: Handed, content: Mapping[str, Any]) -> bool:
    try:
        actor = content["actor"]
        act = _Act(
            content["key"],
            content["body_hash"],
            content["step"],
            content["form"],
            Actor.model_validate(actor) if actor else None,
            origin_of_entry(content),
        )
        return is_outcome(row.chain, act) or _keeps(row, content, act, _promise(row.promising, act))
    except (IndexError, KeyError, TypeError, ValueError, ValidationError):
        return False


def _promise(promising: str | None, act: _Act) -> PendingCommand | None:
    origin = act.origin
    if promising is None or origin is None or origin.item is None or not origin.is_kept_under(act.key):
        return None
    return PendingCommand.model_validate(json.loads(promising)["recorded"]["intentions"][origin.item])


def _keeps(row: Handed, content: Mapping[str, Any], act: _Act, promise: PendingCommand | None) -> bool:
    if promise is None or promise.number != row.chain:
        return False
    if row.sort == "told":
        heard = [(each["fact"], each.get("about"), read(each["at"])) for each in content["facts"]]
        return promise.verb in ("tell", "open") and all((each.fact, each.about, each.at) in heard for each in promise.facts)
    return promise.verb in ("open", "take") and (promise.step, promise.form, promise.actor) == (act.step, act.form, act.actor)
