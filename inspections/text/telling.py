"""What texts tell (所述情形), above single words: violence of one person against another, domestic violence, a threat that is one, a fraud."""

import re
from collections.abc import Iterable
from dataclasses import replace

from inspections.text.cues import SENTENCE, Status
from inspections.text.lexicon import Group
from inspections.text.reading import Hit, Mention, Reading

# An illness, a fall, traffic, an animal, a machine, oneself: an injury of which nobody did anything to anybody.
_NOBODYS_DOING = re.compile(
    r"摔|跌倒|跌落|跌下|滑倒|绊倒|栽倒|崴|扭伤|扭到脚|骑车|骑电动车|骑摩托|驾车|开车|车祸|交通事故|事故|追尾|相撞|碰撞|剐蹭|刮蹭|刮擦|擦碰|撞车|被车|车撞|撞上|"
    r"两车|轿车|货车|翻车|翻到|狗咬|被狗|狗把|猫抓|猫咬|蛇|马蜂|蜂蜇|被牛|被羊|野猪|猴|病|心脏|血压|血糖|癫痫|羊癫疯|中暑|中毒|煤气|一氧化碳|"
    r"喝多|喝醉|醉酒|醉倒|酒醉|醉汉|孕妇|产妇|产后|临产|生孩子|分娩|脑梗|脑溢血|脑出血|中风|发烧|高烧|发热|生病|抽风|呕吐|胸闷|肚子疼|腹痛|头晕|(?:突然|忽然|一下子)(?:晕|倒|昏|抽|不省|没|吐|站不|说不)|喝酒喝|酒喝|喝到|喝断片|夹手|夹门|夹到|手指夹|切菜|切水果|切肉|做饭|削苹果|削皮|晕倒|旧疾|老人倒|自己碰|自己撞|自己划|自己弄|"
    r"不慎|不小心|意外|工伤|机器|施工|高空|高处|坠|掉落|掉下|掉进|落水|溺水|触电|火灾|着火|起火|爆燃|电梯|卡住|夹住|被门夹|鱼刺|误食|过敏|手术|透析|化疗|"
    r"割腕|自残|轻生|自杀|流产|流鼻血"
)

_KIN = (
    "丈夫|老公|妻子|老婆|媳妇|爱人|前夫|前妻|配偶|对象|男朋友|女朋友|男友|女友|前男友|前女友|同居(?:男友|女友|的男人|的女人|对象|人)?|家属|男人|孩子他爸|孩子爸|孩子他妈|孩子妈|孩儿他爹|"
    "男方|女方|老头|老头子|老太太|老太婆|老汉|老伴|父亲|母亲|爸爸|妈妈|爸|妈|爹|娘|亲爹|亲妈|继父|后爸|后爹|继母|后妈|养父|养母|公公|婆婆|岳父|岳母|丈人|丈母娘|爷爷|奶奶|外公|外婆|姥姥|姥爷|"
    "儿子|女儿|女婿|儿媳|儿媳妇|继子|孙子|哥哥|弟弟|姐姐|妹妹|大哥|二哥|大伯哥|小叔子|大姑子|小姑子|嫂子|弟媳|姐夫|妹夫|叔叔|大伯|舅舅|姑父|"
    "(?<=[我他她俺咱其大二三四小老])(?:弟|哥|姐|妹|嫂|叔|舅|姑|姨|伯)"
)
_OF = r"(?:我|其|他|她|自己|报警人|俺|咱)?(?:的|家)?(?:前|亲)?"
_NOT_THEIRS = r"(?!的?(?:朋友|同事|同学|老板|邻居|亲戚|战友|债主|客户|司机|前妻|小三|情人))"
_ADVERBS = r"(?:[^,。;!?被遭让和跟与邻]{0,10}?)"
# By whom it was done: a relative; to whom: the caller, or somebody of the household.
_BY_KIN = re.compile(rf"(?:被|遭|遭到|受到|让|给|挨){_OF}(?:{_KIN}){_NOT_THEIRS}[^,。;!?]{{0,12}}$")
_BY_KIN_WITHIN = re.compile(rf"(?:被|遭|让|给){_OF}(?:{_KIN}){_NOT_THEIRS}")
_KIN_DOES = re.compile(rf"(?<![被和跟与找把对将向]){_OF}(?:{_KIN})(?:某)?{_NOT_THEIRS}(?P<rest>(?:[^。;!?被遭]{{0,22}}?))$")
_AT_STRANGERS = re.compile(
    r"^(?:了|的)?(?:别人|他人|邻居|同事|路人|客人|顾客|司机|保安|老师|同学|对方|店员|服务员|医生|护士|民警|城管|物业|外人|人家|小三|村民|工友)"
)
_STRANGER = re.compile(r"邻居|同事|路人|别人|他人|客人|顾客|司机|保安|老师|同学|店员|人家|村民|工友|物业|陌生人|对方|民警")
_HOUSEHOLD_VIOLENCE = re.compile(r"家庭暴力|家暴")

