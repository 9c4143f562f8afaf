"""What can be wrong with reports on members away."""

from zhibu.errors import Conflict, Invalid


class HalfInvalid(Invalid):
    """A year has two halves, 1 and 2; without one it is the whole year. Facts: `half`."""

    code = "flow_members.half_invalid"


class SummaryElsewhere(Invalid):
    """Branches report halves, committees halves and years. Facts: `kind`."""

    code = "flow_members.summary_elsewhere"


class SummaryTooEarly(Invalid):
    """A period is reported in its last month, or after it. Facts: `from_day`."""

    code = "flow_members.summary_too_early"


class SummarySubmitted(Conflict):
    """It is submitted already; the level above returns it first. Facts: `on`."""

    code = "flow_members.summary_submitted"


class SummaryDecided(Conflict):
    """The level above has decided already."""

    code = "flow_members.summary_decided"


class OwnSummary(Invalid):
    """Whoever submitted a report does not accept or return it."""

    code = "flow_members.own_summary"


class SummariesMissing(Invalid):
    """Branches below have not reported, and nobody says why. Facts: `count`."""

    code = "flow_members.summaries_missing"
