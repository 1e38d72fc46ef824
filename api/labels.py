"""Labels (词表): offences by their codes, and the Chinese of ids."""

import json
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from types import MappingProxyType
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import BaseModel, Field

from api.path_parameters import StepId
from api.problems import document_refusals
from api.step_descriptions import is_on_liberty, list_limits_met
from api.untraced import declare_untraced
from law.clock import Colour, Consequence
from law.facts import Fact
from law.offences import Charge, Violation, get_charges, get_everyday_words, get_violations
from law.offices import CALLED, Office
from models.forms.chapters import Chapter
from models.forms.form import get_forms
from models.matter import Kind
from models.parties import Role
from models.problems import NotFound
from models.spelling import spell_pinyin
from workflows.approval.chain import format_basis
from workflows.registry import get_lifecycles

router = APIRouter(tags=["词表"])

CACHING = {"Cache-Control": "private, max-age=3600"}
"""Of what changes with a release, never between: the tables, the words, the texts of the law."""


class Offence(BaseModel):
    """A criminal charge, or an act punishable under the public-order law, with the code that forms take."""

    code: str = Field(title="代码")
    zh: str = Field(title="名称")
    article: str = Field(title="条文")
    chapter: str = Field(title="章节")
    spelt: str = Field(title="拼音", description="全拼和首字母，以空格分开")
    everyday: list[str] = Field(title="俗称", description="常见的才有；例如 打架 指殴打他人")


class Offences(BaseModel):
    """Every offence of both laws, those that come up most first."""

    charges: list[Offence] = Field(title="罪名")
    violations: list[Offence] = Field(title="违反治安管理行为")


class Words(BaseModel):
    """Ids and their Chinese, by what they name."""

    kinds: dict[str, str] = Field(title="事项种类")
    offices: dict[str, str] = Field(title="职务")
    offices_called: dict[str, str] = Field(title="职务的简称", description="法律称谓较长的职务；其余职务的简称即其名称")
    colours: dict[str, str] = Field(title="颜色")
    at_expiry: dict[str, str] = Field(title="届满的后果")
    roles: dict[str, str] = Field(title="人员身份")
    steps: dict[str, str] = Field(title="步骤")
    bases: dict[str, str] = Field(title="步骤的依据")
    facts: dict[str, str] = Field(title="法律事实")
    chapters: dict[str, str] = Field(title="步骤的分类", description="按列出的先后")
    on_liberty: list[str] = Field(title="决定涉及人身自由的步骤", description="须先查看呈请内容再同意，不能批量同意")


class StepForm(BaseModel):
    """The form of a step, for showing what was filled in; whether the step may be taken is another question."""

    step: str
    title: str
    basis: str
    document: str
    approved_by: list[str]
    form: dict[str, Any] = Field(title="表单的 JSON Schema")


@cache
def _build_offences_json() -> str:
    return Offences(charges=_list_offence_views(get_charges()), violations=_list_offence_views(get_violations())).model_dump_json()


def _list_offence_views(table: Mapping[str, Charge] | Mapping[str, Violation]) -> list[Offence]:
    everyday = get_everyday_words()
    rows = [table[code] for code in dict.fromkeys((*(code for code in everyday if code in table), *table))]
    return [
        Offence(
            code=each.code,
            zh=each.zh,
            article=each.article,
            chapter=each.chapter,
            spelt=" ".join(spell_pinyin(words) for words in (each.zh, *everyday.get(each.code, ()))),
            everyday=list(everyday.get(each.code, ())),
        )
        for each in rows
    ]


@cache
def _build_words_json() -> str:
    return Words(
        kinds={each.value: each.zh for each in Kind},
        offices={each.value: each.label for each in Office},
        offices_called={each.value: words for each, words in CALLED.items()},
        colours={each.value: each.label for each in Colour},
        at_expiry={each.value: each.label for each in Consequence},
        roles={each.value: each.label for each in Role},
        steps={step: form.rule.title for step, form in get_forms().items()},
        bases={step: basis for step, form in get_forms().items() if (basis := format_basis(form))},
        facts={each.value: each.label for each in Fact},
        chapters={each.value: each.label for each in Chapter},
        on_liberty=[step for step in list_steps_with_approval() if is_on_liberty(get_forms()[step])],
    ).model_dump_json()


@cache
def build_labels_json() -> Mapping[str, str]:
    """`kinds`, `stages` (by kind and stage), `steps`, `office_words`, and `meets`: the limits met by steps that a stage waits for.

    Each is a JSON object by id: lists pass them to the database, which writes the labels into the rows.
    """
    stages = {f"{kind}/{name}": stage.zh for kind, life in get_lifecycles().items() for name, stage in life.stages.items()}
    told = {
        "kinds": {kind.value: kind.zh for kind in Kind},
        "stages": stages,
        "steps": {step: form.rule.title for step, form in get_forms().items()},
        "office_words": {office.value: office.label for office in Office},
        "meets": {
            awaited.step: met
            for life in get_lifecycles().values()
            for stage in life.stages.values()
            if (awaited := stage.find_awaited("", ())) and (met := list_limits_met(get_forms()[awaited.step]))
        },
    }
    return MappingProxyType({name: json.dumps(each, ensure_ascii=False) for name, each in told.items()})


@cache
def list_steps_with_approval() -> tuple[str, ...]:
    """The steps that need approval, and so become a request first."""
    return tuple(step for step, form in get_forms().items() if form.rule.approved_by)


@router.get("/api/offences", dependencies=declare_untraced("tables of offences"), summary="罪名与违法行为", response_model=Offences)
async def list_offences() -> Response:
    """Every charge and every act punished by the public-order law, with its article."""
    return Response(_build_offences_json(), headers=CACHING, media_type="application/json")


@router.get(
    "/api/steps/{step}",
    dependencies=declare_untraced("a form to fill in"),
    summary="一个步骤的表单",
    responses=document_refusals(404),
)
async def get_step_form(step: StepId) -> StepForm:
    """The form of any step with the titles of its fields: by it a request or an entry of the journal is read."""
    form = get_forms().get(step)
    if form is None:
        raise NotFound(f"没有名为“{step[:60]}”的步骤", near=get_close_matches(step, get_forms(), n=5, cutoff=0.4))
    rule = form.rule
    return StepForm(
        step=rule.step,
        title=rule.title,
        basis=format_basis(form),
        document=rule.document,
        approved_by=list(rule.approved_by),
        form=form.model_json_schema(),
    )


@router.get("/api/words", dependencies=declare_untraced("display names"), summary="代号的中文", response_model=Words)
async def get_words() -> Response:
    """What the ids of kinds, offices, colours, consequences, roles, steps and facts mean."""
    return Response(_build_words_json(), headers=CACHING, media_type="application/json")
