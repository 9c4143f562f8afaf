"""What can be wrong with a democratic appraisal."""

from zhibu.errors import Conflict, Invalid


class AppraisalElsewhere(Invalid):
    """A branch appraises its members at its organization-life meeting. Facts: `kind`."""

    code = "organization_life.appraisal_elsewhere"


class AppraisalOtherYear(Invalid):
    """The meeting is not of that year, nor soon after it. Facts: `year`, `on`, `last`."""

    code = "organization_life.appraisal_other_year"


class AppraisalOfYear(Conflict):
    """The branch has an appraisal of that year. Facts: `year`."""

    code = "organization_life.appraisal_of_year"


class AppraisalNotReady(Conflict):
    """Where the appraisal stands, this is not done. Facts: `stand`."""

    code = "organization_life.appraisal_not_ready"


class AppraisalAtMeeting(Conflict):
    """An appraisal is held at the meeting, which is not cancelled before it. Facts: `year`."""

    code = "organization_life.appraisal_at_meeting"


class MeetingNotHeld(Conflict):
    """The meeting of the appraisal was not held yet. Facts: `on`."""

    code = "organization_life.meeting_not_held"


class NotAppraised(Invalid):
    """Somebody who is named is not on the list of the appraisal, or has no grade in it."""

    code = "organization_life.not_appraised"


class TextMissing(Invalid):
    """Self-appraisals and remarks say something."""

    code = "organization_life.text_missing"


class OwnGrade(Invalid):
    """Nobody grades himself."""

    code = "organization_life.own_grade"


class OwnRemark(Invalid):
    """What one says of oneself is a self-appraisal."""

    code = "organization_life.own_remark"


class NoRight(Invalid):
    """Somebody has no vote at this appraisal, or has used it."""

    code = "organization_life.no_right"


class AlreadyVoted(Conflict):
    """Everybody votes once."""

    code = "organization_life.already_voted"


class TooFewVotes(Invalid):
    """Fewer votes than needed: to count, or for what a tally says. Facts: `count`, `least`."""

    code = "organization_life.too_few_votes"


class OpinionMissing(Invalid):
    """A grade comes with the opinion of the organization."""

    code = "organization_life.opinion_missing"


class VetoUnqualified(Invalid):
    """A veto makes a member unqualified, nothing else."""

    code = "organization_life.veto_unqualified"


class GradeDiffers(Invalid):
    """A grade against the vote says why. Facts: `suggested`."""

    code = "organization_life.grade_differs"


class SelfAppraisalMissing(Invalid):
    """A grade without a self-appraisal before it says why."""

    code = "organization_life.self_appraisal_missing"


class TooManyExcellent(Conflict):
    """More are excellent than there are places. Facts: `count`, `places`."""

    code = "organization_life.too_many_excellent"


class GradeMissing(Conflict):
    """Somebody who is to be graded has no grade yet. Facts: `count`."""

    code = "organization_life.grade_missing"
