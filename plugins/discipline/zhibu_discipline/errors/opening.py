"""What can be wrong with opening a disposition."""

from zhibu.errors import Conflict, Invalid


class FactsMissing(Invalid):
    """A disposition says what happened."""

    code = "discipline.facts_missing"


class AlreadyOpen(Conflict):
    """One disposition of a member at a time. Facts: `name`."""

    code = "discipline.already_open"


class GroundUnknown(Invalid):
    """The ground is none of the catalogue in force. Facts: `ground`."""

    code = "discipline.ground_unknown"


class StoppedElsewhere(Conflict):
    """On this ground a membership is stopped, by its own procedure (EM-24). Facts: `clause`."""

    code = "discipline.stopped_elsewhere"


class StageUnfit(Conflict):
    """The kind is not for a membership of this stage. Facts: `name`, `stage`, `kind`."""

    code = "discipline.stage_unfit"


class MissedUnsaid(Invalid):
    """Which duty was left undone (A-04). Facts: `clause`."""

    code = "discipline.missed_unsaid"


class SinceMissing(Invalid):
    """A ground that must have lasted says since when. Facts: `clause`."""

    code = "discipline.since_missing"


class TooEarly(Conflict):
    """It has not lasted long enough. Facts: `clause`, `months`, `on`."""

    code = "discipline.too_early"


class NotStoppedLong(Conflict):
    """The membership has not been stopped for so long. Facts: `clause`, `months`."""

    code = "discipline.not_stopped_long"


class PreviousMissing(Conflict):
    """A disposition of that kind must have failed before. Facts: `kind`, `clause`."""

    code = "discipline.previous_missing"
