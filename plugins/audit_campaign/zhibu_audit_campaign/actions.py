"""What audits ask the policy about."""

from zhibu.actions import Action

READ = Action(name="audit_campaign:campaign:read", summary="See audits and how far they are.")
OPEN = Action(name="audit_campaign:campaign:open", summary="Open, move, end or cancel an audit.")
SHEET_READ = Action(
    name="audit_campaign:sheet:read", summary="See who is checked in an audit, and what is found."
)
READ_RESTRICTED = Action(
    name="audit_campaign:sheet:read_restricted", summary="See sensitive labels of members."
)
FILL = Action(
    name="audit_campaign:sheet:fill", summary="Prepare, check and search in an audit of a branch."
)
SEARCH_READ = Action(
    name="audit_campaign:search:read", summary="Look into the files of members who are lost."
)
INQUIRE = Action(
    name="audit_campaign:inquiry:make", summary="Ask other bodies about members who are lost."
)
SETTLEMENT_READ = Action(
    name="audit_campaign:settlement:read", summary="See what becomes of members who were checked."
)
SUBMIT = Action(name="audit_campaign:branch:submit", summary="Hand up the results of a branch.")
VERIFIED_READ = Action(
    name="audit_campaign:verification:read", summary="See what was verified of a branch."
)
VERIFY = Action(
    name="audit_campaign:branch:verify", summary="Verify what branches hand up, or return it."
)
REPORT = Action(
    name="audit_campaign:report:submit", summary="Hand up the report of a committee or a district."
)
REVIEW = Action(
    name="audit_campaign:report:review", summary="Review reports and files, and draw samples."
)
DRAW_READ = Action(name="audit_campaign:draw:read", summary="See draws and what was found.")
RELEASE = Action(
    name="audit_campaign:release:approve", summary="Approve that forms with people are given out."
)
ASK = Action(name="audit_campaign:question:ask", summary="Ask upward what is not clear.")
ANSWER = Action(name="audit_campaign:question:answer", summary="Answer questions from below.")

ALL = [
    *(READ, OPEN, SHEET_READ, READ_RESTRICTED, FILL, SEARCH_READ, INQUIRE, SETTLEMENT_READ),
    *(SUBMIT, VERIFIED_READ, VERIFY, REPORT, REVIEW, DRAW_READ, RELEASE, ASK, ANSWER),
]
