"""内部管理规定: what the bureau sets itself for delivery to others, and things lent or to be disposed of. Not law, as every clock says."""

from dataclasses import replace
from datetime import date, timedelta

from law.clock import Colour, Consequence
from law.counting import Counting
from law.ends import TURNED_ADMINISTRATIVE
from law.facts import SET_FREE, Fact
from law.history import History
from law.instruments import RULE
from law.ladders import after, of_term
from law.legal_fact import LegalFact
from law.lengths import days, hours
from law.offices import Office
from law.statutes.criminal_procedure_law import ESCAPE, GONE_FOR_GOOD
from law.statutes.public_order_law_decision import CASE_LEFT
from law.time_limits import About, TimeLimit, edition

IN_FORCE = date(2021, 1, 1)
_DISPOSED_OF = (Fact.EXHIBIT_RETURNED, Fact.EXHIBIT_DISPOSED, Fact.EXHIBIT_UNFROZEN)
_CRIMINAL_FREEZES = (Fact.FUNDS_FROZEN, Fact.SECURITIES_FROZEN, Fact.EQUITY_FROZEN)
_NOT_LAW = ("这是本局内部管理要求，不是法定期限",)

ALERT_HANDLING = TimeLimit(
    id="alert-handling",
    zh="风险提示处置",
    about=About.CASE,
    starts_on=(Fact.ALERT_RAISED, Fact.ALERT_WORSENED),
    # That somebody has signed for it settles nothing.
    met_by=(Fact.ALERT_REMINDED, Fact.ALERT_DISMISSED, Fact.ALERT_ANSWERED, Fact.ALERT_CLEARED, Fact.ALERT_CLOSED),
    ended_by=(Fact.ALERT_WORSENED,),
    # How grave it is says how long there is: the alert itself bears the term.
    editions=(edition(IN_FORCE, RULE.section("风险提示"), None, Counting.HOURS, notes=_NOT_LAW),),
    decided=True,
    ladder=of_term(yellow=0.5, orange=0.75, red=0.9),
    heard_by={
        Colour.YELLOW: (Office.CASE_MANAGEMENT_OFFICER,),
        Colour.ORANGE: (Office.CASE_MANAGEMENT_OFFICER, Office.STATION_HEAD),
        Colour.RED: (Office.CASE_MANAGEMENT_OFFICER, Office.STATION_HEAD),
        Colour.OVERDUE: (Office.LEGAL_REVIEWER, Office.SUPERVISOR),
    },
    answerable=Office.CASE_MANAGEMENT_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

DELIVERY_RECEIPT = TimeLimit(
    id="delivery-receipt",
    zh="对方系统签收",
    about=About.DOCUMENT,
    starts_on=(Fact.DELIVERY_OPENED, Fact.DELIVERY_REPEATED),
    met_by=(Fact.DELIVERY_CONFIRMED,),
    ended_by=(Fact.DELIVERY_REPEATED, Fact.DELIVERY_GIVEN_UP),
    editions=(edition(IN_FORCE, RULE.section("外部送达"), hours(24), Counting.HOURS, notes=_NOT_LAW),),
    answerable=Office.CASE_MANAGEMENT_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

LOAN_RETURN = TimeLimit(
    id="exhibit-loan-return",
    zh="调用涉案财物归还",
    about=About.PROPERTY,
    starts_on=(Fact.EXHIBIT_LENT,),
    met_by=(Fact.EXHIBIT_LOAN_RETURNED,),
    ended_by=(Fact.EXHIBIT_RETURNED, Fact.EXHIBIT_DISPOSED),
    # The ministry's rule says only that it comes back in time (MPSA 190); how soon the borrower promises, within what the bureau allows.
    editions=(
        edition(
            IN_FORCE,
            RULE.section("涉案财物调用"),
            days(7),
            Counting.PLAIN_DAYS,
            notes=("办理行政案件程序规定第一百九十条只写“及时归还”，未定期限", *_NOT_LAW),
        ),
    ),
    decided=True,
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

TRANSFER_RECEIPT = TimeLimit(
    id="exhibit-transfer-receipt",
    zh="随案移送财物签收",
    about=About.PROPERTY,
    starts_on=(Fact.EXHIBIT_SENT_TO_PROCURATORATE, Fact.EXHIBIT_SENT_TO_COURT, Fact.EXHIBIT_GIVEN_BACK),
    met_by=(
        Fact.EXHIBIT_RECEIVED_BY_PROCURATORATE,
        Fact.EXHIBIT_REFUSED_BY_PROCURATORATE,
        Fact.EXHIBIT_RECEIVED_BY_COURT,
        Fact.EXHIBIT_REFUSED_BY_COURT,
        Fact.EXHIBIT_TAKEN_BACK,
    ),
    # What is sent on before anybody said that it came has evidently come.
    ended_by=(Fact.EXHIBIT_SENT_TO_COURT,),
    editions=(edition(IN_FORCE, RULE.section("涉案财物移送"), days(3), Counting.PLAIN_DAYS, notes=_NOT_LAW),),
    answerable=Office.CASE_MANAGEMENT_OFFICER,
    at_expiry=Consequence.ESCALATE,
)


def _is_still_to_be_disposed_of(history: History, ordered: LegalFact) -> bool:
    """Whether a thing is not gone yet (a case may end later than its things), and there is something to lift or to decide."""
    if any(each.order <= ordered.order for each in history.list_concerning(ordered.about, _DISPOSED_OF)):
        return False
    return ordered.reason != TURNED_ADMINISTRATIVE or bool(history.list_concerning(ordered.about, _CRIMINAL_FREEZES))


DISPOSAL = TimeLimit(
    id="exhibit-disposal",
    zh="涉案财物处理",
    about=About.PROPERTY,
    starts_on=(Fact.EXHIBIT_DISPOSAL_ORDERED,),
    when=_is_still_to_be_disposed_of,
    met_by=_DISPOSED_OF,
    editions=(edition(IN_FORCE, RULE.section("涉案财物处理"), days(30), Counting.PLAIN_DAYS, notes=_NOT_LAW),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

IDENTITY_WATCH = TimeLimit(
    id="identity-unknown-watch",
    zh="身份不明的持续核查",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.IDENTITY_UNKNOWN,),
    met_by=(Fact.IDENTITY_ESTABLISHED,),
    # Whoever gives no true name may be prosecuted under the name they give (MPSC 152).
    ended_by=(
        *SET_FREE,
        *GONE_FOR_GOOD,
        Fact.CASE_CANCELLED,
        Fact.CASE_SENT_TO_PROCURATORATE,
        Fact.FOREIGNER_REVIEW_LIFTED,
        Fact.FOREIGNER_ACTIVITY_RESTORED,
        Fact.PUBLIC_ORDER_CASE_CLOSED,
    ),
    editions=(
        edition(
            IN_FORCE,
            RULE.section("身份不明人员核查"),
            None,
            Counting.PLAIN_DAYS,
            not_counted=(ESCAPE,),
            notes=(
                "身份不明期间羁押期限不起算，应当对其身份进行调查，不得停止侦查取证（刑事诉讼法第一百六十条）；确实无法查明的，可以按自报姓名移送起诉",
                *_NOT_LAW,
            ),
        ),
    ),
    # Meanwhile no other clock of custody runs: somebody must ask every week at first, and then the supervisor every month.
    ladder=after(blue=timedelta(days=7), yellow=timedelta(days=15), orange=timedelta(days=30), red=timedelta(days=60)),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

MEDIATION_PERFORMANCE = TimeLimit(
    id="mediation-performance",
    zh="调解协议履行",
    about=About.CASE,
    starts_on=(Fact.MEDIATION_AGREED,),
    met_by=(Fact.MEDIATION_PERFORMED,),
    ended_by=(Fact.MEDIATION_FAILED, *CASE_LEFT, Fact.PUBLIC_ORDER_CASE_CLOSED),
    # The agreement says by when it is performed (MPSA 184), and the law how long at most a case may take without it.
    editions=(
        edition(
            IN_FORCE,
            RULE.section("治安调解协议履行"),
            days(30),
            Counting.PLAIN_DAYS,
            notes=("协议书写明履行期限（办理行政案件程序规定第一百八十四条），最长三十日；逾期不履行的，应当依法处罚", *_NOT_LAW),
        ),
    ),
    decided=True,
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

NOTICE_OBSTACLE_WATCH = TimeLimit(
    id="family-notice-obstacle-watch",
    zh="不能通知家属情形的持续核查",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.FAMILY_NOTICE_EXCUSED,),
    when=lambda history, fact: history.in_custody(fact.about, fact.at),
    met_by=(Fact.NOTICE_OBSTACLE_ENDED, Fact.FAMILY_NOTIFIED),
    ended_by=(*SET_FREE, *GONE_FOR_GOOD, Fact.CASE_CANCELLED, Fact.FAMILY_NOTICE_EXCUSED),
    editions=(
        edition(
            IN_FORCE,
            RULE.section("不能通知家属的核查"),
            None,
            Counting.PLAIN_DAYS,
            not_counted=(ESCAPE,),
            notes=("无法通知、有碍侦查的情形消失后，应当立即通知家属（刑事诉讼法第八十五条）", *_NOT_LAW),
        ),
    ),
    # The law names no day by which the obstacle is gone: somebody must ask again and again.
    ladder=after(blue=timedelta(days=3), yellow=timedelta(days=7), orange=timedelta(days=15), red=timedelta(days=30)),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

# Between two courts, and between procuratorate and court, no article counts a time: only the next decision does.
_BETWEEN_COURTS = (
    Fact.CASE_PROSECUTED,
    Fact.CASE_JUDGED,
    Fact.APPEALED,
    Fact.SECOND_INSTANCE_JUDGED,
    Fact.CASE_REMANDED,
    Fact.TRIAL_SUSPENDED,
)


def _list_each_held(history: History, fact: LegalFact) -> list[LegalFact]:
    return [replace(fact, about=person) for person in history.list_people_in_custody(fact.at)]


CUSTODY_AT_COURT_WATCH = TimeLimit(
    id="custody-at-court-watch",
    zh="审判阶段在押人员核查",
    about=About.PERSON,
    liberty=True,
    starts_on=_BETWEEN_COURTS,
    for_each=_list_each_held,
    met_by=(Fact.TRIAL_ACCEPTED, Fact.SECOND_INSTANCE_ACCEPTED, Fact.SENTENCE_EFFECTIVE, Fact.TRIAL_RESUMED),
    ended_by=(
        *_BETWEEN_COURTS,
        *SET_FREE,
        *GONE_FOR_GOOD,
        Fact.SENTENCE_EXECUTED,
        Fact.DEFENDANT_ACQUITTED,
        Fact.TRIAL_NOT_ACCEPTED,
        Fact.PROSECUTION_WITHDRAWN,
        Fact.CASE_CANCELLED,
        Fact.CASE_TURNED_ADMINISTRATIVE,
    ),
    editions=(
        edition(
            IN_FORCE,
            RULE.section("审判阶段在押人员核查"),
            None,
            Counting.PLAIN_DAYS,
            not_counted=(ESCAPE,),
            notes=(
                "起诉后至受理、宣判后至生效、上诉后至第二审受理之间，法律没有规定羁押期限；看守所应当核查案件由谁办理、下一期限何时起算",
                *_NOT_LAW,
            ),
        ),
    ),
    ladder=after(blue=timedelta(days=7), yellow=timedelta(days=15), orange=timedelta(days=30), red=timedelta(days=60)),
    answerable=Office.CUSTODY_CENTRE,
    at_expiry=Consequence.ESCALATE,
)
