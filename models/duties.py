"""What words and offences suggest of duties (义务) that arm a limit: somebody is hurt, missing, a victim, a minor, a foreigner. Pure.

A suggestion is put before whoever answers, with the word that made it; it answers nothing by itself.
"""

import re
from collections.abc import Mapping
from functools import cache

from law.offences import get_charges, get_violations

# By the duty, the words that suggest it. What is denied right before them suggests nothing.
_CUES: Mapping[str, str] = {
    "injured": "流血|出血|受伤|负伤|轻伤|重伤|轻微伤|骨折|打伤|砍伤|刺伤|捅伤|撞伤|划伤|咬伤|伤口|昏迷|送医|就医|包扎|缝针|120急救|打破|红肿",
    "victim": "被打|被害|被侵害|殴打他人|殴打|打伤|砍伤|刺伤|捅伤|猥亵|骚扰|被盗|被抢|被骗|辱骂",
    "missing": "走失|失踪|离家出走|下落不明|(?:人员|家人|家属|老人|孩子|小孩|父亲|母亲|儿子|女儿|丈夫|妻子|学生|室友)失联",
    "urgent": "正在打|正在砍|正在行凶|正在抢|持刀|持枪|持械|拿刀|动刀|行凶|砍人|捅人|杀人|爆炸|跳楼|轻生|自杀|劫持|绑架|纵火|被困|昏迷|大量流血",
    "minor": "未成年|未满十八|不满十八|小学生|初中生|高中生|儿童|幼儿",
    "foreigner": "外国人|外籍|无国籍|护照",
}
_DENIED = (
    r"(?:没有|没|未曾|未见|未|并无|无|不存在|不是|非|否认)(?:造成|导致|发现|任何|双方|人员|人|有|其他|其|他|身体|明显|外部|外|被)*"
)
# By which an offence is one in which people may be hurt, whatever else it is.
_HURTING = re.compile("伤|殴|杀|打|斗|寻衅|抢|强奸|猥亵|虐待|肇事|爆炸|放火|决水|投放|袭|绑架|劫|暴|危险|事故|妨害公务|强迫")


def get_cue_pattern(duty: str) -> str:
    """The pattern by which pages ask while somebody is typing: of a hit the second group is the word, and the first whatever denies it."""
    return _compile_cue(duty).pattern


@cache
def _compile_cue(duty: str) -> re.Pattern[str]:
    return re.compile(f"({_DENIED})?({_CUES[duty]})")


def suggest_duties(text: str) -> Mapping[str, str]:
    """The duties that a report suggests, each with the first word that does."""
    found = {duty: next((hit[2] for hit in _compile_cue(duty).finditer(text) if not hit[1]), "") for duty in _CUES}
    return {duty: word for duty, word in found.items() if word}


def may_injure(offence: str) -> bool:
    """Whether people may be hurt by an offence of that code, so that it must be asked."""
    known = get_charges().get(offence) or get_violations().get(offence)
    return known is not None and bool(_HURTING.search(known.zh))
