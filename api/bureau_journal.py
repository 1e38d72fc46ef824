"""The bureau's own journal (本局日志) for supervisors: appointments, accounts, what was published and exported."""

import json
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.access_tracking import declare_reading
from api.auth import Caller
from api.context import get_context
from api.http_io import Cursor, Limit, build_page_response, decode_cursor
from api.problems import document_refusals
from api.schemas.bureau_journal import BureauEntryList
from law.calendar import SHANGHAI
from law.offices import Office
from models.access.scope import Tree
from models.administration import UnitKind
from models.forms.form import get_forms
from models.matter import Kind, get_opening_step
from models.problems import OfficeMayNotAct
from models.readmodel.journal import BureauEntry, read_bureau_journal
from models.readmodel.pagination import Page
from models.store.appointment_confirmations import UNCONFIRMED
from models.trace_shapes import Reading

router = APIRouter(tags=["查阅记录"])

_STEPS = {
    "await-message": "来文等候所指的事项",
    "begin-epoch": "申明数据库已经恢复",
    "bind-accounts": "升级时将原有口令、动态口令绑定本人",
    "bring-over-case": "录入迁入的在办案件",
    "change-own-password": "修改本人口令",
    "change-person": "变更人员",
    "change-unit": "变更单位",
    "confirm-appointment": "确认任职",
    "confirm-assessment-standard": "确认考评标准",
    "confirm-inspection-setting": "确认巡查设定",
    "confirm-patience": "确认催办时限",
    "confirm-response-time": "确认处警时限",
    "correct-report": "更正报告",
    "decide-point-objection": "决定积分异议",
    "decline-appointment": "不同意任职",
    "decline-inspection-setting": "不同意巡查设定",
    "draw-call-backs": "抽取警情回访",
    "draw-trial": "巡查试跑重新抽样",
    "drop-channel-rule": "撤销通知规则",
    "drop-second-factor": "停用他人的动态口令",
    "end-absence": "登记返岗",
    "enrol-person": "录入人员",
    "enrol-second-factor": "启用动态口令",
    "export": "导出",
    "first-second-factor": "首名督察的动态口令即时生效",
    "forget-readings": "清理期满的查阅记录",
    "found-bureau": "在本机设立首任人员",
    "found-unit": "设立单位",
    "founding-second-factor": "设督察之前，系统管理员的动态口令即时生效",
    "give-back-rings": "恢复后重新响铃",
    "give-query-code": "发给查询码",
    "grant-office": "授予职务",
    "inbound": "外部系统来文",
    "label-trial": "标注巡查试跑的命中",
    "load-roster": "载入演示人员",
    "make-backup": "备份",
    "make-report": "制作报告",
    "name-deputy": "登记离岗和代理人",
    "object-to-point": "对本人积分提出异议",
    "propose-assessment-standard": "提请考评标准",
    "propose-calendar": "提请公布放假安排",
    "propose-case-ledger": "提请迁入在办案件",
    "propose-inspection-setting": "提请巡查设定",
    "propose-patience": "提请催办时限",
    "propose-response-time": "提请处警时限",
    "publish-calendar": "公布放假安排",
    "release-case-ledger": "放行在办案件迁入",
    "release-message": "不再等候前一报文，直接办理来文",
    "repeat-message": "重新发送外发通知",
    "resume-matters": "恢复事项的流程",
    "run-inspections": "立即巡查",
    "say-ledger-words": "说明台账的栏目和用语",
    "set-channel-rule": "设定通知规则",
    "set-report": "制作报告的PDF",
    "sign-out-everywhere": "在所有设备上退出登录",
    "state-on-point": "对本人积分陈述",
    "take-back-appointment": "收回提请的任职",
    "try-inspection": "巡查规则历史试跑",
    "upload-paper": "扫描件入卷",
    "verify-journal": "要求核对日志",
    "vouch-second-factor": "当面核实动态口令",
    "withdraw-office": "免去职务",
}
# Attempts to open a matter whose form was refused or not reached.
_OPENINGS = {get_opening_step(kind): f"创建{kind.zh}" for kind in Kind}
# Exports, by the name of the sheet.
_SHEETS = {
    "matters": "事项",
    "clocks": "期限",
    "station": "今日看板",
    "supervision": "执法监督",
    "counted": "指标所计的事项",
    "calls": "警情分类",
    "deadlines": "期限看板",
    "ranking": "红黄牌排名",
    "stages": "阶段停留",
    "red-cards": "红牌",
    "report": "报告",
    "review-results": "案件评查结果",
}
_SAID = {
    "account": "操作系统账号",
    "username": "人员",
    "zh": "名称",
    "badge": "警号",
    "unit": "单位",
    "office": "职务",
    "active": "在用",
    "password": "重设口令",
    "parent": "上级单位",
    "kind": "类型",
    "successor": "接办人",
    "year": "年度",
    "notice": "依据",
    "proposed_by": "提请人",
    "rule": "规则",
    "was": "原规则",
    "setting": "设定",
    "what": "内容",
    "rows": "行数",
    "file": "文件",
    "cases": "案件数",
    "suspects": "人数",
    "reason": "理由",
    "traces": "条数",
    "passwords": "口令个数",
    "second_factors": "动态口令个数",
    "day": "日期",
    "deputy": "代理人",
    "of_step": "步骤",
    "reminded_s": "多少秒后催办",
    "goes_up_s": "多少秒后上报",
    "begins": "离岗时间",
    "ends": "返岗时间",
    "detail": "缘由",
}


