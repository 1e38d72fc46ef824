"""The web's calls: every list and page that officers and supervisors have before them, in a record of a hundred thousand matters."""

import asyncio
from collections.abc import Iterator
from functools import partial
from typing import Any
from urllib.parse import urlencode

from bench.engines import Engines
from bench.filling import DESK, PLACE, STATIONS, fill
from bench.load import queue
from bench.steps import api
from runtime.database import connect, open_pool
from watchdog.duties.tally_boards import tally

MATTERS = 100_000
OFFICER = "officer-7"
_CALLS = 40
_WARM = 3
_NUMBER = "'JQ2019' || lpad(n::text, 8, '0')"
_FAMILY = "(ARRAY['王', '李', '张', '刘', '陈', '杨', '赵', '黄', '周', '吴', '徐', '孙', '胡', '朱', '高', '林', '何', '郭', '马', '罗'])[1 + n % 20]"
_GIVEN = "substr('伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英文辉建华玉红志国庆丹云波海燕晓东青', 1 + n / 20 % 39, 1) || \
substr('伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英文辉建华玉红志国庆丹云波海燕晓东青', 1 + n / 780 % 40, 1)"
_WORDS = (
    "(ARRAY['两人因停车发生争吵', '电动自行车被盗', '两车相撞无人受伤', '转账后对方失联', '门锁打不开', '楼上深夜施工', '老人走失', \
'饭馆内打砸', '夫妻争执', '钱包遗失在公交车上'])[1 + n / 7 % 10] || ',' || (ARRAY['报警人称多次劝说无效', '现场有多人围观', '对方已经离开', \
'报警人情绪激动', '请民警到场处理'])[1 + n / 70 % 5] || ',联系人住' || "
    + PLACE
)


def _furnishing(matters: int) -> tuple[str, ...]:
    # One in twenty awaits approval, one in five hundred was copied; each has a caller, and tells what happened.
    every = f"FROM generate_series(1, {matters}) n"
    return (
        f"INSERT INTO person (username, zh, badge, active) VALUES ('{OFFICER}', '测量民警', '', true)",
        f"INSERT INTO holding VALUES ('{OFFICER}', 'station-8', 'case-officer')",
        f"""INSERT INTO party (matter, id, role, name, citizen_id, said) SELECT {_NUMBER}, 'reporter', 'reporter', {_FAMILY} || {_GIVEN},
            '6321' || lpad((n::bigint * 7919 % 100000000000000)::text, 14, '0'), jsonb_build_object('phone', '139' || lpad((n::bigint * 104729 % 100000000)::text, 8, '0'))
        {every}""",
        f"INSERT INTO narrative (matter, seq, words) SELECT {_NUMBER}, 1, {_WORDS} {every}",
        f"INSERT INTO mention (matter, seq, sort, value) SELECT {_NUMBER}, 1, 'plate', '青A' || lpad((n % 100000)::text, 5, '0') {every} WHERE n % 10 = 0",
        f"""INSERT INTO entry (chain, position, seq, sort, step, key, username, recorded_at, content, previous, hash)
        SELECT {_NUMBER}, 2, 2, 'step', 'stop-person', 'asked/' || n, 'officer-' || n % 2000, now() - n * interval '90 seconds',
               jsonb_build_object('form', jsonb_build_object('name', '石某', 'grounds', repeat('有作案嫌疑', 20)), 'stage_before', 'on_scene',
                   'recorded', jsonb_build_object('stage', 'on_scene', 'receipt', jsonb_build_object('standing', 'awaiting-approval'),
                   'requests', jsonb_build_array(jsonb_build_object('seq', 2))))::text, sha256(n::text::bytea), sha256(n::text::bytea)
        {every} WHERE n % 20 = 7""",
        """UPDATE matter SET seq = 2, requests = jsonb_build_array(jsonb_build_object('step', 'stop-person', 'seq', 2, 'asked_at', now(),
            'awaiting', jsonb_build_array('station-head'), 'approved_by', '[]'::jsonb, 'turns', '[]'::jsonb, 'asked_by',
            jsonb_build_object('person', officer, 'unit', unit_id, 'offices', jsonb_build_array('case-officer'), 'desks', '[]'::jsonb)))
        WHERE number IN (SELECT chain FROM entry WHERE step = 'stop-person')""",
        """INSERT INTO task (matter, key, sort, words, unit_id, office, step, request_seq, mandatory, opened_at)
        SELECT number, number || '/approve/2/station-head', 'approval', '待审批', unit_id, 'station-head', 'stop-person', 2, false, now()
        FROM matter WHERE requests <> '[]'""",
        f"""INSERT INTO entry (chain, position, seq, sort, step, key, username, recorded_at, content, previous, hash)
        SELECT {_NUMBER}, 3, 3, 'step', 'copy-to', 'copied/' || n, '{DESK}', now() - n * interval '90 seconds',
               jsonb_build_object('form', jsonb_build_object('persons', jsonb_build_array('{OFFICER}')))::text, sha256(n::text::bytea), sha256(n::text::bytea)
        {every} WHERE n % 500 = 7""",
        f"UPDATE matter SET shared_with = '{{@{OFFICER}}}' WHERE number IN (SELECT chain FROM entry WHERE step = 'copy-to')",
    )


