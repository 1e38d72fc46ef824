"""Requests for approval when people whom they name leave (离任). Pure: applied before every action, and when a step is recorded.

Whoever took over from the asker is the asker. A signer who left is replaced by their successor, or else by the office that they were to
sign for. Whoever took over from somebody who approved does not approve again.
"""

from collections.abc import Iterator, Mapping, Sequence

from models.messages import Participant, Request, Signer

Participants = Mapping[str, Participant]


def list_people_named(request: Request) -> frozenset[str]:
    """The user names of everybody whom a request names."""
    signers = [each for turn in request.chain for each in turn]
    by_name = (
        name
        for each in signers
        for name in (each.person, each.added_by, each.delegate, each.delegator, each.signed_by, each.signed_for)
    )
    return frozenset(name for name in (request.asked_by.person, *request.approved_by, *by_name) if name)


def list_active_people(request: Request) -> frozenset[str]:
    """Those of them who can still act on it: who asked, whose approval is awaited, who may remove a signer."""
    waiting = [each for turn in request.chain for each in turn if not each.signed_by]
    by_name = (name for each in waiting for name in (each.person, each.added_by, each.delegate, each.delegator))
    return frozenset(name for name in (request.asked_by.person, *by_name) if name)


def list_awaited_offices(request: Request) -> frozenset[str]:
    """The offices whose approval a request still needs."""
    return frozenset(each.office for turn in request.chain for each in turn if each.office and not each.signed_by)


def replace_departed(request: Request, participants: Sequence[Participant]) -> Request:
    """The request with those who left replaced; unchanged where no participants are given."""
    if not participants:
        return request
    hands = {each.person: each for each in participants}
    gone = sorted(name for name in list_people_named(request) if not _is_present(name, hands))
    request = request.model_copy(update={"successors": {name: _find_successor(name, hands) for name in gone}, "vacant": False})
    turns = tuple(tuple(_reassign(each, request, hands) for each in turn) for turn in request.chain)
    if turns != request.chain:
        request = request.model_copy(update={"turns": turns})
    vacant = any(next(_list_possible_signers(each, request, hands), None) is None for each in request.present)
    return request.model_copy(update={"vacant": vacant})


def _is_present(person: str, hands: Participants) -> bool:
    return person not in hands or bool(hands[person].seats)


def _find_successor(person: str, hands: Participants) -> str:
    then = hands[person].successor
    return then if then in hands and hands[then].seats else ""


def _may_sign(person: str, signer: Signer, request: Request, hands: Participants) -> bool:
    """Whether this person may give that approval: they hold its office, and are neither the asker nor an approver, nor stand in for one."""
    holds = person in hands and hands[person].holds(signer.office, signer.unit)
    return holds and person not in {request.asked_by.person, request.asker, *request.spent}


def _list_possible_signers(signer: Signer, request: Request, hands: Participants) -> Iterator[str]:
    """Everybody who can give that approval now."""
    yield from (name for name in hands if signer.person in ("", name) and _may_sign(name, signer, request, hands))
    if (
        signer.delegate
        and _is_present(signer.delegate, hands)
        and signer.delegate not in {request.asked_by.person, request.asker, *request.spent}
    ):
        yield signer.delegate


def _reassign(signer: Signer, request: Request, hands: Participants) -> Signer:
    """The signer with those who left replaced; one who has signed is kept."""
    if signer.signed_by:
        return signer
    return _reassign_delegation(_reassign_signer(signer, request, hands), request, hands)


def _reassign_signer(signer: Signer, request: Request, hands: Participants) -> Signer:
    person = hands.get(signer.person)
    if person is None or person.holds(signer.office):
        return signer
    successor = _find_successor(signer.person, hands)
    if successor and _may_sign(successor, signer, request, hands):
        return signer.model_copy(update={"person": successor})
    # Somebody of no office named: it stays theirs, and whoever added them may take them off.
    return signer.model_copy(update={"person": ""}) if signer.office else signer


def _reassign_delegation(signer: Signer, request: Request, hands: Participants) -> Signer:
    """A delegate or delegator who left is replaced by a successor; without one the delegation ends."""
    if not signer.delegate:
        return signer
    lent = {"delegate": signer.delegate, "delegator": signer.delegator}
    for role, asked in (("delegate", signer.model_copy(update={"office": "", "unit": ""})), ("delegator", signer)):
        if lent[role] in hands and not hands[lent[role]].holds(asked.office, asked.unit):
            successor = _find_successor(lent[role], hands)
            lent[role] = successor if successor and _may_sign(successor, asked, request, hands) else ""
    ended = not all(lent.values()) or lent["delegate"] == lent["delegator"]
    return signer.model_copy(update={"delegate": "", "delegator": ""} if ended else lent)
