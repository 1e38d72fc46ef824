"""The oracle of criminal procedure: detention, arrest, bail, surveillance, and the case with procuratorate and court."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from tests.law.hostile.oracle import (
    CHINA,
    DAY,
    HOUR,
    NEVER,
    Course,
    Event,
    Law,
    amount,
    end_questioning,
    months_on,
    question,
    question_longer,
    what_is_left,
)

# Detention and arrest


def _detain(course: Course, event: Event) -> None:
    """Three days to ask for arrest (CPL 91); the seven of the review follow what was used of them."""
    course.end("questioning", event.at)
    course.end("measure", event.at)
    if course.custody:
        return
    course.submit, course.requested, course.rungs, course.used_to = event.at + 3 * DAY, False, 0, 3
    course.discovered, course.asked = None, []
    course.begin("custody", "detention", event, course.submit, "CPL 91")


def _detain_longer(course: Course, event: Event) -> None:
    """One to four days more, or thirty in all, decided before the end (CPL 91, MPSC 129)."""
    if not (course.custody and course.custody.measure == "detention" and course.submit and not course.requested):
        return
    mark, days, unit = amount(event.said.get("extension", ""))
    total = days if mark == "to" else course.used_to + days
    lawful = unit == "day" and ((total <= 7 and course.rungs == 0) or (total <= 30 and mark == "to"))
    if lawful and course.in_time(event) and total > course.used_to:
        added = (total - course.used_to) * DAY
        course.rungs, course.used_to = 1, total
        course.submit += added
        if course.custody.until:
            course.custody.until += added


def _ask_for_arrest(course: Course, event: Event) -> None:
    """The procuratorate has seven days more (CPL 91); asked for late, what was overrun until then stays overrun."""
    course.unanswered += 1
    if course.custody and course.custody.measure == "detention" and course.submit and not course.requested:
        course.requested = True
        if not course.in_time(event):
            course.begin("custody", "detention", event, course.submit, "CPL 91")
        if course.custody.until:
            course.custody.until += 7 * DAY


def _receive_request(course: Course, event: Event) -> None:
    """From its receipt on (CPL 91)."""
    if course.custody and course.custody.measure == "detention" and course.requested and course.custody.until:
        course.custody.until = min(course.custody.until, event.at + 7 * DAY + (NEVER if course.paused else timedelta()))


def _looked_at_again(course: Course, event: Event) -> None:
    """A refusal is looked at again as somebody asks, or the procuratorate itself decides (CPL 92, SPP 289)."""
    course.unanswered += 1


def _answer(course: Course, event: Event) -> None:
    """Each decision on an arrest answers one request (CPL 90), and what was answered once is answered."""
    if not course.unanswered:
        course.breach("a decision on an arrest answers a request", event, "answers nothing")
    course.unanswered = max(course.unanswered - 1, 0)


def _refuse_arrest(course: Course, event: Event) -> None:
    _answer(course, event)
    _release_at_once("CPL 91")(course, event)


def _approve_arrest(course: Course, event: Event) -> None:
    """It is executed at once (MPSC 142), in what the detention may last at most; decided late, what was overrun until then stays so."""
    _answer(course, event)
    course.approved += 1
    held = course.custody and course.custody.article == "CPL 91" and course.custody.until
    if held and course.custody and course.requested and course.submit:
        if not course.in_time(event):
            course.begin("custody", "detention", event, course.submit + 7 * DAY, "CPL 91")
        course.custody.until = course.submit + 7 * DAY + (NEVER if course.paused else timedelta())


def _release_at_once(article: str) -> Callable[[Course, Event], None]:
    """Whoever is held then is released at once."""

    def rule(course: Course, event: Event) -> None:
        if course.custody:
            course.owed = course.owed or event
            course.spend(course.custody, event.at)
        if course.custody and not course.in_time(event):
            course.begin("custody", course.custody.measure, event, event.at, article)
        if course.custody and (course.custody.until is None or course.custody.until >= event.at):
            course.custody.until, course.custody.article, course.custody.grace = event.at, article, 2 * HOUR
            course.custody.known = event.entered
            course.requested, course.paused = False, None
        course.submit = None

    return rule


def _arrest(course: Course, event: Event) -> None:
    """Two months and what they were extended by, less what an earlier arrest in the case has used (CPL 156), once for each approval."""
    if not course.approved:
        course.breach("an arrest has an approval of its own", event, "has none")
    course.approved = max(course.approved - 1, 0)
    course.end("questioning", event.at)
    course.end("measure", event.at)
    if course.custody and course.custody.measure == "arrest":
        return
    course.asked, course.discovered, course.unknown = [], None, course.nameless
    if course.with_organ:
        # Its own limits hold then, and leave what the police had of theirs.
        until, article = (None, "") if course.tried else (months_on(event.at, 2), "CPL 172")
        course.begin("custody", "arrest", event, until, article)
        return
    if course.first is None:
        course.first, course.months = event.at, 2
    course.base = event.at - course.spent
    until = what_is_left(course.first, event.at, course.spent, course.months)
    course.begin("custody", "arrest", event, None if course.unknown else until, "CPL 156")


def _ask_longer(course: Course, event: Event) -> None:
    course.asked.append(event.at)


# What each rung adds, and who approves it (CPL 156, 158, 159).
_LADDER = ((1, "higher-procuratorate"), (2, "provincial-procuratorate"), (2, "provincial-procuratorate"))


def _custody_longer(course: Course, event: Event) -> None:
    """In order, by the procuratorate of that level, asked for seven days ahead and decided before the end (CPL 156–159, MPSC 148)."""
    now = course.custody
    if not (now and now.measure == "arrest" and now.until and course.base and course.in_time(event)) or course.granted >= len(
        _LADDER
    ):
        return
    added, by = _LADDER[course.granted]
    _, months, unit = amount(event.said.get("extension", ""))
    ahead = any(asked.astimezone(CHINA).date() <= (now.until - 7 * DAY).astimezone(CHINA).date() for asked in course.asked)
    if (months, unit) == (added, "month") and event.said.get("approver") == by and ahead:
        spent = now.until - months_on(course.base, course.months)
        course.granted, course.months, course.asked = course.granted + 1, course.months + added, []
        now.until = months_on(course.base, course.months) + spent


def _discover(course: Course, event: Event) -> None:
    course.discovered = event.at


def _count_anew(course: Course, event: Event) -> None:
    """Another grave crime, discovered and decided on before the end, counts two months from its discovery (CPL 160, MPSC 151)."""
    now = course.custody
    if now and now.article == "CPL 156" and course.discovered and course.base and course.in_time(event):
        if course.base < course.discovered and (now.until is None or course.discovered <= now.until):
            course.base, course.months, course.granted, course.asked = course.discovered, 2, 0, []
            course.first = course.base
            if now.until:
                now.until = months_on(course.base, 2) + (NEVER if course.paused else timedelta())
                course.paused = course.paused and max(course.paused, course.base)
        course.discovered = None


def _unknown(course: Course, event: Event) -> None:
    """Without name and address from the arrest on, custody counts from when they are known (CPL 160, MPSC 152); detention counts on."""
    now, course.nameless = course.custody, True
    if now and now.measure == "arrest" and now.until and course.in_time(event) and event.at <= now.since + DAY:
        now.until, course.unknown = None, True


def _identified(course: Course, event: Event) -> None:
    course.nameless = False
    if course.custody and course.unknown:
        course.unknown, course.base, course.months, course.granted = False, event.at, 2, 0
        course.first = event.at
        course.custody.until = months_on(event.at, 2)
        if course.evaluating:
            course.paused, course.custody.until = event.at, course.custody.until + NEVER


def _evaluate(course: Course, event: Event) -> None:
    """Its time does not count (CPL 149, MPSC 257), if it begins before the end."""
    course.evaluating = True
    now = course.custody
    if now and now.until and not course.paused and course.in_time(event):
        course.paused, now.until = event.at, now.until + NEVER


def _evaluated(course: Course, event: Event) -> None:
    """The count goes on: whole days were left out, the first counted and the last not (DET 4)."""
    now, course.evaluating = course.custody, False
    if course.unknown:
        course.paused = None
    if now and now.until and course.paused:
        left_out = event.at.astimezone(CHINA).date() - course.paused.astimezone(CHINA).date()
        now.until = now.until - NEVER + left_out
        if course.submit:
            course.submit += left_out
        course.paused = None


def _free(course: Course, event: Event) -> None:
    course.owed = None
    for track in ("custody", "questioning", "measure"):
        course.end(track, event.at)


def _hand_over(course: Course, event: Event) -> None:
    """Other police have the person (MPSC 23): what they are held by goes with them, and goes on there."""
    course.with_others = course.custody, course.measure
    _free(course, event)


def _take_back(track: str) -> Callable[[Course, Event], None]:
    """Back under what they were under, which has gone on all the time (MPSC 23)."""

    def rule(course: Course, event: Event) -> None:
        left = course.with_others[0 if track == "custody" else 1]
        if left:
            course.begin(track, left.measure, event, left.until, left.article)
            if left.ended and track == "measure":
                course.used[left.measure] += event.at - left.ended
        course.with_others = None, None

    return rule


# Bail and surveillance: so many months in all, whatever came between (CPL 79, MPSC 107, 122)


def _measure(name: str, months: int, article: str) -> Callable[[Course, Event], None]:
    def rule(course: Course, event: Event) -> None:
        _free(course, event)
        first = course.began.setdefault(name, event.at)
        until = what_is_left(first, event.at, course.used.get(name, timedelta()), months)
        _, term, unit = amount("+" + event.said["term"]) if event.said.get("term") else ("", 0, "")
        if term and unit == "month":
            until = min(until, months_on(event.at, term))
        course.begin("measure", name, event, until, article)

    return rule


def _lift(name: str) -> Callable[[Course, Event], None]:
    def rule(course: Course, event: Event) -> None:
        if course.measure and course.measure.measure.startswith(name):
            course.end("measure", event.at)

    return rule


# The case


def _send(course: Course, event: Event) -> None:
    """The procuratorate has it from now on; it counts from its receipt, which is the same day's (CPL 172, SPP 158)."""
    course.sent, course.with_organ, course.tried = 1, True, False
    if course.custody:
        course.go_on(event, months_on(event.at, 1), "CPL 172")


