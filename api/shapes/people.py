"""The shapes of people and units."""

from api.shapes.shape import Shape


class OfficeHeld(Shape):
    """An office that the signed-in person holds."""

    office: str
    zh: str
    unit: str
    unit_zh: str


class Me(Shape):
    """The signed-in person."""

    username: str
    zh: str
    badge: str
    offices: list[OfficeHeld]
    # What is to be done before anything else: password, second-factor, or nothing.
    owes: str
    second_factor: bool
    # Whether they sign in with a password of ours.
    own_password: bool
    local_key: str


class UnitTold(Shape):
    """A unit of the tree."""

    unit: str
    parent: str | None
    zh: str
    kind: str


class Holder(Shape):
    """Who holds which office where."""

    username: str
    zh: str
    badge: str
    unit: str
    office: str


class Roster(Shape):
    """Every unit, each after those above it, and who holds which office there."""

    units: list[UnitTold]
    people: list[Holder]
