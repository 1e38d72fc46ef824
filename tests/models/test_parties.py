"""A person of a matter is one record: whatever the order of forms, nothing known of them is lost."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.folding import fold_words
from models.parties import Contradiction, Party, is_same_person, list_roles, merge_parties

NUMBER = "11010519491231002X"
OFFENDER = {"id": "person-1", "role": "offender", "name": "王立", "citizen_id": NUMBER}
SUMMONED = {"id": "person-1", "role": "questioned", "name": "王立"}


def _known(known: tuple[Party, ...] | Contradiction) -> tuple[Party, ...]:
    assert not isinstance(known, Contradiction), known
    return known


def _one(known: tuple[Party, ...] | Contradiction) -> Party:
    assert not isinstance(known, Contradiction), known
    (person,) = known
    return person


def test_a_summons_keeps_the_offenders_number_and_adds_its_role() -> None:
    person = _one(merge_parties(_known(merge_parties((), [OFFENDER])), [SUMMONED]))
    assert (person["citizen_id"], person["role"], list_roles(person)) == (NUMBER, "offender", ("offender", "questioned"))


def test_a_step_about_somebody_known_need_not_repeat_the_name() -> None:
    assert _one(merge_parties([OFFENDER], [{**SUMMONED, "name": ""}]))["name"] == "王立"


_FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "name": st.just("欧阳·文"),
        "citizen_id": st.just(NUMBER),
        "sex": st.just("女"),
        "phone": st.just("13900000001"),
        "address": st.just("城关镇"),
        "travel_document": st.just("E123"),
    },
)


@given(st.lists(st.tuples(st.sampled_from(["offender", "questioned", "victim"]), _FIELDS), min_size=1, max_size=4))
def test_no_order_of_forms_loses_a_field_or_a_role(said: list[tuple[str, dict[str, str]]]) -> None:
    forms = [{"id": "person-1", "role": role, **fields} for role, fields in said]
    wanted = {name: value for form in forms for name, value in form.items() if name not in ("id", "role")}
    for order in permutations(forms):
        known: tuple[Party, ...] = ()
        for form in order:
            after = merge_parties(known, [form])
            assert not isinstance(after, Contradiction)
            known = after
        person = _one(known)
        assert {name: person[name] for name in wanted} == wanted
        assert set(list_roles(person)) == {role for role, _ in said}


@pytest.mark.parametrize(("field", "other"), [("name", "李四"), ("citizen_id", "110105194912310038"), ("sex", "男")])
def test_what_contradicts_the_record_is_said_and_not_written(field: str, other: str) -> None:
    found = merge_parties([{**OFFENDER, "sex": "女"}], [{"id": "person-1", "role": "questioned", field: other}])
    assert isinstance(found, Contradiction)
    assert found.field == field
    assert "更正" in found.zh


def test_one_person_is_not_numbered_twice() -> None:
    found = merge_parties([OFFENDER], [{**OFFENDER, "id": "person-2", "citizen_id": NUMBER.lower()}])
    assert isinstance(found, Contradiction)
    assert "person-1" in found.zh
    nameless = {"id": "person-2", "role": "questioned", "name": "自称王某"}
    assert isinstance(
        merge_parties([OFFENDER, nameless], [{"id": "person-2", "role": "offender", "citizen_id": NUMBER}]), Contradiction
    )


def test_whoever_reported_and_turns_out_the_offender_is_one_party_by_both_ids() -> None:
    caller = {"id": "reporter", "role": "reporter", "name": "王立", "citizen_id": NUMBER, "phone": "13900000001"}
    person = _one(merge_parties([caller], [OFFENDER]))
    assert (person["id"], person["also"], person["phone"]) == ("reporter", "person-1", "13900000001")
    assert _one(merge_parties([person], [SUMMONED]))["id"] == "reporter"


def test_a_second_guardian_does_not_take_the_place_of_the_first() -> None:
    first = _known(merge_parties((), [{"role": "guardian", "name": "王父"}]))
    assert _one(first)["id"] == "guardian"
    assert _one(merge_parties(first, [{"role": "guardian", "name": "王母"}]))["id"] == "guardian-2"
    assert _one(merge_parties(first, [{"role": "guardian", "name": "王 父", "phone": "1"}]))["phone"] == "1"


def test_the_next_hand_takes_a_thing_over_whole() -> None:
    held = [{"id": "holder", "role": "holder", "name": "liusiyuan", "place": "城关派出所"}]
    person = _one(merge_parties(held, [{"id": "holder", "role": "holder", "name": "国库"}]))
    assert (person["name"], "place" in person) == ("国库", False)


@pytest.mark.parametrize("typed", ["欧阳·文惠", "歐陽 文惠", "欧阳•文惠", "欧阳文惠 "])
def test_names_typed_differently_are_folded_to_one(typed: str) -> None:
    assert fold_words(typed) == "欧阳文惠"


def test_who_is_one_person() -> None:
    assert is_same_person({"name": "甲", "citizen_id": NUMBER}, {"name": "乙", "citizen_id": NUMBER.lower()}) is True
    assert is_same_person({"name": "甲", "citizen_id": NUMBER}, {"name": "甲"}) is None
    assert is_same_person({"name": "甲", "citizen_id": NUMBER}, {"name": "甲", "citizen_id": "110105194912310038"}) is False
    assert is_same_person({"name": "IVAN", "travel_document": "E 123"}, {"name": "Ivan", "travel_document": "e123"}) is True
    assert is_same_person({"name": "甲", "born_on": "2000-01-01"}, {"name": "甲", "born_on": "2001-01-01"}) is False
    assert is_same_person({"name": "甲"}, {"name": "乙"}) is False


@pytest.mark.parametrize(("older", "newer"), [("楊志強", "杨志强"), ("樂鵬飛", "乐鹏飞"), ("龔曉東", "龚晓东")])
def test_the_older_shape_of_a_character_makes_no_other_person(older: str, newer: str) -> None:
    assert is_same_person({"name": older}, {"name": newer}) is None