def _flee(course: Course, event: Event) -> None:
    end_questioning(course, event)
    course.flee(event.at)


def _transfer(course: Course, event: Event) -> None:
    """Another procuratorate counts from its own receipt (CPL 172, SPP 351)."""
    course.transferred = True


def _receive(course: Course, event: Event) -> None:
    """One month for each sending, or ten or fifteen days (CPL 172); a second receipt of the same sending is none (CPL 175)."""
    moved = course.transferred and (course.custody is None or course.in_time(event))
    if not course.sent and not moved:
        return
    course.sent, course.transferred, course.review_extended = 0, False, False
    _, days, unit = amount("+" + event.said["base"]) if event.said.get("base") else ("", 1, "month")
    until = (
        event.at.astimezone(CHINA).replace(hour=23, minute=59, second=59) + days * DAY if unit == "day" else months_on(event.at, 1)
    )
    if course.custody and course.custody.article != "CPL 163":
        course.go_on(event, until, "CPL 172")


def _review_longer(course: Course, event: Event) -> None:
    """Fifteen days more, once (CPL 172)."""
    if course.custody and course.custody.until and course.in_time(event) and not course.review_extended:
        course.review_extended = True
        course.custody.until += 15 * DAY


def _return(course: Course, event: Event) -> None:
    """A month for more investigation, twice at most (CPL 175)."""
    course.returns, course.with_organ, course.tried = course.returns + 1, False, False
    if course.custody and course.returns <= 2:
        course.go_on(event, months_on(event.at, 1), "CPL 175")


