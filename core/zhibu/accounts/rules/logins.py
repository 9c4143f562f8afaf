"""What a login and a password may be."""

import re
import secrets
from itertools import pairwise

from zhibu.accounts.errors import (
    LoginInvalid,
    PasswordGuessable,
    PasswordTooLong,
    PasswordTooShort,
)
from zhibu.errors import Invalid

MINIMUM = 12
MAXIMUM = 256

_NUMBER = re.compile(r"\d(?:[\s-]?\d){5,}")
_LOGIN = re.compile(r"[\w.@-]{2,64}")
# Without look-alikes (0 O 1 l I): one-time passwords are read aloud and copied from paper.
_LETTERS = "23456789abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ"
_COMMON = ("password", "qwerty", "iloveyou", "letmein", "welcome", "admin", "zhibu", "dangyuan")


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


def password_faults(password: str, login: str) -> list[Invalid]:
    """Length decides; no rules of composition, but nothing that is guessed first."""
    if len(password) < MINIMUM:
        return [PasswordTooShort(path=("password",), minimum=MINIMUM)]
    if len(password) > MAXIMUM:
        return [PasswordTooLong(path=("password",), maximum=MAXIMUM)]
    plain = password.casefold()
    core = plain.strip("0123456789!@#$%^&*._- ")
    if len(set(plain)) < 5 or core in ("", folded(login), *_COMMON) or _runs(plain):
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
