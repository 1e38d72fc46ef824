"""What happens to a suspect (犯罪嫌疑人)."""

from collections.abc import Iterator
from datetime import datetime

from seeds.chapters.criminal_case import filed
from seeds.invention import Citizen
from seeds.script import AGREED, CASE, SUSPECT, Move, Scene, approved
from seeds.spans import days, hours, minutes


def named(s: Scene, at: datetime) -> Iterator[Move]:
    """Suspects are named: two of a gang, and the story follows the first."""
    yield from filed(s, at - hours(46))
    for place, citizen in enumerate(s.story.suspects[: 1 if len(s.story.suspects) < _GANG else 2], start=1):
        yield s.officer(CASE, "name-suspect", at + minutes(place), opens=f"suspect-{place}", **_who(citizen))


def cleared(s: Scene, at: datetime) -> Iterator[Move]:
    """Investigated no longer, while the case goes on."""
    yield from named(s, at - days(6))
    yield from approved(
        s.officer(SUSPECT, "terminate-investigation", at, grounds="经查证没有作案时间，不是犯罪行为实施者。"), s.county_head, at
    )
    yield s.officer(SUSPECT, "notify-termination", at + hours(4), means="当面告知本人")


def summons_asked(s: Scene, at: datetime) -> Iterator[Move]:
    """A summons is asked for, and awaits the head of the unit."""
    yield from named(s, at - hours(3))
    yield s.officer(SUSPECT, "summon", at, place=_ROOM, grounds=_NEEDED)


def summoned(s: Scene, at: datetime) -> Iterator[Move]:
    """Summoned and here, the questioning not over (twelve hours)."""
    yield from named(s, at - hours(14))
    yield from approved(s.officer(SUSPECT, "summon", at, place=_ROOM, grounds=_NEEDED), s.unit_head, at)


def detention_asked(s: Scene, at: datetime) -> Iterator[Move]:
    """Summoned at `at`; detention is asked for, and awaits the county head."""
    yield from summoned(s, at)
    yield s.officer(SUSPECT, "execute-detention", at + hours(3), place=_ROOM, grounds=_SUSPECTED)


def bail_asked(s: Scene, at: datetime) -> Iterator[Move]:
    """Summoned at `at`; bail is asked for, and awaits the county head."""
    yield from summoned(s, at)
    yield s.officer(SUSPECT, "decide-bail", at + hours(2), surety="保证金", deposit_yuan=5000, grounds=_HARMLESS)


def compelled(s: Scene, at: datetime) -> Iterator[Move]:
    """Compelled to appear, the questioning not over (twelve hours)."""
    yield from named(s, at - hours(30))
    yield from approved(s.officer(SUSPECT, "compel", at, place=_ROOM, grounds="经合法传唤无正当理由不到案。"), s.county_head, at)
    yield s.officer(SUSPECT, "notify-defence-right", at)


def detained(s: Scene, at: datetime) -> Iterator[Move]:
    """Detained; the centre, the family and the first interrogation are still to come (24 hours each)."""
    yield from summoned(s, at - hours(9))
    yield from approved(s.officer(SUSPECT, "execute-detention", at, place=_ROOM, grounds=_SUSPECTED), s.county_head, at)
    yield s.officer(SUSPECT, "notify-defence-right", at)


def held(s: Scene, at: datetime) -> Iterator[Move]:
    """Detained at `at` and the three duties of the first day done; arrest not yet asked for (three days)."""
    yield from detained(s, at)
    yield s.officer(SUSPECT, "deliver-to-custody-centre", at + hours(4), centre="青岚县看守所")
    yield s.officer(SUSPECT, "notify-family", at + hours(5), relative=_father(s), means="电话并邮寄拘留通知书")
    yield s.officer(SUSPECT, "interrogate", at + hours(6), place="青岚县看守所第三讯问室", companion=s.companion.username)


def arrest_asked(s: Scene, at: datetime) -> Iterator[Move]:
    """Held since `at`; asking the procuratorate for arrest awaits the county head."""
    yield from held(s, at)
    yield s.officer(SUSPECT, "request-arrest", at + hours(47), grounds=_PUNISHABLE)


def held_seven_days(s: Scene, at: datetime) -> Iterator[Move]:
    """As above, four more days approved."""
    yield from held(s, at)
    yield from _detention_extended(s, at + hours(60), "+4 day", "案情复杂，需进一步调取银行流水。")


