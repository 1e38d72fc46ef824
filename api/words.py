"""What people call kinds, stages, steps and offices, as JSON objects by id: lists hand them to the database, which writes them into rows."""

import json
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from law.offices import Office
from models.forms.form import forms
from models.matter import Kind
from workflows.registry import lifecycles


@cache
def words() -> Mapping[str, str]:
    """`kinds`, `stages` (by kind and stage), `steps` and `office_words`."""
    stages = {f"{kind}/{name}": stage.zh for kind, life in lifecycles().items() for name, stage in life.stages.items()}
    told = {
        "kinds": {kind.value: kind.zh for kind in Kind},
        "stages": stages,
        "steps": {step: form.rule.title for step, form in forms().items()},
        "office_words": {office.value: office.label for office in Office},
    }
    return MappingProxyType({name: json.dumps(each, ensure_ascii=False) for name, each in told.items()})


@cache
def asking() -> tuple[str, ...]:
    """The steps that need approval, and so begin as a request."""
    return tuple(step for step, form in forms().items() if form.rule.approved_by)
