"""What can be wrong with a branch's year."""

from zhibu.errors import Conflict, Invalid


class YearNotOver(Invalid):
    """A year is summed up once it is over. Facts: `year`, `on`."""

    code = "scoring.year_not_over"


class YearElsewhere(Conflict):
    """The branch's year stands somewhere else. Facts: `stand`."""

    code = "scoring.year_elsewhere"


class NotAssessing(Invalid):
    """Only branches assess members by points."""

    code = "scoring.not_assessing"


class EntriesWaiting(Conflict):
    """Entries of the year wait for a decision. Facts: `count`."""

    code = "scoring.entries_waiting"


class RecordsUnproposed(Conflict):
    """Records of the year speak of points that nobody proposed yet. Facts: `count`."""

    code = "scoring.records_unproposed"


class SummaryStale(Conflict):
    """What counts now is not what was drawn up. Facts: `count` of members of whom it differs."""

    code = "scoring.summary_stale"


class YearClosed(Conflict):
    """The branch decided the year, so its points stand. Facts: `year`."""

    code = "scoring.year_closed"


class ResultDiffers(Conflict):
    """What counts now is not what was put up, so explaining it is not enough."""

    code = "scoring.result_differs"


class MinutesMissing(Invalid):
    """A decision names the minutes it stands in."""

    code = "scoring.minutes_missing"


class NoCommittee(Conflict):
    """The branch has no committee, so its meeting decides."""

    code = "scoring.no_committee"


class CommitteeDecides(Conflict):
    """The branch has a committee, which decides instead of the meeting."""

    code = "scoring.committee_decides"


class EntitledDiffers(Conflict):
    """The roll of that day has others than the minutes say. Facts: `entitled`, `roll`."""

    code = "scoring.entitled_differs"


class DecidedTooEarly(Invalid):
    """It happened after what comes before it, and not after today. Facts: `on`, `today`."""

    code = "scoring.decided_too_early"


class CountsImpossible(Invalid):
    """Not more are for it than came, and not more came than may."""

    code = "scoring.counts_impossible"


class QuorumMissed(Conflict):
    """Too few came for a decision. Facts: `entitled`."""

    code = "scoring.quorum_missed"


class VotesMissed(Conflict):
    """Not more than half of those entitled were for it. Facts: `entitled`."""

    code = "scoring.votes_missed"


class OwnReview(Conflict):
    """Nobody reviews what he recorded as decided."""

    code = "scoring.own_review"


class NoticePlaceMissing(Invalid):
    """It says where it was put up."""

    code = "scoring.notice_place_missing"


class NoticeNotOver(Conflict):
    """The notice runs to a day. Facts: `on`."""

    code = "scoring.notice_not_over"


class ObjectionsOpen(Conflict):
    """Objections wait for an answer. Facts: `count`."""

    code = "scoring.objections_open"


class BodyMissing(Invalid):
    """It says what was found, objected or answered."""

    code = "scoring.body_missing"


class NotNoticed(Conflict):
    """Objections are raised while the notice runs."""

    code = "scoring.not_noticed"


class OutsideNotice(Invalid):
    """An objection was handed in while the notice ran. Facts: `on`, `first`, `last`."""

    code = "scoring.outside_notice"


class NotInYear(Invalid):
    """The branch's year has no result of this member."""

    code = "scoring.not_in_year"


class ObjectionAnswered(Conflict):
    """The objection was answered already."""

    code = "scoring.objection_answered"


class OwnObjection(Conflict):
    """Nobody answers his own objection, nor one about himself."""

    code = "scoring.own_objection"


class NothingToCorrect(Conflict):
    """What counts now gives the member the same; put the entries right first."""

    code = "scoring.nothing_to_correct"


class QuarterInvalid(Invalid):
    """A quarter is 1 to 4, and has begun. Facts: `year`, `quarter`."""

    code = "scoring.quarter_invalid"


class PublicationWithdrawn(Conflict):
    """It was withdrawn already."""

    code = "scoring.publication_withdrawn"


class HelpKnown(Conflict):
    """There is a plan of help that is not over. Facts: `year`."""

    code = "scoring.help_known"


class HelpOver(Conflict):
    """The help is over already."""

    code = "scoring.help_over"


class HelperMissing(Invalid):
    """Somebody else than the member helps him."""

    code = "scoring.helper_missing"


class HelpNotNeeded(Conflict):
    """The member's result is neither low nor behind. Facts: `year`."""

    code = "scoring.help_not_needed"


class CheckInvalid(Invalid):
    """A check is of the first or second half of a year that has begun. Facts: `year`, `half`."""

    code = "scoring.check_invalid"


class CheckKnown(Conflict):
    """That half was checked. Facts: `year`, `half`."""

    code = "scoring.check_known"


class CheckWithdrawn(Conflict):
    """It was withdrawn already."""

    code = "scoring.check_withdrawn"
