"""What siblings may ask of transfers: whose receipt never came, and whose letter was not used."""

from zhibu_transfers.service.asked import pocketed, unreceipted

__all__ = ["pocketed", "unreceipted"]
