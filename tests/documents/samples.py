"""Words of one invented case, in which every document has something to say; and the text of a Word file as a reader sees it."""

import io
from typing import Any

from docx import Document as WordFile
from docx.table import Table
from docx.text.paragraph import Paragraph

from models.documents import DocumentType

_BASIS = {
    "case-acceptance-form": "《中华人民共和国刑事诉讼法》第一百一十条",
    "administrative-acceptance-form": "《中华人民共和国治安管理处罚法》第九十条",
    "filing-decision": "《中华人民共和国刑事诉讼法》第一百一十二条",
    "no-filing-notice": "《中华人民共和国刑事诉讼法》第一百一十二条",
    "summons": "《中华人民共和国刑事诉讼法》第一百一十九条",
    "administrative-summons": "《中华人民共和国治安管理处罚法》第九十六条",
    "compelled-appearance-warrant": "《中华人民共和国刑事诉讼法》第六十六条",
    "detention-warrant": "《中华人民共和国刑事诉讼法》第八十二条、第八十五条",
    "detention-notice": "《中华人民共和国刑事诉讼法》第八十五条",
    "detention-extension-notice": "《中华人民共和国刑事诉讼法》第九十一条",
    "arrest-request": "《中华人民共和国刑事诉讼法》第八十七条",
    "arrest-warrant": "《中华人民共和国刑事诉讼法》第九十三条",
    "arrest-notice": "《中华人民共和国刑事诉讼法》第九十三条",
    "bail-decision": "《中华人民共和国刑事诉讼法》第六十七条",
    "surveillance-decision": "《中华人民共和国刑事诉讼法》第七十四条",
    "release-notice": "《中华人民共和国刑事诉讼法》第九十一条",
    "prosecution-opinion": "《中华人民共和国刑事诉讼法》第一百六十二条",
    "cancellation-decision": "《公安机关办理刑事案件程序规定》第一百八十六条",
    "supplementary-report": "《中华人民共和国刑事诉讼法》第一百七十五条",
    "penalty-decision": "《中华人民共和国治安管理处罚法》第一百零九条、第一百一十三条、第一百一十五条",
    "hearing-notice": "《中华人民共和国行政处罚法》第六十四条",
    "seizure-list": "《中华人民共和国刑事诉讼法》第一百四十一条",
    "transfer-list": "《中华人民共和国刑事诉讼法》第一百六十二条",
    "return-list": "《中华人民共和国刑事诉讼法》第二百四十五条",
}
_PERSON = {
    "姓名": "贺文涛",
    "性别": "男",
    "出生日期": "1985年6月12日",
    "证件号码": "330102198506121012",
    "住址": "青岚县城关镇人民路88号2幢301室",
}
_WORDS: dict[str, Any] = {
    "日期": "二〇二六年九月二十八日",
    "发生时间": "2026年9月28日10时05分",
    "机关": "青岚县公安局",
    "办案单位": "刑事侦查大队",
    "承办人": "乔安然",
    "批准人": "周明辉",
    "案件名称": "诈骗案",
    "案件编号": "XA202600000001",
    "案由": "诈骗案",
    "涉嫌罪名": "诈骗罪",
    "看守所": "青岚县看守所",
    "检察院": "青岚县人民检察院",
    "报案人": "沈国梁",
    "报案人电话": "13900000000",
    "案情": "报案人经微信向他人购买红外测温仪，转账350000元后对方不发货，电话、微信均联系不上",
    "立案理由": "有犯罪事实，需要追究刑事责任",
    "不予立案理由": "双方系买卖合同纠纷，没有犯罪事实",
    "传唤理由": "需要当面核实收款账户的使用情况。",
    "理由": "涉嫌殴打他人，需要询问查证。",
    "到案地点": "青岚县公安局执法办案中心",
    "拘传理由": "经合法传唤无正当理由不到案。",
    "执行地点": "青岚县城关镇",
    "拘留理由": "被害人指认他犯罪，企图逃跑",
    "被通知人及关系": "贺建国（父亲）",
    "通知方式": "当面送达",
    "措施": "刑事拘留",
    "措施时间": "2026年9月25日16时30分",
    "延长理由": "流窜作案、多次作案、结伙作案的重大嫌疑分子",
    "延长期限": "至三十日",
    "提请理由": "可能判处徒刑以上刑罚，采取取保候审不足以防止发生社会危险性",
    "取保理由": "可能判处有期徒刑以上刑罚，采取取保候审不致发生社会危险性",
    "保证方式": "保证金",
    "保证金数额": "5000",
    "监视居住理由": "患有严重疾病、生活不能自理",
    "执行处所": "青岚县城关镇人民路88号2幢301室",
    "释放理由": "人民检察院不批准逮捕",
    "起诉意见": "犯罪嫌疑人以非法占有为目的，虚构事实骗取财物，数额巨大，应当依法追究刑事责任",
    "撤销理由": "没有犯罪事实",
    "补充侦查提纲": "查清赃款去向",
    "补充侦查情况": "赃款中的200000元已转入其名下另一账户并已冻结",
    "处理方式": "补充侦查报告书",
    "受送达人": "贺文涛",
    "听证时间": "2026年10月15日9时00分",
    "听证地点": "青岚县公安局听证室",
    "违法事实证据和依据": "2026年9月20日21时许，在城关镇烧烤店门口殴打他人，有被侵害人陈述、监控录像等证据证实",
    "处罚内容": "行政拘留五日并处罚款500元",
    "罚款金额": "500",
    "犯罪嫌疑人": [
        {**_PERSON, "强制措施": "2026年9月25日16时30分刑事拘留，2026年10月30日9时00分逮捕"},
        {"姓名": "自报姓名阿强", "性别": "男"},
    ],
    "财物编号": "WP202600000007",
    "名称": "手机",
    "数量": "1部",
    "特征": "黑色，串号860000000000001",
    "领取人": "沈国梁",
    "返还理由": "系被害人合法财产，权属明确且无争议",
    "随案财物": [
        {"编号": "WP202600000007", "名称": "手机", "数量": "1部", "特征": "黑色，串号860000000000001"},
        {"编号": "WP202600000008", "名称": "人民币", "数量": "12000元", "备注": "已存入专户"},
    ],
    "物品清单": [
        {"名称": "手机", "数量": "1部", "特征": "黑色，串号860000000000001"},
        {"名称": "人民币", "数量": "12000元", "特征": "百元面额120张", "备注": "已存入专户"},
    ],
}


def words_of(kind: DocumentType) -> dict[str, Any]:
    """What this document says in that case."""
    basis = _BASIS.get(kind.id) or _BASIS["case-acceptance-form"]
    return _WORDS | _PERSON | {"文号": f"青公（刑）{kind.mark}〔2026〕3号", "法律依据": basis}


def text_of(data: bytes) -> str:
    """Every line of a Word file, cells of a row parted by bars."""
    return "\n".join(_lines(WordFile(io.BytesIO(data)))) + "\n"


def _lines(page: Any) -> Any:
    for block in page.iter_inner_content():
        if isinstance(block, Paragraph):
            yield block.text.rstrip()
        elif isinstance(block, Table):
            for row in block.rows:
                cells = dict.fromkeys((cell._tc, cell.text.strip()) for cell in row.cells)
                yield " | ".join(text for _, text in cells)
