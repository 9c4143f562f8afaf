"""What can be wrong in a workbook of education, seen against what is recorded."""

from zhibu.errors import Conflict, Invalid


class UnitUnknown(Invalid):
    """No organization with this code where the caller may hold sessions. Facts: `organization`."""

    code = "education.unit_unknown"


class SessionUnknown(Invalid):
    """No session with this code whose attendance the caller may record. Facts: `session`."""

    code = "education.session_unknown"


class MemberUnknown(Invalid):
    """Nobody with this identity number of whom the caller may record hours."""

    code = "education.member_unknown"


class NameDiffers(Invalid):
    """The identity number belongs to somebody of another name."""

    code = "education.name_differs"


class RecordedDiffers(Conflict):
    """The same thing is recorded otherwise; a workbook does not correct it. Facts: `recorded`."""

    code = "education.recorded_differs"


class HoursOfAbsent(Invalid):
    """Hours are given for somebody who was not present."""

    code = "education.hours_of_absent"
