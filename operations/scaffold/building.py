"""What a step, a system and an inspection begin with: which files are made and which are added to, in the order in which a reader would."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from law.facts import Fact
from law.offices import Office
from law.wording import find_text, find_wording
from models.forms.form import get_forms
from models.matter import Kind
from operations.scaffold.editing import CannotAdd, Edits, build_class_name, build_module_name, fill_template
from workflows.registry import get_lifecycles

_FACTS = "law/facts"
_FORMS = ("models/forms", "models/external")
# Everything that is found by walking a room, and so fails as a whole where one file of it is wrong.
_LOADS = """
from runtime.event_loop import collect_seldom

collect_seldom()
from models.external import get_systems
from activities.recording.features import get_features
from inspections.inspection import get_inspections
from law.time_limits import get_limits
from models.ends import get_ends
from models.forms.form import get_forms
from workflows.registry import get_lifecycles

for found in (get_forms, get_limits, get_lifecycles, get_ends, get_systems, get_inspections, get_features):
    found()
"""


@dataclass(frozen=True, slots=True)
class NewFact:
    """A fact that is to be declared: its id, what officers call it, and the module of `law/facts` whose area it belongs to."""

    id: str
    label: str
    module: str
    scope: str = "MATTER"
    after: tuple[str, ...] = ()
    # On what it rests that it comes after those: an instrument by its name, and what is cited of it.
    instrument: str = ""
    cited: str = ""

    @property
    def name(self) -> str:
        """Its name in the enumeration."""
        return re.sub(r"[^a-z0-9]+", "_", self.id).upper()


def add_step(
    edits: Edits,
    id_: str,
    title: str,
    kind: Kind,
    stages: list[str],
    fact: NewFact,
    *,
    basis: str = "RULE",
    cited: str,
    office: Office,
) -> None:
    """A step with its fact and basis: form, fact, where it is open, and a test; CannotAdd where a step of any kind is called so."""
    if id_ in get_forms():
        raise CannotAdd(f"the step {id_} is there already")
    declare(edits, fact)
    form, module = build_class_name(id_), build_module_name(id_)
    names = {
        "title": title,
        "form": form,
        "module": module,
        "step": id_,
        "fact": fact.name,
        "instrument": basis,
        "basis": cite(basis, cited),
        "cited": format_article(basis, cited),
        "office": office.name,
        "kind": kind.name,
        "stages": repr(stages),
    }
    edits.create(f"models/forms/{module}.py", "form", names)
    life = f"workflows/{build_module_name(kind.value)}.py"
    edits.add_import(life, f"models.forms.{module}", form)
    for each in stages:
        edits.open_meanwhile(life, each, form)
    edits.create(f"tests/workflows/test_{module}.py", "step_test", names)


def check_loads(edits: Edits) -> None:
    """CannotAdd, and nothing is written, unless the clone can be started with what is written."""
    edits.ask("the clone does not load with it", _LOADS)


@dataclass(frozen=True, slots=True)
class NewAnswer:
    """A step that a system owes as its answer and that is not there yet: what officers call it, in which kind of matter, on what basis."""

    step: str
    title: str
    kind: Kind
    instrument: str
    cited: str


def add_system(edits: Edits, id_: str, label: str, told: str, office: Office, answer: str | NewAnswer = "") -> None:
    """A system outside, of that organ, that is told of a fact and, where `answer` names a step, owes that step as its answer.

    A new answer is written beside the system: it may come at every stage of such a matter, by the organ or written down by the officer.
    """
    names = {
        "id": id_,
        "label": label,
        "constant": build_module_name(id_).upper(),
        "told": find_fact_name(told),
        "office": office.name,
    }
    path = f"models/external/{build_module_name(id_)}.py"
    test, step = "", answer.step if isinstance(answer, NewAnswer) else answer
    question = f", questions=(Question(Fact.{names['told']}, {build_class_name(step)}),)" if step else ""
    written = _answer(answer, office) if isinstance(answer, NewAnswer) else ""
    edits.create(
        path, "system", names | {"questions": question, "imports": "Question, System" if step else "System", "answer": written}
    )
    if isinstance(answer, NewAnswer):
        for module, name in (
            ("pydantic", "Field"),
            ("law.instruments", answer.instrument),
            ("models.forms.form", "Form"),
            ("models.forms.form", "Text"),
            ("models.matter", "Kind"),
        ):
            edits.add_import(path, module, name)
    elif answer:
        form, module = _find_form(edits, answer, "; of a new answer say its --answer-title")
        by = get_forms()[answer].rule.by
        if office not in by:
            raise CannotAdd(
                f"{answer} is taken by {', '.join(by)}, not by {office}: let it be taken by the organ too, or say its --office"
            )
        edits.add_import(path, module, form)
    if step:
        test = f'\n\ndef test_it_owes_an_answer() -> None:\n    assert get_systems()["{id_}"].answers("{step}")\n'
    edits.create(f"tests/partners/test_{build_module_name(id_)}.py", "system_test", names | {"asked": test})


def _answer(new: NewAnswer, office: Office) -> str:
    if new.step in get_forms():
        raise CannotAdd(f"the step {new.step} is there already: no --answer-title")
    format_article(new.instrument, new.cited)
    names = {
        "form": build_class_name(new.step),
        "step": new.step,
        "title": new.title,
        "office": office.name,
        "basis": cite(new.instrument, new.cited),
        "kind": new.kind.name,
    }
    return fill_template("system_answer", names)


def add_inspection(edits: Edits, id_: str, label: str, kind: Kind, step: str, *, basis: str, cited: str) -> None:
    """An inspection of a kind of matter, which finds each that has taken a step until its predicate is written; and a test.

    CannotAdd where no such matter takes that step: it would never find anything.
    """
    form, module = _find_form(edits, step)
    taken_in = [
        kind
        for kind, life in get_lifecycles().items()
        if any(get_forms()[step] in each.open_steps for each in life.stages.values())
    ]
    # What may be done at any stage, as an approval, is open at none.
    if taken_in and kind not in taken_in:
        raise CannotAdd(f"{step} is taken in {', '.join(taken_in)}, not in {kind}: the inspection would find nothing")
    names = {
        "id": id_,
        "label": label,
        "kind": kind.name,
        "number": f"{kind.prefix}202600000001",
        "step": step,
        "form": form,
        "form_module": module,
        "title": _find_title(edits, module, form),
        "instrument": basis,
        "basis": cite(basis, cited),
    }
    format_article(basis, cited)
    edits.create(f"inspections/rules/{build_module_name(id_)}.py", "inspection", names)
    edits.create(f"tests/inspections/test_{build_module_name(id_)}.py", "inspection_test", names)


def declare(edits: Edits, fact: NewFact) -> None:
    """Declare a fact in its area; CannotAdd where it is there, or comes after what is none."""
    if fact.id in {each.value for each in Fact} or fact.name in Fact.__members__:
        raise CannotAdd(f"the fact {fact.id} is there already")
    path = f"{_FACTS}/{fact.module}.py"
    if not (edits.root / path).exists():
        there = sorted(each.stem for each in (edits.root / _FACTS).glob("*.py") if "Facts:" in each.read_text(encoding="utf-8"))
        raise CannotAdd(f"there is no {path}; the areas are {', '.join(there)}")
    area = re.findall(r"area=(Area\.\w+)", edits.read(path))[-1]
    for each in fact.after:
        find_fact_name(each)
    before = fact.after[0] if len(fact.after) == 1 else fact.after
    after = f", after={before!r}, basis={cite(fact.instrument, fact.cited)}" if before else ""
    declared = f'{fact.name} = fact("{fact.id}", "{fact.label}", scope={fact.scope}, area={area}{after})'
    edits.add_to_class(path, "Facts", declared)
    edits.add_import(path, "law.facts.declaration", fact.scope)
    if before:
        edits.add_import(path, "law.instruments", fact.instrument)


def find_fact_name(fact: str) -> str:
    """Its name in the enumeration; CannotAdd where there is none of that id."""
    try:
        return Fact(fact).name
    except ValueError:
        raise CannotAdd(
            f"no fact is called {fact}{suggest_nearest(fact, Fact)}: `louke new step` declares one with the step that brings it about"
        ) from None


def _find_form(edits: Edits, id_: str, otherwise: str = "") -> tuple[str, str]:
    """The class of a step's form, and its module; CannotAdd where there is none, with what could be done `otherwise`."""
    name = build_class_name(id_)
    for file in sorted(file for room in _FORMS for file in (edits.root / room).glob("*.py")):
        if re.search(rf"^class {name}\(", file.read_text(encoding="utf-8"), re.MULTILINE):
            return name, ".".join(file.relative_to(edits.root).with_suffix("").parts)
    raise CannotAdd(f"no step is called {id_}{suggest_nearest(id_, get_forms())}: `louke new step` makes one{otherwise}")


