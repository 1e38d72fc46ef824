"""关于取保候审若干问题的规定 (2022), with the ministry's own rules on bail beside it, in article order."""

from datetime import date

from law.clock import Consequence
from law.counting import Counting
from law.facts import HANDED_ON, Fact
from law.instruments import BAIL, CPL, CRR, MPSC, SPC
from law.ladders import BY_THE_HOUR, FEW_WEEKS
from law.lengths import days, hours, working_days
from law.offices import Office
from law.statutes.criminal_procedure_law import BAIL_FOLLOWED, OVER
from law.time_limits import About, Base, Ground, TimeLimit, edition

IN_FORCE = date(2022, 9, 5)
BAIL_OVER = (*BAIL_FOLLOWED, *OVER)

DEPOSIT_PAYMENT = TimeLimit(
    id="bail-deposit-payment",
    zh="交纳保证金",
    about=About.PERSON,
    starts_on=(Fact.BAIL_DEPOSIT_NOTICE_SERVED,),
    met_by=(Fact.BAIL_DEPOSIT_PAID,),
    ended_by=BAIL_OVER,
    editions=(edition(IN_FORCE, (BAIL.article(11), BAIL.article(12)), days(3), Counting.DAYS),),
    answerable=Office.PARTY,
    at_expiry=Consequence.DECIDE,
)

REMOTE_REPORT_IN = TimeLimit(
    id="bail-remote-report-in",
    zh="异地取保报到",
    about=About.PERSON,
    starts_on=(Fact.BAIL_REMOTE_DECISION_RECEIVED,),
    met_by=(Fact.BAIL_REPORTED_IN,),
    ended_by=BAIL_OVER,
    editions=(edition(IN_FORCE, BAIL.article(17), days(5), Counting.DAYS, Base(days(3), Counting.DAYS, "执行机关反馈报到情况")),),
    answerable=Office.PARTY,
    at_expiry=Consequence.DECIDE,
)

ASSIGN_STATION = TimeLimit(
    id="bail-execution-assign-station",
    zh="检法决定取保—指定派出所",
    about=About.DOCUMENT,
    starts_on=(Fact.BAIL_PAPERS_RECEIVED,),
    met_by=(Fact.BAIL_STATION_ASSIGNED,),
    ended_by=BAIL_OVER,
    editions=(edition(IN_FORCE, (MPSC.article(92), BAIL.article(20)), hours(24), Counting.HOURS),),
    answerable=Office.COUNTY_HEAD,
    at_expiry=Consequence.ESCALATE,
)

CHANGE_REPORT = TimeLimit(
    id="bail-change-report",
    zh="取保人变动报告",
    about=About.PERSON,
    starts_on=(Fact.BAIL_CIRCUMSTANCES_CHANGED,),
    met_by=(Fact.BAIL_CHANGE_REPORTED,),
    ended_by=BAIL_OVER,
    editions=(edition(IN_FORCE, (CPL.article(71), MPSC.article(89)), hours(24), Counting.HOURS),),
    answerable=Office.PARTY,
    at_expiry=Consequence.DECIDE,
)

