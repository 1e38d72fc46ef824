"""What the law asks for besides an order of facts: who must be there, what must have been chosen, what may happen only once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from law.calendar import day_of
from law.citations import Article
from law.facts import Fact
from law.history import History
from law.instruments import CPL, MPSA, MPSC, PSAPL, SPC, SPP
from law.legal_fact import LegalFact

# A state of things, by the fact that begins it and the fact that ends it.
State = tuple[Fact, Fact | None]
MINOR: State = (Fact.PERSON_FOUND_MINOR, Fact.PERSON_FOUND_ADULT)
FEMALE_MINOR: State = (Fact.PERSON_FOUND_FEMALE_MINOR, Fact.PERSON_FOUND_ADULT)
# Whoever turns eighteen meanwhile is a minor no longer; the file stays sealed.
_BY_AGE = (Fact.PERSON_FOUND_MINOR, Fact.PERSON_FOUND_FEMALE_MINOR)
SEALED: State = (Fact.FILE_SEALED, Fact.FILE_UNSEALED)
FAST: State = (Fact.FAST_HANDLING_CHOSEN, Fact.FAST_HANDLING_LEFT)


@dataclass(frozen=True, slots=True)
class Condition:
    """What a fact needs `where` a state holds: another fact in the same step (`together`) or before it (`known`), or a state (`during`).

    One of them is enough; with none it may not happen there at all. `field` is what was not filled in, `detail` the sentence for the officer.
    """

    field: str
    detail: str
    basis: tuple[Article, ...]
    where: State | None = None
    together: Fact | None = None
    known: Fact | None = None
    during: State | None = None


_ATTENDED = (CPL.article(281), MPSC.article(323))
_MEDIATED_ENOUGH = Condition(
    "at",
    "调解不成或者协议不履行的，应当依法作出处理，不再调解；当事人自行和解并履行的，书面申请经认可后不予处罚",
    (PSAPL.article(9), MPSA.article(185)),
    where=(Fact.MEDIATION_FAILED, None),
)
CONDITIONS: Mapping[Fact, tuple[Condition, ...]] = {
    Fact.PERSON_INTERROGATED: (
        Condition(
            "attended_by",
            "讯问未成年犯罪嫌疑人，应当通知法定代理人到场；不能到场的，由其他合适成年人到场，并记明到场人姓名和关系",
            _ATTENDED,
            where=MINOR,
            together=Fact.ADULT_ATTENDED,
        ),
        Condition(
            "female_officer",
            "讯问女性未成年犯罪嫌疑人，应当有女工作人员在场，并记明其姓名",
            (CPL.article(281), MPSC.article(324)),
            where=FEMALE_MINOR,
            together=Fact.FEMALE_OFFICER_ATTENDED,
        ),
    ),
    Fact.FAMILY_NOTIFIED: (
        Condition(
            "guardian",
            "犯罪嫌疑人未成年，强制措施的通知应当送其法定代理人，并记明法定代理人的姓名",
            (CPL.article(85), CPL.article(281)),
            where=MINOR,
            together=Fact.GUARDIAN_TOLD,
        ),
    ),
    Fact.VICTIM_INTERVIEWED: (
        Condition(
            "victim",
            "对该被害人已经询问取证，询问以一次为原则；确需再次询问的，写明理由并经办案部门负责人批准（再次询问被害人）",
            (MPSC.article(326), SPP.article(465)),
            where=(Fact.VICTIM_INTERVIEWED, None),
        ),
    ),
    Fact.FAST_HANDLING_CHOSEN: (
        Condition(
            "consent",
            "犯罪嫌疑人是未成年人的案件不适用速裁程序，不能标记快速办理",
            (CPL.article(223), SPC.article(370)),
            where=(Fact.CASE_CONCERNS_MINOR, None),
        ),
    ),
    Fact.MEDIATION_PERMITTED: (
        _MEDIATED_ENOUGH,
        Condition("at", "本案已经批准治安调解，不再重复呈批", (MPSA.article(178),), where=(Fact.MEDIATION_PERMITTED, None)),
    ),
    Fact.MEDIATION_TRIED: (
        _MEDIATED_ENOUGH,
        Condition(
            "record",
            "调解一般为一次，可以再次调解一次；再次调解仍未达成协议的，登记调解不成，依法处罚",
            (MPSA.article(183),),
            where=(Fact.MEDIATION_TRIED, None),
        ),
    ),
    Fact.MEDIATION_AGREED: (_MEDIATED_ENOUGH,),
    Fact.CASE_RETAKEN_FOR_REVIEW: (
        Condition("resumes", "本案移送以前已经立案，接办以后应当继续侦查", (MPSC.article(23),), where=(Fact.CASE_FILED, None)),
    ),
    Fact.CASE_SENT_TO_PROCURATORATE: (
        Condition(
            "at",
            "移送审查起诉以前应当侦查终结；只有正在快速办理的案件可以将侦查终结与移送审查起诉一并呈批",
            (CPL.article(162), MPSC.article(289)),
            known=Fact.INVESTIGATION_CLOSED,
            during=FAST,
        ),
    ),
}


def check_conditions(everything: History, new: LegalFact) -> Condition | None:
    """The first condition of `new` that is not met, or None; `everything` is the log without it, of whatever instant."""
    for each in CONDITIONS.get(new.fact, ()):
        if each.where and not holds(everything, each.where, new.about, day_of(new.at)):
            continue
        if each.together and any(fact.seq == new.seq for fact in everything.concerning(new.about, (each.together,))):
            continue
        if each.known and everything.concerning(new.about, (each.known,)):
            continue
        if each.during and holds(everything, each.during, new.about, day_of(new.at)):
            continue
        return each
    return None


def holds(everything: History, state: State, about: str, on: date | None = None) -> bool:
    """Whether the state has begun, of that person or matter, and not ended since, nor by itself by that day, where one is asked for."""
    begins, ends = state
    known = everything.concerning(about, (begins, ends) if ends else (begins,))
    if not known or known[-1].fact is not begins:
        return False
    until = known[-1].term if begins in _BY_AGE else ""
    return not until or on is None or on < date.fromisoformat(until)
