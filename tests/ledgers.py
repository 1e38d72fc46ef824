"""Ledgers as bureaus keep them, made anew for each test: a merged title, who fills it in, two rows of headings, their own words and dates."""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from openpyxl import Workbook, load_workbook

TITLE = "青岚县公安局2026年上半年接处警登记台账"
FILLED_IN = "填报单位：城关派出所　　填报时间：2026年7月1日"
UPPER = (
    "序号",
    "报警时间",
    "报警\n方式",
    "报警人信息",
    None,
    None,
    "警情类别*",
    "案发地点",
    "简要警情（必填）",
    "辖区单位",
    "处警",
    None,
    "备注",
)
LOWER = (None, None, None, "姓名", "联系电话", "身份证号码", None, None, None, None, "民警", "结果", None)
_CHANNELS = ("110报警", "110指令", "来所报案", "巡逻发现", "微信报警", "12345转办")
_KINDS = ("盗窃", "纠纷", "求助", "殴打他人", "电信诈骗")
_UNITS = ("城关所", "城关派出所", "青岚县公安局城关派出所")
_OUTCOMES = ("已现场调解", "已告知到所", "已受案查处", "求助已办结")
_BEGINS = datetime(2026, 1, 3, 2, 2)


def ledger(rows: int = 1000, *, outcome: bool = True) -> bytes:
    """An Excel file with so many rows; without outcomes they are incidents still to be seen to."""
    lines: list[Sequence[Any]] = [(TITLE,), (FILLED_IN,), UPPER, LOWER]
    lines += [row(n, outcome=outcome) for n in range(rows)]
    return excel_of([*lines, ("合计", f"{rows}起")], merged=("A1:M1", "A2:M2", "D3:F3", "K3:L3"))


def row(n: int, *, outcome: bool = True) -> tuple[Any, ...]:
    """The row of that number, each as another hand wrote it."""
    at = _BEGINS + timedelta(hours=4 * n, minutes=n % 60)
    days: tuple[Any, ...] = (
        f"{at.year}年{at.month}月{at.day}日{at.hour}时{at.minute:02}分",
        f"{at:%Y/%m/%d %H:%M}",
        at,
        f"{at:%Y.%m.%d} {'上午' if at.hour < 12 else '下午'}{at.hour % 12 or 12}:{at.minute:02}",
        f"{at.year}/{at.month}/{at.day}" if outcome else f"{at:%Y-%m-%d %H:%M:%S}",
    )
    return (
        n + 1,
        days[n % len(days)],
        _CHANNELS[n % len(_CHANNELS)],
        ("张三", "买买提·艾力", "无", "欧阳　文慧")[n % 4],
        (f"139{n:08}", f"+86 138{n:08}", "不详", f"0971-{5550000 + n}")[n % 4],
        "" if n % 3 else "110101199003070775",
        _KINDS[n % len(_KINDS)],
        f"城关镇人民路{n + 1}号",
        f"报警人称在人民路{n + 1}号发生{_KINDS[n % len(_KINDS)]}",
        _UNITS[n % len(_UNITS)],
        "刘思源",
        _OUTCOMES[n % len(_OUTCOMES)] if outcome else "",
        "",
    )


def excel_of(lines: Iterable[Sequence[Any]], merged: Iterable[str] = (), *, first: str = "台账") -> bytes:
    """An Excel file of these lines, with an empty sheet before them as people leave it."""
    book = Workbook()
    book.active.title = "说明"  # type: ignore[union-attr] - a new workbook has one
    sheet: Any = book.create_sheet(first)
    for line in lines:
        sheet.append(list(line))
    for each in merged:
        sheet.merge_cells(each)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_cells(data: bytes, sheet: str, cells: dict[str, Any]) -> bytes:
    """The workbook with other values in these cells."""
    book = load_workbook(io.BytesIO(data))
    for place, value in cells.items():
        book[sheet][place] = value
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
