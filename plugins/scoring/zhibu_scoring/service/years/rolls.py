"""Finding a branch's year, and saying what happened to it."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.actions import Action
from zhibu.errors import NotFound
from zhibu.members.public import MemberFacts, member_of
from zhibu.organizations.public import Unit, organization_of
from zhibu_scoring import actions
from zhibu_scoring.errors.years import NotAssessing
from zhibu_scoring.rules.years import Year
from zhibu_scoring.store import years as store
from zhibu_scoring.store.people import ASSESSING

KIND = "ScoringYear"


async def held(
    act: Act, id: UUID, action: Action, *, of: Collection[UUID] = ()
) -> tuple[Year, Unit]:
    """A branch's year and the branch, held while the act lasts. Raises `NotFound`.

    Those `of` the year may do from where they are now what they might have done in the branch, as
    long as points are kept there.
    """
    found = await store.year(act.session, act.tenant_id, id)
    if found is None:
        raise NotFound()
    unit = await organization_of(act, found.organization_id, seen_by=None)
    path, me = unit.path, act.caller.member_id
    kept = act.switches.enabled(action.plugin, path)
    if kept and me is not None and me in of and not act.may(action, path):
        path = (await member_of(act, me, seen_by=None)).path
    act.require(action, path, seen_by=actions.YEAR_READ)
    await store.hold(act.session, act.tenant_id, unit.id)
    return await store.year(act.session, act.tenant_id, id) or found, unit


async def one_of(act: Act, unit: Unit, id: UUID) -> MemberFacts:
    """A member whose year is of this branch, wherever he is now: the ledger tells it there."""
    member = await member_of(act, id, seen_by=None)
    return replace(member, organization_id=unit.id, path=unit.path)


def assessing(unit: Unit) -> None:
    """Raise `NotAssessing` unless the unit is a branch."""
    if unit.kind not in ASSESSING:
        raise NotAssessing(path=("organization",))


def say(act: Act, name: str, unit: Unit, subject: tuple[str, UUID], /, **facts: Any) -> None:
    """Something that happened to a branch's year; facts that are None are left out."""
    plain = {k: v.isoformat() if isinstance(v, date) else v for k, v in facts.items()}
    told = {key: value for key, value in plain.items() if value is not None}
    act.record(Event(name=name, subject=subject, path=unit.path, facts=told))
