"""青岚县, a county that does not exist: its bureau, the organs beside it, and who holds which office there."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from law.offices import Office
from runtime.passwords import DEMO_PASSWORD

__all__ = ["COUNTY_WIDE", "DEMO_PASSWORD", "HOLDINGS", "LOGINS", "PEOPLE", "UNITS", "Holding", "Person", "Unit", "list_holders"]


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit; `parent_id` is the unit above it, empty at the top of a tree."""

    id: str
    parent_id: str
    zh: str
    kind: str


@dataclass(frozen=True, slots=True)
class Person:
    """One person who can sign in."""

    id: str
    username: str
    zh: str
    badge: str


@dataclass(frozen=True, slots=True)
class Holding:
    """An office that a person holds in a unit, and thereby over every unit below it."""

    person_id: str
    unit_id: str
    office: Office


UNITS: Final = (
    Unit("province", "", "省公安厅", "bureau"),
    Unit("anlan", "province", "安澜市公安局", "bureau"),
    Unit("qinglan", "anlan", "青岚县公安局", "bureau"),
    Unit("command", "qinglan", "指挥中心", "centre"),
    Unit("case-centre", "qinglan", "案件管理中心", "centre"),
    Unit("legal", "qinglan", "法制大队", "brigade"),
    Unit("inspection", "qinglan", "警务督察大队", "brigade"),
    Unit("criminal", "qinglan", "刑事侦查大队", "brigade"),
    Unit("economic", "qinglan", "经济犯罪侦查大队", "brigade"),
    Unit("traffic", "qinglan", "交通管理大队", "brigade"),
    Unit("custody", "qinglan", "青岚县看守所", "custody-centre"),
    Unit("detention", "qinglan", "青岚县拘留所", "detention-centre"),
    Unit("chengguan", "qinglan", "城关派出所", "station"),
    Unit("donghe", "qinglan", "东河派出所", "station"),
    Unit("baita", "qinglan", "白塔街派出所", "station"),
    Unit("shiqiao", "qinglan", "石桥镇派出所", "station"),
    Unit("bailu", "qinglan", "白鹭镇派出所", "station"),
    Unit("fengling", "qinglan", "枫岭乡派出所", "station"),
    Unit("east-zone", "qinglan", "东区分局", "sub-bureau"),
    Unit("chanyeyuan", "east-zone", "产业园派出所", "station"),
    Unit("xincheng", "east-zone", "新城派出所", "station"),
    Unit("province-procuratorate", "", "省人民检察院", "procuratorate"),
    Unit("anlan-procuratorate", "province-procuratorate", "安澜市人民检察院", "procuratorate"),
    Unit("qinglan-procuratorate", "anlan-procuratorate", "青岚县人民检察院", "procuratorate"),
    Unit("supreme-court", "", "最高人民法院", "court"),
    Unit("anlan-court", "supreme-court", "安澜市中级人民法院", "court"),
    Unit("qinglan-court", "anlan-court", "青岚县人民法院", "court"),
    Unit("qinglan-justice", "", "青岚县司法局", "justice-bureau"),
    Unit("public", "", "办事群众", "public"),
    Unit("letters", "qinglan", "接诉即办中心", "centre"),
    Unit("qinglan-hotline", "", "青岚县12345政务服务热线", "agency"),
)

# Organs beside the chain of command see the matters shared with them, in the units of the authority they deal with.
SERVES: Final = {
    "custody": "qinglan",
    "detention": "qinglan",
    "qinglan-procuratorate": "qinglan",
    "qinglan-court": "qinglan",
    "qinglan-justice": "qinglan",
    "qinglan-hotline": "qinglan",
    "anlan-procuratorate": "anlan",
    "province-procuratorate": "anlan",
}

# Whoever holds one of these in a unit of the bureau works for the whole county: the desk takes every call, a reviewer reads
# every file. An office reaches only downwards, so it is held at the top of the county as well as at its own desk.
COUNTY_WIDE: Final = frozenset(
    {
        Office.REPORTING_DESK,
        Office.CASE_MANAGEMENT_OFFICER,
        Office.LEGAL_REVIEWER,
        Office.SUPERVISOR,
        Office.LETTER_OFFICER,
        Office.DUTY_COMMANDER,
    }
)
_COUNTY_DESKS: Final = frozenset({"command", "case-centre", "legal", "inspection", "letters"})

