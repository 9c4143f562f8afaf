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
SUBMIT = Action(name="audit_campaign:branch:submit", summary="Hand up the results of a branch.")

ALL = [READ, OPEN, SHEET_READ, READ_RESTRICTED, FILL, SEARCH_READ, SUBMIT]
