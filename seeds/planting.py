"""Planting (播种): loads the invented bureau, and plays its scenarios through the public API as its users would."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

import httpx
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from temporalio.service import RPCError

from law.offices import Office
from models.reports import build_activity_name
from runtime.database import connect, open_pool
from runtime.passwords import load_passwords
from runtime.seals import Sealer, get_heads_file, load_signing_key
from runtime.settings import Settings
from runtime.temporal import connect as connect_to_temporal
from seeds.assessing import publish_months
from seeds.bureau import DEMO_PASSWORD, list_holders
from seeds.loading import load_bureau
from seeds.reviewing import Desk, review
from seeds.scenarios import list_scenarios
from seeds.script import Move, Scenario
from watchdog.duties.draft_assessments import DraftAssessments
from watchdog.duty import Tools
from workflows.upkeep import build_upkeep_id

# The seed of the random numbers: every demonstration has the same people.
SEED: Final = 7
# Scenarios played concurrently; more only wait for the database of a small machine.
_CONCURRENT: Final = 8
# The scan of papers of the past: an empty page.
SCAN: Final = {"file": ("呈批表.pdf", b"%PDF-1.4\n%%EOF", "application/pdf")}
# The supervisor who acknowledges late entries, and how many are left for the user of the demonstration.
SUPERVISOR: Final = list_holders("inspection", Office.SUPERVISOR)[0].username
_LEFT_OPEN: Final = 3
# The administrator who sets notification rules, and the rules. The webhook needs no addresses.
ADMINISTRATOR: Final = list_holders("qinglan", Office.ADMINISTRATOR)[0].username
TOLD_OUTSIDE: Final = (
    {"occasion": "dispatch", "unread": 5, "then": Office.STATION_HEAD},
    {"occasion": "approval", "delay": 2},
    {"occasion": "red", "to": Office.CASE_OFFICER},
    {"occasion": "overdue"},
)
# Attempts when an engine is unavailable, each after the seconds of its Retry-After.
_ATTEMPTS: Final = 10
# Seconds to wait for the monthly close of every unit, and between two looks at it.
_CLOSING_S: Final = 60.0
_CLOSES_S: Final = 2.0
# Seconds to wait for a matter that a workflow opens; usually it takes milliseconds.
_OPENING_S: Final = 10.0
_POLL_S: Final = 0.02


class Refused(Exception):
    """A move was refused; the message says which and why."""


def plant(settings: Settings, console: Console) -> None:
    """Fill an empty bureau, or resume an interrupted run. SystemExit(1) if a step was refused; each is printed."""
    began = _find_planting_start(settings)
    if began is None:
        console.print("The bureau is not empty: nothing is planted.")
        return
    with connect(settings.database_url) as connection:
        load_bureau(connection, load_passwords(settings))
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(settings.host, settings.host)
    if asyncio.run(_plant(settings, f"http://{host}:{settings.port}", began, console)):
        raise SystemExit(1)


def _find_planting_start(settings: Settings) -> datetime | None:
    """The instant at which planting began, stored so that it can be resumed; None where the bureau is already in use."""
    kept = Path(settings.data_dir) / "planting-began-at"
    if not kept.exists():
        with connect(settings.database_url) as connection:
            if connection.execute("SELECT FROM matter WHERE kind <> 'canary' LIMIT 1").rowcount:
                return None
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(datetime.now(UTC).isoformat(timespec="seconds"), encoding="utf-8")
    return datetime.fromisoformat(kept.read_text(encoding="utf-8").strip())


async def _plant(settings: Settings, address: str, began: datetime, console: Console) -> int:
    programme = list(enumerate(list_scenarios(SEED, began)))
    # In the order of the calls, so that numbers and lists look natural.
    programme.sort(key=lambda each: each[1].moves[0].at)
    with _show_progress(console, sum(len(scenario.moves) for _, scenario in programme)) as advance:
        async with httpx.AsyncClient(base_url=address, timeout=60, trust_env=False) as http:
            bureau, waiting = Bureau(http), iter(programme)

            async def play() -> int:
                refused = 0
                for number, scenario in waiting:
                    try:
                        async for _ in bureau.play(scenario, f"seed-{number}"):
                            advance()
                    except (Refused, httpx.HTTPError) as why:
                        refused += 1
                        console.print(f"[red]✗[/] {scenario.shows}: {escape(str(why) or type(why).__name__)}", soft_wrap=True)
                return refused

            refused = sum(await asyncio.gather(*(play() for _ in range(_CONCURRENT))))
            await bureau.acknowledge()
            await bureau.tell_outside()
            desk = Desk(bureau.take, bureau.read)
            later = {
                "案件评查": partial(review, desk, began),
                "月度考评": partial(publish_months, desk, partial(_close_month, settings)),
            }
            for zh, play_later in later.items():
                try:
                    await play_later()
                except (Refused, httpx.HTTPError, RPCError, TimeoutError) as why:
                    refused += 1
                    console.print(f"[red]✗[/] {zh}: {escape(str(why) or type(why).__name__)}", soft_wrap=True)
            return refused


async def _close_month(settings: Settings) -> None:
    """Have last month's close made, and its assessments drafted, as the first of a month does: it lies before the bureau began."""
    client = await connect_to_temporal(settings)
    close = build_upkeep_id(build_activity_name("monthly-close"), settings.task_queue)
    await client.get_schedule_handle(close).trigger()
    sealer = Sealer(get_heads_file(settings.data_dir), load_signing_key(settings.data_dir))
    pool = await open_pool(settings.database_url, 2, "seed")
    try:
        draft = DraftAssessments(Tools(pool, client, sealer, settings.task_queue))
        drafted = 0
        async with asyncio.timeout(_CLOSING_S):
            while True:  # a month is drafted once its report is there; the last are where no further one comes
                lately = await draft.do()
                if drafted and not lately:
                    break
                drafted += lately
                await asyncio.sleep(_CLOSES_S)
    finally:
        await pool.close()


