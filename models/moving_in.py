"""How long a bureau moves in (迁入期): so many days after it began to work with us its open cases may be brought over as its papers tell them."""

from datetime import datetime, timedelta

# Long enough to bring hundreds of cases over and mend their rows; no statute names it, it is the house's own.
MOVES_IN = timedelta(days=60)


def moves_in_until(founded: datetime) -> datetime:
    """Until when what is open is brought over, of a bureau that began then."""
    return founded + MOVES_IN
