"""Who submitted an entry: proved by the signature that it carries, or by the command of another matter. Pure.

Hashes prove that an entry is as it was written; this proves that one of our processes wrote it.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from pydantic import ValidationError

from law.instants import read
from models.messages import Actor, BroughtOver, PendingCommand
from models.old_messages import find_entry_origin
from models.origin import Origin
from models.proofs import build_stored_statement, is_outcome, may_say


class SignatureVerifier(Protocol):
    """Verifies signatures of our processes, by the public keys that they have or had."""

    def verifies(self, name: str, statement: bytes, signature: str) -> bool:
        """Whether that process signed these bytes."""
        ...


class SubmittedEntry(Protocol):
    """An entry of a matter, and the content of the entry that commanded it, if any."""

    @property
    def chain(self) -> str: ...
    @property
    def sort(self) -> str: ...
    @property
    def recorded_at(self) -> datetime: ...
    @property
    def promising(self) -> str | None: ...


class _Submission(NamedTuple):
    key: str
    body_hash: str
    step: str
    form: Mapping[str, Any]
    actor: Actor | None
    origin: Origin | None
    brought: BroughtOver | None


@dataclass(slots=True)
class ProofChecker:
    """Checks who submitted each entry, and counts by what it was proved.

    `before` counts entries written before anything was signed, `unchecked` those whose public key is not known here (`verifier` is None).
    What was recorded from `since` on must be proved (None: nothing is signed in this bureau).
    """

    verifier: SignatureVerifier | None = None
    since: datetime | None = None
    signed: int = 0
    promised: int = 0
    before: int = 0
    unchecked: int = 0

    def check(self, row: SubmittedEntry, content: Mapping[str, Any]) -> Iterator[str]:
        """The faults in how one entry came in."""
        if row.sort not in ("step", "told"):
            return
        if "proof" in content:
            yield from self._check_signature(row, content)
        elif _is_promised(row, content):
            self.promised += 1
        elif self.since is None or row.recorded_at < self.since:
            self.before += 1
        else:
            yield "没有提交证明：既不是由本系统提交，也没有其他事项的登记为据"

    def _check_signature(self, row: SubmittedEntry, content: Mapping[str, Any]) -> Iterator[str]:
        if self.verifier is None:
            self.unchecked += 1
        elif _is_signed(row.chain, content, self.verifier):
            self.signed += 1
        else:
            yield "提交证明不成立：签名与所称的提交者不符，或者提交之后被改动"


def _is_signed(chain: str, content: Mapping[str, Any], verifier: SignatureVerifier) -> bool:
    proof, actor = content["proof"], content.get("actor")
    try:
        by, signature, at = proof["by"], proof["signature"], read(proof["at"])
        person = actor["person"] if actor else ""
        return may_say(by, content["recorded"]["receipt"]["kind"], chain, content["step"], person) and verifier.verifies(
            by, build_stored_statement(chain, content, by, at), signature
        )
    except (AttributeError, KeyError, TypeError, ValueError):  # an altered entry need not be well-formed
        return False


def _is_promised(row: SubmittedEntry, content: Mapping[str, Any]) -> bool:
    try:
        actor = content["actor"]
        submission = _Submission(
            content["key"],
            content["body_hash"],
            content["step"],
            content["form"],
            Actor.model_validate(actor) if actor else None,
            find_entry_origin(content),
            BroughtOver.model_validate(brought) if (brought := content.get("brought")) else None,
        )
        return is_outcome(row.chain, submission) or _fulfils(row, content, submission, _find_promise(row.promising, submission))
    except (IndexError, KeyError, TypeError, ValueError, ValidationError):
        return False


def _find_promise(promising: str | None, submission: _Submission) -> PendingCommand | None:
    origin = submission.origin
    if promising is None or origin is None or origin.item is None or not origin.is_kept_under(submission.key):
        return None
    return PendingCommand.model_validate(json.loads(promising)["recorded"]["intentions"][origin.item])


def _fulfils(row: SubmittedEntry, content: Mapping[str, Any], submission: _Submission, promise: PendingCommand | None) -> bool:
    if promise is None or promise.number != row.chain:
        return False
    if row.sort == "told":
        heard = [(each["fact"], each.get("about"), read(each["at"])) for each in content["facts"]]
        return promise.verb in ("tell", "open") and all((each.fact, each.about, each.at) in heard for each in promise.facts)
    promised = (promise.step, promise.form, promise.actor, promise.brought)
    return promise.verb in ("open", "take") and promised == (submission.step, submission.form, submission.actor, submission.brought)
