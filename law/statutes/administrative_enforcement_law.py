"""行政强制法 (2011), with the public-order law and the rules on administrative cases that apply it, in article order."""

from datetime import date

from law.clock import Consequence
from law.counting import Counting
from law.facts import Fact
from law.instruments import ACL, MPSA, PSAPL
from law.lengths import days, hours, months, working_days
from law.offices import Office
from law.statutes.criminal_procedure_rules_property import AIM_AT_RAW_DAY
from law.time_limits import About, Base, Extension, Ground, NotCounted, TimeLimit, edition

# The rules on administrative cases as amended, and the public-order law of 2025.
IN_FORCE, IN_FORCE_2026 = date(2019, 1, 1), date(2026, 1, 1)
APPRAISAL = NotCounted(
    "检测、检验、检疫或者技术鉴定",
    Fact.EXHIBIT_APPRAISAL_STARTED,
    Fact.EXHIBIT_APPRAISAL_ENDED,
    also_called=("鉴定", "技术鉴定", "物品鉴定", "检测", "检验", "检疫"),
)
COMPLEX = (Extension("情况复杂", plus=days(30), up_to=True, approver=Office.COUNTY_HEAD),)
SEIZURE_ENDS = (Fact.EXHIBIT_SEIZURE_LIFTED, Fact.EXHIBIT_RETURNED, Fact.EXHIBIT_DISPOSED)
_SEIZURE_NOTES = (
    AIM_AT_RAW_DAY,
    "延长的批准人，行政强制法写“行政机关负责人”，办理行政案件程序规定写“县级以上公安机关负责人”，此处从后者",
    "检验鉴定的期间书面告知当事人的，方可不计入",
)

SEIZURE_ONSITE_APPROVAL = TimeLimit(
    id="admin-seizure-onsite-approval",
    zh="当场扣押补批",
    about=About.PROPERTY,
    starts_on=(Fact.EXHIBIT_SEIZED_ON_THE_SPOT,),
    met_by=(Fact.EXHIBIT_SEIZURE_APPROVED, *SEIZURE_ENDS),
    editions=(
        edition(
            IN_FORCE_2026,
            (ACL.article(19), MPSA.article(56), PSAPL.article(105)),
            hours(24),
            Counting.HOURS,
            notes=("治安管理处罚法第一百零五条只写“及时”报告补批，此处按行政强制法的二十四小时",),
        ),
        edition(IN_FORCE, (ACL.article(19), MPSA.article(56)), hours(24), Counting.HOURS, until=IN_FORCE_2026),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.MEASURE_LAPSES,
)

SEIZURE = TimeLimit(
    id="admin-seizure",
    zh="行政扣押/查封",
    about=About.PROPERTY,
    starts_on=(Fact.EXHIBIT_SEIZED_ADMIN, Fact.EXHIBIT_SEIZED_ON_THE_SPOT),
    met_by=SEIZURE_ENDS,
    extended_by=Fact.EXHIBIT_SEIZURE_EXTENDED,
    # A case transferred to other police: they count anew (MPSA 62).
    restarts_on=Fact.EXHIBIT_SEIZURE_TRANSFERRED,
    anew=(Ground(Fact.EXHIBIT_SEIZURE_TRANSFERRED, (), "移送给另一公安机关，每件物品以一次为限", (MPSA.article(62),)),),
    editions=(
        edition(
            IN_FORCE_2026,
            (ACL.article(25), MPSA.article(112), PSAPL.article(4), PSAPL.article(105)),
            days(30),
            Counting.DAYS,
            extensions=COMPLEX,
            not_counted=(APPRAISAL,),
            notes=_SEIZURE_NOTES,
        ),
        edition(
            IN_FORCE,
            (ACL.article(25), MPSA.article(112)),
            days(30),
            Counting.DAYS,
            extensions=COMPLEX,
            not_counted=(APPRAISAL,),
            until=IN_FORCE_2026,
            notes=_SEIZURE_NOTES,
        ),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.MEASURE_LAPSES,
)

ENFORCEMENT_DEMAND = TimeLimit(
    id="admin-enforcement-demand",
    zh="催告后申请法院强制执行",
    about=About.CASE,
    starts_on=(Fact.ENFORCEMENT_DEMANDED, Fact.REMEDY_PERIOD_ENDED),
    met_by=(Fact.ENFORCEMENT_APPLIED, Fact.ENFORCEMENT_PERFORMED),
    editions=(
        edition(
            IN_FORCE,
            (ACL.article(54), ACL.article(53), ACL.article(69), MPSA.article(206), MPSA.article(207)),
            working_days(10),
            Counting.WORKING_DAYS,
            Base(
                months(3),
                Counting.MONTHS,
                "自复议、诉讼期限届满之日起申请强制执行",
                started_by=(Fact.REMEDY_PERIOD_ENDED,),
            ),
            notes=("催告书送达满十个工作日仍不履行的，方可申请；自复议、诉讼期限届满之日起三个月以内不申请的，不得再申请",),
        ),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.DECIDE,
)

SUBSTITUTE_PERFORMANCE_DEMAND = TimeLimit(
    id="substitute-performance-demand",
    zh="代履行前催告",
    about=About.DOCUMENT,
    # The fact names the appointed day as its term; the demand is counted back from that day.
    starts_on=(Fact.SUBSTITUTE_APPOINTED,),
    met_by=(Fact.SUBSTITUTE_DEMANDED,),
    ended_by=(Fact.ENFORCEMENT_PERFORMED,),
    editions=(
        edition(
            IN_FORCE,
            (ACL.article(51), ACL.article(69), MPSA.article(203)),
            working_days(3),
            Counting.BACKWARD_WORKING_DAYS,
            notes=("行政强制法中十日以内的期限是工作日（第六十九条）；当事人履行的，停止代履行",),
        ),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)
