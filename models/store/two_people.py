"""What two people set (双人设定): one who administers a unit proposes, another who supervises it or reviews the law there confirms.

Who may confirm has it among their tasks until it is confirmed. Nobody confirms their own, nor what was proposed anew meanwhile. What is
confirmed holds for the unit and all below that have set nothing nearer, until it is set anew or taken back: `Register`.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any, NamedTuple, Protocol, TypeVar

from law.offices import CALLED, Office
from models.access.scope import Person
from models.problems import DutiesNotSeparated, NotFound, OfficeMayNotAct, Superseded
from models.store.administrative_change import Change, build_form_invalid
from models.store.connection import Connection, Query, execute, fetch_all, fetch_first

CONFIRMS = (Office.SUPERVISOR, Office.LEGAL_REVIEWER)
# Proposed anew it is to be looked at anew. Where other tasks have a step, these say what sort of setting it is.
_ASK = """
INSERT INTO task (matter, key, sort, words, unit_id, office, step, mandatory, opened_at)
SELECT '', %(key)s::text || '/' || office, 'setting', %(words)s, %(unit)s, office, %(sort)s, false, %(now)s
FROM unnest(%(offices)s::text[]) AS office
ON CONFLICT (key) DO UPDATE SET done_at = NULL, words = excluded.words, opened_at = excluded.opened_at
"""
_ANSWERED = "UPDATE task SET done_at = %(now)s WHERE key = ANY(%(keys)s) AND done_at IS NULL"


class Setting(NamedTuple):
    """What is set: what it is called, of which unit, the name by which it is one (`patience/accept-dispatch`), and who may confirm it."""

    zh: str
    unit: str
    name: str
    confirms: tuple[Office, ...] = CONFIRMS

    @property
    def key(self) -> str:
        """The key of the tasks of those who may confirm it."""
        return f"setting/{self.unit}/{self.name}"


class Proposed(Protocol):
    """What one person proposed, and when."""

    @property
    def proposed_by(self) -> str: ...
    @property
    def at(self) -> datetime: ...


P = TypeVar("P", bound=Proposed)


async def ask(change: Change, setting: Setting, value: str) -> None:
    """Let those who may confirm it know of what was proposed; `value` says it in words."""
    words = f"{change.author.zh}提请设定{change.tree[setting.unit].zh}的{setting.zh}：{value}"
    sort, _, _ = setting.name.partition("/")
    said = {"key": setting.key, "words": words, "unit": setting.unit, "sort": sort}
    await change.connection.execute(_ASK, said | {"offices": list(setting.confirms), "now": change.now})


def may_confirm(person: Person, unit: str, proposed_by: str, confirms: Collection[Office] = CONFIRMS) -> bool:
    """Whether that person may confirm what another proposed for the unit."""
    return proposed_by != person.username and _find_confirming_office(person, unit, confirms) is not None


def get_confirming_office(person: Person, setting: Setting) -> Office:
    """The office by which that person may confirm it; OfficeMayNotAct where none of theirs does."""
    if office := _find_confirming_office(person, setting.unit, setting.confirms):
        return office
    called = "或者".join(CALLED.get(each, each.label) for each in setting.confirms)
    raise OfficeMayNotAct(f"{setting.zh}由{called}确认", required=list(setting.confirms))


def _find_confirming_office(person: Person, unit: str, confirms: Collection[Office]) -> Office | None:
    return next((office for office in confirms if any(each.office == office and unit in each.own for each in person.offices)), None)


def check_proposed(change: Change, setting: Setting, proposed: P | None, proposed_at: datetime) -> P:
    """What was proposed then; NotFound where nothing is, DutiesNotSeparated for one's own, Superseded where it was proposed anew since."""
    if proposed is None:
        raise NotFound(f"没有待确认的这一{setting.zh}")
    if proposed.proposed_by == change.author.username:
        raise DutiesNotSeparated(f"{setting.zh}由一人提请、另一人确认，提请的人不能自己确认")
    if proposed.at != proposed_at:
        raise Superseded(f"这一{setting.zh}已经重新提请，请看过后再确认")
    return proposed


async def answer(change: Change, setting: Setting) -> None:
    """It is confirmed: nobody has to look at it any more."""
    keys = [f"{setting.key}/{office}" for office in setting.confirms]
    await change.connection.execute(_ANSWERED, {"keys": keys, "now": change.now})


class Edition(NamedTuple):
    """What a unit has set (`at` when, confirmed by whom), or what is proposed (`id` 0, `confirmed_by_zh` empty).

    `subject` says for what it is set, a step or a limit. Where it is `taken_back`, `figures` are those that hold no longer.
    """

    id: int
    unit_id: str
    subject: str
    figures: dict[str, Any]
    taken_back: bool
    proposed_by: str
    proposed_by_zh: str
    confirmed_by_zh: str
    at: datetime


