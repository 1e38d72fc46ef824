"""Who takes part (当事人): what forms say of a person becomes one record of that person. Pure.

Blanks are filled and nothing known is blanked; roles add up; what contradicts the record is not written but said (更正 sets it right).
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from models.search_terms import plain

# One person of one matter: `id`, `role`, `roles` (spaced), `name`, `citizen_id`, and whatever else is known of them.
Party = Mapping[str, str]

# The weightiest role is the one by which a person is called.
_WEIGHT = ("suspect", "offender", "victim", "guardian", "reporter", "questioned")
# Who holds a thing is not somebody's quality but a place: the next hand takes it over whole.
HELD_IN_TURN = frozenset({"holder"})
_ZH = {
    "name": "姓名",
    "sex": "性别",
    "citizen_id": "公民身份号码",
    "travel_document": "旅行证件",
    "born_on": "出生日期",
    "acted_on": "涉嫌犯罪的日期",
    "nationality": "国籍",
    "phone": "电话",
    "address": "住址",
    "relation": "关系",
}
# By which a person is known wherever they appear.
_NUMBERS = ("citizen_id", "travel_document")
_OF_THE_ROW = ("id", "role", "roles", "also")

# The dots between the parts of a name, in the ways that keyboards have them; spaces are of no account either.
_DOTS = str.maketrans("", "", "·•・‧∙⋅.．●－-")
# Characters of names that are still typed in their older shape.
_SIMPLE = str.maketrans(
    "張陳劉黃趙吳孫馬羅鄭謝韓馮於蕭許鄧葉閻賈鍾盧蔣譚鄒龍萬錢湯賴喬賀顧龔嚴華蘇呂魯韋陸關譙蒼齊龐顏莊聶魚歐陽國強偉麗軍傑濤輝"
    "紅蘭鳳潔雲蓮環榮愛楊範饒連鄔鞏單紀項婁駱鄺簡遲勝東飛寧慶業興義禮學書樹長鵬濟瑩靜嬌艷銀鐵鋼銘錦貴財賢順韻風鴻鶴黨夢憶懷曉"
    "暉曄樂權歡瀟燦爾瑪瓊畢祿禎積穎純經維綺緒繼續聖聰聲藍藝衛詠詩誠論諾謙豐貞達運選遠鈞鋒鎮開闖雙離領顯馳駿驍鷹鳴倫儀億冊劍勁"
    "勛勞區協參員啟園圓堅堯塵壯妝嫻孌實寶將岡島嶺幣幹彥徑從戀揚時晉曆會棟楓標橋檢欽歲氣決況涼淵溫滿潤澤濱瀾灣煒煥燁獻現瑋璣盡"
    "監眾碩禦種穩競節紹絲綱綠練織習腦臨萊葦蔔薩處裏覺觀記詳調講證議護讓賓贊趕軒輔輪載農進邁鄉鈺鉅鈴鍵鏗鑑鑰門閃閎閔間閩闊隊階"
    "際隱雋難電須預頻題願類颯饋館駒騰驊驥驕鮑鯤鳥鴛鵑鸞麥點齡",
    "张陈刘黄赵吴孙马罗郑谢韩冯于萧许邓叶阎贾钟卢蒋谭邹龙万钱汤赖乔贺顾龚严华苏吕鲁韦陆关谯苍齐庞颜庄聂鱼欧阳国强伟丽军杰涛辉"
    "红兰凤洁云莲环荣爱杨范饶连邬巩单纪项娄骆邝简迟胜东飞宁庆业兴义礼学书树长鹏济莹静娇艳银铁钢铭锦贵财贤顺韵风鸿鹤党梦忆怀晓"
    "晖晔乐权欢潇灿尔玛琼毕禄祯积颖纯经维绮绪继续圣聪声蓝艺卫咏诗诚论诺谦丰贞达运选远钧锋镇开闯双离领显驰骏骁鹰鸣伦仪亿册剑劲"
    "勋劳区协参员启园圆坚尧尘壮妆娴娈实宝将冈岛岭币干彦径从恋扬时晋历会栋枫标桥检钦岁气决况凉渊温满润泽滨澜湾炜焕烨献现玮玑尽"
    "监众硕御种稳竞节绍丝纲绿练织习脑临莱苇卜萨处里觉观记详调讲证议护让宾赞赶轩辅轮载农进迈乡钰巨铃键铿鉴钥门闪闳闵间闽阔队阶"
    "际隐隽难电须预频题愿类飒馈馆驹腾骅骥骄鲍鲲鸟鸳鹃鸾麦点龄",
)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What a form says of somebody that the record does not: of which person (`party`, `name`), in which `field`."""

    party: str
    name: str
    field: str
    known: str
    given: str

    @property
    def zh(self) -> str:
        """What is to be told whoever filled it in."""
        if self.field == "id":
            return f"{self.name}已在本事项中（{self.party}），同一人不得另编序号，请用原序号办理"
        return f"{self.name or self.party}（{self.party}）的{_ZH.get(self.field, self.field)}与本事项已有记载不一致：有误的先办理更正，另一人用新的序号"


