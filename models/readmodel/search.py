"""Searching (搜索): matters by number, title, people, telephones, plates, papers, and what is told of them; what was likely reported before.

A text is found by any two or more neighbouring characters of it, as words are compared (`models.folding`). The index knows which
two-character pieces occur; that they stand together is looked at afterwards. A name is found by how it is spoken, too.

Before whoever is not told what a sealed file is about it is found by its number alone: else the search would tell.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from law.calendar import SHANGHAI
from models.access.scope import Person, build_scope
from models.folding import fold_number, fold_telephone, fold_words
from models.matter import DIGITS, Kind, build_number_prefix
from models.readmodel.pagination import build_subject_shown_sql, build_title_sql, build_visible_sql, fetch_planned, format_iso_sql
from models.store.connection import Connection, Query
from models.store.marks import ASKS_REASON, build_shown_name_sql

MOST = 20
# How far back the same event may have been reported already.
_LATELY = timedelta(days=7)
_LIKELIEST = 5
# What somebody had open last: so many, among so many traces of theirs.
_LATELY_SHOWN, _TRACES_BACK = 8, 400
# More incidents than a county has in a week; where there are more, the latest are looked at.
_LATEST = 3000
# What of a narrative is compared: the beginning says what happened.
_PIECES = 16
# The share of pieces from which on two places, or two narratives, are taken for alike.
_ALIKE_PLACE, _ALIKE_WORDS = 0.6, 0.5
_WHOLE_NUMBER = re.compile(rf"[A-Za-z]{{2}}{DIGITS}")
_RUNNING_NUMBER = re.compile(r"\d{1,8}|9\d{10}")
# Whoever means an older matter types its whole number.
_YEARS_BACK = 10
# So many characters of a text, and of a number, must be given: fewer would leaf through everybody.
_FEWEST_CHARACTERS, _FEWEST_DIGITS = 2, 4
_NUMBER = re.compile(r"[0-9A-Z]*\d[0-9A-Z]*")
_PLATE = re.compile(r"[\u4e00-\u9fff]?[A-Z][0-9A-Z]{3,7}")
# How a name is spoken, or its initials: as many letters as the database keeps of it.
_SPOKEN = re.compile(r"[a-z]{2,}")
_LETTERS_KEPT = 12
# A paper's number as words are compared: 行罚决字〔2026〕1号. Without its year and its own number it would leaf through all papers of a kind.
# Between the two people type 年, 第, or a stroke, and noughts before the second; what they copied brings 文号 along, or the end of a sentence.
_PAPER = re.compile(r"((文号|文书号)\W?)?(?P<word>.*?)(?P<year>(19|20)\d\d)(年度?)?[/_]?第?0*(?P<number>\d+)(?P<end>号?)\W*")
# By what somebody was found, in the words of the forms.
MATCHED = {"name": "姓名", "pinyin": "姓名拼音", "citizen_id": "公民身份号码", "phone": "电话", "plate": "车牌号码"}

_HEAD = """m.kind, %(kinds)s::jsonb ->> m.kind AS kind_zh, {title} AS title, %(stages)s::jsonb ->> (m.kind || '/' || m.stage) AS stage_zh, m.colour"""
_OURS = "m.kind NOT IN ('canary', 'delivery')"
# Common words stand in many of the newest matters, and are found there at once; what is rare among these the index finds among all.
_NEWEST = 1000
_RECENT = f"""
    recent AS MATERIALIZED (
        SELECT m.number FROM matter m WHERE {_OURS} AND {{told}} ORDER BY m.opened_at DESC, m.number DESC LIMIT {_NEWEST}
    )
