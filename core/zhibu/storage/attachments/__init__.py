"""Files people hand in: what they are, and how they are kept."""

from zhibu.storage.attachments.errors import (
    AttachmentDamaged,
    AttachmentEmpty,
    AttachmentInfected,
    AttachmentMissing,
    AttachmentNotScannable,
    AttachmentTooLarge,
    AttachmentTypeRefused,
    ScannerAway,
    StorageFull,
)
from zhibu.storage.attachments.keeping import Attachments, Stored
from zhibu.storage.attachments.kinds import DOCX, XLSX, ZIP
from zhibu.storage.attachments.scanning import Scanner

__all__ = [
    "DOCX",
    "XLSX",
    "ZIP",
    "AttachmentDamaged",
    "AttachmentEmpty",
    "AttachmentInfected",
    "AttachmentMissing",
    "AttachmentNotScannable",
    "AttachmentTooLarge",
    "AttachmentTypeRefused",
    "Attachments",
    "Scanner",
    "ScannerAway",
    "StorageFull",
    "Stored",
]
