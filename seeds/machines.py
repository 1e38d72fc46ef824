"""The accounts under which systems outside act: each holds the offices of the organs that use it, and signs in with no password."""

from typing import Final, NamedTuple

from law.offices import Office


class Machine(NamedTuple):
    """One system's account; `holdings` are the units outside in which it acts, and by which office there."""

    username: str
    zh: str
    holdings: tuple[tuple[str, Office], ...] = ()


# Those that only answer what they are asked hold no office: what they may answer is known from what they were asked.
MACHINES: Final = (
    Machine(
        "system:procuratorate",
        "检察业务应用系统",
        (
            ("qinglan-procuratorate", Office.PROCURATORATE),
            ("anlan-procuratorate", Office.HIGHER_PROCURATORATE),
        ),
    ),
    Machine("system:court", "人民法院审判管理系统", (("qinglan-court", Office.COURT),)),
    Machine("system:custody-centre", "看守所管理信息系统", (("custody", Office.CUSTODY_CENTRE),)),
    Machine("system:justice-bureau", "法律援助管理系统", (("qinglan-justice", Office.JUSTICE_BUREAU),)),
    Machine("system:bank", "涉案资金查控平台"),
    Machine("system:body-camera", "执法记录仪管理平台"),
    Machine("system:vehicle-platform", "网约车平台"),
    Machine("system:household-registry", "人口信息管理系统"),
)