"""
_SHOWN = f"""
SELECT m.number, {_HEAD}, u.zh AS unit_zh, p.zh AS officer_zh, {format_iso_sql("m.opened_at")} AS opened_at
FROM found JOIN matter m USING (number) LEFT JOIN unit u ON u.id = m.unit_id LEFT JOIN person p ON p.username = m.officer
ORDER BY m.opened_at DESC, m.number DESC LIMIT %(limit)s
"""
NUMBERED = f"""
WITH found AS (SELECT m.number FROM matter m WHERE m.number = ANY(%(numbers)s::text[]) AND {_OURS} AND {{visible}}) {_SHOWN}
"""
TITLED_LATELY = f"""
WITH {_RECENT}, found AS (
    SELECT recent.number FROM recent JOIN heading h ON h.matter = recent.number WHERE strpos(h.folded, %(folded)s) > 0
) {_SHOWN}
"""
TITLED = f"""
WITH said AS MATERIALIZED (
    SELECT h.matter AS number FROM heading h
    WHERE bigrams(h.folded) @> bigrams(%(folded)s) AND strpos(h.folded, %(folded)s) > 0
),
found AS (SELECT m.number FROM said JOIN matter m USING (number) WHERE {_OURS} AND {{told}}) {_SHOWN}
"""
# What is looked for is picked out by its own index before anything is asked of the matters, lest these be walked in order instead.
_BY_NAME = """
    (SELECT p.matter, p.id, p.name, p.role, 'name' AS matched FROM party p
     WHERE bigrams(p.folded) @> bigrams(%(folded)s) AND strpos(p.folded, %(folded)s) > 0)
"""
_BY_SOUND = """
    (SELECT p.matter, p.id, p.name, p.role, 'pinyin' AS matched FROM party p WHERE p.sounds @> ARRAY[%(spoken)s::text])
"""
_BY_CITIZEN_ID = """
    (SELECT p.matter, p.id, p.name, p.role, 'citizen_id' AS matched FROM party p WHERE p.citizen_id <> '' AND p.citizen_id LIKE %(beginning)s)
"""
_BY_PHONE = """
    (SELECT p.matter, p.id, p.name, p.role, 'phone' AS matched FROM party p WHERE telephone(p.said ->> 'phone') LIKE %(called)s)
"""
_MENTIONED = """
    (SELECT n.matter, '' AS id, '' AS name, '' AS role, n.sort AS matched FROM mention n
     WHERE n.value LIKE %(beginning)s OR n.value LIKE %(called)s)
"""
PEOPLE = f"""
WITH found AS MATERIALIZED ({{found}})
SELECT found.matter, {_HEAD}, {build_shown_name_sql("found")} AS name, found.role, found.matched, %(matched)s::jsonb ->> found.matched AS matched_zh
FROM found JOIN matter m ON m.number = found.matter WHERE {{told}}
ORDER BY m.opened_at DESC, m.number DESC, found.name LIMIT %(limit)s
"""
PAPERS = f"""
WITH found AS MATERIALIZED (
    SELECT d.matter, d.title AS paper, d.number FROM document d
    WHERE bigrams(d.folded) @> bigrams(%(paper)s) AND strpos(d.folded, %(paper)s) > 0
)
SELECT found.matter, {_HEAD}, found.paper, found.number FROM found JOIN matter m ON m.number = found.matter WHERE {{told}}
ORDER BY m.opened_at DESC, m.number DESC, found.number LIMIT %(limit)s
"""
_TOLD = "strpos(n.folded, %(folded)s) > 0"
# Where the words stand among those that were typed is about where they stand among those that are compared. What names people whom no list
# may name is told by the card alone, which asks whoever does not handle it why they read it.
_EXCERPT = f"""
SELECT m.number AS matter, {_HEAD}, CASE WHEN {ASKS_REASON} THEN '（标有敏感标记，内容请打开事项查阅）'
    ELSE substr(found.words, greatest(1, CASE
    WHEN strpos(lower(found.words), lower(%(q)s)) > 0 THEN strpos(lower(found.words), lower(%(q)s))
    ELSE strpos(found.folded, %(folded)s) * length(found.words) / length(found.folded) END - 20), 80) END AS excerpt
FROM found JOIN matter m ON m.number = found.matter ORDER BY m.opened_at DESC, m.number DESC, found.seq LIMIT %(limit)s
"""
TOLD_LATELY = f"""
WITH {_RECENT}, found AS (
    SELECT n.matter, n.seq, n.words, n.folded FROM recent CROSS JOIN LATERAL (SELECT * FROM narrative n WHERE n.matter = recent.number OFFSET 0) n
    WHERE {_TOLD}
) {_EXCERPT}
"""
TOLD = f"""
WITH said AS MATERIALIZED (SELECT n.matter, n.seq, n.words, n.folded FROM narrative n WHERE bigrams(n.folded) @> bigrams(%(folded)s) AND {_TOLD}),
found AS (SELECT said.* FROM said JOIN matter m ON m.number = said.matter WHERE {{told}}) {_EXCERPT}
"""
_EACH = Query[str]("SELECT row_to_json(t)::text FROM ({sql}) t")
_LIST = Query[str]("SELECT coalesce(json_agg(row_to_json(t)), '[]')::text FROM ({sql}) t")

# Only what was opened lately is looked at, piece by piece.
SIMILAR = f"""
SELECT m.number, m.title, e.content::json #>> '{{{{form,place}}}}' AS place, {format_iso_sql("m.opened_at")} AS opened_at,
    %(stages)s::jsonb ->> ('incident/' || m.stage) AS stage_zh,
    concat_ws('、', CASE WHEN phoned THEN '同一电话' END, CASE WHEN placed >= {_ALIKE_PLACE} THEN '地点相近' END,
        CASE WHEN worded >= {_ALIKE_WORDS} THEN '内容相近' END) AS why
