"""A criminal case after the police have closed their investigation: procuratorate, court, sentence; and what its suspects learn."""

from typing import Any

import pytest

from law.facts import Fact
from models.forms.archive import Archive
from models.forms.closing import NotifyTermination, ProposeCompulsoryMedical, ReopenCase, ResumeInvestigation, TurnAdministrative
from models.forms.criminal_case import CancelCase, CloseCase, NameSuspect, SendCase
from models.forms.custody import EVALUATION
from models.forms.defence import ArrangeMeeting, NotifyDefenceRight, ReceiveCriminalRecusal, RequestMeeting
from models.forms.form import Form
from models.forms.prosecution import (
    DecideNotToProsecute,
    ProsecuteCase,
    ReceiveProsecutionCase,
    RequestNonProsecutionReconsideration,
    ReturnForInvestigation,
    SendCaseAgain,
)
from models.forms.trial import (
    AcceptTrial,
    AdjournForInvestigation,
    ConvertTrial,
    ExecuteSentence,
    FileAppeal,
    JudgeCase,
    JudgeOnAppeal,
    ReceiveSentencePapers,
    RemandCase,
    ReturnTrialCase,
    SendAgainToCourt,
    SuspendTrial,
    TakeEffect,
    WithdrawProsecution,
)
from models.matter import Kind
from models.messages import Opening, State
from workflows.lifecycle import Lifecycle
from workflows.registry import get_lifecycles

CASE, SUSPECT = get_lifecycles()[Kind.CRIMINAL_CASE], get_lifecycles()[Kind.SUSPECT]


def a_case(stage: str, *, children: tuple[str, ...] = ()) -> Lifecycle:
    return CASE(Opening(number="XA1", unit="station", state=State(stage=stage, unit="station", children=children)))


def a_suspect(stage: str) -> Lifecycle:
    return SUSPECT(Opening(number="RY1", unit="station", parent="XA1", state=State(stage=stage, unit="station")))


def led(matter: Lifecycle, form: type[Form], **filled: Any) -> str:
    """Where this form leads; what a stage does not look at is left out."""
    here = matter.stages[matter.state.stage]
    assert form in here.awaits
    return here.get_next_stage(matter, form.model_construct(**filled))


def walked(first: str, *forms: type[Form]) -> list[str]:
    passed, stage = list[str](), first
    for form in forms:
        passed.append(stage := led(a_case(stage), form))
    return passed


def told(matter: Lifecycle) -> list[str]:
    return [command.number for command in matter.commands if command.verb == "tell"]


@pytest.mark.parametrize("stage", ["arrested", "on_bail", "at_liberty", "detained"])
@pytest.mark.parametrize("step", EVALUATION)
def test_the_case_hears_of_the_evaluation_of_its_suspect_in_whatever_stage_it_comes(stage: str, step: type[Form]) -> None:
    suspect = a_suspect(stage)
    assert step in suspect.stages[stage].meanwhile
    suspect.notify_of(step.model_construct())
    assert told(suspect) == ["XA1"]


def test_a_case_goes_from_the_police_to_the_sentence_and_the_archive() -> None:
    course = (SendCase, ProsecuteCase, AcceptTrial, JudgeCase, TakeEffect, CloseCase, Archive)
    stages = ["prosecution_review", "court_acceptance", "trial", "judged", "sentence", "closed", "archived"]
    assert walked("investigation_closed", *course) == stages


def test_a_case_comes_back_for_investigation_and_is_sent_again() -> None:
    twice = (ReturnForInvestigation, SendCaseAgain, ReturnForInvestigation, SendCaseAgain)
    assert walked("prosecution_review", *twice) == ["supplementary_investigation", "prosecution_review"] * 2


def test_a_new_suspect_may_be_named_while_the_case_is_back() -> None:
    case = a_case("supplementary_investigation")
    assert led(case, NameSuspect, name="李某") == "supplementary_investigation"
    assert [(command.verb, command.kind) for command in case.commands] == [("open", Kind.SUSPECT)]


def test_what_the_police_find_while_the_case_is_back_may_end_it() -> None:
    assert walked("supplementary_investigation", CancelCase, Archive) == ["cancelled", "archived"]
    assert walked("supplementary_investigation", TurnAdministrative, Archive) == ["turned_administrative", "archived"]


def test_what_the_police_punish_as_a_violation_becomes_a_case_of_its_own_which_is_told_nothing() -> None:
    case = a_case("investigation", children=("RY1", "ZA1"))
    filled = {"explanation": "情节显著轻微", "violation": "za-58-1"}
    assert led(case, TurnAdministrative, **filled) == "turned_administrative"
    (opened,) = [command for command in case.commands if command.verb == "open"]
    assert (opened.kind, opened.step) == (Kind.PUBLIC_ORDER_CASE, "file-public-order-case")
    assert opened.form["violation"] == "za-58-1"
    assert told(case) == ["RY1"]


def test_what_another_authority_punishes_opens_nothing_here() -> None:
    case = a_case("investigation")
    led(case, TurnAdministrative, explanation="违反市场监督管理法律")
    assert case.commands == []


