"""What a login and a password may be."""

import re
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import pairwise

from zhibu.accounts.errors import (
    LoginInvalid,
    PasswordGuessable,
    PasswordTooLong,
    PasswordTooShort,
)
from zhibu.basis import Basis
from zhibu.errors import Invalid

FLOOR = 8  # no institution may ask for less
MAXIMUM = 256

_NUMBER = re.compile(r"\d(?:[\s-]?\d){5,}")
_LOGIN = re.compile(r"[\w.@-]{2,64}")
# Without look-alikes (0 O 1 l I): one-time passwords are read aloud and copied from paper.
_LETTERS = "23456789abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ"
_AROUND = "0123456789!@#$%^&*()_+-=.,?~ "


@dataclass(frozen=True, kw_only=True)
class Demand:
    """What an institution asks of a password. `guessed` are those that are tried first."""

    minimum: int
    guessed: Collection[str]
    basis: Basis | None = None


def folded(login: str) -> str:
    """Logins differ by more than case and surrounding blanks."""
    return login.strip().casefold()


def shown(words: str) -> str:
    """A login or name as ledgers show it: some people use their phone number, which is masked."""
    return _NUMBER.sub(lambda run: f"{run[0][:3]}****{run[0][-2:]}", words)


def login_faults(login: str) -> list[Invalid]:
    if _LOGIN.fullmatch(folded(login)):
        return []
    return [LoginInvalid(path=("login",), login=login[:64])]


def password_faults(password: str, demand: Demand, own: Iterable[str] = ()) -> list[Invalid]:
    """Length decides; no rules of composition, but nothing that is guessed first.

    `own` are words of whoever chooses: the login, the name, the institution's code.
    """
    minimum = max(FLOOR, demand.minimum)
    if len(password) < minimum:
        return [PasswordTooShort(path=("password",), basis=demand.basis, minimum=minimum)]
    if len(password) > MAXIMUM:
        return [PasswordTooLong(path=("password",), maximum=MAXIMUM)]
    plain = password.casefold()
    core = plain.strip(_AROUND)
    mine = {folded(word) for word in own}
    said = core == "" or any(word in mine or word in demand.guessed for word in (plain, core))
    if said or len(set(plain)) < 5 or _runs(plain):
        return [PasswordGuessable(path=("password",))]
    return []


def one_time_password() -> str:
    """About 93 bits in four groups, for one use."""
    letters = [secrets.choice(_LETTERS) for _ in range(16)]
    return "-".join("".join(letters[at : at + 4]) for at in range(0, 16, 4))


def _runs(text: str) -> bool:
    """Whether every character follows its neighbour: 123456789012, abcdefghijkl."""
    steps = {(ord(b) - ord(a)) % 10 for a, b in pairwise(text)}
    return len(steps) == 1
