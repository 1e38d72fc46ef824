"""People missing (失联人员): how urgent a search is and what it asks at once, what may be done to find somebody, and what its end waits for."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import NamedTuple

from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from activities.recording.refusals import refuse_field, refuse_office
from activities.steps_taken import StepsTaken, read_steps_taken
from law.calendar import SHANGHAI
from law.facts import Fact
from law.offices import Office
from law.statutes.missing_person_rules import SEARCH
from models.forms.form import describe_code
from models.forms.joint_task import OpenJointTask
from models.forms.missing_found import UNRESOLVED, UNWILLING, ConfirmClosure, FindPerson, RecordMissingDeath, TellReporter
from models.forms.missing_means import PublishNotice, RequestEmergencyLocation
from models.forms.missing_person import (
    AddClue,
    ConfirmGrade,
    DeclareLongTerm,
    ExcludeCrime,
    OpenMissingPerson,
    ReopenSearch,
    SearchTask,
    StartSearch,
)
from models.instants import AS_STORED
from models.matter import Kind
from models.messages import Notice, PendingCommand, Refusal
from models.missing_grading import (
    FIRST_TASKS,
    MINOR,
    ORDER,
    QUARTER,
    Grade,
    find_word_of_suicide,
    get_review_interval,
)
from models.problems import LawForbids
from models.store.connection import Query, fetch_all

feature = Feature(__name__, Concern.BELONGING)
_SEARCHES = (Kind.MISSING_PERSON,)
_OPENS, _GRADES, _STARTS = OpenMissingPerson.rule.step, ConfirmGrade.rule.step, StartSearch.rule.step
_invalid = partial(refuse_field, basis=SEARCH)
_MONTH, _HALF_YEAR = timedelta(days=30), timedelta(days=180)
# As many searches before within half a year make it one of several.
_OFTEN = 2
_BEGINS = (Fact.MISSING_SEARCH_STARTED, Fact.MISSING_REOPENED)
# What those who search must know to know somebody again; a hospital looks for no name.
_DISCLOSED = ("name", "sex", "age", "appearance", "health", "last_seen_at", "last_seen_place")
_WITHOUT_NAME = frozenset({"hospital", "shelter"})
# Whom nobody sends off alone.
_HELPLESS = frozenset({"dementia", "mental", "intellectual", "autism"})
# In which state nobody can be asked, perhaps.
_CANNOT_SAY = frozenset({"injured", "ill"})
UNITS = Query[str](
    "SELECT id FROM unit WHERE id = ANY(%(units)s) AND kind IN ('station', 'brigade', 'sub-bureau', 'bureau', 'centre')"
)


class _Earlier(NamedTuple):
    """Another search for the same person, and whether it goes on."""

    number: str
    open: bool


# The same number, or the same name and sex where one of the two has no number; of a sealed search nobody is told by another.
EARLIER = Query[_Earlier]("""
SELECT m.number, m.stage IN ('reported', 'searching', 'as_case', 'long_term') AS open
FROM party p JOIN matter m ON m.number = p.matter JOIN fact r ON r.matter = m.number AND r.fact = 'missing.reported'
WHERE p.role = 'missing' AND m.kind = 'missing-person' AND m.number <> %(number)s AND m.stage <> 'false_report' AND r.at > %(since)s
    AND NOT m.sealed AND m.kept_from = '{}' AND CASE
        WHEN %(citizen)s <> '' AND p.citizen_id <> '' THEN p.citizen_id = %(citizen)s
        WHEN %(travel)s <> '' AND p.said ? 'travel_document' THEN p.said ->> 'travel_document' = %(travel)s
        ELSE p.folded = folded(%(name)s) AND p.said ->> 'sex' = %(sex)s END
