"""The chapters of a course: short scripts of what people do. Each is told from the instant `at` of its decisive fact."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from seeds.invention import Citizen
from seeds.script import CASE, INCIDENT, SUSPECT, Move, Scene, approved


def hours(n: float) -> timedelta:
    """`n` hours."""
    return timedelta(hours=n)


def minutes(n: float) -> timedelta:
    """`n` minutes."""
    return timedelta(minutes=n)


# What happens to an incident (警情)


def received(s: Scene, at: datetime, channel: str = "110") -> Iterator[Move]:
    """The call is taken."""
    caller = s.story.caller
    yield s.desk(
        INCIDENT,
        "open-incident",
        at,
        opens=INCIDENT,
        channel=channel,
        reporter=caller.name,
        reporter_phone=caller.phone,
        place=s.story.place,
        kind=s.story.tale.kind,
        narrative=s.story.told(at),
        unit=s.unit_id,
    )


def dispatched(s: Scene, at: datetime) -> Iterator[Move]:
    """A patrol is sent."""
    yield from received(s, at - minutes(2))
    yield s.desk(INCIDENT, "dispatch-incident", at, unit=s.unit_id, officer=s.officer.username)


def on_scene(s: Scene, at: datetime) -> Iterator[Move]:
    """The patrol is there."""
    yield from dispatched(s, at - minutes(11))
    yield s.officer(INCIDENT, "arrive-on-scene", at)


def handled(s: Scene, at: datetime) -> Iterator[Move]:
    """The scene is handled, and the report not yet registered (24 hours)."""
    yield from on_scene(s, at - minutes(38))
    yield s.officer(INCIDENT, "handle-scene", at, measures="控制现场，固定证据，询问在场人员，已开启执法记录仪。")


def registered(s: Scene, at: datetime) -> Iterator[Move]:
    """The report is registered, its receipt handed over."""
    yield from handled(s, at - minutes(25))
    yield s.officer(INCIDENT, "register-report", at, receipt=True)


def written_report(s: Scene, at: datetime) -> Iterator[Move]:
    """A report by letter, its writer not yet reached (three days)."""
    yield from received(s, at, channel="letter")


def jurisdiction_unclear(s: Scene, at: datetime) -> Iterator[Move]:
    """Whose case it is cannot be told on the spot (three days to judge)."""
    yield from registered(s, at - minutes(5))
    yield s.officer(INCIDENT, "leave-jurisdiction-open", at, reason="行为地与结果地不在同一辖区，需核实后判断管辖。")


def found_foreign(s: Scene, at: datetime) -> Iterator[Move]:
    """It belongs to another police unit, and has not yet gone there (24 hours)."""
    yield from registered(s, at - hours(1))
    yield s.officer(INCIDENT, "find-foreign", at, reason="犯罪地、嫌疑人居住地均不在本县。", competent="邻县公安局")


def transferred(s: Scene, at: datetime) -> Iterator[Move]:
    """Handed to the police whose case it is."""
    yield from found_foreign(s, at - hours(7))
    yield s.officer(INCIDENT, "transfer-incident", at, to="邻县公安局", materials="接报案登记、询问笔录、证据材料清单")


def not_ours(s: Scene, at: datetime) -> Iterator[Move]:
    """Told that it is no matter for the police, and where to turn."""
    yield from handled(s, at - minutes(10))
    yield s.officer(
        INCIDENT, "tell-not-ours", at, competent="有关主管部门或者人民法院", told="已口头告知不属于公安机关职责及救济途径。"
    )


def helped(s: Scene, at: datetime) -> Iterator[Move]:
    """Help was given, the caller told."""
    yield from handled(s, at - minutes(50))
    yield s.officer(INCIDENT, "classify-incident", at - minutes(5), classification="help", reason="属于群众求助，不涉及违法犯罪。")
    yield s.officer(INCIDENT, "close-incident", at, outcome="已帮助解决，求助人确认。")


def settled(s: Scene, at: datetime) -> Iterator[Move]:
    """A dispute laid to rest on the spot."""
    yield from handled(s, at - minutes(70))
    yield s.officer(
        INCIDENT, "classify-incident", at - minutes(30), classification="dispute", reason="属于民间纠纷，未发现违法行为。"
    )
    yield s.officer(INCIDENT, "close-incident", at, outcome="双方当场达成一致，民警告知其他救济途径。")


def mediated(s: Scene, at: datetime) -> Iterator[Move]:
    """Mediated with statements and an agreement (治安调解)."""
    yield from registered(s, at - hours(5))
    yield s.officer(INCIDENT, "classify-incident", at - hours(4), classification="mediation", reason="情节较轻，双方自愿调解。")
    yield s.officer(INCIDENT, "close-incident", at, outcome="双方签订治安调解协议书并当场履行。", agreement=True, statements=True)


def administrative(s: Scene, at: datetime) -> Iterator[Move]:
    """Classified as an administrative case."""
    yield from registered(s, at - minutes(20))
    yield s.officer(
        INCIDENT,
        "classify-incident",
        at,
        classification="administrative",
        violation=s.story.tale.violation,
        reason="涉嫌违反治安管理，应当立即立案调查。",
    )
    yield s.officer(INCIDENT, "file-administrative-case", at + minutes(10), violation=s.story.tale.violation)


# What happens to a criminal case (刑事案件)


def accepted(s: Scene, at: datetime) -> Iterator[Move]:
    """Accepted as a criminal case, whether to file it not yet decided (three days, economic crime seven)."""
    yield from registered(s, at - minutes(30))
    yield s.officer(
        INCIDENT,
        "classify-incident",
        at,
        opens=CASE,
        classification="criminal",
        charge=s.story.tale.charge,
        reason="有犯罪事实发生的可能，需要立案审查。",
    )


def review_extended(s: Scene, at: datetime) -> Iterator[Move]:
    """The review is lengthened to thirty days in all, from `at`, when the case was accepted."""
    yield from accepted(s, at)
    yield from approved(
        s.officer(
            CASE,
            "extend-filing-review",
            at + hours(50),
            extension="to 30 day",
            grounds="涉案人员多、资金流向复杂，属重大疑难复杂案件。",
        ),
        s.county_head,
        at + hours(53),
    )


def filed(s: Scene, at: datetime) -> Iterator[Move]:
    """Filed; who did it is not yet known."""
    yield from accepted(s, at - hours(20))
    yield from approved(
        s.officer(CASE, "file-case", at, charge=s.story.tale.charge, grounds="有犯罪事实，需要追究刑事责任，属本单位管辖。"),
        s.county_head,
        at,
    )


def not_filed(s: Scene, at: datetime) -> Iterator[Move]:
    """Not filed; the complainant is still to be told (three days)."""
    yield from accepted(s, at - hours(44))
    yield from approved(s.officer(CASE, "refuse-filing", at, grounds="经审查没有犯罪事实，属经济往来纠纷。"), s.county_head, at)


def cancelled(s: Scene, at: datetime) -> Iterator[Move]:
    """Cancelled: no crime after all."""
    yield from filed(s, at - timedelta(days=17))
    yield from approved(s.officer(CASE, "cancel-case", at, grounds="经查明不构成犯罪，应当撤销案件。"), s.county_head, at)


def named(s: Scene, at: datetime) -> Iterator[Move]:
    """Suspects are named, at most two, since the story follows the first."""
    yield from filed(s, at - hours(46))
    for place, citizen in enumerate(s.story.suspects[:2], start=1):
        yield s.officer(CASE, "name-suspect", at + minutes(place), opens=f"suspect-{place}", **_who(citizen))


# What happens to a suspect (犯罪嫌疑人)


def summoned(s: Scene, at: datetime) -> Iterator[Move]:
    """Summoned and here, the questioning not over (twelve hours)."""
    yield from named(s, at - hours(14))
    yield from approved(s.officer(SUSPECT, "summon", at, place=_ROOM, grounds=_NEEDED), s.unit_head, at)


def compelled(s: Scene, at: datetime) -> Iterator[Move]:
    """Compelled to appear, the questioning not over (twelve hours)."""
    yield from named(s, at - hours(30))
    yield from approved(s.officer(SUSPECT, "compel", at, place=_ROOM, grounds="经合法传唤无正当理由不到案。"), s.county_head, at)


def detained(s: Scene, at: datetime) -> Iterator[Move]:
    """Detained; the centre, the family and the first interrogation are still to come (24 hours each)."""
    yield from summoned(s, at - hours(9))
    yield from approved(
        s.officer(SUSPECT, "execute-detention", at, place=_ROOM, grounds="有重大犯罪嫌疑，可能逃跑、毁灭证据。"), s.county_head, at
    )


def held(s: Scene, at: datetime) -> Iterator[Move]:
    """Detained at `at` and the three duties of the first day done; arrest not yet asked for (three days)."""
    yield from detained(s, at)
    yield s.officer(SUSPECT, "deliver-to-custody-centre", at + hours(4), centre="青岚县看守所")
    yield s.officer(SUSPECT, "notify-family", at + hours(5), relative=_father(s), means="电话并邮寄拘留通知书")
    yield s.officer(SUSPECT, "interrogate", at + hours(6), place="青岚县看守所第三讯问室", companion=s.companion.username)


def held_seven_days(s: Scene, at: datetime) -> Iterator[Move]:
    """As above, four more days approved."""
    yield from held(s, at)
    yield from _detention_extended(s, at + hours(60), "+4 day", "案情复杂，需进一步调取银行流水。")


def held_thirty_days(s: Scene, at: datetime) -> Iterator[Move]:
    """As above, to thirty days in all for roving, repeated or gang crime."""
    yield from held(s, at)
    yield from _detention_extended(s, at + hours(58), "to 30 day", "流窜作案、多次作案、结伙作案的重大嫌疑分子。")


def under_arrest_review(s: Scene, at: datetime) -> Iterator[Move]:
    """The procuratorate received the request at `at` (seven days)."""
    yield from held(s, at - hours(66))
    yield from approved(
        s.officer(SUSPECT, "request-arrest", at - hours(2), grounds="有证据证明有犯罪事实，可能判处徒刑以上刑罚。"),
        s.county_head,
        at,
    )
    yield s.procuratorate(SUSPECT, "receive-arrest-request", at)


def refused(s: Scene, at: datetime) -> Iterator[Move]:
    """Arrest refused; released at once."""
    yield from under_arrest_review(s, at - hours(150))
    yield s.procuratorate(SUSPECT, "refuse-arrest", at, grounds="事实不清、证据不足。")
    yield from approved(s.officer(SUSPECT, "release", at + hours(1), grounds="检察院不批准逮捕。"), s.county_head, at + hours(1))


def arrested(s: Scene, at: datetime) -> Iterator[Move]:
    """Arrested at `at`, the first day's duties done; investigative custody runs (two months)."""
    yield from under_arrest_review(s, at - hours(128))
    yield s.procuratorate(SUSPECT, "approve-arrest", at - hours(3))
    yield s.officer(SUSPECT, "execute-arrest", at, place="青岚县看守所")
    yield s.officer(SUSPECT, "notify-family", at + hours(3), relative=_father(s), means="邮寄逮捕通知书")
    yield s.officer(SUSPECT, "interrogate", at + hours(5), place="青岚县看守所第一讯问室", companion=s.companion.username)
    yield s.officer(SUSPECT, "return-arrest-receipt", at + hours(26))