def folded(name: str) -> str:
    """A name as names are compared: width, case, spaces, dots and the older shape of a character make no other person."""
    return "".join(unicodedata.normalize("NFKC", name).split()).translate(_DOTS).translate(_SIMPLE).casefold()


def is_same_person(one: Party, other: Party) -> bool | None:
    """Whether two are one person: by number where both bear one of a kind; None where only the name says so, False where nothing does."""
    told = [(plain(one[kind]), plain(other[kind])) for kind in _NUMBERS if one.get(kind) and other.get(kind)]
    if any(mine == theirs for mine, theirs in told):
        return True
    if told or not one.get("name") or folded(one["name"]) != folded(other.get("name", "")):
        return False
    born = one.get("born_on"), other.get("born_on")
    return False if all(born) and born[0] != born[1] else None


def roles_of(party: Party) -> tuple[str, ...]:
    """The roles in which somebody takes part, the weightiest first."""
    roles = dict.fromkeys(each for each in (*party.get("roles", "").split(), party.get("role", "")) if each)
    return tuple(sorted(roles, key=lambda role: _WEIGHT.index(role) if role in _WEIGHT else len(_WEIGHT)))


def found(known: Iterable[Party], named: Party) -> Party | None:
    """Who of those known is meant: by id, by number, or, where a form gives no id, by the name in that role."""
    known, own = tuple(known), named.get("id", "")
    by_id = next((each for each in known if own and own in (each["id"], *each.get("also", "").split())), None)
    if by_id:
        return by_id
    return next(
        (
            each
            for each in known
            if (same := is_same_person(each, named)) or (same is None and not own and named.get("role") in roles_of(each))
        ),
        None,
    )


def merged(known: Sequence[Party], named: Iterable[Party]) -> tuple[Party, ...] | Contradiction:
    """The people of a matter whom forms speak of, as the record has them from then on; those of whom nothing is said are left out.

    Several ids may come to be one person's (`also`): facts about them go by either.
    """
    people = {each["id"]: each for each in known}
    touched: dict[str, Party] = {}
    for each in named:
        before = found(people.values(), each)
        after = _joined(before, each) if before else _new(people, each)
        if isinstance(after, Contradiction):
            return after
        if twice := _numbered_twice(people.values(), after, each.get("id", "")):
            return twice
        people[after["id"]] = touched[after["id"]] = after
    return tuple(touched.values())


def _new(people: Mapping[str, Party], named: Party) -> Party:
    base = named.get("id") or named["role"]
    free = base if base not in people else next(f"{base}-{n}" for n in range(2, len(people) + 3) if f"{base}-{n}" not in people)
    return _with_roles({**{name: value for name, value in named.items() if value}, "id": free}, roles_of(named))


def _joined(before: Party, named: Party) -> Party | Contradiction:
    if before.get("role") in HELD_IN_TURN:
        return _with_roles(named, roles_of(named))
    further = {name: value for name, value in named.items() if value and name not in _OF_THE_ROW}
    for name, value in further.items():
        if (old := before.get(name)) and not _agree(name, old, value):
            return Contradiction(before["id"], before.get("name", ""), name, old, value)
    kept = {**further, **{name: value for name, value in before.items() if value}}
    own, also = named.get("id", ""), before.get("also", "").split()
    if own and own not in (before["id"], *also):
        kept["also"] = " ".join((*also, own))
    return _with_roles(kept, (*roles_of(before), *roles_of(named)))


def _numbered_twice(known: Iterable[Party], after: Party, own: str) -> Contradiction | None:
    """That somebody has another number of the same row already (第几人): what is said of either would run apart."""
    row = own.rpartition("-")[0]
    others = [one for each in known if is_same_person(each, after) for one in (each["id"], *each.get("also", "").split())]
    twice = next((one for one in others if row and one != own and one.rpartition("-")[0] == row), None)
    return Contradiction(twice, after["name"], "id", twice, own) if twice else None


def _with_roles(party: Party, roles: Iterable[str]) -> Party:
    ordered = roles_of({"roles": " ".join(roles)})
    return {"name": "", "citizen_id": "", **party, "role": ordered[0], "roles": " ".join(ordered)}


def _agree(field: str, old: str, new: str) -> bool:
    if field == "name":
        return folded(old) == folded(new)
    return plain(old) == plain(new) if field in (*_NUMBERS, "phone") else old == new