def test_a_case_not_prosecuted_may_be_contested_prosecuted_after_all_punished_otherwise_or_closed() -> None:
    assert walked("prosecution_review", DecideNotToProsecute, ProsecuteCase) == ["not_prosecuted", "court_acceptance"]
    assert walked("not_prosecuted", TurnAdministrative) == ["turned_administrative"]
    assert walked("not_prosecuted", CloseCase) == ["closed"]
    assert RequestNonProsecutionReconsideration in CASE.stages["not_prosecuted"].meanwhile
    assert RequestNonProsecutionReconsideration not in CASE.stages["prosecution_review"].open_steps


def test_a_court_that_may_not_take_the_case_or_lets_it_be_withdrawn_gives_it_back() -> None:
    assert walked("court_acceptance", ReturnTrialCase) == ["prosecution_review"]
    assert walked("trial", WithdrawProsecution) == ["prosecution_review"]


def test_a_trial_is_adjourned_for_investigation_and_goes_on_or_is_judged_on_what_there_is() -> None:
    assert walked("trial", AdjournForInvestigation, SendAgainToCourt) == ["adjourned", "trial"]
    assert walked("adjourned", JudgeCase) == ["judged"]


def test_an_appeal_is_decided_for_good_or_makes_the_court_below_begin_again() -> None:
    assert walked("judged", FileAppeal, JudgeOnAppeal, TakeEffect) == ["second_instance", "judged", "sentence"]
    assert walked("second_instance", RemandCase, AcceptTrial) == ["court_acceptance", "trial"]


def test_a_cancelled_case_may_be_investigated_again_until_it_is_archived() -> None:
    assert walked("cancelled", ReopenCase) == ["investigation"]
    assert CASE.stages["archived"].final


@pytest.mark.parametrize(
    ("stage", "form"),
    [
        ("prosecution_review", ReturnForInvestigation),
        ("prosecution_review", ProsecuteCase),
        ("prosecution_review", DecideNotToProsecute),
        ("supplementary_investigation", SendCaseAgain),
        ("court_acceptance", AcceptTrial),
        ("trial", JudgeCase),
        ("second_instance", RemandCase),
        ("judged", TakeEffect),
        ("cancelled", ReopenCase),
    ],
)
def test_what_procuratorate_and_court_decide_every_suspect_is_told(stage: str, form: type[Form]) -> None:
    case = a_case(stage, children=("RY1", "RY2"))
    led(case, form)
    assert told(case) == ["RY1", "RY2"]


def test_an_archived_case_tells_nobody() -> None:
    case = a_case("closed", children=("RY1",))
    led(case, Archive)
    assert told(case) == []


@pytest.mark.parametrize(
    ("stage", "steps"),
    [
        ("investigation", {ReceiveCriminalRecusal}),
        ("prosecution_review", {ReceiveProsecutionCase, NotifyDefenceRight, ReceiveCriminalRecusal}),
        ("trial", {ConvertTrial, SuspendTrial, NotifyDefenceRight}),
    ],
)
def test_what_may_come_meanwhile_leaves_the_case_where_it_is(stage: str, steps: set[type[Form]]) -> None:
    assert steps <= set(CASE.stages[stage].meanwhile)
    assert not steps & set(CASE.stages[stage].awaits)


# A suspect of it


@pytest.mark.parametrize("stage", ["arrested", "on_bail", "surveilled", "at_liberty"])
def test_a_convict_is_handed_over_from_whatever_measure_and_the_case_learns_of_it(stage: str) -> None:
    suspect = a_suspect(stage)
    assert led(suspect, ReceiveSentencePapers) == "sentenced"
    assert told(suspect) == ["XA1"]
    convict = a_suspect("sentenced")
    assert led(convict, ExecuteSentence) == "executed"
    assert told(convict) == ["XA1"]
    assert led(a_suspect("executed"), Archive) == "archived"


def test_a_lawyer_visits_who_is_held_and_everybody_is_told_of_the_right_to_one() -> None:
    for name, stage in SUSPECT.stages.items():
        if name in {"detained", "arrest_review", "arrest_refused", "arrest_approved", "arrested"}:
            assert {RequestMeeting, ArrangeMeeting} <= set(stage.open_steps)
        if name in {"at_liberty", "summoned", "compelled", "detained", "arrested", "on_bail", "surveilled"}:
            assert NotifyDefenceRight in stage.open_steps
    assert RequestMeeting not in SUSPECT.stages["on_bail"].open_steps


def test_who_is_investigated_no_longer_is_told_so_and_may_be_investigated_again() -> None:
    assert NotifyTermination in SUSPECT.stages["terminated"].meanwhile
    assert led(a_suspect("terminated"), ResumeInvestigation) == "at_liberty"


def test_compulsory_treatment_is_proposed_for_one_person() -> None:
    assert ProposeCompulsoryMedical.rule.fact is Fact.SPECIAL_PROCEDURE_PROPOSED
    assert ProposeCompulsoryMedical in SUSPECT.stages["arrested"].open_steps
    assert ProposeCompulsoryMedical not in CASE.stages["investigation"].open_steps
