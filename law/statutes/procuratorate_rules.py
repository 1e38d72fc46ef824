"""人民检察院刑事诉讼规则 (2019): between two summonses, review of arrest, supervision of filing, in article order."""

from datetime import date

from law.clock import Consequence
from law.counting import Counting
from law.facts import SET_FREE, Fact
from law.history import History
from law.instruments import SPP
from law.ladders import RELEASE_AT_ONCE, WITHIN_A_DAY
from law.legal_fact import LegalFact
from law.lengths import IMMEDIATE, days, hours, months
from law.offices import Office
from law.statutes.criminal_procedure_law import ESCAPE, GONE_FOR_GOOD, MENTAL_EVALUATION
from law.time_limits import About, Extension, Ground, TimeLimit, edition

IN_FORCE = date(2019, 12, 30)
# The reason of a refusal that says there was no crime, or a bar of CPL 16: the case itself must then be cancelled.
NO_CRIME = "no-crime"


def _not_in_custody(history: History, fact: LegalFact) -> bool:
    return not history.in_custody(fact.about, fact.at)


SUMMONS_INTERVAL = TimeLimit(
    id="criminal-summons-interval",
    zh="两次传唤/拘传间隔",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.SUMMONS_ENDED, Fact.COMPELLED_ENDED),
    editions=(
        edition(
            IN_FORCE,
            (SPP.article(83), SPP.article(185)),
            hours(12),
            Counting.HOURS,
            notes=("间隔届满以前一般不得再次传唤、拘传",),
        ),
    ),
    # A floor, not a deadline: nothing is late when it ends, and a step that comes before it is refused.
    armed=False,
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

ARREST_REVIEW_NOT_DETAINED = TimeLimit(
    id="procuratorate-arrest-review-not-detained",
    handling=MENTAL_EVALUATION,
    zh="检察院审查批捕（未拘留）",
    about=About.CASE,
    starts_on=(Fact.ARREST_REQUEST_RECEIVED,),
    when=_not_in_custody,
    met_by=(Fact.ARREST_APPROVED, Fact.ARREST_REFUSED),
    ended_by=(Fact.CASE_CANCELLED,),
    extended_by=Fact.ARREST_REVIEW_EXTENDED,
    editions=(
        edition(
            IN_FORCE,
            SPP.article(282),
            days(15),
            Counting.DAYS,
            extensions=(Extension("重大、复杂案件", total=days(20), up_to=True, approver=Office.PROCURATORATE),),
        ),
    ),
    answerable=Office.PROCURATORATE,
    at_expiry=Consequence.DECIDE,
)

ARREST_REFUSED_INACTION = TimeLimit(
    id="arrest-refused-inaction",
    zh="不批捕后不复议不撤案",
    about=About.CASE,
    starts_on=(Fact.ARREST_REFUSED,),
    when=lambda _history, fact: fact.reason == NO_CRIME,
    met_by=(Fact.ARREST_RECONSIDERATION_REQUESTED, Fact.CASE_CANCELLED),
    editions=(edition(IN_FORCE, SPP.article(287), days(15), Counting.DAYS),),
    answerable=Office.COUNTY_HEAD,
    at_expiry=Consequence.DECIDE,
)

ARREST_REVOKED_RELEASE = TimeLimit(
    id="arrest-revoked-release",
    zh="撤销批准逮捕后释放",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.ARREST_APPROVAL_REVOKED,),
    when=lambda history, fact: history.not_let_go(fact.about, fact.at),
    met_by=SET_FREE,
    ended_by=GONE_FOR_GOOD,
    editions=(edition(IN_FORCE, SPP.article(289), IMMEDIATE, Counting.HOURS, not_counted=(ESCAPE,)),),
    ladder=RELEASE_AT_ONCE,
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.RELEASE,
)

