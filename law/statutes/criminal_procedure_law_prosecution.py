"""刑事诉讼法 (Criminal Procedure Law, 2018), the part on prosecution: review, the return for investigation, the victim's remedy."""

from law.clock import Consequence
from law.counting import Counting
from law.facts import SET_FREE, Fact
from law.instruments import CPL, MPSC, SPP
from law.lengths import days, months
from law.offices import Office
from law.statutes.criminal_procedure_law import ESCAPE, IN_FORCE, MENTAL_EVALUATION
from law.time_limits import About, Base, Extension, Ground, TimeLimit, edition

MONTHS_READ = "月末起算的，人在押时至期满月的对应日，不在押时按法释〔2021〕1号第二百零二条计算，预警以较早的日期为准"

DECISION_AFTER_PRIOR_DETENTION = TimeLimit(
    id="supervisory-handover-detention",
    handling=MENTAL_EVALUATION,
    zh="监察机关移送先行拘留后的决定",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.PRIOR_DETENTION_EXECUTED,),
    met_by=(*SET_FREE, Fact.ARREST_APPROVED, Fact.ARREST_EXECUTED),
    ended_by=(Fact.PERSON_DIED, Fact.PERSON_HANDED_OVER),
    extended_by=Fact.PRIOR_DETENTION_EXTENDED,
    editions=(
        edition(
            IN_FORCE,
            (CPL.article(170), SPP.article(142), SPP.article(143)),
            days(10),
            Counting.CUSTODY_DAYS,
            extensions=(Extension("特殊情况", plus=days(4), up_to=True, approver=Office.PROCURATORATE),),
            not_counted=(ESCAPE,),
            notes=(
                "人民检察院决定先行拘留，公安机关执行，执行后留置措施自动解除",
                "期限以内应当作出是否逮捕、取保候审或者监视居住的决定，这一期间不计入审查起诉期限",
            ),
        ),
    ),
    answerable=Office.PROCURATORATE,
    at_expiry=Consequence.RELEASE_OR_CHANGE,
)

PROSECUTION_REVIEW = TimeLimit(
    id="prosecution-review",
    handling=MENTAL_EVALUATION,
    zh="审查起诉",
    about=About.CASE,
    liberty=True,
    # What the court does not take is reviewed again, whether or not anybody enters that it has arrived.
    starts_on=(Fact.PROSECUTION_CASE_RECEIVED, Fact.TRIAL_NOT_ACCEPTED),
    met_by=(Fact.CASE_PROSECUTED, Fact.CASE_NOT_PROSECUTED),
    ended_by=(Fact.CASE_RETURNED, Fact.CASE_CANCELLED, Fact.CASE_CLOSED),
    extended_by=Fact.PROSECUTION_REVIEW_EXTENDED,
    # Sent again after more investigation, or received by another procuratorate, the case is reviewed anew.
    restarts_on=Fact.PROSECUTION_CASE_RECEIVED,
    anew=(
        Ground(
            Fact.PROSECUTION_CASE_RECEIVED,
            (Fact.CASE_SENT_AGAIN, Fact.PROSECUTION_TRANSFERRED),
            "补充侦查后再次移送，或者改变管辖",
            (CPL.article(172), CPL.article(175), SPP.article(346), SPP.article(351)),
        ),
    ),
    editions=(
        edition(
            IN_FORCE,
            (CPL.article(172), CPL.article(175), SPP.article(273), SPP.article(351)),
            months(1),
            Counting.MONTHS_BY_CUSTODY,
            Base(days(10), Counting.DAYS_BY_CUSTODY, "认罪认罚、符合速裁程序适用条件的"),
            Base(days(15), Counting.DAYS_BY_CUSTODY, "符合速裁程序适用条件、可能判处的有期徒刑超过一年的"),
            extensions=(
                Extension("重大、复杂案件", plus=days(15), approver=Office.PROCURATORATE, of_base=months(1)),
                Extension(
                    "符合速裁程序适用条件、可能判处的有期徒刑超过一年",
                    total=days(15),
                    up_to=True,
                    approver=Office.PROCURATORATE,
                    of_base=days(10),
                ),
            ),
            notes=(MONTHS_READ,),
        ),
    ),
    answerable=Office.PROCURATORATE,
    at_expiry=Consequence.RELEASE_OR_CHANGE,
)

SUPPLEMENTARY_INVESTIGATION = TimeLimit(
    id="supplementary-investigation",
    handling=MENTAL_EVALUATION,
    zh="退回补充侦查",
    about=About.CASE,
    liberty=True,
    starts_on=(Fact.CASE_RETURNED,),
    met_by=(Fact.CASE_SENT_AGAIN,),
    ended_by=(Fact.CASE_CANCELLED, Fact.CASE_TURNED_ADMINISTRATIVE),
    editions=(
        edition(
            IN_FORCE,
            (CPL.article(175), MPSC.article(295), MPSC.article(296), SPP.article(346)),
            months(1),
            Counting.MONTHS_BY_CUSTODY,
            notes=("补充侦查以二次为限", MONTHS_READ),
        ),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.DECIDE,
)

NON_PROSECUTION_APPEAL = TimeLimit(
    id="non-prosecution-victim-appeal",
    zh="不起诉申诉",
    about=About.RIGHT,
    starts_on=(Fact.NON_PROSECUTION_SERVED,),
    met_by=(Fact.NON_PROSECUTION_APPEALED,),
    ended_by=(Fact.CASE_PROSECUTED,),
    editions=(edition(IN_FORCE, (CPL.article(180), CPL.article(181)), days(7), Counting.DAYS),),
    answerable=Office.PARTY,
    at_expiry=Consequence.RIGHT_LAPSES,
)
