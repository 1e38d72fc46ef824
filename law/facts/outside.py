"""What is sent to systems outside and asked of them (外部送达 · 外部请求)."""

from law.facts.area import Area
from law.facts.declaration import SUBJECT, fact


class OutsideFacts:
    """What is sent to systems outside and asked of them (外部送达 · 外部请求)."""

    # Deliveries (外部送达)
    DELIVERY_OPENED = fact("delivery.opened", "待外部送达", scope=SUBJECT, area=Area.OTHER)
    DELIVERY_CONFIRMED = fact("delivery.confirmed", "对方系统已签收", scope=SUBJECT, area=Area.OTHER)
    DELIVERY_FAILED = fact("delivery.failed", "未能送达", scope=SUBJECT, area=Area.OTHER)
    DELIVERY_REPEATED = fact("delivery.repeated", "重新送达", scope=SUBJECT, area=Area.OTHER)
    DELIVERY_GIVEN_UP = fact("delivery.given-up", "不再送达", scope=SUBJECT, area=Area.OTHER)

    # Requests (向外部系统提出的请求): nothing is answered that was not asked
    STOP_PAYMENT_REQUESTED = fact("outside.stop-payment-requested", "请求紧急止付", scope=SUBJECT, area=Area.PROPERTY)
    STOP_PAYMENT_ANSWERED = fact(
        "outside.stop-payment-answered", "收到止付结果", scope=SUBJECT, area=Area.OTHER, after="outside.stop-payment-requested"
    )
    PAYMENT_STOPPED = fact("outside.payment-stopped", "账户已止付", scope=SUBJECT, area=Area.PROPERTY)
    STOP_PAYMENT_PAPERS_SENT = fact(
        "outside.stop-payment-papers-sent",
        "补送紧急止付法律文书",
        scope=SUBJECT,
        area=Area.OTHER,
        after="outside.stop-payment-requested",
    )
    STOPPED_ACCOUNT_FROZEN = fact(
        "outside.stopped-account-frozen", "止付账户已冻结", scope=SUBJECT, area=Area.OTHER, after="outside.payment-stopped"
    )
    STOP_PAYMENT_LIFTED = fact(
        "outside.stop-payment-lifted", "止付解除", scope=SUBJECT, area=Area.OTHER, after="outside.payment-stopped"
    )
    RECORDING_ASKED = fact("outside.recording-asked", "调取执法记录仪记录", scope=SUBJECT, area=Area.OTHER)
    RECORDING_ANSWERED = fact(
        "outside.recording-answered", "收到执法记录仪记录", scope=SUBJECT, area=Area.OTHER, after="outside.recording-asked"
    )
    TRIP_ASKED = fact("outside.trip-asked", "查询行程", scope=SUBJECT, area=Area.OTHER)
    TRIP_ANSWERED = fact("outside.trip-answered", "收到行程查询结果", scope=SUBJECT, area=Area.OTHER, after="outside.trip-asked")
    TRACK_ASKED = fact("outside.track-asked", "查询车辆轨迹", scope=SUBJECT, area=Area.OTHER)
    TRACK_ANSWERED = fact(
        "outside.track-answered", "收到车辆轨迹查询结果", scope=SUBJECT, area=Area.OTHER, after="outside.track-asked"
    )
    HOUSEHOLD_ASKED = fact("outside.household-asked", "核查户籍信息", scope=SUBJECT, area=Area.OTHER)
    HOUSEHOLD_ANSWERED = fact(
        "outside.household-answered", "收到户籍核查结果", scope=SUBJECT, area=Area.OTHER, after="outside.household-asked"
    )
    HOUSEHOLD_CERTIFICATE_ASKED = fact(
        "outside.household-certificate-asked", "通过协作平台请求出具户籍证明", scope=SUBJECT, area=Area.PROSECUTION
    )
    HOUSEHOLD_CERTIFICATE_RECEIVED = fact(
        "outside.household-certificate-received",
        "收到户籍证明",
        scope=SUBJECT,
        area=Area.OTHER,
        after="outside.household-certificate-asked",
    )
