"""The instruments (法律、法规、规章、规范性文件) that the limits cite, by the short codes of the code base."""

from law.citations import Instrument

CPL = Instrument("CPL", "刑事诉讼法")
MPSC = Instrument("MPSC", "公安机关办理刑事案件程序规定")
MPSA = Instrument("MPSA", "公安机关办理行政案件程序规定")
PSAPL = Instrument("PSAPL", "治安管理处罚法")
PPL = Instrument("PPL", "人民警察法")
CQ = Instrument("CQ", "公安机关适用继续盘问规定")
ACL = Instrument("ACL", "行政强制法")
SPC = Instrument("SPC", "最高人民法院关于适用〈中华人民共和国刑事诉讼法〉的解释")
SPP = Instrument("SPP", "人民检察院刑事诉讼规则")
CNR = Instrument("CNR", "人民检察院、公安机关羁押必要性审查、评估工作规定")
BAIL = Instrument("BAIL", "关于取保候审若干问题的规定")
RPT = Instrument("RPT", "公安机关接报案与立案工作规定")
FIL = Instrument("FIL", "公安部关于改革完善受案立案制度的意见")
INJ = Instrument("INJ", "公安机关办理伤害案件规定")
DET = Instrument("DET", "公安机关适用刑事羁押期限规定")
CRR = Instrument("CRR", "公安机关办理刑事复议复核案件程序规定")
ECO = Instrument("ECO", "公安机关办理经济犯罪案件的若干规定")
DETC = Instrument("DETC", "拘留所条例")
DRUG = Instrument("DRUG", "禁毒法")
PROP = Instrument("PROP", "公安机关涉案财物管理若干规定")
APL = Instrument("APL", "行政处罚法")
ARL = Instrument("ARL", "行政复议法")
ARLIR = Instrument("ARLIR", "行政复议法实施条例")
ALL = Instrument("ALL", "行政诉讼法")
PET = Instrument("PET", "信访工作条例")
SCL = Instrument("SCL", "国家赔偿法")
# A bureau's own published promise; not law, and shown as such.
PROMISE = Instrument("PROMISE", "公安机关服务承诺(非法定期限)")
# The bureau's own rule for its own work; not law either.
RULE = Instrument("RULE", "本局内部管理规定(非法定期限)")
