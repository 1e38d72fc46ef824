"""Review rounds (评查批次): what is drawn from what, by lot; who is given which file; and what comes of that."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any, Final

from psycopg.types.json import Jsonb

from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from activities.recording.refusals import refuse_field
from law.calendar import SHANGHAI, start_of
from law.facts import Fact
from law.history import History
from law.legal_fact import LegalFact
from law.offices import Office
from models.forms.case_review import OpenCaseReview, SeatReviewers, VoidReview
from models.forms.review_round import (
    BASIS,
    AssignReviewers,
    CloseReviewRound,
    OpenSpecialRound,
    PlanReviewRound,
    PublishResults,
    ReplaceReviewer,
)
from models.forms.review_sheet import SCORERS, AssignSheet, WithdrawSheet
from models.matter import Kind
from models.messages import PendingCommand, Refusal
from models.problems import DutiesNotSeparated, LawForbids, OfficeMayNotAct
from models.reviews.checklists import Checklist, get_checklists
from models.reviews.drawing import Drawn, File, compute_population_digest, compute_seed, draw, shuffle_by_seed
from models.store.connection import Query, fetch_all, fetch_first
from models.store.reviews import (
    BUREAU_OF,
    CANDIDATES,
    FREEZE,
    HANDS,
    REVIEW_OF_FILE,
    REVIEWS_OF,
    SEATS_OF,
    SEATS_OF_REVIEW,
    SUBJECT,
    Bureau,
    Candidate,
    Hand,
    Reviewed,
)

feature = Feature(__name__, Concern.REVIEW)
_invalid = partial(refuse_field, basis=BASIS)
_ROUND = (Kind.REVIEW_ROUND,)
_PLAN, _SPECIAL = PlanReviewRound.rule.step, OpenSpecialRound.rule.step
_YEAR = timedelta(days=365)
_MOST_DRAWN = 500
_SEATS: Final = (1, 2)

# By which facts a file of each checklist was decided (评查按决定抽取).
DECIDED: Mapping[str, tuple[Fact, ...]] = {
    "criminal": (
        Fact.CASE_SENT_TO_PROCURATORATE,
        Fact.CASE_NOT_FILED,
        Fact.CASE_CANCELLED,
        Fact.INVESTIGATION_TERMINATED,
        Fact.CASE_TURNED_ADMINISTRATIVE,
    ),
    "administrative": (
        Fact.PENALTY_DECIDED,
        Fact.OTHER_LAW_PENALTY_DECIDED,
        Fact.ONSITE_PENALTY_DECIDED,
        Fact.NO_PENALTY_DECIDED,
        Fact.MEDIATION_PERFORMED,
        Fact.PUBLIC_ORDER_CASE_TERMINATED,
        Fact.PUBLIC_ORDER_CASE_TURNED_CRIMINAL,
    ),
    "incident": (
        Fact.INCIDENT_CLOSED,
        Fact.INCIDENT_NOT_OURS,
        Fact.INCIDENT_DUPLICATE,
        Fact.INCIDENT_UPGRADED,
        Fact.INCIDENT_TRANSFERRED,
    ),
}
# Files that are reviewed in any case, and how they came out (重点案件必评).
SPECIAL: Mapping[Fact, str] = {
    Fact.DEFENDANT_ACQUITTED: "法院宣告无罪或者免予刑事处罚",
    Fact.CASE_NOT_PROSECUTED: "检察院不起诉",
    Fact.PENALTY_REVOKED: "处罚决定被撤销",
    Fact.CANCELLATION_ORDERED: "检察院通知撤销案件",
}

_NO_CRIME = "no-crime"

PLAN_OF = Query[dict[str, Any]]("""
SELECT content::json -> 'form' FROM entry WHERE chain = %(number)s AND sort = 'step' ORDER BY position LIMIT 1
""")
DRAWINGS = Query[int]("SELECT coalesce(max(drawing), 0) FROM review_population WHERE round = %(number)s")
SEED_OF = Query[str]("""
SELECT content::json #>> '{draw,seed}' FROM entry
WHERE chain = %(number)s AND content::json -> 'draw' IS NOT NULL ORDER BY position DESC LIMIT 1
""")
UNTOLD = Query[int]("SELECT count(*) FROM case_review r WHERE r.round = %(number)s AND NOT r.voided AND told_at IS NULL")
UNCLOSED = Query[int]("SELECT count(*) FROM case_review r WHERE r.round = %(number)s AND NOT r.voided AND closed_at IS NULL")
BUREAU_ABOVE = Query[Bureau]("""
SELECT b.id AS unit, ARRAY[b.id] AS units FROM unit here JOIN unit b ON starts_with(here.path, b.path) AND b.kind = 'bureau'
WHERE here.id = %(unit)s ORDER BY length(b.path) DESC LIMIT 1
""")
# Of a round that nobody planned: the legal department and the supervisors.
KEEPERS = Query[str]("""
SELECT DISTINCT h.username FROM holding h JOIN person p USING (username) JOIN unit u ON u.id = h.unit_id
JOIN unit here ON here.id = %(unit)s AND starts_with(u.path, here.path)
WHERE p.active AND h.office IN ('legal-reviewer', 'supervisor') ORDER BY 1
""")


@dataclass(frozen=True, slots=True)
class _Draw:
    """A draw as it is recorded: which one of the round it is, the day, the population with its digest, and the seed."""

    number: int
    day: date
    checklist: Checklist
    files: Sequence[Drawn]
    disputed: frozenset[str]
    digest: str
    seed: str
    sealed: int
    lately: int

    @property
    def taken(self) -> list[File]:
        """The files drawn, in the order of their places."""
        return [each.file for each in self.files if each.taken]

    def build_content(self) -> dict[str, Any]:
        """What the journal keeps of it."""
        return {
            "number": self.number,
            "day": self.day.isoformat(),
            "population": len(self.files),
            "digest": self.digest,
            "seed": self.seed,
            "left_out": {"sealed": self.sealed, "lately": self.lately},
            "drawn": [each.number for each in self.taken],
        }

    def build_rows(self) -> list[dict[str, Any]]:
        """The frozen population, as rows."""
        return [
            {
                "number": each.file.number,
                "unit": each.file.unit,
                "officer": each.file.officer,
                "outcome": each.file.outcome,
                "place": each.place,
                "taken": each.taken,
                "disputed": each.file.number in self.disputed,
            }
            for each in self.files
        ]


@dataclass(frozen=True, slots=True)
class _Seats:
    """Who is given which file: reviews by their files, and two people for each."""

    of: Sequence[tuple[Reviewed, tuple[str, str]]]


async def _plan(draft: Draft) -> dict[str, Any]:
    """The form by which the round was opened, what was left at its preset included."""
    form = draft.proposal.form
    if draft.proposal.step not in (_PLAN, _SPECIAL):
        form = await fetch_first(draft.connection, PLAN_OF, {"number": draft.proposal.number}) or {}
    preset = {"method": "all", "purpose": "special"} if "subject" in form else {"method": "stratified", "purpose": "monthly"}
    return preset | {"size": 0} | form


async def _find_bureau(draft: Draft) -> Bureau | None:
    return await fetch_first(draft.connection, BUREAU_OF, {"unit": draft.proposal.unit})


# Planning


@feature.hook(Phase.CHECK, steps=(_PLAN,), type="step")
async def check_plan(draft: Draft) -> Refusal | None:
    """Refuse a station that reviews itself, units of another bureau, and reviewers who handle no cases."""
    form, bureau = draft.proposal.form, await _find_bureau(draft)
    if bureau is None:
        return OfficeMayNotAct("评查由县级以上公安机关法制部门组织", required=[str(Office.LEGAL_REVIEWER)], held=[]).to_refusal()
    if strange := sorted(set(form.get("units", ())) - set(bureau.units)):
        return _invalid("units", "within-reach", f"“{strange[0]}”不是本局的办案单位")
    reviewers = list(form.get("reviewers", ()))
    seats = await fetch_all(draft.connection, SEATS_OF, {"people": reviewers})
    able = {each.person for each in seats if each.office in SCORERS and each.unit in bureau.units}
    if unable := [each for each in reviewers if each not in able]:
        return _invalid("reviewers", "unknown-officer", f"“{unable[0]}”不是本局在任的办案、审核或者督察人员")
    return None


@feature.hook(Phase.PREPARE, kinds=_ROUND)
async def stand_alone(draft: Draft) -> None:
    """Let no round stand under a case, though a case opened it; it is the bureau's, and nobody's who handles the case."""
    draft.update(parent="", parent_kind="")
    if draft.proposal.step == _SPECIAL:
        bureau = await fetch_first(draft.connection, BUREAU_ABOVE, {"unit": draft.proposal.unit})
        draft.update(unit=bureau.unit if bureau else draft.proposal.unit, officer="")


# Drawing


@feature.hook(Phase.CHECK, kinds=_ROUND, facts=(Fact.REVIEW_DRAWN,))
async def draw_by_lot(draft: Draft) -> Refusal | None:
    """Freeze the population and draw from it; refuse where there is nothing to draw from."""
    if draft.proposal.foreseen:  # it is only asked for
        return None
    plan, number, day = await _plan(draft), draft.proposal.number, draft.now.astimezone(SHANGHAI).date()
    checklist = get_checklists()[plan["checklist"]]
    found = await _list_candidates(draft, plan, checklist)
    by_chance = plan["method"] != "all" and plan["purpose"] == "monthly"
    kept = [each for each in found if not each.sealed and not (by_chance and (each.lately or each.disputed))]
    population = [File(each.number, each.unit, each.outcome, each.officer) for each in kept]
    if not population:
        return LawForbids("这一期间没有可以抽取的案卷，请调整计划", basis=str(BASIS)).to_refusal()
    drawing = (await fetch_first(draft.connection, DRAWINGS, {"number": number}) or 0) + 1
    digest = compute_population_digest(population)
    seed = compute_seed(number, digest, day, drawing)
    files = draw(population, plan["method"], plan["size"], seed)
    made = _Draw(
        drawing,
        day,
        checklist,
        files,
        frozenset(each.number for each in kept if each.disputed),
        digest,
        seed,
        sealed=sum(each.sealed for each in found),
        lately=sum(by_chance and not each.sealed and (each.lately or each.disputed) for each in found),
    )
    if len(made.taken) > _MOST_DRAWN:
        return LawForbids(
            f"一批至多{_MOST_DRAWN}卷，本次将抽取{len(made.taken)}卷，请缩短期间或者改为随机抽取", basis=str(BASIS)
        ).to_refusal()
    draft.keep(made)
    return None


async def _list_candidates(draft: Draft, plan: Mapping[str, Any], checklist: Checklist) -> list[Candidate]:
    if subject := plan.get("subject"):
        return await fetch_all(draft.connection, SUBJECT, {"subject": subject, "outcome": plan["reason"]})
    bureau = await _find_bureau(draft)
    since, until = date.fromisoformat(plan["since"]), date.fromisoformat(plan["until"])
    arguments = {
        "facts": [str(each) for each in DECIDED[checklist.id]],
        "kind": str(checklist.kind),
        "units": list(plan.get("units") or (bureau.units if bureau else ())),
        "since": start_of(since),
        "until": start_of(until + timedelta(days=1)),
        "inspections": list(plan.get("inspections", ())),
        "overdue": bool(plan.get("overdue")),
        "files": list(plan.get("files", ())),
        "round": draft.proposal.number,
        "lately": draft.now - _YEAR,
    }
    return await fetch_all(draft.connection, CANDIDATES, arguments)


@feature.hook(Phase.COMMAND, kinds=_ROUND)
async def begin_reviews(draft: Draft) -> None:
    """Have each file that was drawn reviewed, and those of a draw before no longer."""
    made = draft.find_own(_Draw)
    if made is None:
        return
    before = await fetch_all(draft.connection, REVIEWS_OF, {"round": draft.proposal.number})
    form = {"reason": "重新抽取，原抽取保留备查"}
    draft.add_commands(
        *(
            PendingCommand(verb="take", kind=Kind.CASE_REVIEW, number=each.number, step=VoidReview.rule.step, form=form)
            for each in before
        )
    )
    said = {"checklist": made.checklist.id, "edition": made.checklist.edition.isoformat(), "drawing": made.number}
    draft.add_commands(
        *(
            PendingCommand(verb="open", kind=Kind.CASE_REVIEW, step=OpenCaseReview.rule.step, form=said | {"subject": each.number})
            for each in made.taken
        )
    )


@feature.hook(Phase.CONCLUDE, kinds=_ROUND)
async def keep_draw(draft: Draft) -> None:
    """Let the journal have seed, digest and what was drawn: it is known from here on, and before anybody is given a file."""
    if made := draft.find_own(_Draw):
        draft.kept["draw"] = made.build_content()


@feature.hook(Phase.WRITE, kinds=_ROUND)
async def freeze_population(draft: Draft) -> None:
    """Keep the population as it was drawn from."""
    if made := draft.find_own(_Draw):
        arguments = {"round": draft.proposal.number, "drawing": made.number, "rows": Jsonb(made.build_rows())}
        await draft.connection.execute(FREEZE, arguments)


@feature.hook(Phase.ADVISE, kinds=_ROUND)
async def say_what_was_drawn(draft: Draft) -> None:
    """Say how many were drawn of how many, and what was left out."""
    if made := draft.find_own(_Draw):
        left = f"；封存的{made.sealed}卷、一年内评查过或者正在复议诉讼的{made.lately}卷不列入" if made.sealed or made.lately else ""
        units = len({each.file.unit for each in made.files})
        draft.add_notes(f"{units}个单位共{len(made.files)}卷，抽取{len(made.taken)}卷{left}")


# Who looks at what


@feature.hook(Phase.CHECK, steps=(AssignReviewers.rule.step,), type="step")
async def check_assignment(draft: Draft) -> Refusal | None:
    """Give each file to two who had no hand in it: as it is said, or by lot from the seed of the draw."""
    number, plan = draft.proposal.number, await _plan(draft)
    reviews = await fetch_all(draft.connection, REVIEWS_OF, {"round": number})
    chosen = {each["file"]: (each["first"], each["second"]) for each in draft.proposal.form.get("assignments", ())}
    if strange := sorted(set(chosen) - {each.subject for each in reviews}):
        return _invalid("assignments", "not-drawn", f"“{strange[0]}”不在抽取的案卷中")
    pool = list(plan.get("reviewers") or await fetch_all(draft.connection, KEEPERS, {"unit": draft.proposal.unit}))
    people = sorted({*pool, *(name for pair in chosen.values() for name in pair)})
    barred = await _Barred.read(draft, [each.subject for each in reviews], people)
    seed = await fetch_first(draft.connection, SEED_OF, {"number": number}) or ""
    given: Counter[str] = Counter(name for pair in chosen.values() for name in pair)
    found = list[tuple[Reviewed, tuple[str, str]]]()
    for each in reviews:
        if pair := chosen.get(each.subject):
            if refusal := barred.refuse(each, pair):
                return refusal
        else:
            order = shuffle_by_seed(seed, (f"{each.subject} {name}" for name in pool if not barred.from_(each, name)))
            able = sorted((entry.partition(" ")[2] for entry in order), key=lambda name: given[name])[:2]
            if len(able) < len(_SEATS):
                detail = f"{each.subject}没有二名可以评查的人员：其余人员办理、审批过该案或者属于办案单位，请在分派中另行指定"
                return _invalid("assignments", "nobody", detail)
            pair = (able[0], able[1])
            given.update(pair)
        found.append((each, pair))
    draft.keep(_Seats(found))
    return None


@dataclass(frozen=True, slots=True)
class _Barred:
    """Who may not look at which file: whoever had a hand in it, or belongs to its unit."""

    hands: Mapping[tuple[str, str], Hand]
    units: Mapping[str, frozenset[str]]
    able: frozenset[str]

    @classmethod
    async def read(cls, draft: Draft, subjects: Sequence[str], people: Sequence[str]) -> "_Barred":
        """Of these people and these files."""
        hands = await fetch_all(draft.connection, HANDS, {"subjects": list(subjects), "people": list(people)})
        seats = await fetch_all(draft.connection, SEATS_OF, {"people": list(people)})
        units: dict[str, set[str]] = defaultdict(set)
        for each in seats:
            units[each.person].add(each.unit)
        able = frozenset(each.person for each in seats if each.office in SCORERS)
        return cls({(each.subject, each.person): each for each in hands}, {name: frozenset(of) for name, of in units.items()}, able)

    def from_(self, review: Reviewed, person: str) -> bool:
        """Whether that person may not look at that file."""
        return person not in self.able or (review.subject, person) in self.hands or review.unit in self.units.get(person, ())

    def refuse(self, review: Reviewed, pair: Sequence[str]) -> Refusal | None:
        """Why these two may not look at that file, naming the entry in which one had a hand."""
        if len(set(pair)) < len(pair):
            return _invalid("assignments", "same-person", f"{review.subject}的二席须由二人分别评查")
        for person in pair:
            if person not in self.able:
                return _invalid("assignments", "unknown-officer", f"“{person}”不是在任的办案、审核或者督察人员")
            if hand := self.hands.get((review.subject, person)):
                detail = f"{person}参与过{hand.matter}第{hand.seq}步，不得评查{review.subject}"
                return DutiesNotSeparated(detail, conflicting_entry=hand.seq, basis=str(BASIS)).to_refusal()
            if review.unit in self.units.get(person, ()):
                return DutiesNotSeparated(f"{person}属于{review.subject}的办案单位，不得评查", basis=str(BASIS)).to_refusal()
        return None


@feature.hook(Phase.COMMAND, steps=(AssignReviewers.rule.step,), type="step")
async def give_seats(draft: Draft) -> None:
    """Give each seat a sheet of its own, and let the file's review know that it is scored: not by whom."""
    seats = draft.find_own(_Seats)
    for review, pair in seats.of if seats else ():
        draft.add_commands(*_build_review_commands(review, dict(zip(_SEATS, pair, strict=True))))


