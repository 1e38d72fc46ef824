"""What the table of ends says is told, and what the lives really tell; and that what is still owed after an end can still be done."""

from collections.abc import Iterator
from contextlib import suppress

import pytest

from law.clock import Consequence
from law.facts import Fact
from law.time_limits import TimeLimit, get_limits
from models.ends import get_ends
from models.forms.archive import Archive
from models.forms.form import Form, Take
from models.matter import UNOPENED, Kind
from models.problems import LawForbids
from tests.workflows.test_stages import a_matter, examples
from workflows.registry import get_lifecycles
from workflows.stages import Stage

TOLD = [(kind, name, below) for kind, rows in get_ends().items() for name, end in rows.items() for below in end.told]
# Below whom each kind is told, and above whom.
BELOW = {kind: f"{kind.prefix}202600000009" for kind in (Kind.SUSPECT, Kind.EXHIBIT, Kind.CRIMINAL_CASE)}
# A summons leaves the person under whatever measure they came from, and who is investigated again is under none.
UNTOLD = {(Kind.SUSPECT, "at_liberty"): {"end-summons", "end-compelled", "resume-investigation"}}
ABOVE = {Kind.SUSPECT: BELOW[Kind.CRIMINAL_CASE]}


def steps_to(kind: Kind, end: str) -> Iterator[tuple[Stage, Form]]:
    """Each step that leads there from another stage, filled in just far enough."""
    for stage in get_lifecycles()[kind].stages.values():
        if stage.name in (end, UNOPENED) or end not in stage.leads_to:
            continue
        for form in stage.awaits:
            for filled in examples(form):
                with suppress(LawForbids):
                    if stage.get_next_stage(a_matter(kind, stage.name), filled) == end:
                        yield stage, filled


def hears(kind: Kind, stage: Stage, step: Form) -> set[Kind]:
    """Which kinds of matter hear of the step, be it that they are told, opened, or take a step with it."""
    matter = a_matter(kind, stage.name, parent=ABOVE.get(kind, ""), children=tuple(BELOW.values()))
    stage.get_next_stage(matter, step)
    by_form = {each.kind for each in step.build_commands() if not isinstance(each, Take)}
    elsewhere = {Kind(each.kind) for each in matter.commands}
    return elsewhere | by_form


@pytest.mark.parametrize(("kind", "end", "below"), TOLD, ids=["-".join(each) for each in TOLD])
def test_each_kind_that_the_table_names_hears_of_every_step_that_leads_to_the_end(kind: Kind, end: str, below: Kind) -> None:
    steps = [(stage, step) for stage, step in steps_to(kind, end) if step.rule.step not in UNTOLD.get((kind, end), ())]
    assert steps
    assert [(stage.name, step.rule.step) for stage, step in steps if below not in hears(kind, stage, step)] == []


@pytest.mark.parametrize("kind", list(get_ends()))
def test_whoever_hears_of_an_end_stands_in_the_table(kind: Kind) -> None:
    for end, row in get_ends()[kind].items():
        for stage, step in steps_to(kind, end):
            told = hears(kind, stage, step) & {Kind.SUSPECT, Kind.EXHIBIT, Kind.CRIMINAL_CASE}
            assert told <= set(row.told), (stage.name, step.rule.step)


# After an end

# Each kind's ends before the archive, and what may still run there.
AFTER = [
    (kind, stage)
    for kind, rows in get_ends().items()
    for name in rows
    if Archive in (stage := get_lifecycles()[kind].stages[name]).awaits
]


def armed_by(kind: Kind) -> frozenset[Fact]:
    """What may be brought about of that kind anywhere."""
    return frozenset(
        fact
        for stage in get_lifecycles()[kind].stages.values()
        for form in (*stage.awaits, *stage.meanwhile)
        for fact in form.rule.may_bring
    )


def owed(kind: Kind) -> list[TimeLimit]:
    """The limits whose clocks may run in that kind, and which somebody must meet."""
    may = armed_by(kind)
    return [
        each
        for each in get_limits().values()
        if each.armed and not each.before_limit and each.at_expiry is not Consequence.RIGHT_LAPSES and set(each.starts_on) & may
    ]


def may_run(kind: Kind, stage: Stage) -> frozenset[Fact]:
    """What may have been brought about at the stages right before that one, or may be there."""
    before = [each for each in get_lifecycles()[kind].stages.values() if stage.name in each.leads_to and each.name != UNOPENED]
    return frozenset(fact for each in (stage, *before) for form in (*each.awaits, *each.meanwhile) for fact in form.rule.may_bring)


def still_unmeetable(kind: Kind, stage: Stage) -> set[str]:
    """The limits that nothing open at that stage meets or ends, and which the way there has not ended either."""
    can = {fact for form in (*stage.awaits, *stage.meanwhile) for fact in form.rule.may_bring} - {Fact.CASE_ARCHIVED}
    by = {fact for _, step in steps_to(kind, stage.name) for fact in step.rule.may_bring}
    ran = may_run(kind, stage)
    return {each.id for each in owed(kind) if set(each.starts_on) & ran and not {*each.met_by, *each.ended_by} & {*can, *by}}


_ENDED = {"case-over-release", "case-over-lift-measure"}
_FILED = {"filing-supervision-file"}
# A clock of the person, who has a matter of their own.
_OF_THE_PERSON = {"cancel-case-notice"}
# What is owed at an end and cannot be met there, and why that is right.
UNMEETABLE: dict[Kind, dict[str, set[str]]] = {
    # Release and lifting are steps of the person's own matter; an order to file is met by the filing, and moot where the case was filed or is
    # another's; the procuratorate registers what it was sent, not what has left; and that nothing came of an order to file for three
    # months only the procuratorate asks about.
    Kind.CRIMINAL_CASE: {
        "not_filed": {"filing-supervision-three-month-inquiry"},
        "transferred": _ENDED
        | _FILED
        | _OF_THE_PERSON
        | {"filing-supervision-three-month-inquiry", "prosecution-case-registration"},
        "merged": _ENDED | _FILED | _OF_THE_PERSON | {"prosecution-case-registration"},
        "cancelled": _ENDED | _FILED,
        "turned_administrative": _ENDED | _FILED | _OF_THE_PERSON,
        # A case that was returned is not closed but sent again.
        "closed": _ENDED | {"supplementary-investigation"},
    },
    # A case that is mediated is no longer to be decided in time, nor by anybody who might be recused.
    Kind.PUBLIC_ORDER_CASE: {"closed": {"admin-recusal-decision", "expedited-admin-case"}},
}
CASES = [(kind, stage) for kind, stage in AFTER if kind in UNMEETABLE]


@pytest.mark.parametrize(("kind", "stage"), CASES, ids=[f"{kind}-{stage.name}" for kind, stage in CASES])
def test_what_is_owed_when_a_case_ends_can_still_be_done_until_it_is_archived(kind: Kind, stage: Stage) -> None:
    assert still_unmeetable(kind, stage) == UNMEETABLE[kind].get(stage.name, set())
