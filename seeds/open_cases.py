"""A sample ledger of the invented county's open cases (在办案件台账), to try the migration: `python -m seeds.open_cases FILE`.

It looks like real ledgers: a merged title, two rows of headings, and local words for units, charges and dates. Some of the people in
custody are overdue, so that the trial run finds them.
"""

import io
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook

from law.calendar import SHANGHAI
from law.offices import Office
from seeds.bureau import HOLDINGS, PEOPLE, UNITS
from seeds.invention import STATIONS, Citizen, Inventor

_SEED: Final = 20260101
_CASES: Final = (
    *("序号", "案号", "案由", "简要案情", "报案人", "受案时间", "立案时间", "立案决定书文号", "立案批准人", "办案单位", "主办民警"),
    "是否有人受伤",
)
# Groups of headings with their parts; a heading without parts spans both rows.
_SUSPECTS: Final = (
    *(("序号", ""), ("案号", ""), ("姓名", ""), ("性别", ""), ("身份证号", ""), ("现强制措施", ""), ("审批领导", "")),
    *(("刑事拘留", "时间"), ("刑事拘留", "文书号"), ("入所时间", ""), ("看守所", ""), ("首次讯问时间", "")),
    *(("权利告知时间", ""), ("通知家属时间", "")),
    *(("延长拘留", "时间"), ("延长拘留", "文书号"), ("延长期限", "")),
    *(("提请批捕", "时间"), ("提请批捕", "文书号"), ("批准逮捕", "时间"), ("批准逮捕", "文书号")),
    *(("执行逮捕", "时间"), ("执行逮捕", "文书号"), ("逮捕执行回执时间", "")),
    *(("逮捕后讯问时间", ""), ("逮捕后通知家属时间", "")),
    *(("取保候审", "时间"), ("取保候审", "文书号"), ("保证方式", ""), ("保证人", ""), ("监视居住", "时间"), ("监视居住", "文书号")),
    ("备注", ""),
)
_CHARGES: Final = (
    ("盗窃", "入室盗窃现金、首饰"),
    ("诈骗罪", "以虚构的投资项目骗取钱款"),
    ("寻衅滋事罪", "酒后在夜市摊点随意滋事"),
    ("帮助信息网络犯罪活动", "出售银行卡供他人转账"),
    ("掩饰、隐瞒犯罪所得罪", "收购来历不明的电动车"),
)
# The number of suspects by coercive measure; 30 of 80 are in custody.
_STANDINGS: Final = (*["刑拘"] * 10, *["提请批捕"] * 4, *["逮捕"] * 16, *["取保"] * 25, *["监居"] * 5, *["未采取"] * 20)
_WITH_TWO: Final = 20
HELD, OVER_LONG = 30, 4


@dataclass
class _Row:
    """The cells of a suspect, by heading."""

    cells: dict[tuple[str, str], Any] = field(default_factory=dict[tuple[str, str], Any])

    def add_event(self, group: str, at: datetime, paper: str) -> None:
        self.cells |= {(group, "时间"): at.replace(tzinfo=None), (group, "文书号"): paper}


def build_workbook(now: datetime) -> bytes:
    """The workbook at an instant: 60 cases, 80 suspects, 30 of them in custody, four of these overdue."""
    book = Workbook()
    del book["Sheet"]
    cases = [*_list_cases(now)]
    people = [*_list_suspects(now, cases)]
    _fill(book, "在办案件", "青岚县公安局在办刑事案件台账", [_CASES], [each[: len(_CASES)] for each in cases])
    upper, before = list[str](), ""
    for group, _ in _SUSPECTS:
        upper.append("" if group == before else group)
        before = group
    rows = [tuple(one.cells.get(each, "") for each in _SUSPECTS) for one in people]
    _fill(book, "涉案人员", "青岚县公安局在办刑事案件涉案人员台账", [upper, [part for _, part in _SUSPECTS]], rows)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _fill(book: Workbook, name: str, title: str, headings: Sequence[Sequence[str]], rows: Sequence[Sequence[Any]]) -> None:
    sheet: Any = book.create_sheet(name)
    for line in ((title,), ("填报单位：案件管理中心",), *headings, *rows, ("合计", str(len(rows)))):
        sheet.append(list(line))
    for n in (1, 2):
        sheet.merge_cells(start_row=n, end_row=n, start_column=1, end_column=len(headings[-1]))


def _list_cases(now: datetime) -> Iterator[tuple[Any, ...]]:
    officers = _get_officers()
    units = {each.id: each.zh for each in UNITS}
    inventor = Inventor(_SEED, now.date())
    for n in range(60):
        unit = STATIONS[n % len(STATIONS)]
        charge, told = _CHARGES[n % len(_CHARGES)]
        accepted = _get_morning(now, 30 + 7 * n, 9) if n >= _WITH_TWO else _get_morning(now, 100 + 3 * n, 9)
        filed = accepted + timedelta(days=2)
        called = units[unit].replace("派出所", "所") if n % 3 else units[unit]
        yield (
            n + 1,
            f"A3304{accepted.year}{n + 1:06}",
            charge,
            f"{told}，案值约{(n + 1) * 800}元",
            inventor.invent_citizen(unit).name,
            f"{accepted.year}年{accepted.month}月{accepted.day}日9时{n % 60:02}分",
            f"{filed:%Y/%m/%d}" if n % 2 else f"{filed:%Y-%m-%d} 16:30",
            f"青公立字〔{filed.year}〕{n + 1:03}号",
            "周明辉",
            called,
            officers[unit][n % len(officers[unit])],
            "否",
            filed,
        )


