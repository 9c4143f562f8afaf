"""What can be wrong with verifying, reporting and sampling."""

from zhibu.errors import Conflict, Invalid


class OwnWork(Conflict):
    """Nobody decides on what he handed up himself."""

    code = "audit_campaign.own_work"


class SituationsMissing(Invalid):
    """Some situations were not verified. Facts: `situations`."""

    code = "audit_campaign.situations_missing"


class SituationsUnknown(Invalid):
    """The plan has no such situations, or they were given twice. Facts: `situations`."""

    code = "audit_campaign.situations_unknown"


class SearchesOpen(Conflict):
    """Searches below go on; their outcome belongs into the report. Facts: `count`."""

    code = "audit_campaign.searches_open"


class NumberDiffers(Conflict):
    """The number is not that of the records. Facts: `situation`, `number`, `count`."""

    code = "audit_campaign.number_differs"


class SituationUnsaid(Invalid):
    """What the plan asks of a situation was left blank. Facts: `situation`."""

    code = "audit_campaign.situation_unsaid"


class BelowOpen(Conflict):
    """What is below was not accepted yet. Facts: `count`."""

    code = "audit_campaign.below_open"


class ChairUnfit(Invalid):
    """The committee's secretary chairs the meeting on the report (S3A-18)."""

    code = "audit_campaign.chair_unfit"


class FilesUnreviewed(Conflict):
    """Nobody reviewed some files of who is lost (S3A-21). Facts: `count`."""

    code = "audit_campaign.files_unreviewed"


class NotReviewable(Conflict):
    """A search that goes on is not reviewed, and none twice."""

    code = "audit_campaign.not_reviewable"


class PercentUnfit(Invalid):
    """The share is from the least of the plan up to all of them. Facts: `least`."""

    code = "audit_campaign.percent_unfit"


class SampledAlready(Conflict):
    """What was found there was told already. Facts: `on`."""

    code = "audit_campaign.sampled_already"


class Answered(Conflict):
    """The question was answered, or withdrawn."""

    code = "audit_campaign.answered"


class DrawMissing(Conflict):
    """A district reports once it has drawn branches to be looked at (S3A-22)."""

    code = "audit_campaign.draw_missing"


class SectorUnknown(Invalid):
    """The plan names no such sector. Facts: `sector`."""

    code = "audit_campaign.sector_unknown"


class BranchesUnknown(Invalid):
    """Some are no branches of the audit here or below. Facts: `count`."""

    code = "audit_campaign.branches_unknown"
