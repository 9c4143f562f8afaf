"""What can be wrong with opening a transfer, and with its steps."""

from zhibu.errors import Conflict, Invalid


class ReasonUnknown(Invalid):
    """The reason is none of the catalogue. Facts: `reason`."""

    code = "transfers.reason_unknown"


class HeadingMissing(Invalid):
    """A transfer out or in names the organization elsewhere."""

    code = "transfers.heading_missing"


class NameMissing(Invalid):
    """Whoever comes from elsewhere has a name."""

    code = "transfers.name_missing"


class LetterNumberMissing(Invalid):
    """Whoever comes from elsewhere hands in a letter, which has a number."""

    code = "transfers.letter_number_missing"


class MemberMissing(Invalid):
    """Who does not come from elsewhere is a member of this institution."""

    code = "transfers.member_missing"


class TargetMissing(Invalid):
    """Who does not go elsewhere goes to a branch of this institution."""

    code = "transfers.target_missing"


class SameBranch(Conflict):
    """The member is in that branch already."""

    code = "transfers.same_branch"


class NotABranch(Invalid):
    """The organization holds no formal membership, or has ended."""

    code = "transfers.not_a_branch"


class NotAMember(Conflict):
    """Who has left, or is stopped, cannot be transferred. Facts: `name`."""

    code = "transfers.not_a_member"


class AlreadyOpen(Conflict):
    """A transfer of this member is open. Facts: `name`."""

    code = "transfers.already_open"


class NoCommittee(Conflict):
    """No committee above may issue a letter, or receive with one."""

    code = "transfers.no_committee"


class OtherwiseMissing(Invalid):
    """Who decides otherwise than the table says why. Facts: `clause`."""

    code = "transfers.otherwise_missing"


class ReasonMissing(Invalid):
    """It needs a reason, in words."""

    code = "transfers.reason_missing"


class StepNotNow(Conflict):
    """The transfer has not come there, or is past it. Facts: `state`, `step`."""

    code = "transfers.step_not_now"


class MovedMeanwhile(Conflict):
    """The member is no longer in the branch that transfers him. Facts: `name`."""

    code = "transfers.moved_meanwhile"


class ListEmpty(Invalid):
    """A list of a whole unit names somebody."""

    code = "transfers.list_empty"


class ListedTwice(Invalid):
    """Somebody is on the list twice."""

    code = "transfers.listed_twice"


class ListTooLong(Invalid):
    """More members than are transferred at once. Facts: `most`."""

    code = "transfers.list_too_long"


class NobodyOpen(Conflict):
    """Nobody of the list is on the way any more."""

    code = "transfers.nobody_open"


class VersionStale(Conflict):
    """Somebody changed it meanwhile. Facts: `version`."""

    code = "transfers.version_stale"


class LetterReceived(Conflict):
    """This letter from elsewhere was entered already. Facts: `number`, `name`."""

    code = "transfers.letter_received"
