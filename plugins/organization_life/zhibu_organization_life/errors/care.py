"""What can be wrong with surveys of members and with relief."""

from zhibu.errors import Conflict, Invalid


class CareFactMissing(Invalid):
    """Family, health and wishes are all known, or the member was not surveyed."""

    code = "organization_life.care_fact_missing"


class ReliefAmountInvalid(Invalid):
    """Relief is more than nothing."""

    code = "organization_life.relief_amount_invalid"


class ReceiptMissing(Invalid):
    """Relief names the receipt that its taker signed."""

    code = "organization_life.receipt_missing"


class HardshipUnsurveyed(Conflict):
    """No survey of that year or the one before found hardship. Facts: `year`."""

    code = "organization_life.hardship_unsurveyed"


class CareVoid(Conflict):
    """The record was voided. Facts: `on`."""

    code = "organization_life.care_void"