FROM (
    SELECT m.number, m.title, m.opened_at, m.stage, m.number = ANY(%(phoned)s::text[]) AS phoned,
        (SELECT count(*) FROM unnest(%(places)s::text[]) piece WHERE strpos(m.folded, piece) > 0)::float
            / greatest(cardinality(%(places)s::text[]), 1) AS placed,
        (SELECT count(*) FROM unnest(%(words)s::text[]) piece WHERE strpos(n.words, piece) > 0)::float
            / greatest(cardinality(%(words)s::text[]), 1) AS worded
    FROM (
        SELECT m.number, m.title, h.folded, m.stage, m.opened_at FROM matter m LEFT JOIN heading h ON h.matter = m.number WHERE m.kind = 'incident' AND m.opened_at > %(since)s AND {{told}}
        ORDER BY m.opened_at DESC LIMIT {_LATEST}
    ) m LEFT JOIN LATERAL (SELECT n.folded AS words FROM narrative n WHERE n.matter = m.number AND n.seq = 1 OFFSET 0) n ON true
) m LEFT JOIN entry e ON e.chain = m.number AND e.position = 1
WHERE phoned OR placed >= {_ALIKE_PLACE} OR worded >= {_ALIKE_WORDS}
ORDER BY phoned::int + placed + worded DESC, m.opened_at DESC LIMIT {_LIKELIEST}
"""
# Traces tell it: whoever reads on leaves several.
OPENED_LATELY = f"""
SELECT m.number, {_HEAD}, u.zh AS unit_zh, p.zh AS officer_zh, {format_iso_sql("m.opened_at")} AS opened_at
FROM (
    SELECT matter, max(at) AS at FROM (
        SELECT matter, at FROM reading_trace WHERE username = %(username)s ORDER BY at DESC LIMIT {_TRACES_BACK}
    ) AS trace WHERE matter <> '' GROUP BY matter
) AS lately JOIN matter m ON m.number = lately.matter LEFT JOIN unit u ON u.id = m.unit_id LEFT JOIN person p ON p.username = m.officer
WHERE {_OURS} AND {{visible}} ORDER BY lately.at DESC LIMIT %(limit)s
"""
PHONED = Query[str]("""
SELECT matter FROM party WHERE telephone(said ->> 'phone') LIKE %(phone)s
UNION SELECT matter FROM mention WHERE value LIKE %(phone)s AND sort = 'phone'
""")


async def search(connection: Connection, person: Person, words: Mapping[str, str], q: str, kind: Kind | None = None) -> str:
    """At most twenty `matters`, `people`, `papers` and `narrative`s each, of that kind or all, that this person may know of, as a JSON object.

    The newest come first.
    """
    number, said = fold_number(q), fold_words(q)
    paper = _PAPER.fullmatch(said)
    arguments: dict[str, Any] = {
        **words,
        "q": q,
        "folded": said,
        "numbers": _find_numbers(number),
        "beginning": f"{_escape_like(number)}%",
        "called": f"{_escape_like(fold_telephone(q))}%",
        "spoken": _parse_spoken(said),
        "paper": paper["word"] + paper["year"] + paper["number"] + paper["end"] if paper else "",
        "matched": json.dumps(MATCHED),
        "kind": kind,
        "limit": MOST,
    }
    within = _build_scope_sql(person, arguments)

    async def found(*ways: str) -> list[str]:
        """What the first of these ways finds that finds as many as are shown; else what the last does."""
        rows: list[str] = []
        for sql in ways:
            rows = await fetch_planned(connection, _EACH.format(sql=sql.format(**within)), arguments)
            if len(rows) >= MOST:
                break
        return rows

    if arguments["numbers"] and _WHOLE_NUMBER.fullmatch(number):
        return _build_object_sql(matters=await found(NUMBERED), people=[], papers=[], narrative=[])
    if len(said) < _FEWEST_CHARACTERS:
        return _build_object_sql(matters=[], people=[], papers=[], narrative=[])
    numbered = await found(NUMBERED) if arguments["numbers"] else []
    titled = await found(TITLED_LATELY, TITLED)
    people = await found(PEOPLE.replace("{found}", " UNION ALL ".join(_list_ways(number, arguments["spoken"]))))
    papers = await found(PAPERS) if paper else []
    matters = list(dict.fromkeys([*numbered, *titled]))[:MOST]
    return _build_object_sql(matters=matters, people=people, papers=papers, narrative=await found(TOLD_LATELY, TOLD))


def _build_scope_sql(person: Person, arguments: dict[str, Any]) -> dict[str, str]:
    """The conditions that this person knows of a matter, and is told what it is about; and how it is called before them."""
    scope = build_scope(person)
    seen = build_visible_sql(scope, arguments)
    if arguments.get("kind"):
        seen = f"({seen}) AND m.kind = %(kind)s"
    return {
        "visible": seen,
        "told": f"{seen} AND {build_subject_shown_sql(scope, arguments)}",
        "title": build_title_sql(scope, arguments),
    }


def _build_object_sql(**lists: list[str]) -> str:
    return "{" + ",".join(f'"{name}":[{",".join(items)}]' for name, items in lists.items()) + "}"


def _list_ways(number: str, spoken: str) -> Sequence[str]:
    """By what people are looked for, as far as what was typed can be that."""
    ways = [_BY_NAME, *([_BY_SOUND] if spoken else [])]
    if len(number) >= _FEWEST_DIGITS and number.isascii() and _NUMBER.fullmatch(number.removeprefix("+")):
        ways += [_BY_CITIZEN_ID, _BY_PHONE, _MENTIONED]
    elif _PLATE.fullmatch(number):
        ways.append(_MENTIONED)
    return ways


def _parse_spoken(said: str) -> str:
    """What was typed, as far as it can be how a name is spoken (贺文涛: hewentao, he wen tao, hwt); else empty."""
    letters = said.replace("'", "").replace("ü", "v")
    return letters[:_LETTERS_KEPT] if _SPOKEN.fullmatch(letters) else ""


def _find_numbers(q: str) -> list[str]:
    """The matters whose number was typed: whole, or as it runs through all kinds and years."""
    if _WHOLE_NUMBER.fullmatch(q):
        return [q.upper()]
    if not _RUNNING_NUMBER.fullmatch(q):
        return []
    this_year = datetime.now(SHANGHAI).year
    return [f"{build_number_prefix(kind, year)}{q:0>8}" for kind in Kind for year in range(this_year - _YEARS_BACK, this_year + 1)]


async def list_similar(
    connection: Connection, person: Person, words: Mapping[str, str], now: datetime, *, place: str, narrative: str, phone: str
) -> str:
    """The incidents of the last days that are likeliest the same event, each with the reasons why, as a JSON list."""
    phoned = []
    if phone := fold_telephone(phone):
        phoned = await fetch_planned(connection, PHONED, {"phone": _escape_like(phone)})
    arguments: dict[str, Any] = {
        **words,
        "phoned": phoned,
        "places": split_bigrams(place),
        "words": split_bigrams(narrative)[:_PIECES],
        "since": now - _LATELY,
    }
    sql = SIMILAR.format(**_build_scope_sql(person, arguments))
    (found,) = await fetch_planned(connection, _LIST.format(sql=sql), arguments)
    return found


async def list_recently_opened(connection: Connection, person: Person, words: Mapping[str, str]) -> str:
    """The matters that this person looked at last, and may know of, the latest first, as a JSON list."""
    arguments: dict[str, Any] = {**words, "username": person.username, "limit": _LATELY_SHOWN}
    (found,) = await fetch_planned(
        connection, _LIST.format(sql=OPENED_LATELY.format(**_build_scope_sql(person, arguments))), arguments
    )
    return found


def _escape_like(number: str) -> str:
    """A number as LIKE takes it for itself."""
    return re.sub(r"([\\%_])", r"\\\1", number)


def split_bigrams(text: str) -> list[str]:
    """Every two neighbouring characters of a text, in order, each once."""
    said = fold_words(text)
    return list(dict.fromkeys(said[n : n + 2] for n in range(len(said) - 1)))