_LISTS = {
    "to do": ("/api/tasks", {}),
    "notices": ("/api/notices", {}),
    "done": ("/api/work/done", {}),
    "started": ("/api/work/started", {}),
    "copied": ("/api/work/copied", {}),
    "due, all": ("/api/work/due", {}),
    "due, mine": ("/api/work/due", {"mine": "true"}),
    "matters": ("/api/matters", {}),
    "matters of one kind and stage": ("/api/matters", {"kind": "incident", "stage": "on_scene"}),
    "matters by a word of the title": ("/api/matters/find", {"q": "河滨路31号"}),
    "clocks": ("/api/clocks", {}),
    "clocks of one limit": ("/api/clocks", {"limit_id": "limit-2"}),
    "clocks of one kind": ("/api/clocks", {"kind": "incident"}),
    "search, a number": ("/api/search", {"q": "JQ201900004321"}),
    "search, as it runs": ("/api/search", {"q": "4321"}),
    "search, a name": ("/api/search", {"q": "王伟"}),
    "search, a telephone": ("/api/search", {"q": "13904331221"}),
    "search, a citizen's number": ("/api/search", {"q": "632100000000034217"}),
    "search, a plate": ("/api/search", {"q": "青A04320"}),
    "search, a common word": ("/api/search", {"q": "纠纷"}),
    "search, a street": ("/api/search", {"q": "河滨路31号"}),
    "search, a sentence": ("/api/search", {"q": "电动自行车被盗，现场有多人围观"}),
    "search, what is not there": ("/api/search", {"q": "直升机坠落"}),
    "likely duplicates": ("/api/incidents/similar", {"place": "河滨路31号", "narrative": "电动自行车被盗", "phone": "13904331221"}),
    "a matter": ("/api/matters/JQ201900000007", {}),
    "its steps": ("/api/matters/JQ201900000007/steps", {}),
    "its course": ("/api/matters/JQ201900000007/course", {}),
    "its people's measures": ("/api/matters/JQ201900000007/measures", {}),
    "its journal": ("/api/matters/JQ201900000007/journal", {}),
    "its documents": ("/api/matters/JQ201900000007/documents", {}),
    "kinds": ("/api/kinds", {}),
    "board of today": ("/api/boards/station", {}),
    "what awaits approval": ("/api/boards/station/awaiting", {}),
    "board of deadlines": ("/api/boards/deadlines", {}),
    "board of deadlines, one kind": ("/api/boards/deadlines", {"kind": "incident"}),
    "ranking": ("/api/boards/ranking", {}),
    "stages": ("/api/boards/stages", {}),
    "red cards": ("/api/boards/red-cards", {}),
    "wall": ("/api/boards/screen", {}),
    "limits": ("/api/limits", {}),
    "an article": ("/api/law/articles", {"cited": "《刑事诉讼法》第九十一条"}),
}


# These ask in the body.
_QUESTIONS = ("/api/search", "/api/incidents/similar", "/api/matters/find")


def furnish(engines: Engines, matters: int) -> None:
    """Fill so many matters in, each with all that lists and pages show of it, and an officer of one station."""
    with connect(engines.url) as connection:
        fill(connection, matters)
        for statement in _furnishing(matters):
            connection.execute(statement)
        connection.execute("VACUUM ANALYZE")


def web(engines: Engines) -> list[str]:
    """Lines of the report: each call by somebody who sees the whole bureau, and by an officer of one of its stations."""
    furnish(engines, MATTERS)
    return asyncio.run(_web(engines))


async def _web(engines: Engines) -> list[str]:
    # Boards are read from tallies, which the watchdog keeps.
    async with await open_pool(engines.url, 1, "bench") as pool:
        await tally(pool)
    whole = [each async for each in _measured(engines, DESK)]
    station = [each async for each in _measured(engines, OFFICER)]
    return [f"{MATTERS:,} matters, {STATIONS} stations", *_lines(whole, station)]


async def _measured(engines: Engines, username: str) -> Any:
    async with api(engines, username) as connections:
        for name, (path, filters) in _LISTS.items():
            if path in _QUESTIONS:
                call = partial(connections.ask, "POST", path, filters)
            else:
                call = partial(connections.ask, "GET", f"{path}?{urlencode(filters)}" if filters else path)
            try:
                await queue(_WARM, call)
            except RuntimeError:  # a matter of another station, of which the officer knows nothing
                continue
            window = await queue(_CALLS, call)
            yield name, window.p50, window.p95


def _lines(whole: list[tuple[str, float, float]], station: list[tuple[str, float, float]]) -> Iterator[str]:
    officers = {name: (p50, p95) for name, p50, p95 in station}
    for name, p50, p95 in whole:
        mine = "-" if name not in officers else "p50 {:.1f} ms, p95 {:.1f} ms".format(*officers[name])
        yield f"{name}: whole bureau p50 {p50:.1f} ms, p95 {p95:.1f} ms; an officer {mine}"
