"""Withdrawing the words of sessions, plans and credits, and showing them again."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, null, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.members.tables import Member
from zhibu.organizations.tables import Organization
from zhibu_education.tables import Credit, Plan, Session

Shown = type[Session] | type[Plan] | type[Credit]
KINDS: dict[str, Shown] = {
    "EducationSession": Session,
    "EducationPlan": Plan,
    "EducationCredit": Credit,
}


async def place(session: AsyncSession, tenant_id: UUID, kind: str, id: UUID) -> Any:
    """Where a record belongs and since when it is withdrawn; it is held. None: there is none.

    `member_id` and `session_on`, the day its session was withdrawn, are those of a credit, and
    None of what an organization keeps.
    """
    table: Any = KINDS[kind]
    about_member = table is Credit
    home: Any = Member if about_member else Organization
    home_id = table.member_id if about_member else table.organization_id
    query: Any = (
        select(
            home.path,
            table.withdrawn_on,
            table.withdrawn_reason,
            (Member.id if about_member else null()).label("member_id"),
            (Session.withdrawn_on if about_member else null()).label("session_on"),
        )
        .select_from(table)
        .join(home, (home.tenant_id == table.tenant_id) & (home.id == home_id))
        .where(table.tenant_id == tenant_id, table.id == id)
    )
    if about_member:
        from_session = (Session.tenant_id == Credit.tenant_id) & (Session.id == Credit.session_id)
        query = query.join(Session, from_session, isouter=True)
    found = await session.execute(query.with_for_update(of=table))
    return found.first()


async def withdraw(
    session: AsyncSession, tenant_id: UUID, kind: str, id: UUID, on: date, reason: str
) -> None:
    """Withdraw a record's words as of a day; of a session its credits' too, if they are shown."""
    values = {"withdrawn_on": on, "withdrawn_reason": reason}
    await _change(session, tenant_id, kind, id, values, Credit.withdrawn_on.is_(None))


async def show(
    session: AsyncSession, tenant_id: UUID, kind: str, id: UUID, withdrawn_for: str
) -> None:
    """Show a record's words again; of a session its credits' too, unless withdrawn by themselves.

    Those bear a reason of their own, not the session's.
    """
    values = {"withdrawn_on": None, "withdrawn_reason": None}
    await _change(session, tenant_id, kind, id, values, Credit.withdrawn_reason == withdrawn_for)


async def _change(
    session: AsyncSession,
    tenant_id: UUID,
    kind: str,
    id: UUID,
    values: dict[str, Any],
    credits: Any,
) -> None:
    table: Any = KINDS[kind]
    changed = [(table, table.id == id)]
    if table is Session:
        changed.append((Credit, and_(Credit.session_id == id, credits)))
    for each, which in changed:
        await session.execute(
            update(each)
            .where(each.tenant_id == tenant_id, which)
            .values(**values)
            .execution_options(synchronize_session=False)
        )
