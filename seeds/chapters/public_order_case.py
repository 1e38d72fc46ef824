"""What happens to a public-order case (治安案件), from its filing to its end."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from law.offences import get_violations
from seeds.acts import Act, Length, build_ages, build_calendar_ages, build_ladder_ages, is_among_neighbours, of_violation
from seeds.chapters.incident import registered, walked_in
from seeds.script import CASE, INCIDENT, OFFENCE, Cast, Move, approve_request
from seeds.spans import days, hours, minutes
from seeds.stories import Outcome, Tale


def filed(s: Cast, at: datetime, *, injured: bool = False) -> Iterator[Move]:
    """Filed at the station, which handles it itself (thirty days)."""
    violation = s.story.tale.violation
    yield from (walked_in if s.walks_in else registered)(s, at - minutes(30))
    yield s.officer(
        INCIDENT,
        "classify-incident",
        at - minutes(10),
        classification="administrative",
        violation=violation,
        reason="涉嫌违反治安管理，应当立即立案调查。",
        injured=injured,
    )
    hurt = {"injured": injured, **({"mediable": False} if injured else {})}
    filing = {"violation": violation, "summary": s.story.tell_story(at), "station": True, **hurt}
    yield s.officer(INCIDENT, "file-administrative-case", at, **filing).open_as(OFFENCE)


def under_inquiry(s: Cast, at: datetime, *, injured: bool = False) -> Iterator[Move]:
    """Filed, the reporter told of it, and the offender known."""
    yield from filed(s, at - minutes(50), injured=injured)
    yield s.officer(INCIDENT, "close-incident", at - minutes(40), outcome="已立案调查，受案回执交报案人。")
    offender = s.story.suspects[0]
    yield s.officer(OFFENCE, "name-offender", at, name=offender.name, citizen_number=offender.number)


def extended(s: Cast, at: datetime) -> Iterator[Move]:
    """Under inquiry since `at`, and thirty days more approved before the first were over."""
    yield from under_inquiry(s, at)
    asked = s.officer(OFFENCE, "extend-station-handling", at + days(26), grounds="涉案人员较多，需跨地区调查取证，案情复杂。")
    yield from approve_request(asked, s.county_head, at + days(26) + hours(3))


def summoned(s: Cast, at: datetime) -> Iterator[Move]:
    """Here on a summons since `at`, the inquiry not over (eight hours)."""
    yield from under_inquiry(s, at - hours(1))
    summons = s.officer(
        OFFENCE, "summon-for-inquiry", at, name=s.story.suspects[0].name, grounds="需要当面询问查证违反治安管理的事实。"
    )
    yield from approve_request(summons, s.unit_head, at)
    yield s.officer(OFFENCE, "tell-family", at + minutes(15), relative=_get_family(s), means="电话告知传唤原因和处所")


def questioned(s: Cast, at: datetime) -> Iterator[Move]:
    """Questioned, and gone again."""
    yield from summoned(s, at - hours(4))
    yield s.officer(OFFENCE, "inquire", at - hours(3), place="执法办案中心询问室", companion=s.companion.username)
    yield s.officer(OFFENCE, "end-inquiry", at, outcome="如实陈述违法事实，询问结束后离开。")


def injury_appraised(s: Cast, at: datetime) -> Iterator[Move]:
    """Somebody was hurt; how badly an expert says, asked at `at` (seven days where it is not simple)."""
    yield from under_inquiry(s, at - hours(5), injured=True)
    yield s.officer(
        OFFENCE,
        "order-admin-appraisal",
        at,
        question="被侵害人的损伤程度",
        institution="青岚县公安局物证鉴定室",
        injury=True,
        base="7 day",
    )


def turned_criminal(s: Cast, at: datetime) -> Iterator[Move]:
    """The injury is a grave one: a criminal case carries on since `at` (three days to file it)."""
    yield from injury_appraised(s, at - days(5))
    yield s.officer(OFFENCE, "receive-appraisal", at - hours(8), opinion="损伤程度为轻伤二级。", injury=True)
    yield s.officer(OFFENCE, "serve-appraisal", at - hours(5), recipients=f"{s.story.caller.name}、{s.story.suspects[0].name}")
    turning = s.officer(OFFENCE, "turn-criminal", at, charge="xf-234", reason="经鉴定构成轻伤，涉嫌故意伤害罪。", injured=True)
    yield from approve_request(turning, s.county_head, at, opens=CASE)


def mediated(s: Cast, at: datetime) -> Iterator[Move]:
    """The parties agreed at `at`, and have yet to do what they agreed."""
    yield from questioned(s, at - days(2))
    permitting = s.officer(
        OFFENCE,
        "permit-mediation",
        at - hours(3),
        act="殴打他人",
        ground="亲友、邻里、同事、同学之间因琐事引起",
        dispute="双方因琐事发生争执，情节较轻。",
        offender=s.story.suspects[0].name,
        victim=s.story.caller.name,
        both_willing=True,
        excluded=False,
    )
    yield from approve_request(permitting, s.unit_head, at - hours(2))
    yield s.officer(
        OFFENCE,
        "agree-mediation",
        at,
        dispute="双方因琐事发生争执，情节较轻，均自愿接受调解。",
        terms="一方当面赔礼道歉并赔偿损失，十日以内一次付清；互不追究。",
        term="10 day",
    )


def performed(s: Cast, at: datetime) -> Iterator[Move]:
    """They did, and nobody is punished."""
    yield from mediated(s, at - days(3))
    yield s.officer(OFFENCE, "perform-mediation", at, evidence="赔偿款已付清，收条一张，双方签名确认。")


def handled_fast(s: Cast, at: datetime) -> Iterator[Move]:
    """Admitted and agreed to be handled fast by somebody who came at `at` (forty-eight hours)."""
    yield from summoned(s, at)
    yield s.officer(OFFENCE, "end-inquiry", at + hours(3), outcome="自愿认错认罚。")
    yield s.officer(OFFENCE, "agree-expedited", at + hours(4), arrived_at=at.isoformat(), signed=True)
    yield from _told(s, at + hours(5), _FINE)


def told(s: Cast, at: datetime, penalty: str = "行政拘留七日") -> Iterator[Move]:
    """Told what penalty is intended; the person has nothing to say against it."""
    yield from questioned(s, at - hours(20))
    yield from _told(s, at, penalty)
    yield s.officer(
        OFFENCE, "record-defence", at + minutes(20), defence="对拟作出的处罚无异议。", verified="未提出新的事实和证据。"
    )


def told_of_hearing(s: Cast, at: datetime) -> Iterator[Move]:
    """Told of the right to be heard before so high a fine is decided (five working days)."""
    yield from questioned(s, at - days(1))
    yield from _told(s, at, "罚款四千五百元", hearing=True)


def hearing(s: Cast, at: datetime) -> Iterator[Move]:
    """A hearing was asked for at `at` and is appointed (ten days)."""
    yield from told_of_hearing(s, at - days(2))
    yield s.officer(OFFENCE, "request-hearing", at, grounds="认为拟处罚款过重，要求当面质证。")
    yield s.legal(OFFENCE, "accept-hearing", at + hours(20), presiding=s.legal.zh)
    # Seven working days' notice and a weekend at either end.
    held = (at + days(13)).isoformat()
    yield s.legal(OFFENCE, "appoint-hearing", at + hours(21), hearing_at=held, place="青岚县公安局听证室")
    yield s.legal(OFFENCE, "serve-hearing-notice", at + hours(22), recipients=s.story.suspects[0].name)


def under_review(s: Cast, at: datetime) -> Iterator[Move]:
    """With the legal reviewer since `at`."""
    yield from told(s, at - hours(18))
    yield s.officer(OFFENCE, "send-for-legal-review", at, opinion=f"{_get_grounds(s)}，拟处行政拘留七日，请予审核。")


def reviewed(s: Cast, at: datetime) -> Iterator[Move]:
    """The reviewer agrees; the penalty is asked for at `at`, and awaits the county head."""
    yield from under_review(s, at - days(1))
    yield s.legal(OFFENCE, "pass-legal-review", at - hours(2), opinion="事实清楚，证据确凿，定性准确，程序合法。")
    yield _detention(s, at)


def discussed(s: Cast, at: datetime) -> Iterator[Move]:
    """Grave enough for the heads to discuss it, which they did at `at`."""
    yield from told(s, at - days(1))
    yield s.county_head(
        OFFENCE,
        "discuss-penalty",
        at,
        taking_part="周明辉、何静远、方正平",
        conclusion="违法行为情节较重，一致同意拟处罚意见。",
    )


def fined(s: Cast, at: datetime) -> Iterator[Move]:
    """Fined by the station; the decision is still to be served (two days)."""
    yield from told(s, at - hours(20), _FINE)
    fine = {"violation": s.story.tale.violation, "fine_yuan": FINE_YUAN, "victim": _has_victim(s), "grounds": _get_grounds(s)}
    yield from approve_request(s.officer(OFFENCE, "decide-station-penalty", at, **fine), s.unit_head, at)


def fine_served(s: Cast, at: datetime) -> Iterator[Move]:
    """Served at `at`, the fine not yet paid (fifteen days)."""
    yield from fined(s, at - hours(6))
    yield from _served(s, at, fine=True)


def fine_paid(s: Cast, at: datetime) -> Iterator[Move]:
    """Paid, and the case closed."""
    yield from fine_served(s, at - days(4))
    yield s.officer(OFFENCE, "pay-fine", at - hours(2), receipt="银行缴款回单一张")
    yield s.officer(OFFENCE, "close-public-order-case", at, outcome="罚款已缴清，案件执行完毕。")


def detained(s: Cast, at: datetime) -> Iterator[Move]:
    """In the detention centre since `at`, for seven days."""
    yield from _detention_decided(s, at - hours(3))
    yield s.officer(OFFENCE, "enter-detention-centre", at, centre="青岚县拘留所", term=f"{DETENTION_DAYS} day")


def detention_served(s: Cast, at: datetime) -> Iterator[Move]:
    """Out again on the day, the case closed and its papers put away."""
    yield from detained(s, at - days(DETENTION_DAYS + 2))
    yield s.officer(OFFENCE, "end-admin-detention", at - days(2), note="期满解除，发给解除拘留证明书。")
    yield s.officer(OFFENCE, "close-public-order-case", at - days(1), outcome="行政拘留执行完毕。")
    yield s.officer(OFFENCE, "archive", at)


def suspended(s: Cast, at: datetime) -> Iterator[Move]:
    """The detention is suspended on a deposit, since the person has asked for a review."""
    yield from _detention_decided(s, at - hours(9))
    yield s.officer(OFFENCE, "apply-for-suspension", at - hours(5), cause="复议或者诉讼", applicant=s.story.suspects[0].name)
    deposit = {"surety": "保证金", "days_left": DETENTION_DAYS, "deposit_yuan": DETENTION_DAYS * _DEPOSIT_YUAN_A_DAY}
    suspending = s.officer(
        OFFENCE, "suspend-detention", at, grounds="已申请行政复议，有固定住所和工作，不致发生社会危险。", **deposit
    )
    yield from approve_request(suspending, s.county_head, at)


def on_the_spot(s: Cast, at: datetime) -> Iterator[Move]:
    """Fined where it happened and paid by hand; the bureau is still to get a copy (24 hours)."""
    yield from under_inquiry(s, at - minutes(10))
    grounds = f"{_get_grounds(s)}，当场可以查实，本人无异议。"
    yield s.officer(OFFENCE, "penalize-on-the-spot", at, penalty="fine", fine_yuan=200, defence_heard=True, grounds=grounds)
    yield s.officer(OFFENCE, "collect-fine", at + minutes(5), cause="small", amount_yuan=200, receipt="当场处罚专用票据一张")


def transferred(s: Cast, at: datetime) -> Iterator[Move]:
    """Another police unit's case after all."""
    yield from under_inquiry(s, at - days(2))
    handing_over = s.officer(OFFENCE, "transfer-public-order-case", at, to="邻县公安局", materials="案卷一册、视听资料光盘一张")
    yield from approve_request(handing_over, s.county_head, at)


