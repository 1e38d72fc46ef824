"""Letters from the public (群众来信): one by each way it may go, each left at another stage."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from law.offices import Office
from seeds.acts import Act, Chapter, build_ages
from seeds.bureau import list_holders
from seeds.script import Cast, Move, User, approve_request
from seeds.spans import days, hours, minutes
from seeds.stories import Outcome

LETTER: Final = "letter"
_ANSWER: Final = "您反映的案件正在依法办理，承办民警已将进展和下一步安排告知，后续进展将及时反馈。"


def _get_letter_officer() -> User:
    (person, *_) = list_holders("letters", Office.LETTER_OFFICER)
    return User(person.username, person.zh)


def received(s: Cast, at: datetime) -> Iterator[Move]:
    """Somebody writes to the chief at `at`."""
    said = {"sort": "complaint", "narrative": f"{s.story.place}的事报案后一直没有回音，请局长过问。", "writer_name": "程守正"}
    yield s.desk(LETTER, "open-letter", at, channel="chief-mailbox", writer_phone="13900001001", **said).open_as(LETTER)


def signed(s: Cast, at: datetime) -> Iterator[Move]:
    """It is signed for at `at`."""
    yield from received(s, at - minutes(6))
    yield _get_letter_officer()(LETTER, "sign-letter", at)


def handling(s: Cast, at: datetime) -> Iterator[Move]:
    """Its writer was called, and the station has it at `at`."""
    officer = _get_letter_officer()
    yield from signed(s, at - minutes(30))
    yield officer(LETTER, "contact-writer", at - minutes(15), outcome="已电话联系，告知承办单位。")
    yield officer(LETTER, "classify-letter", at - minutes(10), labels=["1.03.03"])
    yield officer(LETTER, "assign-letter", at, unit=s.unit_id, officer=s.officer.username)


def concluded(s: Cast, at: datetime) -> Iterator[Move]:
    """It was answered, accepted as a petition, and concluded at `at`."""
    yield from handling(s, at - days(2))
    yield s.officer(LETTER, "answer-letter", at - days(1), answer=_ANSWER)
    yield s.officer(LETTER, "accept-petition", at - hours(20), told="您反映的事项已经受理，将在六十日内办结。")
    said = {"finding": "partly", "result": "explained", "answer": _ANSWER, "articles": "刑事诉讼法第一百一十二条"}
    concluding = s.officer(LETTER, "conclude-petition", at - hours(1), **said)
    yield from approve_request(concluding, s.unit_head, at)


def closed(s: Cast, at: datetime) -> Iterator[Move]:
    """And its writer is content at `at`."""
    yield from concluded(s, at - days(1))
    yield _get_letter_officer()(LETTER, "evaluate-letter", at, score="satisfied", words="谢谢，已经知道进展。")


def done_again(s: Cast, at: datetime) -> Iterator[Move]:
    """Or is not, and has it done again."""
    yield from concluded(s, at - days(1))
    yield _get_letter_officer()(LETTER, "evaluate-letter", at, score="dissatisfied", words="还是没有解决。")


def concluded_again(s: Cast, at: datetime) -> Iterator[Move]:
    """By another officer, at `at`."""
    yield from done_again(s, at - days(2))
    officer = _get_letter_officer()
    yield officer(LETTER, "contact-writer", at - days(1), outcome="督察回访，了解不满意的原因。")
    yield officer(LETTER, "assign-letter", at - hours(20), unit=s.unit_id, officer=s.companion.username)
    said = {"finding": "true", "result": "supported", "answer": _ANSWER, "articles": "刑事诉讼法第一百一十二条"}
    concluding = s.companion(LETTER, "conclude-petition", at - hours(1), **said)
    yield from approve_request(concluding, s.unit_head, at)


def thanked(s: Cast, at: datetime) -> Iterator[Move]:
    """A word of thanks is passed on at `at`, and put away."""
    said = {"sort": "thanks", "narrative": f"感谢{s.officer.zh}警官帮我找回财物。", "writer_name": "严素芬"}
    officer = _get_letter_officer()
    yield officer(LETTER, "open-letter", at - hours(3), channel="post", **said).open_as(LETTER)
    yield officer(LETTER, "sign-letter", at - hours(2))
    yield officer(LETTER, "convey-thanks", at - hours(1), to_unit=s.unit_id, to_officer=s.officer.username, words="群众来信表扬。")
    yield s.custodian(LETTER, "archive", at)


def handed_over(s: Cast, at: datetime) -> Iterator[Move]:
    """What is another's business goes there at `at`."""
    said = {"sort": "help", "narrative": "物业公司停水三天，请帮助协调。", "writer_name": "柳桂芳"}
    officer = _get_letter_officer()
    yield s.desk(LETTER, "open-letter", at - hours(3), channel="hotline-12345", **said).open_as(LETTER)
    yield officer(LETTER, "sign-letter", at - hours(2))
    handing = officer(
        LETTER, "hand-over-letter", at - hours(1), to="县住建局", why="物业纠纷不属公安职责", told="已转县住建局办理。"
    )
    yield from approve_request(handing, s.county_head, at)


