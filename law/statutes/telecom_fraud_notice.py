"""关于建立电信网络新型违法犯罪涉案账户紧急止付和快速冻结机制的通知 (2016): how long a bank holds money back, and what must follow."""

from datetime import date

from law.clock import Consequence
from law.counting import Counting
from law.facts import Fact
from law.instruments import FRAUD, STOP
from law.ladders import BY_THE_HOUR
from law.lengths import hours
from law.offices import Office
from law.time_limits import About, Base, TimeLimit, edition

IN_FORCE = date(2016, 6, 1)
# The law that put the mechanism on its feet.
IN_FORCE_LAW = date(2022, 12, 1)
_THEN_FREE = "届满以前应当办理冻结，逾期未冻结的止付自行解除；对同一账户再次止付以二次为限"

STOP_PAPERS = TimeLimit(
    id="stop-payment-papers",
    zh="紧急止付补送法律文书",
    about=About.DOCUMENT,
    starts_on=(Fact.STOP_PAYMENT_REQUESTED,),
    met_by=(Fact.STOP_PAYMENT_PAPERS_SENT,),
    ended_by=(Fact.CASE_CANCELLED,),
    editions=tuple(
        edition(
            in_force,
            basis,
            hours(24),
            Counting.HOURS,
            Base(hours(48), Counting.HOURS, "按与止付期限相同的理解"),
            until=until,
            notes=("补送文书的时限有二十四小时、四十八小时两种说法，取较早的二十四小时",),
        )
        for in_force, basis, until in (
            (IN_FORCE_LAW, (FRAUD.article(20), STOP.section("二（一）")), None),
            (IN_FORCE, (STOP.section("二（一）"),), IN_FORCE_LAW),
        )
    ),
    ladder=BY_THE_HOUR,
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

STOP_TERM = TimeLimit(
    id="stop-payment-term",
    zh="紧急止付期限",
    about=About.CASE,
    starts_on=(Fact.PAYMENT_STOPPED,),
    met_by=(Fact.STOPPED_ACCOUNT_FROZEN, Fact.STOP_PAYMENT_LIFTED),
    ended_by=(Fact.CASE_CANCELLED,),
    editions=tuple(
        edition(in_force, basis, hours(48), Counting.HOURS, until=until, notes=(_THEN_FREE,))
        for in_force, basis, until in (
            (IN_FORCE_LAW, (FRAUD.article(20), STOP.section("二（一）2")), None),
            (IN_FORCE, (STOP.section("二（一）2"),), IN_FORCE_LAW),
        )
    ),
    ladder=BY_THE_HOUR,
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.MEASURE_LAPSES,
)
