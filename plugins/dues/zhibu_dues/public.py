"""What siblings may know of dues: its events, and where a member stands."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

BASE_DECLARED = "dues.base_declared"
BASE_CONFIRMED = "dues.base_confirmed"
BASE_VOIDED = "dues.base_voided"
PAID = "dues.paid"
PAYMENT_CORRECTED = "dues.payment_corrected"
PAYMENT_VOIDED = "dues.payment_voided"
REDUCED = "dues.reduced"
REDUCTION_ENDED = "dues.reduction_ended"
QUARTERLY_GRANTED = "dues.quarterly_granted"
QUARTERLY_ENDED = "dues.quarterly_ended"
# Facts: `level`, the months without dues in a row; `asks`, whether somebody must look into it.
OVERDUE = "dues.overdue"
# Facts: `finding`, one of `Finding`; `refuses` after half a year is S4-22, for people to decide.
OVERDUE_ANSWERED = "dues.overdue_answered"
HANDED_OVER = "dues.handed_over"
HANDOVER_RECEIVED = "dues.handover_received"
HANDOVER_RETURNED = "dues.handover_returned"
EXPORTED = "dues.exported"
PAGE_PRINTED = "dues.page_printed"
PUBLISHED = "dues.published"
PUBLICATION_WITHDRAWN = "dues.publication_withdrawn"
PAYMENT_CHANGES = (PAID, PAYMENT_CORRECTED, PAYMENT_VOIDED)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a member stands on a day, for whoever takes the membership over.

    `paid_to` is the last month up to which nothing is open; `streak` the open months in a row.
    """

    member_id: UUID
    paid_to: date | None
    overdue_months: int
    overdue_fen: int
    streak: int
