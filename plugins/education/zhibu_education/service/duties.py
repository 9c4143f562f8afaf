"""The role map of member education (S2-28): each duty of the catalogue with whoever holds it."""

from uuid import UUID

from zhibu.act import Act
from zhibu.core_actions import ORGANIZATION_READ
from zhibu.organizations.public import organization_of
from zhibu_education import actions
from zhibu_education.rules.duties import Duty, held
from zhibu_education.store import duties as store

CATALOGUE = "education.duties"


async def of_organization(act: Act, organization_id: UUID) -> list[Duty]:
    """Who leads, heads, cooperates and carries out, for an organization today."""
    unit = await organization_of(act, organization_id)
    act.require(actions.PLAN_READ, unit.path, seen_by=ORGANIZATION_READ)
    words = act.parameters.value(CATALOGUE, unit.path, act.today).value or []
    where = (act.session, act.tenant_id)
    roles = {str(word["role"]) for word in words if word.get("role")}
    posts = {str(word["post"]) for word in words if word.get("post")}
    by_role = await store.role_holders(*where, roles, unit.path, act.today)
    by_post = await store.post_holders(*where, posts, unit.path, act.today)
    return [
        held(
            word,
            unit.path,
            {
                *(one for role, one in by_role if role == word.get("role")),
                *(one for post, one in by_post if post == word.get("post")),
            },
        )
        for word in words
    ]