def _list_suspects(now: datetime, cases: Sequence[tuple[Any, ...]]) -> Iterator[_Row]:
    inventor = Inventor(_SEED + 1, now.date())
    of = [*range(60), *range(_WITH_TWO)]
    for n, standing in enumerate(_STANDINGS):
        case = cases[of[n]]
        who: Citizen = inventor.invent_citizen()
        row = _Row()
        row.cells |= {("序号", ""): n + 1, ("案号", ""): case[1], ("姓名", ""): who.name, ("性别", ""): str(who.sex)}
        row.cells |= {("身份证号", ""): who.number, ("现强制措施", ""): standing, ("审批领导", ""): "周明辉"}
        _add_events(row, n, standing, now)
        yield row


def _add_events(row: _Row, n: int, standing: str, now: datetime) -> None:
    match standing:
        case "刑拘":
            # Two have been held for five days, and nobody has extended it; the others since yesterday, or extended to thirty days.
            _add_detention(
                row,
                n,
                _get_morning(now, 5 if n < OVER_LONG // 2 else 10 if n % 2 else 1, 15),
                extended=n >= OVER_LONG // 2 and n % 2 == 1,
            )
        case "提请批捕":
            _add_detention(row, n, _get_morning(now, 28, 15), extended=True)
            row.add_event("提请批捕", _get_morning(now, 3, 10), f"青公提捕字〔2026〕{n:03}号")
        case "逮捕":
            # Two were arrested eleven weeks ago, and nobody has had it extended.
            _add_arrest(row, n, now, ago=77 if n < 14 + OVER_LONG // 2 else 20 + n)
        case "取保":
            row.add_event("取保候审", _get_morning(now, 12 + n % 9, 11), f"青公取保字〔2026〕{n:03}号")
            row.cells |= {("保证方式", ""): "保证人", ("保证人", ""): "其近亲属"}
            row.cells["权利告知时间", ""] = _get_morning(now, 12 + n % 9, 11).replace(tzinfo=None)
        case "监居":
            row.add_event("监视居住", _get_morning(now, 15, 11), f"青公监居字〔2026〕{n:03}号")
            row.cells["权利告知时间", ""] = _get_morning(now, 15, 11).replace(tzinfo=None)
        case _:
            pass


def _add_detention(row: _Row, n: int, at: datetime, *, extended: bool) -> None:
    row.add_event("刑事拘留", at, f"青公拘字〔2026〕{n:03}号")
    for name, hours in (("首次讯问时间", 3), ("权利告知时间", 0), ("入所时间", 6), ("通知家属时间", 8)):
        row.cells[name, ""] = (at + timedelta(hours=hours)).replace(tzinfo=None)
    row.cells["看守所", ""] = "青岚县看守所"
    if extended:
        row.add_event("延长拘留", at + timedelta(days=2), f"青公延拘字〔2026〕{n:03}号")
        row.cells["延长期限", ""] = "至30日"


def _add_arrest(row: _Row, n: int, now: datetime, *, ago: int) -> None:
    arrested = _get_morning(now, ago, 16)
    _add_detention(row, n, arrested - timedelta(days=12), extended=True)
    row.add_event("提请批捕", arrested - timedelta(days=5), f"青公提捕字〔2026〕{n:03}号")
    row.add_event("批准逮捕", arrested - timedelta(hours=6), f"青检批捕〔2026〕{n:03}号")
    row.add_event("执行逮捕", arrested, f"青公捕字〔2026〕{n:03}号")
    row.cells["逮捕执行回执时间", ""] = f"{arrested + timedelta(days=1):%Y.%m.%d}"
    row.cells["逮捕后讯问时间", ""] = (arrested + timedelta(hours=4)).replace(tzinfo=None)
    row.cells["逮捕后通知家属时间", ""] = (arrested + timedelta(hours=5)).replace(tzinfo=None)


def _get_officers() -> dict[str, list[str]]:
    named = {each.id: each.zh for each in PEOPLE}
    there: dict[str, list[str]] = {}
    for each in HOLDINGS:
        if each.office is Office.CASE_OFFICER:
            there.setdefault(each.unit_id, []).append(named[each.person_id])
    return there


def _get_morning(now: datetime, days: int, hour: int) -> datetime:
    return now.astimezone(SHANGHAI).replace(hour=hour, minute=0, second=0, microsecond=0) - timedelta(days=days)


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(build_workbook(datetime.now(SHANGHAI)))