def _came_by(channel: str, sort: str, narrative: str, **said: object) -> Chapter:
    """What comes by another channel, and is signed for."""

    def came(s: Cast, at: datetime) -> Iterator[Move]:
        officer = _get_letter_officer()
        words = {"sort": sort, "narrative": narrative, **said}
        yield officer(LETTER, "open-letter", at - minutes(9), channel=channel, **words).open_as(LETTER)
        yield officer(LETTER, "sign-letter", at)

    return came


_ONLINE: Final = _came_by("online-inquiry", "consultation", "请问居住证到期以后怎样签注，需要带哪些材料？", writer_name="严素芬")
_MEDIA: Final = _came_by("media", "complaint", "短视频反映路口电动车乱停，巡逻经过没有处理。", anonymous=True)
_VISIT: Final = _came_by("visit", "appeal", "当面反映：伤情鉴定意见书迟迟没有拿到。", writer_name="柳桂芳")
_PHONE: Final = _came_by("phone", "suggestion", "建议学校门口上学时段增加护学岗。", writer_name="程守正")
_CONDUCT: Final = _came_by("12389", "complaint", "窗口辅警态度生硬，要求说明。", writer_name="严素芬")
_RATING: Final = _came_by("service-rating", "complaint", "办身份证等了两个小时，评价不满意。", writer_name="柳桂芳")
_COMMUNITY: Final = _came_by("community", "help", "独居老人请求社区民警帮助联系家属。", writer_name="程守正")
_FRAUD: Final = _came_by("anti-fraud-96110", "consultation", "接到自称客服的退款电话，请问是不是诈骗？", writer_name="严素芬")


def refused(s: Cast, at: datetime) -> Iterator[Move]:
    """What was finally reviewed is not taken up again at `at`."""
    officer = _get_letter_officer()
    yield from signed(s, at - hours(5))
    said = {"way": "finally-reviewed", "earlier": "LX202500000017", "told": "同一事项已经复核，不再受理；可以向信访部门查询。"}
    yield from approve_request(officer(LETTER, "refuse-petition", at - hours(1), **said), s.county_head, at)


def routed(s: Cast, at: datetime) -> Iterator[Move]:
    """What has a procedure of its own goes there at `at`."""
    yield from signed(s, at - hours(5))
    told = "对不予立案不服的，可以自收到通知书之日起七日内向本局申请复议。"
    yield s.legal(LETTER, "route-into-procedure", at, procedure="filing-remedy", told=told)


def withdrawn(s: Cast, at: datetime) -> Iterator[Move]:
    """Its writer does not want it dealt with any more at `at`."""
    yield from signed(s, at - hours(5))
    yield _get_letter_officer()(LETTER, "withdraw-letter", at, how_said="来电表示问题已经解决，不再反映。")


def unreached(s: Cast, at: datetime) -> Iterator[Move]:
    """Its writer was tried three times, and it is dealt with all the same at `at`."""
    officer = _get_letter_officer()
    yield from signed(s, at - hours(12))
    for ago in (10, 7, 4):
        yield officer(LETTER, "record-unreached", at - hours(ago), means="phone", outcome="无人接听。")
    yield officer(LETTER, "proceed-unreached", at, note="已短信告知查询方式。")


