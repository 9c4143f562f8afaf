"""Statements of the sweep: each goes over all obligations of one kind at once, in the database."""

from typing import Any

from sqlalchemy import (
    Date,
    Text,
    Uuid,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.due.store.passes import Pass
from zhibu.due.tables import InboxItem, Obligation
from zhibu.organizations.tables import Organization
from zhibu.storage.fixed import Fixed, run
from zhibu.storage.fresh import fresh_ids
from zhibu.storage.upsert import insert_or

_DUES: Any = Obligation.__table__
_INBOX: Any = InboxItem.__table__
_NEW = _DUES.alias("excluded")  # as the statement's own `excluded`, which is made anew for each
_DUE, _ITEM, _UNIT = _DUES.alias("due"), _INBOX.alias("item"), Organization.__table__.alias("unit")
_OF_KIND = (_DUES.c.tenant_id == bindparam("tenant"), _DUES.c.kind == bindparam("kind"))
_KEPT = Fixed(
    select(
        exists().where(*_OF_KIND, _DUES.c.closed_on.is_(None)),
        exists().where(*_OF_KIND, _DUES.c.closed_on.is_not(None)),
    )
)


async def kept(each: Pass) -> tuple[bool, bool]:
    """Whether anything of the kind is open, and whether anything is over."""
    ((found,),) = await run(each.session, _KEPT(tenant=each.tenant_id, kind=each.kind.name))
    return bool(found[0]), bool(found[1])


async def bring_back(each: Pass) -> int:
    """Have what is about to be opened again wait for those too who once said that it is done."""
    rows, unit = each.rows, _UNIT
    due, item = _DUE, _ITEM
    lead = each.lead(rows.c.due_on, unit.c.path)
    ended = (
        select(item.c.id)
        .join(due, and_(due.c.tenant_id == each.tenant_id, due.c.id == item.c.due_id))
        .join(rows, and_(rows.c.subject_id == due.c.subject_id, rows.c.due_on == due.c.due_on))
        .join(unit, and_(unit.c.tenant_id == each.tenant_id, unit.c.id == rows.c.organization_id))
        .where(
            item.c.tenant_id == each.tenant_id,
            item.c.done_at.is_not(None),
            due.c.kind == each.kind.name,
            due.c.closed_on.is_not(None),
            func.coalesce(due.c.outcome, "") != "settled",
            rows.c.done_on.is_(None),
            lead.is_not(None),
            each.alive(rows.c.due_on, unit.c.path),
        )
    )
    statement = (
        update(_INBOX)
        .where(_INBOX.c.tenant_id == each.tenant_id, _INBOX.c.id.in_(ended))
        .values(done_at=None)
    )
    return await affected(each.session, statement)


async def open_up(each: Pass) -> int:
    """Keep what is due by now and was not kept, and open again what had only seemed to be over."""
    rows, unit = each.rows, _UNIT
    lead = each.lead(rows.c.due_on, unit.c.path)
    basis: Any = rows.c.basis if "basis" in rows.c else literal(each.kind.basis)
    found = (
        select(
            literal(each.tenant_id, Uuid()),
            fresh_ids(each.session),
            literal(each.kind.name),
            rows.c.subject_id,
            rows.c.organization_id,
            cast(rows.c.member_id, Uuid()),
            rows.c.starts_on,
            rows.c.due_on,
            cast(basis, Text()),
            lead,
            each.level(rows.c.due_on, unit.c.path),
            literal(each.day, Date()),
        )
        .join(unit, and_(unit.c.tenant_id == each.tenant_id, unit.c.id == rows.c.organization_id))
        .where(rows.c.done_on.is_(None), lead.is_not(None), each.alive(rows.c.due_on, unit.c.path))
    )
    names = ["tenant_id", "id", "kind", "subject_id", "organization_id", "member_id"]
    names += ["starts_on", "due_on", "basis", "lead", "level", "raised_on"]
    statement = insert_or(each.session, _DUES).from_select(names, found)
    new = _NEW.c
    changed = ("organization_id", "member_id", "starts_on", "basis", "lead", "level", "raised_on")
    ended = ("closed_on", "done_on", "outcome")
    statement = statement.on_conflict_do_update(
        index_elements=["tenant_id", "kind", "subject_id", "due_on"],
        set_={name: new[name] for name in changed} | dict.fromkeys(ended),
        where=and_(
            func.coalesce(_DUES.c.outcome, "") != "settled",
            or_(
                _DUES.c.closed_on.is_not(None),
                _DUES.c.organization_id != new.organization_id,
                _DUES.c.starts_on != new.starts_on,
                _DUES.c.basis != new.basis,
            ),
        ),
    )
    return await affected(each.session, statement)


async def close(each: Pass) -> int:
    """End what was done, whose cause is gone, and what is no longer brought to mind."""
    rows, unit = each.rows, _UNIT
    due = _DUE
    gone = rows.c.subject_id.is_(None)
    alive = each.alive(due.c.due_on, unit.c.path)
    outcome = case((rows.c.done_on.is_not(None), "recorded"), (gone, "gone"), else_="lapsed")
    day = literal(each.day, Date())
    done_on = case(
        (rows.c.done_on.is_not(None), rows.c.done_on),
        *([(gone, day)] if each.kind.gone_is_done else []),
        else_=cast(null(), Date()),
    )
    ended = (
        select(due.c.id, outcome.label("outcome"), done_on.label("done_on"))
        .join(unit, and_(unit.c.tenant_id == each.tenant_id, unit.c.id == due.c.organization_id))
        .join(
            rows,
            and_(rows.c.subject_id == due.c.subject_id, rows.c.due_on == due.c.due_on),
            isouter=True,
        )
        .where(
            due.c.tenant_id == each.tenant_id,
            due.c.kind == each.kind.name,
            due.c.closed_on.is_(None),
            or_(gone, rows.c.done_on.is_not(None), ~alive),
        )
        .subquery("ended")
    )
    statement = (
        update(_DUES)
        .where(_DUES.c.tenant_id == each.tenant_id, _DUES.c.id == ended.c.id)
        .values(closed_on=day, done_on=ended.c.done_on, outcome=ended.c.outcome)
    )
    return await affected(each.session, statement)


async def raise_up(each: Pass) -> int:
    """Note what has come nearer by a lead, or was left open for long enough to go up."""
    unit = _UNIT
    lead = func.coalesce(each.lead(_DUES.c.due_on, unit.c.path), _DUES.c.lead)
    level = each.level(_DUES.c.due_on, unit.c.path)
    statement = (
        update(_DUES)
        .where(
            _DUES.c.tenant_id == each.tenant_id,
            _DUES.c.kind == each.kind.name,
            _DUES.c.closed_on.is_(None),
            unit.c.tenant_id == each.tenant_id,
            unit.c.id == _DUES.c.organization_id,
            or_(lead < _DUES.c.lead, level > _DUES.c.level),
        )
        .values(lead=lead, level=level, raised_on=each.day)
    )
    return await affected(each.session, statement)


async def affected(session: AsyncSession, statement: Any) -> int:
    """Run a statement that changes rows; how many it did."""
    done: Any = await session.execute(statement, execution_options={"preserve_rowcount": True})
    return int(done.rowcount)
