"""Finding a transfer to go on with, and by when its next step is due."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from zhibu.act import Act
from zhibu.actions import Action
from zhibu.core_actions import ORGANIZATION_READ
from zhibu.errors import Conflict, NotFound
from zhibu.organizations.public import Unit
from zhibu_transfers import actions
from zhibu_transfers.errors import VersionStale
from zhibu_transfers.rules.cases import Case, Kind
from zhibu_transfers.service import terms
from zhibu_transfers.service.places import Places
from zhibu_transfers.store import cases as store


async def case_for(act: Act, id: UUID, action: Action, *, at: str = "home") -> tuple[Case, Unit]:
    """The transfer, and the organization where the caller must be allowed to do this.

    `at`: its home, its `to` branch or the committee that was asked for one, the committee that is
    its `issuer`, or the one that owes or awaits the `receipt`. Raises `NotFound` for who sees
    neither side of it.
    """
    case = await store.case(act.session, act.tenant_id, id)
    if case is None:
        raise NotFound()
    return case, await allowed(act, case, action, Places(act), at=at)


async def allowed(act: Act, case: Case, action: Action, places: Places, *, at: str) -> Unit:
    """The organization where the caller may do this with a transfer, as `case_for` says."""
    ids = {
        "home": case.from_id or case.to_id or case.receiver_id,
        "to": case.to_id,
        "issuer": case.committee_id,
        "receipt": case.committee_id if case.kind is Kind.OUT else case.receiver_id,
    }
    home = await places.unit(ids["home"] or case.id)
    place = ids[at]
    unit = home if place in (None, home.id) else await places.unit(place)
    if not act.switches.enabled(action.plugin, unit.path):
        act.require(action, unit.path, seen_by=ORGANIZATION_READ)
    if not act.may(action, unit.path) and not await _seen(act, case, (home, unit), places):
        raise NotFound()
    act.require(action, unit.path)
    return unit


def stale(case: Case, version: int | None) -> list[Conflict]:
    """That somebody changed it since it was read."""
    if version is None or version == case.version:
        return []
    return [VersionStale(path=("version",), version=case.version)]


async def _seen(act: Act, case: Case, units: Sequence[Unit], places: Places) -> bool:
    """Whether the caller sees the transfer at all, from either side."""
    if any(act.may(actions.READ, unit.path, case.member_id) for unit in units):
        return True
    others = {case.from_id, case.to_id, case.committee_id, case.receiver_id}
    for other in others - {None, *(unit.id for unit in units)}:
        assert other is not None
        if act.may(actions.READ, (await places.unit(other)).path, case.member_id):
            return True
    return False


def answer_by(act: Act, path: str) -> date:
    """By when the receiving branch is to answer."""
    return act.today + timedelta(days=terms.days(act, "transfers.answer_days", path))


def settle_by(act: Act, path: str) -> date:
    """By when the next step is due of the sender, or of the body above: a letter, or what follows
    a refusal or a trace."""
    return act.today + timedelta(days=terms.days(act, "transfers.settle_days", path))
