"""What an amendment or a new arrangement of holidays would move is listed, and nothing is moved."""

import asyncio
import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import cli
from activities.recording.records import Records
from law.calendar import SHANGHAI
from law.facts import Fact
from law.legal_fact import LegalFact
from models.store.api_writes import publish
from operations.law.diff import Change, Move, SupposedError, Tally, change_as_json, describe_change, diff
from runtime.database import connect, open_pool
from runtime.settings import Settings
from tests.activities.proposals import detained, filed, proposal

HELD, FREE, CASE = "RY202600000001", "RY202600000002", "ZA202600000003"
# A Wednesday in a year whose holidays are not published: the application is to be answered by Saturday, so by Monday.
APPLIED = datetime(2027, 2, 3, 10, tzinfo=SHANGHAI)
CHANGE, HANDLING = "measure-change-application", "public-order-case-handling"
# As if the Spring Festival of 2027 were Saturday 6 to Sunday 14 February.
REST_DAYS = [
    day
    for n in range(365)
    if (day := date(2027, 1, 1) + timedelta(n)).weekday() >= 5 or date(2027, 2, 6) <= day <= date(2027, 2, 14)
]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.fixture
def bureau(database: str, tmp_path: Path) -> Settings:
    """A person held, one at liberty who asks for another measure, and a public-order case filed under the law of 2012."""
    settings = Settings(database_url=database, data_dir=tmp_path)
    told: dict[str, Any] = {"told_by": "XA202600000001"}
    record(settings, HELD, [filed(HELD), detained(APPLIED, HELD)])
    record(settings, FREE, [LegalFact(Fact.MEASURE_CHANGE_APPLIED, APPLIED, FREE)])
    record(
        settings,
        CASE,
        [
            LegalFact(Fact.PUBLIC_ORDER_CASE_FILED, at("2025-12-30 09:00"), CASE),
            LegalFact(Fact.HEARING_OPENED, at("2026-01-20 09:00"), CASE, **told),
            LegalFact(Fact.HEARING_CLOSED, at("2026-01-26 09:00"), CASE, **told),
        ],
    )
    return settings


def record(settings: Settings, number: str, facts: Sequence[LegalFact], *, final: bool = False) -> None:
    async def record() -> None:
        pool = await open_pool(settings.database_url, 2, "test")
        answer = await Records(pool).record(proposal(0, *facts, number=number, final=final))
        assert answer.refusal is None
        await pool.close()

    asyncio.run(record())


def change(settings: Settings, statement: str) -> None:
    with connect(settings.database_url, "test") as connection:
        connection.execute(statement.encode())


def rows(settings: Settings) -> list[tuple[object, ...]]:
    with connect(settings.database_url, "test") as connection:
        return [tuple(row) for row in connection.execute("SELECT * FROM clock ORDER BY id").fetchall()]


def found(
    settings: Settings,
    limit: str = "",
    edition: date | None = None,
    year: int | None = None,
    rest_days: Path | None = None,
    tally: Tally | None = None,
) -> list[Move]:
    return list(diff(settings, limit, edition, year, rest_days, tally or Tally()))


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    """The supposed arrangement of 2027, a day a line."""
    file = tmp_path / "2027.txt"
    file.write_text("\n".join(map(str, REST_DAYS)), encoding="utf-8")
    return file


def test_nothing_would_move_while_neither_law_nor_calendar_has_changed(bureau: Settings) -> None:
    tally = Tally()
    assert found(bureau, tally=tally) == []
    assert tally.matters == 3
    assert tally.clocks > 3
    assert tally.unreadable == []


def test_a_notice_of_holidays_would_move_what_ends_in_them_but_nobody_who_is_held(bureau: Settings, notice: Path) -> None:
    before = rows(bureau)
    moved = found(bureau, year=2027, rest_days=notice)
    assert {(each.matter, each.limit, each.change) for each in moved if each.limit == CHANGE} == {(FREE, CHANGE, Change.MOVED)}
    (move,) = [each for each in moved if each.limit == CHANGE]
    assert (move.recorded, move.reckoned) == (at("2027-02-09 23:59:59"), at("2027-02-15 23:59:59"))
    assert "criminal-detention-submit-for-arrest" not in {each.limit for each in moved}
    assert rows(bureau) == before


@pytest.mark.parametrize("form", ["list", "body"])
def test_a_notice_may_be_written_as_it_is_published(bureau: Settings, tmp_path: Path, form: str) -> None:
    days = list(map(str, REST_DAYS))
    file = tmp_path / "2027.json"
    file.write_text(json.dumps(days if form == "list" else {"rest_days": days, "notice": "国办发明电"}), encoding="utf-8")
    assert [each.matter for each in found(bureau, CHANGE, year=2027, rest_days=file)] == [FREE]


