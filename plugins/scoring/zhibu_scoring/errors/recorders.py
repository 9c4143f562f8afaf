"""What can be wrong with recommending who records, and who supervises."""

from zhibu.errors import Conflict, Invalid


class NotRecording(Invalid):
    """Only recorders and supervisors of the assessment are recommended. Facts: `kind`."""

    code = "scoring.not_recording"


class HolderElsewhere(Conflict):
    """Whoever records or supervises belongs to the branch. Facts: `name`."""

    code = "scoring.holder_elsewhere"


class SecondHolder(Conflict):
    """The branch has another one at the same time. Facts: `kind`, `name`, `since`."""

    code = "scoring.second_holder"


class RecorderSupervises(Conflict):
    """Nobody supervises what he records. Facts: `name`."""

    code = "scoring.recorder_supervises"


class SecretaryRecords(Conflict):
    """The secretary keeps the recorder's points, so he is not the recorder. Facts: `name`."""

    code = "scoring.secretary_records"


class SupervisorNotForeseen(Conflict):
    """No supervisor is foreseen in a branch of this size. Facts: `members`."""

    code = "scoring.supervisor_not_foreseen"


class RecommendedLater(Invalid):
    """The recommendation comes before the post. Facts: `since`."""

    code = "scoring.recommended_later"


class RollDiffers(Conflict):
    """The roll of that day has others than the minutes say. Facts: `entitled`, `roll`."""

    code = "scoring.roll_differs"


class NobodyInFavour(Invalid):
    """A recommendation has somebody in favour."""

    code = "scoring.nobody_in_favour"


class AlreadyRecommended(Conflict):
    """The recommendation of this post is recorded. Facts: `on`."""

    code = "scoring.already_recommended"


class RecommendationWithdrawn(Conflict):
    """It was withdrawn before. Facts: `on`."""

    code = "scoring.recommendation_withdrawn_already"
