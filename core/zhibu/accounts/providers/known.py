"""The sign-in services of an installation, by name and by institution."""

from collections.abc import Callable, Mapping

import httpx2 as httpx

from zhibu.accounts.errors import ProviderAbsent
from zhibu.accounts.providers.cas import Cas
from zhibu.accounts.providers.configured import CAS, Provider
from zhibu.accounts.providers.openid import OpenId
from zhibu.accounts.providers.speaking import Language


class Providers:
    """Built once per process. `transport` makes what requests to services are sent by."""

    def __init__(self, configured: Mapping[str, Provider], address: str | None) -> None:
        self.configured = configured
        self.transport: Callable[[], httpx.AsyncBaseTransport] = httpx.AsyncHTTPTransport
        self._address = (address or "").rstrip("/")
        self._languages: dict[str, Language] = {}

    def __getitem__(self, name: str) -> Provider:
        """Raises `ProviderAbsent`."""
        if name not in self.configured:
            raise ProviderAbsent()
        return self.configured[name]

    def of(self, tenant: str) -> list[Provider]:
        """Those of one institution, by name."""
        found = [each for each in self.configured.values() if each.tenant == tenant]
        return sorted(found, key=lambda provider: provider.name)

    def language(self, provider: Provider) -> Language:
        """How it is spoken to; what it says of itself is remembered there."""
        if provider.name not in self._languages:
            returning = f"{self._address}/sign-in/{provider.name}/callback"
            kind = Cas if provider.kind == CAS else OpenId
            self._languages[provider.name] = kind(provider, returning, lambda: self.transport())
        return self._languages[provider.name]
