"""Every statement on accounts, roles, credentials and oversight."""

from zhibu.accounts.store import accounts, credentials, oversight, roles, tokens

__all__ = ["accounts", "credentials", "oversight", "roles", "tokens"]