_NOTHING_LOST = re.compile(
    r"(?:没|没有|未|并未|还没|尚未)(?:有)?(?:转账?|付款?|汇款|打款|打钱|给钱|操作|上当|受骗|被骗|损失|造成(?:财产|经济|资金)?损失|提供|转成功)|及时(?:发现|识破|醒悟|止付|挂断|劝阻)|识破|没理|没信|没相信|没搭理|没点|没扫|没告诉|未告诉|没有告诉|未透露|没透露|挂断|挂了电话|直接挂|知道是骗|发觉不对|感觉不对没|无损失|无财产损失|没上当|未遂|劝阻成功|止付成功|已全部退|已退款|已退回|已经退|已返还|钱已追回|全部退还|退还全部|对方已退|商家已退|双方达成"
)

# What is owed among people who know each other, or for work: a suit, unless somebody vanished or deceived.
_CIVIL = re.compile(
    r"房东|租房|退租|押金|工资|工钱|薪|工程款|材料款|装修|彩礼|欠条|借条|合伙|亲戚|朋友借|表哥|表弟|堂|物业费|货款纠纷|合同"
)
# A payment may lie in the past.
_WERE = (Status.AFFIRMED, Status.PAST)

_MEANS = re.compile(
    r"刀|枪|汽油|柴油|煤气|液化气|燃气|炸|爆|火|烧|点燃|硫酸|农药|毒|斧|锤|棍|钢管|铁管|杀|弄死|砍|捅|打死|整死|搞死|做掉|灭门|同归于尽|鱼死网破|一起死|垫背|卸|废了|要.{0,3}命|偿命|毁容|跳楼|跳桥|跳河|跳江|[要想欲备]跳|往下跳|死给|自杀|轻生|自焚|寻死|不想活|不活了|活不下去|割腕|上吊|喝药|喝农药|遗书|想死|楼顶|天台"
    r"|跟踪|尾随|泼漆|泼油漆|喷漆|泼粪|花圈|堵门|蹲守|找人|叫人|带人|喊人|弄你|收拾|裸照|见一次打一次|打断|撞死"
)
_MERE_FEAR = re.compile(r"^(?:怕|害怕|担心|恐怕|生怕|唯恐|差点儿?|差一点|险些|几乎|险遭|若不是|要不是|幸亏|幸好|多亏|小心)")


# A call for help, or a thing, without a word of an injury.
_HELP = frozenset({
    "120", "icu", "救护车", "急救", "抢救", "住院", "进医院", "手术", "救护", "重症", "菜刀", "钢管", "锤子", "扳手", "榔头", "铁锹", "斧头", "木棒",
})  # fmt: skip
_ANIMAL_OR_THING = re.compile(
    r"狗|猫|蛇|马蜂|猴|野猪|牛|被车|车撞|门夹|机器|掉下|掉落|坠落|落下|滚落|倒塌|垮塌|切菜|切水果|切肉|切西瓜|削苹果|削皮|做饭|刮倒|吹落"
)
_BETWEEN_PEOPLE = re.compile(r"打人|殴打|被打|打了[我他她]|互殴|打架")


def violence(texts: Iterable[Reading]) -> list[Mention]:
    """The words that tell of an act of one person against another, or of an injury that nothing but such an act explains."""
    readings = [*texts]
    told = [Mention(text, hit) for text in readings for hit in text.of(Group.INJ, Group.GRAVE)]
    states = [each for each in told if not each.hit.act]
    if acts := [each for each in told if each.hit.act and not _is_nobodys(each)]:
        return acts + states
    if any(_NOBODYS_DOING.search(text.normal.text) for text in readings) or all(each.hit.word in _HELP for each in states):
        return []
    return states


def is_grave(mentions: Iterable[Mention]) -> bool:
    """Whether any of these words tells of a grave injury, or of a weapon that was used."""
    return any(each.hit.group is Group.GRAVE and each.hit.word not in _HELP for each in mentions)


def _is_nobodys(mention: Mention) -> bool:
    """Whether an animal, traffic or a thing did it, in the clause of that word."""
    clause = mention.text.clause(mention.hit)
    return bool(_ANIMAL_OR_THING.search(clause)) and not _BETWEEN_PEOPLE.search(clause)


