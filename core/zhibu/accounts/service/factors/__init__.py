"""Second factors: enrolling, proving, removing one's own, and resetting another's."""

from zhibu.accounts.service.factors.own import (
    Confirmed,
    Renewed,
    confirm,
    enrol,
    prove,
    remove,
    renew_codes,
)
from zhibu.accounts.service.factors.resetting import reset
from zhibu.accounts.service.factors.using import used

__all__ = [
    "Confirmed",
    "Renewed",
    "confirm",
    "enrol",
    "prove",
    "remove",
    "renew_codes",
    "reset",
    "used",
]
