"""The electronic dossier (电子卷宗): its catalogue of places, and which papers are missing before a case may be transferred."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from law.facts import Fact
from models.documents import DocumentType, get_document_types, get_types_by_step
from models.forms.form import get_forms
from models.matter import Kind

# The steps that transfer a case, with all its papers, to the procuratorate (CPL 162, MPSC 289).
BEFORE_TRANSFER = frozenset({"send-case", "send-case-again"})


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the catalogue (卷宗目录): the types of documents issued here that belong there, and titles of papers to scan.

    A paper in `papers` is recommended once its fact has happened, unless it was issued here; one without a fact may be scanned at any time.
    The last place, 其他材料, takes whatever belongs to no other.
    """

    id: str
    zh: str
    documents: tuple[str, ...] = ()
    papers: Mapping[str, Fact | None] = field(default_factory=dict[str, Fact | None])


_CRIMINAL = (
    Place(
        "acceptance",
        "受案材料",
        ("case-acceptance-form", "case-acceptance-receipt"),
        {"报案材料": None, "指定管辖决定书": Fact.CASE_JURISDICTION_DESIGNATED},
    ),
    Place("filing", "立案材料", ("filing-decision", "no-filing-notice", "cancellation-decision")),
    Place(
        "measures",
        "强制措施文书",
        (
            "summons",
            "compelled-appearance-warrant",
            "detention-warrant",
            "detention-notice",
            "detention-extension-notice",
            "arrest-request",
            "arrest-warrant",
            "arrest-notice",
            "bail-decision",
            "surveillance-decision",
            "release-notice",
        ),
        {"批准逮捕决定书": Fact.ARREST_APPROVED, "诉讼权利义务告知书": Fact.DEFENCE_RIGHT_NOTIFIED},
    ),
    Place("interrogation", "讯问笔录", ("interrogation-record", "suspect-rights-notice"), {"讯问笔录": Fact.PERSON_INTERROGATED}),
    Place("statements", "证人证言、被害人陈述", ("inquiry-record", "victim-inquiry-record"), {"询问笔录": None}),
    Place("expertise", "鉴定意见", (), {"鉴定意见": Fact.INJURY_APPRAISAL_ISSUED}),
    Place(
        "exhibits",
        "物证、书证、电子数据",
        ("seizure-list", "transfer-list", "return-list"),
        {"物证照片": None, "书证": None, "电子数据清单": None},
    ),
    Place("defence", "辩护律师意见", (), {"辩护律师意见": Fact.DEFENDER_ENGAGED}),
    Place("opinion", "起诉意见与补充侦查", ("prosecution-opinion", "supplementary-report"), {"补充侦查决定书": Fact.CASE_RETURNED}),
    Place("other", "其他材料", (), {}),
)
_ADMINISTRATIVE = (
    Place("acceptance", "受案材料", ("administrative-acceptance-form", "administrative-acceptance-receipt"), {"报案材料": None}),
    Place("inquiry", "传唤、询问", ("administrative-summons", "inquiry-record"), {"询问笔录": Fact.PERSON_SUMMONED_ADMIN}),
    Place(
        "evidence",
        "证据材料",
        ("seizure-list", "return-list"),
        {"物证照片": None, "书证": None, "鉴定意见": Fact.INJURY_APPRAISAL_ISSUED},
    ),
    Place(
        "hearing",
        "告知与听证",
        ("penalty-notice-record", "defence-record", "hearing-notice", "hearing-record", "hearing-report"),
        {"行政处罚告知笔录": None, "听证笔录": Fact.HEARING_HELD},
    ),
    Place(
        "decision",
        "处罚决定",
        ("legal-review-opinion", "discussion-record", "penalty-decision", "service-receipt"),
        {"送达回证": Fact.PENALTY_DECIDED},
    ),
    Place("other", "其他材料", (), {}),
)
# An incident has no dossier to be sent on: what is kept of it is seen from the case that comes of it.
_INCIDENT = (
    Place("call", "接报材料", ("report-registration", "report-receipt"), {"报案材料": None, "接警录音": None}),
    Place("scene", "现场照片、视听资料", ("scene-record", "incident-feedback"), {"现场照片": None, "执法记录仪截图": None}),
    Place(
        "lost-property",
        "遗失物照片、凭证",
        ("lost-property-receipt", "lost-property-return", "found-notice"),
        {"遗失物照片": Fact.PROPERTY_REPORTED, "行程查询同意书": None, "委托书": None},
    ),
    Place("other", "其他材料", (), {}),
)
# Nor has a letter: its papers stay with it.
_LETTER = (
    Place("letter", "来信材料", (), {"来信原件": None, "来信附件": None, "转送函": Fact.PETITION_REFERRED}),
    Place("inquiry", "核查材料", (), {"核查材料": None}),
    Place(
        "answer",
        "告知、答复",
        (),
        {
            "信访事项受理告知书": Fact.PETITION_ACCEPTED,
            "信访处理意见书": Fact.PETITION_CONCLUDED,
            "转送告知书": Fact.LETTER_HANDED_OVER,
        },
    ),
    Place("other", "其他材料", (), {}),
)
_MISSING = (
    Place("missing", "失联人员照片、证件", (), {"失联人员照片": None, "失联人员登记表": None}),
    Place(
        "search",
        "查找材料",
        (),
        {"监控截图": None, "紧急定位审批表": Fact.MISSING_LOCATION_ASKED, "寻人启事": Fact.MISSING_PUBLISHED},
    ),
    Place(
        "end",
        "告知、交接",
        (),
        {"告知笔录": Fact.MISSING_REPORTER_TOLD, "交接记录": Fact.MISSING_HANDED_OVER, "死亡证明": Fact.MISSING_DEATH_CONFIRMED},
    ),
    Place("other", "其他材料", (), {}),
)
_TASK = (Place("task", "执行情况照片、材料", (), {"现场照片": None}), Place("other", "其他材料", (), {}))
_BY_KIND = {
    Kind.PUBLIC_ORDER_CASE: _ADMINISTRATIVE,
    Kind.INCIDENT: _INCIDENT,
    Kind.LETTER: _LETTER,
    Kind.MISSING_PERSON: _MISSING,
    Kind.JOINT_TASK: _TASK,
}


