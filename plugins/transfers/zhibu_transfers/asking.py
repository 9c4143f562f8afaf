"""What siblings may ask of transfers: who was transferred out and no receipt ever came."""

from zhibu_transfers.service.asked import unreceipted

__all__ = ["unreceipted"]
