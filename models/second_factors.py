"""Second factors (动态口令) as the bureau's journal knows them: who vouched for one, and the steps by which one changes. Pure."""

from collections.abc import Mapping
from enum import StrEnum


class Voucher(StrEnum):
    """Who vouched for a second factor, without which it counts for nothing."""

    MET = "met"
    """A supervisor, or whoever operates the installation, who met the person."""
    FIRST = "first"
    """The person: the first supervisor."""
    FOUNDING = "founding"
    """The person: an administrator, before there was any supervisor."""
    BEFORE = "before"
    """Nobody: it was in use before vouching was introduced."""


class FactorStep(StrEnum):
    """A step by which somebody's second factor changes."""

    ENROL = "enrol-second-factor"
    DROP = "drop-second-factor"
    VOUCH = "vouch-second-factor"
    FIRST = "first-second-factor"
    FOUNDING = "founding-second-factor"


VOUCHED_BY: Mapping[FactorStep, Voucher] = {
    FactorStep.VOUCH: Voucher.MET,
    FactorStep.FIRST: Voucher.FIRST,
    FactorStep.FOUNDING: Voucher.FOUNDING,
}
"""The steps that vouch for a factor, and who does."""
SELF_VOUCHING: Mapping[Voucher, FactorStep] = {Voucher.FIRST: FactorStep.FIRST, Voucher.FOUNDING: FactorStep.FOUNDING}
"""The step that is journaled where a person's own word counts."""
