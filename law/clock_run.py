"""The course of one clock: from the fact that starts it, through extensions and time that does not count, to its end."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from law.calendar import SHANGHAI, Calendar, end_of, get_day
from law.clock import ClockState, Colour, Consequence, Overrun, Rung
from law.counting import Counting, Deadline, Period, count, merge_periods
from law.extensions import Granted, Refusal, build_too_late, extend_lengths, judge
from law.facts import CUSTODY_BEGINS, Fact, Scope
from law.history import History
from law.ladders import AT_ONCE, Ladder, get_usual_ladder
from law.legal_fact import LegalFact
from law.lengths import IMMEDIATE, Length, parse_length
from law.maxima import Spent, compute_spent
from law.time_limits import About, Base, Edition, Extension, NotCounted, TimeLimit, get_limits


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of a clock, from its start or an extension to the next: what limits counted back from it go by."""

    opened_by: LegalFact
    due: datetime | None
    reached: Extension | None


class ClockRun:
    """One limit running from one starting fact. `began` is the fact it counts from, None while that is still awaited."""

    def __init__(self, limit: TimeLimit, start: LegalFact, began: LegalFact | None, history: History, calendar: Calendar) -> None:
        self.limit, self.start, self.began, self.history, self.calendar = limit, start, began, history, calendar
        edition = limit.get_edition(get_day((began or start).at))
        base = _get_own_base(limit, edition, start)
        self.edition: Edition = edition.of(base)
        self.base = fit_base(limit, base, start.term)
        self.own = start.find_unit_time(limit.id) if limit.by_unit else None
        length = self.own.length if self.own else choose_length(limit, self.edition, self.base, start.term if limit.decided else "")
        self.figure = length is not None
        self.spent: Spent | None = compute_spent(limit, start, history, calendar)
        self.cut_short = self.spent is not None and self._get_last_day(length or IMMEDIATE) > self.spent.last
        self.steps: tuple[Length, ...] = (self._get_remaining_length(length or IMMEDIATE),)
        self.used: tuple[Extension, ...] = self.spent.granted if self.spent else ()
        self.grants: list[tuple[Granted, LegalFact]] = []
        self.set_aside: list[Refusal] = []
        self.excluded: tuple[Period, ...] = ()
        self.exclusions: list[tuple[NotCounted, Period]] = []
        self.open: dict[NotCounted, list[LegalFact]] = self._list_open_exclusions()
        # What began after the end leaves nothing out, and what came then starts nothing anew, as the reasons say.
        self.in_vain: list[tuple[NotCounted, LegalFact]] = []
        self.too_late: tuple[LegalFact, ...] = ()
        # The limit whose extensions this one takes over: once that has run out, nothing makes either longer.
        self.followed = ClockRun(get_limits()[limit.follows], start, began, history, calendar) if limit.follows else None
        self.ended: LegalFact | None = None
        # When it had run out, of a clock that has ended; and what was entered too late to show that it had not.
        self.ran_out: datetime | None = None
        self.late: Overrun | None = None
        self.segments: list[Segment] = []
        self.held = False
        # At the end that it would have if somebody were held it is asked whether anybody is.
        self.asked_of: datetime | None = None
        self.counting = self.base.counting
        self.deadline: Deadline | None = None
        self._reckon()
        self.opened_by = start

    def hear(self, fact: LegalFact) -> bool:
        """Take one fact into account; False once the clock has ended."""
        limit, kind = self.limit, fact.fact
        moves = self._may_be_moved_by(fact)
        if kind is Fact.PERSON_HANDED_OVER and limit.lasts and not self.history.left_for_good(fact):
            return True
        if kind in limit.met_by or kind in limit.ended_by or kind is limit.restarts_on or kind is Fact.CASE_ARCHIVED:
            self.ran_out = self.find_expiry()
            self.ended = fact
            return False
        if kind is limit.extended_by:
            self._extend(fact)
            return True
        for rule in self.edition.not_counted:
            if kind is rule.begins and not moves:
                self.in_vain.append((rule, fact))
            elif kind is rule.begins:
                self.open.setdefault(rule, []).append(fact)
            elif kind is rule.ends and rule in self.open:
                period = (self.open[rule].pop(0).at, fact.at)
                if not self.open[rule]:
                    del self.open[rule]
                self.exclusions.append((rule, period))
                self.excluded = (*self.excluded, period)
                self._reckon()
        return True

    def _may_be_moved_by(self, fact: LegalFact) -> bool:
        """Whether its end may still be put off when this happens; the limit that it follows hears of it too."""
        moves = not self.has_run_out(fact.at)
        if self.followed and not self.followed.ended:
            moves = moves and not self.followed.has_run_out(fact.at)
            self.followed.hear(fact)
        return moves

    def has_run_out(self, at: datetime) -> bool:
        """Whether it had run out by then, and stood in no time that does not count."""
        if self.open:
            return False
        # What is due at once is over with its instant, and has run out when the patience ends.
        end = self.find_expiry() if self._at_once else None
        return at.replace(microsecond=0) > end if end else self.is_over(at)

    @property
    def _at_once(self) -> bool:
        return self.deadline is not None and self.steps == (IMMEDIATE,) and not self.deadline.date_only

    def stays(self, at: datetime) -> bool:
        """Whether it had run out by then while it held somebody: from then on nothing starts it anew, puts it off or holds it up."""
        return self.has_run_out(at) and not self.ended and self.limit.holds and self._holds_somebody

    def _get_remaining_length(self, length: Length) -> Length:
        """The length without what was used up of it before; one that may be extended by months stays one of months."""
        if self.spent is None:
            return length
        if self.limit.extended_by and (self.cut_short or self.spent.granted):
            return replace(length, days=length.days + (self.spent.last - self._get_last_day(length)).days)
        return self.spent.length if self.cut_short else length

    def _get_last_day(self, length: Length) -> date:
        """The last day of that length, whatever was used before."""
        return count(self.start.at, (length,), self.base.counting, self.calendar).last

    def _list_open_exclusions(self) -> dict[NotCounted, list[LegalFact]]:
        """The times that do not count which had begun when the clock started, and had not ended."""
        open_then: dict[NotCounted, list[LegalFact]] = {}
        for rule in self.edition.not_counted:
            last = self.history.find_latest((rule.begins, rule.ends), self.start.about, self.start.at)
            if last and last.fact is rule.begins and last.order < self.start.order:
                open_then[rule] = [last]
        return open_then

    def is_over(self, at: datetime) -> bool:
        """Whether the last lawful instant had passed by then; what begins after it revives nothing."""
        return self.deadline is not None and at.replace(microsecond=0) > self.deadline.due

    def find_expiry(self) -> datetime | None:
        """The instant after which it is overdue: its end, or of what is due at once the end of the house's patience; None: none is known."""
        rungs = self.list_rungs()
        return rungs[-1].at if rungs and rungs[-1].colour is Colour.OVERDUE else None

    def judge(self, fact: LegalFact) -> Granted | Refusal:
        """Whether this extension may be granted as things stand."""
        if self.deadline and not self.open and self.is_over(fact.at):
            return build_too_late(self.edition, self.deadline.due)
        return judge(self.edition, self._list_own_steps(), self.used, fact.extension, fact.approver)

    def _list_own_steps(self) -> tuple[Length, ...]:
        """The steps without what a following limit adds to them."""
        beyond = self.limit.beyond
        return (Length(days=self.steps[0].days - beyond.days), *self.steps[1:]) if beyond else self.steps

    def _extend(self, fact: LegalFact) -> None:
        if self.began is None or fact.limit not in ("", self.limit.id, self.limit.follows) or self._followed_is_met(fact):
            return
        if fact.order < self.began.order:
            return  # granted while the start was put off: there was nothing yet to extend
        verdict = self.judge(fact)
        if self.followed and self.followed.set_aside and self.followed.has_run_out(fact.at):
            verdict = self.followed.set_aside[-1]
        if isinstance(verdict, Refusal):
            self.set_aside.append(verdict)
            return
        self.close_segment()
        self.steps = extend_lengths(self.steps, verdict, self.limit.beyond)
        self.used = (*self.used, verdict.extension)
        self.grants.append((verdict, fact))
        self.opened_by = fact
        self._reckon()

    def _followed_is_met(self, fact: LegalFact) -> bool:
        """Whether the limit whose extensions this one takes over had been met before, so that there was nothing left to extend."""
        if not self.limit.follows:
            return False
        met = self.history.find_latest(get_limits()[self.limit.follows].met_by, fact.about, fact.at)
        return met is not None and self.start.order < met.order < fact.order

    def close_segment(self) -> None:
        """Note how far this stretch came: an extension begins another, and nothing more is heard after the last."""
        due = None if self.open or self.deadline is None else self.deadline.due
        self.segments.append(Segment(self.opened_by, due, self.used[-1] if self.used else None))

    def _reckon(self) -> None:
        if self.began is None or not self.figure:
            return
        # Whether the person is in custody is asked of the last day, reckoned as if they were: the earlier of the two answers.
        start = self.get_counting_start(self.began)
        counting, first_day = self.base.counting.resolve(held=True), self.begins_with_its_day
        as_if_held = count(start, self.steps, counting, self.calendar, self.excluded, first_day)
        self.asked_of = as_if_held.due
        self.held = self._is_held(self.asked_of)
        self.counting = self.base.counting.resolve(held=self.held)
        self.deadline = (
            as_if_held
            if self.counting is self.base.counting.resolve(held=True)
            else count(start, self.steps, self.counting, self.calendar, self.excluded)
        )

    @property
    def begins_with_its_day(self) -> bool:
        """Whether the day of the fact that it counts from is itself the first day: the earlier of two readings, for somebody held."""
        return self.began is not None and self.began.fact in self.edition.first_day

    def get_counting_start(self, began: LegalFact) -> datetime:
        """The instant to count from: counted back, the end of the day that the starting fact appointed as its term."""
        appointed = self.start.term if self.base.counting.backward else ""
        return end_of(date.fromisoformat(appointed)) if appointed else began.at

    def _is_held(self, at: datetime) -> bool:
        if self.start.in_custody is not None:
            return self.start.in_custody
        if self.base.counting in (Counting.CUSTODY_DAYS, Counting.CUSTODY_MONTHS):
            return True
        if self.base.counting in (Counting.DAYS_BY_CUSTODY, Counting.MONTHS_BY_CUSTODY):
            # What runs for a whole case is counted as custody while anybody in it is held: the earlier of the two answers.
            everybody = self.start.fact.scope is Scope.MATTER
            return self.history.anybody_in_custody(at) if everybody else self.history.in_custody(self.start.about, at)
        return False

    def get_ladder(self) -> Ladder:
        """The warnings that apply now: of the last extension, of the limit, or the usual ones for the length."""
        own = next((e.ladder for e in reversed(self.used) if e.ladder), None) or self.limit.ladder
        if own or self.deadline is None or self.began is None:
            return own or AT_ONCE
        return get_usual_ladder(self.began.at, self.deadline.due)

    def list_rungs(self) -> tuple[Rung, ...]:
        """The warnings still to come as far as the facts tell; none while the clock does not run."""
        if self.began is None or (self.open and not self.ended):
            return ()
        if self.deadline is None:
            return self.limit.ladder.list_rungs_after(self.began.at) if self.limit.ladder else ()
        if self.deadline.due == self.began.at or self._at_once:
            return (self.limit.ladder or AT_ONCE).list_rungs_after(self.began.at + self._get_time_left_out())
        return self.get_ladder().list_rungs(self.began.at, self._get_alarm(self.deadline), self.deadline.due)

    def _get_time_left_out(self) -> timedelta:
        """How long it was held up after it began: what is due at once is due as long after that."""
        assert self.began is not None
        return sum((end - begin for begin, end in merge_periods(self.excluded, self.began.at)), timedelta())

    def _get_alarm(self, deadline: Deadline) -> datetime:
        """What warnings are reckoned back from: for a measure on a thing, the last day before any move off a rest day."""
        return min(deadline.alarm, end_of(deadline.last)) if self.limit.about is About.PROPERTY else deadline.alarm

    def get_state(self) -> ClockState:
        """Where the clock stands after the facts heard; "at once" is met in time until the house's patience ends."""
        if self.ended is None:
            if self.began is None:
                return ClockState.NOT_STARTED
            return ClockState.SUSPENDED if self.open else ClockState.RUNNING
        return get_end_state(self.limit, self.ended.at, self.ran_out, met=self.ended.fact in self.limit.met_by)

    def find_overrun(self) -> Overrun | None:
        """That the limit ran out unmet, or was seen to: what nobody has to keep in time is not overrun."""
        return find_overrun(self.limit, self.ended, self.ran_out, self.late)

    @property
    def _holds_somebody(self) -> bool:
        """Whether somebody was held at its end; of a limit on one person's liberty, always."""
        return self.limit.liberty and (self.held or self.limit.about is not About.CASE)

    @property
    def concerns_liberty(self) -> bool:
        """Whether anybody's liberty hangs on it: of a limit that runs for a whole case, only while somebody in it is held."""
        return self._holds_somebody or (self.limit.liberty and self._held_afterwards())

    def _held_afterwards(self) -> bool:
        """Whether somebody came to be held after the instant at which it was asked whether anybody is, and before the clock ended."""
        by_custody = self.base.counting in (Counting.DAYS_BY_CUSTODY, Counting.MONTHS_BY_CUSTODY)
        if self.asked_of is None or not by_custody or self.start.in_custody is not None:
            return False
        since = (fact for fact in self.history.facts if fact.fact in CUSTODY_BEGINS and fact.at > self.asked_of)
        return any(self.ended is None or fact.order < self.ended.order for fact in since)


