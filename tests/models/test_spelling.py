"""How names are spoken: what a pick list is searched by."""

from models.spelling import spell_name
from tests.tables import table


@table(
    ("name", "spoken"),
    [
        ("刘思源", "liusiyuan lsy"),
        ("城关派出所", "chengguanpaichusuo cgpcs"),
        ("曾小贤", "cengxiaoxian cxx zengxiaoxian zxx"),
        ("Tom", ""),
    ],
)
def test_a_name_is_spoken_in_each_way_of_its_first_character(name: str, spoken: str) -> None:
    assert spell_name(name) == spoken
