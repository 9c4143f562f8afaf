"""Opening transfers: judged first, then entered, one or a whole list."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.actions import Action
from zhibu.core_actions import MEMBER_READ, ORGANIZATION_READ
from zhibu.errors import Conflict, Invalid, NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.members.public import MemberFacts, Stage, members_by_id
from zhibu.organizations.public import FORMAL_HOMES, Unit, organization_of
from zhibu_transfers import actions
from zhibu_transfers.errors import LetterReceived
from zhibu_transfers.public import OPENED
from zhibu_transfers.rules import cases as rules
from zhibu_transfers.rules.cases import Case, Kind, Opening, State
from zhibu_transfers.rules.placement import Facts, Suggestion
from zhibu_transfers.service import terms
from zhibu_transfers.service.cases import answer_by, settle_by
from zhibu_transfers.service.events import said
from zhibu_transfers.service.places import Places
from zhibu_transfers.store import cases as store

LIVING = (Stage.PROBATIONARY, Stage.FULL)
NAMES = frozenset(each.name for each in fields(Case))


@dataclass(frozen=True, kw_only=True)
class Sides:
    """Both ends of a transfer, and the committees that send and receive; None is elsewhere."""

    sender: Unit | None = None
    target: Unit | None = None
    issuer: Unit | None = None
    receiver: Unit | None = None

    @property
    def home(self) -> Unit:
        """Where the transfer is kept."""
        found = self.sender or self.target
        assert found is not None
        return found


async def suggest(act: Act, organization_id: UUID, facts: Facts) -> Suggestion:
    """Where the decision table places somebody, as the organization reads it."""
    unit = await organization_of(act, organization_id)
    act.require(actions.READ, unit.path, seen_by=ORGANIZATION_READ)
    return terms.suggestion(act, facts, unit.path)


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A transfer as it would be opened, and what speaks against it."""

    opening: Opening
    sides: Sides
    faults: Sequence[Invalid | Conflict]


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of everybody on a list, asked once, and held."""

    members: Mapping[UUID, MemberFacts]
    moving: frozenset[UUID]
    places: Places


async def open(act: Act, opening: Opening, facts: Facts | None = None) -> UUID:
    """Open a transfer. The sender stays responsible until somebody accepts (rule 17)."""
    refuse(rules.side_refusals(opening))
    known = await known_of(act, [opening.member_id] if opening.member_id else [])
    judged = await judge(act, opening, known, facts)
    refuse(judged.faults)
    [id] = await enter(act, [judged])
    return id


async def known_of(act: Act, members: Collection[UUID]) -> Known:
    """What judging needs of these members."""
    session, tenant_id = act.session, act.tenant_id
    found: Mapping[UUID, MemberFacts] = {}
    moving: frozenset[UUID] = frozenset()
    if members:
        await store.hold_members(session, tenant_id, members)
        found = await members_by_id(act, members)
        moving = await store.moving(session, tenant_id, members)
    return Known(members=found, moving=moving, places=Places(act))


async def judge(act: Act, opening: Opening, known: Known, facts: Facts | None = None) -> Judged:
    """What would be opened. Raises what `Act.require` raises for who may not open it."""
    places = known.places
    if opening.kind is Kind.IN:
        member, sender, target = None, None, await _target(act, opening, actions.OPEN)
        home = target
    else:
        member = known.members.get(opening.member_id or UUID(int=0))
        if member is None or not act.may(MEMBER_READ, member.path, member.id):
            raise NotFound()
        act.require(actions.OPEN, member.path, member.id, seen_by=MEMBER_READ)
        sender = await places.unit(member.organization_id)
        target = await places.target(opening) if opening.kind is Kind.WITHIN else None
        home = sender
        opening = replace(opening, name=member.name, from_id=sender.id)
    to_id = None if target is None else target.id
    code = (opening.institution or "").strip().casefold()
    institution = code if opening.kind is Kind.BETWEEN else None
    opening = replace(opening, to_id=to_id, institution=institution)
    sides = Sides(
        sender=sender,
        target=target,
        issuer=await places.committee(sender) if sender else None,
        receiver=await places.committee(target) if target else None,
    )
    place = home.path if home else ""
    if facts is not None and home is not None:
        suggested = terms.suggestion(act, facts, place)
        opening = replace(opening, suggested=suggested.place, clause=suggested.clause)
    faults = rules.opening_refusals(
        opening,
        reasons=terms.reasons(act, place),
        open_already=member is not None and member.id in known.moving,
        left=member is not None and member.stage not in LIVING,
        formal=target is None or (target.kind in FORMAL_HOMES and target.ended_on is None),
        issuer=(sender is None or sides.issuer is not None)
        and (target is None or sides.receiver is not None),
        own=act.tenant.code,
        today=act.today,
    )
    again = await _received(act, opening)
    return Judged(opening=opening, sides=sides, faults=[*faults, *again])


async def _received(act: Act, opening: Opening) -> list[Conflict]:
    """That the letter somebody hands in was entered already."""
    said = (opening.letter_number or "", opening.elsewhere or "", (opening.name or "").strip())
    if opening.kind is not Kind.IN or not all(said):
        return []
    if not await store.is_received(act.session, act.tenant_id, *said):
        return []
    return [LetterReceived(path=("letter_number",), number=said[0], name=said[2])]


async def _target(act: Act, opening: Opening, action: Action) -> Unit | None:
    """The branch that somebody enters whom he brings: he must act there."""
    if opening.to_id is None:
        return None
    unit = await organization_of(act, opening.to_id)
    act.require(action, unit.path, seen_by=ORGANIZATION_READ)
    return unit


async def enter(act: Act, list: Sequence[Judged]) -> Sequence[UUID]:
    """Open what was judged; the first names the list of those that are opened together."""
    ids = [new_id() for _ in list]
    rows = [
        _row(act, id, each, batch_id=None if id == ids[0] else ids[0])
        for id, each in zip(ids, list, strict=True)
    ]
    await store.open(act.session, act.tenant_id, rows)
    for row, each in zip(rows, list, strict=True):
        target, elsewhere = each.sides.target, each.opening.elsewhere
        where = target.name if target else elsewhere
        case = _opened(row)
        said(act, OPENED, case, each.sides.home.path, where=where, whence=elsewhere)
    return ids


def _opened(row: Mapping[str, Any]) -> Case:
    return Case(accepted_on=None, **{name: row[name] for name in row.keys() & NAMES})


def _row(act: Act, id: UUID, judged: Judged, *, batch_id: UUID | None) -> dict[str, Any]:
    opening, sides = judged.opening, judged.sides
    target = sides.target
    lettered = sides.issuer is not None and sides.issuer != sides.receiver
    return {
        "id": id,
        "kind": opening.kind,
        "state": State.OPENED,
        "member_id": opening.member_id,
        "name": (opening.name or "").strip(),
        "from_id": opening.from_id,
        "to_id": opening.to_id,
        "elsewhere": opening.elsewhere,
        "address": opening.address,
        "reason": opening.reason,
        "note": opening.note,
        "suggested": opening.suggested,
        "clause": opening.clause,
        "chosen": opening.chosen,
        "otherwise": opening.otherwise,
        "committee_id": sides.issuer.id if sides.issuer else None,
        "receiver_id": sides.receiver.id if sides.receiver else None,
        "letter_number": opening.letter_number,
        "letter_until": opening.letter_until,
        "opened_by": act.caller.account_id,
        "opened_on": act.today,
        "answer_by": answer_by(act, target.path) if target is not None else None,
        "settle_by": settle_by(act, sides.home.path) if lettered else None,
        "batch_id": batch_id,
        "about": id if opening.kind is Kind.BETWEEN else None,
        "peer_code": opening.institution,
        "peer_unit": opening.organization_code if opening.institution else None,
        "version": 1,
    }
