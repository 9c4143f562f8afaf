"""The sign-in services of institutions: whether they can be reached, and answer as they should."""

from zhibu.accounts.errors import ProviderAway, ProviderRefused
from zhibu.accounts.providers.configured import CAS, OIDC, Provider
from zhibu.cli.doctor.finding import Finding, fault, ok, warning
from zhibu.cli.terminal import Terminal
from zhibu.platform import Platform
from zhibu.tenants.errors import TenantSuspended, TenantUnknown
from zhibu.web.sign_in.flows import begun

NO_TICKET = {"ticket": "ST-doctor"}


def examine_providers(terminal: Terminal) -> list[Finding]:
    """Nothing where none is configured."""
    configured = terminal.settings.providers

    async def examined(platform: Platform) -> list[Finding]:
        return [await _examined(platform, each) for each in configured.values()]

    return terminal.run(examined) if configured else []


async def _examined(platform: Platform, provider: Provider) -> Finding:
    try:
        await platform.directory.by_code(provider.tenant)
    except (TenantUnknown, TenantSuspended):
        return fault("providers", provider.name, f"no institution {provider.tenant}")
    language = platform.providers.language(provider)
    flow = begun(provider.name)
    try:
        await language.address(flow)
        if provider.kind == CAS:
            await language.identity(flow, NO_TICKET, platform.clock())
    except ProviderRefused:
        pass  # of course it does not know that ticket
    except ProviderAway:
        return fault("providers", provider.name, f"{provider.address} does not answer as it should")
    if provider.kind == OIDC and provider.client_secret is None:
        return warning("providers", provider.name, "a public client: it has no secret")
    return ok("providers", provider.name, provider.address)
