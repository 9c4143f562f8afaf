"""Signing in: what somebody knows against a session, and what somebody has besides."""

from zhibu.accounts.signing_in.admitting import SignedIn, admit
from zhibu.accounts.signing_in.by_password import sign_in
from zhibu.accounts.signing_in.confirming import confirm
from zhibu.accounts.trying import Arrival

__all__ = ["Arrival", "SignedIn", "admit", "confirm", "sign_in"]
