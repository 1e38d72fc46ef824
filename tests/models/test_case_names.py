"""Cases are called as officers call them: the day, whom it befell, the offence."""

from datetime import datetime

from law.calendar import SHANGHAI
from models.case_names import build_case_name
from models.parties import Contradiction, merge_parties
from tests.tables import table

AT = datetime(2026, 11, 29, 20, 15, tzinfo=SHANGHAI)


@table(
    ("offence", "name", "called"),
    [
        ("殴打他人", "王小明", "11·29王某被殴打案"),
        ("盗窃案", "欧阳文慧", "11·29欧阳某被盗窃案"),
        ("诈骗案", "", "11·29诈骗案"),
        ("帮助信息网络犯罪活动案", "王小明", "11·29帮助信息网络犯罪活动案"),
        ("强奸案", "王小明", "11·29强奸案"),
        ("盗窃案", "买买提·艾力", "11·29盗窃案"),
        ("盗窃案", "青岚县供销合作社", "11·29盗窃案"),
    ],
)
def test_a_case_is_called_by_its_day_the_surname_of_whoever_was_harmed_and_the_offence(
    offence: str, name: str, called: str
) -> None:
    people = [{"id": "complainant", "role": "reporter", "name": name, "citizen_id": "110101199003070775"}] if name else []
    assert build_case_name(offence, AT, people) == called


@table("known", [{"citizen_id": "110101201503070774"}, {"born_on": "2015-03-07"}, {}])
def test_who_is_a_child_or_may_be_one_is_not_named(known: dict[str, str]) -> None:
    harmed = {"id": "complainant", "role": "reporter", "name": "王小明", **known}
    assert build_case_name("盗窃案", AT, [harmed]) == "11·29盗窃案"


def test_of_several_who_were_harmed_nobody_is_named() -> None:
    harmed = [
        {"id": f"person-{n}", "role": "victim", "name": name, "born_on": "1990-03-07"}
        for n, name in enumerate(("王小明", "李小红"))
    ]
    assert build_case_name("盗窃案", AT, harmed) == "11·29盗窃案"


def test_one_who_complained_and_was_harmed_is_one_person_unless_a_form_counts_them_apart() -> None:
    complainant = {"id": "complainant", "role": "reporter", "name": "王小明"}
    merged = merge_parties([complainant], [{"role": "victim", "name": "王小明", "born_on": "1990-03-07"}])
    assert not isinstance(merged, Contradiction)
    (joined,) = merged
    assert (joined["id"], joined["roles"]) == ("complainant", "victim reporter")
    # A victim who is spared a second telling goes by a code of their own, and is nobody whose age is known: the case is called after nobody.
    spared = {"id": "victim-1", "role": "victim", "name": "王小明", "sex": "女"}
    merged = merge_parties([complainant], [spared])
    assert not isinstance(merged, Contradiction)
    (apart,) = merged
    assert build_case_name("抢劫案", AT, [{**complainant, "born_on": "1990-03-07"}, apart]) == "11·29抢劫案"
