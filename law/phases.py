"""In which phase of a case (办案阶段) a limit is listed: that of the fact that starts it."""

from functools import cache

from law.facts import Phase
from law.instruments import PROMISE, RULE
from law.time_limits import TimeLimit, limits


@cache
def phase_of(limit: TimeLimit) -> Phase:
    """The area of the limit's first starting fact; promises and own rules stand apart from the law."""
    if any(article.instrument in (PROMISE, RULE) for article in limit.editions[0].basis):
        return Phase.OWN_RULES
    return (limit if limit.starts_on else limits()[limit.before_limit]).starts_on[0].area
