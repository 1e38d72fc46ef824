"""The report of a verification in words: the same on the command line and on the page."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from verification.rules.journal import Fault, Question
from verification.rules.read_tables import COMPARED, UNPROVED
from verification.rules.signatures import ProofChecker


@dataclass(slots=True)
class Report:
    """What was read, and what is wrong. `newest` is the hash of the last seal, to be kept where nobody of this installation can reach it.

    `epochs` describes each declared restore, oldest first; `void` counts the seals that attest what was lost in one, which is no fault.
    `torn`: the last line of the seals was not finished, since the machine stopped or the disk was full; it was never acknowledged, and is
    no fault either. `untold` counts units and people that no entry names. Of the steps, `by_seat` were checked against who held which
    office, `by_untold_seat` were taken by offices older than the first journaled appointment.
    """

    entries: int = 0
    files: int = 0
    traces: int = 0
    chains: int = 0
    unsealed: int = 0
    newest: str = ""
    void: int = 0
    torn: bool = False
    unfounded_seats: int = 0
    untold: int = 0
    by_seat: int = 0
    by_untold_seat: int = 0
    proving: ProofChecker = field(default_factory=ProofChecker)
    epochs: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def holds(self, question: Question) -> bool:
        """Whether no fault answers that question with no."""
        return not any(fault.question is question for fault in self.faults)


class Verdict(NamedTuple):
    """The verdict on one question: its name, whether it holds, and a sentence."""

    question: Question
    name: str
    holds: bool
    words: str


_WORDS = {
    Question.INTEGRITY: ("完整无改", "现有各条、所存文件均与写入时一致", "有日志或者文件被改动、缺失，或者来历不明"),
    Question.COMPLETENESS: ("齐全无缺", "写入的各条均在", "有日志缺失"),
    Question.PROJECTION: ("表账相符", "所列各表各栏与日志一致", "有表与日志不符"),
}


_SIGNED = {
    "signed": "其中{}步的提交签名经核对成立。",
    "unsigned": "{}步登记于启用提交签名之前，没有签名可核。",
    "unchecked": "{}步的提交签名没有公钥可核（未设 LOUKE_SPEAKERS）。",
}


def list_verdicts(holds: Mapping[str, Any]) -> list[Verdict]:
    """The verdict on each question, given whether it holds."""
    return [
        Verdict(question, name, bool(holds[question]), well if holds[question] else ill)
        for question, (name, well, ill) in _WORDS.items()
    ]


def summarise(results: Mapping[str, Any]) -> str:
    """How much was read, what was compared with the journal, and what that does not prove."""
    words = f"共核对{results['chains']}条日志链、{results['entries']}条日志、{results['files']}份文件；其中{results['unsealed']}条日志尚未封存。"
    # Stored reports may be older than traces.
    if results.get("traces"):
        words += f"另核对{results['traces']}条查阅记录。"
    # Stored reports may be older than declared restores.
    torn = "封存文件最后一行没有写完（写入时中断），不作为依据，下次封存时自动清除。" if results.get("torn") else ""
    seats = results.get("unfounded_seats")
    unfounded = f"{seats}个职务在日志开始记载任免之前已有，无据可核。" if seats else ""
    names = results.get("untold")
    unfounded += f"{names}个单位和人员在日志中没有记载名称，无据可核。" if names else ""
    by = results.get("by_seat")
    seated = f"其中{by}步的办理人经核对当时任该职务。" if by else ""
    before = results.get("by_untold_seat")
    seated += f"{before}步由日志开始记载任免之前已有的职务办理，无据可核。" if before else ""
    signed = "".join(words.format(results[name]) for name, words in _SIGNED.items() if results.get(name))
    tables = "；".join(f"{table}（{'、'.join(columns)}）" for table, columns in results.get("compared", {}).items())
    proved = f"与日志逐栏核对了{tables}。不能由此证明：{'；'.join(results['unproved'])}。" if tables else ""
    return words + "".join(f"{each}。" for each in results.get("epochs", ())) + torn + unfounded + signed + seated + proved


def format_position(position: int | None) -> str:
    """Where in its chain a fault is."""
    return f"第{position}条" if position else ""


def report_as_dict(report: Report, most: int | None = None) -> dict[str, Any]:
    """The report as JSON members, with at most so many faults and the number of all."""
    return {
        **{str(question): report.holds(question) for question in Question},
        "chains": report.chains,
        "entries": report.entries,
        "files": report.files,
        "traces": report.traces,
        "unsealed": report.unsealed,
        "newest_seal": report.newest,
        "torn": report.torn,
        "epochs": report.epochs,
        "unfounded_seats": report.unfounded_seats,
        "untold": report.untold,
        "by_seat": report.by_seat,
        "by_untold_seat": report.by_untold_seat,
        "signed": report.proving.signed,
        "unsigned": report.proving.before,
        "unchecked": report.proving.unchecked,
        "compared": {table: list(columns) for table, columns in COMPARED.items()},
        "unproved": list(UNPROVED),
        "faults": [fault._asdict() for fault in _limit_faults(report.faults, most)],
        "faults_total": len(report.faults),
    }


def report_as_json(report: Report, most: int | None = None) -> str:
    """The report as JSON."""
    return json.dumps(report_as_dict(report, most), ensure_ascii=False)


def _limit_faults(faults: list[Fault], most: int | None) -> Iterable[Fault]:
    return faults if most is None else faults[:most]
