"""What transfers asks the policy about."""

from zhibu.actions import Action

READ = Action(name="transfers:case:read", summary="See transfers and their letters.")
OPEN = Action(name="transfers:case:open", summary="Open a transfer, and withdraw it.")
ISSUE = Action(name="transfers:case:issue", summary="Issue a letter of transfer, or a new one.")
ACCEPT = Action(name="transfers:case:accept", summary="Accept or refuse a transfer.")
RECEIPT = Action(
    name="transfers:case:receipt", summary="Send or record a receipt, and trace a missing one."
)

ALL = [READ, OPEN, ISSUE, ACCEPT, RECEIPT]
