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
APPRAISAL_READ = Action(
    name="organization_life:appraisal:read", summary="See appraisals, and what was said in them."
)
TAKE_PART = Action(
    name="organization_life:appraisal:take_part",
    summary="Appraise oneself and others, and vote.",
)
APPRAISE = Action(
    name="organization_life:appraisal:run", summary="Open an appraisal, and count its votes."
)
GRADE = Action(
    name="organization_life:appraisal:grade", summary="Give the organization's opinion and grade."
)
PUBLISH = Action(
    name="organization_life:appraisal:publish", summary="Publish grades, and withdraw them."
)
REGISTER_READ = Action(name="organization_life:register:read", summary="See what members take on.")
REGISTER = Action(
    name="organization_life:register:record",
    summary="Record pledges, posts, service, links, letters and care.",
)
TALK_READ = Action(name="organization_life:talk:read", summary="See that there were talks.")
TALK = Action(name="organization_life:talk:record", summary="Record talks, and what came of them.")
TALK_OPEN = Action(
    name="organization_life:talk:open", summary="Open what was said in a talk; it is logged."
)

MATTER_READ = Action(
    name="organization_life:matter:read",
    summary="See analyses, inspections, reviews, opinions, and that leaders reported.",
)
MATTER = Action(
    name="organization_life:matter:record",
    summary="Record analyses, inspections, reviews, opinions and leaders' reports.",
)
MATTER_OPEN = Action(
    name="organization_life:matter:open", summary="Open what a leader reported; it is logged."
)

CARE_READ = Action(
    name="organization_life:care:read", summary="See surveys of members, and relief paid."
)
CARE = Action(
    name="organization_life:care:record", summary="Record surveys of members, and relief paid."
)
CARE_OPEN = Action(
    name="organization_life:care:open", summary="Open how a member lives; it is logged."
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
    APPRAISAL_READ,
    TAKE_PART,
    APPRAISE,
    GRADE,
    PUBLISH,
    REGISTER_READ,
    REGISTER,
    TALK_READ,
    TALK,
    TALK_OPEN,
    MATTER_READ,
    MATTER,
    MATTER_OPEN,
    CARE_READ,
    CARE,
    CARE_OPEN,
]
