"""刑事诉讼法 (Criminal Procedure Law, 2018), the part on trial: each procedure's time, appeal, and what follows the judgment."""

from collections.abc import Callable

from law.clock import Consequence
from law.counting import Counting
from law.facts import Fact
from law.history import History
from law.instruments import CPL, MPSC, SPC, SPP
from law.legal_fact import LegalFact
from law.lengths import days, months
from law.offices import Office
from law.statutes.criminal_procedure_law import IN_FORCE
from law.statutes.criminal_procedure_law_prosecution import MONTHS_READ
from law.time_limits import About, Base, Extension, Ground, NotCounted, TimeLimit, edition

# The procedure by which a case is tried, as the court's acceptance or its later decision to convert names it.
ORDINARY, SUMMARY, FAST_TRACK = "ordinary", "summary", "fast-track"
# On what a case is remanded: a breach of the court's own procedure (CPL 238), or else its facts, and on these once (CPL 236).
ON_FACTS, ON_PROCEDURE = "facts", "procedure"
_PROCEDURE_CHOSEN = (Fact.TRIAL_ACCEPTED, Fact.TRIAL_CONVERTED)
_NO_LONGER_TRIED = (Fact.PROSECUTION_WITHDRAWN, *_PROCEDURE_CHOSEN)
SUSPENSION = NotCounted("中止审理", Fact.TRIAL_SUSPENDED, Fact.TRIAL_RESUMED, also_called=("中止", "中止审理期间"))
EVALUATION = NotCounted(
    "精神病鉴定",
    Fact.TRIAL_EVALUATION_STARTED,
    Fact.TRIAL_EVALUATION_ENDED,
    also_called=("对被告人作精神病鉴定", "精神病司法鉴定"),
    basis=(SPC.article(211),),
)
CAPITAL_OR_GRAVE = "可能判处死刑、附带民事诉讼或者有刑事诉讼法第一百五十八条情形"
BY_THE_SUPREME_COURT = Extension(
    "因特殊情况还需要延长", plus=months(3), up_to=True, approver=Office.SUPREME_COURT, times=None, needs_previous=True
)


def _match_procedure(procedure: str) -> Callable[[History, LegalFact], bool]:
    """Whether the case is tried by this procedure since the starting fact; one that is not named is the ordinary one."""

    def asked(history: History, fact: LegalFact) -> bool:
        chosen = history.find_latest(_PROCEDURE_CHOSEN, fact.about, fact.at)
        return chosen is not None and (chosen.reason or ORDINARY) == procedure

    return asked


COURT_SUPPLEMENTARY_INVESTIGATION = TimeLimit(
    id="court-supplementary-investigation",
    handling=EVALUATION,
    zh="审判阶段补充侦查",
    about=About.CASE,
    liberty=True,
    starts_on=(Fact.TRIAL_ADJOURNED,),
    met_by=(Fact.TRIAL_SENT_AGAIN,),
    ended_by=(Fact.PROSECUTION_WITHDRAWN, Fact.CASE_JUDGED),
    editions=(
        edition(
            IN_FORCE,
            (CPL.article(205), CPL.article(204), CPL.article(208), SPP.article(421), SPP.article(422)),
            months(1),
            Counting.MONTHS_BY_CUSTODY,
            notes=("建议延期审理不得超过两次，每次不得超过一个月", MONTHS_READ),
        ),
    ),
    answerable=Office.PROCURATORATE,
    at_expiry=Consequence.DECIDE,
)

# While the procuratorate investigates again the court's own time is over, and begins anew with the case, however it is tried.
_SENT_AGAIN = (
    Ground(Fact.TRIAL_SENT_AGAIN, (Fact.TRIAL_ADJOURNED,), "又一次延期审理补充侦查", (CPL.article(205), CPL.article(208))),
)

TRIAL_FIRST_INSTANCE = TimeLimit(
    id="trial-first-instance",
    handling=EVALUATION,
    zh="一审公诉案件审限",
    about=About.CASE,
    liberty=True,
    starts_on=_PROCEDURE_CHOSEN,
    when=_match_procedure(ORDINARY),
    met_by=(Fact.CASE_JUDGED,),
    ended_by=(Fact.TRIAL_ADJOURNED, *_NO_LONGER_TRIED),
    extended_by=Fact.TRIAL_EXTENDED,
    restarts_on=Fact.TRIAL_SENT_AGAIN,
    anew=_SENT_AGAIN,
    editions=(
        edition(
            IN_FORCE,
            (CPL.article(208), CPL.article(206), SPC.article(210), SPC.article(211)),
            months(2),
            Counting.MONTHS_BY_CUSTODY,
            Base(months(3), Counting.MONTHS_BY_CUSTODY, "至迟"),
            extensions=(
                Extension("二个月以内不能宣判，至迟不得超过三个月", total=months(3), of_base=months(2)),
                Extension(CAPITAL_OR_GRAVE, plus=months(3), approver=Office.HIGHER_COURT),
                BY_THE_SUPREME_COURT,
            ),
            not_counted=(SUSPENSION,),
            notes=(MONTHS_READ,),
        ),
    ),
    answerable=Office.COURT,
    at_expiry=Consequence.RELEASE_OR_CHANGE,
)