GUARANTOR_PROBLEM_NOTICE = TimeLimit(
    id="bail-guarantor-problem-notice",
    zh="保证人情况变化通知",
    about=About.DOCUMENT,
    starts_on=(Fact.GUARANTOR_FOUND_UNFIT,),
    met_by=(Fact.GUARANTOR_PROBLEM_NOTIFIED,),
    ended_by=BAIL_OVER,
    editions=(edition(IN_FORCE, (MPSC.article(106), BAIL.article(22)), days(3), Counting.DAYS),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

EXPIRY_NOTICE = TimeLimit(
    id="bail-expiry-notice",
    zh="移送后取保将届满通知",
    about=About.DOCUMENT,
    liberty=True,
    before_limit="bail-max",
    once=Fact.CASE_SENT_TO_PROCURATORATE,
    met_by=(Fact.BAIL_EXPIRY_NOTICE_GIVEN, Fact.BAIL_CONTINUATION_DECIDED),
    editions=(edition(IN_FORCE, BAIL.article(26, paragraph=3), days(15), Counting.BACKWARD),),
    ladder=FEW_WEEKS,
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

EXPIRY_NOTICE_PROCURATORATE = TimeLimit(
    id="bail-expiry-notice-procuratorate",
    zh="起诉后取保将届满通知",
    about=About.DOCUMENT,
    liberty=True,
    before_limit="bail-max-procuratorate",
    once=Fact.CASE_PROSECUTED,
    met_by=(Fact.BAIL_EXPIRY_NOTICE_GIVEN, Fact.BAIL_CONTINUATION_DECIDED),
    editions=(edition(IN_FORCE, BAIL.article(26, paragraph=3), days(15), Counting.BACKWARD),),
    ladder=FEW_WEEKS,
    answerable=Office.PROCURATORATE,
    at_expiry=Consequence.ESCALATE,
)

RECEIVING_ORGAN_DECISION = TimeLimit(
    id="bail-receiving-organ-decision",
    zh="受案机关决定继续/变更",
    about=About.PERSON,
    starts_on=(Fact.BAIL_CASE_RECEIVED,),
    met_by=(Fact.BAIL_CONTINUATION_DECIDED,),
    ended_by=BAIL_OVER,
    anew=(Ground(Fact.BAIL_CASE_RECEIVED, HANDED_ON, "案件又一次移送受案机关", (BAIL.article(26),)),),
    editions=(edition(IN_FORCE, (BAIL.article(26), SPC.article(162)), days(7), Counting.DAYS),),
    answerable=Office.PROCURATORATE,
    at_expiry=Consequence.DECIDE,
)

FORFEITURE_ANNOUNCEMENT = TimeLimit(
    id="bail-forfeit-announce",
    zh="没收保证金/罚保证人 宣读送达",
    about=About.DOCUMENT,
    starts_on=(Fact.BAIL_FORFEITED,),
    met_by=(Fact.BAIL_FORFEITURE_ANNOUNCED,),
    editions=(
        edition(IN_FORCE, (MPSC.article(98), MPSC.article(104), BAIL.article(30), BAIL.article(32)), days(3), Counting.DAYS),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

FORFEITURE_ORGAN_NOTICE = TimeLimit(
    id="bail-forfeit-organ-notice",
    zh="没收/罚款 通知决定取保候审的机关",
    about=About.DOCUMENT,
    starts_on=(Fact.BAIL_FORFEITURE_OF_ORGAN_FINAL,),
    met_by=(Fact.BAIL_ORGAN_TOLD,),
    editions=(
        edition(
            IN_FORCE,
            (MPSC.article(100), MPSC.article(105)),
            days(3),
            Counting.DAYS,
            notes=("已过复议期限，或者复议、复核后维持、变更数额的，决定即为确定；款项应当及时通知银行上缴国库",),
        ),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

FORFEITURE_REMEDY_APPLY = TimeLimit(
    id="bail-forfeit-remedy-apply",
    zh="没收/罚款 复议、复核申请",
    about=About.RIGHT,
    starts_on=(Fact.BAIL_FORFEITURE_ANNOUNCED, Fact.BAIL_REMEDY_DECIDED),
    met_by=(Fact.BAIL_REMEDY_RECEIVED,),
    editions=(edition(IN_FORCE, (MPSC.article(99), MPSC.article(104)), days(5), Counting.DAYS),),
    answerable=Office.PARTY,
    at_expiry=Consequence.RIGHT_LAPSES,
)

FORFEITURE_REMEDY_DECIDE = TimeLimit(
    id="bail-forfeit-remedy-decide",
    zh="没收/罚款 复议、复核决定",
    about=About.CASE,
    starts_on=(Fact.BAIL_REMEDY_RECEIVED,),
    met_by=(Fact.BAIL_REMEDY_DECIDED,),
    # The ministry's later special rule counts working days; the general one counts plain days and is the target.
    editions=(
        edition(
            IN_FORCE,
            (MPSC.article(99), MPSC.article(104), CRR.article(29)),
            working_days(7),
            Counting.WORKING_DAYS,
            Base(days(7), Counting.DAYS, "按办理刑事案件程序规定的自然日"),
            notes=("复议决定的期限有自然日、工作日两种规定，法定期限取复议复核特别规定的七个工作日，以七个自然日为办理目标",),
        ),
    ),
    answerable=Office.LEGAL_REVIEWER,
    at_expiry=Consequence.DECIDE,
)

SURVEILLANCE_ASSIGN_STATION = TimeLimit(
    id="residential-surveillance-assign-station",
    zh="检法决定监居—通知派出所",
    about=About.DOCUMENT,
    liberty=True,
    starts_on=(Fact.SURVEILLANCE_PAPERS_RECEIVED,),
    met_by=(Fact.SURVEILLANCE_STATION_ASSIGNED,),
    ended_by=(Fact.SURVEILLANCE_LIFTED,),
    editions=(edition(IN_FORCE, MPSC.article(118), hours(24), Counting.HOURS),),
    ladder=BY_THE_HOUR,
    answerable=Office.COUNTY_HEAD,
    at_expiry=Consequence.ESCALATE,
)
