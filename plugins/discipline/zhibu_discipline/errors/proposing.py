"""What can be wrong with putting a disposition to the branch."""

from zhibu.errors import Conflict, Invalid


class HearingMissing(Invalid):
    """The member was heard, or it is said why not."""

    code = "discipline.hearing_missing"


class TellingMissing(Invalid):
    """Whoever was heard was told the facts before."""

    code = "discipline.telling_missing"


class NoticeMissing(Invalid):
    """The committee is told before the branch committee meets (S3D-22)."""

    code = "discipline.notice_missing"


class DocumentsLacking(Invalid):
    """Documents that the ground takes. Facts: `documents`."""

    code = "discipline.documents_lacking"


class MonthsUnfit(Invalid):
    """A correction takes at least a month, and not too long (S0-25). Facts: `most`."""

    code = "discipline.months_unfit"


class KeeperMissing(Invalid):
    """Somebody is in charge of helping."""

    code = "discipline.keeper_missing"


class KeeperUnfit(Invalid):
    """Nobody is in charge of himself."""

    code = "discipline.keeper_unfit"


class MeasuresMissing(Invalid):
    """Help measures are compulsory (S0-26)."""

    code = "discipline.measures_missing"


class StepNotNow(Conflict):
    """Not in this state, or not with this kind. Facts: `state`, `step`."""

    code = "discipline.step_not_now"


class DayUnfit(Invalid):
    """A day outside of what is possible. Facts: `on`, `since`, `today`."""

    code = "discipline.day_unfit"


class ReasonMissing(Invalid):
    """It is said why."""

    code = "discipline.reason_missing"


class VersionStale(Conflict):
    """Somebody changed it meanwhile. Facts: `version`."""

    code = "discipline.version_stale"
