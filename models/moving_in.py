"""How long a bureau moves in (迁入期): so many days after it began to work with us its open cases may be brought over as its papers tell them."""

from datetime import datetime, timedelta

from law.calendar import SHANGHAI

# Long enough to bring hundreds of cases over and mend their rows; no statute names it, it is the house's own.
MOVES_IN = timedelta(days=60)


def has_moved_in(founded: datetime | None, now: datetime) -> str:
    """In words, that nothing open is brought over any more; empty while it is, and in a demonstration, which is never founded."""
    if founded is None or now <= get_moving_in_end(founded):
        return ""
    last = get_moving_in_end(founded).astimezone(SHANGHAI)
    return f"在办案件只在启用后的迁入期内（至{last:%Y年%m月%d日}）迁入；此后的由承办人逐步录入，按补录处理"


def get_moving_in_end(founded: datetime) -> datetime:
    """Until when what is open is brought over, of a bureau that began then."""
    return founded + MOVES_IN
