"""One-time codes by RFC 6238, as every authenticator makes them, and codes for when it is lost."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime

import pyotp
import segno

_STEP = 30  # seconds
_AROUND = (0, -1, 1)  # steps: a clock that is a little off, a code typed slowly
_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"  # no look-alikes: they are copied from paper


@dataclass(frozen=True, kw_only=True)
class Enrolment:
    """What an authenticator is given: the secret itself, as an address, and that as a picture."""

    secret: str
    address: str
    picture: str


def enrolment(secret: str, *, login: str, institution: str) -> Enrolment:
    """The picture is an SVG that stands by itself."""
    address = pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=institution)
    picture = segno.make(address, error="m", micro=False).svg_inline(scale=4, light="#fff")
    return Enrolment(secret=secret, address=address, picture=picture)


def new_secret() -> str:
    """160 random bits."""
    return pyotp.random_base32(32)


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The time step whose code this is, None when it is none of about now."""
    totp = pyotp.TOTP(secret)
    current = int(now.timestamp()) // _STEP
    matching = [
        current + shift
        for shift in _AROUND
        if hmac.compare_digest(totp.generate_otp(current + shift), code)
    ]
    return matching[0] if matching else None


def recovery_code() -> str:
    """About 118 bits in six groups, for one use: too many for its digest to be tried out."""
    signs = [secrets.choice(_SIGNS) for _ in range(24)]
    return "-".join("".join(signs[at : at + 4]) for at in range(0, 24, 4))
