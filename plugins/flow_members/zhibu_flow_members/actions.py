"""What floating members ask the policy about."""

from zhibu.actions import Action

READ = Action(name="flow_members:case:read", summary="See who of one's own is away, and where.")
RECORD = Action(
    name="flow_members:case:record",
    summary="Record who goes away, what was told before, and who comes back.",
)
OPEN = Action(
    name="flow_members:contact:open", summary="Open how somebody away is reached; it is logged."
)
ARRIVAL_READ = Action(
    name="flow_members:arrival:read", summary="See who came here from elsewhere for a time."
)
TAKE_IN = Action(
    name="flow_members:arrival:verify", summary="Verify and take in who came from elsewhere."
)
REGISTER = Action(
    name="flow_members:guest:register",
    summary="Take in or refuse whom another institution sends, and say at which branch.",
)
FILE = Action(name="flow_members:arrival:file", summary="Take a verification below into the files.")
STAMP = Action(name="flow_members:card:stamp", summary="Stamp activity cards.")
ISSUE = Action(name="flow_members:card:issue", summary="Issue, review and end activity cards.")
REPORT = Action(
    name="flow_members:report:write",
    summary="Report to one's branch from afar, or enter what somebody sent.",
)
SUMMARY_READ = Action(
    name="flow_members:summary:read", summary="See what is reported of members away."
)
SUBMIT = Action(
    name="flow_members:summary:submit", summary="Report a half year or a year to the level above."
)
SUMMARY_DECIDE = Action(
    name="flow_members:summary:decide", summary="Accept or return reports of the level below."
)
SPOT_CHECK = Action(
    name="flow_members:spot_check:draw",
    summary="Draw units to be checked, and tell what was found.",
)

ALL = [
    *(READ, RECORD, OPEN, ARRIVAL_READ, TAKE_IN, REGISTER, FILE, STAMP, ISSUE, REPORT),
    *(SUMMARY_READ, SUBMIT, SUMMARY_DECIDE, SPOT_CHECK),
]
