"""What may be refused about files."""

from zhibu.errors import Conflict, Invalid, NotFound


class AttachmentPlaceMissing(Invalid):
    """A file belongs to one organization or one member; neither, or both, were named."""

    code = "core.attachment_place_missing"


class AttachmentNameInvalid(Invalid):
    """A file has a name of 1 to `maximum` characters, without control characters or slashes.

    Facts: `maximum`.
    """

    code = "core.attachment_name_invalid"


class UploadUnreadable(Invalid):
    """The body is no file, and no form with one in the field `file`."""

    code = "core.upload_unreadable"


class UploadHeaderMissing(Invalid):
    """A session's cookie alone does not upload: a page of another site could make it."""

    code = "core.upload_header_missing"


class AttachmentWithdrawn(NotFound):
    """The file was withdrawn from everybody's sight. Facts: `at`, `reason`."""

    code = "core.attachment_withdrawn"


class AttachmentWithdrawnAlready(Conflict):
    """The file was withdrawn before. Facts: `at`."""

    code = "core.attachment_withdrawn_already"


class AttachmentNotWithdrawn(Conflict):
    """Only what was withdrawn is shown again."""

    code = "core.attachment_not_withdrawn"


class OwnAttachmentWithdrawn(Conflict):
    """What one handed in and somebody else withdrew is shown again by another."""

    code = "core.own_attachment_withdrawn"


class AttachmentReasonMissing(Invalid):
    """Withdrawing a file, and showing it again, needs a reason."""

    code = "core.attachment_reason_missing"
