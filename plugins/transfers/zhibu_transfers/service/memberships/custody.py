"""Who keeps relationship and file of a member who settled abroad, Hong Kong and Macao included."""

from datetime import date
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.core_actions import ORGANIZATION_READ
from zhibu.errors import Conflict, NotFound, refuse
from zhibu.members.public import Stage
from zhibu.organizations.public import Unit, organization_of
from zhibu_transfers import actions
from zhibu_transfers.errors import CustodyMissing, ReasonMissing, VersionStale
from zhibu_transfers.public import CUSTODY_RECORDED, CUSTODY_TAKEN_BACK
from zhibu_transfers.rules import memberships as rules
from zhibu_transfers.rules.matters import Membership
from zhibu_transfers.store import memberships as store

KIND = "TransfersMembership"
NOTHING = ("custodian_id", "custody_on", "custody_note", "late_reason")


async def record(
    act: Act,
    id: UUID,
    *,
    custodian_id: UUID,
    on: date | None,
    note: str,
    late_reason: str | None,
    version: int | None,
) -> None:
    """Record that the custodian has relationship and file (S3D-21)."""
    matter, _ = await matter_for(act, id)
    custodian = await organization_of(act, custodian_id)
    act.require(actions.FILE, custodian.path, seen_by=ORGANIZATION_READ)
    day = on or act.today
    late = act.parameters.value("transfers.days_to_enter", custodian.path, day)
    stage, _, since = await store.last_change(act.session, act.tenant_id, matter.member_id)
    refuse(
        [
            *rules.custody_refusals(
                matter,
                stopped=(stage, since) == (Stage.STOPPED, matter.effective_on),
                on=day,
                note=note,
                today=act.today,
            ),
            *rules.late_refusals(
                day,
                today=act.today,
                days=late.value or 0,
                basis=late.basis,
                reason=late_reason,
            ),
            *stale(matter, version),
        ]
    )
    values = {
        "custodian_id": custodian.id,
        "custody_on": day,
        "custody_note": note.strip(),
        "late_reason": (late_reason or "").strip() or None,
    }
    await store.change(act.session, act.tenant_id, id, values)
    _said(act, CUSTODY_RECORDED, matter, custodian, on=day.isoformat(), where=custodian.name)


async def take_back(act: Act, id: UUID, *, reason: str, version: int | None) -> None:
    """Take back a hand-over that was recorded by mistake."""
    matter, home = await matter_for(act, id)
    found: list[Conflict] = stale(matter, version)
    if matter.custody_on is None:
        found.append(CustodyMissing(path=("membership",)))
    refuse([*found, *([] if reason.strip() else [ReasonMissing(path=("reason",))])])
    await store.change(act.session, act.tenant_id, id, dict.fromkeys(NOTHING))
    _said(act, CUSTODY_TAKEN_BACK, matter, home, reason=reason.strip())


async def matter_for(act: Act, id: UUID) -> tuple[Membership, Unit]:
    """The matter, if the caller may do this there. Raises `NotFound` for who does not see it."""
    matter = await store.membership(act.session, act.tenant_id, id)
    if matter is None:
        raise NotFound()
    home = await organization_of(act, matter.organization_id, seen_by=None)
    act.require(actions.FILE, home.path, matter.member_id, seen_by=actions.READ)
    return matter, home


def stale(matter: Membership, version: int | None) -> list[Conflict]:
    """That somebody changed it since it was read."""
    if version is None or version == matter.version:
        return []
    return [VersionStale(path=("version",), version=matter.version)]


def _said(act: Act, name: str, matter: Membership, unit: Unit, /, **facts: str) -> None:
    act.record(
        Event(
            name=name,
            subject=(KIND, matter.id),
            path=unit.path,
            member_id=matter.member_id,
            facts={"name": matter.name, **facts},
        )
    )