def _build_review_commands(review: Reviewed, people: Mapping[int, str]) -> Iterator[PendingCommand]:
    form = {"seats": list(people)}
    step = SeatReviewers.rule.step
    yield PendingCommand(verb="take", kind=Kind.CASE_REVIEW, number=review.number, step=step, form=form)
    for seat, person in people.items():
        sheet = {"review": review.number, "seat": seat, "reviewer": person}
        said = sheet | {"checklist": review.checklist, "edition": review.edition}
        yield PendingCommand(verb="open", kind=Kind.REVIEW_SHEET, step=AssignSheet.rule.step, form=said)


@feature.hook(Phase.CHECK, steps=(ReplaceReviewer.rule.step,), type="step")
async def check_replacement(draft: Draft) -> Refusal | None:
    """Refuse a seat that is scored already, and whoever may not look at the file, or has the other seat."""
    form = draft.proposal.form
    about = {"round": draft.proposal.number, "subject": form["file"]}
    review = await fetch_first(draft.connection, REVIEW_OF_FILE, about)
    if review is None:
        return _invalid("file", "not-drawn", f"“{form['file']}”不在抽取的案卷中")
    seats = {each.seat: each for each in await fetch_all(draft.connection, SEATS_OF_REVIEW, {"review": review.number})}
    mine, other = seats.get(form["seat"]), seats.get(3 - form["seat"])
    if mine and mine.scored_at:
        return LawForbids("该席已经打分，不能改派", basis=str(BASIS)).to_refusal()
    if other and other.reviewer == form["reviewer"]:
        return _invalid("reviewer", "same-person", "二席须由二人分别评查")
    barred = await _Barred.read(draft, [review.subject], [form["reviewer"]])
    if refusal := barred.refuse(review, (form["reviewer"],)):
        return refusal
    draft.keep(review)
    return None


