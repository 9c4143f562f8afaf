"""What can be wrong with an audit as a whole."""

from zhibu.errors import Conflict, Invalid


class TitleMissing(Invalid):
    """An audit has a title."""

    code = "audit_campaign.title_missing"


class AsOfUnfit(Invalid):
    """The list is made as of a day that has come. Facts: `on`, `today`."""

    code = "audit_campaign.as_of_unfit"


class NotThere(Invalid):
    """The organization did not stand on the day of the list. Facts: `on`."""

    code = "audit_campaign.not_there"


class NobodyToCheck(Conflict):
    """Nobody in the scope of the plan belonged to a branch there that day. Facts: `on`."""

    code = "audit_campaign.nobody_to_check"


class AlreadyOpen(Conflict):
    """An audit by this plan goes on in the organization. Facts: `title`."""

    code = "audit_campaign.already_open"


class PlanFaulty(Conflict):
    """The plan in force cannot be carried out as it stands. Facts: `faults`."""

    code = "audit_campaign.plan_faulty"


class StagesMissing(Invalid):
    """The dates of a campaign are entered, all of them (A-12). Facts: `stages`."""

    code = "audit_campaign.stages_missing"


class StagesUnknown(Invalid):
    """The plan has no such stages. Facts: `stages`."""

    code = "audit_campaign.stages_unknown"


class StageReversed(Invalid):
    """A stage ends before it begins. Facts: `stage`, `since`, `until`."""

    code = "audit_campaign.stage_reversed"


class StateUnfit(Conflict):
    """As the audit stands this cannot be done. Facts: `state`."""

    code = "audit_campaign.state_unfit"


class ReasonMissing(Invalid):
    """What is changed is changed for a reason."""

    code = "audit_campaign.reason_missing"


class VersionStale(Conflict):
    """Somebody changed it since it was read. Facts: `version`."""

    code = "audit_campaign.version_stale"