_ROSTER: Final[dict[str, tuple[tuple[str, str, *tuple[Office, ...]], ...]]] = {
    "anlan": (("yanshouzheng", "严守正", Office.HIGHER_POLICE, Office.CITY_HEAD),),
    "qinglan": (
        ("zhouminghui", "周明辉", Office.COUNTY_HEAD),
        ("hejingyuan", "何静远", Office.COUNTY_HEAD),
        ("guanli", "关理", Office.ADMINISTRATOR),
    ),
    "command": (
        ("linxiaoyu", "林晓雨", Office.REPORTING_DESK),
        ("sutingting", "苏婷婷", Office.REPORTING_DESK),
        ("panzhiheng", "潘志恒", Office.REPORTING_DESK, Office.DUTY_COMMANDER),
    ),
    "case-centre": (
        ("qinwanqing", "秦婉清", Office.STATION_HEAD, Office.CASE_MANAGEMENT_OFFICER),
        ("douyiming", "窦一鸣", Office.CASE_MANAGEMENT_OFFICER),
    ),
    "legal": (
        ("fangzhengping", "方正平", Office.STATION_HEAD, Office.LEGAL_REVIEWER),
        ("jiangruolan", "江若兰", Office.LEGAL_REVIEWER),
        ("peishaoan", "裴少安", Office.LEGAL_REVIEWER),
    ),
    "inspection": (
        ("leijianfeng", "雷剑锋", Office.STATION_HEAD, Office.SUPERVISOR),
        ("mengqiu", "孟秋", Office.SUPERVISOR),
    ),
    "criminal": (
        ("hanlei", "韩磊", Office.STATION_HEAD),
        ("qiaoanran", "乔安然", Office.CASE_OFFICER),
        ("gaoyuan", "高原", Office.CASE_OFFICER),
        ("tanzhiqiang", "谭志强", Office.CASE_OFFICER),
        ("shixiaobei", "石晓北", Office.CASE_OFFICER),
    ),
    "economic": (
        ("luwenbo", "陆文博", Office.STATION_HEAD),
        ("yinshanshan", "尹珊珊", Office.CASE_OFFICER),
        ("caoyifan", "曹一帆", Office.CASE_OFFICER),
    ),
    "traffic": (
        ("duanhongwei", "段宏伟", Office.STATION_HEAD),
        ("luochang", "骆畅", Office.CASE_OFFICER),
        ("gehaiyang", "葛海洋", Office.CASE_OFFICER),
    ),
    "custody": (
        ("niuguodong", "牛国栋", Office.CUSTODY_CENTRE),
        ("wenxiuying", "文秀英", Office.CUSTODY_CENTRE),
    ),
    "chengguan": (
        ("zhaotiejun", "赵铁军", Office.STATION_HEAD, Office.CASE_OFFICER),
        ("liusiyuan", "刘思源", Office.CASE_OFFICER),
        ("xuyating", "许雅婷", Office.CASE_OFFICER),
        ("machao", "马朝", Office.CASE_OFFICER),
        ("dongxiaodong", "董小冬", Office.AUXILIARY_OFFICER),
    ),
    "donghe": (
        ("sunjiawei", "孙家伟", Office.STATION_HEAD),
        ("wuhaoran", "吴昊然", Office.CASE_OFFICER),
        ("dengmin", "邓敏", Office.CASE_OFFICER),
        ("xiangyang", "向阳", Office.AUXILIARY_OFFICER),
    ),
    "baita": (
        ("yaochunmei", "姚春梅", Office.STATION_HEAD),
        ("kongfanlin", "孔繁林", Office.CASE_OFFICER),
        ("baiwei", "白薇", Office.CASE_OFFICER),
    ),
    "shiqiao": (
        ("shengyong", "盛勇", Office.STATION_HEAD),
        ("tangzhiyuan", "唐致远", Office.CASE_OFFICER),
        ("luyaojun", "卢耀军", Office.CASE_OFFICER),
    ),
    "bailu": (
        ("weidashan", "魏大山", Office.STATION_HEAD),
        ("jinxin", "金鑫", Office.CASE_OFFICER),
        ("xiaohe", "肖禾", Office.CASE_OFFICER),
    ),
    "fengling": (
        ("longzhanpeng", "龙展鹏", Office.STATION_HEAD),
        ("aihe", "艾禾", Office.CASE_OFFICER),
        ("tianyuliang", "田玉良", Office.CASE_OFFICER),
    ),
    "east-zone": (
        ("shaobin", "邵斌", Office.STATION_HEAD),
        ("yuwenxiu", "余文秀", Office.SUPERVISOR),
    ),
    "chanyeyuan": (
        ("huangweimin", "黄为民", Office.STATION_HEAD),
        ("chenlu", "陈露", Office.CASE_OFFICER),
        ("renyuhang", "任宇航", Office.CASE_OFFICER),
    ),
    "xincheng": (
        ("dingkexin", "丁可欣", Office.STATION_HEAD),
        ("guopeng", "郭鹏", Office.CASE_OFFICER),
        ("caiyun", "蔡芸", Office.CASE_OFFICER),
    ),
    "province-procuratorate": (("ouyangmingli", "欧阳明理", Office.PROVINCIAL_PROCURATORATE),),
    "anlan-procuratorate": (("zhengshuhua", "郑书华", Office.HIGHER_PROCURATORATE),),
    "qinglan-procuratorate": (
        ("yeqingheng", "叶清衡", Office.PROCURATORATE),
        ("shizhaoxia", "施朝霞", Office.PROCURATORATE),
    ),
    "supreme-court": (("gaohengping", "高衡平", Office.SUPREME_COURT),),
    "anlan-court": (("lushenzhi", "陆慎之", Office.HIGHER_COURT),),
    "qinglan-court": (("mogongyi", "莫公毅", Office.COURT),),
    "qinglan-justice": (("fuanqi", "傅安琪", Office.JUSTICE_BUREAU),),
    "public": (("baoan", "鲍安", Office.PARTY),),
    # Whoever comes new is entered at the end: a badge tells the place in this list, and keeps its wearer.
    "province": (("yangzhiyuan", "杨致远", Office.PROVINCIAL_HEAD),),
    "detention": (
        ("tongdehou", "童德厚", Office.DETENTION_CENTRE),
        ("lanyuping", "兰玉萍", Office.DETENTION_CENTRE),
    ),
    "letters": (("mengxiaolan", "孟晓岚", Office.STATION_HEAD, Office.LETTER_OFFICER),),
    "qinglan-hotline": (("qintong", "秦桐", Office.HOTLINE),),
}

