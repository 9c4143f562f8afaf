"""The dated numbers that decide about signing in, read from the parameters."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from zhibu.accounts.guessing import guessed
from zhibu.accounts.rules.credentials import Limits
from zhibu.accounts.rules.factors import Proof
from zhibu.accounts.rules.logins import Demand
from zhibu.accounts.rules.patience import Patience
from zhibu.parameters.book import Book
from zhibu.policy.paths import ROOT

EVERYBODY, ADMINISTRATORS = "everybody", "administrators"
ADMINISTRATOR = "_administrator"  # how the names of their roles end


def patience(book: Book, on: date) -> Patience:
    """How many failed sign-ins the institution bears."""
    return Patience(
        failures=_number(book, "core.sign_in_failures", ROOT, on),
        of_address=_number(book, "core.sign_in_failures_of_address", ROOT, on),
        of_institution=_number(book, "core.sign_in_failures_of_institution", ROOT, on),
        lock=timedelta(minutes=_number(book, "core.sign_in_lock", ROOT, on)),
    )


def demand(book: Book, path: str, on: date) -> Demand:
    """What is asked of the password of an account that is administered there."""
    value = book.value("core.password_minimum", path, on)
    minimum = _number(book, "core.password_minimum", path, on)
    return Demand(minimum=minimum, guessed=guessed(), basis=value.basis)


def password_due(book: Book, path: str, on: date, chosen_at: datetime, now: datetime) -> bool:
    """Whether a password must be changed because of its age; by default none ever must."""
    days = book.whole("core.password_days", path, on)
    return bool(days) and now - chosen_at >= timedelta(days=days or 0)


def session_limits(
    book: Book, path: str, on: date, general: Limits, *, roles: Iterable[str]
) -> Limits:
    """How long a session lasts of somebody who holds these roles."""
    idle = _number(book, "core.session_idle", path, on)
    hours = _number(book, "core.session_length", path, on)
    if any(role.endswith(ADMINISTRATOR) for role in roles):
        idle = min(idle, _number(book, "core.administrator_session_idle", path, on))
        hours = min(hours, _number(book, "core.administrator_session_length", path, on))
    return general.lasting(idle=timedelta(minutes=idle), absolute=timedelta(hours=hours))


def factor_due(book: Book, on: date, roles: Iterable[str]) -> bool:
    """Whether somebody who holds these roles must have a second factor; by default nobody must."""
    of = book.choices("core.second_factor_required", ROOT, on)
    if EVERYBODY in of:
        return True
    return ADMINISTRATORS in of and any(role.endswith(ADMINISTRATOR) for role in roles)


def proof(book: Book, path: str, on: date) -> Proof:
    """What proves there that somebody still holds the second factor, and what takes that."""
    uses = book.value("core.second_factor_for", path, on)
    minutes = _number(book, "core.second_factor_minutes", path, on)
    return Proof(
        uses=frozenset(uses.value or ()), lasting=timedelta(minutes=minutes), basis=uses.basis
    )


def _number(book: Book, name: str, path: str, on: date) -> int:
    """What was set, or the national value where that is nothing: no sign-in goes without limits."""
    return book.whole(name, path, on) or Book(book.definitions).whole(name, path, on) or 1
