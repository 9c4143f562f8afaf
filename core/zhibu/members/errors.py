"""What may be refused about members."""

from zhibu.errors import Conflict, Invalid


class MemberNameMissing(Invalid):
    """A member without a name."""

    code = "core.member_name_missing"


class DecisionMissing(Invalid):
    """A change of stage names the decision behind it."""

    code = "core.decision_missing"


class DepartureMissing(Invalid):
    """Whoever leaves, leaves in one of the ways the rules know; nobody is deleted."""

    code = "core.departure_missing"


class ExtensionMissing(Invalid):
    """An extension says by how many months."""

    code = "core.extension_missing"


class NotYetHappened(Invalid):
    """A date of the register lies in the future. Facts: `on`, `today`."""

    code = "core.not_yet_happened"


class DatesOutOfOrder(Invalid):
    """A date lies before the one it must follow. Facts: `earlier`, `later`."""

    code = "core.dates_out_of_order"


class BranchFoundedLater(Invalid):
    """Nobody belongs to a branch before it was founded. Facts: `name`, `founded_on`, `on`."""

    code = "core.branch_founded_later"


class FullDateOfProbationary(Invalid):
    """A probationary member has no day of becoming full yet."""

    code = "core.full_date_of_probationary"


class OpeningReasonMissing(Invalid):
    """Opening a masked field needs a reason: the member can see who looked, and why."""

    code = "core.opening_reason_missing"


class ChangeReasonMissing(Invalid):
    """A correction and a transfer need their reason: the ledger shows it to who asks later."""

    code = "core.change_reason_missing"


class UndoReasonMissing(Invalid):
    """Taking back an entry needs a reason."""

    code = "core.undo_reason_missing"


class IdentityInvalid(Invalid):
    """The identity number is not one. Facts: `fault`."""

    code = "core.identity_invalid"


class IdentityContradicts(Invalid):
    """Gender or birth date contradict the identity number. Facts: `field`."""

    code = "core.identity_contradicts"


class PhoneInvalid(Invalid):
    """The phone number is not one."""

    code = "core.phone_invalid"


class IdentityTaken(Conflict):
    """Somebody in this institution has this identity number; it says nothing of who or where."""

    code = "core.identity_taken"


class SecondFormalBranch(Conflict):
    """A member has exactly one formal branch (EM 25, S2-18); changing it is a transfer."""

    code = "core.second_formal_branch"


class RecordedDiffers(Conflict):
    """A roster tells a known member's stage or dates otherwise: an import does not change them."""

    code = "core.recorded_differs"


class AlreadyThere(Conflict):
    """The member already belongs to this branch."""

    code = "core.already_there"


class NotAFormalHome(Conflict):
    """Organizations of this kind hold no formal affiliation. Facts: `name`, `kind`."""

    code = "core.not_a_formal_home"


class BranchEnded(Conflict):
    """The branch has ended. Facts: `name`."""

    code = "core.branch_ended"


class GroupElsewhere(Conflict):
    """The Party group does not belong to the member's branch. Facts: `name`."""

    code = "core.group_elsewhere"


class MemberLeft(Conflict):
    """The person is no longer a member. Facts: `left_on`."""

    code = "core.member_left"


class TooYoung(Conflict):
    """Nobody is admitted before the age the rule names. Facts: `age`, `needed`."""

    code = "core.too_young"


class StageNotPossible(Conflict):
    """From this stage the change does not lead anywhere. Facts: `change`, `stage`."""

    code = "core.stage_not_possible"


class ProbationNotOver(Conflict):
    """Full membership begins when the probation is over. Facts: `ends_on`."""

    code = "core.probation_not_over"


class ProbationExtended(Conflict):
    """A probation is extended once."""

    code = "core.probation_extended"


class ExtensionOutOfRange(Conflict):
    """The extension is shorter or longer than allowed. Facts: `months`, `least`, `most`."""

    code = "core.extension_out_of_range"


class DepartureNotForStage(Conflict):
    """Members at this stage do not leave in this way. Facts: `departure`, `stage`."""

    code = "core.departure_not_for_stage"


class CannotReturn(Conflict):
    """This departure is final. Facts: `departure`."""

    code = "core.cannot_return"


class DayTaken(Conflict):
    """A change of the same thing is already recorded for that day. Facts: `on`."""

    code = "core.day_taken"


class CorrectionNotKept(Conflict):
    """What stood there before a correction is kept nowhere, or cannot stand there again."""

    code = "core.correction_not_kept"


class NothingToUndo(Conflict):
    """There is no entry of this kind that could be taken back."""

    code = "core.nothing_to_undo"


class ChangedMeanwhile(Conflict):
    """Somebody else changed the member since it was read. Facts: `version`, `current`."""

    code = "core.changed_meanwhile"
