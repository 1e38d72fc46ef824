"""What happens to a suspect (犯罪嫌疑人)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from seeds.acts import Act, Length, build_ages, build_calendar_ages, build_ladder_ages, of_a_station
from seeds.chapters.criminal_case import filed
from seeds.invention import Citizen
from seeds.script import AGREED, CASE, SUSPECT, Cast, Move, approve_request
from seeds.spans import days, hours, minutes
from seeds.stories import Outcome


def named(s: Cast, at: datetime) -> Iterator[Move]:
    """Suspects are named: two of a gang, and the story follows the first."""
    yield from filed(s, at - hours(46))
    for place, citizen in enumerate(s.story.suspects[: 1 if len(s.story.suspects) < _GANG else 2], start=1):
        yield s.officer(CASE, "name-suspect", at + minutes(place), **_build_identity(citizen)).open_as(f"suspect-{place}")


def cleared(s: Cast, at: datetime) -> Iterator[Move]:
    """Investigated no longer, while the case goes on."""
    yield from named(s, at - days(6))
    yield from approve_request(
        s.officer(SUSPECT, "terminate-investigation", at, grounds="经查证没有作案时间，不是犯罪行为实施者。"), s.county_head, at
    )
    yield s.officer(SUSPECT, "notify-termination", at + hours(4), means="当面告知本人")


def summons_asked(s: Cast, at: datetime) -> Iterator[Move]:
    """A summons is asked for, and awaits the head of the unit."""
    yield from named(s, at - hours(3))
    yield s.officer(SUSPECT, "summon", at, place=_ROOM, grounds=_NEEDED)


def summoned(s: Cast, at: datetime) -> Iterator[Move]:
    """Summoned and here, the questioning not over (twelve hours)."""
    yield from named(s, at - hours(14))
    yield from approve_request(s.officer(SUSPECT, "summon", at, place=_ROOM, grounds=_NEEDED), s.unit_head, at)


def detention_asked(s: Cast, at: datetime) -> Iterator[Move]:
    """Summoned at `at`; detention is asked for, and awaits the county head."""
    yield from summoned(s, at)
    yield s.officer(SUSPECT, "execute-detention", at + hours(3), place=_ROOM, grounds=_SUSPECTED)


def bail_asked(s: Cast, at: datetime) -> Iterator[Move]:
    """Summoned at `at`; bail is asked for, and awaits the county head."""
    yield from summoned(s, at)
    yield s.officer(SUSPECT, "decide-bail", at + hours(2), surety="保证金", deposit_yuan=5000, grounds=_HARMLESS)


def compelled(s: Cast, at: datetime) -> Iterator[Move]:
    """Compelled to appear, the questioning not over (twelve hours)."""
    yield from named(s, at - hours(30))
    yield from approve_request(
        s.officer(SUSPECT, "compel", at, place=_ROOM, grounds="经合法传唤无正当理由不到案。"), s.county_head, at
    )
    yield s.officer(SUSPECT, "notify-defence-right", at)


def detained(s: Cast, at: datetime) -> Iterator[Move]:
    """Detained; the centre, the family and the first interrogation are still to come (24 hours each)."""
    yield from summoned(s, at - hours(9))
    yield from approve_request(s.officer(SUSPECT, "execute-detention", at, place=_ROOM, grounds=_SUSPECTED), s.county_head, at)
    yield s.officer(SUSPECT, "notify-defence-right", at)


def held(s: Cast, at: datetime) -> Iterator[Move]:
    """Detained at `at` and the three duties of the first day done; arrest not yet asked for (three days)."""
    yield from detained(s, at)
    yield s.officer(SUSPECT, "deliver-to-custody-centre", at + hours(4), centre="青岚县看守所")
    yield s.officer(SUSPECT, "notify-family", at + hours(5), relative=_get_father(s), means="电话并邮寄拘留通知书")
    yield s.officer(SUSPECT, "interrogate", at + hours(6), place="青岚县看守所第三讯问室", companion=s.companion.username)


def arrest_asked(s: Cast, at: datetime) -> Iterator[Move]:
    """Held since `at`; asking the procuratorate for arrest awaits the county head."""
    yield from held(s, at)
    yield s.officer(SUSPECT, "request-arrest", at + hours(47), grounds=_PUNISHABLE)


def held_seven_days(s: Cast, at: datetime) -> Iterator[Move]:
    """As above, four more days approved."""
    yield from held(s, at)
    yield from _detention_extended(s, at + hours(60), "+4 day", "案情复杂，需进一步调取银行流水。")


def held_thirty_days(s: Cast, at: datetime) -> Iterator[Move]:
    """As above, to thirty days in all for roving, repeated or gang crime."""
    yield from held(s, at)
    yield from _detention_extended(s, at + hours(58), "to 30 day", "流窜作案、多次作案、结伙作案的重大嫌疑分子。")


def thirty_days_ending(s: Cast, at: datetime) -> Iterator[Move]:
    """The thirty days end soon, of which the custody centre has reminded the investigators."""
    yield from held_thirty_days(s, at)
    yield s.centre(SUSPECT, "give-detention-notice", at + days(26))


def under_arrest_review(s: Cast, at: datetime) -> Iterator[Move]:
    """The procuratorate received the request at `at` (seven days)."""
    yield from held(s, at - hours(66))
    yield from approve_request(
        s.officer(SUSPECT, "request-arrest", at - hours(2), grounds=_PUNISHABLE),
        s.county_head,
        at,
    )
    yield s.procuratorate(SUSPECT, "receive-arrest-request", at)


def refused(s: Cast, at: datetime) -> Iterator[Move]:
    """Arrest refused at `at`; the release, which the law demands at once, awaits the county head."""
    yield from under_arrest_review(s, at - hours(150))
    yield s.procuratorate(SUSPECT, "refuse-arrest", at, grounds="事实不清、证据不足。", reason="insufficient-evidence")
    yield s.officer(SUSPECT, "release", at + minutes(15), grounds="检察院不批准逮捕。")


def released(s: Cast, at: datetime) -> Iterator[Move]:
    """As above, and released within the hour."""
    yield from refused(s, at)
    yield s.county_head(SUSPECT, "approve", at + minutes(40), request="release", opinion=AGREED)


def arrest_approved(s: Cast, at: datetime) -> Iterator[Move]:
    """Arrest approved, the warrant not yet executed."""
    yield from under_arrest_review(s, at - hours(125))
    yield s.procuratorate(SUSPECT, "approve-arrest", at)


def arrested(s: Cast, at: datetime) -> Iterator[Move]:
    """Arrested at `at`, the first day's duties done; investigative custody runs (two months)."""
    yield from arrest_approved(s, at - hours(3))
    yield s.officer(SUSPECT, "execute-arrest", at, place="青岚县看守所")
    yield s.officer(SUSPECT, "notify-family", at + hours(3), relative=_get_father(s), means="邮寄逮捕通知书")
    yield s.officer(SUSPECT, "interrogate", at + hours(5), place="青岚县看守所第一讯问室", companion=s.companion.username)
    yield s.officer(SUSPECT, "return-arrest-receipt", at + hours(26))