def held_thirty_days(s: Scene, at: datetime) -> Iterator[Move]:
    """As above, to thirty days in all for roving, repeated or gang crime."""
    yield from held(s, at)
    yield from _detention_extended(s, at + hours(58), "to 30 day", "流窜作案、多次作案、结伙作案的重大嫌疑分子。")


def thirty_days_ending(s: Scene, at: datetime) -> Iterator[Move]:
    """The thirty days end soon, of which the custody centre has reminded the investigators."""
    yield from held_thirty_days(s, at)
    yield s.centre(SUSPECT, "give-detention-notice", at + days(26))


def under_arrest_review(s: Scene, at: datetime) -> Iterator[Move]:
    """The procuratorate received the request at `at` (seven days)."""
    yield from held(s, at - hours(66))
    yield from approved(
        s.officer(SUSPECT, "request-arrest", at - hours(2), grounds=_PUNISHABLE),
        s.county_head,
        at,
    )
    yield s.procuratorate(SUSPECT, "receive-arrest-request", at)


def refused(s: Scene, at: datetime) -> Iterator[Move]:
    """Arrest refused at `at`; the release, which the law demands at once, awaits the county head."""
    yield from under_arrest_review(s, at - hours(150))
    yield s.procuratorate(SUSPECT, "refuse-arrest", at, grounds="事实不清、证据不足。", reason="insufficient-evidence")
    yield s.officer(SUSPECT, "release", at + minutes(15), grounds="检察院不批准逮捕。")


def released(s: Scene, at: datetime) -> Iterator[Move]:
    """As above, and released within the hour."""
    yield from refused(s, at)
    yield s.county_head(SUSPECT, "approve", at + minutes(40), request="release", opinion=AGREED)


def arrest_approved(s: Scene, at: datetime) -> Iterator[Move]:
    """Arrest approved, the warrant not yet executed."""
    yield from under_arrest_review(s, at - hours(125))
    yield s.procuratorate(SUSPECT, "approve-arrest", at)


def arrested(s: Scene, at: datetime) -> Iterator[Move]:
    """Arrested at `at`, the first day's duties done; investigative custody runs (two months)."""
    yield from arrest_approved(s, at - hours(3))
    yield s.officer(SUSPECT, "execute-arrest", at, place="青岚县看守所")
    yield s.officer(SUSPECT, "notify-family", at + hours(3), relative=_father(s), means="邮寄逮捕通知书")
    yield s.officer(SUSPECT, "interrogate", at + hours(5), place="青岚县看守所第一讯问室", companion=s.companion.username)
    yield s.officer(SUSPECT, "return-arrest-receipt", at + hours(26))


def custody_ending(s: Scene, at: datetime) -> Iterator[Move]:
    """Arrested at `at`; the two months end soon, the centre has said so, and longer custody was asked for in time."""
    yield from arrested(s, at)
    yield s.centre(SUSPECT, "give-custody-notice", at + days(42))
    yield from _longer_custody_asked(s, at + days(43))


def necessity_asked(s: Scene, at: datetime) -> Iterator[Move]:
    """Arrested at `at`; whether custody is still needed was assessed, and awaits the legal reviewer."""
    yield from arrested(s, at)
    yield s.officer(SUSPECT, "receive-necessity-application", at + days(18), applicant=_father(s))
    assessed = s.officer(SUSPECT, "assess-necessity", at + days(19), assessment="已退赔并取得谅解，社会危险性明显降低。")
    yield from approved(assessed, s.unit_head, at + days(19) + hours(2))


def custody_extended(s: Scene, at: datetime) -> Iterator[Move]:
    """One month more by the next higher procuratorate; `at` is the day of arrest."""
    yield from arrested(s, at)
    asked = at + days(48)
    yield from _longer_custody_asked(s, asked)
    yield s.higher_procuratorate(SUSPECT, "extend-custody", asked + days(5), extension="+1 month", grounds=_COMPLEX)


def under_evaluation(s: Scene, at: datetime) -> Iterator[Move]:
    """Under psychiatric evaluation since `at`, which is not counted."""
    yield from arrested(s, at - days(20))
    yield from approved(
        s.officer(SUSPECT, "start-evaluation", at, reason="精神病鉴定", institution="安澜市精神卫生中心司法鉴定所"),
        s.county_head,
        at,
    )


