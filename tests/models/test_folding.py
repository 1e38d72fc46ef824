"""One form of what people type: what makes no difference to them makes none to us, here and in the database."""

import psycopg
import pytest

from models.folding import DROPPED, OLDER, SIMPLER, fold_number, fold_telephone, fold_words


@pytest.mark.parametrize("typed", ["甲·乙", "甲•乙", "甲．乙", "甲 乙", "甲　乙", "甲乙", " 甲・乙\n", "甲\u200b乙", "（甲）乙"])
def test_a_name_is_one_whatever_parts_it(typed: str) -> None:
    assert fold_words(typed) == "甲乙"


@pytest.mark.parametrize(
    ("typed", "compared"),
    [
        ("ＪＱ2026", "jq2026"),
        ("城公（刑）立字〔2026〕1号", "城公刑立字20261号"),
        ("城公(刑)立字[2026]１号", "城公刑立字20261号"),
        ("歐陽文慧", "欧阳文慧"),
        ("０９７１－555", "0971555"),
    ],
)
def test_width_case_brackets_and_older_shapes_make_no_difference(typed: str, compared: str) -> None:
    assert fold_words(typed) == compared


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("１３９００００１２３４", "13900001234"),
        ("+8613900001234", "13900001234"),
        ("+86 139-0000-1234", "13900001234"),
        ("008613900001234", "13900001234"),
        ("8613900001234", "13900001234"),
        ("+86 971 555 0123", "09715550123"),
        ("+86 (0971) 5550123", "09715550123"),
        ("+86 10 6601 0000", "01066010000"),
        ("+86 400 123 4567", "4001234567"),
        ("0971-555 0123", "09715550123"),
        ("8655501", "8655501"),
        ("110", "110"),
        ("+8613", "+8613"),
    ],
)
def test_a_telephone_is_kept_as_it_is_dialled_at_home(typed: str, kept: str) -> None:
    assert fold_telephone(typed) == kept
    assert fold_telephone(kept) == kept


def test_a_passport_keeps_what_only_looks_like_the_number_of_a_country() -> None:
    assert fold_number("ｅ 8613-900001234") == "E8613900001234"
    assert fold_number("008613900001234") == "008613900001234"


def test_each_older_shape_has_its_own() -> None:
    assert len(OLDER) == len(SIMPLER) == len(set(OLDER))
    assert not set(OLDER) & set(SIMPLER)


def test_the_database_folds_as_we_do(database: str) -> None:
    signs = [chr(code) for code in (*range(0x20, 0x250), *range(0x2010, 0x2070), *range(0x2F00, 0xA000), *range(0xF900, 0x10000))]
    every = [sign for sign in signs if sign.isprintable() or sign in DROPPED]
    numbers = ["+86 971 555 0123", "8613900001234", "８６ 139 0000 1234", "青a·12345", "+86 400 123 4567", "110", "", "+8613"]
    with psycopg.connect(database) as connection:
        said = connection.execute("SELECT array_agg(folded(one)) FROM unnest(%s::text[]) AS one", [every]).fetchone()
        kept = connection.execute("SELECT array_agg(telephone(one)) FROM unnest(%s::text[]) AS one", [numbers]).fetchone()
    assert said and kept
    assert {one: theirs for one, theirs in zip(every, said[0], strict=True) if theirs != fold_words(one)} == {}
    assert kept[0] == [fold_telephone(each) for each in numbers]
