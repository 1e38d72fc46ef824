"""The instruments (法律、法规、规章、规范性文件) that the limits cite, by the short codes of the code base."""

from collections.abc import Mapping
from types import MappingProxyType

from law.citations import Instrument

# Where the organ that issued a text publishes its texts: the national database of laws and regulations, the Ministry of Public
# Security, the Supreme People's Procuratorate and Court, the State Council.
_LAWS = "https://flk.npc.gov.cn"
_POLICE = "https://www.mps.gov.cn"
_PROCURATORATE = "https://www.spp.gov.cn"
_COURT = "https://www.court.gov.cn"
_GOVERNMENT = "https://www.gov.cn"

CPL = Instrument("CPL", "刑事诉讼法", _LAWS)
MPSC = Instrument("MPSC", "公安机关办理刑事案件程序规定", _POLICE)
MPSA = Instrument("MPSA", "公安机关办理行政案件程序规定", _POLICE)
PSAPL = Instrument("PSAPL", "治安管理处罚法", _LAWS)
PPL = Instrument("PPL", "人民警察法", _LAWS)
CQ = Instrument("CQ", "公安机关适用继续盘问规定", _POLICE)
ACL = Instrument("ACL", "行政强制法", _LAWS)
SPC = Instrument("SPC", "最高人民法院关于适用〈中华人民共和国刑事诉讼法〉的解释", _COURT)
SPP = Instrument("SPP", "人民检察院刑事诉讼规则", _PROCURATORATE)
CNR = Instrument("CNR", "人民检察院、公安机关羁押必要性审查、评估工作规定", _PROCURATORATE)
BAIL = Instrument("BAIL", "关于取保候审若干问题的规定", _COURT)
RPT = Instrument("RPT", "公安机关接报案与立案工作规定", _POLICE)
FIL = Instrument("FIL", "公安部关于改革完善受案立案制度的意见", _POLICE)
INJ = Instrument("INJ", "公安机关办理伤害案件规定", _POLICE)
DET = Instrument("DET", "公安机关适用刑事羁押期限规定", _POLICE)
CRR = Instrument("CRR", "公安机关办理刑事复议复核案件程序规定", _POLICE)
ECO = Instrument("ECO", "公安机关办理经济犯罪案件的若干规定", _POLICE)
CUST = Instrument("CUST", "看守所条例", _LAWS)
DETC = Instrument("DETC", "拘留所条例", _LAWS)
DRUG = Instrument("DRUG", "禁毒法", _LAWS)
PROP = Instrument("PROP", "公安机关涉案财物管理若干规定", _POLICE)
APL = Instrument("APL", "行政处罚法", _LAWS)
ARL = Instrument("ARL", "行政复议法", _LAWS)
ARLIR = Instrument("ARLIR", "行政复议法实施条例", _LAWS)
ALL = Instrument("ALL", "行政诉讼法", _LAWS)
CC = Instrument("CC", "民法典", _LAWS)
CVL = Instrument("CVL", "民事诉讼法", _LAWS)
PET = Instrument("PET", "信访工作条例", _GOVERNMENT)
SCL = Instrument("SCL", "国家赔偿法", _LAWS)
LA = Instrument("LA", "法律援助法", _LAWS)
FRAUD = Instrument("FRAUD", "反电信网络诈骗法", _LAWS)
STOP = Instrument("STOP", "关于建立电信网络新型违法犯罪涉案账户紧急止付和快速冻结机制的通知", _POLICE)
EEL = Instrument("EEL", "出境入境管理法", _LAWS)
FER = Instrument("FER", "外国人入境出境管理条例", _LAWS)
SUP = Instrument("SUP", "监察法", _LAWS)
AVR = Instrument("AVR", "公安机关现场执法视音频记录工作规定", _POLICE)
DVL = Instrument("DVL", "反家庭暴力法", _LAWS)
# A bureau's own published promise; not law, and shown as such.
PROMISE = Instrument("PROMISE", "公安机关服务承诺（非法定期限）")
# The bureau's own rule for its own work; not law either.
RULE = Instrument("RULE", "本局内部管理规定（非法律规定）")

INSTRUMENTS: Mapping[str, Instrument] = MappingProxyType(
    {each.zh: each for each in tuple(globals().values()) if isinstance(each, Instrument)}
)
"""Every instrument by its Chinese name."""
