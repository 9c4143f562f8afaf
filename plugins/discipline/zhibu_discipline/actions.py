"""What discipline asks the policy about."""

from zhibu.actions import Action

READ = Action(name="discipline:case:read", summary="See dispositions of members.")
READ_RESTRICTED = Action(
    name="discipline:case:read_restricted", summary="See dispositions on restricted grounds."
)
OPEN = Action(name="discipline:case:open", summary="Open a disposition, propose it, or drop it.")
DELIVER = Action(
    name="discipline:case:deliver", summary="Deliver a disposition, and record the answer to it."
)
EVALUATE = Action(
    name="discipline:case:evaluate", summary="Evaluate a correction within a time limit."
)
APPEAL = Action(
    name="discipline:case:appeal", summary="Enter an appeal that was handed in on paper."
)
FILE = Action(name="discipline:case:file", summary="Record the filing of a disposition above.")
REFERRAL_READ = Action(
    name="discipline:referral:read", summary="See what was handed over to the discipline body."
)
REFER = Action(
    name="discipline:referral:open",
    summary="Hand a member's conduct over to the discipline body, take it back, or tell of a "
    "removal.",
)
PASS_ON = Action(
    name="discipline:referral:pass", summary="Pass a hand-over on to the discipline commission."
)
ANSWER_REFERRAL = Action(
    name="discipline:referral:answer",
    summary="Record what the discipline body decided, and the end of its influence.",
)
FILE_READ = Action(
    name="discipline:file:read", summary="See what was found of members' files, and who keeps them."
)
FILE_CHECK = Action(
    name="discipline:file:check", summary="Check members' files, and record what was made good."
)

ALL = [
    *(READ, READ_RESTRICTED, OPEN, DELIVER, EVALUATE, APPEAL, FILE),
    *(REFERRAL_READ, REFER, PASS_ON, ANSWER_REFERRAL),
    *(FILE_READ, FILE_CHECK),
]
