"""What sample asks the policy about."""

from zhibu.actions import Action

READ = Action(name="sample:record:read", summary="See what is recorded of a member.")
WRITE = Action(name="sample:record:write", summary="Record something of a member.")

ALL = [READ, WRITE]
