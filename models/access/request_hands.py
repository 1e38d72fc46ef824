"""What becomes of a request for approval when those whom it names leave (离任). Pure: asked before every verb, and when history is made.

Who took over from the asker is the asker. A turn that names somebody who left is their successor's, or else the office's that stands
behind the name. Whoever took over from one who has approved does not approve again.
"""

from collections.abc import Iterator, Mapping, Sequence

from models.messages import Participant, Request, Signer

Hands = Mapping[str, Participant]


def named_in(request: Request) -> frozenset[str]:
    """The user names of all whom a request names."""
    signers = [each for turn in request.chain for each in turn]
    by_name = (
        name
        for each in signers
        for name in (each.person, each.added_by, each.delegate, each.delegator, each.signed_by, each.signed_for)
    )
    return frozenset(name for name in (request.asked_by.person, *request.approved_by, *by_name) if name)


def answering_in(request: Request) -> frozenset[str]:
    """Those of them who have still something to do about it: who asked, whose approval is awaited, who may take somebody off."""
    waiting = [each for turn in request.chain for each in turn if not each.signed_by]
    by_name = (name for each in waiting for name in (each.person, each.added_by, each.delegate, each.delegator))
    return frozenset(name for name in (request.asked_by.person, *by_name) if name)


def offices_in(request: Request) -> frozenset[str]:
    """The offices whose approval a request still needs."""
    return frozenset(each.office for turn in request.chain for each in turn if each.office and not each.signed_by)


def as_it_stands(request: Request, roll: Sequence[Participant]) -> Request:
    """The request after whoever has left it; as it was where no roll was called."""
    if not roll:
        return request
    hands = {each.person: each for each in roll}
    gone = sorted(name for name in named_in(request) if not _there(name, hands))
    request = request.model_copy(update={"successors": {name: _successor(name, hands) for name in gone}, "vacant": False})
    turns = tuple(tuple(_passed_on(each, request, hands) for each in turn) for turn in request.chain)
    if turns != request.chain:
        request = request.model_copy(update={"turns": turns})
    vacant = any(next(_able(each, request, hands), None) is None for each in request.present)
    return request.model_copy(update={"vacant": vacant})


def _there(person: str, hands: Hands) -> bool:
    return person not in hands or bool(hands[person].seats)


def _successor(person: str, hands: Hands) -> str:
    then = hands[person].successor
    return then if then in hands and hands[then].seats else ""


def _may_sign(person: str, signer: Signer, request: Request, hands: Hands) -> bool:
    """Whether this person may give that approval: in that office, and neither the asker nor one who has approved, nor in their place."""
    holds = person in hands and hands[person].holds(signer.office, signer.unit)
    return holds and person not in {request.asked_by.person, request.asker, *request.spent}


def _able(signer: Signer, request: Request, hands: Hands) -> Iterator[str]:
    """Whoever can give that approval now."""
    yield from (name for name in hands if signer.person in ("", name) and _may_sign(name, signer, request, hands))
    if (
        signer.delegate
        and _there(signer.delegate, hands)
        and signer.delegate not in {request.asked_by.person, request.asker, *request.spent}
    ):
        yield signer.delegate


def _passed_on(signer: Signer, request: Request, hands: Hands) -> Signer:
    """An approval that is still to be given, by whom it is to be given now."""
    if signer.signed_by:
        return signer
    return _lent_by_who_is_there(_of_who_is_there(signer, request, hands), request, hands)


def _of_who_is_there(signer: Signer, request: Request, hands: Hands) -> Signer:
    person = hands.get(signer.person)
    if person is None or person.holds(signer.office):
        return signer
    successor = _successor(signer.person, hands)
    if successor and _may_sign(successor, signer, request, hands):
        return signer.model_copy(update={"person": successor})
    # Somebody of no office named: it stays theirs, and whoever added them may take them off.
    return signer.model_copy(update={"person": ""}) if signer.office else signer


def _lent_by_who_is_there(signer: Signer, request: Request, hands: Hands) -> Signer:
    """Who may decide in another's name does so in a successor's too; not in that of somebody who left it to nobody."""
    if not signer.delegate:
        return signer
    lent = {"delegate": signer.delegate, "delegator": signer.delegator}
    for role, asked in (("delegate", signer.model_copy(update={"office": "", "unit": ""})), ("delegator", signer)):
        if lent[role] in hands and not hands[lent[role]].holds(asked.office, asked.unit):
            successor = _successor(lent[role], hands)
            lent[role] = successor if successor and _may_sign(successor, asked, request, hands) else ""
    ended = not all(lent.values()) or lent["delegate"] == lent["delegator"]
    return signer.model_copy(update={"delegate": "", "delegator": ""} if ended else lent)
