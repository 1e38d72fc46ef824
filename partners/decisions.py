"""What each system may answer to a message: organs have decisions, listed here; a system that is only asked answers with the contract's example."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from partners.contract import answer


@dataclass(frozen=True, slots=True)
class Decision:
    """One possible answer: the bureau's step, its display name, and the values of its form.

    A script takes the decisions with `scripted` in order; a person chooses one and may change the values. A field for a reference gets the
    number of the receipt.
    """

    step: str
    zh: str
    form: Mapping[str, Any]
    scripted: bool = False


_ARREST = (
    Decision("receive-arrest-request", "收到提请批准逮捕书", {"note": ""}, scripted=True),
    Decision("approve-arrest", "批准逮捕", {"note": "事实清楚，证据充分"}, scripted=True),
    Decision("refuse-arrest", "不批准逮捕", {"grounds": "现有证据不足以证明有犯罪事实", "reason": "insufficient-evidence"}),
)
_PROSECUTION = (
    Decision("receive-prosecution-case", "收到移送起诉的案件", {"procuratorate": "青岚县人民检察院"}, scripted=True),
    Decision("confirm-papers", "核对卷宗材料", {"complete": True, "missing": ""}, scripted=True),
    Decision("return-for-investigation", "退回补充侦查", {"outline": "补充资金流向的证据"}),
    Decision("prosecute-case", "提起公诉", {"charge": "诈骗罪", "court": "青岚县人民法院", "exhibits": []}, scripted=True),
    Decision("decide-not-to-prosecute", "不起诉", {"kind": "insufficient-evidence", "explanation": "证据不足，不符合起诉条件"}),
)
_TRIAL = (
    Decision("receive-trial-case", "法院收案", {"number": ""}, scripted=True),
    Decision("confirm-papers", "核对卷宗材料", {"complete": True, "missing": ""}, scripted=True),
    Decision("accept-trial", "法院受理", {"procedure": "ordinary"}, scripted=True),
    Decision("judge-case", "宣判", {"outcome": "guilty", "judgment": "被告人犯诈骗罪，判处有期徒刑"}, scripted=True),
    Decision("serve-judgment", "送达判决书", {"recipient": "被告人"}),
    Decision("file-appeal", "上诉", {"appellant": "被告人"}),
    Decision("judge-on-appeal", "第二审审结", {"outcome": "upheld", "judgment": "驳回上诉，维持原判"}),
    Decision("take-effect", "判决生效", {"note": ""}),
)
_CONFIRMED = {"receiver": "涉案财物管理员", "place": "涉案财物保管室", "condition": "完好"}
_THING = (
    Decision("receive-prosecution-exhibit", "签收财物", _CONFIRMED, scripted=True),
    Decision("refuse-prosecution-exhibit", "不予接收财物", {"why": "不宜移送实物，移送清单和照片即可"}),
    Decision("forward-exhibit", "随案移送法院", {"note": ""}),
    Decision("give-back-exhibit", "退回公安机关", {"why": "由公安机关依法处理"}),
)
_THING_AT_COURT = (
    Decision("receive-trial-exhibit", "签收财物", _CONFIRMED, scripted=True),
    Decision("refuse-trial-exhibit", "不予接收财物", {"why": "不宜移送实物"}),
    Decision("order-disposal", "决定处理", {"decision": "判决发还被害人"}),
    Decision("dispose-by-organ", "处理财物", {"way": "returned", "receiver": "被害人"}),
    Decision("give-back-exhibit", "退回公安机关", {"why": "由公安机关依法处理"}),
)
_LAWYER = (Decision("assign-legal-aid-lawyer", "指派律师", {"lawyer": "陶知行律师"}, scripted=True),)

DECISIONS: Mapping[str, Mapping[str, tuple[Decision, ...]]] = {
    "procuratorate": {
        "arrest.requested": _ARREST,
        "arrest.reconsideration-requested": (
            Decision("receive-arrest-reconsideration", "收到要求复议意见书", {"note": ""}, scripted=True),
            Decision("reconsider-arrest", "作出复议决定", {"decision": "维持原不批准逮捕决定"}, scripted=True),
        ),
        "arrest.review-requested": (
            Decision("receive-arrest-review", "收到提请复核意见书", {"note": ""}, scripted=True),
            Decision("review-arrest", "作出复核决定", {"decision": "维持原复议决定"}, scripted=True),
        ),
        "custody.extension-requested": (
            Decision("extend-custody", "批准延长侦查羁押期限", {"extension": "+1 month", "grounds": "案情复杂，期限届满不能终结"}),
        ),
        "case.sent-to-procuratorate": _PROSECUTION,
        "case.sent-again": _PROSECUTION,
        "exhibit.sent-to-procuratorate": _THING,
    },
    "court": {"case.prosecuted": _TRIAL, "exhibit.sent-to-court": _THING_AT_COURT},
    "justice-bureau": {"defence.legal-aid-centre-notified": _LAWYER, "defence.legal-aid-forwarded": _LAWYER},
    "hotline": {
        "incident.handed-to-hotline": (
            Decision("return-order", "退回", {"why": "现场涉及打架，不属政务服务诉求"}),
            Decision("report-order-result", "反馈结果", {"result": "solved", "said": "已派员处理"}),
        ),
    },
    "custody-centre": {
        "detention.executed": (Decision("give-detention-notice", "提示拘留期限", {"note": "拘留期限即将届满"}),),
        "arrest.executed": (Decision("give-custody-notice", "提示羁押期限", {"note": "羁押期限即将届满"}),),
    },
}


def list_decisions(system: str, fact: str) -> tuple[Decision, ...]:
    """The decisions of a system about a fact: its answer to the question of the fact before what else it may say."""
    asked = answer(system, fact)
    answers = (Decision(asked[0], "答复", asked[1], scripted=True),) if asked else ()
    return (*answers, *DECISIONS.get(system, {}).get(fact, ()))


def fill_decision(decision: Decision, receipt: str, data: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The filled-in form of a decision about the message with that receipt; values that came in the message (`data`) are passed on."""
    form = dict(decision.form) | ({"reference": receipt} if "reference" in decision.form else {})
    return form | ({"exhibits": [each["number"] for each in (data or {}).get("exhibits", ())]} if "exhibits" in form else {})


def list_scripted(system: str, fact: str) -> tuple[Decision, ...]:
    """The decisions that a script takes about a fact, in order."""
    return tuple(each for each in list_decisions(system, fact) if each.scripted)