def custody_extended(s: Scene, at: datetime) -> Iterator[Move]:
    """One month more by the next higher procuratorate; `at` is the day of arrest."""
    yield from arrested(s, at)
    asked = at + timedelta(days=48)
    yield from approved(
        s.officer(SUSPECT, "request-custody-extension", asked, grounds="案情复杂，期限届满不能终结。"), s.county_head, asked
    )
    yield s.higher_procuratorate(
        SUSPECT, "extend-custody", asked + timedelta(days=5), extension="+1 month", grounds="案情复杂，期限届满不能终结。"
    )


def under_evaluation(s: Scene, at: datetime) -> Iterator[Move]:
    """Under psychiatric evaluation since `at`, which is not counted."""
    yield from arrested(s, at - timedelta(days=20))
    yield from approved(
        s.officer(SUSPECT, "start-evaluation", at, reason="精神病鉴定", institution="安澜市精神卫生中心司法鉴定所"),
        s.county_head,
        at,
    )


def bailed(s: Scene, at: datetime) -> Iterator[Move]:
    """On bail since `at` (twelve months)."""
    yield from summoned(s, at - hours(8))
    yield from approved(
        s.officer(SUSPECT, "decide-bail", at, surety="保证人", grounds="采取取保候审不致发生社会危险性。"), s.county_head, at
    )


def surveilled(s: Scene, at: datetime) -> Iterator[Move]:
    """Under residential surveillance since `at` (six months)."""
    yield from summoned(s, at - hours(10))
    place = s.story.suspects[0].address
    yield from approved(
        s.officer(SUSPECT, "decide-surveillance", at, place=place, grounds="系生活不能自理的人的唯一扶养人。"), s.county_head, at
    )


_ROOM = "执法办案中心讯问室"
_NEEDED = "需要当面查证涉嫌犯罪事实。"


def _who(citizen: Citizen) -> dict[str, object]:
    return {"name": citizen.name, "sex": citizen.sex.value, "citizen_number": citizen.number, "address": citizen.address}


def _father(s: Scene) -> str:
    return f"{s.story.suspects[0].name[0]}某（父亲）"


def _detention_extended(s: Scene, at: datetime, extension: str, grounds: str) -> Iterator[Move]:
    yield from approved(
        s.officer(SUSPECT, "extend-detention", at, extension=extension, grounds=grounds), s.county_head, at + hours(3)
    )
