"""Opening a transfer, and finding one to go on with."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from zhibu.act import Act
from zhibu.actions import Action
from zhibu.core_actions import MEMBER_READ, ORGANIZATION_READ
from zhibu.errors import Conflict, Invalid, NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.members.public import Stage, member_of
from zhibu.organizations.public import FORMAL_HOMES, Unit, organization_of, organizations_above
from zhibu.organizations.public import Kind as UnitKind
from zhibu_transfers import actions
from zhibu_transfers.errors import LetterReceived, VersionStale
from zhibu_transfers.public import OPENED
from zhibu_transfers.rules import cases as rules
from zhibu_transfers.rules.cases import Case, Kind, Opening, State
from zhibu_transfers.rules.placement import Facts, Suggestion
from zhibu_transfers.service import terms
from zhibu_transfers.service.events import said
from zhibu_transfers.store import cases as store

LIVING = (Stage.PROBATIONARY, Stage.FULL)


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


async def open(act: Act, opening: Opening, facts: Facts | None = None) -> UUID:
    """Open a transfer. The sender stays responsible until somebody accepts (rule 17)."""
    judged = await judge(act, opening, facts)
    refuse(judged.faults)
    return await enter(act, judged)


async def judge(act: Act, opening: Opening, facts: Facts | None = None) -> Judged:
    """What would be opened. Raises what `Act.require` raises for who may not open it."""
    refuse(rules.side_refusals(opening))
    if opening.kind is Kind.IN:
        member, sender, target = None, None, await _target(act, opening.to_id, actions.OPEN)
        home = target
    else:
        assert opening.member_id is not None
        member = await member_of(act, opening.member_id)
        act.require(actions.OPEN, member.path, member.id, seen_by=MEMBER_READ)
        await store.hold_member(act.session, act.tenant_id, member.id)
        sender = await organization_of(act, member.organization_id, seen_by=None)
        target = await _target(act, opening.to_id if opening.kind is Kind.WITHIN else None)
        home = sender
        opening = replace(opening, name=member.name, from_id=sender.id)
    if opening.kind in (Kind.OUT, Kind.BETWEEN):
        opening = replace(opening, to_id=None)
    code = (opening.institution or "").strip().casefold()
    opening = replace(opening, institution=code if opening.kind is Kind.BETWEEN else None)
    sides = Sides(
        sender=sender,
        target=target,
        issuer=await committee(act, sender) if sender else None,
        receiver=await committee(act, target) if target else None,
    )
    place = home.path if home else ""
    if facts is not None and home is not None:
        suggested = terms.suggestion(act, facts, place)
        opening = replace(opening, suggested=suggested.place, clause=suggested.clause)
    faults = rules.opening_refusals(
        opening,
        reasons=terms.reasons(act, place),
        open_already=member is not None
        and await store.is_open(act.session, act.tenant_id, member.id),
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


async def case_for(act: Act, id: UUID, action: Action, *, at: str = "home") -> tuple[Case, Unit]:
    """The transfer, and the organization where the caller must be allowed to do this.

    `at`: its home, its `to` branch or the committee that was asked for one, the committee that is
    its `issuer`, or the one that owes or awaits the `receipt`. Raises `NotFound` for who sees
    neither side of it.
    """
    case = await store.case(act.session, act.tenant_id, id)
    if case is None:
        raise NotFound()
    places = {
        "home": case.from_id or case.to_id or case.receiver_id,
        "to": case.to_id,
        "issuer": case.committee_id,
        "receipt": case.committee_id if case.kind is Kind.OUT else case.receiver_id,
    }
    home = await organization_of(act, places["home"] or case.id, seen_by=None)
    place = places[at]
    unit = home if place in (None, home.id) else await organization_of(act, place, seen_by=None)
    if not act.switches.enabled(action.plugin, unit.path):
        act.require(action, unit.path, seen_by=ORGANIZATION_READ)
    if not act.may(action, unit.path) and not await _seen(act, case, (home, unit)):
        raise NotFound()
    act.require(action, unit.path)
    return case, unit


def stale(case: Case, version: int | None) -> list[Conflict]:
    """That somebody changed it since it was read."""
    if version is None or version == case.version:
        return []
    return [VersionStale(path=("version",), version=case.version)]


async def committee(act: Act, unit: Unit) -> Unit | None:
    """Which committee issues and receives for a branch: the nearest that may (rule 16)."""
    above = await organizations_above(act, unit.path)
    found = next((each for each in above if each.approves_probationary), None)
    if found is None:
        way = act.parameters.value("transfers.issuer", unit.path, act.today)
        if way.value == "any_committee":
            return next((each for each in above if each.kind is UnitKind.PARTY_COMMITTEE), None)
    return found


async def _seen(act: Act, case: Case, units: Sequence[Unit]) -> bool:
    """Whether the caller sees the transfer at all, from either side."""
    if any(act.may(actions.READ, unit.path, case.member_id) for unit in units):
        return True
    others = {case.from_id, case.to_id, case.committee_id, case.receiver_id}
    for other in others - {None, *(unit.id for unit in units)}:
        assert other is not None
        unit = await organization_of(act, other, seen_by=None)
        if act.may(actions.READ, unit.path, case.member_id):
            return True
    return False


async def _target(act: Act, id: UUID | None, action: Action | None = None) -> Unit | None:
    """The branch somebody goes to: whoever sends need not see it, whoever enters must act there."""
    if id is None:
        return None
    if action is None:
        return await organization_of(act, id, seen_by=None)
    unit = await organization_of(act, id)
    act.require(action, unit.path, seen_by=ORGANIZATION_READ)
    return unit


def answer_by(act: Act, path: str) -> date:
    """By when the receiving branch is to answer."""
    return act.today + timedelta(days=terms.days(act, "transfers.answer_days", path))


def settle_by(act: Act, path: str) -> date:
    """By when the next step is due of the sender, or of the body above: a letter, or what follows
    a refusal or a trace."""
    return act.today + timedelta(days=terms.days(act, "transfers.settle_days", path))


async def enter(act: Act, judged: Judged, batch_id: UUID | None = None) -> UUID:
    """Open what was judged; `batch_id` is the first of those that are opened together."""
    id, opening, sides = new_id(), judged.opening, judged.sides
    home, target = sides.home, sides.target
    answer = answer_by(act, target.path) if target is not None else None
    lettered = sides.issuer is not None and sides.issuer != sides.receiver
    values = {
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
        "answer_by": answer,
        "settle_by": settle_by(act, home.path) if lettered else None,
        "batch_id": batch_id,
        "about": id if opening.kind is Kind.BETWEEN else None,
        "peer_code": opening.institution,
        "peer_unit": opening.organization_code if opening.institution else None,
        "version": 1,
    }
    await store.open(act.session, act.tenant_id, values)
    case = await store.case(act.session, act.tenant_id, id)
    assert case is not None
    where = target.name if target else opening.elsewhere
    said(act, OPENED, case, home.path, where=where, whence=opening.elsewhere)
    return id
