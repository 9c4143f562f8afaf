"""What education asks the policy about."""

from zhibu.actions import Action

READ = Action(name="education:record:read", summary="Read members' hours and credits.")
CLAIM = Action(name="education:credit:claim", summary="Claim one's own class hours with evidence.")
RECORD = Action(name="education:credit:record", summary="Record class hours for a member.")
VERIFY = Action(name="education:credit:verify", summary="Verify or return claimed class hours.")
CORRECT = Action(name="education:credit:correct", summary="Correct or void a credit.")
PLAN = Action(name="education:plan:edit", summary="Make the annual training plan.")
PLAN_READ = Action(name="education:plan:read", summary="Read training plans and sessions.")
HOLD = Action(name="education:session:hold", summary="Plan, hold and cancel training sessions.")
ENROL = Action(name="education:session:enrol", summary="Enrol oneself in a session.")
ATTEND = Action(name="education:attendance:record", summary="Record who attended a session.")
EXEMPT = Action(name="education:exemption:grant", summary="Exempt a member from a year's hours.")
CERTIFY = Action(name="education:certificate:issue", summary="Issue and void certificates.")
TEACHERS = Action(name="education:teacher:edit", summary="Keep the roster of teachers.")
FUND = Action(name="education:expense:record", summary="Record training funds and their use.")
FUND_READ = Action(name="education:expense:read", summary="Read training funds and their use.")
WITHDRAW = Action(
    name="education:content:withdraw",
    summary="Withdraw words of a record from sight.",
)
RESTORE = Action(
    name="education:content:restore",
    summary="Show words again that somebody else withdrew.",
)
OPEN_YEAR = Action(name="education:year:open", summary="Open a training year, or recompute it.")

ALL = [
    READ,
    CLAIM,
    RECORD,
    VERIFY,
    CORRECT,
    PLAN,
    PLAN_READ,
    HOLD,
    ENROL,
    ATTEND,
    EXEMPT,
    CERTIFY,
    TEACHERS,
    FUND,
    FUND_READ,
    WITHDRAW,
    RESTORE,
    OPEN_YEAR,
]
