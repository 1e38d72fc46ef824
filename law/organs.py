"""Which organ has the case (案件所在的机关): who may say that it has received it, and to whom it may be transferred."""

from law.facts import HANDED_ON, Fact
from law.history import History
from law.instruments import BAIL, CPL, SPP
from law.legal_fact import LegalFact
from law.reasons import format_minute
from law.rule_violation import RuleViolation

# A receipt, a transfer, or a sending that any procuratorate may receive: the last of them says who has the case, if any does.
_REVIEWED_BY = (
    Fact.CASE_SENT_TO_PROCURATORATE,
    Fact.CASE_SENT_AGAIN,
    Fact.TRIAL_NOT_ACCEPTED,
    Fact.PROSECUTION_WITHDRAWN,
    Fact.PROSECUTION_CASE_RECEIVED,
    Fact.PROSECUTION_TRANSFERRED,
)
_HAS_IT = (Fact.PROSECUTION_CASE_RECEIVED, Fact.PROSECUTION_TRANSFERRED)


def check_organ(history: History, everything: History, new: LegalFact) -> RuleViolation | None:
    """What speaks against the organ that a fact names, or None; `history` is what had happened by then, of `everything` that is known."""
    if new.fact is Fact.PROSECUTION_TRANSFERRED:
        return _check_transferred_elsewhere(history, new)
    if new.fact is Fact.PROSECUTION_CASE_RECEIVED:
        return _check_receiver(history, new) or _check_transferring_organ(everything, new)
    return _check_with_organ(history, new) if new.fact is Fact.BAIL_CASE_RECEIVED else None


def _check_transferred_elsewhere(history: History, new: LegalFact) -> RuleViolation | None:
    """A transfer to the procuratorate that has the case already, or by one that does not have it."""
    last = history.find_latest(_HAS_IT, new.about, new.at)
    has = last.organ if last and last.organ else new.reason
    basis = f"{CPL.article(172)}、{SPP.article(351)}"
    if has and _shorten(new.organ) == _shorten(has):
        return RuleViolation("law-forbids", "to", f"案件现由{has}审查起诉，改变管辖应当移送另一人民检察院", basis)
    if has and new.reason and _shorten(new.reason) != _shorten(has):
        return RuleViolation("law-forbids", "sender", f"案件现由{has}审查起诉，不由{new.reason}改变管辖", basis)
    return None


def _check_receiver(history: History, new: LegalFact) -> RuleViolation | None:
    """After a transfer, a receipt by another procuratorate than the one that it went to."""
    last = history.find_latest(_REVIEWED_BY, new.about, new.at)
    if (
        last is None
        or last.fact is not Fact.PROSECUTION_TRANSFERRED
        or not last.organ
        or _shorten(last.organ) == _shorten(new.organ)
    ):
        return None
    detail = f"案件已改变管辖，移送{last.organ}，审查起诉期限自{last.organ}收到案件之日起计算，收到案件的应当是{last.organ}"
    return RuleViolation("law-forbids", "procuratorate", detail, f"{CPL.article(172)}、{SPP.article(351)}")


def _check_transferring_organ(everything: History, new: LegalFact) -> RuleViolation | None:
    """A receipt that is dated before a transfer which another procuratorate made."""
    after = next(iter(everything.list_after(new, new.about, _REVIEWED_BY)), None)
    if after is None or after.fact is not Fact.PROSECUTION_TRANSFERRED or not (after.reason and new.organ):
        return None
    if _shorten(after.reason) == _shorten(new.organ):
        return None
    detail = f"案件于{format_minute(after.at)}由{after.reason}改变管辖，在此以前收到案件的应当是{after.reason}，不是{new.organ}"
    return RuleViolation("law-forbids", "procuratorate", detail, f"{CPL.article(172)}、{SPP.article(351)}")


def _check_with_organ(history: History, new: LegalFact) -> RuleViolation | None:
    """The case of a person on bail said to be received by an organ that does not have it."""
    last = history.find_latest((*HANDED_ON, Fact.CASE_RETURNED), new.about, new.at)
    if last is not None and last.fact is Fact.CASE_RETURNED:
        return RuleViolation("law-forbids", "at", f"案件在公安机关，没有移送，不能{new.fact.label}", str(BAIL.article(26)))
    court = last is not None and last.fact in (Fact.CASE_PROSECUTED, Fact.CASE_REMANDED)
    kind, organ = ("法院", "人民法院") if court else ("检察院", "人民检察院")
    if not new.organ or kind in new.organ:
        return None
    detail = f"案件现在{organ}，受案机关应当是{organ}，不是{new.organ}"
    return RuleViolation("law-forbids", "organ", detail, str(BAIL.article(26)))


def _shorten(name: str) -> str:
    """A procuratorate's name, however officers shorten it."""
    return "".join(name.split()).replace("人民检察院", "检察院")
