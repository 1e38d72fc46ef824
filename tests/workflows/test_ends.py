"""Ends: every stage at which a matter ends or from which it is archived is declared, and of each declared there is a lifecycle."""

import pytest

from models.ends import Hanging, Hangs, build_still_open_refusal, end_of, get_ends, list_unsettled
from models.forms.archive import Archive
from models.forms.form import get_forms
from models.matter import UNOPENED, Kind
from workflows.registry import get_lifecycles

ENDINGS = [
    (kind, stage.name)
    for kind, life in get_lifecycles().items()
    for stage in life.stages.values()
    if stage.final or (Archive in stage.awaits and stage.name != UNOPENED)
]


@pytest.mark.parametrize(("kind", "stage"), ENDINGS, ids=[f"{kind}-{stage}" for kind, stage in ENDINGS])
def test_every_stage_at_which_a_matter_ends_or_from_which_it_is_archived_is_declared(kind: Kind, stage: str) -> None:
    assert stage in get_ends()[kind]


def test_no_end_is_declared_of_a_stage_that_there_is_not() -> None:
    for kind, rows in get_ends().items():
        assert set(rows) <= set(get_lifecycles()[kind].stages)


def test_every_archive_asks_for_everything_that_may_hang_on_a_matter() -> None:
    for rows in get_ends().values():
        assert not rows.get("archived") or rows["archived"].before == tuple(Hangs)


def test_what_may_still_be_done_of_a_suspect_at_rest_is_what_the_suspects_life_leaves_open_there() -> None:
    stages = get_lifecycles()[Kind.SUSPECT].stages
    for name, end in get_ends()[Kind.SUSPECT].items():
        assert Archive in stages[name].awaits or stages[name].final
        assert set(stages[name].meanwhile) - {form for form in get_forms().values() if Kind.SUSPECT in form.rule.everywhere} == set(
            end.remains
        )


def test_whoever_is_free_as_a_case_ends_hears_of_it_and_each_end_is_told_to_those_below() -> None:
    for name, end in get_ends()[Kind.CRIMINAL_CASE].items():
        assert name == "archived" or Kind.SUSPECT in end.told
        assert bool(end.by) == (name not in ("merged", "archived"))


def test_a_refusal_names_each_thing_that_is_open_with_its_number_limit_and_article() -> None:
    duty = Hanging(Hangs.DUTY, "XA1", "撤销案件/终止侦查告知", "至2026-03-05 23:59", "cancel-case-notice", "某法第一条")
    held = Hanging(Hangs.HELD, "RY1", "王某", "刑事拘留")
    assert list_unsettled(Kind.CRIMINAL_CASE, "archived", [duty, held]) == [held, duty]
    assert list_unsettled(Kind.CRIMINAL_CASE, "closed", [duty, held]) == [held]
    assert list_unsettled(Kind.CRIMINAL_CASE, "cancelled", [duty, held]) == []
    assert end_of(Kind.CRIMINAL_CASE, "investigation").before == ()
    refusal = build_still_open_refusal([held, duty], "归档")
    assert refusal.detail == (
        "尚有未了结的事项，不能归档：未释放的人 王某（RY1，刑事拘留）；未履行的期限 撤销案件/终止侦查告知（XA1，至2026-03-05 23:59）"
    )
    assert [each["number"] for each in refusal.members["open"]] == ["RY1", "XA1"]
    assert "第一百八十七条" in refusal.members["basis"]
    assert "某法第一条" in refusal.members["basis"]
