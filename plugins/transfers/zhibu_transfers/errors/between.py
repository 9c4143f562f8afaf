"""What can be wrong with transfers between institutions of this platform."""

from zhibu.errors import Conflict, Invalid, Unavailable


class NotOpenedHere(Invalid):
    """The other institution opens what it offers."""

    code = "transfers.not_opened_here"


class InstitutionMissing(Invalid):
    """Who goes to another institution of this platform goes to one, by its code."""

    code = "transfers.institution_missing"


class OwnInstitution(Invalid):
    """Within one institution a transfer is another kind."""

    code = "transfers.own_institution"


class ChangedToday(Conflict):
    """What is recorded of the member began today, and would end before it lasted. Facts: `name`."""

    code = "transfers.changed_today"


class TargetFixed(Invalid):
    """The branch stands in the transfer already."""

    code = "transfers.target_fixed"


class BranchElsewhere(Invalid):
    """The branch is none of the committee's that was asked. Facts: `name`."""

    code = "transfers.branch_elsewhere"


class AcceptedOtherDay(Invalid):
    """Who is offered belongs here from the day of acceptance. Facts: `today`."""

    code = "transfers.accepted_other_day"


class AlreadyRegistered(Conflict):
    """Somebody in this register has the same identity number. Facts: `name`."""

    code = "transfers.already_registered"


class AnswerSent(Conflict):
    """The other institution was told, and has let the member go. Facts: `name`."""

    code = "transfers.answer_sent"


class AlreadyOffered(Conflict):
    """The other institution decides by what it was told of the member. Facts: `name`."""

    code = "transfers.already_offered"


class AnswerWaits(Unavailable):
    """The member's record allows no departure today; tomorrow it does."""

    code = "transfers.answer_waits"
