"""The secret address of a calendar: what it looks like, and what is kept of it."""

from zhibu.accounts.rules.credentials import Credential, parse

FEED = "zf"


def presented(text: str) -> Credential:
    """Raises `CredentialEnded` for anything that was never given out."""
    return parse(text, FEED)