def get_end_state(limit: TimeLimit, at: datetime, ran_out: datetime | None, *, met: bool) -> ClockState:
    """How a clock of this limit has ended at that instant; a right that lapsed unused has not been overrun by anybody."""
    late = ran_out is not None and at.replace(microsecond=0) > ran_out
    if met:
        return ClockState.MET_LATE if late else ClockState.MET
    return ClockState.OVERRUN if late and limit.at_expiry is not Consequence.RIGHT_LAPSES else ClockState.LAPSED


def find_overrun(limit: TimeLimit, ended: LegalFact | None, ran_out: datetime | None, late: Overrun | None) -> Overrun | None:
    """The overrun of a clock that `ended` after it `ran_out`, or in which something was entered `late`."""
    if limit.at_expiry is Consequence.RIGHT_LAPSES:
        return None
    until = ended.at.astimezone(SHANGHAI) if ended else None
    own = None
    if ended and ran_out and ended.at.replace(microsecond=0) > ran_out:
        own = Overrun(ran_out.astimezone(SHANGHAI), until)
    if late and (own is None or late.due_at <= own.due_at):
        return replace(late, until=until)
    return own


class NotOfferedError(ValueError):
    """A figure or a term that the rule does not offer."""


def _get_own_base(limit: TimeLimit, edition: Edition, start: LegalFact) -> Base:
    """The figure that the starting fact picked of this rule; as if it had picked none where that is a figure of another rule."""
    try:
        return choose_base(limit, edition, start.base, start.fact)
    except NotOfferedError:
        return choose_base(limit, edition, "", start.fact)