def suggest_nearest(given: str, known: Iterable[str]) -> str:
    """What may have been meant, in brackets."""
    known, parts = sorted(known), set(re.split(r"[._-]", given))
    alike = get_close_matches(given, known) or sorted(known, key=lambda each: -len(parts & set(re.split(r"[._-]", each))))[:3]
    return f" (perhaps {', '.join(map(str, alike))})"


def _find_title(edits: Edits, module: str, form: str) -> str:
    source = edits.read(f"{module.replace('.', '/')}.py").partition(f"class {form}(")[2]
    return re.findall(r'title="([^"]+)"', source)[0]


def cite(instrument: str, cited: str) -> str:
    """The article or section as code cites it."""
    return f"{instrument}.article({cited})" if cited.isdecimal() else f'{instrument}.section("{cited}")'


def format_article(instrument: str, cited: str) -> str:
    """The article or section as officers cite it; CannotAdd where the instrument has none."""
    from law import instruments

    found = getattr(instruments, instrument, None)
    if found is None:
        raise CannotAdd(f"law/instruments.py has no {instrument}")
    article = found.article(int(cited)) if cited.isdecimal() else found.section(cited)
    if cited.isdecimal() and find_text(found) and not find_wording(article):
        raise CannotAdd(f"{instrument} has no article {cited}")
    return str(article)


def find_root() -> Path:
    """The clone in which the command was given; CannotAdd where it is none."""
    clone = Path.cwd()
    if not (clone / "law/statutes").is_dir() or not (clone / "models/forms").is_dir():
        raise CannotAdd("this is not a clone of Louke: the command writes into the folder in which it is given")
    return clone
