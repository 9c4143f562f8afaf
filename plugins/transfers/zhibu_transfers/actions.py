"""What transfers asks the policy about."""

from zhibu.actions import Action

READ = Action(name="transfers:case:read", summary="See transfers and their letters.")
OPEN = Action(name="transfers:case:open", summary="Open a transfer, and withdraw it.")
ISSUE = Action(name="transfers:case:issue", summary="Issue a letter of transfer, or a new one.")
ACCEPT = Action(name="transfers:case:accept", summary="Accept or refuse a transfer.")
RECEIPT = Action(
    name="transfers:case:receipt", summary="Send or record a receipt, and trace a missing one."
)
PROPOSE_STOP = Action(
    name="transfers:stop:propose", summary="Propose that a membership is stopped."
)
ASK_RESTORE = Action(
    name="transfers:restore:ask", summary="Ask that a stopped membership is restored."
)
ASK_RETAIN = Action(
    name="transfers:retain:ask",
    summary="Ask that the relationship of who goes abroad is retained.",
)
FOLLOW = Action(
    name="transfers:retain:follow",
    summary="Note contact with who is abroad, and that he stays longer or is back.",
)
STUDY = Action(
    name="transfers:membership:study", summary="Study in the branch what a member asks for."
)
APPROVE = Action(
    name="transfers:membership:approve", summary="Approve what is decided about a membership."
)
FILE = Action(
    name="transfers:membership:file",
    summary="File or approve it at the county level, and record who keeps the file.",
)

ALL = [
    READ,
    OPEN,
    ISSUE,
    ACCEPT,
    RECEIPT,
    PROPOSE_STOP,
    ASK_RESTORE,
    ASK_RETAIN,
    FOLLOW,
    STUDY,
    APPROVE,
    FILE,
]
