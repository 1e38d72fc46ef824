"""Synonyms in ledgers (台账用语): of the fields of an incident, of channels, of yes and no, and of units."""

import re
from collections.abc import Mapping

from models.folding import fold_words

# By field, the preferred synonym first. Of two columns for one field the one with the earlier synonym is read.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "kind": (
        "警情类别",
        "警情类型",
        "警情种类",
        "警情性质",
        "报警类别",
        "报警类型",
        "警情细类",
        "警情小类",
        "细类",
        "小类",
        "警情分类",
        "报警分类",
        "案件类别",
        "案件类型",
        "案由",
        "类别",
    ),
    "place": (
        "发生地点",
        "案发地点",
        "事发地点",
        "发案地点",
        "警情地点",
        "案发地址",
        "事发地址",
        "警情地址",
        "报警地址",
        "详细地址",
        "地点",
        "地址",
    ),
    "narrative": (
        *(
            "报警内容",
            "简要警情",
            "警情内容",
            "警情摘要",
            "警情描述",
            "主要警情",
            "简要案情",
            "案情简介",
            "报警情况",
            "基本情况",
            "警情概况",
        ),
        *("案情", "事由", "内容", "简要情况", "情况说明", "报警事由", "警情简述"),
    ),
    "reporter": ("报警人姓名", "报警人", "报案人姓名", "报案人", "求助人", "报警人员", "姓名"),
    "reporter_phone": (
        *("报警人电话", "联系电话", "报警电话", "报案人电话", "报警人联系电话", "报警人联系方式", "主叫号码", "来电号码"),
        *("手机号码", "手机号", "联系方式", "手机", "电话"),
    ),
    "reporter_citizen_number": (
        *("报警人公民身份号码", "公民身份号码", "身份证号码", "身份证号", "报警人身份证号码", "报警人身份证号", "报警人身份证"),
        *("居民身份证号码", "证件号码", "身份证"),
    ),
    "channel": ("来源", "报警方式", "警情来源", "接警方式", "报警来源", "报警途径", "接报方式", "来源方式", "来电方式", "报警渠道"),
    "unit": (
        "处警单位",
        "辖区单位",
        "出警单位",
        "管辖单位",
        "处警部门",
        "辖区派出所",
        "所属辖区",
        "责任单位",
        "主办单位",
        "接处警单位",
        "出警所",
        "处警所",
        "派出所",
        "单位",
    ),
    "at": ("接警时间", "报警时间", "接报时间", "报警日期", "接警日期", "接报日期", "日期", "时间"),
    "happened_at": ("发生时间", "案发时间", "发案时间", "事发时间", "警情发生时间", "发生日期", "案发日期", "发案日期"),
    "category": ("警情大类", "报警大类", "大类", "一级类别", "警情一级类别", "一级分类", "警情分类"),
    "urgent": ("紧急警情", "是否紧急", "紧急程度", "警情级别", "警情等级", "紧急"),
    "signs": ("现场情形", "警情标签", "警情标识", "特殊标识", "特殊情形", "标签"),
    "recording": ("接警录音编号", "录音编号", "录音号", "接警录音", "录音流水号"),
    "missing": ("失踪、走失人员警情", "失踪走失人员警情", "报告人员失联", "是否失联", "人员失联"),
    "outcome": (
        *("处理结果", "处警结果", "处置结果", "办理结果", "处警情况", "处置情况", "处理情况", "反馈情况", "处警反馈", "办结情况"),
        *("出警结果", "处置意见", "结果"),
    ),
}
# By field, and by code of its choice, what people write for it.
CHOICES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "channel": {
        "110": (
            "110",
            "110报警",
            "110接警",
            "110指令",
            "110指挥中心",
            "指挥中心",
            "指挥中心指令",
            "电话",
            "电话报警",
            "拨打110",
            "122",
            "119转警",
        ),
        "walk-in": (
            "当面",
            "当面报案",
            "当面报警",
            "上门",
            "上门报警",
            "来所",
            "来所报案",
            "来所报警",
            "现场报警",
            "口头报案",
            "扭送",
            "投案",
        ),
        "letter": ("来信邮件传真", "来信", "信件", "邮件", "传真", "书面", "书面报案"),
        "mailbox": ("局长信箱", "信箱"),
        "online": ("网上", "网上报警", "网络", "网络报警", "互联网", "微信", "微信报警", "短信", "短信报警", "12110"),
        "patrol": ("巡逻发现", "巡逻", "工作中发现", "日常巡逻"),
        "referral": ("移送", "转办", "12345", "12345转办", "上级交办", "交办", "其他部门移送", "部门移送", "移交"),
    },
    "category": {
        "criminal": ("刑事", "刑事类", "刑事警情", "刑事案件", "刑事类警情"),
        "public-order": ("治安", "治安类", "治安警情", "治安案件", "行政案件", "行政治安", "治安类警情", "行政"),
        "traffic": ("交通", "交通类", "交通警情", "交通事故", "道路交通", "交通类警情"),
        "fire": ("火灾", "火警", "火灾事故", "消防"),
        "dispute": ("纠纷", "纠纷类", "民事纠纷", "矛盾纠纷", "纠纷类警情", "民间纠纷"),
        "help": ("求助", "求助类", "群众求助", "群众紧急求助", "求助类警情", "公共服务"),
        "group": ("群体性事件", "群体性", "群体事件"),
        "disaster": ("灾害事故", "灾害", "自然灾害", "事故", "治安灾害事故"),
        "tip-off": ("举报", "举报类", "举报线索", "举报投诉线索"),
        "complaint": ("投诉", "投诉监督", "投诉类", "警务投诉"),
        "consultation": ("咨询", "咨询类", "咨询服务"),
        "invalid": ("骚扰误报", "骚扰", "误报", "无效", "无效警情", "无效报警", "骚扰警情", "恶意报警"),
        "other": ("其他", "其它", "其他警情", "其他类", "其他类警情"),
    },
    "signs": {
        "ongoing": ("正在发生", "正在进行", "现行"),
        "weapons": ("涉刀枪爆炸物", "涉刀枪", "涉刀", "涉枪", "涉爆", "持刀", "持枪", "持械", "涉刀枪爆"),
        "injured": ("有人伤亡", "有人受伤", "有伤情", "受伤", "伤亡", "人员伤亡", "有伤亡", "人员受伤"),
        "many": ("多人聚集", "多人", "聚集", "群体聚集", "人员聚集"),
        "sensitive": ("敏感", "敏感警情", "涉敏感", "敏感情况"),
    },
}
# What people write where a degree is asked instead of yes or no.
_TRUTHS: Mapping[str, Mapping[bool, tuple[str, ...]]] = {
    "urgent": {True: ("紧急", "特急", "加急", "十分紧急", "非常紧急"), False: ("一般", "普通", "正常", "不紧急", "非紧急", "常规")}
}
# Between several of a choice in one cell.
_BETWEEN = re.compile(r"[、,，;；/\s]+")
_YES = frozenset({"是", "有", "y", "yes", "true", "1", "√", "对"})
_NO = frozenset({"否", "无", "没有", "n", "no", "false", "0", "×", "x", "不是", "/"})
# Removed from headings before comparison: the mark of required columns, colons, units of measure.
_BESIDE = re.compile(r"[*:;。,、]|必填项?|选填|非必填")
# Short forms of unit names, and prefixes that people leave out.
_SHORT = (
    ("派出所", "所"),
    ("刑事侦查", "刑侦"),
    ("治安管理", "治安"),
    ("经济犯罪侦查", "经侦"),
    ("交通警察", "交警"),
    ("交通管理", "交警"),
)
_BODY = re.compile(r"^.*公安(?:分)?局|大队$|支队$|中队$|民警$")
NOTHING = frozenset({"", "/", "无", "不详", "未知", "未留", "匿名", "无名氏", "空"})
"""Words in a cell that mean that nothing is known."""
# In a column of outcomes: that nobody has seen to it, or that it is not over.
_PENDING = frozenset(
    fold_words(each)
    for each in (
        *(
            "未处理",
            "未处置",
            "未处警",
            "未出警",
            "未办结",
            "未结",
            "未反馈",
            "尚未处理",
            "尚未办结",
            "没有处理",
            "待处理",
            "待处置",
        ),
        *(
            "待处警",
            "待反馈",
            "待办",
            "待查",
            "处理中",
            "正在处理",
            "正在处理中",
            "处置中",
            "正在处置",
            "办理中",
            "正在办理",
            "正在办理中",
        ),
        *(
            "在办",
            "进行中",
            "调查中",
            "正在调查",
            "正在调查中",
            "侦查中",
            "正在侦查",
            "核查中",
            "正在核查",
            "跟进中",
            "出警中",
            "待定",
        ),
        *("处警中", "正在出警"),
    )
)


