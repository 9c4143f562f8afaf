"""What siblings may know of transfers: its events, and what a case or a matter is about."""

from dataclasses import dataclass
from uuid import UUID

OPENED = "transfers.opened"
WITHDRAWN = "transfers.withdrawn"
ISSUED = "transfers.issued"
REISSUED = "transfers.reissued"
# Facts: `where`, `on`; from now on the receiving organization is responsible.
ACCEPTED = "transfers.accepted"
# Facts: `cause`, one of the catalogue or none; `escalated`, whether the body above must answer.
REFUSED = "transfers.refused"
# Facts: `reason`; the member's record that the transfer made was taken back, and it goes on.
TAKEN_BACK = "transfers.taken_back"
RECEIPTED = "transfers.receipted"
# Facts: `finding`, one of `Finding`.
TRACED = "transfers.traced"
EXPORTED = "transfers.exported"
PAGE_PRINTED = "transfers.page_printed"
# Facts: `on`, `where`; relationship and file of who settled abroad are there.
CUSTODY_RECORDED = "transfers.custody_recorded"
CUSTODY_TAKEN_BACK = "transfers.custody_taken_back"
# Facts: `whence`; another institution offers somebody.
OFFERED = "transfers.offered"
# Facts: `reason`; the other institution was asked to let go what it did not accept.
RECALLED = "transfers.recalled"
# Facts: `reason`; it was asked too late.
RECALLED_LATE = "transfers.recalled_late"
UNDELIVERED = "transfers.undelivered"
# Facts: `on`, `until`, `place`; from `on` on the member is abroad and held to no organization life.
RETAINED = "transfers.retained"
# The decision that a relationship is retained is taken up again.
RETENTION_REOPENED = "transfers.retention_reopened"
# Facts: `until`, `reason`.
PROLONGED = "transfers.prolonged"
# Facts: `on`; the member lives the organization life of the branch again from that day on.
RETURNED = "transfers.returned"
RETURN_TAKEN_BACK = "transfers.return_taken_back"
# Facts: `on`, `channel`; somebody of the branch had contact with who is abroad.
CONTACTED = "transfers.contacted"
CONTACT_VOIDED = "transfers.contact_voided"


@dataclass(frozen=True, kw_only=True)
class About:
    """Whose case or matter it is, and of which kind."""

    member_id: UUID
    kind: str