class Bureau:
    """The users of the bureau over one HTTP client; each signs in once, when first needed."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        """Use that HTTP client."""
        self._http = http
        self._tokens: dict[str, asyncio.Task[str]] = {}
        # When each request was made: an approver has to open it first.
        self._requests: dict[tuple[str, str], int] = {}

    async def play(self, scenario: Scenario, name: str) -> AsyncIterator[dict[str, Any]]:
        """Make every move in order, yielding each receipt. `name` makes the idempotency keys. Raises Refused."""
        numbers: dict[str, str] = {}
        for turn, move in enumerate(scenario.moves):
            if move.scan:
                await self._scan(move.username, numbers[move.on], move.scan, f"{name}-{turn}-paper")
            scanned = await self._add_scan(scenario, move, numbers[move.on], f"{name}-{turn}-scan") if move.on_paper else {}
            receipt = await self._submit(move, numbers, f"{name}-{turn}", scanned)
            if move.opens:
                numbers[move.opens] = receipt["number"] if move.by_a_person else await self._find_opened_number(move, receipt)
            yield receipt

    async def _submit(self, move: Move, numbers: Mapping[str, str], key: str, paper: Mapping[str, str]) -> dict[str, Any]:
        number = numbers.get(move.on)
        path = f"/api/matters/{number}/steps/{move.step}" if number else f"/api/matters/{move.kind}"
        # An approval has no date of its own, unless it moved the end of a limit in the past.
        dated = {"at": move.at.isoformat()} if paper or move.step != "approve" else {}
        form = {**move.form, **dated, **paper} | ({move.names: numbers[move.subject]} if move.subject else {})
        headers = await self._sign_in_as(move.username) | {"Idempotency-Key": key}
        if move.step == "approve" and number:
            await self._http.get(
                f"/api/matters/{number}/requests/{self._requests.get((number, str(move.form['request'])))}", headers=headers
            )
        answer = await self._post(path, json=form, headers=headers)
        if not answer.is_success:
            raise Refused(f"{move.step} by {move.username} at {move.at:%Y-%m-%d %H:%M} on {number or 'nothing'}: {answer.text}")
        receipt = answer.json()
        self._requests[receipt["number"], move.step] = receipt["seq"]
        return receipt

    async def _add_scan(self, scenario: Scenario, move: Move, number: str, key: str) -> dict[str, str]:
        """The fields that name the paper on which a past step was approved, after the requester has scanned it into the dossier, if there is one."""
        paper = {"paper_number": f"青公呈批〔{move.at.year}〕{int(number[-4:])}号"}
        asker = next(each.username for each in scenario.moves if (each.on, each.step) == (move.on, move.form["request"]))
        title = f"{move.form['request']}呈批表"
        return paper | ({"paper_scan": title} if await self._scan(asker, number, title, key) else {})

    async def _scan(self, username: str, number: str, title: str, key: str) -> bool:
        """Have somebody scan a paper into a matter's dossier, where it has one; whether it has."""
        headers = await self._sign_in_as(username) | {"Idempotency-Key": key}
        dossier = await self._http.get(f"/api/matters/{number}/dossier", headers=headers)
        if not dossier.is_success:
            return False
        form = {"place": dossier.json()["places"][0]["place"], "title": title}
        answer = await self._post(f"/api/matters/{number}/dossier", data=form, files=SCAN, headers=headers)
        if not answer.is_success:
            raise Refused(f"scan by {username} on {number}: {answer.text}")
        return True

    async def acknowledge(self) -> int:
        """Have the supervisor acknowledge late entries; returns of how many matters."""
        headers = await self._sign_in_as(SUPERVISOR)
        matters: dict[str, None] = {}
        cursor: dict[str, str] = {}
        while True:
            page = (await self._http.get("/api/boards/red-cards", params={"limit": "100"} | cursor, headers=headers)).json()
            matters |= {
                each["matter"]: None for each in page["items"] if each["standing"] != "running" and not each["acknowledged_at"]
            }
            if page["next"] is None:
                break
            cursor = {"cursor": page["next"]}
        # The last few are left, so that the red-card wall has some.
        for number in list(matters)[_LEFT_OPEN:]:
            form = {"finding": "建库时补录的历史资料，已与纸质卷宗核对。"}
            await self._post(f"/api/matters/{number}/steps/acknowledge-overrun", json=form, headers=headers)
        return len(matters)

    async def tell_outside(self) -> None:
        """Have the administrator set the notification rules, once."""
        headers = await self._sign_in_as(ADMINISTRATOR)
        for each in TOLD_OUTSIDE:
            form = {"unit": "qinglan", "channel": "webhook", **each}
            key = {"Idempotency-Key": f"seed-rule-{each['occasion']}"}
            await self._post("/api/admin/channel-rules", json=form, headers=headers | key)

    async def take(self, username: str, on: str, step: str, form: Mapping[str, Any], key: str) -> dict[str, Any]:
        """Take a step of the matter of that number, or, without one, open a matter of that kind; the receipt. Raises Refused."""
        path = f"/api/matters/{on}/steps/{step}" if step else f"/api/matters/{on}"
        answer = await self._post(path, json=form, headers=await self._sign_in_as(username) | {"Idempotency-Key": key})
        if not answer.is_success:
            raise Refused(f"{step or on} by {username}: {answer.text}")
        return answer.json()

    async def read(self, username: str, path: str, asked: Mapping[str, str]) -> Any:
        """What an address answers that user. Raises Refused."""
        answer = await self._http.get(path, params=asked, headers=await self._sign_in_as(username))
        if not answer.is_success:
            raise Refused(f"{path} for {username}: {answer.text}")
        return answer.json()

    async def _post(self, path: str, **request: Any) -> httpx.Response:
        answer = await self._http.post(path, **request)
        for _ in range(_ATTEMPTS):
            if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                break
            await asyncio.sleep(float(answer.headers.get("Retry-After", 1)))
            answer = await self._http.post(path, **request)
        return answer

    async def _find_opened_number(self, move: Move, receipt: dict[str, Any]) -> str:
        """The number of the matter that a step opened, once it exists."""
        number = receipt["opened"][-1]
        headers = await self._sign_in_as(move.username)
        deadline = asyncio.get_running_loop().time() + _OPENING_S
        while asyncio.get_running_loop().time() < deadline:
            answer = await self._http.get(f"/api/matters/{number}", headers=headers)
            if answer.is_success:
                return number
            await asyncio.sleep(_POLL_S)
        raise Refused(f"{number}, which {move.step} opens, did not come into being within {_OPENING_S:.0f} s")

    async def _sign_in_as(self, username: str) -> dict[str, str]:
        if username not in self._tokens:
            self._tokens[username] = asyncio.create_task(self._sign_in(username))
        return {"Authorization": f"Bearer {await self._tokens[username]}"}

    async def _sign_in(self, username: str) -> str:
        answer = await self._post("/api/auth/token", data={"username": username, "password": DEMO_PASSWORD})
        if not answer.is_success:
            raise Refused(f"{username} cannot sign in: {answer.text}")
        return answer.json()["access_token"]


@contextmanager
def _show_progress(console: Console, total: int) -> Iterator[Callable[[], None]]:
    """What to call at each move: a bar on a terminal, a line at each tenth elsewhere."""
    if console.is_terminal:
        columns = TextColumn("  planting"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
        with Progress(*columns, console=console, transient=True) as progress:
            task = progress.add_task("", total=total)
            yield lambda: progress.advance(task)
        return
    done = iter(range(1, total + 1))

    def advance() -> None:
        number = next(done)
        if number * 10 // total > (number - 1) * 10 // total:
            console.print(f"planting: {number} of {total} steps", highlight=False)

    yield advance
