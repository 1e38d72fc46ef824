"""What a kind of matter begins with: facts, forms with its ends, lifecycle, a chapter of the demonstration, and a test."""

import keyword
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from models.forms.form import get_forms
from models.matter import UNOPENED, Kind
from operations.scaffold.building import NewFact, cite, declare
from operations.scaffold.editing import CannotAdd, Edits, build_class_name, build_module_name, fill_template
from workflows.lifecycle import Lifecycle


@dataclass(frozen=True, slots=True)
class NewStage:
    """A stage of a new kind: its id, the verb of the step that leads to it, and what officers call that step."""

    id: str
    verb: str
    label: str


def parse_stages(written: str) -> list[NewStage]:
    """The stages of a new kind, written `id:verb:label,…`, as `closed:close:办结`; CannotAdd where that cannot be."""
    parts = [each.strip().split(":") for each in written.split(",")]
    if len(parts) < 2 or any(len(each) != 3 for each in parts):
        raise CannotAdd(f"{written}: stages are two or more of id:verb:label, as opened:open:登记,closed:close:办结")
    found = [NewStage(*each) for each in parts]
    for each in found:
        if not (re.fullmatch("[a-z][a-z_]*", each.id) and re.fullmatch("[a-z]+", each.verb)):
            raise CannotAdd(f"{each.id}:{each.verb}: a stage and its verb are written in small letters")
        if keyword.iskeyword(each.id) or hasattr(Lifecycle, each.id):
            raise CannotAdd(f"no stage can be called {each.id}: every lifecycle has something of that name, or Python has")
    if len({each.id for each in found}) < len(found) or len({each.verb for each in found}) < len(found):
        raise CannotAdd(f"{written}: no two stages have one id, nor one verb")
    return found


def add_kind(edits: Edits, id_: str, label: str, prefix: str, facts: str, cited: str, stages: list[NewStage]) -> None:
    """A kind of matter that goes from stage to stage: its facts, forms, ends and lifecycle, a chapter of the demonstration, and a test."""
    taken = next((each for each in Kind if each.prefix == prefix or each.value == id_), None)
    if taken:
        raise CannotAdd(f"{taken.value} ({taken.prefix}) is there already")
    name, module = build_class_name(id_), build_module_name(id_)
    steps = [_build_step(id_, label, each) for each in stages]
    for each in steps:
        if each["step"] in get_forms():
            raise CannotAdd(f"the step {each['step']} is there already")
    names = steps[0] | {
        "id": id_,
        "label": label,
        "name": name,
        "module": module,
        "constant": module.upper(),
        "instrument": "RULE",
        "basis": cite("RULE", cited),
        "first": stages[0].id,
        "last": stages[-1].id,
        "ended": stages[-1].label,
        "story": ", ".join(each.id for each in stages),
    }
    edits.add_after(
        "models/matter.py", r'^    [A-Z_]+ = "[a-z-]+", ".*", "[A-Z]{2}"', f'{names["constant"]} = "{id_}", "{label}", "{prefix}"'
    )
    for each in stages:
        declare(edits, NewFact(f"{id_}.{each.id}", f"{each.label}{label}", facts))
    _create(edits, stages, steps, names)


def _create(edits: Edits, stages: list[NewStage], steps: list[dict[str, str]], names: dict[str, str]) -> None:
    """Make the files of a kind; `names` are what all of them are filled with."""
    module, label, later = names["module"], names["label"], steps[1:]
    edits.create(f"models/forms/{module}.py", "kind_forms", names | {"steps": _fill_each("kind_forms_step", later)})
    edits.create(
        f"workflows/{module}.py",
        "kind_workflow",
        names
        | {
            "forms": ", ".join(each["form"] for each in steps),
            "stages": _fill_each("kind_workflow_stage", _list_ways(stages, steps)),
        },
    )
    acts = (
        f'    Act("{label}{each.label}", {each.id}, Outcome.HELP, build_ages(hours({3 + 20 * n}))),\n'
        for n, each in enumerate(stages)
    )
    told = ({**each, "before": before.id} for before, each in zip(stages, later, strict=False))
    edits.create(
        f"seeds/chapters/{module}.py",
        "kind_chapter",
        names | {"steps": _fill_each("kind_chapter_step", told), "acts": "".join(acts)},
    )
    walked = ", ".join(f'("{each["step"]}", "{each["stage"]}")' for each in later)
    edits.create(f"tests/scenarios/test_{module}.py", "kind_test", names | {"taken": f"{walked},"})


def _build_step(kind_id: str, label: str, stage: NewStage) -> dict[str, str]:
    step = f"{stage.verb}-{kind_id}"
    fact = NewFact(f"{kind_id}.{stage.id}", stage.label, "").name
    title = f"{stage.label}{label}"
    return {"step": step, "form": build_class_name(step), "title": title, "said": stage.label, "fact": fact, "stage": stage.id}


def _list_ways(stages: list[NewStage], steps: list[dict[str, str]]) -> Iterator[dict[str, str]]:
    """From each stage but the last to the next, from before the matter is opened on."""
    labels = [f"未{stages[0].label}", *(f"已{each.label}" for each in stages)]
    ids = [UNOPENED, *(each.id for each in stages)]
    for n, step in enumerate(steps):
        yield step | {"stage": ids[n], "stage_label": labels[n], "next": ids[n + 1]}


def _fill_each(template: str, all_names: Iterable[dict[str, str]]) -> str:
    return "".join(fill_template(template, names) for names in all_names)
