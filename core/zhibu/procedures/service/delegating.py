"""Letting somebody act for oneself in procedures, and ending it."""

from datetime import date
from uuid import UUID

from zhibu.accounts import store as accounts
from zhibu.act import Act, Event
from zhibu.core_actions import ORGANIZATION_READ, PROCEDURE_DELEGATE, PROCEDURE_READ
from zhibu.errors import Forbidden, NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.organizations.public import organization_of
from zhibu.procedures import names, store
from zhibu.procedures.errors import ProcedureUnknown
from zhibu.procedures.rules import delegating as rules
from zhibu.procedures.service.acting import principal_now


async def delegate(
    act: Act,
    *,
    member_id: UUID,
    organization_id: UUID,
    since: date,
    until: date,
    reason: str,
    name: str | None = None,
) -> UUID:
    """Let a member's account act for the caller's, at an organization and below it.

    The caller's own roles decide what that comes to, each time it is used.
    """
    unit = await organization_of(act, organization_id)
    act.require(PROCEDURE_DELEGATE, unit.path, seen_by=ORGANIZATION_READ)
    giver = act.caller.account_id
    if giver is None:
        raise Forbidden(action=PROCEDURE_DELEGATE.name)
    if name is not None and name not in act.parameters.definitions:
        raise ProcedureUnknown(path=("procedure",), name=name)
    to = await accounts.accounts.by_member(act.session, act.tenant_id, member_id)
    principal = await principal_now(act, to.id) if to is not None and to.id != giver else None
    fit = principal is not None and act.policy.may(
        principal, act.switches, PROCEDURE_READ, unit.path
    )
    value = act.parameters.value("core.delegation_months", unit.path, act.today)
    longest = rules.Longest(months=value.value, basis=value.basis)
    refuse(rules.faults(since, until, today=act.today, reason=reason, longest=longest, fit=fit))
    assert to is not None
    id = new_id()
    values = {
        "id": id,
        "account_id": giver,
        "to_account_id": to.id,
        "organization_id": unit.id,
        "path": unit.path,
        "name": name,
        "since": since,
        "until": until,
        "reason": reason.strip(),
        "recorded_at": act.now,
    }
    await store.add_delegation(act.session, act.tenant_id, values)
    facts = {
        "to": to.name,
        "procedure": name,
        "since": since.isoformat(),
        "until": until.isoformat(),
        "reason": reason.strip(),
    }
    _record(act, names.DELEGATED, id, unit.path, facts)
    return id


async def end(act: Act, id: UUID, *, reason: str) -> UUID:
    """End it from today: the one who gave it, or the one who was given it."""
    found = await store.delegation(act.session, act.tenant_id, id)
    account = act.caller.account_id
    if found is None or account is None or account not in (found.account_id, found.to_account_id):
        raise NotFound()
    refuse(rules.ending_faults(found, today=act.today))
    await store.end_delegation(act.session, act.tenant_id, id, act.today)
    _record(act, names.DELEGATION_ENDED, id, found.path, {"reason": reason.strip()})
    return id


def _record(act: Act, name: str, id: UUID, path: str, facts: dict[str, str | None]) -> None:
    told = {key: fact for key, fact in facts.items() if fact}
    act.record(Event(name=name, subject=("ProcedureDelegation", id), path=path, facts=told))