TRIAL_SUMMARY = TimeLimit(
    id="trial-summary",
    handling=EVALUATION,
    zh="简易程序审限",
    about=About.CASE,
    liberty=True,
    starts_on=_PROCEDURE_CHOSEN,
    when=_match_procedure(SUMMARY),
    met_by=(Fact.CASE_JUDGED,),
    ended_by=(Fact.TRIAL_ADJOURNED, *_NO_LONGER_TRIED),
    restarts_on=Fact.TRIAL_SENT_AGAIN,
    anew=_SENT_AGAIN,
    editions=(
        edition(
            IN_FORCE,
            CPL.article(220),
            days(20),
            Counting.DAYS_BY_CUSTODY,
            Base(months(1, 15), Counting.MONTHS_BY_CUSTODY, "可能判处的有期徒刑超过三年的"),
            not_counted=(SUSPENSION,),
            notes=("一个半月按一个月又十五日计算",),
        ),
    ),
    answerable=Office.COURT,
    at_expiry=Consequence.RELEASE_OR_CHANGE,
)

TRIAL_FAST_TRACK = TimeLimit(
    id="trial-fast-track",
    handling=EVALUATION,
    zh="速裁程序审限",
    about=About.CASE,
    liberty=True,
    starts_on=_PROCEDURE_CHOSEN,
    when=_match_procedure(FAST_TRACK),
    met_by=(Fact.CASE_JUDGED,),
    ended_by=(Fact.TRIAL_ADJOURNED, *_NO_LONGER_TRIED),
    restarts_on=Fact.TRIAL_SENT_AGAIN,
    anew=_SENT_AGAIN,
    editions=(
        edition(
            IN_FORCE,
            CPL.article(225),
            days(10),
            Counting.DAYS_BY_CUSTODY,
            Base(days(15), Counting.DAYS_BY_CUSTODY, "可能判处的有期徒刑超过一年的"),
            not_counted=(SUSPENSION,),
        ),
    ),
    answerable=Office.COURT,
    at_expiry=Consequence.RELEASE_OR_CHANGE,
)


def _judged_for_good(history: History, served: LegalFact) -> bool:
    judged = history.find_latest((Fact.CASE_JUDGED, Fact.SECOND_INSTANCE_JUDGED), served.about, served.at)
    return judged is not None and judged.fact is Fact.SECOND_INSTANCE_JUDGED


APPEAL_PERIOD = TimeLimit(
    id="appeal-period",
    zh="上诉/抗诉期限",
    about=About.RIGHT,
    starts_on=(Fact.JUDGMENT_SERVED,),
    # What the court of second instance has judged is final (CPL 244).
    when=lambda history, fact: not _judged_for_good(history, fact),
    met_by=(Fact.APPEALED,),
    ended_by=(Fact.SENTENCE_EFFECTIVE,),
    editions=(
        edition(
            IN_FORCE,
            (CPL.article(230), CPL.article(105), CPL.article(106), SPC.article(380)),
            days(10),
            Counting.DAYS,
            Base(days(5), Counting.DAYS, "不服裁定的"),
            notes=(
                "上诉是当事人的权利，最后一日为节假日的，被告人在押也顺延；上诉状期满前已经交邮的不算过期",
                "因不可抗力或者其他正当理由耽误的，可以在障碍消除后五日以内申请继续进行，由人民法院裁定",
            ),
        ),
    ),
    answerable=Office.PARTY,
    at_expiry=Consequence.RIGHT_LAPSES,
)

TRIAL_SECOND_INSTANCE = TimeLimit(
    id="trial-second-instance",
    handling=EVALUATION,
    zh="二审审限",
    about=About.CASE,
    liberty=True,
    starts_on=(Fact.SECOND_INSTANCE_ACCEPTED,),
    met_by=(Fact.SECOND_INSTANCE_JUDGED, Fact.CASE_REMANDED),
    extended_by=Fact.SECOND_INSTANCE_EXTENDED,
    editions=(
        edition(
            IN_FORCE,
            CPL.article(243),
            months(2),
            Counting.MONTHS_BY_CUSTODY,
            extensions=(
                Extension(f"{CAPITAL_OR_GRAVE}，由省级高级人民法院批准或者决定", plus=months(2), approver=Office.HIGHER_COURT),
                BY_THE_SUPREME_COURT,
            ),
            not_counted=(SUSPENSION,),
            notes=(MONTHS_READ,),
        ),
    ),
    answerable=Office.COURT,
    at_expiry=Consequence.RELEASE_OR_CHANGE,
)

SENTENCE_DOCUMENTS_DELIVERY = TimeLimit(
    id="sentence-documents-delivery",
    zh="交付执行文书送达",
    about=About.DOCUMENT,
    liberty=True,
    starts_on=(Fact.SENTENCE_EFFECTIVE, Fact.SENTENCE_PAPERS_RECEIVED),
    met_by=(Fact.SENTENCE_PAPERS_RECEIVED, Fact.SENTENCE_EXECUTED),
    editions=(
        edition(
            IN_FORCE,
            (CPL.article(264), MPSC.article(300), SPP.article(625)),
            days(10),
            Counting.DAYS,
            Base(
                months(1),
                Counting.MONTHS,
                "公安机关收到文书后将罪犯送交监狱",
                started_by=(Fact.SENTENCE_PAPERS_RECEIVED,),
            ),
            notes=("人民法院十日以内送达文书；公安机关收到后一个月以内送交监狱，检察院按三十日监督",),
        ),
    ),
    answerable=Office.CUSTODY_CENTRE,
    at_expiry=Consequence.ESCALATE,
)