def custody_ending(s: Cast, at: datetime) -> Iterator[Move]:
    """Arrested at `at`; the two months end soon, the centre has said so, and longer custody was asked for in time."""
    yield from arrested(s, at)
    yield s.centre(SUSPECT, "give-custody-notice", at + days(42))
    yield from _longer_custody_asked(s, at + days(43))


def necessity_asked(s: Cast, at: datetime) -> Iterator[Move]:
    """Arrested at `at`; whether custody is still needed was assessed, and awaits the legal reviewer."""
    yield from arrested(s, at)
    yield s.officer(SUSPECT, "receive-necessity-application", at + days(18), applicant=_get_father(s))
    assessed = s.officer(SUSPECT, "assess-necessity", at + days(19), assessment="已退赔并取得谅解，社会危险性明显降低。")
    yield from approve_request(assessed, s.unit_head, at + days(19) + hours(2))


def custody_extended(s: Cast, at: datetime) -> Iterator[Move]:
    """One month more by the next higher procuratorate; `at` is the day of arrest."""
    yield from arrested(s, at)
    asked = at + days(48)
    yield from _longer_custody_asked(s, asked)
    yield s.higher_procuratorate(SUSPECT, "extend-custody", asked + days(5), extension="+1 month", grounds=_COMPLEX)


def under_evaluation(s: Cast, at: datetime) -> Iterator[Move]:
    """Under psychiatric evaluation since `at`, which is not counted."""
    yield from arrested(s, at - days(20))
    yield from approve_request(
        s.officer(SUSPECT, "start-evaluation", at, reason="精神病鉴定", institution="安澜市精神卫生中心司法鉴定所"),
        s.county_head,
        at,
    )


