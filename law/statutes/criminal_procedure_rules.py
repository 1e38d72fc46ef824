"""公安机关办理刑事案件程序规定 (2020): filing, its remedies, and the papers around arrest, in article order."""

from datetime import date

from law.clock import Consequence
from law.counting import Counting
from law.facts import BAIL_BEGINS, SURVEILLANCE_BEGINS, Fact
from law.history import History
from law.instruments import CRR, MPSC, RPT, SPP
from law.legal_fact import LegalFact
from law.lengths import days, hours, working_days
from law.measures import under_a_measure
from law.offices import Office
from law.time_limits import About, Base, Extension, NotCounted, TimeLimit, edition

IN_FORCE = date(2020, 9, 1)
OBSTACLE = NotCounted(
    "不可抗力或者其他正当理由", Fact.OBSTACLE_AROSE, Fact.OBSTACLE_ENDED, also_called=("不可抗力", "正当理由", "正当理由耽误")
)
GRAVE_REMEDY = (Extension("案情重大、复杂", plus=days(30), up_to=True, approver=Office.LEGAL_REVIEWER),)

ARREST_RECONSIDERATION_REQUEST = TimeLimit(
    id="arrest-refused-reconsider-request",
    zh="不批捕要求复议",
    about=About.CASE,
    starts_on=(Fact.ARREST_REFUSED,),
    met_by=(Fact.ARREST_RECONSIDERATION_REQUESTED,),
    ended_by=(Fact.CASE_CANCELLED,),
    editions=(edition(IN_FORCE, MPSC.article(141), days(5), Counting.DAYS),),
    answerable=Office.COUNTY_HEAD,
    at_expiry=Consequence.RIGHT_LAPSES,
)

ARREST_REVIEW_REQUEST = TimeLimit(
    id="arrest-refused-review-request",
    zh="不批捕提请复核",
    about=About.CASE,
    starts_on=(Fact.ARREST_RECONSIDERED,),
    met_by=(Fact.ARREST_REVIEW_REQUESTED,),
    ended_by=(Fact.CASE_CANCELLED, Fact.ARREST_APPROVED),
    editions=(edition(IN_FORCE, MPSC.article(141), days(5), Counting.DAYS),),
    answerable=Office.COUNTY_HEAD,
    at_expiry=Consequence.RIGHT_LAPSES,
)