def domestic_violence(texts: Iterable[Reading]) -> list[Mention]:
    """The words for violence that a relative did to one of the household."""
    return [
        Mention(text, replace(hit, group=Group.DV))
        for text in texts
        for hit in text.of(Group.INJ, Group.GRAVE)
        if _is_at_home(text, hit)
    ]


def _is_at_home(text: Reading, hit: Hit) -> bool:
    if _HOUSEHOLD_VIOLENCE.search(hit.word):
        return True
    if not hit.act:
        return False
    begin = max((each.end() for each in SENTENCE.finditer(text.normal.text, 0, hit.start)), default=0)
    before, after = text.normal.text[begin : hit.start], text.normal.text[hit.end :]
    # A word such as 被打 begins with the sign of who did it, and 被老公打 has them within.
    if _BY_KIN.search(before) or _BY_KIN_WITHIN.search(hit.word):
        return True
    if hit.word[0] in "被遭挨让给" or _AT_STRANGERS.match(after) or _AT_STRANGERS.match(hit.word.lstrip("打揍踢踹推殴了")):
        return False
    does = _KIN_DOES.search(before)
    return does is not None and not _STRANGER.search(does["rest"])


def threats(texts: Iterable[Reading]) -> list[Mention]:
    """The words of a threat that has a means or an aim, and of holding somebody; fear alone is no threat."""
    return [Mention(text, hit) for text in texts for hit in text.hits if _is_threat(text, hit)]


def _is_threat(text: Reading, hit: Hit) -> bool:
    if hit.group is Group.CONFINE and hit.status is Status.AFFIRMED:
        return True
    threatened = hit.group is Group.THREAT and hit.status in (Status.AFFIRMED, Status.THREAT)
    meant = hit.status is Status.THREAT and hit.group in (Group.INJ, Group.GRAVE, Group.CONFINE, Group.SEX)
    return (threatened or meant) and not _MERE_FEAR.match(hit.cue) and bool(_MEANS.search(text.sentence(hit)))


def thefts(texts: Iterable[Reading]) -> list[Mention]:
    """The words that tell of something taken from somebody."""
    return [Mention(text, hit) for text in texts for hit in text.of(Group.THEFT)]


def sexual_offences(texts: Iterable[Reading]) -> list[Mention]:
    """The words that tell of a sexual offence."""
    return [Mention(text, hit) for text in texts for hit in text.of(Group.SEX)]


def confinement(texts: Iterable[Reading]) -> list[Mention]:
    """The words that tell of somebody who was not let go."""
    return [Mention(text, hit) for text in texts for hit in text.of(Group.CONFINE)]


def minors(texts: Iterable[Reading]) -> list[Mention]:
    """The words that tell of somebody under eighteen, in whatever way they are said."""
    return [Mention(text, hit) for text in texts for hit in text.hits if hit.group is Group.MINOR]


def deceptions(texts: Iterable[Reading]) -> list[Mention]:
    """The words that tell of a deception by which something was lost."""
    readings = [*texts]
    return [] if _lost_nothing(readings) else [Mention(text, hit) for text in readings for hit in text.of(Group.SCAM)]


def paid_for_nothing(texts: Iterable[Reading]) -> list[Mention]:
    """The words that tell of money paid, and of a deception or of nothing got for it; empty where either is missing or nothing was lost."""
    readings = [*texts]
    if _lost_nothing(readings):
        return []
    paid = [Mention(text, hit) for text in readings for hit in text.hits if hit.group is Group.PAY and hit.status in _WERE]
    cheated = [Mention(text, hit) for text in readings for hit in text.of(Group.UNREACH, Group.SCAM)]
    unmet = [Mention(text, hit) for text in readings for hit in text.of(Group.NOGOODS)]
    if not cheated and any(_CIVIL.search(text.normal.text) for text in readings):
        unmet = []
    return paid + cheated + unmet if paid and (cheated or unmet) else []


def crimes(texts: Iterable[Reading]) -> list[Mention]:
    """The words that make an incident one of those that are cases (案件类警情)."""
    readings = [*texts]
    asked = (violence, thefts, sexual_offences, domestic_violence, deceptions, confinement, paid_for_nothing)
    return [each for ask in asked for each in ask(readings)]


def _lost_nothing(texts: Iterable[Reading]) -> bool:
    """Whether they say that nothing was paid, or that it came back."""
    return any(_NOTHING_LOST.search(text.normal.text) for text in texts)
