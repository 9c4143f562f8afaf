"""What siblings may know of floating members: the events they record.

An event about a case is about the member, at his branch, with the facts `on` and `place`, and
`host` (the id of the organization that takes him in) where that is one of the institution.
"""

WENT = "flow_members.went"
CASE_CHANGED = "flow_members.case_changed"
# With `on`: the talk before going, or what came late of it.
TOLD = "flow_members.told"
ENDED = "flow_members.ended"
RESUMED = "flow_members.resumed"
CASE_VOIDED = "flow_members.case_voided"
CONTACT_OPENED = "flow_members.contact_opened"
# At the organization that takes the member in.
VERIFIED = "flow_members.verified"
VERIFICATION_WITHDRAWN = "flow_members.verification_withdrawn"
FILED = "flow_members.filed"
FILING_WITHDRAWN = "flow_members.filing_withdrawn"
REGISTER_PRINTED = "flow_members.register_printed"
EXPORTED = "flow_members.exported"
# Of the member's card, with its `serial`.
CARD_STAMPED = "flow_members.card_stamped"
CARD_ISSUED = "flow_members.card_issued"
CARD_REVIEWED = "flow_members.card_reviewed"
CARD_ENDED = "flow_members.card_ended"
PHOTO_ATTACHED = "flow_members.photo_attached"
PHOTO_REMOVED = "flow_members.photo_removed"
# Of a case: its certificate letter.
CERTIFICATE_PRINTED = "flow_members.certificate_printed"
CARD_PRINTED = "flow_members.card_printed"
# All cards of an organization and below, with `rows`.
CARDS_PRINTED = "flow_members.cards_printed"
# With `kind`, `side` and `on`; `life` and `dues` of side `host` say that he joined the life of who
# takes him in, or paid there. A note of kind `handling` asks that discipline be thought of; what
# follows is decided by people.
NOTED = "flow_members.noted"
NOTE_VOIDED = "flow_members.note_voided"
LIAISON_ASSIGNED = "flow_members.liaison_assigned"
LIAISON_ENDED = "flow_members.liaison_ended"
# Of the organization that reports, with `year` and `half` (0 is the whole year).
SUMMARY_SUBMITTED = "flow_members.summary_submitted"
SUMMARY_RETURNED = "flow_members.summary_returned"
SUMMARY_ACCEPTED = "flow_members.summary_accepted"
REPORT_PRINTED = "flow_members.report_printed"
# Of a member whom another institution was asked to take in, with `institution`.
PEER_ASKED = "flow_members.peer_asked"
PEER_RECALLED = "flow_members.peer_recalled"
PEER_ANSWERED = "flow_members.peer_answered"
PEER_UNDELIVERED = "flow_members.peer_undelivered"
# Of somebody whom another institution asks to take in here: no member of this one, so by `name`.
GUEST_OFFERED = "flow_members.guest_offered"
GUEST_CHANGED = "flow_members.guest_changed"
GUEST_ENDED = "flow_members.guest_ended"
GUEST_TAKEN = "flow_members.guest_taken"
GUEST_REFUSED = "flow_members.guest_refused"
GUEST_VERIFIED = "flow_members.guest_verified"
GUEST_FILED = "flow_members.guest_filed"
GUEST_LEFT = "flow_members.guest_left"
GUEST_STEP_WITHDRAWN = "flow_members.guest_step_withdrawn"
GUEST_NOTED = "flow_members.guest_noted"
GUEST_NOTE_VOIDED = "flow_members.guest_note_voided"
GUEST_UNHEARD = "flow_members.guest_unheard"
SPOT_CHECK_DRAWN = "flow_members.spot_check_drawn"
SPOT_CHECK_FOUND = "flow_members.spot_check_found"
