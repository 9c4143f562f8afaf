"""What can be wrong with matters of a unit."""

from zhibu.errors import Conflict, Invalid


class MatterMemberElsewhere(Invalid):
    """Reviews and reports are of somebody, nothing else is. Facts: `kind`."""

    code = "organization_life.matter_member_elsewhere"


class MatterChannelElsewhere(Invalid):
    """Opinions and feedback came in by some way, nothing else did. Facts: `kind`."""

    code = "organization_life.matter_channel_elsewhere"


class MatterUntold(Invalid):
    """It has a title, and says something."""

    code = "organization_life.matter_untold"


class MatterVoid(Conflict):
    """The record was voided. Facts: `on`."""

    code = "organization_life.matter_void"


class MatterOpen(Conflict):
    """Only what those who lead report is sealed. Facts: `kind`."""

    code = "organization_life.matter_open"


class MattersTooMany(Conflict):
    """More matters than one page holds. Facts: `most`."""

    code = "organization_life.matters_too_many"


class OwnMatter(Invalid):
    """Nobody records or answers what is about himself."""

    code = "organization_life.own_matter"