def bailed(s: Scene, at: datetime) -> Iterator[Move]:
    """On bail since `at` (twelve months)."""
    yield from summoned(s, at - hours(8))
    yield from approved(s.officer(SUSPECT, "decide-bail", at, surety="保证人", grounds=_HARMLESS), s.county_head, at)
    yield s.officer(SUSPECT, "notify-defence-right", at)


def investigated(s: Scene, at: datetime) -> Iterator[Move]:
    """The suspect is on bail, and the investigation of the case closed."""
    yield from bailed(s, at - days(50))
    closing = s.officer(CASE, "close-investigation", at, report="犯罪事实清楚，证据确实、充分，法律手续完备。")
    yield from approved(closing, s.county_head, at)


def sent(s: Scene, at: datetime) -> Iterator[Move]:
    """The case lies with the procuratorate."""
    yield from investigated(s, at - days(3))
    yield from approved(s.officer(CASE, "send-case", at, opinion="建议依法提起公诉，认罪认罚可从宽。"), s.county_head, at)


def surveilled(s: Scene, at: datetime) -> Iterator[Move]:
    """Under residential surveillance since `at` (six months)."""
    yield from summoned(s, at - hours(10))
    place = s.story.suspects[0].address
    yield from approved(
        s.officer(SUSPECT, "decide-surveillance", at, place=place, grounds="系生活不能自理的人的唯一扶养人。"), s.county_head, at
    )
    yield s.officer(SUSPECT, "notify-defence-right", at)


def escaped(s: Scene, at: datetime) -> Iterator[Move]:
    """Arrested, and broken out at `at` on the way to a hospital; a wanted order is out."""
    yield from arrested(s, at - days(9))
    yield s.centre(SUSPECT, "record-escape", at, place="青岚县人民医院", circumstances="就医途中挣脱戒具逃离。")
    yield from _sought(s, at, "在押期间脱逃，应当立即追捕归案。")


def absconded(s: Scene, at: datetime) -> Iterator[Move]:
    """On bail, and gone at `at`; a wanted order is out."""
    yield from bailed(s, at - days(40))
    yield s.officer(SUSPECT, "record-flight", at, circumstances="经传讯不到案，电话关机，住处查无下落。")
    yield from _sought(s, at, "取保候审期间逃跑，应当逮捕。")


def died(s: Scene, at: datetime) -> Iterator[Move]:
    """Arrested, and dead at `at` of an illness; the family and the procuratorate were told at once."""
    yield from arrested(s, at - days(12))
    yield s.centre(SUSPECT, "record-death", at, place="青岚县人民医院", cause="突发心脏病经抢救无效，死因待鉴定。")
    yield s.centre(SUSPECT, "notify-death", at + minutes(40), relative=_father(s), procuratorate="青岚县人民检察院")


def _sought(s: Scene, at: datetime, grounds: str) -> Iterator[Move]:
    features = "身高一米七二，体态中等，本地口音。"
    order = s.officer(SUSPECT, "issue-wanted-order", at + hours(2), grounds=grounds, features=features, scope="青岚县")
    yield from approved(order, s.county_head, at + hours(3))


_GANG = 3  # from how many on people speak of one
_ROOM = "执法办案中心讯问室"
_NEEDED = "需要当面查证涉嫌犯罪事实。"
_SUSPECTED = "有重大犯罪嫌疑，可能逃跑、毁灭证据。"
_HARMLESS = "采取取保候审不致发生社会危险性。"
_PUNISHABLE = "有证据证明有犯罪事实，可能判处徒刑以上刑罚。"
_COMPLEX = "案情复杂，期限届满不能终结。"


def _who(citizen: Citizen) -> dict[str, str]:
    known = {"name": citizen.name, "sex": citizen.sex.value, "citizen_number": citizen.number, "address": citizen.address}
    return known | {"deputy": "都不是", "nationality": "中国"}


def _father(s: Scene) -> str:
    return f"{s.story.suspects[0].name[0]}某（父亲）"


def _detention_extended(s: Scene, at: datetime, extension: str, grounds: str) -> Iterator[Move]:
    yield from approved(
        s.officer(SUSPECT, "extend-detention", at, extension=extension, grounds=grounds), s.county_head, at + hours(3)
    )


def _longer_custody_asked(s: Scene, at: datetime) -> Iterator[Move]:
    yield from approved(s.officer(SUSPECT, "request-custody-extension", at, grounds=_COMPLEX), s.county_head, at)
