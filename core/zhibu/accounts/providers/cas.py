"""CAS 3: a ticket is shown back to the server, which says whose it is."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from urllib.parse import urlencode
from xml.etree import ElementTree  # nosec B405  # see _tree

import httpx2 as httpx

from zhibu.accounts.errors import ProviderAway, ProviderRefused
from zhibu.accounts.providers.configured import Provider
from zhibu.accounts.providers.speaking import Ended, Flow, Identity

_CAS = "{http://www.yale.edu/tp/cas}"
_SAML = "{urn:oasis:names:tc:SAML:2.0:protocol}"
_TICKET = re.compile(r"ST-[\w.-]{1,250}")
_LARGEST = 100_000
_WITHIN = 10.0  # seconds


class Cas:
    """One server. It binds a ticket to the address that it was asked for, state included."""

    def __init__(
        self, provider: Provider, returning: str, transport: Callable[[], httpx.AsyncBaseTransport]
    ) -> None:
        self._provider = provider
        self._returning = returning
        self._transport = transport

    async def address(self, flow: Flow) -> str:
        return f"{self._provider.address}/login?{urlencode({'service': self._service(flow)})}"

    async def identity(self, flow: Flow, given: Mapping[str, str], now: datetime) -> Identity:
        ticket = given.get("ticket", "")
        if not _TICKET.fullmatch(ticket):
            raise ProviderRefused()
        asked = {"service": self._service(flow), "ticket": ticket}
        try:
            async with httpx.AsyncClient(transport=self._transport(), timeout=_WITHIN) as client:
                answer = await client.get(
                    f"{self._provider.address}/p3/serviceValidate", params=asked
                )
                answer.raise_for_status()
        except httpx.HTTPError as error:
            raise ProviderAway() from error
        let_in = _tree(answer.text).find(f"{_CAS}authenticationSuccess")
        if let_in is None:
            raise ProviderRefused()
        return Identity(subject=self._subject(let_in), session=ticket)

    async def ended(self, given: Mapping[str, str], now: datetime) -> Ended:
        ticket = _tree(given.get("logoutRequest", "")).findtext(f"{_SAML}SessionIndex")
        if ticket is None or not _TICKET.fullmatch(ticket.strip()):
            raise ProviderRefused()
        return Ended(subject=None, session=ticket.strip())

    async def leaving(self) -> str | None:
        return f"{self._provider.address}/logout"

    def _service(self, flow: Flow) -> str:
        return f"{self._returning}?{urlencode({'state': flow.state})}"

    def _subject(self, let_in: ElementTree.Element) -> str:
        places = {"user": f"{_CAS}user"}
        name = self._provider.subject
        place = places.get(name, f"{_CAS}attributes/{_CAS}{name}")
        found = let_in.findall(place)
        said = (found[0].text or "").strip() if found else ""
        if len(found) != 1 or len(found[0]) or not said:
            raise ProviderRefused()
        return said


def _tree(text: str) -> ElementTree.Element:
    """The root of a document that declares nothing: no entity of it can grow or reach out."""
    if len(text) > _LARGEST or "<!" in text.replace("<!--", ""):
        raise ProviderRefused()
    try:
        return ElementTree.fromstring(text)  # noqa: S314  # nosec B314  # declares nothing
    except ElementTree.ParseError as error:
        raise ProviderRefused() from error
