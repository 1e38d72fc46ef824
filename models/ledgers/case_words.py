"""Synonyms of the columns in ledgers of open cases and of their suspects (在办案件台账用语)."""

from collections.abc import Mapping

from models.ledgers.words import Vocabulary

CASES: Mapping[str, tuple[str, ...]] = {
    "case_number": ("案号", "案件编号", "案件号", "立案号", "案件文号"),
    "charge": ("罪名", "涉嫌罪名", "立案罪名", "案由", "案件类别", "案件性质"),
    "officer": ("承办人", "主办民警", "主办侦查员", "承办民警", "主办人", "办案人", "办案民警"),
    "unit": ("办案单位", "承办单位", "主办单位", "立案单位", "办案部门", "单位"),
    "accepted_at": ("受案时间", "受案日期", "接受案件时间", "受理时间", "受理日期", "接报案时间"),
    "filed_at": ("立案时间", "立案日期"),
    "filed_paper": ("立案决定书文号", "立案文号", "立案决定书号", "立案决定书", "立案文书号"),
    "filed_by": ("立案批准人", "立案审批人", "立案审批"),
    "summary": ("案情", "简要案情", "案情简介", "案情摘要", "基本案情", "主要案情"),
    "complainant": ("报案人", "报案人姓名", "控告人", "受害人", "被害人"),
    "complainant_citizen_number": ("报案人公民身份号码", "报案人身份证号", "报案人身份证号码", "被害人身份证号"),
    "injured": ("有人受伤", "是否有人受伤", "人员受伤", "是否伤人"),
    "sent_at": ("移送起诉时间", "移送审查起诉时间", "移诉时间", "移送起诉日期", "移诉日期"),
    "sent_paper": ("起诉意见书文号", "移送起诉文书号", "移诉文书号", "移送起诉文号"),
    "sent_by": ("移送起诉批准人", "移诉批准人", "移送起诉审批人"),
}
_WHEN, _PAPER, _WHO = (
    ("时间", "日期"),
    ("文书号", "文号", "文书文号", "证号", "证文号", "决定书文号", "通知书文号"),
    ("批准人", "审批人"),
)


def _build_event_words(name: str, called: tuple[str, ...], papers: tuple[str, ...] = ()) -> dict[str, tuple[str, ...]]:
    """The three columns of an event: its time, the number of its paper, its approver."""
    return {
        f"{name}_at": (*(f"{each}{when}" for each in called for when in _WHEN), *called),
        f"{name}_paper": (*papers, *(f"{each}{paper}" for each in called for paper in _PAPER)),
        f"{name}_by": tuple(f"{each}{who}" for each in called for who in _WHO),
    }


