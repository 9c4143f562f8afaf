"""What can be wrong with a hand-over to the discipline body, and with help after a removal."""

from zhibu.errors import Conflict, Invalid


class AlreadyReferred(Conflict):
    """One hand-over of a member at a time. Facts: `name`."""

    code = "discipline.already_referred"


class MoveNotNow(Conflict):
    """Not as the hand-over stands. Facts: `state`, `move`."""

    code = "discipline.move_not_now"


class BodyMissing(Invalid):
    """To whom it is passed on."""

    code = "discipline.body_missing"


class DocumentMissing(Invalid):
    """A decision of the discipline body has a document."""

    code = "discipline.document_missing"


class PunishmentUnknown(Invalid):
    """None of the catalogue in force. Facts: `punishment`."""

    code = "discipline.punishment_unknown"


class EndMissing(Invalid):
    """When the influence of it is over. Facts: `clause`."""

    code = "discipline.end_missing"


class EndUnfit(Invalid):
    """The influence ends after the decision. Facts: `on`."""

    code = "discipline.end_unfit"


class InfluenceNotOver(Conflict):
    """The influence of the punishment goes on. Facts: `on`."""

    code = "discipline.influence_not_over"


class NoNoticeDue(Conflict):
    """Nobody who was punished was removed since, or it was told already."""

    code = "discipline.no_notice_due"


class BreachUnsaid(Invalid):
    """Whether the conduct breaks discipline is said before a disposition is proposed (S3D-27)."""

    code = "discipline.breach_unsaid"


class ReferralMissing(Conflict):
    """What breaks discipline is handed over first (S3D-27). Facts: `name`."""

    code = "discipline.referral_missing"


class OwnReferral(Conflict):
    """Nobody records what was decided about himself."""

    code = "discipline.own_referral"


class NotRemoved(Conflict):
    """The membership did not end by it."""

    code = "discipline.not_removed"


class HelpMissing(Invalid):
    """How somebody was helped."""

    code = "discipline.help_missing"