def test_a_notice_published_since_would_move_the_same(bureau: Settings) -> None:
    async def announce() -> None:
        pool = await open_pool(bureau.database_url, 2, "test")
        async with pool.connection() as connection:
            await publish(connection, 2027, REST_DAYS, "国办发明电", "guanli", APPLIED)
        await pool.close()

    asyncio.run(announce())
    assert [each.matter for each in found(bureau, CHANGE)] == [FREE]


def test_an_edition_may_be_supposed_to_hold_for_what_is_running(bureau: Settings) -> None:
    (move,) = found(bureau, HANDLING, edition=date(2026, 1, 1))
    # Thirty days from 30 December end on 29 January; the six days of the hearing do not count by the law of 2025.
    assert (move.recorded, move.reckoned) == (at("2026-01-29 23:59:59"), at("2026-02-04 23:59:59"))
    assert found(bureau, CHANGE, edition=date(2018, 10, 26)) == []


def test_an_amended_figure_would_move_a_clock(bureau: Settings) -> None:
    change(bureau, f"UPDATE clock SET due_at = due_at + interval '1 day' WHERE matter = '{FREE}' AND limit_id = '{CHANGE}'")
    (move,) = found(bureau)
    assert (move.change, move.recorded, move.reckoned) == (Change.MOVED, at("2027-02-10 23:59:59"), at("2027-02-09 23:59:59"))
    assert describe_change(move) == f"{FREE} 申请变更强制措施 2027-02-10 23:59 将改为 2027-02-09 23:59"
    told = json.loads(change_as_json(move))
    assert (told["change"], told["reckoned"]) == ("moved", "2027-02-09T23:59:59+08:00")


def test_a_limit_that_is_new_or_gone_would_begin_or_end_a_clock(bureau: Settings) -> None:
    change(bureau, f"UPDATE clock SET id = 'old@{FREE}@1', limit_id = 'old' WHERE matter = '{FREE}' AND limit_id = '{CHANGE}'")
    gone, new = found(bureau)
    assert (gone.change, gone.limit, gone.reckoned) == (Change.GONE, "old", None)
    assert (new.change, new.limit, new.recorded) == (Change.NEW, CHANGE, None)
    assert describe_change(gone).endswith("2027-02-09 23:59 将不再计算")
    assert describe_change(new).endswith("将开始计算 2027-02-09 23:59")


def test_a_matter_that_is_over_is_left_in_peace(bureau: Settings, notice: Path) -> None:
    change(bureau, f"UPDATE matter SET final = true WHERE number = '{FREE}'")
    assert [each for each in found(bureau, year=2027, rest_days=notice) if each.matter == FREE] == []


def test_a_matter_that_the_law_can_no_longer_read_is_named_and_the_others_are_told(bureau: Settings, notice: Path) -> None:
    change(bureau, f"UPDATE fact SET fact = 'person.beheaded' WHERE matter = '{HELD}'")
    tally = Tally()
    assert FREE in {each.matter for each in found(bureau, year=2027, rest_days=notice, tally=tally)}
    (unreadable,) = tally.unreadable
    assert unreadable.startswith(HELD)


def test_what_cannot_be_supposed_is_refused(bureau: Settings, tmp_path: Path, notice: Path) -> None:
    few, letters, other = tmp_path / "few", tmp_path / "letters", tmp_path / "other"
    few.write_text("2027-01-01", encoding="utf-8")
    letters.write_text("someday", encoding="utf-8")
    other.write_text('{"days": []}', encoding="utf-8")
    supposed: dict[str, Any]
    for supposed in (
        {"limit": "criminal-sumons"},
        {"edition": date(1999, 1, 1)},
        {"limit": CHANGE, "edition": date(2026, 1, 1)},
        {"year": 2027},
        {"rest_days": notice},
        {"year": 2028, "rest_days": notice},
        {"year": 2027, "rest_days": few},
        {"year": 2027, "rest_days": letters},
        {"year": 2027, "rest_days": other},
    ):
        with pytest.raises(SupposedError):
            found(bureau, **supposed)


def test_the_command_says_by_its_exit_whether_anything_would_move(
    bureau: Settings, notice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("runtime.settings.get_settings", lambda: bureau)
    run = CliRunner().invoke
    assert run(cli.app, ["law", "diff"]).exit_code == 0
    holidays = ["law", "diff", "--limit", CHANGE, "--year", "2027", "--rest-days", str(notice)]
    told = run(cli.app, holidays)
    assert told.exit_code == 1
    assert told.stdout.splitlines() == [f"{FREE} 申请变更强制措施 2027-02-09 23:59 将改为 2027-02-15 23:59"]
    assert "其中1个会改变；未作任何变更" in told.stderr
    assert json.loads(run(cli.app, [*holidays, "--json"]).stdout)["matter"] == FREE
    assert run(cli.app, ["law", "diff", "--limit", "x"]).exit_code == 2
    monkeypatch.setattr("runtime.settings.get_settings", lambda: Settings(database_url="postgresql://nobody@127.0.0.1:1/none"))
    assert run(cli.app, ["law", "diff"]).exit_code == 2