SUSPECTS: Mapping[str, tuple[str, ...]] = {
    "case_number": CASES["case_number"],
    "name": ("姓名", "嫌疑人姓名", "犯罪嫌疑人姓名", "犯罪嫌疑人", "嫌疑人", "人员姓名"),
    "citizen_number": ("公民身份号码", "身份证号码", "身份证号", "证件号码", "证件号", "居民身份证号码", "身份证"),
    "sex": ("性别",),
    "born_on": ("出生日期", "出生年月日", "生日"),
    "address": ("住址", "现住址", "户籍地址", "家庭住址"),
    "phone": ("电话", "联系电话", "手机号", "联系方式"),
    "standing": ("现强制措施", "强制措施", "措施", "当前措施", "现状", "羁押状态", "人员状态"),
    "approver": ("批准人", "审批人", "审批领导", "批准领导"),
    "named_at": ("确定嫌疑人时间", "确定犯罪嫌疑人时间", "列为嫌疑人时间"),
    **_build_event_words("detained", ("执行拘留", "刑事拘留", "拘留", "刑拘"), ("拘留证文号", "拘留证号", "拘留证")),
    "delivered_at": ("送看守所时间", "入所时间", "羁押入所时间", "送押时间", "入所日期"),
    "centre": ("看守所", "羁押场所", "羁押地点", "关押场所"),
    "interrogated_at": ("首次讯问时间", "第一次讯问时间", "讯问时间", "拘留后讯问时间"),
    "advised_at": ("告知委托辩护人时间", "告知辩护权时间", "权利告知时间", "告知委托辩护权时间", "诉讼权利告知时间"),
    "notified_at": ("通知家属时间", "家属通知时间", "拘留通知家属时间", "通知家属日期"),
    "relative": ("被通知家属", "家属", "家属姓名", "被通知人"),
    **_build_event_words("extended", ("延长拘留", "延长刑拘", "延拘"), ("延长拘留期限通知书文号", "延长拘留期限通知书")),
    "extension": ("延长拘留期限", "延长期限", "延长至", "延拘期限", "延长天数", "拘留延长期限"),
    **_build_event_words(
        "requested", ("提请批准逮捕", "提请批捕", "报捕", "提捕", "呈捕"), ("提请批准逮捕书文号", "提请批准逮捕书")
    ),
    **_build_event_words("approved", ("批准逮捕", "批捕"), ("批准逮捕决定书文号", "批准逮捕决定书", "批捕决定书")),
    **_build_event_words("arrested", ("执行逮捕", "逮捕"), ("逮捕证文号", "逮捕证号", "逮捕证")),
    "receipt_returned_at": ("逮捕执行回执时间", "逮捕回执时间", "送回执行回执时间"),
    "arrest_interrogated_at": ("逮捕后讯问时间",),
    "arrest_notified_at": ("逮捕后通知家属时间", "逮捕通知家属时间", "逮捕通知时间"),
    **_build_event_words(
        "asked_longer", ("提请延长侦查羁押期限", "提请延长羁押", "提请延押"), ("提请批准延长侦查羁押期限意见书文号",)
    ),
    **_build_event_words(
        "held_longer", ("批准延长侦查羁押期限", "延长侦查羁押期限", "延长羁押", "延押"), ("批准延长侦查羁押期限决定书文号",)
    ),
    "longer": ("羁押延长期限", "延长羁押期限", "延押期限", "延长羁押月数"),
    **_build_event_words("bailed", ("取保候审", "取保"), ("取保候审决定书文号", "取保候审决定书")),
    "surety": ("保证方式", "担保方式"),
    "deposit": ("保证金", "保证金数额", "保证金金额"),
    "guarantor": ("保证人", "保证人姓名"),
    **_build_event_words("surveilled", ("监视居住",), ("监视居住决定书文号", "监视居住决定书")),
    **_build_event_words("released", ("释放",), ("释放通知书文号", "释放通知书", "释放证明书")),
}
# Which violation it is, as only ledgers of administrative cases call it; and how others do too, where the sheet says what it is.
_VIOLATION = ("违反治安管理行为", "违法行为", "违法行为名称", "行政案由", "治安案由", "违法案由")
PUBLIC_ORDER_CASES: Mapping[str, tuple[str, ...]] = {
    "case_number": CASES["case_number"],
    "violation": (*_VIOLATION, "案由", "案件性质", "案件类别"),
    "officer": CASES["officer"],
    "unit": CASES["unit"],
    "filed_at": (*CASES["filed_at"], *CASES["accepted_at"]),
    "summary": CASES["summary"],
    "injured": CASES["injured"],
    "other_law": ("依据其他法律", "适用其他法律", "其他行政案件"),
    "station": ("派出所办理", "是否派出所办理"),
    **_build_event_words("longer_handled", ("延长办案期限", "办案期限延长", "延长办理期限")),
}
_PERSON = ("case_number", "name", "citizen_number", "sex", "born_on", "address", "phone", "approver")
OFFENDERS: Mapping[str, tuple[str, ...]] = {
    **{name: SUSPECTS[name] for name in _PERSON},
    "name": ("姓名", "违法嫌疑人姓名", "违法行为人姓名", "违法嫌疑人", "违法行为人", "当事人", "人员姓名"),
    "named_at": ("确定违法嫌疑人时间", "确定违法行为人时间", "列为违法嫌疑人时间"),
    "minor": ("未成年人", "是否未成年人", "未成年"),
    **_build_event_words("summoned", ("治安传唤", "传唤", "口头传唤"), ("传唤证文号", "传唤证号", "传唤证")),
    "told_at": ("通知家属时间", "家属通知时间", "传唤通知家属时间", "通知家属日期"),
    "relative": SUSPECTS["relative"],
    **_build_event_words("inquiry_extended", ("延长询问查证", "延长传唤", "延长询问")),
    "inquiry_extension": ("延长询问查证期限", "询问查证期限", "延长询问查证至", "延长传唤至"),
    "inquiry_ended_at": ("询问查证结束时间", "传唤结束时间", "离开时间", "离所时间"),
}
CASE_VOCABULARY, SUSPECT_VOCABULARY = Vocabulary(CASES), Vocabulary(SUSPECTS)
PUBLIC_ORDER_VOCABULARY, OFFENDER_VOCABULARY = Vocabulary(PUBLIC_ORDER_CASES), Vocabulary(OFFENDERS)
VIOLATION_VOCABULARY = Vocabulary({**PUBLIC_ORDER_CASES, "violation": _VIOLATION})
"""As `PUBLIC_ORDER_VOCABULARY`, for a sheet of which nothing but its headings says that it is of administrative cases."""
# By stage of a suspect, the names of the coercive measure that a ledger states.
STANDINGS: Mapping[str, tuple[str, ...]] = {
    "at_liberty": ("未采取强制措施", "无", "未采取", "已释放", "释放", "在逃", "传唤"),
    "detained": ("刑事拘留", "刑拘", "拘留", "在押拘留"),
    "arrest_review": ("审查批捕", "提请批捕", "报捕", "提捕"),
    "arrest_approved": ("批准逮捕", "批捕"),
    "arrested": ("逮捕", "逮捕羁押", "执行逮捕"),
    "on_bail": ("取保候审", "取保"),
    "surveilled": ("监视居住", "监居"),
}