class Register:
    """Where the settings of one sort are kept: editions in `table`, each beside those before it, and what is proposed beside it.

    `slug` and `zh` are what tasks, the journal and people call the sort; `subject` is the column of what is set, and `journaled` the
    journal's name for it; `figures` are the columns of what it is set to, which `words` says.
    """

    def __init__(
        self,
        slug: str,
        zh: str,
        *,
        table: str,
        subject: str,
        journaled: str,
        figures: tuple[str, ...],
        words: Callable[[Mapping[str, Any]], str],
    ) -> None:
        self.slug, self.zh, self._journaled, self._words = slug, zh, journaled, words
        pairs = ", ".join(f"'{each}', e.{each}" for each in figures)
        told = f"e.unit_id, e.{subject} AS subject, jsonb_build_object({pairs}) AS figures, e.taken_back, e.proposed_by, p.zh AS proposed_by_zh"
        proposed = f"0::bigint AS id, {told}, '' AS confirmed_by_zh, e.proposed_at AS at"
        columns, values = ", ".join(figures), ", ".join(f"%({each})s" for each in figures)
        anew = ", ".join(f"{each} = excluded.{each}" for each in (*figures, "taken_back", "proposed_by", "proposed_at"))
        self.in_force = Query[Edition](f"""
SELECT id, unit_id, subject, figures, taken_back, proposed_by, proposed_by_zh, confirmed_by_zh, at FROM (
    SELECT DISTINCT ON (e.unit_id, e.{subject}) e.id, {told}, c.zh AS confirmed_by_zh, e.since AS at
    FROM {table} e JOIN person p ON p.username = e.proposed_by JOIN person c ON c.username = e.confirmed_by
    WHERE e.unit_id = ANY(%(units)s) ORDER BY e.unit_id, e.{subject}, e.id DESC
) latest WHERE NOT taken_back ORDER BY unit_id, subject
""")
        self.proposed = Query[Edition](f"""
SELECT {proposed} FROM {table}_proposal e JOIN person p ON p.username = e.proposed_by
WHERE e.unit_id = ANY(%(units)s) ORDER BY e.unit_id, e.{subject}
""")
        self.taken = Query[Edition](f"""
DELETE FROM {table}_proposal e USING person p
WHERE p.username = e.proposed_by AND (e.unit_id, e.{subject}) = (%(unit)s, %(subject)s) RETURNING {proposed}
""")
        self.added = Query[int](f"""
INSERT INTO {table} (unit_id, {subject}, {columns}, taken_back, proposed_by, confirmed_by, since)
VALUES (%(unit)s, %(subject)s, {values}, %(taken_back)s, %(proposed_by)s, %(by)s, %(now)s) RETURNING id
""")
        self._propose = f"""
INSERT INTO {table}_proposal (unit_id, {subject}, {columns}, taken_back, proposed_by, proposed_at)
VALUES (%(unit)s, %(subject)s, {values}, %(taken_back)s, %(by)s, %(now)s) ON CONFLICT (unit_id, {subject}) DO UPDATE SET {anew}
"""

    async def list_editions(self, connection: Connection, units: frozenset[str]) -> tuple[list[Edition], list[Edition]]:
        """What is in force in these units, and what is proposed."""
        asked = {"units": sorted(units)}
        return await fetch_all(connection, self.in_force, asked), await fetch_all(connection, self.proposed, asked)

    async def propose(self, change: Change, unit: str, subject: str, zh: str, figures: Mapping[str, Any] | None) -> None:
        """Propose it for a unit that the author administers, in place of what was proposed before; None: to take back what is set there.

        FormInvalid where there is nothing to take back.
        """
        change.get_unit(unit, "unit")
        taken_back = figures is None
        if figures is None:
            held = await fetch_all(change.connection, self.in_force, {"units": [unit]})
            figures = next((each.figures for each in held if each.subject == subject), None)
            if figures is None:
                raise build_form_invalid("taken_back", "nothing-set", f"{change.tree[unit].zh}没有另行设定这一{self.zh}")
        said = {"unit": unit, **figures}
        whole = said | {"subject": subject, "taken_back": taken_back, "by": change.author.username, "now": change.now}
        await execute(change.connection, self._propose, whole)
        words = self._words(figures)
        await ask(change, self._build_setting(unit, subject, zh), f"不再另行设定（原为{words}）" if taken_back else words)
        await change.journal_change(f"propose-{self.slug}", said | self._build_subject_content(subject, taken_back=taken_back))

    async def confirm(self, change: Change, unit: str, subject: str, zh: str, proposed_at: datetime) -> None:
        """Set, or take back, what another person proposed then; refused as `confirming` and `checked` say."""
        setting = self._build_setting(unit, subject, zh)
        office = get_confirming_office(change.author, setting)
        at = {"unit": unit, "subject": subject}
        told = check_proposed(change, setting, await fetch_first(change.connection, self.taken, at), proposed_at)
        said = {"unit": unit, **told.figures, "proposed_by": told.proposed_by}
        whole = said | at | {"taken_back": told.taken_back, "by": change.author.username, "now": change.now}
        edition = await fetch_first(change.connection, self.added, whole)
        await answer(change, setting)
        await change.journal_change(
            f"confirm-{self.slug}",
            said | self._build_subject_content(subject, taken_back=told.taken_back) | {"edition": edition},
            office,
        )

    def _build_setting(self, unit: str, subject: str, zh: str) -> Setting:
        return Setting(f"{self.zh}（{zh}）", unit, f"{self.slug}/{subject}")

    def _build_subject_content(self, subject: str, *, taken_back: bool) -> dict[str, Any]:
        return {self._journaled: subject} | ({"taken_back": True} if taken_back else {})