def is_pending(outcome: str) -> bool:
    """Whether a cell of outcomes tells of none: such a row is an incident that is still to be seen to, and not one that is over."""
    return outcome in NOTHING or fold_words(outcome) in _PENDING or not fold_words(outcome)


_SUMS = frozenset({"合计", "总计", "小计", "共计", "制表人", "填表人", "审核人"})


def is_foot(first: str) -> bool:
    """Whether a row whose first cell is this text is a total or a signature instead of data."""
    return fold_heading(first) in _SUMS


def fold_heading(said: str) -> str:
    """A heading normalised for comparison."""
    return _BESIDE.sub("", fold_words(said))


class Vocabulary:
    """The synonyms of the columns of one kind of ledger."""

    def __init__(self, headings: Mapping[str, tuple[str, ...]]) -> None:
        """From the synonyms of each field, the preferred one first."""
        self._meant = {fold_heading(word): (field, rank) for field, words in headings.items() for rank, word in enumerate(words)}
        self.called = {field: words[0] for field, words in headings.items()}

    def find_field(self, heading: str) -> tuple[str, int] | None:
        """The field of a heading and its rank among the synonyms (0 is best); None where it is unknown."""
        return self._meant.get(fold_heading(heading))


INCIDENTS = Vocabulary(HEADINGS)
_CODES = {
    field: {fold_words(word): code for code, words in choices.items() for word in words} for field, choices in CHOICES.items()
}
_TRUE = {field: {fold_words(word): truth for truth, words in said.items() for word in words} for field, said in _TRUTHS.items()}


def find_code(field: str, said: str) -> str | None:
    """The code of a word in a column of choices (a channel, a group); None where the word is unknown."""
    return _CODES.get(field, {}).get(fold_words(said))


def split_parts(said: str) -> tuple[str, ...]:
    """The words of a cell in which several may stand."""
    return tuple(dict.fromkeys(each for each in _BETWEEN.split(said) if each))


def parse_truth(said: str, field: str = "") -> bool | None:
    """Yes or no, also by what is written for that field in particular; None where it is neither."""
    known = fold_words(said)
    return True if known in _YES else False if known in _NO else _TRUE.get(field, {}).get(known)


def find_unit(said: str, units: Mapping[str, str]) -> str | None:
    """The id of a unit, by name, id or an unambiguous short form (城关所); None where it is unknown."""
    if said in units:
        return units[said]
    found = {unit for name, unit in units.items() if _shorten_name(name) == _shorten_name(said)}
    return found.pop() if len(found) == 1 else None


def _shorten_name(name: str) -> str:
    short = fold_words(name)
    for whole, part in _SHORT:
        short = short.replace(whole, part)
    return _BODY.sub("", short) or short