def bailed(s: Cast, at: datetime) -> Iterator[Move]:
    """On bail since `at` (twelve months)."""
    yield from summoned(s, at - hours(8))
    yield from approve_request(s.officer(SUSPECT, "decide-bail", at, surety="保证人", grounds=_HARMLESS), s.county_head, at)
    yield s.officer(SUSPECT, "notify-defence-right", at)


def investigated(s: Cast, at: datetime) -> Iterator[Move]:
    """The suspect is on bail, and the investigation of the case closed."""
    yield from bailed(s, at - days(50))
    closing = s.officer(CASE, "close-investigation", at, report="犯罪事实清楚，证据确实、充分，法律手续完备。")
    yield from approve_request(closing, s.county_head, at)


def sent(s: Cast, at: datetime) -> Iterator[Move]:
    """The case lies with the procuratorate."""
    yield from investigated(s, at - days(3))
    yield from approve_request(s.officer(CASE, "send-case", at, opinion="建议依法提起公诉，认罪认罚可从宽。"), s.county_head, at)


def surveilled(s: Cast, at: datetime) -> Iterator[Move]:
    """Under residential surveillance since `at` (six months)."""
    yield from summoned(s, at - hours(10))
    place = s.story.suspects[0].address
    yield from approve_request(
        s.officer(SUSPECT, "decide-surveillance", at, place=place, grounds="系生活不能自理的人的唯一扶养人。"), s.county_head, at
    )
    yield s.officer(SUSPECT, "notify-defence-right", at)


def escaped(s: Cast, at: datetime) -> Iterator[Move]:
    """Arrested, and broken out at `at` on the way to a hospital; a wanted order is out."""
    yield from arrested(s, at - days(9))
    yield s.centre(SUSPECT, "record-escape", at, place="青岚县人民医院", circumstances="就医途中挣脱戒具逃离。")
    yield from _sought(s, at, "在押期间脱逃，应当立即追捕归案。")


def absconded(s: Cast, at: datetime) -> Iterator[Move]:
    """On bail, and gone at `at`; a wanted order is out."""
    yield from bailed(s, at - days(40))
    yield s.officer(SUSPECT, "record-flight", at, circumstances="经传讯不到案，电话关机，住处查无下落。")
    yield from _sought(s, at, "取保候审期间逃跑，应当逮捕。")


def died(s: Cast, at: datetime) -> Iterator[Move]:
    """Arrested, and dead at `at` of an illness; the family and the procuratorate were told at once."""
    yield from arrested(s, at - days(12))
    yield s.centre(SUSPECT, "record-death", at, place="青岚县人民医院", cause="突发心脏病经抢救无效，死因待鉴定。")
    yield s.centre(SUSPECT, "notify-death", at + minutes(40), relative=_get_father(s), procuratorate="青岚县人民检察院")


def _sought(s: Cast, at: datetime, grounds: str) -> Iterator[Move]:
    features = "身高一米七二，体态中等，本地口音。"
    order = s.officer(SUSPECT, "issue-wanted-order", at + hours(2), grounds=grounds, features=features, scope="青岚县")
    yield from approve_request(order, s.county_head, at + hours(3))


_GANG = 3  # from how many on people speak of one
_ROOM = "执法办案中心讯问室"
_NEEDED = "需要当面查证涉嫌犯罪事实。"
_SUSPECTED = "有重大犯罪嫌疑，可能逃跑、毁灭证据。"
_HARMLESS = "采取取保候审不致发生社会危险性。"
_PUNISHABLE = "有证据证明有犯罪事实，可能判处徒刑以上刑罚。"
_COMPLEX = "案情复杂，期限届满不能终结。"


def _build_identity(citizen: Citizen) -> dict[str, str]:
    known = {"name": citizen.name, "sex": citizen.sex.value, "citizen_number": citizen.number, "address": citizen.address}
    return known | {"deputy": "都不是", "nationality": "中国"}


def _get_father(s: Cast) -> str:
    return f"{s.story.suspects[0].name[0]}某（父亲）"


def _detention_extended(s: Cast, at: datetime, extension: str, grounds: str) -> Iterator[Move]:
    yield from approve_request(
        s.officer(SUSPECT, "extend-detention", at, extension=extension, grounds=grounds), s.county_head, at + hours(3)
    )


def _longer_custody_asked(s: Cast, at: datetime) -> Iterator[Move]:
    yield from approve_request(s.officer(SUSPECT, "request-custody-extension", at, grounds=_COMPLEX), s.county_head, at)