ORDER BY m.number
""")


class _Search(StepsTaken):
    """A search by what was done in it so far."""

    @property
    def opened(self) -> OpenMissingPerson:
        """What was told first."""
        return OpenMissingPerson.model_validate(self.opening, context=AS_STORED)

    @property
    def since(self) -> "_Search":
        """What was done since it began anew, if it did: whoever is gone again is searched for again."""
        again = self.find_last(ReopenSearch.rule.step)
        return _Search([each for each in self.steps if again is None or each.seq > again.seq], self.opening)

    @property
    def grade(self) -> Grade:
        """How urgent it is: as somebody confirmed, or as was reckoned from what was told first."""
        said = self.find_last(_GRADES)
        return said.form["grade"] if said else self.opened.graded.grade

    @property
    def asked(self) -> set[str]:
        """What other units were asked for so far; what they were asked for before it began anew was taken back."""
        return {each["sort"] for step in self.since.of(_STARTS, _GRADES) for each in step.form.get("tasks", ())}

    @property
    def found(self) -> dict[str, str]:
        """How they were found last."""
        last = self.find_last(FindPerson.rule.step)
        return last.form if last else {}


async def _read(draft: Draft) -> _Search:
    return await read_steps_taken(draft, _Search)


def _knows(draft: Draft, *facts: Fact) -> bool:
    return any(each.fact in facts for each in draft.known.facts)


def _knows_since(draft: Draft, fact: Fact) -> bool:
    """Whether that is known since the search began anew, if it did."""
    again = max((each.seq for each in draft.known.facts if each.fact is Fact.MISSING_REOPENED), default=0)
    return any(each.fact is fact and each.seq > again for each in draft.known.facts)


def _find_beginning(draft: Draft) -> datetime | None:
    """When the search began, the last time that it did."""
    return max((each.at for each in draft.known.facts if each.fact in _BEGINS), default=None)


def _refuse(detail: str, field: str = "") -> Refusal:
    return (LawForbids(detail, field=field, basis=str(SEARCH)) if field else LawForbids(detail, basis=str(SEARCH))).to_refusal()


# How urgent it is


@feature.hook(Phase.PREPARE, kinds=_SEARCHES, steps=(_OPENS,), type="step")
async def say_how_urgent(draft: Draft) -> None:
    """Write beside what was told how urgent it is by that, and why."""
    graded = (await _read(draft)).opened.graded
    called = describe_code(ConfirmGrade.model_fields["grade"], graded.grade)
    said = f"{called}：{'、'.join(graded.reasons)}"
    draft.update(form=draft.proposal.form | {"reckoned": said})
    draft.add_notes(f"建议等级为{said}；由民警五分钟内定级")


@feature.hook(Phase.CHECK, kinds=_SEARCHES, steps=(_GRADES,), type="step")
async def check_graded(draft: Draft) -> Refusal | None:
    """Refuse to find it less grave but by the duty commander, and to find again what was found: that would put off the next review."""
    actor, search, grade = draft.proposal.actor, await _read(draft), draft.proposal.form["grade"]
    if grade == search.grade and search.since.of(_GRADES):
        return _invalid("grade", "unchanged", "等级没有变化；增加任务的，另行下达协同任务")
    if actor and Office.DUTY_COMMANDER not in actor.offices and ORDER.index(grade) < ORDER.index(search.grade):
        return refuse_office("等级只能调高；调低由值班指挥长决定", (Office.DUTY_COMMANDER,), actor, basis=SEARCH)
    return None


@feature.hook(Phase.ADVISE, kinds=_SEARCHES, steps=(AddClue.rule.step, RequestEmergencyLocation.rule.step), type="step")
async def advise_on_suicide(draft: Draft) -> None:
    """Say that what was learnt speaks of suicide, where the search is not as urgent as that."""
    form = draft.proposal.form
    word = find_word_of_suicide(f"{form.get('said', '')}\n{form.get('necessity', '')}")
    if word and (await _read(draft)).grade != "flash":
        draft.add_notes(f"内容提到“{word}”，请定为特急，并增加通信、救援、社区任务")


# Who was reported before


@feature.hook(Phase.NOTIFY, kinds=_SEARCHES, steps=(_OPENS,), type="step")
async def tell_of_earlier(draft: Draft) -> None:
    """Say that somebody reported them before, who is still searched for or was found lately; whoever commands hears of both."""
    earlier = await _list_earlier(draft)
    for each in (one for one in earlier if one.open):
        words = f"可能与{each.number}是同一人，请核对；确属同一人的，两名报告人都要告知，不重复下达任务"
        draft.add_notes(words)
        draft.add_notices(Notice(words=words, office=Office.DUTY_COMMANDER, unit=draft.proposal.unit))
    if len(earlier) >= _OFTEN:
        words = f"半年内第{len(earlier) + 1}次失联，办结时须写明防范措施"
        draft.add_notes(words)
        draft.add_notices(Notice(words=words, office=Office.STATION_HEAD, unit=draft.proposal.unit))


async def _list_earlier(draft: Draft) -> list[_Earlier]:
    opened = (await _read(draft)).opened
    asked = {
        "number": draft.proposal.number,
        "name": opened.name,
        "sex": opened.sex,
        "citizen": opened.citizen_number or "",
        "travel": opened.travel_document,
        "since": draft.now - _HALF_YEAR,
    }
    return await fetch_all(draft.connection, EARLIER, asked)


# What it asks of others at once


@feature.hook(Phase.CHECK, kinds=_SEARCHES, steps=(_STARTS, _GRADES), type="step")
async def check_tasks(draft: Draft) -> Refusal | None:
    """Refuse to leave out what a search so urgent asks at once without saying why, and units that are none."""
    form, search = draft.proposal.form, await _read(draft)
    tasks = [SearchTask.model_validate(each) for each in form.get("tasks", ())]
    units = sorted({each.unit for each in tasks if each.unit})
    known = await fetch_all(draft.connection, UNITS, {"units": units})
    if unknown := sorted({*units} - {*known}):
        return _invalid("tasks", "unknown-unit", f"没有代号为“{unknown[0]}”的单位")
    begun = _knows(draft, *_BEGINS)
    if draft.proposal.step == _STARTS and begun:
        return _refuse("已经启动合成作战；增加任务的，另行下达协同任务")
    if draft.proposal.step == _GRADES and not begun:
        return _invalid("tasks", "too-early", "启动合成作战时一并下达任务") if tasks else None
    grade: Grade = form["grade"] if draft.proposal.step == _GRADES else search.grade
    given = search.asked | {each.sort for each in tasks}
    if (left := [each for each in FIRST_TASKS[grade] if each not in given]) and not form.get("why_not"):
        names = "、".join(describe_code(SearchTask.model_fields["sort"], each) for each in left)
        return _invalid("why_not", "left-out", f"该等级应当同时下达：{names}；不下达的，说明理由")
    return None


@feature.hook(Phase.COMMAND, kinds=_SEARCHES, steps=(_STARTS, _GRADES), type="step")
async def issue_tasks(draft: Draft) -> None:
    """Ask each unit for its part, in the same transaction."""
    search, form = await _read(draft), draft.proposal.form
    grade: Grade = form.get("grade") or search.grade
    for each in (SearchTask.model_validate(one) for one in form.get("tasks", ())):
        disclosed = [name for name in _DISCLOSED if name != "name" or each.sort not in _WITHOUT_NAME]
        said = {
            **each.model_dump(mode="json"),
            "what": each.what or "协助查找失联人员，发现线索立即反馈。",
            "priority": grade,
            "disclose": disclosed,
        }
        step = OpenJointTask.rule.step
        draft.add_commands(PendingCommand(verb="open", kind=Kind.JOINT_TASK, step=step, form=said, actor=draft.proposal.actor))


@feature.hook(
    Phase.ENRICH,
    kinds=_SEARCHES,
    facts=(
        Fact.MISSING_SEARCH_STARTED,
        Fact.MISSING_REVIEWED,
        Fact.MISSING_GRADED,
        Fact.MISSING_REOPENED,
        Fact.MISSING_LONG_TERM,
    ),
    type="step",
)
async def say_when_to_look_again(draft: Draft) -> None:
    """Let the time to the next review be that of its grade, and of how long it has gone on."""
    search, proposal = await _read(draft), draft.proposal
    grade: Grade = proposal.form.get("grade") or search.grade
    began = None if proposal.step == ReopenSearch.rule.step else _find_beginning(draft)

    def find_interval(at: datetime) -> str:
        if proposal.stage == "long_term":
            return str(QUARTER)
        return str(get_review_interval(grade, (at - began) / timedelta(hours=1) if began else 0))

    draft.update(facts=tuple(replace(each, base=find_interval(each.at)) for each in proposal.facts))


@feature.hook(Phase.ADVISE, kinds=_SEARCHES, steps=(ReopenSearch.rule.step,), type="step")
async def advise_on_tasks(draft: Draft) -> None:
    """Say that nobody is asked any more for what they were asked for before."""
    draft.add_notes("原有任务已经撤销，请重新定级并下达任务")


# What may be done to find somebody


@feature.hook(Phase.CHECK, kinds=_SEARCHES, steps=(RequestEmergencyLocation.rule.step,), type="step")
async def check_location(draft: Draft) -> Refusal | None:
    """Refuse to locate whose life is in no danger, and a telephone that is not theirs."""
    form, search = draft.proposal.form, await _read(draft)
    if not form.get("danger_to_life"):
        return _refuse("没有生命危险的，不得紧急定位；债务、纠纷、夫妻一方出走不属于生命危险", "danger_to_life")
    if form.get("number") not in search.opened.phones:
        return _invalid("number", "not-theirs", "只能定位登记的失联人员电话")
    return None


@feature.hook(Phase.CHECK, kinds=_SEARCHES, steps=(PublishNotice.rule.step,), type="step")
async def check_publication(draft: Draft) -> Refusal | None:
    """Refuse to publish an adult's picture without consent in writing, and anybody's for long."""
    opened = (await _read(draft)).opened
    if date.fromisoformat(draft.proposal.form["until"]) - draft.now.astimezone(SHANGHAI).date() > _MONTH:
        return _invalid("until", "too-long", "寻人启事每次发布不超过三十日，到期仍须发布的另行呈批")
    if opened.publish_consent or opened.age < MINOR:
        return None
    return _refuse("成年人的寻人启事须有家属书面同意，登记时没有同意")


@feature.hook(Phase.CHECK, kinds=_SEARCHES, steps=(ExcludeCrime.rule.step,), type="step")
async def check_excluded(draft: Draft) -> Refusal | None:
    """Refuse to say of a child that nobody took it but by the legal reviewer: whoever searches would end what asks for a case."""
    actor = draft.proposal.actor
    if actor and Office.LEGAL_REVIEWER not in actor.offices and _knows(draft, Fact.MISSING_CHILD_REPORTED):
        return refuse_office("儿童、少女失联的，由法制审核人员认定排除被侵害", (Office.LEGAL_REVIEWER,), actor, basis=SEARCH)
    return None


@feature.hook(Phase.CHECK, kinds=_SEARCHES, steps=(DeclareLongTerm.rule.step,), type="step")
async def check_long(draft: Draft) -> Refusal | None:
    """Refuse to go on in longer steps before thirty days have gone by."""
    began = _find_beginning(draft)
    if began and draft.now - began < _MONTH:
        return _refuse("启动查找满三十日以后，才转入长期查找")
    return None


# What its end waits for


@feature.hook(Phase.CHECK, kinds=_SEARCHES, steps=(FindPerson.rule.step,), type="step")
async def check_found(draft: Draft) -> Refusal | None:
    """Refuse to find somebody before they were seen last, and an adult who was not asked who may know."""
    form, opened = draft.proposal.form, (await _read(draft)).opened
    if draft.proposal.facts and draft.proposal.facts[0].at < opened.last_seen_at:
        return _invalid("at", "order", "找到时间不得早于最后出现的时间")
    wishes, state = form.get("wishes", "not-asked"), form.get("state")
    if opened.age >= MINOR and state != "dead" and wishes == "not-asked":
        return _invalid("wishes", "must-ask", "成年人找到以后，必须询问本人是否同意告知报告人")
    if wishes == "unable" and state not in _CANNOT_SAY and not _HELPLESS & {*opened.health}:
        return _invalid("wishes", "must-ask", "受伤、患病或者登记有认知、精神、智力障碍的，才可以填写无法表达意愿")
    return None


@feature.hook(Phase.CHECK, kinds=_SEARCHES, steps=(RecordMissingDeath.rule.step,), type="step")
async def check_death(draft: Draft) -> Refusal | None:
    """Refuse to confirm the death of somebody who was found alive, or whom an officer knew by the face alone."""
    found = (await _read(draft)).found
    if found.get("state") != "dead":
        return _refuse("找到时没有登记为死亡，不能确认死亡")
    if found.get("identity_by") == "face" and draft.proposal.form.get("identity_by") != "dna":
        return _invalid("identity_by", "by-face", "只凭面貌比对的，经DNA确认身份以后才能确认死亡")
    return None


@feature.hook(Phase.PREPARE, kinds=_SEARCHES, steps=(TellReporter.rule.step,), type="step")
async def say_what_is_told(draft: Draft) -> Refusal | None:
    """Let whoever reported an adult who does not want to be found hear that they are safe, and nothing else."""
    search = await _read(draft)
    if search.opened.age >= MINOR and search.found.get("wishes") == "declines":
        draft.update(form=draft.proposal.form | {"told": UNWILLING})
        return None
    return None if draft.proposal.form.get("told") else _invalid("told", "missing", "填写告知内容")


@feature.hook(Phase.CHECK, kinds=_SEARCHES, steps=(ConfirmClosure.rule.step,), type="step")
async def check_closure(draft: Draft) -> Refusal | None:
    """Refuse to close it before whoever cannot look after themselves was handed over, the reporter told, a death cleared up and told."""
    search = await _read(draft)
    opened, death = search.opened, search.find_last(RecordMissingDeath.rule.step)
    if not draft.proposal.form.get("prevention") and len(await _list_earlier(draft)) >= _OFTEN:
        return _invalid("prevention", "missing", "半年内三次以上失联的，写明防范措施")
    if search.found.get("state") == "dead":
        if death is None or not _knows_since(draft, Fact.MISSING_DEATH_CONFIRMED):
            return _refuse("找到时已经死亡的，先确认死亡")
        if not _knows_since(draft, Fact.MISSING_FAMILY_TOLD_OF_DEATH):
            return _refuse("尚未告知家属死亡")
        if death.form.get("cause") in UNRESOLVED and not _knows(draft, Fact.MISSING_CRIME_SUSPECTED):
            return _refuse("死因未查明或者疑似被侵害的，立案审查以后才能办结")
        return None
    if (opened.age < MINOR or _HELPLESS & {*opened.health}) and not _knows_since(draft, Fact.MISSING_HANDED_OVER):
        return _refuse("未成年人、不能自理的人尚未交接，不能办结")
    return None if _knows_since(draft, Fact.MISSING_REPORTER_TOLD) else _refuse("尚未告知报告人，不能办结")
