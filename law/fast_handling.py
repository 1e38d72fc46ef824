"""Fast handling (快速办理): what the law lets a case skip once it is chosen, and the shorter figures that procuratorate and court then take."""

from collections.abc import Sequence
from dataclasses import replace

from law.conditions import holds
from law.facts import Fact
from law.facts.states import FAST
from law.history import History
from law.legal_fact import LegalFact
from law.statutes.criminal_procedure_law_trial import FAST_TRACK

_CONCERNED = (Fact.CASE_SENT_TO_PROCURATORATE, Fact.PROSECUTION_CASE_RECEIVED, Fact.TRIAL_ACCEPTED)


def add_end_of_investigation(known: Sequence[LegalFact], new: LegalFact) -> tuple[LegalFact, ...]:
    """The fact as it happens on this log: in fast handling the end of the investigation comes with sending the case, if it had not come.

    A receipt or an acceptance that names no figure takes that of fast handling, and before the court its procedure.
    """
    if new.fact not in _CONCERNED or new.told_by:
        return (new,)
    history = History(known)
    if not holds(history, FAST, new.about):
        return (new,)
    if new.fact is Fact.CASE_SENT_TO_PROCURATORATE:
        closed = history.list_concerning(new.about, (Fact.INVESTIGATION_CLOSED,))
        return (new,) if closed else (replace(new, fact=Fact.INVESTIGATION_CLOSED), new)
    if new.base or new.reason:
        return (new,)
    chosen = history.list_concerning(new.about, (Fact.FAST_HANDLING_CHOSEN,))[-1]
    return (replace(new, base=chosen.base, reason=FAST_TRACK if new.fact is Fact.TRIAL_ACCEPTED else ""),)
