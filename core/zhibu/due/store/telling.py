"""Whom an obligation is brought to, and the statements that put it into their inboxes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Integer,
    Select,
    Uuid,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    union_all,
    update,
)

from zhibu.accounts.store.holders import holding
from zhibu.accounts.tables import Account
from zhibu.due.rules.inbox import Reason
from zhibu.due.store.passes import Pass
from zhibu.due.store.sweeping import affected
from zhibu.due.tables import InboxItem, Obligation
from zhibu.organizations.tables import Organization
from zhibu.storage.fresh import fresh_ids
from zhibu.storage.tables import Moment
from zhibu.storage.upsert import insert_or

_DUES: Any = Obligation.__table__
_INBOX: Any = InboxItem.__table__
# Made once: giving an alias its columns takes longer than the rest of such a statement.
_DUE, _OPEN, _HERE = _DUES.alias("due"), _DUES.alias("open"), _DUES.alias("here")
_ITEM, _NEW = _INBOX.alias("item"), _INBOX.alias("excluded")
_OWN, _UNIT = Account.__table__.alias("own"), Organization.__table__.alias("unit")
_REASONS = (Reason.OWN, Reason.RESPONSIBLE, Reason.ESCALATED)  # the first one that applies counts


@dataclass(frozen=True, kw_only=True)
class Duty:
    """The roles that answer for a kind at its organization, and those that watch from above."""

    responsible: Collection[str]
    above: Collection[str]


async def tell(each: Pass, duty: Duty, now: datetime) -> int:
    """Put every open obligation into the inboxes it belongs to and is not in yet."""
    told = _told(each, duty).subquery("told")
    reason = case(
        *((told.c.place == place, str(reason)) for place, reason in enumerate(_REASONS)),
        else_=str(Reason.ESCALATED),
    )
    found = select(
        literal(each.tenant_id, Uuid()),
        fresh_ids(each.session),
        told.c.due_id,
        told.c.account_id,
        reason,
        literal(now, Moment()),
    ).where(told.c.place >= 0)
    names = ["tenant_id", "id", "due_id", "account_id", "reason", "told_at"]
    statement = insert_or(each.session, _INBOX).from_select(names, found)
    statement = statement.on_conflict_do_update(
        index_elements=["tenant_id", "due_id", "account_id"],
        set_={"reason": _NEW.c.reason, "withdrawn_at": None},
        where=or_(_INBOX.c.withdrawn_at.is_not(None), _INBOX.c.reason != _NEW.c.reason),
    )
    return await affected(each.session, statement)


async def withdraw(each: Pass, duty: Duty, now: datetime) -> int:
    """Take open obligations out of the inboxes of those who no longer answer for them."""
    told, due, item = _told(each, duty).subquery("told"), _DUE, _ITEM
    strays = (
        select(item.c.id)
        .join(due, and_(due.c.tenant_id == each.tenant_id, due.c.id == item.c.due_id))
        .join(
            told,
            and_(told.c.due_id == item.c.due_id, told.c.account_id == item.c.account_id),
            isouter=True,
        )
        .where(
            item.c.tenant_id == each.tenant_id,
            item.c.withdrawn_at.is_(None),
            due.c.kind == each.kind.name,
            due.c.closed_on.is_(None),
            told.c.due_id.is_(None),
        )
    )
    statement = (
        update(_INBOX)
        .where(_INBOX.c.tenant_id == each.tenant_id, _INBOX.c.id.in_(strays))
        .values(withdrawn_at=literal(now, Moment()))
    )
    return await affected(each.session, statement)


def _told(each: Pass, duty: Duty) -> Select[Any]:
    """`due_id`, `account_id` and the `place` of its reason, once for each account.

    An obligation goes to the nearest organization at or above its own where anybody answers for
    it, and with each level that it was brought up to the next such one further up.
    """
    due = _OPEN
    ranked = _ranked(each, duty)
    parts = [
        select(
            due.c.id.label("due_id"),
            ranked.c.account_id,
            case((ranked.c.level == 0, 1), else_=2).label("place"),
        )
        .join(ranked, ranked.c.organization_id == due.c.organization_id)
        .where(*_open(each, due), ranked.c.rank <= due.c.level + 1)
    ]
    if each.kind.tells_member:
        account = _OWN
        parts.append(
            select(due.c.id, account.c.id, literal(0, Integer()))
            .join(
                account,
                and_(account.c.tenant_id == each.tenant_id, account.c.member_id == due.c.member_id),
            )
            .where(*_open(each, due), account.c.disabled_at.is_(None))
        )
    every = union_all(*parts).subquery("every")
    return select(
        every.c.due_id, every.c.account_id, func.min(every.c.place).label("place")
    ).group_by(every.c.due_id, every.c.account_id)


def _open(each: Pass, due: Any) -> list[Any]:
    return [
        due.c.tenant_id == each.tenant_id,
        due.c.kind == each.kind.name,
        due.c.closed_on.is_(None),
    ]


def _chain(each: Pass) -> Any:
    """Every organization where something is open, with each one above it and how far up."""
    due, unit = _HERE, _UNIT
    start = (
        select(
            due.c.organization_id,
            due.c.organization_id.label("place"),
            literal(0, Integer()).label("level"),
        )
        .where(*_open(each, due))
        .distinct()
        .cte("chain", recursive=True, nesting=True)
    )
    up = (
        select(start.c.organization_id, unit.c.parent_id, start.c.level + 1)
        .join(unit, and_(unit.c.tenant_id == each.tenant_id, unit.c.id == start.c.place))
        .where(unit.c.parent_id.is_not(None))
    )
    return start.union_all(up)


def _ranked(each: Pass, duty: Duty) -> Any:
    """Who answers for each of those organizations: the nearest have rank 1, those above them 2."""
    chain = _chain(each)
    at_home = holding(each.tenant_id, duty.responsible, each.day).subquery("at_home")
    above = holding(each.tenant_id, duty.above, each.day).subquery("above")
    levels = union_all(
        select(chain.c.organization_id, chain.c.level, at_home.c.account_id).join(
            at_home, and_(chain.c.level == 0, at_home.c.organization_id == chain.c.place)
        ),
        select(chain.c.organization_id, chain.c.level, above.c.account_id).join(
            above, and_(chain.c.level > 0, above.c.organization_id == chain.c.place)
        ),
    ).subquery("levels")
    rank = func.dense_rank().over(partition_by=levels.c.organization_id, order_by=levels.c.level)
    return select(
        levels.c.organization_id, levels.c.level, levels.c.account_id, rank.label("rank")
    ).subquery("ranked")
