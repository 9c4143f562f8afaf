"""What can be wrong with the workbooks."""

from zhibu.errors import Conflict, Invalid


class UnitUnknown(Invalid):
    """No unit of this code where the caller may enter meetings. Facts: `organization`."""

    code = "organization_life.unit_unknown"


class MeetingUnknown(Invalid):
    """No meeting of this code whose attendance the caller may record. Facts: `meeting`."""

    code = "organization_life.meeting_unknown"


class MemberUnknown(Invalid):
    """Nobody of this identity number whom the caller may mark."""

    code = "organization_life.member_unknown"


class NameDiffers(Invalid):
    """The name is not the one registered with the identity number."""

    code = "organization_life.name_differs"


class EngagementDiffers(Conflict):
    """The same is recorded otherwise of this member. Facts: `title`."""

    code = "organization_life.engagement_differs"


class RecordedDiffers(Conflict):
    """A meeting of this code is recorded otherwise, or cancelled. Facts: `title`."""

    code = "organization_life.recorded_differs"
