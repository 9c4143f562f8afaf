"""The core's own figures, contributed as a plugin contributes its own."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import func, literal, select

from zhibu.contributions import Figure
from zhibu.members.tables import Member
from zhibu.organizations.rules import BRANCHES
from zhibu.organizations.tables import Organization


def _members(*stages: str) -> Callable[[UUID], Any]:
    def per_organization(tenant_id: UUID) -> Any:
        return (
            select(Member.organization_id, func.count())
            .where(Member.tenant_id == tenant_id, Member.stage.in_(stages))
            .group_by(Member.organization_id)
        )

    return per_organization


def _organizations(tenant_id: UUID) -> Any:
    return select(Organization.id, literal(1)).where(
        Organization.tenant_id == tenant_id, Organization.ended_on.is_(None)
    )


def _branches(tenant_id: UUID) -> Any:
    kinds = sorted(str(kind) for kind in BRANCHES)
    return _organizations(tenant_id).where(Organization.kind.in_(kinds))


MEMBERS = Figure(name="core.members", per_organization=_members("probationary", "full", "stopped"))
FULL_MEMBERS = Figure(name="core.full_members", per_organization=_members("full"))
PROBATIONARY_MEMBERS = Figure(
    name="core.probationary_members", per_organization=_members("probationary")
)
STOPPED_MEMBERS = Figure(name="core.stopped_members", per_organization=_members("stopped"))
LEFT_MEMBERS = Figure(name="core.left_members", per_organization=_members("left"))
ORGANIZATIONS = Figure(name="core.organizations", per_organization=_organizations)
BRANCH_COUNT = Figure(name="core.branches", per_organization=_branches)

FIGURES: list[Figure] = [
    MEMBERS,
    FULL_MEMBERS,
    PROBATIONARY_MEMBERS,
    STOPPED_MEMBERS,
    LEFT_MEMBERS,
    ORGANIZATIONS,
    BRANCH_COUNT,
]