def terminated(s: Cast, at: datetime) -> Iterator[Move]:
    """Nothing to punish."""
    yield from questioned(s, at - days(4))
    grounds = "监控和证人证言证实，不存在违反治安管理的事实。"
    yield from approve_request(
        s.officer(OFFENCE, "terminate-public-order-case", at, cause="没有违法事实", grounds=grounds), s.unit_head, at
    )


DETENTION_DAYS: Final = 7
FINE_YUAN: Final = 500
_FINE: Final = "罚款五百元"
_DEPOSIT_YUAN_A_DAY: Final = 200
# Acts against order alone, by the codes of the table of violations: nobody in particular was wronged.
_VICTIMLESS: Final = frozenset({"za-29-1", "za-61-2", "za-67-1", "za-82-2"})


def _get_family(s: Cast) -> str:
    return f"{s.story.suspects[0].name[0]}某（家属）"


def _has_victim(s: Cast) -> bool:
    return s.story.tale.violation not in _VICTIMLESS


def _get_grounds(s: Cast) -> str:
    return f"{get_violations()[s.story.tale.violation].zh}的事实有询问笔录、视听资料等证据证实"


def _told(s: Cast, at: datetime, penalty: str, *, hearing: bool = False) -> Iterator[Move]:
    grounds = f"{_get_grounds(s)}，应予处罚。"
    yield s.officer(OFFENCE, "notify-penalty", at, penalty=f"拟处{penalty}", grounds=grounds, hearing=hearing, minor=False)


