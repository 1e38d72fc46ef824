"""信访工作条例 (2022): petitions, from their receipt to the last review, in article order."""

from datetime import date

from law.clock import Consequence
from law.counting import Counting
from law.facts import Fact
from law.instruments import PET
from law.lengths import days, working_days
from law.offices import Office
from law.time_limits import About, Extension, TimeLimit, edition

IN_FORCE = date(2022, 5, 1)

ACCEPTANCE_NOTICE = TimeLimit(
    id="petition-acceptance-notice",
    zh="信访受理告知",
    about=About.INCIDENT,
    starts_on=(Fact.PETITION_RECEIVED, Fact.PETITION_REFERRED),
    # One that was merged into another hears of that alone what becomes of the letter: its writer is told so.
    met_by=(Fact.PETITION_ANSWERED_WHETHER_ACCEPTED, Fact.PETITION_REFERRAL_OBJECTED, Fact.LETTER_REFUSED, Fact.LETTER_ROUTED),
    ended_by=(Fact.PETITION_WITHDRAWN, Fact.PETITION_CONCLUDED, Fact.LETTER_CONCLUDED, Fact.LETTER_HANDED_OVER),
    # What another organ sent is answered in the same time: five working days are only for saying that it is not ours.
    editions=(edition(IN_FORCE, (PET.article(22), PET.article(23)), days(15), Counting.DAYS),),
    answerable=Office.LETTER_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

REFERRAL_OBJECTION = TimeLimit(
    id="petition-referral-objection",
    zh="转送、交办异议",
    about=About.RIGHT,
    starts_on=(Fact.PETITION_REFERRED,),
    met_by=(Fact.PETITION_REFERRAL_OBJECTED,),
    ended_by=(Fact.PETITION_ANSWERED_WHETHER_ACCEPTED, Fact.PETITION_WITHDRAWN, Fact.PETITION_CONCLUDED),
    editions=(edition(IN_FORCE, PET.article(23), working_days(5), Counting.WORKING_DAYS),),
    answerable=Office.LETTER_OFFICER,
    # Whatever is not objected to by then is ours to answer.
    at_expiry=Consequence.RIGHT_LAPSES,
)

CONCLUDE = TimeLimit(
    id="petition-conclude",
    zh="信访办结",
    about=About.INCIDENT,
    starts_on=(Fact.PETITION_ACCEPTED,),
    # One that was merged into another accepted petition hears that it was concluded.
    met_by=(Fact.PETITION_CONCLUDED, Fact.LETTER_CONCLUDED),
    # The sixty days are for what has no procedure of its own (第三十一条第六项), and is not for another organ after all (第二十二条).
    ended_by=(Fact.PETITION_WITHDRAWN, Fact.LETTER_ROUTED, Fact.LETTER_HANDED_OVER),
    extended_by=Fact.PETITION_EXTENDED,
    editions=(
        edition(
            IN_FORCE,
            PET.article(34),
            days(60),
            Counting.DAYS,
            extensions=(Extension("情况复杂", plus=days(30), up_to=True, approver=Office.COUNTY_HEAD),),
        ),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

REVIEW = TimeLimit(
    id="petition-review",
    zh="信访复查、复核",
    about=About.INCIDENT,
    # The petitioner's own time to ask for a further look is no duty of the police, so the log arms no clock for it.
    starts_on=(Fact.PETITION_REEXAMINATION_REQUESTED, Fact.PETITION_FINAL_REVIEW_REQUESTED),
    # What is answered anew meanwhile, by whoever answered before, is no opinion of the organ above.
    met_by=(Fact.PETITION_REEXAMINED, Fact.PETITION_FINALLY_REVIEWED),
    ended_by=(Fact.PETITION_WITHDRAWN,),
    editions=(edition(IN_FORCE, (PET.article(35), PET.article(36)), days(30), Counting.DAYS),),
    answerable=Office.LETTER_OFFICER,
    at_expiry=Consequence.ESCALATE,
)
