"""What can be wrong with a base, and what every act may lack."""

from zhibu.errors import Conflict, Invalid


class YearInvalid(Invalid):
    """Dues are kept from 2008 to the next year. Facts: `year`, `last`."""

    code = "dues.year_invalid"


class MonthInvalid(Invalid):
    """A year has the months 1 to 12. Facts: `month`."""

    code = "dues.month_invalid"


class QuarterInvalid(Invalid):
    """What holds by the quarter begins and ends with one (DU 4, DU 12)."""

    code = "dues.quarter_invalid"


class IncomeMissing(Invalid):
    """The base must be a positive amount. Facts: `most`, in yuan."""

    code = "dues.income_missing"


class IncomeUnexpected(Invalid):
    """Dues of a fixed amount have no base."""

    code = "dues.income_unexpected"


class AmountOutOfRange(Invalid):
    """The monthly amount chosen must lie in the range that the standard leaves."""

    code = "dues.amount_out_of_range"


class StandardMalformed(Conflict):
    """The rates in force cannot be read."""

    code = "dues.standard_malformed"


class ChangeReasonMissing(Invalid):
    """Within a year a base changes only for a reason. Facts: `year`."""

    code = "dues.change_reason_missing"


class NotAMember(Conflict):
    """No member in this year. Facts: `year`."""

    code = "dues.not_a_member"


class BaseSettled(Conflict):
    """The base was confirmed or voided meanwhile. Facts: `state`."""

    code = "dues.base_settled"


class OwnBase(Conflict):
    """Nobody confirms his own base, nor one he declared."""

    code = "dues.own_base"


class ReasonMissing(Invalid):
    """It needs a reason."""

    code = "dues.reason_missing"


class VersionStale(Conflict):
    """Somebody changed it since it was read. Facts: `version`."""

    code = "dues.version_stale"


class BasePaid(Conflict):
    """Months that only this base fixes are paid."""

    code = "dues.base_paid"


class NothingChosen(Invalid):
    """No base was named."""

    code = "dues.nothing_chosen"
