"""What can be wrong with stopping and restoring a membership."""

from zhibu.errors import Conflict, Invalid


class MatterUnderWay(Conflict):
    """Something about this membership waits to be decided. Facts: `name`."""

    code = "transfers.matter_under_way"


class ProbationaryNotStopped(Conflict):
    """A probationary membership is not stopped but cancelled. Facts: `name`."""

    code = "transfers.probationary_not_stopped"


class PlaceMissing(Invalid):
    """Who is abroad is in some country or region."""

    code = "transfers.place_missing"


class PurposeMissing(Invalid):
    """What somebody is abroad for is said."""

    code = "transfers.purpose_missing"


class PurposeNotCounted(Invalid):
    """The years abroad are not about this purpose. Facts: `purpose`."""

    code = "transfers.purpose_not_counted"


class AbroadTooShort(Invalid):
    """The stay abroad is not longer than the rule says. Facts: `since`, `years`."""

    code = "transfers.abroad_too_short"


class SilenceTooShort(Invalid):
    """The member is not out of contact for so long. Facts: `since`, `months`."""

    code = "transfers.silence_too_short"


class SearchTooShort(Invalid):
    """Too few tries to find the member. Facts: `tries`, `least`."""

    code = "transfers.search_too_short"


class SearchTooNarrow(Invalid):
    """Too few means of searching. Facts: `means`, `least`."""

    code = "transfers.search_too_narrow"


class SearchIncomplete(Invalid):
    """A try says what came of it, and who is responsible. Facts: `number`."""

    code = "transfers.search_incomplete"


class SearchDayUnfit(Invalid):
    """A try lies between the last contact and today. Facts: `on`, `since`, `today`."""

    code = "transfers.search_day_unfit"


class NotStopped(Conflict):
    """Only a stopped membership is restored. Facts: `name`, `stage`."""

    code = "transfers.not_stopped"


class RestoredTooLate(Conflict):
    """The years in which one may come back are over. Facts: `on`, `until`."""

    code = "transfers.restored_too_late"


class RequestMissing(Invalid):
    """Who asks for somebody else hands in the member's written request."""

    code = "transfers.request_missing"


class DuesOpen(Invalid):
    """Dues are made up before a membership is restored."""

    code = "transfers.dues_open"


class CustodyUnfit(Conflict):
    """Only who settled abroad and is stopped has his file handed over. Facts: `name`."""

    code = "transfers.custody_unfit"


class CustodyRecorded(Conflict):
    """The hand-over is recorded already. Facts: `on`."""

    code = "transfers.custody_recorded"


class CustodyMissing(Conflict):
    """No hand-over is recorded."""

    code = "transfers.custody_missing"


class StopChanged(Conflict):
    """The register went on after this decision, so it cannot be taken up again. Facts: `name`."""

    code = "transfers.stop_changed"


class LateReasonMissing(Invalid):
    """Who enters something long after its day says why. Facts: `on`, `days`."""

    code = "transfers.late_reason_missing"
