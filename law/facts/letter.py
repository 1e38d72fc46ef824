"""Letters from the public (群众来信): what is done with one from the day it comes; petition law's own facts are among the remedies."""

from law.facts.area import Area
from law.facts.declaration import MATTER, fact


class LetterFacts:
    """Letters from the public (群众来信)."""

    LETTER_CLASSIFIED = fact("letter.classified", "标注来信", scope=MATTER, area=Area.INTAKE)
    LETTER_ASSIGNED = fact("letter.assigned", "交办来信", scope=MATTER, area=Area.INTAKE)
    LETTER_LINKED = fact("letter.linked", "关联来信", scope=MATTER, area=Area.INTAKE)
    LETTER_MERGED = fact("letter.merged", "并入另一来信", scope=MATTER, area=Area.INTAKE)
    LETTER_HANDED_OVER = fact("letter.handed-over", "来信转出", scope=MATTER, area=Area.INTAKE)
    LETTER_CONCLUDED = fact("letter.concluded", "来信办结答复", scope=MATTER, area=Area.INTAKE)
    LETTER_EVALUATED = fact("letter.evaluated", "来信人评价", scope=MATTER, area=Area.INTAKE, after="letter.concluded")
    LETTER_UNEVALUATED = fact("letter.unevaluated", "来信人未作评价", scope=MATTER, area=Area.INTAKE, after="letter.concluded")
    LETTER_REOPENED = fact("letter.reopened", "来信重办", scope=MATTER, area=Area.INTAKE)
    LETTER_THANKS_CONVEYED = fact("letter.thanks-conveyed", "转达表扬", scope=MATTER, area=Area.INTAKE)
    LETTER_REFUSED = fact("letter.refused", "不予受理来信", scope=MATTER, area=Area.INTAKE)
    LETTER_ROUTED = fact("letter.routed", "导入法定程序", scope=MATTER, area=Area.INTAKE)
    LETTER_WITHDRAWN = fact("letter.withdrawn", "撤回来信", scope=MATTER, area=Area.INTAKE)
    LETTER_SUPPLEMENTED = fact("letter.supplemented", "补充来信", scope=MATTER, area=Area.INTAKE)
    LETTER_WRITER_TRIED = fact("letter.writer-tried", "联系来信人未果", scope=MATTER, area=Area.INTAKE)
    LETTER_WRITER_UNREACHABLE = fact(
        "letter.writer-unreachable", "来信人联系不上", scope=MATTER, area=Area.INTAKE, after="letter.writer-tried"
    )
    LETTER_BAD_FAITH = fact("letter.bad-faith", "认定恶意来信", scope=MATTER, area=Area.INTAKE)
    LETTER_UNVEILED = fact("letter.unveiled", "批准查看密级字段", scope=MATTER, area=Area.INTAKE)
    LETTER_IDENTITY_DESTROYED = fact("letter.identity-destroyed", "销毁来信人身份信息", scope=MATTER, area=Area.INTAKE)

    # Tips (举报线索)
    TIP_RECEIVED = fact("tip.received", "收到举报线索", scope=MATTER, area=Area.INTAKE)
    TIP_SETTLED = fact("tip.settled", "线索办结不予奖励", scope=MATTER, area=Area.INTAKE, after="letter.concluded")
    TIP_REWARD_APPROVED = fact("tip.reward-approved", "批准举报奖励", scope=MATTER, area=Area.INTAKE, after="letter.concluded")
    TIP_REWARD_PAID = fact(
        "tip.reward-paid", "发放举报奖励", scope=MATTER, area=Area.INTAKE, after="tip.reward-approved", uses_up=True
    )
    TIP_REWARD_FORFEITED = fact(
        "tip.reward-forfeited",
        "逾期未领取举报奖励",
        scope=MATTER,
        area=Area.INTAKE,
        after="tip.reward-approved",
        uses_up=True,
        instead_of="tip.reward-paid",
    )
