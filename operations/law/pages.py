"""The pages of `docs/law/` that follow from the code: every limit, what differs between editions, which reading is taken."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

from law.areas import get_area
from law.facts import Area
from law.interpretations import DISPUTED_POINTS, DisputedPoint
from law.time_limits import Base, Edition, TimeLimit, get_limits

FOLDER = Path("docs/law")
_GENERATED = "<!-- Written by `louke law docs` from law/. Change the statutes, not this page. -->"
_COLUMNS = ("期限", "起算", "长度", "延长", "不计入", "依据", "责任人", "届满以后")


def render_pages() -> Mapping[str, str]:
    """The text of each generated page, by file name."""
    return {"limits.md": _render_limits_page(), "editions.md": _render_editions_page(), "disputed.md": _render_disputed_page()}


def list_stale(folder: Path = FOLDER) -> list[str]:
    """The generated pages that are not what the code says now."""
    return [name for name, text in render_pages().items() if not _is(folder / name, text)]


def write(folder: Path = FOLDER) -> list[str]:
    """Write the pages that are stale; their names."""
    changed = list_stale(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name in changed:
        (folder / name).write_text(render_pages()[name], encoding="utf-8")
    return changed


def _is(file: Path, text: str) -> bool:
    return file.exists() and file.read_text(encoding="utf-8") == text


def _render_page(title: str, introduction: str, parts: Iterable[str]) -> str:
    return "\n\n".join((f"# {title}", _GENERATED, introduction, *parts)) + "\n"


def _render_table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(columns)]
    lines += [["---"] * len(lines[0]), *([_render_cell(text) for text in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _render_cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ") or "—"


# Every limit


def _render_limits_page() -> str:
    introduction = (
        f"现行规定中的{len(get_limits())}项期限，按办案阶段排列。各版本的差别见[editions.md](editions.md),"
        "有争议的理解见[disputed.md](disputed.md),尚未核实之处见[unverified.md](unverified.md),"
        "逐步演算的例子见[boundary-cases.md](boundary-cases.md)。"
    )
    return _render_page("法定期限", introduction, (part for area in Area for part in _render_area(area)))


def _render_area(area: Area) -> Iterator[str]:
    found = [limit for limit in get_limits().values() if get_area(limit) is area]
    if found:
        yield f"## {area.label}"
        yield _render_table(_COLUMNS, map(_render_row, found))


def _render_row(limit: TimeLimit) -> Iterator[str]:
    edition = limit.editions[0]
    yield f"{limit.zh} `{limit.id}`"
    yield describe_beginning(limit)
    yield "<br>".join(map(describe_figure, edition.bases))
    yield "<br>".join(each.zh for each in edition.extensions)
    yield "<br>".join(each.zh for each in edition.not_counted)
    yield edition.cited
    yield limit.answerable.label
    yield limit.at_expiry.label


def describe_beginning(limit: TimeLimit) -> str:
    """What starts the limit, or what it is counted back from, and what makes it count anew."""
    ahead = get_limits()[limit.before_limit].zh if limit.before_limit else ""
    words = f"{ahead}届满以前" if ahead else "、".join(fact.label for fact in limit.starts_on)
    return f"{words}；{limit.restarts_on.label}时重新计算" if limit.restarts_on else words


def describe_figure(base: Base) -> str:
    """One figure of a rule with how it is counted, as people read it."""
    if base.length is None:
        words = "法律未规定数额"
    elif not base.length:
        words = "立即"
    else:
        words = f"{base.length.zh}（{base.counting.zh}）"
    return f"{base.zh}：{words}" if base.zh else words


# What differs between editions


def _render_editions_page() -> str:
    several = [limit for limit in get_limits().values() if len(limit.editions) > 1]
    introduction = (
        f"{len(several)}项期限有不止一个版本。适用哪一个，看起算的事实发生在哪一天；"
        "已经起算的期限不因新版本施行而改变。表中只列有差别的项目。"
    )
    return _render_page("版本之间的差别", introduction, (part for limit in several for part in _list_differences(limit)))


_ASPECTS: Mapping[str, Callable[[Edition], str]] = {
    "长度": lambda each: "<br>".join(map(describe_figure, each.bases)),
    "延长": lambda each: "<br>".join(offer.zh for offer in each.extensions),
    "不计入": lambda each: "<br>".join(rule.zh for rule in each.not_counted),
    "依据": lambda each: each.cited,
    "说明": lambda each: "<br>".join(each.notes),
}


def _list_differences(limit: TimeLimit) -> Iterator[str]:
    rows = [[name, *map(aspect, limit.editions)] for name, aspect in _ASPECTS.items()]
    yield f"## {limit.zh} `{limit.id}`"
    ends = [None, *(newer.in_force for newer in limit.editions)]
    yield _render_table(["", *map(_describe_in_force, limit.editions, ends)], (row for row in rows if len(set(row[1:])) > 1))


def _describe_in_force(edition: Edition, until: date | None) -> str:
    return f"{edition.in_force}至{until - timedelta(days=1)}" if until else f"{edition.in_force}起"


# Which reading is taken


def _render_disputed_page() -> str:
    introduction = (
        "同一条文有两种读法，或者两部文本说法不同的地方，以及期限计算取哪一种、为什么取。"
        "D为计算上的疑问，C为文本之间的不一致。凡涉及被羁押的人，取对其较有利的一种。"
    )
    return _render_page("有争议的理解", introduction, map(_render_disputed_point, DISPUTED_POINTS))


def _render_disputed_point(point: DisputedPoint) -> str:
    lines = [f"## {point.code} {point.question}", ""]
    lines += [f"{n}. {answer}" for n, answer in enumerate(point.interpretations, 1)]
    lines += [
        "",
        f"**采用**:{point.taken}。",
        "",
        f"**理由**:{point.why}。",
        "",
        "**涉及的期限**:" + "、".join(map(_name_limit, point.limits)),
    ]
    notes = {note: None for limit in point.limits if len(point.limits) < 10 for each in limit.editions for note in each.notes}
    if notes:
        lines += ["", "**期限上显示的说明**:", "", *(f"- {note}" for note in notes)]
    return "\n".join(lines)


def _name_limit(limit: TimeLimit) -> str:
    return f"{limit.zh} `{limit.id}`"
