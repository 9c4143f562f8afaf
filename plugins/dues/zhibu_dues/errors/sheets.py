"""What can be wrong with a workbook or a page."""

from zhibu.errors import Conflict, Invalid


class MemberUnknown(Invalid):
    """Nobody of whom the caller may write has this number."""

    code = "dues.member_unknown"


class NameDiffers(Invalid):
    """The name is not the registered one."""

    code = "dues.name_differs"


class RecordedDiffers(Conflict):
    """Something else is recorded under this key. Facts: `recorded`."""

    code = "dues.recorded_differs"


class PageTooLong(Invalid):
    """More rows than a page takes. Facts: `most`."""

    code = "dues.page_too_long"
