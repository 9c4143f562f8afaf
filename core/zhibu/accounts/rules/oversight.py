"""Doors between two institutions: what may be granted, and how long it is open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from zhibu.accounts.errors import (
    DatesReversed,
    OversightEnded,
    OversightOfOneself,
    OversightOverlaps,
    OversightRoleInvalid,
    OversightTermInvalid,
    ReasonMissing,
)
from zhibu.accounts.rules.roles import Place, overlap
from zhibu.calendar import add_months
from zhibu.errors import Conflict, Invalid

GIVEN = "given"
RECEIVED = "received"

# Roles of supervision. Whatever they may do at home, through a door they only read.
ROLES = ("district_organization_officer", "discipline_inspection_officer")


@dataclass(frozen=True, kw_only=True)
class Door:
    """An oversight as one of its two sides records it; `path` is known to the given side only."""

    id: UUID
    side: str
    counterpart_id: UUID
    counterpart_name: str
    organization_id: UUID | None
    organization_name: str
    path: str | None
    overseer_account_id: UUID
    overseer_name: str
    role: str
    since: date
    until: date
    reason: str
    revoked_at: datetime | None
    delivered_at: datetime | None

    def open(self, on: date) -> bool:
        return self.revoked_at is None and self.since <= on < self.until


@dataclass(frozen=True, kw_only=True)
class Overseer:
    """An account of another institution, named in words for the ledgers of both."""

    tenant_id: UUID
    tenant_name: str
    account_id: UUID
    account_name: str

    @property
    def words(self) -> str:
        return f"{self.tenant_name} / {self.account_name}"


def faults_of(
    *,
    seen_tenant: UUID,
    overseer: Overseer,
    role: str,
    allowed: Iterable[str] = ROLES,
    place: Place,
    since: date,
    until: date,
    reason: str,
    today: date,
    known: Iterable[Door],
) -> list[Invalid | Conflict]:
    """Every reason against the grant; `known` are the doors given to the same account."""
    found: list[Invalid | Conflict] = []
    roles = sorted(allowed)
    if overseer.tenant_id == seen_tenant:
        found.append(OversightOfOneself(path=("tenant",)))
    if role not in roles:
        found.append(OversightRoleInvalid(path=("role",), role=role, allowed=roles))
    if until <= since or until <= today:
        found.append(DatesReversed(path=("until",), since=max(since, today), until=until))
    elif until > add_months(since, 12):
        found.append(OversightTermInvalid(path=("until",), latest=add_months(since, 12)))
    if not reason.strip():
        found.append(ReasonMissing(path=("reason",)))
    for door in known:
        same = door.revoked_at is None and door.role == role and door.organization_id == place.id
        if same and overlap(since, until, door.since, door.until):
            found.append(OversightOverlaps(path=("since",), until=door.until))
    return found


def the_same(
    known: Iterable[Door], *, role: str, place: Place, since: date, until: date
) -> Door | None:
    """The door that was already given in exactly these terms: giving it again changes nothing."""
    for door in known:
        terms = (door.role, door.organization_id, door.since, door.until)
        if door.revoked_at is None and terms == (role, place.id, since, until):
            return door
    return None


def require_open(door: Door, on: date) -> None:
    """Raise `OversightEnded` unless the door is open that day."""
    if not door.open(on):
        raise OversightEnded(path=("oversight",), since=door.since, until=door.until)
