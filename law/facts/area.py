"""Areas (办案阶段): where facts are declared and limits are listed, mostly by phases of a case."""

from law.labelled_enum import LabelledEnum


class Area(LabelledEnum):
    """An area of the law of procedure; the value is its id, `label` what people read."""

    INTAKE = "intake", "接报案、管辖与立案"
    QUESTIONING = "questioning", "盘问、传唤与询问"
    CUSTODY = "custody", "拘留、逮捕与羁押"
    BAIL = "bail", "取保候审与监视居住"
    DEFENCE = "defence", "辩护、法律援助、回避与申诉"
    PROSECUTION = "prosecution", "侦查终结、起诉与审判"
    PROPERTY = "property", "涉案财物与证据保全"
    ADMINISTRATIVE = "administrative", "治安案件与行政案件"
    REMEDIES = "remedies", "复议、诉讼、信访与赔偿"
    OWN_RULES = "own-rules", "服务承诺与本局规定（非法定期限）"
    OTHER = "other", "其他"