@router.get(
    "/api/bureau-journal",
    dependencies=declare_reading(Reading.BUREAU),
    summary="本局日志",
    responses={200: {"model": BureauEntryList}} | document_refusals(401, 403, 422),
)
async def list_entries(request: Request, person: Caller, cursor: Cursor = None, limit: Limit = 50) -> Response:
    """What was done about people, offices, units, accounts, the calendar and exports, and what of it was refused, the newest first.

    To whoever supervises a bureau whole: what administrators do is seen by somebody who is none.
    """
    ctx = get_context(request)
    tree = await ctx.directory.load_units()
    if not person.holds_over_bureau(Office.SUPERVISOR, tree):
        raise OfficeMayNotAct("本局日志只对监督全局的督察开放", required=[Office.SUPERVISOR])
    after = decode_cursor(cursor, int)
    async with ctx.pool.connection() as connection:
        rows = await read_bureau_journal(connection, after[0] if after else None, limit + 1)
    items = [json.dumps(_build_item(row, tree), ensure_ascii=False) for row in rows[:limit]]
    return build_page_response(Page(items, (rows[limit - 1].position,) if len(rows) > limit else None))


def get_step_label(step: str) -> str:
    """What people call a step of the bureau's chain; attempts at steps that do not exist are journaled under the name that was tried."""
    form = get_forms().get(step)
    known = _OPENINGS.get(step) or (form.rule.title if form else _STEPS.get(step))
    return known or f"没有的步骤“{step}”"


def _build_item(row: BureauEntry, tree: Tree) -> dict[str, Any]:
    step = get_step_label(row.step)
    return {
        "position": row.position,
        "at": row.recorded_at.astimezone(SHANGHAI).isoformat(),
        "username": row.username or "",
        "zh": row.zh,
        "step": row.step,
        "step_zh": f"未获准：{step}" if row.sort == "refusal" else step,
        "words": _describe_content(row.content, tree),
    }


def _describe_content(values: Mapping[str, Any], tree: Tree) -> str:
    """The content of an entry as far as people want to know it; of a change, the old and the new values."""
    old, new = values.get("old"), values.get("new")
    words = [
        f"{name}：{_describe_value(key, values[key], tree)}"
        for key, name in _SAID.items()
        if values.get(key) not in (None, "", False)
    ]
    if isinstance(old, dict) and isinstance(new, dict):
        changed = [key for key in new if new[key] != old.get(key)]
        words += [
            f"{_SAID.get(key, key)}由“{_describe_value(key, old.get(key), tree)}”改为“{_describe_value(key, new[key], tree)}”"
            for key in changed
        ]
    for key, name in (("awaiting", "待督察或者法制员确认"), ("unconfirmed", UNCONFIRMED)):
        posts = [
            f"{_describe_value('unit', unit, tree)}{_describe_value('office', office, tree)}"
            for unit, office in values.get(key, ())
        ]
        words += [f"{name}：{'、'.join(posts)}"] if posts else []
    return "；".join(words)


def _describe_value(key: str, value: Any, tree: Tree) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if key in ("unit", "parent") and value in tree:
        return tree[value].zh
    for name, named in (("office", Office), ("kind", UnitKind)):
        if key == name and value in set(named):
            return named(value).label
    if key == "of_step":
        return get_step_label(str(value))
    if key == "what":
        return _SHEETS.get(value, str(value))
    return str(value)
