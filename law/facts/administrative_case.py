"""Public-order and other administrative cases (治安案件 · 行政案件) as a whole."""

from law.facts.area import Area
from law.facts.declaration import MATTER, Condition, fact
from law.instruments import MPSA, PSAPL

# Under this law or another.
FILED = ("public-order.filed", "public-order.other-law-filed")
_CLOSABLE = ("public-order.decided", "public-order.mediation-performed")
_MEDIATED_ENOUGH = Condition(
    "at",
    "调解不成或者协议不履行的，应当依法作出处理，不再调解；当事人自行和解并履行的，书面申请经认可后不予处罚",
    (PSAPL.article(9), MPSA.article(185)),
    where=("public-order.mediation-failed", None),
)


class AdministrativeCaseFacts:
    """Public-order and other administrative cases (治安案件 · 行政案件) as a whole."""

    ADMIN_CASE_ACCEPTED = fact("admin.accepted", "接受行政案件", scope=MATTER, area=Area.ADMINISTRATIVE)
    ADMIN_CASE_FILED = fact("admin.filed", "行政案件立案", scope=MATTER, area=Area.ADMINISTRATIVE)
    ADMIN_CASE_REFUSED = fact("admin.refused", "告知不予处理", scope=MATTER, area=Area.ADMINISTRATIVE)

    PUBLIC_ORDER_CASE_FILED = fact("public-order.filed", "治安案件立案", scope=MATTER, area=Area.ADMINISTRATIVE)
    OTHER_LAW_CASE_FILED = fact("public-order.other-law-filed", "其他行政案件立案", scope=MATTER, area=Area.ADMINISTRATIVE)
    STATION_HANDLES = fact("public-order.station-handles", "公安派出所办理", scope=MATTER, area=Area.ADMINISTRATIVE)
    PUBLIC_ORDER_ACT_ENDED = fact("public-order.act-ended", "违反治安管理行为终了", scope=MATTER, area=Area.ADMINISTRATIVE)
    OTHER_ACT_ENDED = fact("public-order.other-act-ended", "其他违法行为终了", scope=MATTER, area=Area.ADMINISTRATIVE)
    HARMFUL_ACT_ENDED = fact(
        "public-order.harmful-act-ended",
        "涉及生命健康安全、金融安全且有危害后果的违法行为终了",
        scope=MATTER,
        area=Area.ADMINISTRATIVE,
    )
    HANDLING_EXTENDED = fact("public-order.handling-extended", "延长办案期限", scope=MATTER, area=Area.ADMINISTRATIVE, after=FILED)
    APPRAISAL_ORDERED = fact("public-order.appraisal-ordered", "委托鉴定", scope=MATTER, area=Area.ADMINISTRATIVE)
    APPRAISAL_RETURNED = fact(
        "public-order.appraisal-returned",
        "收到鉴定意见",
        scope=MATTER,
        area=Area.ADMINISTRATIVE,
        after="public-order.appraisal-ordered",
        basis=MPSA.article(96),
    )
    HEARING_OPENED = fact("public-order.hearing-opened", "决定举行听证", scope=MATTER, area=Area.ADMINISTRATIVE)
    HEARING_CLOSED = fact("public-order.hearing-closed", "听证结束", scope=MATTER, area=Area.ADMINISTRATIVE)
    MEDIATION_PERMITTED = fact(
        "public-order.mediation-permitted",
        "批准治安调解",
        scope=MATTER,
        area=Area.ADMINISTRATIVE,
        conditions=(
            _MEDIATED_ENOUGH,
            Condition(
                "at", "本案已经批准治安调解，不再重复呈批", (MPSA.article(178),), where=("public-order.mediation-permitted", None)
            ),
        ),
    )
    MEDIATION_TRIED = fact(
        "public-order.mediation-tried",
        "第一次调解未达成协议",
        scope=MATTER,
        area=Area.ADMINISTRATIVE,
        after="public-order.mediation-permitted",
        basis=MPSA.article(178),
        conditions=(
            _MEDIATED_ENOUGH,
            Condition(
                "record",
                "调解一般为一次，可以再次调解一次；再次调解仍未达成协议的，登记调解不成，依法处罚",
                (MPSA.article(183),),
                where=("public-order.mediation-tried", None),
            ),
        ),
    )
    MEDIATION_AGREED = fact(
        "public-order.mediation-agreed",
        "达成调解协议",
        scope=MATTER,
        area=Area.ADMINISTRATIVE,
        after="public-order.mediation-permitted",
        basis=MPSA.article(178),
        conditions=(_MEDIATED_ENOUGH,),
    )
    MEDIATION_PERFORMED = fact(
        "public-order.mediation-performed",
        "调解协议履行完毕",
        scope=MATTER,
        area=Area.ADMINISTRATIVE,
        after="public-order.mediation-agreed",
        basis=MPSA.article(185),
    )
    MEDIATION_FAILED = fact(
        "public-order.mediation-failed",
        "调解不成或者协议不履行",
        scope=MATTER,
        area=Area.ADMINISTRATIVE,
        after=("public-order.mediation-tried", "public-order.mediation-agreed"),
        uses_up=True,
        basis=MPSA.article(185),
    )
    INJURY_FIT_FOR_MEDIATION = fact(
        "public-order.injury-mediable", "受理可以调解的伤害案件", scope=MATTER, area=Area.ADMINISTRATIVE
    )
    RECUSAL_APPLIED = fact("public-order.recusal-applied", "收到回避申请", scope=MATTER, area=Area.ADMINISTRATIVE)
    RECUSAL_DECIDED = fact("public-order.recusal-decided", "作出回避决定", scope=MATTER, area=Area.ADMINISTRATIVE)
    LEGAL_REVIEW_DONE = fact("public-order.legal-review-done", "法制审核", scope=MATTER, area=Area.ADMINISTRATIVE)
    PENALTY_DISCUSSED = fact("public-order.discussed", "集体讨论", scope=MATTER, area=Area.ADMINISTRATIVE)
    PUBLIC_ORDER_CASE_DECIDED = fact("public-order.decided", "作出处理决定", scope=MATTER, area=Area.ADMINISTRATIVE)
    PUBLIC_ORDER_CASE_TURNED_CRIMINAL = fact("public-order.turned-criminal", "转为刑事案件", scope=MATTER, area=Area.ADMINISTRATIVE)
    PUBLIC_ORDER_CASE_TRANSFERRED = fact("public-order.transferred", "移送管辖", scope=MATTER, area=Area.ADMINISTRATIVE)
    PUBLIC_ORDER_CASE_TERMINATED = fact("public-order.terminated", "终止调查", scope=MATTER, area=Area.ADMINISTRATIVE)
    PUBLIC_ORDER_CASE_CLOSED = fact(
        "public-order.closed", "行政案件结案", scope=MATTER, area=Area.ADMINISTRATIVE, after=_CLOSABLE, basis=MPSA.article(258)
    )
