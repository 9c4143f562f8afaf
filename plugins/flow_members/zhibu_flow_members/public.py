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
