"""Fast handling (快速办理): once it has been chosen, procuratorate and court take their shorter figures unless they say otherwise."""

from collections.abc import Sequence
from dataclasses import replace

from law.conditions import FAST
from law.facts import Fact
from law.history import History
from law.legal_fact import LegalFact
from law.statutes.criminal_procedure_law_trial import FAST_TRACK


def as_handled(known: Sequence[LegalFact], new: LegalFact) -> LegalFact:
    """The fact with the figure, and before the court the procedure, of fast handling, where it is chosen and the fact names none."""
    if new.fact not in (Fact.PROSECUTION_CASE_RECEIVED, Fact.TRIAL_ACCEPTED) or new.base or new.reason or new.told_by:
        return new
    chosen = History(known).concerning(new.about, [each for each in FAST if each])
    if not chosen or chosen[-1].fact is not Fact.FAST_HANDLING_CHOSEN:
        return new
    return replace(new, base=chosen[-1].base, reason=FAST_TRACK if new.fact is Fact.TRIAL_ACCEPTED else "")