def choose_base(limit: TimeLimit, edition: Edition, asked: str, by: Fact) -> Base:
    """The figure a decision picked, else that of the starting fact, else the usual one; NotOfferedError when there is no such."""
    if not asked:
        return next((base for base in edition.bases if by in base.started_by), edition.bases[0])
    wanted = parse_length(asked)
    for base in edition.bases:
        if base.length == wanted:
            return base
    # A working day is a day to whoever writes the figure; the rule knows which it means.
    for base in edition.bases:
        if base.length and wanted.days and base.length.working_days == wanted.days:
            return base
    figures = "、".join(base.length.zh for base in edition.bases if base.length is not None) or "无法定数额"
    raise NotOfferedError(f"{limit.zh}没有{wanted.zh}的期限，只有：{figures}（{edition.principal}）")


def choose_length(limit: TimeLimit, edition: Edition, base: Base, term: str) -> Length | None:
    """The base's length, or the shorter term a decision fixed; NotOfferedError where no decision may fix one, or none so long.

    Where the base has no figure, the rule's other figures are the most that a decision may fix.
    """
    if not term or base.counting.backward:
        return base.length
    wanted = parse_length(term)
    if not limit.decided:
        raise NotOfferedError(f"{limit.zh}由法律规定，不能由决定另行确定（{edition.principal}）")
    if limit.any_unit:
        # A day and some hours are counted as hours, each day as the twenty-four that it is.
        return replace(wanted, days=0, minutes=wanted.minutes + 24 * 60 * wanted.days) if wanted.clock else wanted
    most = [each.length for each in ((base,) if base.length else edition.bases) if each.length]
    if most and not any(wanted.within(length) for length in most):
        raise NotOfferedError(f"决定的期限{wanted.zh}超过最长的{most[-1].zh}（{edition.principal}）")
    return wanted


