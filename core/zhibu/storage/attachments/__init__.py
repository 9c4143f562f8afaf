"""Files people hand in: what they are, and how they are kept."""

from zhibu.storage.attachments.errors import (
    AttachmentDamaged,
    AttachmentEmpty,
    AttachmentMissing,
    AttachmentTooLarge,
    AttachmentTypeRefused,
    StorageFull,
)
from zhibu.storage.attachments.keeping import Attachments, Stored
from zhibu.storage.attachments.kinds import DOCX, XLSX

__all__ = [
    "DOCX",
    "XLSX",
    "AttachmentDamaged",
    "AttachmentEmpty",
    "AttachmentMissing",
    "AttachmentTooLarge",
    "AttachmentTypeRefused",
    "Attachments",
    "StorageFull",
    "Stored",
]
