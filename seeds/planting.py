"""Planting (播种): the invented bureau takes office, and its scenarios are played through the public API as its people would."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import httpx
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from law.offices import Office
from runtime.database import connect
from runtime.passwords import passwords
from runtime.settings import Settings
from seeds.bureau import DEMO_PASSWORD, holders
from seeds.loading import load_bureau
from seeds.scenarios import scenarios
from seeds.script import Move, Scenario

# Whoever shows the demonstration to others meets the same people everywhere.
SEED: Final = 7
# More hands than this only wait in line for the database of a small machine.
_HANDS: Final = 8
# What stands for a scan of the papers of those days: a page with nothing on it.
SCAN: Final = {"file": ("呈批表.pdf", b"%PDF-1.4\n%%EOF", "application/pdf")}
# Who takes note of what is entered late, and of how many matters it is left to whoever tries the demonstration.
SUPERVISOR: Final = holders("inspection", Office.SUPERVISOR)[0].username
_LEFT_OPEN: Final = 3
# Who lets people be told who have no page open, and of what: by the system of the bureau's own, which needs nobody's address.
ADMINISTRATOR: Final = holders("qinglan", Office.ADMINISTRATOR)[0].username
TOLD_OUTSIDE: Final = (
    {"occasion": "dispatch", "unread": 5, "then": Office.STATION_HEAD},
    {"occasion": "approval", "delay": 2},
    {"occasion": "red", "to": Office.CASE_OFFICER},
    {"occasion": "overdue"},
)
# An engine that is away is asked again so often, each time after as many seconds as it says.
_PATIENCE: Final = 10
# A matter that another one opens follows within milliseconds; a busy machine may take this many seconds.
_PATIENCE_S: Final = 10.0
_PACE_S: Final = 0.02


class Refused(Exception):
    """A move that was not accepted; its words say which and why."""


def plant(settings: Settings, console: Console) -> None:
    """Fill an empty bureau; a run that was interrupted is resumed. SystemExit(1) if a step was refused, each being told."""
    began = _began(settings)
    if began is None:
        console.print("The bureau is not empty: nothing is planted.")
        return
    with connect(settings.database_url) as connection:
        load_bureau(connection, passwords(settings))
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(settings.host, settings.host)
    if asyncio.run(_plant(f"http://{host}:{settings.port}", began, console)):
        raise SystemExit(1)


def _began(settings: Settings) -> datetime | None:
    """The instant up to which the scenarios ran when planting began, kept for whoever resumes it; None where others work already."""
    kept = Path(settings.data_dir) / "planting-began-at"
    if not kept.exists():
        with connect(settings.database_url) as connection:
            if connection.execute("SELECT FROM matter WHERE kind <> 'canary' LIMIT 1").rowcount:
                return None
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(datetime.now(UTC).isoformat(timespec="seconds"), encoding="utf-8")
    return datetime.fromisoformat(kept.read_text(encoding="utf-8").strip())


async def _plant(address: str, began: datetime, console: Console) -> int:
    programme = list(enumerate(scenarios(SEED, began)))
    # Numbers grow and lists begin as if the calls had come in one after another.
    programme.sort(key=lambda each: each[1].moves[0].at)
    with _progress(console, sum(len(scenario.moves) for _, scenario in programme)) as advance:
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

            refused = sum(await asyncio.gather(*(play() for _ in range(_HANDS))))
            await bureau.acknowledge()
            await bureau.tell_outside()
            return refused


class Bureau:
    """The people of the bureau at work over one HTTP client; each signs in once, when first needed."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        """Work through that client."""
        self._http = http
        self._tokens: dict[str, asyncio.Task[str]] = {}
        # When each request was made: whoever approves opens it before.
        self._asked: dict[tuple[str, str], int] = {}

    async def play(self, scenario: Scenario, name: str) -> AsyncIterator[dict[str, Any]]:
        """Make every move in order, yielding each receipt; under the same `name` nothing happens twice. Raises Refused."""
        numbers: dict[str, str] = {}
        for turn, move in enumerate(scenario.moves):
            scanned = await self._scanned(scenario, move, numbers[move.on], f"{name}-{turn}-scan") if move.on_paper else {}
            receipt = await self._submit(move, numbers, f"{name}-{turn}", scanned)
            if move.opens:
                numbers[move.opens] = receipt["number"] if move.by_a_person else await self._opened(move, receipt)
            yield receipt

    async def _submit(self, move: Move, numbers: Mapping[str, str], key: str, paper: Mapping[str, str]) -> dict[str, Any]:
        number = numbers.get(move.on)
        path = f"/api/matters/{number}/steps/{move.step}" if number else f"/api/matters/{move.kind}"
        # An approval is given when it is given: what it approves says when that happened; but for what moved the end of a limit in those days.
        dated = {"at": move.at.isoformat()} if paper or move.step != "approve" else {}
        form = {**move.form, **dated, **paper} | ({move.names: numbers[move.subject]} if move.subject else {})
        headers = await self._as(move.username) | {"Idempotency-Key": key}
        if move.step == "approve" and number:
            await self._http.get(
                f"/api/matters/{number}/requests/{self._asked.get((number, str(move.form['request'])))}", headers=headers
            )
        answer = await self._post(path, json=form, headers=headers)
        if not answer.is_success:
            raise Refused(f"{move.step} by {move.username} at {move.at:%Y-%m-%d %H:%M} on {number or 'nothing'}: {answer.text}")
        receipt = answer.json()
        self._asked[receipt["number"], move.step] = receipt["seq"]
        return receipt

    async def _scanned(self, scenario: Scenario, move: Move, number: str, key: str) -> dict[str, str]:
        """The paper by which it was approved in those days, which whoever asked scans into the matter's dossier where it has one."""
        paper = {"paper_number": f"青公呈批〔{move.at.year}〕{int(number[-4:])}号"}
        asker = next(each.username for each in scenario.moves if (each.on, each.step) == (move.on, move.form["request"]))
        headers = await self._as(asker) | {"Idempotency-Key": key}
        dossier = await self._http.get(f"/api/matters/{number}/dossier", headers=headers)
        if not dossier.is_success:
            return paper
        form = {"place": dossier.json()["places"][0]["place"], "title": f"{move.form['request']}呈批表"}
        answer = await self._post(f"/api/matters/{number}/dossier", data=form, files=SCAN, headers=headers)
        if not answer.is_success:
            raise Refused(f"scan by {asker} on {number}: {answer.text}")
        return paper | {"paper_scan": form["title"]}

    async def acknowledge(self) -> int:
        """Have a supervisor take note of all that the papers of days past show as entered late; of how many matters."""
        headers = await self._as(SUPERVISOR)
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
        # The last few are left for whoever looks at the wall.
        for number in list(matters)[_LEFT_OPEN:]:
            form = {"finding": "建库时补录的历史资料，已与纸质卷宗核对。"}
            await self._post(f"/api/matters/{number}/steps/acknowledge-overrun", json=form, headers=headers)
        return len(matters)

    async def tell_outside(self) -> None:
        """Have an administrator set the rules by which people are told from now on, once."""
        headers = await self._as(ADMINISTRATOR)
        for each in TOLD_OUTSIDE:
            form = {"unit": "qinglan", "channel": "webhook", **each}
            key = {"Idempotency-Key": f"seed-rule-{each['occasion']}"}
            await self._post("/api/admin/channel-rules", json=form, headers=headers | key)

    async def _post(self, path: str, **request: Any) -> httpx.Response:
        answer = await self._http.post(path, **request)
        for _ in range(_PATIENCE):
            if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                break
            await asyncio.sleep(float(answer.headers.get("Retry-After", 1)))
            answer = await self._http.post(path, **request)
        return answer

    async def _opened(self, move: Move, receipt: dict[str, Any]) -> str:
        """The number of the matter that a step brought into being, once it is there."""
        number = receipt["opened"][-1]
        headers = await self._as(move.username)
        deadline = asyncio.get_running_loop().time() + _PATIENCE_S
        while asyncio.get_running_loop().time() < deadline:
            answer = await self._http.get(f"/api/matters/{number}", headers=headers)
            if answer.is_success:
                return number
            await asyncio.sleep(_PACE_S)
        raise Refused(f"{number}, which {move.step} opens, did not come into being within {_PATIENCE_S:.0f} s")

    async def _as(self, username: str) -> dict[str, str]:
        if username not in self._tokens:
            self._tokens[username] = asyncio.create_task(self._sign_in(username))
        return {"Authorization": f"Bearer {await self._tokens[username]}"}

    async def _sign_in(self, username: str) -> str:
        answer = await self._post("/api/auth/token", data={"username": username, "password": DEMO_PASSWORD})
        if not answer.is_success:
            raise Refused(f"{username} cannot sign in: {answer.text}")
        return answer.json()["access_token"]


@contextmanager
def _progress(console: Console, total: int) -> Iterator[Callable[[], None]]:
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
