"""公安机关办理刑事案件程序规定 (2020): around the end of an investigation, in article order."""

from datetime import timedelta

from law.clock import Consequence
from law.counting import Counting
from law.ends import list_held, list_restrained
from law.facts import SET_FREE, Fact
from law.instruments import CPL, MPSC, SPP
from law.ladders import RELEASE_AT_ONCE, after
from law.lengths import IMMEDIATE, days, months
from law.offices import Office
from law.statutes.criminal_procedure_law import ESCAPE, GONE_FOR_GOOD
from law.statutes.criminal_procedure_rules import IN_FORCE
from law.time_limits import About, Base, Extension, TimeLimit, edition

_REPORTED_UPWARDS = "不能按期完成的，应当说明情况和理由，层报公安部"
# By each of these the ground of every measure in the case is gone at once.
_NO_GROUND = (Fact.CASE_CANCELLED, Fact.CASE_TURNED_ADMINISTRATIVE, Fact.CASE_NOT_PROSECUTED, Fact.DEFENDANT_ACQUITTED)

CASE_OVER_RELEASE = TimeLimit(
    id="case-over-release",
    zh="案件终结后释放",
    about=About.PERSON,
    liberty=True,
    starts_on=_NO_GROUND,
    for_each=list_held,
    met_by=(*SET_FREE, Fact.SUMMONS_ENDED, Fact.COMPELLED_ENDED),
    ended_by=GONE_FOR_GOOD,
    editions=(
        edition(
            IN_FORCE,
            (MPSC.article(187), CPL.article(163), CPL.article(178), MPSC.article(293), CPL.article(260), MPSC.article(298)),
            IMMEDIATE,
            Counting.HOURS,
            not_counted=(ESCAPE,),
            notes=("撤销案件、转行政处理、不起诉，或者宣告无罪、免予刑事处罚的，在押的人应当立即释放，发给释放证明书",),
        ),
    ),
    ladder=RELEASE_AT_ONCE,
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.RELEASE,
)