ARREST_EXECUTION_RECEIPT = TimeLimit(
    id="arrest-execution-receipt",
    zh="逮捕执行回执",
    about=About.DOCUMENT,
    starts_on=(Fact.ARREST_EXECUTED, Fact.ARREST_FAILED),
    met_by=(Fact.ARREST_RECEIPT_RETURNED,),
    editions=(edition(IN_FORCE, MPSC.article(142), days(3), Counting.DAYS),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

NO_FILING_NOTICE_SERVICE = TimeLimit(
    id="no-filing-notice-service",
    zh="不予立案通知书送达控告人",
    about=About.DOCUMENT,
    starts_on=(Fact.CASE_NOT_FILED,),
    met_by=(Fact.NO_FILING_NOTICE_SERVED,),
    ended_by=(Fact.CASE_FILED,),
    editions=(edition(IN_FORCE, MPSC.article(178), days(3), Counting.DAYS),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

NO_FILING_RECONSIDERATION_APPLY = TimeLimit(
    id="no-filing-reconsideration-apply",
    zh="不予立案复议申请",
    about=About.RIGHT,
    starts_on=(Fact.NO_FILING_NOTICE_SERVED,),
    met_by=(Fact.NO_FILING_RECONSIDERATION_RECEIVED,),
    ended_by=(Fact.CASE_FILED,),
    editions=(edition(IN_FORCE, (MPSC.article(179), CRR.article(8)), days(7), Counting.DAYS, not_counted=(OBSTACLE,)),),
    answerable=Office.PARTY,
    at_expiry=Consequence.RIGHT_LAPSES,
)

NO_FILING_RECONSIDERATION_DECIDE = TimeLimit(
    id="no-filing-reconsideration-decide",
    zh="不予立案复议决定",
    about=About.CASE,
    starts_on=(Fact.NO_FILING_RECONSIDERATION_RECEIVED,),
    met_by=(Fact.NO_FILING_RECONSIDERATION_DECIDED,),
    ended_by=(Fact.CASE_FILED,),
    extended_by=Fact.NO_FILING_REMEDY_EXTENDED,
    editions=(edition(IN_FORCE, (MPSC.article(179), CRR.article(30)), days(30), Counting.DAYS, extensions=GRAVE_REMEDY),),
    answerable=Office.LEGAL_REVIEWER,
    at_expiry=Consequence.DECIDE,
)

NO_FILING_REVIEW_APPLY = TimeLimit(
    id="no-filing-review-apply",
    zh="不予立案复核申请",
    about=About.RIGHT,
    starts_on=(Fact.NO_FILING_RECONSIDERATION_SERVED,),
    met_by=(Fact.NO_FILING_REVIEW_RECEIVED,),
    ended_by=(Fact.CASE_FILED,),
    editions=(edition(IN_FORCE, MPSC.article(179), days(7), Counting.DAYS),),
    answerable=Office.PARTY,
    at_expiry=Consequence.RIGHT_LAPSES,
)

NO_FILING_REVIEW_DECIDE = TimeLimit(
    id="no-filing-review-decide",
    zh="不予立案复核决定",
    about=About.CASE,
    starts_on=(Fact.NO_FILING_REVIEW_RECEIVED,),
    met_by=(Fact.NO_FILING_REVIEW_DECIDED,),
    ended_by=(Fact.CASE_FILED,),
    extended_by=Fact.NO_FILING_REMEDY_EXTENDED,
    editions=(edition(IN_FORCE, (MPSC.article(179), CRR.article(30)), days(30), Counting.DAYS, extensions=GRAVE_REMEDY),),
    answerable=Office.HIGHER_POLICE,
    at_expiry=Consequence.DECIDE,
)

AGENCY_REFERRAL = TimeLimit(
    id="criminal-filing-agency-referral",
    zh="行政执法机关移送案件审查",
    about=About.CASE,
    starts_on=(Fact.REFERRAL_ACCEPTED, Fact.REFERRAL_INCOMPLETE),
    met_by=(Fact.CASE_FILED, Fact.CASE_NOT_FILED, Fact.CASE_TRANSFERRED),
    ended_by=(Fact.CASE_CLOSED,),
    editions=(edition(IN_FORCE, MPSC.article(180), days(3), Counting.DAYS),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.DECIDE,
)

AGENCY_REFERRAL_MATERIALS = TimeLimit(
    id="criminal-filing-agency-referral-materials",
    zh="移送材料不全通知补正",
    about=About.CASE,
    starts_on=(Fact.REFERRAL_INCOMPLETE,),
    met_by=(Fact.REFERRAL_SUPPLEMENT_ASKED,),
    ended_by=(Fact.CASE_FILED, Fact.CASE_NOT_FILED, Fact.CASE_TRANSFERRED),
    editions=(edition(IN_FORCE, MPSC.article(180), hours(24), Counting.HOURS, Base(days(3), Counting.DAYS, "移送机关补正")),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

AGENCY_RECONSIDERATION_APPLY = TimeLimit(
    id="no-filing-agency-reconsider-apply",
    zh="移送机关申请复议",
    about=About.RIGHT,
    starts_on=(Fact.AGENCY_NO_FILING_NOTICE_SERVED,),
    met_by=(Fact.AGENCY_RECONSIDERATION_RECEIVED,),
    ended_by=(Fact.CASE_FILED,),
    editions=(edition(IN_FORCE, MPSC.article(181), days(3), Counting.DAYS),),
    answerable=Office.PARTY,
    at_expiry=Consequence.RIGHT_LAPSES,
)

AGENCY_RECONSIDERATION_DECIDE = TimeLimit(
    id="no-filing-agency-reconsider-decide",
    zh="移送机关复议决定",
    about=About.CASE,
    starts_on=(Fact.AGENCY_RECONSIDERATION_RECEIVED,),
    met_by=(Fact.AGENCY_RECONSIDERATION_DECIDED,),
    ended_by=(Fact.CASE_FILED,),
    # The ministry's later special rule counts working days; the general one counts plain days and is the target.
    editions=(
        edition(
            IN_FORCE,
            (MPSC.article(181), CRR.article(28)),
            working_days(3),
            Counting.WORKING_DAYS,
            Base(days(3), Counting.DAYS, "按办理刑事案件程序规定的自然日"),
            notes=("复议决定的期限有自然日、工作日两种规定，法定期限取复议复核特别规定的三个工作日，以三个自然日为办理目标",),
        ),
    ),
    answerable=Office.LEGAL_REVIEWER,
    at_expiry=Consequence.DECIDE,
)

FILING_SUPERVISION_EXPLAIN = TimeLimit(
    id="filing-supervision-explain",
    zh="说明不立案（立案）理由",
    about=About.CASE,
    starts_on=(Fact.FILING_EXPLANATION_ASKED,),
    met_by=(Fact.FILING_EXPLAINED, Fact.CASE_FILED),
    editions=(edition(IN_FORCE, (MPSC.article(182), SPP.article(560)), days(7), Counting.DAYS),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

FILING_SUPERVISION_FILE = TimeLimit(
    id="filing-supervision-file",
    zh="检察院通知立案",
    about=About.CASE,
    starts_on=(Fact.FILING_ORDERED,),
    met_by=(Fact.CASE_FILED,),
    editions=(edition(IN_FORCE, (MPSC.article(182), SPP.article(563), SPP.article(564)), days(15), Counting.DAYS),),
    answerable=Office.COUNTY_HEAD,
    at_expiry=Consequence.DECIDE,
)

JURISDICTION_CHANGE_NOTIFY = TimeLimit(
    id="case-jurisdiction-change-notify",
    zh="变更管辖通知报案人",
    about=About.CASE,
    starts_on=(Fact.CASE_TRANSFERRED, Fact.JURISDICTION_DESIGNATED),
    met_by=(Fact.TRANSFER_NOTIFIED,),
    editions=(edition(IN_FORCE, (MPSC.article(184), RPT.article(13)), days(3), Counting.DAYS),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

FOREIGNER_MEASURES = (
    *BAIL_BEGINS,
    *SURVEILLANCE_BEGINS,
    Fact.DETENTION_EXECUTED,
    Fact.PRIOR_DETENTION_EXECUTED,
    Fact.ARREST_EXECUTED,
)


def _foreign(history: History, fact: LegalFact) -> bool:
    """Each measure against somebody known to be a foreigner; or that somebody under a measure is found to be one."""
    found = history.find_latest((Fact.FOUND_FOREIGN, Fact.FOUND_NATIONAL), fact.about, fact.at)
    known = found is not None and found.fact is Fact.FOUND_FOREIGN
    if fact.fact is Fact.FOREIGNER_MEASURE_TAKEN:
        return not known  # else the measure itself has started it
    if fact.fact is Fact.FOUND_FOREIGN:
        return under_a_measure(history, fact.about, fact.at)
    return known


FOREIGNER_MEASURE_REPORT = TimeLimit(
    id="foreigner-coercive-measure-report",
    zh="外国人强制措施报告",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.FOREIGNER_MEASURE_TAKEN, *FOREIGNER_MEASURES, Fact.FOUND_FOREIGN),
    when=_foreign,
    met_by=(Fact.FOREIGNER_MEASURE_REPORTED,),
    ended_by=(Fact.FOUND_NATIONAL,),
    editions=(edition(IN_FORCE, MPSC.article(367), hours(48), Counting.HOURS),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)