# The people a visitor meets first, in the order in which a matter passes through their hands.
LOGINS: Final = {
    "linxiaoyu": "接警员 林晓雨：110接警、登记、派警",
    "dongxiaodong": "辅警 董小冬（城关所）：可记录，不可定性、不可办案",
    "liusiyuan": "办案民警 刘思源（城关所）：处警、定性、办案、呈请",
    "qiaoanran": "办案民警 乔安然（刑侦大队）：刑事案件与强制措施",
    "zhaotiejun": "所长 赵铁军（城关所）：审批传唤；自己呈请的不能自己批",
    "qinwanqing": "案管员 秦婉清：全县期限、卷宗、流程监管",
    "fangzhengping": "法制员 方正平：法制审核",
    "zhouminghui": "局长 周明辉：批准立案、拘留、取保",
    "yanshouzheng": "市局 严守正（上一级公安机关）：指定管辖、延长办案期限",
    "leijianfeng": "督察 雷剑锋：红牌、超期、执法监督",
    "niuguodong": "看守所 牛国栋：收押、到期提示",
    "yeqingheng": "检察官 叶清衡：审查逮捕",
    "guanli": "系统管理员 关理：人员、日历",
}


def _list_holdings(person_id: str, unit_id: str, offices: Iterable[Office]) -> Iterable[Holding]:
    for office in offices:
        yield Holding(person_id, unit_id, office)
        if office in COUNTY_WIDE and unit_id in _COUNTY_DESKS:
            yield Holding(person_id, "qinglan", office)


def _swear_in() -> tuple[tuple[Person, ...], tuple[Holding, ...]]:
    people: list[Person] = []
    holdings: list[Holding] = []
    for block, (unit_id, members) in enumerate(_ROSTER.items(), start=11):
        for place, (username, zh, *offices) in enumerate(members, start=1):
            # Six digits as on a police badge: 33, the unit's block, the place in the unit.
            badge = str(330_000 + block * 100 + place)
            people.append(person := Person(f"p{badge}", username, zh, badge))
            holdings.extend(_list_holdings(person.id, unit_id, offices))
    return tuple(people), tuple(holdings)


PEOPLE, HOLDINGS = _swear_in()


def list_holders(unit_id: str, office: Office) -> tuple[Person, ...]:
    """Who holds `office` in this very unit, in the order of the roster."""
    held = {h.person_id for h in HOLDINGS if h.unit_id == unit_id and h.office is office}
    return tuple(p for p in PEOPLE if p.id in held)
