"""A sign-in under way, kept in a cookie that only this installation can read."""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from uuid import UUID

import orjson

from zhibu.accounts.errors import ProviderRefused
from zhibu.accounts.providers.speaking import Flow
from zhibu.storage.encryption import Keyring, Place, SealBroken

LASTING = timedelta(minutes=10)
_NOBODY = UUID(int=0)  # nobody's home: a flow begins before it is known whose


def begun(provider: str) -> Flow:
    """256 random bits each: what comes back, what the token repeats, and what proves the code."""
    return Flow(
        provider=provider,
        state=secrets.token_urlsafe(32),
        nonce=secrets.token_urlsafe(32),
        verifier=secrets.token_urlsafe(48),
    )


def key_of(state: str) -> str:
    """Part of a cookie's name, so that several tabs may sign in at once."""
    return state[:8]


def kept(keyring: Keyring, flow: Flow, now: datetime) -> str:
    said = {**asdict(flow), "until": (now + LASTING).timestamp()}
    sealed = keyring.seal(_place(flow.provider), orjson.dumps(said).decode())
    return urlsafe_b64encode(sealed).decode().rstrip("=")


def found(keyring: Keyring, provider: str, kept: str | None, state: str, now: datetime) -> Flow:
    """The flow of this provider and state. Raises `ProviderRefused` when there is none of now."""
    try:
        sealed = urlsafe_b64decode((kept or "") + "===")
        said = orjson.loads(keyring.open(_place(provider), sealed))
    except (ValueError, SealBroken) as error:
        raise ProviderRefused() from error
    until = datetime.fromtimestamp(said.pop("until"), UTC)
    flow = Flow(**said)
    same = secrets.compare_digest(flow.state.encode(), state.encode())
    if not same or flow.provider != provider or now >= until:
        raise ProviderRefused()
    return flow


def _place(provider: str) -> Place:
    return Place(_NOBODY, "sign_in_flow", provider, _NOBODY)
