"""What siblings may ask of transfers: who is on the way, and what a case or a matter is about."""

from zhibu_transfers.service.asked import (
    case_about,
    file_doubted,
    membership_about,
    pocketed,
    unreceipted,
)

__all__ = ["case_about", "file_doubted", "membership_about", "pocketed", "unreceipted"]
