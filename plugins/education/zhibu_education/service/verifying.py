"""Deciding about class hours that wait: verified or returned by somebody else."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from zhibu.act import Act
from zhibu.core_actions import MEMBER_READ, ORGANIZATION_READ
from zhibu.errors import Conflict, Invalid, NotFound, refuse
from zhibu.members.public import MemberFacts, members_by_id
from zhibu_education import actions
from zhibu_education.errors import NothingChosen, NothingWaits, ReasonMissing
from zhibu_education.public import CREDIT_RETURNED, CREDIT_VERIFIED
from zhibu_education.rules import credits as rules
from zhibu_education.rules.catalogues import CreditState
from zhibu_education.service.rows import credit_event
from zhibu_education.service.standings import refresh
from zhibu_education.store import credits as store
from zhibu_education.store import sessions as session_store


@dataclass(frozen=True, kw_only=True)
class Left:
    """A credit of a list that stays as it was, and why."""

    credit: rules.Credit
    why: Invalid | Conflict


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What became of a list: how many were verified, and what stays."""

    count: int
    left: Sequence[Left]


async def verify(act: Act, ids: Sequence[UUID], *, remark: str | None = None) -> None:
    """Make pending hours count. Nobody verifies what he claimed, recorded or earned himself.

    Either all of them are verified or none. Raises `Refused` with every obstacle.
    """
    await _decide(act, ids, CreditState.VERIFIED, CREDIT_VERIFIED, remark)


async def send_back(act: Act, ids: Sequence[UUID], *, reason: str) -> None:
    """Return pending hours to whoever claimed them, with the reason."""
    if not reason.strip():
        raise ReasonMissing(path=("reason",))
    await _decide(act, ids, CreditState.RETURNED, CREDIT_RETURNED, reason)


async def verify_list(
    act: Act, session_id: UUID, *, but: Collection[UUID] = (), remark: str | None = None
) -> Decided:
    """Make the hours of a session count that wait and are the caller's to verify, at once.

    `but` are credits to be left alone. What the caller entered or earned stays for somebody else
    and is said; where nothing else waits, that is the refusal. Raises `NothingWaits`, `Refused`.
    """
    session = await session_store.session_of(act.session, act.tenant_id, session_id)
    if session is None:
        raise NotFound()
    waiting = await store.waiting_of_session(act.session, act.tenant_id, session_id)
    found = await store.credits(act.session, act.tenant_id, waiting)
    members = await members_by_id(act, {credit.member_id for credit in found.values()})
    mine = [
        credit
        for credit in found.values()
        if (member := members.get(credit.member_id)) is not None
        and act.may(actions.VERIFY, member.path, member.id)
    ]
    if not mine:
        act.require(actions.VERIFY, session.path, seen_by=ORGANIZATION_READ)
    chosen = [credit for credit in mine if credit.id not in but]
    refusals = {credit.id: _refusals(act, credit, ("session",)) for credit in chosen}
    fit = [credit for credit in chosen if not refusals[credit.id]]
    left = [
        Left(credit=credit, why=refusals[credit.id][0]) for credit in chosen if refusals[credit.id]
    ]
    if not fit:
        refuse([one.why for one in left[:1]] or [NothingWaits(path=("session",))])
    await _settle(act, fit, members, CreditState.VERIFIED, CREDIT_VERIFIED, remark)
    return Decided(count=len(fit), left=left)


async def _decide(
    act: Act, ids: Sequence[UUID], state: CreditState, happened: str, decision: str | None
) -> None:
    if not ids:
        raise NothingChosen(path=("credits",))
    found = await store.credits(act.session, act.tenant_id, ids)
    members = await members_by_id(act, {credit.member_id for credit in found.values()})
    refusals: list[Invalid | Conflict] = []
    for index, id in enumerate(ids):
        credit = found.get(id)
        if credit is None:
            raise NotFound()
        member = members[credit.member_id]
        act.require(actions.VERIFY, member.path, member.id, seen_by=MEMBER_READ)
        refusals += _refusals(act, credit, ("credits", str(index)))
    refuse(refusals)
    await _settle(act, found.values(), members, state, happened, decision)


def _refusals(act: Act, credit: rules.Credit, path: tuple[str, ...]) -> list[Invalid | Conflict]:
    return [
        *rules.verification_refusals(
            credit,
            account_id=act.caller.account_id,
            member_id=act.caller.member_id,
            path=path,
        )
    ]


async def _settle(
    act: Act,
    credits: Collection[rules.Credit],
    members: Mapping[UUID, MemberFacts],
    state: CreditState,
    happened: str,
    decision: str | None,
) -> None:
    await store.decide(
        act.session,
        act.tenant_id,
        [credit.id for credit in credits],
        state=state,
        by=act.caller.account_id,
        at=act.now,
        decision=decision,
    )
    await refresh(act, {(one.member_id, one.earned_on.year) for one in credits}, held=True)
    for credit in credits:
        member = members[credit.member_id]
        act.record(
            credit_event(
                happened, credit.id, member, hours=credit.hours, title=credit.own, reason=decision
            )
        )
