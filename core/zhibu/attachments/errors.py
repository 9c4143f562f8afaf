"""What may be refused about files."""

from zhibu.errors import Invalid


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