def get_places(kind: str) -> Sequence[Place]:
    """The catalogue for a kind of matter."""
    return _BY_KIND.get(Kind(kind), _CRIMINAL)


@cache
def _get_mandatory_documents() -> Mapping[str, DocumentType]:
    """The mandatory document of each fact: one that every step with this fact issues."""
    made: dict[str, DocumentType] = {}
    for kind in get_document_types().values():
        for fact in kind.on:
            bringing = [form for form in get_forms().values() if fact in form.rule.may_bring]
            made_by_all = all(
                kind in get_types_by_step().get(form.rule.step, ()) and not kind.depends_on(form) for form in bringing
            )
            if bringing and kind.binds and kind.under is None and made_by_all:
                made.setdefault(str(fact), kind)
    return made


def find_mandatory_title(fact: str) -> str | None:
    """The title of the document that must have been made of that fact; None: of none."""
    kind = _get_mandatory_documents().get(fact)
    return kind and kind.zh


def find_missing(contents: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The missing papers of a dossier, as `matter`, `title`, `why` (`absent` or `not-declared`) and whether it `blocks` the transfer.

    `contents` has `facts` as (matter, kind, fact), `documents` as (matter, type) and `items`, the scans, as (matter, title, whether declared
    identical to the paper), older versions first.
    """
    issued = {(matter, kind) for matter, kind in contents["documents"]}
    scanned = {(matter, title): declared for matter, title, declared in contents["items"]}
    made = {(matter, get_document_types()[kind].zh) for matter, kind in issued if kind in get_document_types()}
    missing = []
    for matter, of_kind, fact in sorted(map(tuple, contents["facts"])):
        kind = _get_mandatory_documents().get(fact)
        if kind and (matter, kind.id) not in issued:
            missing += _list_missing_unless_scanned(matter, kind.zh, scanned, True)
        missing += [
            each
            for title in _list_recommended(of_kind, fact)
            if (matter, title) not in made
            for each in _list_missing_unless_scanned(matter, title, scanned, False)
        ]
    return _drop_duplicates(missing)


def _list_missing_unless_scanned(
    matter: str, title: str, scanned: Mapping[tuple[str, str], bool], blocks: bool
) -> list[dict[str, Any]]:
    declared = scanned.get((matter, title))
    if declared:
        return []
    why = "absent" if declared is None else "not-declared"
    return [{"matter": matter, "title": title, "why": why, "blocks": blocks}]


def _list_recommended(kind: str, fact: str) -> Iterable[str]:
    return (title for place in get_places(kind) for title, after in place.papers.items() if after is not None and after == fact)


def _belongs_in(place: Place, type_: str, placed: Collection[str]) -> bool:
    return type_ in place.documents or (place.id == "other" and type_ not in placed)


def _drop_duplicates(missing: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return list({(each["matter"], each["title"]): each for each in missing}.values())


def build_catalogue(kind: str, held: Mapping[str, Any], present: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The places of a dossier, each with its `documents`, `items` and `missing` papers.

    `held` is as for `find_missing`; `present` has the `documents` and `items` to show, with their `type` and `place`.
    """
    missing = find_missing(held)
    placed = {each for place in get_places(kind) for each in place.documents}
    known = {place.id for place in get_places(kind)} - {"other"}
    found = []
    for place in get_places(kind):
        zh = {get_document_types()[each].zh for each in place.documents} | set(place.papers)
        found.append(
            {
                "place": place.id,
                "zh": place.zh,
                "papers": list(place.papers),
                "documents": [each for each in present["documents"] if _belongs_in(place, each["type"], placed)],
                "items": [each for each in present["items"] if (each["place"] if each["place"] in known else "other") == place.id],
                "missing": [each for each in missing if each["title"] in zh],
            }
        )
    return found