def fit_base(limit: TimeLimit, base: Base, term: str) -> Base:
    """The figure, counted as its term is written where that may be in any unit: hours and days exactly, whatever rests between."""
    if not (limit.any_unit and term):
        return base
    wanted = parse_length(term)
    exact = Counting.HOURS if wanted.clock else Counting.PLAIN_DAYS
    return base if wanted.working_days else replace(base, counting=exact)


def check_term(limit: TimeLimit, edition: Edition, base: Base, term: str, at: datetime, calendar: Calendar) -> None:
    """NotOfferedError for a term that no decision may fix from that instant: none at all, or one that ends after the figure does."""
    length = choose_length(limit, edition, base, term)
    if not term or base.counting.backward or length is None:
        return
    if not length:
        raise NotOfferedError(f"{limit.zh}的期限应当大于零（{edition.principal}）")
    if not limit.any_unit or base.length is None:
        return
    if length.months or (length.working_days and length != Length(working_days=length.working_days)):
        raise NotOfferedError(f"{limit.zh}的期限写若干工作日，或者写若干日、小时（{edition.principal}）")
    if (
        count(at, (length,), fit_base(limit, base, term).counting, calendar).due
        > count(at, (base.length,), base.counting, calendar).due
    ):
        raise NotOfferedError(f"决定的期限{length.zh}届满时超过最长的{base.length.zh}（{edition.principal}）")
