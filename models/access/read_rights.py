"""Rights to read (知悉范围), declared for every office, as forms declare who may act. An office that is not declared here reads nothing.

To read is to know the content of a matter: card, journal, documents, people. Three powers are kept apart (三员分立): administrators read no
matter; supervisors read and change none; officers who handle matters do neither. Acting is declared by forms: somebody who may act on a
matter without reading it does so by what a list for that work shows (`MINDS`).
"""

from dataclasses import dataclass

from law.offices import Office
from models.matter import Kind


@dataclass(frozen=True, slots=True)
class Reads:
    """What an office reads of the matters that it reaches, and why that much."""

    why: str
    kinds: frozenset[Kind] = frozenset(Kind)
    # Of these kinds what is under way, and of all what they take part in: as its officer, by having been admitted, by a step of theirs.
    by_part: frozenset[Kind] | None = None
    # An organ beside the chain of command: it reaches what is shared with it, from when it was, and no roster of ours.
    outside: bool = False


_HANDLES = Reads("办理、审核、审批本单位和下级单位的事项")
_SUPERVISES = Reads("对本单位和下级单位的执法活动进行督察")
_SHARED = Reads("依法收到移送、通报的事项", outside=True)
READS: dict[Office, Reads] = {
    Office.REPORTING_DESK: Reads(
        "接报、派警、登记来信和失联人员、下达协同任务，不办理案件",
        kinds=frozenset({Kind.INCIDENT, Kind.LETTER, Kind.MISSING_PERSON, Kind.JOINT_TASK}),
    ),
    Office.AUXILIARY_OFFICER: Reads(
        "协助出警、查找、执行协同任务和参与办理的事项",
        kinds=frozenset(),
        by_part=frozenset({Kind.INCIDENT, Kind.MISSING_PERSON, Kind.JOINT_TASK}),
    ),
    Office.DUTY_COMMANDER: Reads(
        "指挥警情处置、查找和协同作战，不办理案件", kinds=frozenset({Kind.INCIDENT, Kind.MISSING_PERSON, Kind.JOINT_TASK})
    ),
    Office.LETTER_OFFICER: Reads("签收、分办、督促群众来信", kinds=frozenset({Kind.LETTER})),
    Office.CASE_OFFICER: _HANDLES,
    Office.STATION_HEAD: _HANDLES,
    Office.CASE_MANAGEMENT_OFFICER: _HANDLES,
    Office.LEGAL_REVIEWER: _HANDLES,
    Office.COUNTY_HEAD: _HANDLES,
    Office.HIGHER_POLICE: _HANDLES,
    Office.CITY_HEAD: _HANDLES,
    Office.PROVINCIAL_HEAD: _HANDLES,
    Office.SUPERVISOR: _SUPERVISES,
    Office.CUSTODY_CENTRE: _SHARED,
    Office.DETENTION_CENTRE: _SHARED,
    Office.PROCURATORATE: _SHARED,
    Office.HIGHER_PROCURATORATE: _SHARED,
    Office.PROVINCIAL_PROCURATORATE: _SHARED,
    Office.COURT: _SHARED,
    Office.HIGHER_COURT: _SHARED,
    Office.SUPREME_COURT: _SHARED,
    Office.JUSTICE_BUREAU: _SHARED,
    Office.HOTLINE: _SHARED,
    Office.PARTY: _SHARED,
    Office.ADMINISTRATOR: Reads("管理人员、单位和系统，不知悉案情", kinds=frozenset()),
}
SIGNING = frozenset(office for office, what in READS.items() if what is _HANDLES) | {Office.DUTY_COMMANDER}
"""Who may sign what others ask for: whoever handles matters, reviews or approves them, and whoever commands a search. Who takes calls, assists, supervises or administers
signs in no case, whoever asks them to."""
NOTHING = Reads("没有规定", kinds=frozenset())

MINDS = {Office.ADMINISTRATOR: frozenset({Kind.DELIVERY})}
"""What an office does steps of without reading it: whoever keeps the lines to other organs sends again what did not arrive."""


def get_read_rights(office: str) -> Reads:
    """What that office reads; nothing where none is declared."""
    return READS.get(Office(office), NOTHING)


def is_outside(office: str) -> bool:
    """Whether that office belongs to an outside organ or to the public."""
    return get_read_rights(office).outside