@feature.hook(Phase.COMMAND, steps=(ReplaceReviewer.rule.step,), type="step")
async def give_seat_anew(draft: Draft) -> None:
    """Take the sheet from whoever has it, and give the seat to the other."""
    review, form = draft.find_own(Reviewed), draft.proposal.form
    if review is None:
        return
    for each in await fetch_all(draft.connection, SEATS_OF_REVIEW, {"review": review.number}):
        if each.seat == form["seat"]:
            said = {"reason": form["reason"]}
            step = WithdrawSheet.rule.step
            draft.add_commands(PendingCommand(verb="take", kind=Kind.REVIEW_SHEET, number=each.number, step=step, form=said))
    draft.add_commands(*_build_review_commands(review, {form["seat"]: form["reviewer"]}))


# Its end


@feature.hook(Phase.CHECK, steps=(PublishResults.rule.step, CloseReviewRound.rule.step), type="step")
async def check_complete(draft: Draft) -> Refusal | None:
    """Refuse to publish before each unit was told, and to close before each review is."""
    publishes = draft.proposal.step == PublishResults.rule.step
    if left := await fetch_first(draft.connection, UNTOLD if publishes else UNCLOSED, {"number": draft.proposal.number}):
        done = "反馈办案单位" if publishes else "办结"
        return LawForbids(f"还有{left}卷尚未{done}", basis=str(BASIS)).to_refusal()
    return None


