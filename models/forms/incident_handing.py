"""The forms by which an incident goes from one unit to another (首接责任制): offered, taken over or refused, or ordered to be taken.

Whoever has it acts until another has said that they do; a unit that is dispatched goes, and disputes afterwards.
"""

from typing import Annotated

from pydantic import Field

from law.facts import Fact
from law.instruments import RPT
from law.offices import Office
from law.statutes.incident_rules import FIRST_RECEIVER
from models.forms.dispatching import ON_THE_SCENE
from models.forms.form import Can, Command, Form, Open, OptionalText, Text
from models.forms.jurisdiction_dispute import GROUNDS, Ground, OpenDispute, Unit
from models.forms.widget import Widget
from models.matter import Kind

BASIS = (FIRST_RECEIVER, RPT.article(7))
_RECEIVES = (Office.CASE_OFFICER, Office.STATION_HEAD)
_GIVES = (Office.REPORTING_DESK, *_RECEIVES)
# Of an incident nobody but one of the unit is answerable.
_Officer = Annotated[str, Field(min_length=1, max_length=60), Can(ON_THE_SCENE), Widget("officer")]


class HandIncident(Form, title="移交其他单位接手", by=_GIVES, fact=Fact.HANDOVER_OFFERED, basis=BASIS):
    """Ask another unit to take it over; until it does, whoever has it goes on with it (移交)."""

    unit: Unit = Field(title="接手单位")
    reason: Text = Field(title="移交理由")
    done: OptionalText = Field(default="", title="已做的工作")


class TakeIncident(
    Form,
    title="接手警情",
    by=_RECEIVES,
    fact=Fact.HANDOVER_TAKEN,
    basis=BASIS,
    given=Fact.HANDOVER_OFFERED,
    by_copied=True,
    usual=True,
):
    """Take it over for the unit that was asked, and say who acts (接手)."""

    unit: Unit = Field(title="接手单位", description="移交时写明的单位")
    officer: _Officer = Field(title="接手民警")

    def get_target_unit(self) -> str:
        """The unit that has it from now on."""
        return self.unit

    def get_assignee(self) -> str:
        """Who acts."""
        return self.officer


class RefuseIncident(
    Form,
    title="不接移交的警情",
    by=_RECEIVES,
    fact=Fact.HANDOVER_REFUSED,
    or_facts=(Fact.JURISDICTION_DISPUTED,),
    basis=BASIS,
    given=Fact.HANDOVER_OFFERED,
    by_copied=True,
):
    """Not take it over, and say why: it stays where it is, and the dispute is one from then on (不接)."""

    unit: Unit = Field(title="不接的单位", description="移交时写明的单位")
    ground: Ground = Field(default="duties", title="争议情形", description=GROUNDS)
    reason: Text = Field(title="不接的理由")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """That it was refused, and that two units differ."""
        return (Fact.HANDOVER_REFUSED, Fact.JURISDICTION_DISPUTED)

    def build_commands(self) -> tuple[Command, ...]:
        """The dispute is a matter of its own."""
        return (
            Open(Kind.JURISDICTION_DISPUTE, OpenDispute(at=self.at, units=(self.unit,), ground=self.ground, reason=self.reason)),
        )


class WithdrawHandover(Form, title="撤回移交", by=_GIVES, fact=Fact.HANDOVER_WITHDRAWN, basis=BASIS, given=Fact.HANDOVER_OFFERED):
    """Go on with it oneself after all (撤回)."""

    reason: Text = Field(title="理由")


class OrderTakeOver(
    Form,
    title="指令接手",
    by=(Office.DUTY_COMMANDER, Office.COUNTY_HEAD),
    fact=Fact.HANDOVER_TAKEN,
    basis=BASIS,
    given=Fact.HANDOVER_OFFERED,
    made_elsewhere="处警指令",
):
    """Order a unit to act on what nobody took over in time (指令接手): whose it is in law is settled as a dispute."""

    unit: Unit = Field(title="接手单位")
    officer: Annotated[str, Can(ON_THE_SCENE), Widget("officer")] = Field(default="", title="接手民警", max_length=60)
    reason: Text = Field(title="理由")

    def get_target_unit(self) -> str:
        """The unit that is ordered."""
        return self.unit

    def get_assignee(self) -> str:
        """Who acts, where the order names somebody."""
        return self.officer


HANDING = (HandIncident, TakeIncident, RefuseIncident, WithdrawHandover, OrderTakeOver)
