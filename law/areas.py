"""In which area (办案阶段) a limit is listed: that of the fact that starts it."""

from functools import cache

from law.facts import Area
from law.instruments import PROMISE, RULE
from law.time_limits import TimeLimit, get_limits


@cache
def get_area(limit: TimeLimit) -> Area:
    """The area of the limit's first starting fact; promises and own rules stand apart from the law."""
    if any(article.instrument in (PROMISE, RULE) for article in limit.editions[0].basis):
        return Area.OWN_RULES
    return (limit if limit.starts_on else get_limits()[limit.before_limit]).starts_on[0].area
