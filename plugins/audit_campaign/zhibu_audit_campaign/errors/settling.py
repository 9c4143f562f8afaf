"""What can be wrong with settling what becomes of a member."""

from zhibu.errors import Conflict, Invalid


class ConditionsUnfit(Invalid):
    """What the records say is not told. Facts: `conditions`."""

    code = "audit_campaign.conditions_unfit"


class ConditionsContradict(Invalid):
    """Two things cannot hold at once. Facts: `one`, `other`."""

    code = "audit_campaign.conditions_contradict"


class SettledAlready(Conflict):
    """What becomes of the member was settled; that is taken back first."""

    code = "audit_campaign.settled_already"


class SearchGoesOn(Conflict):
    """Who is lost is searched to the end, in his file, before anything becomes of him."""

    code = "audit_campaign.search_goes_on"


class OtherwiseUnsaid(Invalid):
    """What the table does not propose has a reason. Facts: `course`, what it proposes."""

    code = "audit_campaign.otherwise_unsaid"


class DuesOpen(Conflict):
    """Dues are made up before somebody comes back under management. Facts: `months`."""

    code = "audit_campaign.dues_open"


class SettlementStands(Conflict):
    """It does not stand where this may be done. Facts: `state`."""

    code = "audit_campaign.settlement_stands"


class CarriedByItself(Conflict):
    """What it comes to is carried out by no matter of its own. Facts: `course`."""

    code = "audit_campaign.carried_by_itself"


class MatterUnfit(Invalid):
    """The matter is not this member's, or does not carry this out. Facts: `course`."""

    code = "audit_campaign.matter_unfit"
