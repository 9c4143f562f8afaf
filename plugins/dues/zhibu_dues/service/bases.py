"""The base of a year's dues: declared by the member or the branch, confirmed by somebody else."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.calendar import year_of
from zhibu.errors import Conflict, Invalid, NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.members.public import MemberFacts, member_of, members_by_id
from zhibu.slips import public as slips
from zhibu.slips.public import Slip
from zhibu_dues import actions
from zhibu_dues.errors import BasePaid, NothingChosen, VersionStale
from zhibu_dues.public import BASE_CONFIRMED, BASE_DECLARED, BASE_VOIDED
from zhibu_dues.rules import bases as rules
from zhibu_dues.rules.bases import Base, BaseState, Declaration
from zhibu_dues.rules.months import Membership
from zhibu_dues.rules.payments import yuan
from zhibu_dues.rules.standards import Standard, income_refusals, monthly
from zhibu_dues.service.events import said
from zhibu_dues.service.months import paid_in_vain, refresh
from zhibu_dues.service.terms import stable, standard
from zhibu_dues.store import bases as store
from zhibu_dues.store import people

KIND = "DuesBase"
REPLACED = "由新核定的基数代替"


async def declare(act: Act, member_id: UUID, declaration: Declaration) -> UUID:
    """Declare what a member's dues are reckoned by; somebody else confirms it.

    Raises `NotFound`, `Forbidden`, `PluginDisabled`, or `Refused` with everything that speaks
    against it.
    """
    member = await member_of(act, member_id)
    act.require(actions.DECLARE, member.path, member.id)
    refuse(rules.year_refusals(declaration.year, act.today))
    confirmed = await _confirmed(act, member_id, declaration)
    found = await people.memberships(act.session, act.tenant_id, [member_id])
    refuse(refusals(act, declaration, member.path, found[member_id][2], confirmed=confirmed))
    [id] = await add(act, [(member, declaration)])
    return id


async def confirm(act: Act, ids: Sequence[UUID]) -> None:
    """Make declared bases what dues are owed by, all of them or none; earlier ones give way."""
    found = await store.bases(act.session, act.tenant_id, ids)
    if not ids:
        raise NothingChosen(path=("bases",))
    if len(found) < len(set(ids)):
        raise NotFound()
    members = await members_by_id(act, {base.member_id for base in found.values()})
    for member in members.values():
        act.require(actions.CONFIRM, member.path, seen_by=actions.READ)
    caller = act.caller
    refuse(
        refusal
        for base in found.values()
        for refusal in rules.confirming_refusals(
            base, account_id=caller.account_id, member_id=caller.member_id
        )
    )
    await people.hold(act.session, act.tenant_id, members)
    await settle(act, [*found.values()], members)


async def void(act: Act, id: UUID, *, reason: str, version: int | None = None) -> UUID:
    """Return a declaration, or take back a base confirmed by mistake; whose it was.

    What was paid must not be left without a month to stand for: payments are voided first.
    """
    found = (await store.bases(act.session, act.tenant_id, [id])).get(id)
    if found is None:
        raise NotFound()
    member = await member_of(act, found.member_id)
    slip = Slip(subject=(KIND, id), happened=(BASE_DECLARED,), among=CHANGES)
    await slips.require(act, actions.CONFIRM, member.path, member.id, slip, seen_by=actions.READ)
    refuse([*rules.voiding_refusals(found, reason), *stale(found.version, version)])
    await people.hold(act.session, act.tenant_id, [member.id])
    await store.void(act.session, act.tenant_id, [id], reason=reason.strip(), on=act.today)
    if await paid_in_vain(act, [member.id]):
        refuse([BasePaid(path=("base",))])
    said(act, BASE_VOIDED, (KIND, id), member, year=found.declaration.year, reason=reason.strip())
    if found.state is BaseState.CONFIRMED:
        await refresh(act, [member.id])
    return member.id


CHANGES = (BASE_DECLARED, BASE_CONFIRMED, BASE_VOIDED)


def refusals(
    act: Act, declaration: Declaration, path: str, membership: Membership, *, confirmed: bool
) -> list[Invalid | Conflict]:
    """What the rules in force at the branch say against a declaration."""
    on = _day(declaration)
    return [
        *rules.declaring_refusals(
            declaration,
            today=act.today,
            membership=membership,
            confirmed=confirmed,
            stable=stable(act, path, on),
        ),
        *income_refusals(
            _standard(act, declaration, path), declaration.base_fen, declaration.chosen_fen
        ),
    ]


async def add(
    act: Act, decided: Sequence[tuple[MemberFacts, Declaration]], *, confirmed: bool = False
) -> list[UUID]:
    """Save declarations that nothing speaks against, with one event for each."""
    rows = [_row(act, member, declaration) for member, declaration in decided]
    await store.add(act.session, act.tenant_id, rows)
    for row, (member, declaration) in zip(rows, decided, strict=True):
        facts: dict[str, Any] = {
            "year": declaration.year,
            "month": declaration.from_month,
            "income": declaration.income,
            "yuan": yuan(row["monthly_fen"]),
            "reason": declaration.reason,
        }
        basis = _standard(act, declaration, member.path).basis
        said(act, BASE_DECLARED, (KIND, row["id"]), member, basis=basis, **facts)
    return [row["id"] for row in rows]


async def settle(act: Act, confirmed: Sequence[Base], members: dict[UUID, MemberFacts]) -> None:
    """Confirm these bases; those of the same month before them are void from now on."""
    ids = [base.id for base in confirmed]
    places = {_place(base): base.id for base in confirmed}
    earlier = await store.of_members(act.session, act.tenant_id, members)
    replaced = [base.id for base in earlier if _place(base) in places and base.id not in ids]
    twice = [base.id for base in confirmed if places[_place(base)] != base.id]
    await store.confirm(act.session, act.tenant_id, ids, by=act.caller.account_id, on=act.today)
    await store.void(act.session, act.tenant_id, [*replaced, *twice], reason=REPLACED, on=act.today)
    for base in confirmed:
        facts: dict[str, Any] = {"year": base.declaration.year, "yuan": yuan(base.monthly_fen)}
        said(act, BASE_CONFIRMED, (KIND, base.id), members[base.member_id], **facts)
    await refresh(act, members)


def stale(now: int, read: int | None) -> list[Conflict]:
    """That somebody changed it since it was read."""
    if read is None or read == now:
        return []
    return [VersionStale(path=("version",), version=now)]


async def _confirmed(act: Act, member_id: UUID, declaration: Declaration) -> bool:
    found = await store.of_members(act.session, act.tenant_id, [member_id])
    return any(base.declaration.year == declaration.year for base in found)


def _row(act: Act, member: MemberFacts, declaration: Declaration) -> dict[str, Any]:
    holds = _standard(act, declaration, member.path)
    return {
        "id": new_id(),
        "member_id": member.id,
        **vars(declaration),
        "monthly_fen": monthly(holds, declaration.base_fen, declaration.chosen_fen),
        "standard_since": holds.basis.since or _day(declaration),
        "basis": str(holds.basis),
        "state": BaseState.DECLARED,
        "recorded_by": act.caller.account_id,
        "recorder_id": act.caller.member_id,
        "recorded_at": act.now,
        "confirmed_by": None,
        "confirmed_on": None,
        "voided_on": None,
        "void_reason": None,
        "version": 1,
    }


def _standard(act: Act, declaration: Declaration, path: str) -> Standard:
    return standard(act, declaration.income, path, _day(declaration))


def _day(declaration: Declaration) -> date:
    """The day whose rules hold: the first of the month, or of the year where that is none."""
    month = declaration.from_month
    return year_of(declaration.year)[0].replace(month=month if 1 <= month <= 12 else 1)


def _place(base: Base) -> tuple[UUID, int, int]:
    return base.member_id, base.declaration.year, base.declaration.from_month
