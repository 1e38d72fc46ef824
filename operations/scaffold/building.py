"""What each thing but a kind begins with: which files are made and which are added to, in the order in which a reader would."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from law.facts import Fact
from law.offices import Office
from law.time_limits import limits
from law.wording import text_of, wording
from models.forms.form import forms
from models.matter import Kind
from operations.scaffold.editing import CannotAdd, Edits, class_name, filled, module_name

_FACTS = "law/facts"
# When the example of a new limit begins: a Monday evening without a holiday near it.
_START = "2026-03-02T20:00:00+08:00"
# Everything that is found by walking a room, and so fails as a whole where one file of it is wrong.
_LOADS = """
from activities.external import systems
from activities.recording.features import features
from inspections.inspection import inspections
from law.time_limits import limits
from models.ends import ends
from models.forms.form import forms
from workflows.registry import lifecycles

for found in (forms, limits, lifecycles, ends, systems, inspections, features):
    found()
"""
_UNIT = {"hour": ("hours", "HOURS"), "day": ("days", "DAYS"), "month": ("months", "MONTHS")}


@dataclass(frozen=True, slots=True)
class NewFact:
    """A fact that is to be declared: its id, what officers call it, and the module of `law/facts` whose area it belongs to."""

    id: str
    label: str
    module: str
    scope: str = "MATTER"
    after: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Its name in the enumeration."""
        return re.sub(r"[^a-z0-9]+", "_", self.id).upper()


def step(
    edits: Edits,
    id_: str,
    title: str,
    kind: Kind,
    stages: list[str],
    fact: NewFact,
    *,
    basis: str = "RULE",
    cited: str,
    office: str,
) -> None:
    """A step with its fact and basis: form, fact, where it is open, and a test; CannotAdd where a step of any kind is called so."""
    if id_ in forms():
        raise CannotAdd(f"the step {id_} is there already")
    declare(edits, fact)
    form, module = class_name(id_), module_name(id_)
    names = {
        "title": title,
        "form": form,
        "module": module,
        "step": id_,
        "fact": fact.name,
        "instrument": basis,
        "basis": cite(basis, cited),
        "cited": _cited(basis, cited),
        "office": office.upper().replace("-", "_"),
        "kind": kind.name,
        "stages": repr(stages),
    }
    edits.create(f"models/forms/{module}.py", "form", names)
    life = f"workflows/{module_name(kind.value)}.py"
    edits.add_import(life, f"models.forms.{module}", form)
    for each in stages:
        edits.open_meanwhile(life, each, form)
    edits.create(f"tests/workflows/test_{module}.py", "step_test", names)


def limit(
    edits: Edits,
    id_: str,
    label: str,
    statute: str,
    starts: str,
    met: str,
    length: str,
    *,
    basis: str = "",
    cited: str,
    liberty: bool = False,
) -> None:
    """A limit in a statute, between two facts, and an example that `louke due` agrees with."""
    if id_ in limits():
        raise CannotAdd(f"the limit {id_} is there already")
    path = f"law/statutes/{statute}.py"
    number, _, unit = length.partition(" ")
    if unit not in _UNIT or not number.isdecimal() or not int(number):
        raise CannotAdd(f"{length}: a length is a number from one up and one of {', '.join(_UNIT)}")
    function, counting = _UNIT[unit]
    used = dict.fromkeys(re.findall(r"\b([A-Z]+)\.(?:article|section)\(", edits.read(path)))
    if not basis and len(used) != 1:
        raise CannotAdd(f"{path} cites {', '.join(used) or 'nothing'}: say which --instrument this limit rests on")
    basis = basis or next(iter(used))
    _cited(basis, cited)
    names = {
        "constant": module_name(id_).upper(),
        "id": id_,
        "label": label,
        "about": "PERSON" if liberty else "CASE",
        "liberty": str(liberty),
        "starts": _known(starts),
        "met": _known(met),
        "basis": cite(basis, cited),
        "length": f"{function}({number})",
        "counting": counting,
        "expiry": "RELEASE" if liberty else "ESCALATE",
    }
    for module, name in (
        ("law.instruments", basis),
        ("law.clock", "Consequence"),
        ("law.counting", "Counting"),
        ("law.facts", "Fact"),
        ("law.lengths", function),
        ("law.offices", "Office"),
        ("law.time_limits", "About"),
        ("law.time_limits", "TimeLimit"),
        ("law.time_limits", "edition"),
    ):
        edits.add_import(path, module, name)
    edits.append(path, filled("limit", names))


def example(edits: Edits, id_: str, label: str, statute: str) -> None:
    """Add a worked example of a limit, as the clone computes it with what is written so far; CannotAdd where it cannot be computed."""
    edits.write()
    due = "import cli; cli.app()"
    answer = json.loads(edits.ask(f"{id_} cannot be computed for a start of {_START}", due, "due", id_, "--start", _START))
    line = f'- {{name: {label}, limit: {id_}, start: "{_START}", due: "{answer["due"]}", basis: {answer["basis"]}}}\n'
    edits.append(f"tests/law/examples/{statute}.yaml", line)


def check_loads(edits: Edits) -> None:
    """CannotAdd, and nothing is written, unless the clone can be started with what is written."""
    edits.ask("the clone does not load with it", _LOADS)


