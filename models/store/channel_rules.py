"""Notification rules (通知规则) and sent messages, as administrators change and repeat them; every change is journaled."""

from typing import Any, NamedTuple

from models.access.scope import Scope
from models.channels import Rule, State, describe_rule
from models.problems import NotFound
from models.readmodel.pagination import Page, build_visible_sql, format_iso_sql, load_page
from models.store.administrative_change import Change, build_form_invalid
from models.store.channels import RULES, RuleFound
from models.store.connection import Connection, Query, fetch_all, fetch_first

# Every rule is checked for every announcement; a county needs far fewer.
MOST = 500


class _LockedRule(NamedTuple):
    """A rule before a change."""

    unit_id: str
    rule: dict[str, Any]


COUNT = Query[int]("SELECT count(*) AS many FROM channel_rule")
ADD = Query[int]("""
INSERT INTO channel_rule (unit_id, occasion, to_office, channel, begins, ends, outside, delay, unread, then_office)
VALUES (%(unit)s, %(occasion)s, %(to)s, %(channel)s, %(begins)s, %(ends)s, %(outside)s, %(delay)s, %(unread)s, %(then)s) RETURNING id
""")
LOCK_RULE = Query[_LockedRule]("""
SELECT unit_id, json_build_object('unit', unit_id, 'occasion', occasion, 'to', nullif(to_office, ''), 'channel', channel, 'begins', begins,
    'ends', ends, 'outside', outside, 'delay', delay, 'unread', unread, 'then', nullif(then_office, '')) AS rule
FROM channel_rule WHERE id = %(id)s FOR UPDATE
""")
REPLACE = """
UPDATE channel_rule SET unit_id = %(unit)s, occasion = %(occasion)s, to_office = %(to)s, channel = %(channel)s, begins = %(begins)s,
    ends = %(ends)s, outside = %(outside)s, delay = %(delay)s, unread = %(unread)s, then_office = %(then)s WHERE id = %(id)s
"""
DROP = "DELETE FROM channel_rule WHERE id = %(id)s"


class _Failed(NamedTuple):
    """A message that may have failed."""

    matter: str
    unit_id: str
    state: str


FAILED = Query[_Failed]("SELECT matter, unit_id, state FROM sending WHERE id = %(id)s AND matter <> '' FOR UPDATE")
# The time until it is given up starts again.
REPEAT = "UPDATE sending SET state = 'waiting', try_at = %(now)s, due_at = %(now)s, last_error = '' WHERE id = %(id)s"
SENT = f"""
SELECT (SELECT row_to_json(j) FROM (SELECT s.id, s.occasion, s.matter, s.unit_id AS unit, s.username, p.zh AS person_zh, s.channel, s.gone_up, s.state,
    s.tries, s.words, s.receipt, s.last_error, {format_iso_sql("s.said_at")} AS said_at, {format_iso_sql("s.due_at")} AS due_at, {format_iso_sql("s.sent_at")} AS sent_at,
    {format_iso_sql("s.read_at")} AS read_at) j)::text, s.id
FROM sending s JOIN matter m ON m.number = s.matter JOIN person p ON p.username = s.username
WHERE {{where}} ORDER BY s.id DESC LIMIT %(limit)s
"""
_FILTERS = {"state": "s.state = %(state)s", "channel": "s.channel = %(channel)s", "matter": "s.matter = %(matter)s"}


class _ChannelStatus(NamedTuple):
    """Whether a channel is configured, whether it fails, and its last error."""

    channel: str
    configured: bool
    failing: bool
    last_error: str


CHANNEL_STATUS = Query[_ChannelStatus](
    "SELECT channel, configured, failing_since IS NOT NULL AS failing, last_error FROM channel_state"
)


def _build_row(rule: Rule) -> dict[str, Any]:
    return rule.model_dump(mode="json") | {"to": rule.to or "", "then": rule.then or ""}


async def list_rules(connection: Connection) -> list[RuleFound]:
    """All rules."""
    return await fetch_all(connection, RULES)


async def list_channel_status(connection: Connection) -> list[_ChannelStatus]:
    """The status of every channel that was ever configured."""
    return await fetch_all(connection, CHANNEL_STATUS)


async def add(change: Change, rule: Rule) -> None:
    """Add a rule."""
    change.get_unit(rule.unit, "unit")
    if (await fetch_all(change.connection, COUNT))[0] >= MOST:
        raise build_form_invalid("", "too-many", f"通知规则最多{MOST}条")
    made = await fetch_first(change.connection, ADD, _build_row(rule))
    await change.journal_change(
        "set-channel-rule", {"unit": rule.unit, "rule": describe_rule(rule), "id": made, "fields": _build_row(rule)}
    )


async def replace(change: Change, rule_id: int, rule: Rule) -> None:
    """Replace a rule. Messages that the old one created are not changed."""
    was = await _lock_rule(change, rule_id)
    change.get_unit(rule.unit, "unit")
    await change.connection.execute(REPLACE, {**_build_row(rule), "id": rule_id})
    content = {"unit": rule.unit, "rule": describe_rule(rule), "was": describe_rule(was), "id": rule_id, "fields": _build_row(rule)}
    await change.journal_change("set-channel-rule", content)


async def drop(change: Change, rule_id: int) -> None:
    """Delete a rule."""
    was = await _lock_rule(change, rule_id)
    await change.connection.execute(DROP, {"id": rule_id})
    await change.journal_change("drop-channel-rule", {"unit": was.unit, "was": describe_rule(was), "id": rule_id})


async def _lock_rule(change: Change, rule_id: int) -> Rule:
    found = await fetch_first(change.connection, LOCK_RULE, {"id": rule_id})
    if found is None:
        raise NotFound("没有这条通知规则，可能已经撤销")
    change.get_unit(found.unit_id, "unit")
    return Rule.model_validate(found.rule)


async def repeat(change: Change, sending: int) -> None:
    """Send a message again that was given up or had no address."""
    found = await fetch_first(change.connection, FAILED, {"id": sending})
    if found is None or found.unit_id not in change.within:
        raise NotFound("您管理的范围内没有这条外发通知")
    if found.state not in (State.GIVEN_UP, State.UNREACHABLE):
        raise build_form_invalid("", "not-failed", "只有发送失败或者没有地址的通知可以重新发送")
    await change.connection.execute(REPEAT, {"id": sending, "now": change.now})
    await change.journal_change("repeat-message", {"unit": found.unit_id, "id": sending})


async def list_messages(connection: Connection, scope: Scope, filters: dict[str, str], before: int, limit: int) -> Page:
    """Messages about matters in the scope and their states, with ids below `before`, newest first."""
    arguments: dict[str, Any] = {**filters, "before": before}
    where = [build_visible_sql(scope, arguments), "s.id < %(before)s", *(_FILTERS[name] for name in filters)]
    return await load_page(connection, SENT.format(where=" AND ".join(where)), arguments, limit)