# What is reviewed in any case


@feature.hook(Phase.COMMAND, kinds=(Kind.CRIMINAL_CASE, Kind.PUBLIC_ORDER_CASE), facts=SPECIAL)
async def review_the_special(draft: Draft) -> None:
    """Have a file reviewed that came out so, without anybody asking."""
    came = next((each for each in draft.list_brought(*SPECIAL)), None)
    if came is None or draft.proposal.brought:
        return
    checklist = "criminal" if draft.proposal.kind == Kind.CRIMINAL_CASE else "administrative"
    form = {"subject": draft.proposal.number, "checklist": checklist, "reason": SPECIAL[came.fact]}
    draft.add_commands(PendingCommand(verb="open", kind=Kind.REVIEW_ROUND, step=_SPECIAL, form=form))


@feature.hook(Phase.COMMAND, kinds=(Kind.SUSPECT,), facts=(Fact.ARREST_REFUSED, Fact.PERSON_DIED))
async def review_the_case_of_a_suspect(draft: Draft) -> None:
    """Have the case reviewed whose suspect was not arrested because there was no crime, or died in custody."""
    came = (_describe_end(draft, each) for each in draft.list_brought(Fact.ARREST_REFUSED, Fact.PERSON_DIED))
    reason = next(filter(None, came), "")
    if not reason or not draft.proposal.parent or draft.proposal.brought:
        return
    form = {"subject": draft.proposal.parent, "checklist": "criminal", "reason": reason}
    draft.add_commands(PendingCommand(verb="open", kind=Kind.REVIEW_ROUND, step=_SPECIAL, form=form))


def _describe_end(draft: Draft, came: LegalFact) -> str:
    if came.fact is Fact.ARREST_REFUSED:
        return "检察院以不构成犯罪为由不批准逮捕" if came.reason == _NO_CRIME else ""
    return "犯罪嫌疑人在羁押期间死亡" if History(draft.known.facts).in_custody_before(came) else ""