def system(edits: Edits, id_: str, label: str, told: str, office: Office, answer: str = "") -> None:
    """A system outside, of that organ, that is told of a fact and, where `answer` names a step, owes that step as its answer."""
    names = {"id": id_, "label": label, "constant": module_name(id_).upper(), "told": _known(told), "office": office.name}
    path = f"activities/external/{module_name(id_)}.py"
    if not answer:
        edits.create(path, "system", names | {"questions": "", "imports": "System"})
        asked = ""
    else:
        form, module = _form(edits, answer)
        by = forms()[answer].rule.by
        if office not in by:
            raise CannotAdd(
                f"{answer} is taken by {', '.join(by)}, not by {office}: let it be taken by the organ too, or say its --office"
            )
        questions = f", questions=(Question(Fact.{names['told']}, {form}),)"
        edits.create(path, "system", names | {"questions": questions, "imports": "Question, System"})
        edits.add_import(path, module, form)
        asked = f'\n\ndef test_it_owes_an_answer() -> None:\n    assert systems()["{id_}"].answers("{answer}")\n'
    edits.create(f"tests/partners/test_{module_name(id_)}.py", "system_test", names | {"asked": asked})


def inspection(edits: Edits, id_: str, label: str, kind: Kind, step: str, *, basis: str, cited: str) -> None:
    """An inspection of a kind of matter, which finds each that has taken a step until its predicate is written; and a test."""
    form, module = _form(edits, step)
    names = {
        "id": id_,
        "label": label,
        "kind": kind.name,
        "number": f"{kind.prefix}202600000001",
        "step": step,
        "form": form,
        "form_module": module,
        "title": _title(edits, module, form),
        "instrument": basis,
        "basis": cite(basis, cited),
    }
    _cited(basis, cited)
    edits.create(f"inspections/rules/{module_name(id_)}.py", "inspection", names)
    edits.create(f"tests/inspections/test_{module_name(id_)}.py", "inspection_test", names)


def declare(edits: Edits, fact: NewFact) -> None:
    """Declare a fact in its area; CannotAdd where it is there, or comes after what is none."""
    if fact.id in {each.value for each in Fact}:
        raise CannotAdd(f"the fact {fact.id} is there already")
    path = f"{_FACTS}/{fact.module}.py"
    if not (edits.root / path).exists():
        there = sorted(each.stem for each in (edits.root / _FACTS).glob("*.py") if "Facts:" in each.read_text(encoding="utf-8"))
        raise CannotAdd(f"there is no {path}; the areas are {', '.join(there)}")
    area = re.findall(r"area=(Phase\.\w+)", edits.read(path))[-1]
    for each in fact.after:
        _known(each)
    before = fact.after[0] if len(fact.after) == 1 else fact.after
    after = f", after={before!r}" if before else ""
    declared = f'{fact.name} = fact("{fact.id}", "{fact.label}", scope={fact.scope}, area={area}{after})'
    edits.add_to_class(path, "Facts", declared)
    edits.add_import(path, "law.facts.declaration", fact.scope)


def _known(fact: str) -> str:
    try:
        return Fact(fact).name
    except ValueError:
        near = _near(fact, Fact)
        raise CannotAdd(
            f"no fact is called {fact}{near}: `louke new step` declares one with the step that brings it about"
        ) from None


def _form(edits: Edits, id_: str) -> tuple[str, str]:
    """The class of a step's form, and its module."""
    name = class_name(id_)
    for file in sorted((edits.root / "models/forms").glob("*.py")):
        if re.search(rf"^class {name}\(", file.read_text(encoding="utf-8"), re.MULTILINE):
            return name, f"models.forms.{file.stem}"
    raise CannotAdd(f"no step is called {id_}{_near(id_, forms())}: `louke new step` makes one")


def _near(given: str, known: Iterable[str]) -> str:
    """What may have been meant, in brackets."""
    parts = set(re.split(r"[.-]", given))
    alike = get_close_matches(given, known) or sorted(known, key=lambda each: -len(parts & set(re.split(r"[.-]", each))))[:3]
    return f" (perhaps {', '.join(map(str, alike))})"


def _title(edits: Edits, module: str, form: str) -> str:
    source = edits.read(f"{module.replace('.', '/')}.py").partition(f"class {form}(")[2]
    return re.findall(r'title="([^"]+)"', source)[0]


def cite(instrument: str, cited: str) -> str:
    """The article or section as code cites it."""
    return f"{instrument}.article({cited})" if cited.isdecimal() else f'{instrument}.section("{cited}")'


def _cited(instrument: str, cited: str) -> str:
    from law import instruments

    found = getattr(instruments, instrument, None)
    if found is None:
        raise CannotAdd(f"law/instruments.py has no {instrument}")
    article = found.article(int(cited)) if cited.isdecimal() else found.section(cited)
    if cited.isdecimal() and text_of(found) and not wording(article):
        raise CannotAdd(f"{instrument} has no article {cited}")
    return str(article)


def root() -> Path:
    """The clone in which the command was given; CannotAdd where it is none."""
    clone = Path.cwd()
    if not (clone / "law/statutes").is_dir() or not (clone / "models/forms").is_dir():
        raise CannotAdd("this is not a clone of Louke: the command writes into the folder in which it is given")
    return clone
