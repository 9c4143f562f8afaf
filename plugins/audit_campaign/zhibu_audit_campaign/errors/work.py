"""What can be wrong with the work of a branch in an audit."""

from zhibu.errors import Conflict, Invalid


class HandedUp(Conflict):
    """The results were handed up already. Facts: `state`."""

    code = "audit_campaign.handed_up"


class NotHandedUp(Conflict):
    """The results do not wait for anybody. Facts: `state`."""

    code = "audit_campaign.not_handed_up"


class LevelUnfit(Conflict):
    """This is the work of another level. Facts: `level`."""

    code = "audit_campaign.level_unfit"


class Unsaid(Invalid):
    """Something that must be said was left blank."""

    code = "audit_campaign.unsaid"


class NotOfBranch(Invalid):
    """Whoever answers for it, or does it, is a member of the branch or of its work group."""

    code = "audit_campaign.not_of_branch"


class DayUnfit(Invalid):
    """A day has come, and lies not before what it follows. Facts: `on`, `today`."""

    code = "audit_campaign.day_unfit"


class PlanMissing(Conflict):
    """A branch has a plan of its own before it hands up its results (S3A-05)."""

    code = "audit_campaign.plan_missing"


class WorkersMissing(Conflict):
    """A branch has a work group (S3A-06)."""

    code = "audit_campaign.workers_missing"


class WorkerKnown(Conflict):
    """Somebody is in the work group already. Facts: `name`."""

    code = "audit_campaign.worker_known"


class TrainingMissing(Conflict):
    """The work group is trained before it checks (S3A-08)."""

    code = "audit_campaign.training_missing"


class SheetsOpen(Conflict):
    """Some members have not been checked: nobody is left out (S3A-41). Facts: `count`."""

    code = "audit_campaign.sheets_open"


class SuggestionsOpen(Conflict):
    """Some suggestions were neither confirmed nor dismissed. Facts: `count`."""

    code = "audit_campaign.suggestions_open"


class SearchesMissing(Conflict):
    """Nobody searches some of those who are lost (S3A-44). Facts: `count`."""

    code = "audit_campaign.searches_missing"


class Voided(Conflict):
    """It was taken back already."""

    code = "audit_campaign.voided"


class BranchLives(Conflict):
    """There are members in the branch, who hand its results up themselves. Facts: `count`."""

    code = "audit_campaign.branch_lives"


class OwnSuccessor(Invalid):
    """The members of a branch that is no more are now with another."""

    code = "audit_campaign.own_successor"