def _detention(s: Cast, at: datetime) -> Move:
    return s.officer(
        OFFENCE,
        "decide-penalty",
        at,
        violation=s.story.tale.violation,
        penalty="detention",
        detention_days=DETENTION_DAYS,
        hearing_due=False,
        review_due=False,
        discussion_due=False,
        victim=_has_victim(s),
        foreigner=False,
        grounds=f"{_get_grounds(s)}，情节较重，应予处罚。",
    )


def _detention_decided(s: Cast, at: datetime) -> Iterator[Move]:
    yield from told(s, at - hours(6))
    yield from approve_request(_detention(s, at), s.county_head, at)
    yield s.officer(OFFENCE, "tell-family", at + minutes(30), relative=_get_family(s), means="电话并邮寄通知书")
    yield from _served(s, at + minutes(40), fine=False)


def _served(s: Cast, at: datetime, *, fine: bool) -> Iterator[Move]:
    yield s.officer(OFFENCE, "serve-penalty", at, fine=fine)
    if _has_victim(s):
        yield s.officer(OFFENCE, "serve-victim", at + minutes(50), recipient=s.story.caller.name)


def _is_detainable(tale: Tale) -> bool:
    return get_violations()[tale.violation].max_detention_days >= DETENTION_DAYS


ACTS: Final = (
    Act("治安案件立案", filed, Outcome.ADMIN, build_ages(hours(2))),
    Act("治安传唤中", summoned, Outcome.ADMIN, build_ladder_ages(none=hours(6), orange=minutes(40)), Length(hours(8))),
    Act("调查取证", under_inquiry, Outcome.ADMIN, build_calendar_ages(-days(3)), Length(days(30))),
    Act("已延长办案期限", extended, Outcome.ADMIN, build_calendar_ages(days(21)), Length(days(60))),
    Act("伤情鉴定中", injury_appraised, Outcome.ADMIN, build_calendar_ages(days(4)), Length(days(7)), of_violation("za-51-1")),
    Act("调解协议履行", mediated, Outcome.ADMIN, build_ages(days(3)), fits=is_among_neighbours),
    Act("调解结案", performed, Outcome.ADMIN, build_ages(days(8)), fits=is_among_neighbours),
    Act("快速办理", handled_fast, Outcome.ADMIN, build_ladder_ages(blue=hours(20)), Length(hours(48)), of_violation("za-58-1")),
    Act("处罚告知", told, Outcome.ADMIN, build_ages(hours(5)), fits=_is_detainable),
    Act("听证", hearing, Outcome.ADMIN, build_calendar_ages(days(7)), Length(days(10)), of_violation("za-82-2")),
    Act("法制审核", under_review, Outcome.ADMIN, build_ages(hours(7)), fits=_is_detainable),
    Act("呈请处罚", reviewed, Outcome.ADMIN, build_ages(hours(3)), fits=_is_detainable),
    Act("集体讨论后待决定", discussed, Outcome.ADMIN, build_ages(hours(6)), fits=_is_detainable),
    Act("处罚决定待送达", fined, Outcome.ADMIN, build_calendar_ages(days(1)), Length(days(2))),
    Act("罚款待缴", fine_served, Outcome.ADMIN, build_calendar_ages(days(9)), Length(days(15))),
    Act("罚款缴清结案", fine_paid, Outcome.ADMIN, build_ages(days(6))),
    Act("行政拘留执行中", detained, Outcome.ADMIN, build_ladder_ages(yellow=days(2)), Length(days(7)), _is_detainable),
    Act("行政拘留归档", detention_served, Outcome.ADMIN, build_ages(days(5)), fits=_is_detainable),
    Act("暂缓执行拘留", suspended, Outcome.ADMIN, build_ages(days(2)), fits=_is_detainable),
    Act(
        "当场处罚待备案", on_the_spot, Outcome.ADMIN, build_ladder_ages(none=hours(17)), Length(hours(24)), of_violation("za-67-1")
    ),
    Act("转为刑事案件", turned_criminal, Outcome.ADMIN, build_calendar_ages(days(2)), Length(days(3)), of_violation("za-51-1")),
    Act("治安案件移送", transferred, Outcome.ADMIN, build_ages(days(4))),
    Act("治安案件终止调查", terminated, Outcome.ADMIN, build_ages(days(7))),
)
