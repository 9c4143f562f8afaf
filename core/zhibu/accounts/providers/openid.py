"""OpenID Connect: the code flow with PKCE, and sign-outs told behind the browser's back."""

import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import httpx2 as httpx
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from authlib.oidc.core import CodeIDToken
from authlib.oidc.discovery import get_well_known_url
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from zhibu.accounts.errors import ProviderAway, ProviderRefused
from zhibu.accounts.providers.configured import Provider, reachable_safely
from zhibu.accounts.providers.speaking import Ended, Flow, Identity

# Signatures only: with a shared secret, or with none, whoever knows the client could sign.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
SIGNED_OUT = "http://schemas.openid.net/event/backchannel-logout"
NOTICE = "logout+jwt"  # the type of a token that is such a notice
WITHIN = 10.0  # seconds for an answer
LEEWAY = 60  # seconds by which clocks may differ
_KEPT = 3600.0  # seconds for which what the service says of itself is remembered
KEYS_AGAIN = 30.0  # seconds after which a key nobody knows is asked for again


class OpenId:
    """One service. What it says of itself is remembered for an hour."""

    def __init__(
        self, provider: Provider, returning: str, transport: Callable[[], httpx.AsyncBaseTransport]
    ) -> None:
        self._provider = provider
        self._returning = returning
        self._transport = transport
        self._said: tuple[float, dict[str, Any]] | None = None
        self._keys: tuple[float, KeySet] | None = None

    async def address(self, flow: Flow) -> str:
        said = await self._metadata()
        async with self._client() as client:
            address, _ = client.create_authorization_url(
                said["authorization_endpoint"],
                state=flow.state,
                code_verifier=flow.verifier,
                nonce=flow.nonce,
            )
        return str(address)

    async def identity(self, flow: Flow, given: Mapping[str, str], now: datetime) -> Identity:
        said = await self._metadata()
        if "error" in given or "code" not in given:
            raise ProviderRefused()
        if given.get("iss", said["issuer"]) != said["issuer"]:
            raise ProviderRefused()  # another service answers in this one's name
        async with self._client() as client, _spoken():
            token = await client.fetch_token(
                said["token_endpoint"],
                grant_type="authorization_code",
                code=given["code"],
                code_verifier=flow.verifier,
            )
        if not isinstance(token.get("id_token"), str):
            raise ProviderRefused()
        params = {"nonce": flow.nonce, "access_token": token.get("access_token")}
        claims = await self._claims(token["id_token"], now, params)
        subject = claims.get(self._provider.subject)
        if not isinstance(subject, str) or not subject:
            raise ProviderRefused()
        session = claims.get("sid")
        return Identity(subject=subject, session=session if isinstance(session, str) else None)

    async def ended(self, given: Mapping[str, str], now: datetime) -> Ended:
        header, claims = await self._signed(given.get("logout_token", ""))
        said = str(header.get("typ") or "jwt").lower().removeprefix("application/")
        if said != NOTICE and not (said == "jwt" and self._provider.untyped_sign_outs):
            raise ProviderRefused()  # nothing else the service signs passes for one
        events, subject, session = claims.get("events"), claims.get("sub"), claims.get("sid")
        if not isinstance(events, dict) or SIGNED_OUT not in events or "nonce" in claims:
            raise ProviderRefused()  # an ID token is no notice of a sign-out
        self._validated(header, {"sub": "", **claims}, now, {})
        if not isinstance(subject, str | None) or not isinstance(session, str | None):
            raise ProviderRefused()
        if self._provider.subject != "sub":
            subject = None  # it is not what this installation knows people by
        if subject is None and session is None:
            raise ProviderRefused()
        return Ended(subject=subject, session=session)

    async def leaving(self) -> str | None:
        endpoint = (await self._metadata()).get("end_session_endpoint")
        if not isinstance(endpoint, str) or not reachable_safely(endpoint):
            return None
        home = self._returning.split("/sign-in/")[0] + self._provider.return_to
        asked = {"client_id": self._provider.client_id, "post_logout_redirect_uri": home}
        return f"{endpoint}?{urlencode(asked)}"

    async def _claims(
        self, token: str, now: datetime, params: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        header, claims = await self._signed(token)
        self._validated(header, claims, now, params)
        return claims

    def _validated(
        self,
        header: Mapping[str, Any],
        claims: Mapping[str, Any],
        now: datetime,
        params: Mapping[str, Any],
    ) -> None:
        """Raise unless it is from this service, for this installation, of now, and asked for."""
        assert self._said is not None
        options = {
            "iss": {"essential": True, "value": self._said[1]["issuer"]},
            "aud": {"essential": True, "value": self._provider.client_id},
        }
        given = {**params, "client_id": self._provider.client_id}
        try:
            CodeIDToken(claims, header, options, given).validate(int(now.timestamp()), LEEWAY)
        except (JoseError, AuthlibBaseError, TypeError, ValueError) as error:
            raise ProviderRefused() from error

    async def _signed(self, token: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
        """Header and claims of a token that the service signed."""
        await self._metadata()
        for again in (False, True):
            keys = await self._known_keys(again=again)
            try:
                found = jwt.decode(token, keys, algorithms=ALGORITHMS)
            except (JoseError, ValueError, TypeError, KeyError) as error:
                if again:
                    raise ProviderRefused() from error
                continue  # it may have been signed with a key that came in the meantime
            return found.header, found.claims
        raise AssertionError("either of them ends it")

    async def _metadata(self) -> dict[str, Any]:
        """What the service says of itself, once it is known to be this one."""
        if self._said is None or time.monotonic() - self._said[0] > _KEPT:
            said = await self._fetched(get_well_known_url(self._provider.address, external=True))
            needed = ("authorization_endpoint", "token_endpoint", "jwks_uri")
            safe = all(reachable_safely(str(said.get(name, ""))) for name in needed)
            if str(said.get("issuer", "")).rstrip("/") != self._provider.address or not safe:
                raise ProviderAway()
            self._said = time.monotonic(), said
        return self._said[1]

    async def _known_keys(self, *, again: bool) -> KeySet:
        age = time.monotonic() - self._keys[0] if self._keys else _KEPT
        if self._keys is None or age >= _KEPT or (again and age >= KEYS_AGAIN):
            fetched = await self._fetched((await self._metadata())["jwks_uri"])
            try:
                self._keys = time.monotonic(), KeySet.import_key_set(fetched)  # type: ignore[arg-type]  # it checks it itself
            except (JoseError, ValueError, TypeError, KeyError) as error:
                raise ProviderAway() from error
        return self._keys[1]

    async def _fetched(self, address: str) -> dict[str, Any]:
        async with self._client() as client, _spoken():
            answer = await client.request("GET", address, withhold_token=True)
            answer.raise_for_status()
            found = answer.json()
        if not isinstance(found, dict):
            raise ProviderAway()
        return found

    def _client(self) -> AsyncOAuth2Client:
        provider = self._provider
        return AsyncOAuth2Client(
            client_id=provider.client_id,
            client_secret=provider.client_secret,
            token_endpoint_auth_method=self._authentication(),
            scope=" ".join(provider.scopes),
            redirect_uri=self._returning,
            code_challenge_method="S256",
            transport=self._transport(),
            timeout=WITHIN,
            follow_redirects=False,
        )

    def _authentication(self) -> str:
        if self._provider.client_secret is None:
            return "none"
        said = self._said[1] if self._said else {}
        ways = said.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        basic = "client_secret_basic"
        return basic if basic in ways or "client_secret_post" not in ways else "client_secret_post"


@asynccontextmanager
async def _spoken() -> AsyncIterator[None]:
    """Tell a service that is away from one that says no."""
    try:
        yield
    except AuthlibBaseError as error:
        raise ProviderRefused() from error
    except (httpx.HTTPError, ValueError) as error:
        raise ProviderAway() from error
