"""What can be wrong with the record of somebody away."""

from zhibu.errors import Conflict, Invalid


class PlaceMissing(Invalid):
    """Somebody goes somewhere: a place is named."""

    code = "flow_members.place_missing"


class HostUnknown(Invalid):
    """No organization that stands has this code. Facts: `host`."""

    code = "flow_members.host_unknown"


class HostIsHome(Invalid):
    """Nobody is away where he belongs."""

    code = "flow_members.host_is_home"


class HostTakesNobody(Invalid):
    """Members live an organization life in branches only. Facts: `kind`."""

    code = "flow_members.host_takes_nobody"


class DatesReversed(Invalid):
    """What ends does not end before it begins. Facts: `since`, `until`."""

    code = "flow_members.dates_reversed"


class NoMemberThen(Invalid):
    """Only members are away. Facts: `on`."""

    code = "flow_members.no_member_then"


class NotYet(Invalid):
    """What lies ahead has not happened. Facts: `on`, `today`."""

    code = "flow_members.not_yet"


class AlreadyAway(Conflict):
    """The member is away already. Facts: `since`, `place`."""

    code = "flow_members.already_away"


class PaperDiffers(Invalid):
    """The rules give another paper, and nobody says why. Facts: `paper`, `suggested`."""

    code = "flow_members.paper_differs"


class WishMissing(Invalid):
    """Who moves often stays with the home organization by his own wish."""

    code = "flow_members.wish_missing"


class LateReasonMissing(Invalid):
    """What is entered late says why. Facts: `on`, `days`."""

    code = "flow_members.late_reason_missing"


class ToldAfterLeaving(Invalid):
    """The talk comes before departure, or says why it did not. Facts: `on`, `since`."""

    code = "flow_members.told_after_leaving"


class RequirementsMissing(Invalid):
    """The talk says what is required, and how the branch is reached."""

    code = "flow_members.requirements_missing"


class ReasonMissing(Invalid):
    """Putting right, voiding, opening and telling anew say why."""

    code = "flow_members.reason_missing"


class NothingChanged(Invalid):
    """Nothing differs from what is recorded."""

    code = "flow_members.nothing_changed"


class ChangedMeanwhile(Conflict):
    """Somebody changed it in between. Facts: `version`."""

    code = "flow_members.changed_meanwhile"


class DoneMeanwhile(Conflict):
    """Somebody else did the same at that moment."""

    code = "flow_members.done_meanwhile"


class EndsWithMembership(Invalid):
    """That somebody is no member any more is recorded in the register, which ends the stay."""

    code = "flow_members.ends_with_membership"


class CaseVoid(Conflict):
    """The record was voided. Facts: `on`."""

    code = "flow_members.case_void"


class CaseEnded(Conflict):
    """The member is no longer away. Facts: `on`."""

    code = "flow_members.case_ended"


class CaseGoesOn(Conflict):
    """The member is away still."""

    code = "flow_members.case_goes_on"