PROSECUTION_CASE_REGISTRATION = TimeLimit(
    id="prosecution-case-registration",
    zh="移送起诉案件的受理登记",
    about=About.CASE,
    liberty=True,
    # Between the sending and the receipt no other limit runs, whoever is held.
    starts_on=(Fact.CASE_SENT_TO_PROCURATORATE, Fact.CASE_SENT_AGAIN),
    met_by=(Fact.PROSECUTION_CASE_RECEIVED,),
    ended_by=(
        Fact.CASE_RETURNED,
        Fact.CASE_PROSECUTED,
        Fact.CASE_NOT_PROSECUTED,
        Fact.CASE_CANCELLED,
        Fact.CASE_TURNED_ADMINISTRATIVE,
        Fact.CASE_CLOSED,
    ),
    editions=(
        edition(
            IN_FORCE,
            (SPP.article(157), SPP.article(158)),
            IMMEDIATE,
            Counting.DAYS_BY_CUSTODY,
            notes=("审查起诉期限自人民检察院收到案件之日起算，收案时间应当记明；有人在押的，移送以后、收案以前没有其他期限在计算",),
        ),
    ),
    ladder=WITHIN_A_DAY,
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

ARREST_RECONSIDERATION_DECIDE = TimeLimit(
    id="arrest-refused-reconsider-decide",
    handling=MENTAL_EVALUATION,
    zh="不批捕复议决定",
    about=About.CASE,
    starts_on=(Fact.ARREST_RECONSIDERATION_RECEIVED,),
    met_by=(Fact.ARREST_RECONSIDERED, Fact.ARREST_APPROVED),
    ended_by=(Fact.CASE_CANCELLED,),
    editions=(edition(IN_FORCE, SPP.article(290), days(7), Counting.DAYS),),
    answerable=Office.PROCURATORATE,
    at_expiry=Consequence.DECIDE,
)

ARREST_REVIEW_DECIDE = TimeLimit(
    id="arrest-refused-review-decide",
    handling=MENTAL_EVALUATION,
    zh="不批捕复核决定",
    about=About.CASE,
    starts_on=(Fact.ARREST_REVIEW_RECEIVED,),
    met_by=(Fact.ARREST_REVIEWED, Fact.ARREST_APPROVED),
    ended_by=(Fact.CASE_CANCELLED,),
    editions=(edition(IN_FORCE, SPP.article(291), days(15), Counting.DAYS),),
    answerable=Office.HIGHER_PROCURATORATE,
    at_expiry=Consequence.DECIDE,
)

WITHDRAWN_PROSECUTION_DECIDE = TimeLimit(
    id="withdrawn-prosecution-decide",
    handling=MENTAL_EVALUATION,
    zh="撤回起诉后作出不起诉决定",
    about=About.CASE,
    liberty=True,
    starts_on=(Fact.PROSECUTION_WITHDRAWN,),
    met_by=(Fact.CASE_NOT_PROSECUTED,),
    ended_by=(Fact.CASE_PROSECUTED, Fact.CASE_RETURNED, Fact.CASE_CANCELLED, Fact.CASE_CLOSED),
    anew=(
        Ground(
            Fact.CASE_PROSECUTED,
            (Fact.RENEWED_PROSECUTION_GROUNDED, Fact.TRIAL_NOT_ACCEPTED),
            "原起诉书中未指控的新的事实或者新的证据，须写明",
            (SPP.article(424),),
        ),
    ),
    editions=(
        edition(
            IN_FORCE,
            SPP.article(424),
            days(30),
            Counting.DAYS_BY_CUSTODY,
            notes=("没有新的事实或者新的证据，不得再行起诉；有人在押的，撤回起诉以后没有其他期限在计算",),
        ),
    ),
    answerable=Office.PROCURATORATE,
    at_expiry=Consequence.RELEASE_OR_CHANGE,
)

NON_PROSECUTION_RECONSIDERATION_DECIDE = TimeLimit(
    id="non-prosecution-reconsider-decide",
    handling=MENTAL_EVALUATION,
    zh="不起诉复议/复核决定",
    about=About.CASE,
    starts_on=(Fact.NON_PROSECUTION_RECONSIDERATION_RECEIVED, Fact.NON_PROSECUTION_REVIEW_RECEIVED),
    met_by=(Fact.NON_PROSECUTION_RECONSIDERED, Fact.NON_PROSECUTION_REVIEWED),
    ended_by=(Fact.CASE_PROSECUTED,),
    editions=(
        edition(
            IN_FORCE,
            (SPP.article(379), SPP.article(380)),
            days(30),
            Counting.DAYS,
            notes=("复议由同级人民检察院、复核由上一级人民检察院决定，各为三十日",),
        ),
    ),
    answerable=Office.PROCURATORATE,
    at_expiry=Consequence.DECIDE,
)

FILING_DELAY_EXPLAIN = TimeLimit(
    id="filing-supervision-explain-late",
    zh="说明逾期未决定理由",
    about=About.CASE,
    starts_on=(Fact.FILING_DELAY_EXPLANATION_ASKED,),
    met_by=(Fact.FILING_EXPLAINED, Fact.CASE_FILED, Fact.CASE_NOT_FILED),
    editions=(edition(IN_FORCE, SPP.article(562), days(7), Counting.DAYS),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

SUPERVISED_FILING_INQUIRY = TimeLimit(
    id="filing-supervision-three-month-inquiry",
    zh="立案监督案件催办",
    about=About.CASE,
    starts_on=(Fact.CASE_FILED,),
    when=lambda history, fact: history.knows(Fact.FILING_ORDERED, fact.about, fact.at),
    met_by=(Fact.INVESTIGATION_CLOSED, Fact.CASE_SENT_TO_PROCURATORATE, Fact.CASE_CANCELLED),
    editions=(edition(IN_FORCE, SPP.article(564), months(3), Counting.MONTHS),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

CANCELLATION_ORDER_ANSWER = TimeLimit(
    id="filing-supervision-cancel",
    zh="通知撤销案件后撤案或者要求复议",
    about=About.CASE,
    starts_on=(Fact.CANCELLATION_ORDERED,),
    met_by=(Fact.CASE_CANCELLED, Fact.CANCELLATION_RECONSIDERATION_REQUESTED),
    editions=(
        edition(
            IN_FORCE,
            (SPP.article(563), SPP.article(564)),
            days(15),
            Counting.DAYS,
            notes=("对通知没有异议的，应当立即撤销案件",),
        ),
    ),
    answerable=Office.COUNTY_HEAD,
    at_expiry=Consequence.ESCALATE,
)

CANCELLATION_RECONSIDERATION_DECIDE = TimeLimit(
    id="filing-supervision-cancel-reconsider-decide",
    zh="撤销案件通知复议决定",
    about=About.CASE,
    starts_on=(Fact.CANCELLATION_RECONSIDERATION_RECEIVED,),
    met_by=(Fact.CANCELLATION_RECONSIDERED,),
    ended_by=(Fact.CASE_CANCELLED,),
    editions=(edition(IN_FORCE, SPP.article(565), days(7), Counting.DAYS),),
    answerable=Office.PROCURATORATE,
    at_expiry=Consequence.DECIDE,
)

CANCELLATION_REVIEW_DECIDE = TimeLimit(
    id="filing-supervision-cancel-review-decide",
    zh="撤销案件通知复核决定",
    about=About.CASE,
    starts_on=(Fact.CANCELLATION_REVIEW_RECEIVED,),
    met_by=(Fact.CANCELLATION_REVIEWED,),
    ended_by=(Fact.CASE_CANCELLED,),
    editions=(edition(IN_FORCE, SPP.article(565), days(15), Counting.DAYS),),
    answerable=Office.HIGHER_PROCURATORATE,
    at_expiry=Consequence.DECIDE,
)
