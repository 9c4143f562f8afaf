"""What may be refused about a file that is handed in, and what may have become of it."""

from zhibu.errors import Invalid, NotFound, Unavailable


class AttachmentTooLarge(Invalid):
    """Facts: `limit` (bytes)."""

    code = "core.attachment_too_large"


class AttachmentEmpty(Invalid):
    """There is nothing in the file."""

    code = "core.attachment_empty"


class AttachmentTypeRefused(Invalid):
    """What is in the file is none of the kinds we keep. Facts: `allowed`."""

    code = "core.attachment_type_refused"


class AttachmentInfected(Invalid):
    """Something harmful was found in the file. Facts: `found`, as the scanner calls it."""

    code = "core.attachment_infected"


class AttachmentNotScannable(Invalid):
    """The file is larger than the scanner looks through. Facts: `fault`."""

    code = "core.attachment_not_scannable"


class ScannerAway(Unavailable):
    """Files are to be looked through before they are kept, and nothing does. Facts: `fault`."""

    code = "core.scanner_away"


class AttachmentMissing(NotFound):
    """No file of this digest is kept for this tenant."""

    code = "core.attachment_missing"


class AttachmentDamaged(Unavailable):
    """The file's content is not what was handed in any more. Facts: `sha256`."""

    code = "core.attachment_damaged"


class StorageFull(Unavailable):
    """The file could not be written. Facts: `fault`."""

    code = "core.attachment_not_written"