def _tried(course: Course, event: Event) -> None:
    """Before the court other articles count, which this oracle does not know."""
    course.over, course.with_organ, course.tried = None, True, True
    if course.custody:
        course.go_on(event, None, "")


def _leave(course: Course, event: Event) -> None:
    """Other police have the case: whoever is held goes with it, and we take no more measures (MPSC 184)."""
    course.over = course.over or event


def _reopen(course: Course, event: Event) -> None:
    course.over, course.with_organ, course.tried = None, False, False


_ON_CONDITIONS = "附条件不起诉"


def _over(article: str) -> Callable[[Course, Event], None]:
    def rule(course: Course, event: Event) -> None:
        course.over = course.over or event
        _release_at_once(article)(course, event)
        if event.said.get("reason") == _ON_CONDITIONS:
            return  # a minor's bail may last through the probation (CPL 282, 283)
        if course.measure:
            # What lasts though it is to be lifted is none that the organ decides on any more.
            course.begin("measure", f"{course.measure.measure} to be lifted", event, event.at, article)
            course.measure.grace, course.measure.known = 2 * HOUR, event.entered

    return rule


_RULES: Mapping[str, Callable[[Course, Event], None]] = {
    "person.summoned": question(12, "CPL 119"),
    "person.summons-extended": question_longer(24, "CPL 119"),
    "person.summons-ended": end_questioning,
    "person.compelled": question(12, "CPL 119"),
    "person.compelled-extended": question_longer(24, "CPL 119"),
    "person.compelled-ended": end_questioning,
    "detention.executed": _detain,
    "detention.extended": _detain_longer,
    "arrest.requested": _ask_for_arrest,
    "arrest.request-received": _receive_request,
    "arrest.approved": _approve_arrest,
    "arrest.refused": _refuse_arrest,
    "arrest.reconsideration-requested": _looked_at_again,
    "arrest.review-requested": _looked_at_again,
    "arrest.decided-unasked": _looked_at_again,
    "detention.prior-executed": _looked_at_again,
    "arrest.approval-revoked": _release_at_once("SPP 289"),
    "arrest.executed": _arrest,
    "custody.extension-requested": _ask_longer,
    "custody.extended": _custody_longer,
    "custody.new-crime-discovered": _discover,
    "custody.restarted": _count_anew,
    "custody.identity-suspended": _unknown,
    "custody.identity-established": _identified,
    "custody.evaluation-started": _evaluate,
    "custody.evaluation-ended": _evaluated,
    "person.released": _free,
    "person.died": _free,
    "person.escaped": _free,
    "person.handed-over": _hand_over,
    "person.taken-back-held": _take_back("custody"),
    "person.taken-back-restrained": _take_back("measure"),
    "person.absconded": _flee,
    "person.returned": lambda course, event: course.come_back(event.at),
    "sentence.executed": _free,
    "bail.decided": _measure("bail", 12, "CPL 79"),
    "bail.lifted": _lift("bail"),
    # The organ that has the case now decides for itself, with a term of its own (SPP 103, SPC 162).
    "bail.procuratorate-decided": _measure("bail by the procuratorate", 12, "CPL 79"),
    "bail.court-decided": _measure("bail by the court", 12, "CPL 79"),
    "surveillance.decided": _measure("surveillance", 6, "CPL 79"),
    "surveillance.lifted": _lift("surveillance"),
    "surveillance.procuratorate-decided": _measure("surveillance by the procuratorate", 6, "CPL 79"),
    "surveillance.court-decided": _measure("surveillance by the court", 6, "CPL 79"),
    "case.sent-to-procuratorate": _send,
    "case.sent-again": _send,
    "prosecution.case-received": _receive,
    "prosecution.transferred": _transfer,
    "prosecution.review-extended": _review_longer,
    "case.returned": _return,
    "case.prosecuted": _tried,
    "case.cancelled": _over("CPL 163"),
    "case.not-prosecuted": _over("CPL 178"),
    "case.turned-administrative": _over("CPL 163"),
    "criminal.transferred": _leave,
    "criminal.retaken": _reopen,
    "criminal.retaken-for-review": _reopen,
    "case.reopened": _reopen,
}
# By these somebody comes under a measure of ours; and by these they are held, or held longer.
MEASURES = frozenset({"person.compelled", "detention.executed", "arrest.executed", "bail.decided", "surveillance.decided"})
CUSTODY = frozenset({"detention.executed", "detention.extended", "arrest.executed", "custody.extended", "custody.restarted"})
CRIMINAL = Law(_RULES, MEASURES, CUSTODY)
