"""Taking back one's own slip: what every part that keeps records asks before it undoes an entry."""

from collections.abc import Sequence
from uuid import UUID

from zhibu.act import Act
from zhibu.actions import Action
from zhibu.errors import Conflict, refuse
from zhibu.slips import rules, store
from zhibu.slips.rules import Made, Slip

__all__ = ["Made", "Slip", "made_of", "require", "slip_faults"]


async def require(
    act: Act,
    action: Action,
    path: str,
    owner: UUID | None,
    slip: Slip,
    *,
    seen_by: Action,
    argument: tuple[str, ...] = (),
) -> None:
    """Raise unless the caller may do this, or takes back what he entered himself.

    Whoever does not hold the action needs to have made the entry from the same account, to see the
    record still, and to be in time (`core.days_to_take_back`), with nothing entered after it; where
    the plugin is switched off there is nothing to take back. Raises what `Act.require` raises, or
    `Refused` for one's own entry that is not the last, or too old.
    """
    if act.may(action, path, owner):
        return
    made = await made_of(act, slip)
    found = rules.entry(slip, made)
    caller = act.caller
    own = (
        found is not None
        and caller.account_id is not None
        and found.account_id == caller.account_id
    )
    if (
        not own
        or not act.may(seen_by, path, owner)
        or not act.switches.enabled(action.plugin, path)
        or not caller.principal.entrusted(action.name, path)
    ):
        act.require(action, path, owner, seen_by=seen_by)
    refuse(slip_faults(act, slip, made, path, argument=argument))


async def made_of(act: Act, slip: Slip) -> list[Made]:
    """What was made of the record, the latest first."""
    return await store.made(act.session, act.tenant_id, slip, act.tenant.zone)


def slip_faults(
    act: Act, slip: Slip, made: Sequence[Made], path: str, *, argument: tuple[str, ...] = ()
) -> list[Conflict]:
    """Why nobody takes the entry back any more: it is not the last one, or too old."""
    days = act.parameters.value("core.days_to_take_back", path=path, on=act.today)
    limit = rules.Limit(days=days.value, basis=days.basis)
    return [*rules.faults(slip, made, today=act.today, limit=limit, path=argument)]
