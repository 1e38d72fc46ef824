"""The calendar of rest days: years that the library does not know yet are published by an administrator."""

from datetime import UTC, date, datetime
from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from api.auth import Caller
from api.bodies import body_of, filled_in, invalid, takes
from api.desk import desk
from api.problems import documented
from api.shapes.law import YearTold
from api.submission import attempt
from law.calculator import FIRST_YEAR, LAST_YEAR
from law.calendar import Calendar
from law.offices import Office
from models import attempts
from models.problems import NotFound, OfficeMayNotAct

router = APIRouter(tags=["日历"])

# A year has at least 52 Saturdays and 52 Sundays, of which the State Council has never shifted more than a dozen.
_FEWEST, _MOST = 90, 150


class PublishedYear(BaseModel):
    """The rest days of a year as the State Council arranged them: weekends among them, shifted working days (调休) not."""

    model_config = ConfigDict(extra="forbid")

    rest_days: list[date] = Field(title="全部休息日", min_length=_FEWEST, max_length=_MOST)
    notice: str = Field(title="依据的通知", min_length=1, max_length=200)


@router.post(
    "/api/calendar/{year}", summary="公布放假安排", openapi_extra=takes(PublishedYear), responses=documented(401, 403, 422)
)
async def publish(request: Request, year: int, person: Caller) -> dict[str, Any]:
    """Publish or correct a year's rest days; deadlines that have been computed stay as they are."""
    house = desk(request)
    async with attempt(house, person, "publish-calendar") as this:
        if not person.holds(Office.ADMINISTRATOR):
            raise OfficeMayNotAct("放假安排由系统管理员公布", required=[Office.ADMINISTRATOR])
        said = filled_in(PublishedYear, this.fills_in(await body_of(request)))
        days = set(said.rest_days)
        if not FIRST_YEAR <= year <= LAST_YEAR or any(day.year != year for day in days):
            raise invalid("rest_days", "within-the-year", f"休息日须都在{year}年之内")
        if len(days) < _FEWEST:
            raise invalid("rest_days", "distinct", "休息日有重复")
        async with house.pool.connection() as connection:
            await attempts.publish(connection, year, list(days), said.notice, person.username, datetime.now(UTC))
    house.forget_calendar()
    return _told(await house.calendar(), year)


@router.get("/api/calendar/{year}", summary="放假安排", responses={200: {"model": YearTold}} | documented(404), response_model=None)
async def published(request: Request, year: int) -> dict[str, Any]:
    """A year's rest days; `final` says whether they are the State Council's, or reckoned from weekends and fixed holidays."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotFound()
    return _told(await desk(request).calendar(), year)


def _told(calendar: Calendar, year: int) -> dict[str, Any]:
    days = (date.fromordinal(n) for n in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()))
    return {"year": year, "final": calendar.is_final(year), "rest_days": [day for day in days if calendar.is_off_day(day)]}
