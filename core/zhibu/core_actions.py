"""The words the core asks the policy about: what may be done to what the core keeps."""

from zhibu.actions import Action

TENANT_READ = Action(name="core:tenant:read", summary="See the institution's own settings.")
TENANT_CONFIGURE = Action(
    name="core:tenant:configure", summary="Change the institution's name, locale and rule pack."
)

ORGANIZATION_READ = Action(name="core:organization:read", summary="See an organization.")
ORGANIZATION_CREATE = Action(
    name="core:organization:create", summary="Found an organization below this one."
)
ORGANIZATION_RENAME = Action(
    name="core:organization:rename", summary="Change an organization's name or kind."
)
ORGANIZATION_MOVE = Action(
    name="core:organization:move", summary="Put an organization under another one."
)
ORGANIZATION_MERGE = Action(
    name="core:organization:merge", summary="Merge an organization into another one."
)
ORGANIZATION_SPLIT = Action(
    name="core:organization:split", summary="Split an organization into several."
)
ORGANIZATION_DISSOLVE = Action(
    name="core:organization:dissolve", summary="Dissolve an organization."
)
ORGANIZATION_APPOINT = Action(
    name="core:organization:appoint", summary="Give a post at an organization, and end it."
)

MEMBER_READ = Action(name="core:member:read", summary="See a member, masked fields hidden.")
MEMBER_CREATE = Action(name="core:member:create", summary="Enter a member into the register.")
MEMBER_CORRECT = Action(
    name="core:member:correct", summary="Correct what is recorded about a member."
)
MEMBER_ASK_CORRECTION = Action(
    name="core:member:ask_correction", summary="Ask for a correction of a member's record."
)
MEMBER_TRANSFER = Action(
    name="core:member:transfer", summary="Move a member between branches of the institution."
)
MEMBER_STAGE = Action(name="core:member:stage", summary="Change a member's membership stage.")
MEMBER_DEPART = Action(name="core:member:depart", summary="Record that a member has left, and how.")
MEMBER_READ_CONTACT = Action(
    name="core:member:read_contact", summary="See a member's masked phone and identity number."
)
MEMBER_OPEN = Action(
    name="core:member:open", summary="Open a masked identity number or phone; it is logged."
)
MEMBER_EXPORT = Action(name="core:member:export", summary="Export members into a workbook.")
MEMBER_IMPORT = Action(name="core:member:import", summary="Import members from a workbook.")

ACCOUNT_READ = Action(name="core:account:read", summary="See an account and its roles.")
ACCOUNT_CREATE = Action(name="core:account:create", summary="Open an account.")
ACCOUNT_DISABLE = Action(name="core:account:disable", summary="Disable an account, or enable it.")
IDENTITY_LINK = Action(
    name="core:identity:link",
    summary="Link an account to whom a sign-in service knows, and take that back.",
)
FACTOR_RESET = Action(name="core:factor:reset", summary="Take a lost second factor off an account.")
ROLE_ASSIGN = Action(name="core:role:assign", summary="Give a role at an organization, and end it.")
SESSION_END = Action(name="core:session:end", summary="End an account's session.")
TOKEN_CREATE = Action(name="core:token:create", summary="Issue a machine's token, and revoke it.")
OVERSIGHT_GRANT = Action(
    name="core:oversight:grant", summary="Let another institution see a part of this one."
)

EXCHANGE_READ = Action(
    name="core:exchange:read",
    summary="See which messages go to and come from others.",
)

PLUGIN_SWITCH = Action(
    name="core:plugin:switch", summary="Switch a plugin on or off at an organization."
)
PARAMETER_READ = Action(name="core:parameter:read", summary="See the parameters of the rules.")
PARAMETER_OVERRIDE = Action(
    name="core:parameter:override", summary="Set another value of a parameter, with a reason."
)
SECURITY_CONFIGURE = Action(
    name="core:security:configure",
    summary="Set what signing in takes: passwords, locks, sessions, second factors.",
)
LEDGER_READ = Action(name="core:ledger:read", summary="See what happened, and who did it.")
LEDGER_VERIFY = Action(name="core:ledger:verify", summary="Verify the chain of the ledger.")
FIGURE_REBUILD = Action(
    name="core:figure:rebuild", summary="Count the figures of dashboards anew from the records."
)
JOB_READ = Action(name="core:job:read", summary="See a running job and its result.")
ATTACHMENT_ADD = Action(name="core:attachment:add", summary="Attach a file.")
ATTACHMENT_READ = Action(name="core:attachment:read", summary="Open an attached file.")
ATTACHMENT_WITHDRAW = Action(
    name="core:attachment:withdraw",
    summary="Withdraw an attached file from sight.",
)
ATTACHMENT_RESTORE = Action(
    name="core:attachment:restore",
    summary="Show a file again that somebody else withdrew.",
)

PROCEDURE_READ = Action(name="core:procedure:read", summary="See a procedure and its steps.")
PROCEDURE_READ_RESTRICTED = Action(
    name="core:procedure:read_restricted", summary="See a procedure that is not for every reader."
)
PROCEDURE_PROPOSE = Action(
    name="core:procedure:propose", summary="Propose something to be decided in steps."
)
PROCEDURE_DECIDE = Action(name="core:procedure:decide", summary="Decide a step of a procedure.")
PROCEDURE_CONDUCT = Action(
    name="core:procedure:conduct", summary="Open and close a meeting that votes."
)
PROCEDURE_CONSENT = Action(
    name="core:procedure:consent", summary="Consent, as the organization above, to a step below."
)
PROCEDURE_VOTE = Action(name="core:procedure:vote", summary="Vote at a meeting.")
PROCEDURE_OBJECT = Action(
    name="core:procedure:object", summary="Object to what was decided about oneself."
)
PROCEDURE_OVERRIDE = Action(
    name="core:procedure:override", summary="Decide in a special case without the steps."
)
PROCEDURE_DELEGATE = Action(
    name="core:procedure:delegate", summary="Let somebody act for oneself in procedures."
)
VOTE_LIMIT = Action(
    name="core:vote:limit", summary="Record that a member's right to vote is suspended."
)

ACTIONS: tuple[Action, ...] = tuple(
    value for value in list(globals().values()) if isinstance(value, Action)
)