def looked_at_again(s: Cast, at: datetime) -> Iterator[Move]:
    """Who is not satisfied turns to the organ above at `at`."""
    yield from concluded(s, at - days(3))
    asked = {"served_on": f"{at - days(2):%Y-%m-%d}", "to": "安澜市公安局", "reason": "处理意见没有回应诉求。"}
    yield _get_letter_officer()(LETTER, "receive-reexamination", at, **asked)


def tipped(s: Cast, at: datetime) -> Iterator[Move]:
    """Somebody tells of a crime without a name, and the station has it at `at`."""
    officer = _get_letter_officer()
    said = {"sort": "tip", "narrative": f"{s.story.place}附近夜间有人聚众赌博。", "anonymous": True}
    yield officer(LETTER, "open-letter", at - hours(2), channel="wechat-tip", **said).open_as(LETTER)
    yield officer(LETTER, "sign-letter", at - hours(2) + minutes(5))
    yield officer(LETTER, "contact-writer", at - hours(1), outcome="网上回复：线索已经收到。")
    yield officer(LETTER, "classify-letter", at - minutes(50), labels=["2.03.02"])
    yield officer(LETTER, "assign-letter", at, unit=s.unit_id, officer=s.officer.username)


def rewarded(s: Cast, at: datetime) -> Iterator[Move]:
    """It proved right, and a reward waits to be collected at `at`."""
    yield from tipped(s, at - days(3))
    said = {"finding": "true", "result": "supported", "answer": "经核查属实，已经依法查处，相关人员另案处理，感谢提供线索。"}
    yield from approve_request(s.officer(LETTER, "conclude-letter", at - days(1), **said), s.unit_head, at - hours(20))
    reward = {"code": "甲-7731", "amount_yuan": 2000, "collect": "red-packet", "reason": "据此查获赌博窝点一处。"}
    yield from approve_request(_get_letter_officer()(LETTER, "propose-reward", at - hours(3), **reward), s.county_head, at)


ACTS: Final = (
    Act("来信待签收", received, Outcome.HELP, build_ages(minutes(4))),
    Act("来信已签收", signed, Outcome.HELP, build_ages(minutes(12))),
    Act("来信办理中", handling, Outcome.HELP, build_ages(hours(5))),
    Act("来信已答复待评价", concluded, Outcome.HELP, build_ages(hours(6))),
    Act("来信已办结", closed, Outcome.HELP, build_ages(days(1))),
    Act("来信重办中", done_again, Outcome.HELP, build_ages(hours(3))),
    Act("来信重办已答复", concluded_again, Outcome.HELP, build_ages(hours(2))),
    Act("来信转达表扬", thanked, Outcome.HELP, build_ages(days(2))),
    Act("来信转出", handed_over, Outcome.HELP, build_ages(hours(8))),
    Act("来信网络问政", _ONLINE, Outcome.HELP, build_ages(minutes(20))),
    Act("来信媒体反映", _MEDIA, Outcome.HELP, build_ages(hours(3))),
    Act("来信来访", _VISIT, Outcome.HELP, build_ages(hours(6))),
    Act("来信来电建议", _PHONE, Outcome.HELP, build_ages(hours(7))),
    Act("来信民警投诉", _CONDUCT, Outcome.HELP, build_ages(hours(9))),
    Act("来信窗口评价", _RATING, Outcome.HELP, build_ages(hours(10))),
    Act("来信社区求助", _COMMUNITY, Outcome.HELP, build_ages(hours(11))),
    Act("来信反诈咨询", _FRAUD, Outcome.HELP, build_ages(hours(12))),
    Act("来信不予受理", refused, Outcome.HELP, build_ages(hours(4))),
    Act("来信导入程序", routed, Outcome.HELP, build_ages(hours(5))),
    Act("来信撤回", withdrawn, Outcome.HELP, build_ages(hours(6))),
    Act("来信联系不上", unreached, Outcome.HELP, build_ages(hours(2))),
    Act("来信复查", looked_at_again, Outcome.HELP, build_ages(hours(3))),
    Act("举报线索核查", tipped, Outcome.HELP, build_ages(hours(4))),
    Act("举报线索奖励", rewarded, Outcome.HELP, build_ages(hours(2))),
)
