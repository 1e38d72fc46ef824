"""Catalogues with editions: the labels of letters are all there, a code is used while it is valid, and a row is all that a new one takes."""

from datetime import UTC, datetime
from typing import Annotated

import pytest
from pydantic import BaseModel, ValidationError

from models.catalogues import editions
from models.catalogues.editions import TITLES, load_catalogue, make_code_check
from models.instants import AS_STORED, Instant, build_submission_context


class Labelled(BaseModel):
    """A form that names a label."""

    at: Instant | None = None
    label: Annotated[str, make_code_check("letter-labels")]


NOW = build_submission_context(datetime(2026, 11, 30, 8, tzinfo=UTC))
HEAD = "code,zh,class,subclass,flags,sort,valid_from,valid_until"


def test_letters_are_labelled_by_six_classes_67_subclasses_and_291_tags() -> None:
    labels = load_catalogue("letter-labels").values()
    assert len({each.further["class"] for each in labels}) == 6
    assert len({each.code.rpartition(".")[0] for each in labels}) == len({each.further["subclass"] for each in labels}) == 67
    assert len(labels) == 291
    assert {flag for each in labels for flag in each.further["flags"]} == set("CRQATJHPSXZ")


def test_every_catalogue_reads_and_begins_before_it_ends() -> None:
    for catalogue in TITLES:
        for each in load_catalogue(catalogue).values():
            assert each.zh
            assert each.valid_until is None or each.valid_from <= each.valid_until, each.code


def test_an_unknown_code_is_refused_by_the_name_of_its_catalogue() -> None:
    with pytest.raises(ValidationError, match=r"来信标签.*letter-labels.*9\.99\.99"):
        Labelled.model_validate({"label": "9.99.99"}, context=NOW)


def test_a_row_is_all_a_label_takes_and_one_that_is_over_is_refused_from_then_on_and_read_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = [HEAD, "1.01.01,旧标签,甲,乙,C,complaint,2026-01-01,2026-10-31", "1.01.99,新标签,甲,乙,C,complaint,2026-11-01,"]
    load_catalogue.cache_clear()
    monkeypatch.setattr(editions, "_read_lines", lambda _: rows)
    try:
        assert Labelled.model_validate({"label": "1.01.99"}, context=NOW).label == "1.01.99"
        assert Labelled.model_validate({"label": "1.01.01", "at": "2026-10-31T23:00:00+08:00"}, context=NOW)
        with pytest.raises(ValidationError, match="2026-11-30不适用"):
            Labelled.model_validate({"label": "1.01.01"}, context=NOW)
        assert Labelled.model_validate({"label": "1.01.01"}, context=AS_STORED)
        rows.append(rows[-1])
        load_catalogue.cache_clear()
        with pytest.raises(ValueError, match="given twice"):
            load_catalogue("letter-labels")
    finally:
        load_catalogue.cache_clear()
