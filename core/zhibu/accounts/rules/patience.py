"""Whom failed sign-ins lock out, and for how long."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from zhibu.identifiers import network


@dataclass(frozen=True, kw_only=True)
class Patience:
    """How many failures are borne: of one account in a row, from one address, from strangers.

    Whoever reaches the limit waits for `lock`. Failures from addresses that nobody of the
    institution signed in from are counted against the institution too.
    """

    failures: int
    of_address: int
    of_institution: int
    lock: timedelta


# An address is familiar for so long after somebody of the institution signed in from it.
FAMILIAR = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class Count:
    """One thing that attempts are counted by, and how many it may have.

    A count in a row begins again when the last attempt lies back for as long as the lock, any other
    when its first one does.
    """

    kind: str
    words: tuple[str, ...]
    most: int
    in_a_row: bool


def counts_of(
    patience: Patience,
    *,
    kind: str,
    institution: str,
    login: str,
    address: str | None,
    familiar: bool,
) -> tuple[Count, ...]:
    """What an attempt is counted by. Passwords and codes of one account have counts of their own.

    Whoever is at a familiar address is counted there, everybody else together: so strangers can
    neither try one account from a thousand addresses, nor lock out those who work at theirs.
    """
    where = network(address)
    found = [
        Count(
            kind=kind,
            words=(institution, login, where if familiar else ""),
            most=patience.failures,
            in_a_row=True,
        )
    ]
    if where:
        most = patience.of_address
        found.append(Count(kind="address", words=(where,), most=most, in_a_row=False))
    if not familiar:
        most = patience.of_institution
        found.append(Count(kind="institution", words=(institution,), most=most, in_a_row=False))
    return tuple(found)


def minutes_left(at: datetime, patience: Patience, now: datetime) -> int:
    """How many minutes whoever is locked since `at` still waits."""
    return max(1, ceil((at + patience.lock - now) / timedelta(minutes=1)))
