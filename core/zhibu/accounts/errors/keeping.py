"""What may go wrong with accounts themselves."""

from zhibu.errors import Conflict, Forbidden, Invalid


class LoginInvalid(Invalid):
    """Not 2 to 64 letters, digits or `._@-`. Facts: `login`."""

    code = "core.login_invalid"


class LoginTaken(Conflict):
    """Another account of this institution signs in with it. Facts: `login`."""

    code = "core.login_taken"


class NameMissing(Invalid):
    """An account or token needs a name that people recognise."""

    code = "core.account_name_missing"


class MemberUnknown(Invalid):
    """No such member in this institution."""

    code = "core.account_member_unknown"


class MemberBound(Conflict):
    """The member already has an account. Facts: `login`."""

    code = "core.member_bound"


class AccountDisabled(Conflict):
    """The account is disabled and can be given nothing. Facts: `login`."""

    code = "core.account_disabled"


class OwnAccount(Conflict):
    """Nobody disables, binds or resets the account he is signed in with."""

    code = "core.own_account"


class MachineRefused(Forbidden):
    """Only a person who is signed in may do this; tokens and overseers may not."""

    code = "core.machine_refused"


class ReasonMissing(Invalid):
    """Such an act needs a reason."""

    code = "core.account_reason_missing"


class OrganizationUnknown(Invalid):
    """No such organization in this institution, or none the caller may see."""

    code = "core.account_organization_unknown"
