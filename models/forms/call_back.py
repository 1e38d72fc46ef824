"""The forms of a call-back (警情回访): whoever called is asked, by somebody who did not take the call, how they were dealt with.

Whose call-backs are due is drawn by lot (`models.call_backs`): nobody picks whom to ask.
"""

from dataclasses import replace
from datetime import datetime
from typing import Annotated

from pydantic import Field

from law.facts import Fact
from law.instruments import PROMISE
from law.legal_fact import LegalFact
from law.offices import Office
from models.forms.form import IN_SUMMARY, Form, OptionalText

BASIS = PROMISE.section("评警回访")
CALLS = (Office.REPORTING_DESK,)
# From this mark on somebody is satisfied; at the one below and under it the writer of a letter would complain.
_SATISFIED, DISSATISFIED = 3, 2
Mark = Annotated[int, Field(ge=1, le=5)]


class RecordCallBack(Form, title="登记回访", by=CALLS, fact=Fact.CALLED_BACK, basis=BASIS, when="回访时间"):
    """Write down what whoever called thinks of how they were dealt with, from 1 (very bad) to 5 (回访)."""

    speed: Annotated[Mark, IN_SUMMARY] = Field(title="出警速度", description="1 很不满意至 5 很满意")
    attitude: Annotated[Mark, IN_SUMMARY] = Field(title="民警态度", description="1 很不满意至 5 很满意")
    result: Annotated[Mark, IN_SUMMARY] = Field(title="处理结果", description="1 很不满意至 5 很满意")
    came: bool = Field(title="民警到过现场")
    told_outcome: bool = Field(title="报警人知道处理结果")
    words: Annotated[OptionalText, IN_SUMMARY] = Field(default="", title="报警人的意见")

    @property
    def dissatisfied(self) -> bool:
        """Whether a letter about it is due: a mark of two or less, or nobody came."""
        return min(self.speed, self.attitude, self.result) <= DISSATISFIED or not self.came

    def build_fact(self, fact: Fact, subject: str, at: datetime, approver: str) -> LegalFact:
        """With whether they are satisfied."""
        marks = (self.speed, self.attitude, self.result)
        satisfied = self.came and min(marks) >= _SATISFIED
        return replace(super().build_fact(fact, subject, at, approver), item="satisfied" if satisfied else "dissatisfied")


class RecordNoAnswer(Form, title="回访未接通", by=CALLS, fact=Fact.CALL_BACK_UNANSWERED, basis=BASIS, when="回访时间"):
    """Write down that nobody answered; after the second time nobody is called any more (未接通)."""

    note: OptionalText = Field(default="", title="说明")


CALL_BACKS: tuple[type[Form], ...] = (RecordCallBack, RecordNoAnswer)
