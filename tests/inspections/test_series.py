"""Two matters are held against each other by what they name, how, where and when it was done; no trace is taken of whoever reports."""

from datetime import datetime, timedelta

from inspections.series import PROPOSED, PlacedTrait, compare
from inspections.snapshot import RecordedStep
from inspections.traits import Known, Sort, find_traits
from law.calendar import SHANGHAI
from tests.tables import table

AT = datetime(2026, 9, 26, 21, 40, tzinfo=SHANGHAI)
REPORTER = Known(("reporter",), "", "13800000001")
SUSPECT = Known(("suspect",), "340123199001010016", "13911112222")
CARD = "6222021234567890123"


def told(narrative: str, *, place: str = "", **said: str) -> tuple[RecordedStep, ...]:
    return (RecordedStep("open-incident", 1, AT, "linxiaoyu", {"kind": "诈骗", "place": place, "narrative": narrative, **said}),)


@table(
    ("narrative", "traits"),
    [
        (f"转到对方账户 {CARD[:4]} {CARD[4:8]} {CARD[8:12]} {CARD[12:16]} {CARD[16:]}", [("account", CARD)]),
        ("对方微信号：wxid_ab12cd", [("account", "WXID_AB12CD")]),
        ("骑手电话139-1111-2222，车牌皖A·D1234", [("phone", "13911112222"), ("plate", "皖AD1234")]),
        ("报警人电话13800000001，另一部手机被盗", []),
        ("巡逻车皖A1234警到场", []),
        ("编号20260926000000001的订单，共计350000元", []),
        ("被人诱骗绑定亲情卡盗刷", [("method", "family-card")]),
        ("门窗完好，没有撬锁痕迹", []),
        ("窗户被撬，翻窗入室", [("method", "prying"), ("method", "climbing")]),
    ],
)
def test_numbers_and_methods_are_found_in_what_was_written(narrative: str, traits: list[tuple[str, str]]) -> None:
    found = find_traits(told(narrative), [REPORTER])
    assert [(str(each.sort), each.value) for each in found] == traits
    assert {(each.seq, each.field) for each in found} <= {(1, "narrative")}


def test_of_people_only_whoever_is_suspected_leaves_a_trace_as_the_record_has_them_now() -> None:
    named = RecordedStep(
        "name-suspect", 4, AT, "liusiyuan", {"name": "贺文涛", "citizen_id": SUSPECT.citizen_id, "phone": "139 1111 2222"}
    )
    found = find_traits((*told("钱包丢失", reporter_phone="13800000001"), named), [REPORTER, SUSPECT])
    assert [(each.sort, each.value, each.seq, each.field) for each in found] == [
        (Sort.CITIZEN, SUSPECT.citizen_id, 4, "citizen_id"),
        (Sort.PHONE, "13911112222", 4, "phone"),
    ]


def placed(matter: str, *traits: tuple[Sort, str], at: datetime = AT) -> list[PlacedTrait]:
    return [PlacedTrait(matter, sort, value, 1, "narrative", at) for sort, value in traits]


ACCOUNT, PHONE, FAMILY_CARD = (Sort.ACCOUNT, CARD), (Sort.PHONE, "13911112222"), (Sort.METHOD, "family-card")
PRYING, CLIMBING, THEFT, FRAUD = (
    (Sort.METHOD, "prying"),
    (Sort.METHOD, "climbing"),
    (Sort.CHARGE, "xf-264"),
    (Sort.CHARGE, "xf-266"),
)
HERE, NEAR, ELSEWHERE = (Sort.PLACE, "城关镇河滨路12号"), (Sort.PLACE, "城关镇河滨路36号"), (Sort.PLACE, "东河镇集市")


@table(
    ("here", "there", "later", "score"),
    [
        ((ACCOUNT, FAMILY_CARD, THEFT), (ACCOUNT, FAMILY_CARD, THEFT), timedelta(days=9), 90),
        ((ACCOUNT, FRAUD), (ACCOUNT, FRAUD), timedelta(days=90), 70),
        ((ACCOUNT,), (ACCOUNT,), timedelta(days=1), 60),
        ((ACCOUNT, PHONE), (ACCOUNT, PHONE), timedelta(days=1), 70),
        ((THEFT, HERE), (THEFT, NEAR), timedelta(days=1), 40),
        ((PRYING, CLIMBING, THEFT, HERE), (PRYING, CLIMBING, THEFT, NEAR), timedelta(days=3, hours=1), 70),
        ((PRYING, CLIMBING, THEFT, HERE), (PRYING, CLIMBING, THEFT, NEAR), timedelta(days=3, hours=8), 55),
        ((PRYING, CLIMBING, THEFT, HERE), (PRYING, CLIMBING, THEFT, ELSEWHERE), timedelta(days=3), 55),
        ((THEFT,), (THEFT,), timedelta(0), 10),
    ],
)
def test_a_number_weighs_most_and_what_many_have_in_common_only_beside_it(
    here: tuple[tuple[Sort, str], ...], there: tuple[tuple[Sort, str], ...], later: timedelta, score: int
) -> None:
    agreed = compare(placed("A", *here), placed("B", *there, at=AT + later))
    back = compare(placed("B", *there, at=AT + later), placed("A", *here))
    assert agreed.score == back.score == score
    assert sum(each.weight for each in agreed.features) == score
    assert all((each.here.matter, each.there.matter) == ("A", "B") for each in agreed.features)


def test_two_thefts_that_share_only_what_was_stolen_are_not_proposed() -> None:
    one, two = (
        find_traits(told(words, place=place), [REPORTER])
        for words, place in (("在网吧手机被盗", "网吧"), ("在商场手机被盗", "商场"))
    )
    assert compare([PlacedTrait("A", *each, AT) for each in one], [PlacedTrait("B", *each, AT) for each in two]).score < PROPOSED
