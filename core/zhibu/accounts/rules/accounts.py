"""An account as recorded, and what it may be."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhibu.accounts.errors import AccountDisabled, LoginTaken, MemberBound, NameMissing
from zhibu.accounts.rules.logins import login_faults
from zhibu.errors import Conflict, Invalid


@dataclass(frozen=True, kw_only=True)
class AccountFacts:
    """Who signs in. `path` is the branch of the member behind it, None for nobody's account."""

    id: UUID
    login: str
    name: str
    member_id: UUID | None
    path: str | None
    locale: str | None
    one_time_until: datetime | None
    disabled_at: datetime | None
    created_at: datetime

    @property
    def one_time(self) -> bool:
        return self.one_time_until is not None


@dataclass(frozen=True, kw_only=True)
class Secret:
    """What is needed to check a password; the hash is never shown to anybody."""

    account: AccountFacts
    password_hash: str | None
    chosen_at: datetime

    def usable(self, now: datetime, *, by_password: bool = True) -> bool:
        """Whether the account may sign in at all, given the right password if there is one."""
        until = self.account.one_time_until if by_password else None
        return self.account.disabled_at is None and (until is None or now < until)


def creation_faults(
    *, login: str, name: str, same_login: AccountFacts | None, same_member: AccountFacts | None
) -> list[Invalid | Conflict]:
    """Every reason against a new account."""
    found: list[Invalid | Conflict] = [*login_faults(login)]
    if not name.strip():
        found.append(NameMissing(path=("name",)))
    if same_login is not None:
        found.append(LoginTaken(path=("login",), login=same_login.login))
    if same_member is not None:
        found.append(MemberBound(path=("member",), login=same_member.login))
    return found


def require_enabled(account: AccountFacts) -> None:
    """Raise `AccountDisabled` for an account that may be given nothing."""
    if account.disabled_at is not None:
        raise AccountDisabled(path=("account",), login=account.login)
