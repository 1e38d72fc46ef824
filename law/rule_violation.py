"""An objection: why a fact may not be brought about."""

from dataclasses import dataclass

from law.extensions import Slug


@dataclass(frozen=True, slots=True)
class RuleViolation:
    """Why a fact may not be brought about: the kind of refusal, the field at fault, a sentence for the officer, the article."""

    slug: Slug
    field: str
    detail: str
    basis: str
    limit: str = ""
