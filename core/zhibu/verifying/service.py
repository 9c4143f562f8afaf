"""What is told of a paper to whoever comes with its address, and to nobody in particular."""

from typing import TYPE_CHECKING

from zhibu.tenants.directory import facts_of
from zhibu.tenants.errors import TenantUnknown
from zhibu.tenants.rules import ACTIVE
from zhibu.verifying.tokens import Claim, Verdict, claim_of, is_true

if TYPE_CHECKING:
    from zhibu.contributions import Verifiable
    from zhibu.platform import Platform

LOOKING = "verification"


async def verdict(platform: "Platform", token: str) -> Verdict | None:
    """What the institution says of its paper today.

    None for all else alike: a false token, a paper or an institution that is not there, is closed,
    or does not use the plugin.
    """
    claim = claim_of(token)
    found = _kind(platform, claim) if claim else None
    if claim is None or found is None:
        return None
    try:
        entry = await platform.directory.by_id(claim.tenant_id)
    except TenantUnknown:
        return None
    if entry.state != ACTIVE:
        return None
    tenant = await facts_of(platform.homes, entry)
    async with platform.looking(tenant, platform.system(tenant, LOOKING)) as act:
        if not act.switches.anywhere(found.plugin):
            return None
        return await found.verdict(act, claim.id)


def _kind(platform: "Platform", claim: Claim) -> "Verifiable | None":
    kinds = platform.verifiables.values()
    true = [each for each in kinds if is_true(platform.keyring, claim, each.kind)]
    return true[0] if true else None