_HALF_A_DAY: Final = build_ladder_ages(none=hours(8), blue=hours(5), yellow=hours(2.5), orange=minutes(35), overdue=-hours(3))
# Detention: a day, half a day and two hours before its end.
_DETENTION: Final = build_ladder_ages(none=hours(40), yellow=hours(19), orange=hours(8), red=minutes(100), overdue=-hours(11))
_CUSTODY_ENDING: Final = build_ladder_ages(blue=days(13), orange=days(5), red=days(2))
_BAIL: Final = build_ladder_ages(none=days(140), yellow=days(22), overdue=-days(3))
ACTS: Final = (
    Act("已确定嫌疑人", named, Outcome.CRIMINAL, build_ages(hours(9))),
    Act("终止侦查", cleared, Outcome.CRIMINAL, build_ages(days(2))),
    Act("呈请传唤", summons_asked, Outcome.CRIMINAL, build_ages(hours(1))),
    Act("呈请传唤", summons_asked, Outcome.CRIMINAL, build_ages(minutes(50)), fits=of_a_station, unit_id="chengguan"),
    Act("传唤中", summoned, Outcome.CRIMINAL, _HALF_A_DAY, Length(hours(12))),
    Act("传唤中呈请拘留", detention_asked, Outcome.CRIMINAL, build_ladder_ages(none=hours(7)), Length(hours(12))),
    Act(
        "传唤中呈请取保",
        bail_asked,
        Outcome.CRIMINAL,
        build_ladder_ages(blue=hours(4)),
        Length(hours(12)),
        of_a_station,
        "chengguan",
    ),
    Act("拘传中", compelled, Outcome.CRIMINAL, build_ladder_ages(none=hours(10)), Length(hours(12))),
    Act("拘留首日", detained, Outcome.CRIMINAL, build_ladder_ages(none=hours(16), yellow=hours(3)), Length(hours(24))),
    Act("拘留三日", held, Outcome.CRIMINAL, _DETENTION, Length(days(3))),
    Act("拘留呈请提捕", arrest_asked, Outcome.CRIMINAL, build_ladder_ages(yellow=hours(15), red=minutes(70)), Length(days(3))),
    Act("拘留七日", held_seven_days, Outcome.CRIMINAL, build_ladder_ages(none=hours(70), red=minutes(80)), Length(days(7))),
    Act("拘留三十日", held_thirty_days, Outcome.CRIMINAL, build_ladder_ages(none=days(20), overdue=-days(1)), Length(days(30))),
    Act("拘留三十日将满", thirty_days_ending, Outcome.CRIMINAL, build_ladder_ages(yellow=hours(60)), Length(days(30))),
    Act("审查逮捕", under_arrest_review, Outcome.CRIMINAL, build_ladder_ages(none=days(4), orange=hours(10)), Length(days(7))),
    Act("不批捕待释放", refused, Outcome.CRIMINAL, build_ladder_ages(red=-minutes(25), overdue=-hours(3))),
    Act("不批捕已释放", released, Outcome.CRIMINAL, build_ages(hours(30))),
    Act("已批捕待执行", arrest_approved, Outcome.CRIMINAL, build_ladder_ages(none=-minutes(40))),
    Act("侦查羁押", arrested, Outcome.CRIMINAL, build_ladder_ages(none=days(31), overdue=-days(2)), Length(months=2)),
    Act("侦查羁押将满", custody_ending, Outcome.CRIMINAL, _CUSTODY_ENDING, Length(months=2)),
    Act("羁押必要性评估", necessity_asked, Outcome.CRIMINAL, build_calendar_ages(days(39)), Length(months=2)),
    Act("侦查羁押已延长", custody_extended, Outcome.CRIMINAL, build_ladder_ages(none=days(25)), Length(months=3)),
    Act("精神病鉴定中", under_evaluation, Outcome.CRIMINAL, build_ages(days(12))),
    Act("取保候审", bailed, Outcome.CRIMINAL, _BAIL, Length(months=12)),
    Act("侦查终结", investigated, Outcome.CRIMINAL, build_ages(days(1))),
    Act("取保期间逃跑", absconded, Outcome.CRIMINAL, build_ages(days(6))),
    Act("在押脱逃", escaped, Outcome.CRIMINAL, build_ages(hours(20))),
    Act("在押死亡", died, Outcome.CRIMINAL, build_ages(days(2))),
    Act("监视居住", surveilled, Outcome.CRIMINAL, build_ladder_ages(none=days(100), orange=days(11)), Length(months=6)),
)
