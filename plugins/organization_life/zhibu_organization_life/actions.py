"""What organization life asks the policy about."""

from zhibu.actions import Action

READ = Action(name="organization_life:meeting:read", summary="See meetings and the calendar.")
HOLD = Action(
    name="organization_life:meeting:hold", summary="Plan, change, hold and cancel meetings."
)
ATTENDANCE_READ = Action(
    name="organization_life:attendance:read", summary="See who attended, was on leave or absent."
)
ATTEND = Action(
    name="organization_life:attendance:record", summary="Record who attended a meeting."
)
CHECK_IN = Action(
    name="organization_life:attendance:check_in", summary="Check in to a meeting oneself."
)
ASK_LEAVE = Action(name="organization_life:leave:ask", summary="Ask for leave from a meeting.")
DECIDE_LEAVE = Action(
    name="organization_life:leave:decide", summary="Approve or refuse leave from a meeting."
)
MINUTES_READ = Action(name="organization_life:minutes:read", summary="Read minutes.")
MINUTE = Action(name="organization_life:minutes:write", summary="Write and amend minutes.")
EXCUSE = Action(
    name="organization_life:accommodation:grant",
    summary="Let an elderly or ill member take part flexibly.",
)

ALL = [
    READ,
    HOLD,
    ATTENDANCE_READ,
    ATTEND,
    CHECK_IN,
    ASK_LEAVE,
    DECIDE_LEAVE,
    MINUTES_READ,
    MINUTE,
    EXCUSE,
]
