"""Every statement on accounts, roles, credentials and oversight."""

from zhibu.accounts.store import accounts, attempts, credentials, oversight, roles, tokens

__all__ = ["accounts", "attempts", "credentials", "oversight", "roles", "tokens"]