CASE_OVER_LIFT = TimeLimit(
    id="case-over-lift-measure",
    zh="案件终结后解除强制措施",
    about=About.PERSON,
    liberty=True,
    starts_on=_NO_GROUND,
    for_each=list_restrained,
    met_by=(Fact.BAIL_LIFTED, Fact.SURVEILLANCE_LIFTED, Fact.PERSON_RELEASED),
    ended_by=(Fact.PERSON_DIED, Fact.PERSON_HANDED_OVER, Fact.DETENTION_EXECUTED, Fact.ARREST_EXECUTED),
    editions=(
        edition(
            IN_FORCE,
            (MPSC.article(187), SPP.article(376)),
            IMMEDIATE,
            Counting.HOURS,
            notes=("被取保候审、监视居住的，应当立即解除；附条件不起诉的，考验期内可以继续，不适用本项",),
        ),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.MEASURE_LAPSES,
)

CANCEL_CASE_NOTICE = TimeLimit(
    id="cancel-case-notice",
    zh="撤销案件/终止侦查告知",
    about=About.DOCUMENT,
    starts_on=(Fact.CASE_CANCELLED, Fact.INVESTIGATION_TERMINATED),
    met_by=(Fact.CANCELLATION_NOTIFIED, Fact.TERMINATION_NOTIFIED),
    ended_by=(Fact.CASE_REOPENED,),
    editions=(
        edition(
            IN_FORCE,
            (MPSC.article(187), MPSC.article(189), CPL.article(163)),
            days(3),
            Counting.DAYS,
            notes=("原犯罪嫌疑人在押的，应当立即释放",),
        ),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

TECH_INVESTIGATION_VALIDITY = TimeLimit(
    id="tech-investigation-validity",
    zh="技侦措施有效期",
    about=About.CASE,
    starts_on=(Fact.TECH_APPROVED,),
    met_by=(Fact.TECH_LIFTED,),
    extended_by=Fact.TECH_EXTENDED,
    editions=(
        edition(
            IN_FORCE,
            (MPSC.article(265), MPSC.article(266)),
            months(3),
            Counting.FIXED_MONTHS,
            extensions=(
                Extension(
                    "复杂、疑难案件有效期届满仍需继续采取", plus=months(3), up_to=True, approver=Office.CITY_HEAD, times=None
                ),
            ),
        ),
    ),
    answerable=Office.CITY_HEAD,
    at_expiry=Consequence.MEASURE_LAPSES,
)

BORDER_CONTROL_EMERGENCY = TimeLimit(
    id="border-control-emergency",
    zh="紧急边控补办",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.BORDER_CONTROL_HANDED,),
    met_by=(Fact.BORDER_CONTROL_COMPLETED,),
    ended_by=(Fact.CASE_CANCELLED,),
    editions=(
        edition(
            IN_FORCE,
            MPSC.article(278),
            days(7),
            Counting.PLAIN_DAYS,
            notes=("限制人身自由的措施，是否因节假日顺延有不同理解，取不顺延",),
        ),
    ),
    answerable=Office.COUNTY_HEAD,
    at_expiry=Consequence.MEASURE_LAPSES,
)

NON_PROSECUTION_RECONSIDERATION_REQUEST = TimeLimit(
    id="non-prosecution-reconsider-request",
    zh="不起诉复议/复核（公安）",
    about=About.CASE,
    starts_on=(Fact.CASE_NOT_PROSECUTED, Fact.NON_PROSECUTION_RECONSIDERED),
    met_by=(Fact.NON_PROSECUTION_RECONSIDERATION_REQUESTED, Fact.NON_PROSECUTION_REVIEW_REQUESTED),
    ended_by=(Fact.CASE_PROSECUTED, Fact.CASE_CLOSED),
    editions=(
        edition(
            IN_FORCE,
            (MPSC.article(294), MPSC.article(330)),
            days(7),
            Counting.DAYS,
            notes=("要求复议、提请复核各为七日；被不起诉人在押的，应当立即释放，不等复议复核",),
        ),
    ),
    answerable=Office.COUNTY_HEAD,
    at_expiry=Consequence.RIGHT_LAPSES,
)

COMPULSORY_MEDICAL_OPINION = TimeLimit(
    id="compulsory-medical-opinion",
    zh="强制医疗意见书",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.FOUND_NOT_RESPONSIBLE, Fact.MEDICAL_OPINION_RECEIVED, Fact.MEDICAL_APPLICATION_ACCEPTED),
    met_by=(Fact.SPECIAL_PROCEDURE_PROPOSED, Fact.MEDICAL_APPLICATION_DECIDED, Fact.MEDICAL_TREATMENT_DECIDED),
    editions=(
        edition(
            IN_FORCE,
            (MPSC.article(343), SPP.article(539), CPL.article(305)),
            days(7),
            Counting.CUSTODY_DAYS,
            Base(days(30), Counting.CUSTODY_DAYS, "检察院决定是否申请", started_by=(Fact.MEDICAL_OPINION_RECEIVED,)),
            Base(months(1), Counting.CUSTODY_MONTHS, "法院作出决定", started_by=(Fact.MEDICAL_APPLICATION_ACCEPTED,)),
        ),
    ),
    answerable=Office.COUNTY_HEAD,
    at_expiry=Consequence.DECIDE,
)

COOPERATION_INQUIRY_REPLY = TimeLimit(
    id="cooperation-inquiry-reply",
    zh="办案协查回复",
    about=About.CASE,
    starts_on=(Fact.INQUIRY_RECEIVED,),
    met_by=(Fact.INQUIRY_ANSWERED,),
    ended_by=(Fact.CASE_CANCELLED,),
    editions=(
        edition(
            IN_FORCE,
            MPSC.article(353),
            days(7),
            Counting.DAYS,
            Base(days(15), Counting.DAYS, "交通十分不便的边远地区"),
        ),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

HOUSEHOLD_CERTIFICATE_REPLY = TimeLimit(
    id="household-certificate-reply",
    zh="协作平台出具户籍证明",
    about=About.CASE,
    starts_on=(Fact.HOUSEHOLD_CERTIFICATE_ASKED,),
    met_by=(Fact.HOUSEHOLD_CERTIFICATE_RECEIVED,),
    ended_by=(Fact.CASE_CANCELLED,),
    editions=(
        edition(
            IN_FORCE,
            (MPSC.article(353, paragraph=2), MPSC.article(347)),
            None,
            Counting.DAYS,
            notes=("查询资料、出具证明的协作请求应当及时反馈，不适用协查身份、年龄、经历的七日、十五日",),
        ),
    ),
    # "In good time" has no figure: somebody must ask again after a day, three days, a week.
    ladder=after(blue=timedelta(days=1), yellow=timedelta(days=3), orange=timedelta(days=7)),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

INTERNATIONAL_ASSISTANCE = TimeLimit(
    id="international-assistance",
    zh="刑事司法协助执行",
    about=About.CASE,
    starts_on=(Fact.ASSISTANCE_EVIDENCE_REQUESTED, Fact.ASSISTANCE_SERVICE_REQUESTED),
    met_by=(Fact.ASSISTANCE_GIVEN,),
    editions=(
        edition(
            IN_FORCE,
            MPSC.article(379),
            months(3),
            Counting.MONTHS,
            Base(days(10), Counting.DAYS, "送达刑事诉讼文书", started_by=(Fact.ASSISTANCE_SERVICE_REQUESTED,)),
            notes=(_REPORTED_UPWARDS,),
        ),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

INTERNATIONAL_ASSISTANCE_BY_REQUEST = TimeLimit(
    id="international-assistance-by-request",
    zh="刑事司法协助按请求书的期限执行",
    about=About.CASE,
    starts_on=(Fact.ASSISTANCE_WITH_TERM_REQUESTED,),
    met_by=(Fact.ASSISTANCE_GIVEN,),
    # The request itself says how long; nothing else bounds it.
    editions=(edition(IN_FORCE, MPSC.article(379), None, Counting.MONTHS, notes=(_REPORTED_UPWARDS,)),),
    decided=True,
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)
