"""What audits ask the policy about."""

from zhibu.actions import Action

READ = Action(name="audit_campaign:campaign:read", summary="See audits and how far they are.")
OPEN = Action(name="audit_campaign:campaign:open", summary="Open, move, end or cancel an audit.")
SHEET_READ = Action(
    name="audit_campaign:sheet:read", summary="See who is checked in an audit, and what is found."
)

ALL = [READ, OPEN, SHEET_READ]
