"""Who asks, in the words of the schema."""

from datetime import datetime
from typing import Any

import strawberry

from zhibu.accounts import limits, store
from zhibu.accounts.graph.types import HeldRole, Institution, OpenOversight, Role, Viewer
from zhibu.errors import Unauthenticated
from zhibu.identifiers import global_id
from zhibu.policy.paths import ROOT
from zhibu.tenants.service import enabled_of


async def viewer_of(context: Any) -> Viewer:
    """The caller of this context; two statements at most."""
    signed_in(context)
    caller, tenant, texts = context.caller, context.tenant, context.platform.texts
    held = caller.principal.assignments
    async with context.home.view(tenant.id) as session:
        paths = sorted({each.path for each in held})
        places = await store.roles.places(session, tenant.id, paths)
        doors = []
        if caller.account_id is not None and caller.via == "session":
            doors = await store.oversight.received_by(session, tenant.id, caller.account_id)
    return Viewer(
        asked=context,
        name=caller.name,
        via=caller.via,
        account=_id("Account", caller.account_id),
        member=_id("Member", caller.member_id),
        overseer=caller.overseer,
        second_factor=caller.factor,
        second_factor_due=caller.factor_due,
        proven_until=_proven_until(context),
        locale=context.locale,
        institution=Institution(
            code=tenant.code, name=tenant.name, locale=tenant.locale, zone=tenant.zone.key
        ),
        roles=[
            HeldRole(
                role=each.role,
                title=texts.of("roles", each.role, context.locale),
                organization=strawberry.ID(global_id("Organization", places[each.path].id)),
                organization_name=places[each.path].name,
            )
            for each in held
            if each.path in places
        ],
        plugins=sorted(enabled_of(context.switches, context.platform.plugins.names)),
        oversights=[
            OpenOversight(
                id=strawberry.ID(global_id("Oversight", door.id)),
                institution=door.counterpart_name,
                organization_name=door.organization_name,
                role=door.role,
                until=door.until,
            )
            for door in doors
            if door.open(context.today)
        ],
    )


def roles_of(context: Any) -> list[Role]:
    """Every role of the policy, in its order."""
    signed_in(context)
    roles = context.platform.policy.rules.roles
    return [
        Role(
            name=name,
            title=context.platform.texts.of("roles", name, context.locale),
            excludes=sorted(
                {other for group in roles.exclusive if name in group for other in group} - {name}
            ),
        )
        for name in roles.names
    ]


def _proven_until(context: Any) -> datetime | None:
    proven = context.caller.proven_at
    proof = limits.proof(context.parameters, ROOT, context.today)
    until: datetime | None = proven and proven + proof.lasting
    return until if until is not None and context.now < until else None


def signed_in(context: Any) -> None:
    """Raise `Unauthenticated` for a visit without a credential."""
    if getattr(context, "caller", None) is None:
        raise Unauthenticated()


def _id(kind: str, row: Any) -> strawberry.ID | None:
    return strawberry.ID(global_id(kind, row)) if row else None
