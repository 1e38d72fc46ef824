"""The tables derived from a matter's journal compared with it, table by table and column by column. Pure.

The journal records the facts, the clocks as each step left them, the people, papers with their digests, and the status of the matter. What
it does not record is not proved: `UNPROVED`.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from models.forms.delivery import OpenDelivery
from models.marks import Said, list_marks, speaks_of_mark
from models.matter import is_numbered_as
from models.seat import PERSON, build_copied_person
from verification.rules.clocks import ExpectedClocks, get_worst_colour
from verification.rules.entry_content import JournaledRow, get_dict, list_of_dicts, list_successors, parse_instant
from verification.rules.tasks import ExpectedTasks

COMPARED: Mapping[str, Sequence[str]] = {
    "matter": (
        *(
            "kind",
            "seq",
            "stage",
            "final",
            "unit_id",
            "officer",
            "parent",
            "requests",
            "title",
            "shared_with",
            "shared_at",
            "handlers",
            "kept_from",
            "marks",
            "sealed",
        ),
        *("colour", "opened_at", "late_entries", "category"),
    ),
    "fact": ("fact", "at", "about", "said"),
    "clock": (
        *(
            "kind",
            "limit_id",
            "zh",
            "answerable",
            "about",
            "unit_id",
            "officer",
            "state",
            "due_at",
            "basis",
            "started_at",
            "ended_at",
        ),
        *("rungs", "colour", "overrun_due_at", "overrun_acknowledged_by", "overrun_acknowledged_at"),
    ),
    "rung、ring": ("clock_id", "colour", "at"),
    "link": ("other", "relation", "hears", "seq"),
    "party": ("id", "role", "roles", "name", "citizen_id", "said"),
    "document": ("seq", "type", "title", "number", "hash", "size", "state"),
    "dossier_item": ("place", "title", "version", "hash", "size", "declared_by", "declared_at"),
    "delivery": ("system", "subject"),
    "task": ("key", "sort", "unit_id", "office", "username", "step", "request_seq", "done_at"),
    "person、holding": ("active", "zh", "badge", "unit_id", "office"),
    "appointment": ("username", "unit_id", "office"),
    "succession": ("unit_id", "successor"),
    "second_factor": ("vouched",),
    "report": ("content", "sm3", "edition", "reason", "number"),
    "report_paper": ("sm3",),
    "unit": ("parent_id", "path", "zh", "kind", "serves"),
    "calendar_year、calendar_proposal": ("rest_days", "notice", "published_by", "proposed_by"),
}
"""What is compared with the journal, by table; the words of a report are made of it."""

UNPROVED = (
    "口令、令牌和密钥（日志中不留）",
    "通知、PDF 副本、统计投影和运行记录（不写入日志）",
    "响铃的实际时刻、迟延和由谁响铃（ring.rung_at、late_ms、rung_by）",
    "来文等待、送达失败、法律变动和巡查发现的待办，待办的文字和创建时刻",
    "事项进入现阶段、最近更新和最近补录的时刻（stage_since、updated_at、late_at）",
    "取得签名密钥的人以他人名义提交的步骤（没有个人签名时不能由此发现）",
    "无须提交签名的条目（任免、拒绝、文书、日历）由谁写入",
    "文书制作之前的待填内容（document.context，运行账户不能改动）",
    "标题、叙述等供检索的文字（heading、narrative、mention）",
    "查阅都留有查阅记录（绕过接口直接读数据库的、接口进程被强行终止时尚未写入的没有）",
)
"""What a verification says nothing about."""


class Difference(NamedTuple):
    """A row that differs from the journal: the position that records it (None: none does), and the columns."""

    position: int | None
    words: str


@dataclass(slots=True)
class ExpectedMatter:
    """The rows of the derived tables that one matter should have, replayed from its journal."""

    chain: str
    # Who took over from whom, by the bureau's journal; and the matters whose files are sealed, with those sealed along.
    successors: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    sealed: frozenset[str] = frozenset()
    last: JournaledRow | None = None
    complete: bool | None = None
    title: str = ""
    shared: set[str] = field(default_factory=set[str])
    handlers: set[str] = field(default_factory=set[str])
    kept_from: set[str] = field(default_factory=set[str])
    # What its facts say that can speak of a mark.
    marking: list[Said] = field(default_factory=list[Said])
    shared_at: dict[str, int] = field(default_factory=dict[str, int])
    late: int = 0
    # When the opening event happened; `redated` where that was corrected, so that table `fact` says it.
    came_at: Any = None
    redated: bool = False
    clocks: ExpectedClocks = field(default_factory=ExpectedClocks)
    tasks: ExpectedTasks = field(default_factory=lambda: ExpectedTasks(""))
    people: dict[str, JournaledRow] = field(default_factory=dict[str, JournaledRow])
    links: dict[tuple[str, str], JournaledRow] = field(default_factory=dict[tuple[str, str], JournaledRow])
    documents: dict[int, JournaledRow] = field(default_factory=dict[int, JournaledRow])
    items: dict[int, JournaledRow] = field(default_factory=dict[int, JournaledRow])
    # Who declared each item identical to its paper, and when; the form of each step; the system and subject of a delivery.
    declared: dict[int, tuple[str, Any]] = field(default_factory=dict[int, tuple[str, Any]])
    forms: dict[int, Any] = field(default_factory=dict[int, Any])
    delivery: tuple[Any, Any] | None = None
    texts: list[str] = field(default_factory=list[str])

    def apply(self, position: int, content: Mapping[str, Any], text: str) -> None:
        """Apply one entry."""
        entry_type = content.get("sort")
        if entry_type == "document" and isinstance(content.get("document"), int):
            self.documents[content["document"]] = (position, dict(content))
        elif entry_type == "dossier" and isinstance(content.get("item"), int):
            self.items[content["item"]] = (position, dict(content))
        elif entry_type == "turn":
            self.tasks.apply_turn(position, content)
        elif isinstance(content.get("recorded"), dict):
            self._apply_step(position, content, text)

    def _apply_step(self, position: int, content: Mapping[str, Any], text: str) -> None:
        standing = content.get("standing")
        self.complete = isinstance(standing, dict) and self.complete is not False
        if not self.complete:
            self.texts.append(text)
        self.last = (position, recorded := content["recorded"])
        at = parse_instant(get_dict(recorded.get("receipt")).get("recorded_at"))
        if self.came_at is None and isinstance(at, datetime):
            self.came_at = _get_event_time(content, at)
        self._apply_form(content, recorded, at)
        self.redated = self.redated or any(each.get("of") == "fact" for each in list_of_dicts(content.get("corrected")))
        self.clocks.apply(position, content, recorded, at if isinstance(at, datetime) else None)
        self.tasks.apply(position, content, recorded)
        self.late += sum(parse_instant(each.get("recorded_at")) == at for each in list_of_dicts(content.get("late")))
        for each in list_of_dicts(content.get("parties")):
            self.people[str(each.get("id"))] = (position, _build_person_values(each))
        for each in list_of_dicts(content.get("links")):
            link = {"hears": each.get("hears"), "seq": recorded.get("seq")}
            self.links[str(each.get("number")), str(each.get("relation"))] = (position, link)
        for each in list_of_dicts(content.get("unlinked")):
            self.links.pop((str(each.get("number")), str(each.get("relation"))), None)
        said = standing if isinstance(standing, dict) else {}
        self.title = said.get("title") or self.title
        self.shared |= set(said.get("shared_with", ()))
        self.shared_at = dict.fromkeys(said.get("shared_with", ()), position) | self.shared_at
        self.handlers = (self.handlers | set(said.get("admits", ()))) - set(said.get("dismisses", ()))
        self.kept_from = (self.kept_from | set(said.get("keeps", ()))) - set(said.get("lets", ()))
        told = (_parse_said(each) for each in list_of_dicts(content.get("facts")))
        self.marking += (each for each in told if speaks_of_mark(each))
        for each in list_of_dicts(content.get("corrected")):
            if each.get("of") == "person":
                self._apply_correction(position, each)
            if each.get("renames") and each.get("old"):
                self.title = self.title.replace(str(each["old"]), str(each.get("new")))

    def _apply_form(self, content: Mapping[str, Any], recorded: Mapping[str, Any], at: Any) -> None:
        form, seq = get_dict(content.get("form")), get_dict(recorded.get("receipt")).get("seq")
        if isinstance(seq, int):
            self.forms[seq] = content.get("form")
        if content.get("step") == OpenDelivery.rule.step:
            self.delivery = (form.get("system"), form.get("matter"))
        who = get_dict(content.get("actor")).get("person")
        self.declared |= {each["item"]: (who, at) for each in list_of_dicts(content.get("declared")) if "item" in each}

    def _apply_correction(self, position: int, said: Mapping[str, Any]) -> None:
        old, new = get_dict(said.get("old")), get_dict(said.get("new"))
        if said.get("id") in self.people:
            self.people[said["id"]] = (position, _normalise({**self.people[said["id"]][1], **new}))
        if self.title and old.get("name") and new.get("name"):
            self.title = self.title.replace(old["name"], new["name"])

    def compare(self, tables: Mapping[str, Any]) -> Iterator[Difference]:
        """Where the rows of the tables differ."""
        if self.last is None or not tables.get("matter"):
            return
        matter, (position, recorded) = tables["matter"], self.last
        if wrong := [*self._check_matter(matter, recorded), *self._check_derived_columns(matter, tables)]:
            yield Difference(position, f"事项表与日志不一致：{'、'.join(wrong)}")
        yield from (Difference(*each) for each in self.clocks.compare(tables, self._list_successors))
        yield from _compare_rows(
            self.people, list_of_dicts(tables.get("parties")), "当事人表", self._compare_person, by="id", extra=self._is_unfounded
        )
        linked = [row | {"id": (row["other"], row["relation"])} for row in list_of_dicts(tables.get("links"))]
        yield from _compare_rows(self.links, linked, "关联表", _compare_link, by="id", extra=lambda _: True)
        for known, rows, name in ((self.documents, "documents", "文书表"), (self.items, "items", "卷宗材料表")):
            yield from _compare_rows(known, list_of_dicts(tables.get(rows)), name, _compare_document, by="id", extra=_is_made)
        yield from (Difference(None, words) for words in self._check_declarations_and_delivery(tables))
        overdue = self.clocks.list_overdue_clocks(tables)
        asked = self.tasks.compare(recorded, list_of_dicts(tables.get("tasks")), overdue, self._list_successors)
        yield from (Difference(*each) for each in asked)

    def _check_declarations_and_delivery(self, tables: Mapping[str, Any]) -> Iterator[str]:
        for item in list_of_dicts(tables.get("items")):
            said = (item["declared_by"], parse_instant(item["declared_at"]))
            if said != self.declared.get(item["id"], (None, None)):
                yield f"卷宗材料表与日志不一致（{item['id']}）：declared"
        sent = get_dict(tables.get("delivery"))
        if sent and self.delivery and (sent["system"], sent["subject"]) != self.delivery:
            yield "送达表与日志不一致：system、subject"

    def _check_matter(self, matter: Mapping[str, Any], recorded: Mapping[str, Any]) -> Iterator[str]:
        if not is_numbered_as(matter["kind"], matter["number"]):
            yield "kind"
        same = {"final": "final", "unit_id": "unit", "parent": "parent"}
        yield from (name for name, said in same.items() if said in recorded and (matter[name] or "") != (recorded[said] or ""))
        if matter["officer"] not in self._list_successors(str(recorded.get("officer", ""))):
            yield "officer"
        if "requests" in recorded and _drop_forms(matter["requests"]) != _drop_forms(recorded["requests"]):
            yield "requests"
        if any(
            each.get("form", said) != said
            for each in list_of_dicts(matter["requests"])
            if (said := self.forms.get(each.get("seq", 0)))
        ):
            yield "requests（form）"
        if matter["sealed"] != (matter["number"] in self.sealed):
            yield "sealed"
        if not self.complete:
            return
        if self.title and matter["title"] != self.title:
            yield "title"
        copied = (each.removeprefix(PERSON) for each in self.shared if each.startswith(PERSON))
        copies = {build_copied_person(heir) for each in copied for heir in self._list_successors(each)}
        if not self.shared <= set(matter["shared_with"]) <= self.shared | copies:
            yield "shared_with"
        if matter["handled"] and set(matter["handlers"]) != self.handlers:
            yield "handlers"

    def _is_kept_as_said(self, matter: Mapping[str, Any]) -> bool:
        """Whether it is kept from whom its journal says; what is opened under another follows that one besides, at any later time."""
        kept, above = set(matter["kept_from"]), matter["above_kept_from"]
        return self.kept_from == kept if above is None else self.kept_from & set(above) <= kept

    def _check_derived_columns(self, matter: Mapping[str, Any], tables: Mapping[str, Any]) -> Iterator[str]:
        """The columns of table `matter` that follow from its clocks, from when its entries were written, and from what it was opened under."""
        if matter["colour"] != get_worst_colour(list_of_dicts(tables.get("clocks"))):
            yield "colour"
        came = matter["came_at"] if self.redated else self.came_at
        if came and parse_instant(matter["opened_at"]) != parse_instant(came):
            yield "opened_at"
        if matter["category"] != (matter["sorted_into"] or ""):
            yield "category"
        if not self.complete:
            return
        if matter["late_entries"] != self.late:
            yield "late_entries"
        if matter["shared_at"] != self.shared_at:
            yield "shared_at"
        if not self._is_kept_as_said(matter):
            yield "kept_from"
        if list(matter["marks"]) != list(list_marks(self.marking)):
            yield "marks"

    def _list_successors(self, username: str) -> set[str]:
        return list_successors(username, self.successors)

    def _compare_person(self, row: dict[str, Any], said: Mapping[str, Any]) -> Iterator[str]:
        is_ = _build_person_values(row)
        yield from (name for name in sorted(is_.keys() | said.keys()) if is_.get(name, "") != said.get(name, ""))

    def _is_unfounded(self, row: dict[str, Any]) -> bool:
        """Whether no entry records a person; journals that do not record people contain their names in the forms."""
        if self.complete:
            return True
        said = "\n".join(self.texts)
        return any(value and json.dumps(value, ensure_ascii=False)[1:-1] not in said for value in (row["name"], row["citizen_id"]))


def _get_event_time(content: Mapping[str, Any], recorded_at: datetime) -> datetime:
    """When the event of an entry happened, as its officer dated it, and not when it was entered."""
    own = [each.get("at") for each in list_of_dicts(content.get("facts")) if not each.get("told_by")]
    at = parse_instant(own[0] if own else get_dict(content.get("form")).get("at"))
    return min(at, recorded_at) if isinstance(at, datetime) else recorded_at


def _compare_rows(
    known: Mapping[Any, JournaledRow],
    rows: Sequence[dict[str, Any]],
    table: str,
    wrong_in: Callable[[dict[str, Any], Mapping[str, Any]], Iterator[str]],
    *,
    by: str,
    extra: Callable[[dict[str, Any]], bool],
) -> Iterator[Difference]:
    there = {row[by]: row for row in rows}
    for id_, (position, said) in known.items():
        if id_ not in there:
            yield Difference(position, f"{table}缺少日志所载的一行（{id_}）")
        elif wrong := list(wrong_in(there[id_], said)):
            yield Difference(position, f"{table}与日志不一致（{id_}）：{'、'.join(wrong)}")
    for id_ in sorted(there.keys() - known.keys()):
        if extra(there[id_]):
            yield Difference(None, f"{table}有日志没有依据的一行（{id_}）")


def _compare_link(row: dict[str, Any], said: Mapping[str, Any]) -> Iterator[str]:
    yield from (name for name in ("hears", "seq") if row[name] != said[name])


def _compare_document(row: dict[str, Any], said: Mapping[str, Any]) -> Iterator[str]:
    names = {"hash": "sm3", "seq": "issued_by", **{name: name for name in ("type", "title", "number", "size", "place", "version")}}
    yield from (name for name, told in names.items() if told in said and name in row and row[name] != said[told])
    if row.get("state") == "due":
        yield "state"


def _is_made(row: dict[str, Any]) -> bool:
    """Whether an entry must record a paper: of one that is still to be made only the number was given out."""
    return row.get("state") != "due"


def _parse_said(fact: Mapping[str, Any]) -> Said:
    return Said(*(str(fact.get(name) or "") for name in Said._fields))


def _build_person_values(said: Mapping[str, Any]) -> dict[str, Any]:
    further = said.get("said")
    columns = {name: said.get(name) for name in ("role", "roles", "name", "citizen_id")}
    return _normalise({**(further if isinstance(further, dict) else {}), **columns})


def _normalise(said: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: sorted(value) if isinstance(value, list) else value for name, value in said.items() if value not in ("", None, [])
    }


def _drop_forms(requests: Any) -> list[dict[str, Any]]:
    # The table adds who stands in for those who left; the journal does not.
    return [
        {
            name: _parse_instants(value)
            for name, value in each.items()
            if name not in ("form", "successors", "vacant") and value not in (None, [], {})
        }
        for each in list_of_dicts(requests)
    ]


def _parse_instants(value: Any) -> Any:
    if isinstance(value, str):
        return parse_instant(value) if value[:2] in ("19", "20") and "T" in value else value
    if isinstance(value, list):
        return [_parse_instants(each) for each in value]
    return {name: _parse_instants(each) for name, each in value.items()} if isinstance(value, dict) else value
