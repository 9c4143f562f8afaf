"""What may go wrong with accounts, roles, credentials and oversight."""

from zhibu.errors import Conflict, Forbidden, Invalid, Unauthenticated, Unavailable


class SignInRefused(Unauthenticated):
    """Institution, login and password do not fit together; which of them is not said."""

    code = "core.sign_in_refused"


class SignInLocked(Unauthenticated):
    """Too many failures; of what is not said. Facts: `minutes` until the next attempt."""

    code = "core.sign_in_locked"


class SignInBusy(Unavailable):
    """More people sign in at this moment than passwords can be checked."""

    code = "core.sign_in_busy"


class CredentialEnded(Unauthenticated):
    """The session or token is unknown, has expired or was ended. Which of them is not said."""

    code = "core.credential_ended"


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


class PasswordTooShort(Invalid):
    """Facts: `minimum` characters."""

    code = "core.password_too_short"


class PasswordTooLong(Invalid):
    """Facts: `maximum` characters."""

    code = "core.password_too_long"


class PasswordGuessable(Invalid):
    """Made of the login, of one repeated character, or among the commonest passwords."""

    code = "core.password_guessable"


class PasswordUnchanged(Invalid):
    """The new password is the old one."""

    code = "core.password_unchanged"


class PasswordWrong(Invalid):
    """The present password was not given correctly."""

    code = "core.password_wrong"


class PasswordChangeDue(Forbidden):
    """A one-time password opens nothing but the choice of an own one."""

    code = "core.password_change_due"


class CodeWrong(Invalid):
    """The code is none of the account's, belongs to another moment, or was used before."""

    code = "core.code_wrong"


class FactorEnrolled(Conflict):
    """The account has a second factor; it is removed before another one is enrolled."""

    code = "core.factor_enrolled"


class FactorAbsent(Conflict):
    """The account has no second factor that could be used."""

    code = "core.factor_absent"


class SecondFactorNeeded(Conflict):
    """This is done soon after the second factor was proven. Facts: `minutes`."""

    code = "core.second_factor_needed"


class SecondFactorMissing(Conflict):
    """This takes a second factor, and the account has none yet."""

    code = "core.second_factor_missing"


class AccountDisabled(Conflict):
    """The account is disabled and can be given nothing. Facts: `login`."""

    code = "core.account_disabled"


class OwnAccount(Conflict):
    """Nobody disables the account he is signed in with."""

    code = "core.own_account"


class RoleUnknown(Invalid):
    """The policy knows no such role. Facts: `role`."""

    code = "core.role_unknown"


class RoleByPost(Invalid):
    """The role follows from membership or a post and is not assigned. Facts: `role`."""

    code = "core.role_by_post"


class DatesReversed(Invalid):
    """The end is not after the beginning. Facts: `since`, `until`."""

    code = "core.term_reversed"


class OrganizationUnknown(Invalid):
    """No such organization in this institution, or none the caller may see."""

    code = "core.account_organization_unknown"


class OrganizationEnded(Conflict):
    """The organization has ended; roles are given at living ones. Facts: `name`, `ended_on`."""

    code = "core.account_organization_ended"


class AdministratorsExclude(Conflict):
    """System, security and audit administration are three people's. Facts: `role`, `held`."""

    code = "core.administrators_exclude"


class SelfAssignment(Conflict):
    """Nobody gives a role to himself."""

    code = "core.self_assignment"


class AssignmentOverlaps(Conflict):
    """The account holds this role here at that time already. Facts: `role`, `since`, `until`."""

    code = "core.assignment_overlaps"


class AssignmentEnded(Conflict):
    """The role had ended before that day. Facts: `until`."""

    code = "core.assignment_ended"


class ReasonMissing(Invalid):
    """Such an act needs a reason."""

    code = "core.account_reason_missing"


class TokenLifeInvalid(Invalid):
    """A token ends in the future and within a year. Facts: `latest`."""

    code = "core.token_life_invalid"


class TokenActionUnheld(Invalid):
    """Nobody gives a machine what he may not do himself. Facts: `action`."""

    code = "core.token_action_unheld"


class TokenOfPerson(Conflict):
    """Nobody acts in a person's name; a token acts for its creator or a machine. Facts: `login`."""

    code = "core.token_of_person"


class TokenActionsMissing(Invalid):
    """A token without actions could do nothing."""

    code = "core.token_actions_missing"


class MachineRefused(Forbidden):
    """Only a person who is signed in may do this; tokens and overseers may not."""

    code = "core.machine_refused"


class OverseerUnknown(Invalid):
    """No such institution, or no such account there. Facts: `tenant`, `login`."""

    code = "core.overseer_unknown"


class OversightOfOneself(Invalid):
    """An institution oversees another one, not itself."""

    code = "core.oversight_of_oneself"


class OversightRoleInvalid(Invalid):
    """Only roles that look may be given to another institution. Facts: `role`, `allowed`."""

    code = "core.oversight_role_invalid"


class OversightTermInvalid(Invalid):
    """An oversight ends within a year of its beginning. Facts: `latest`."""

    code = "core.oversight_term_invalid"


class OversightOverlaps(Conflict):
    """This account has the same oversight at that time under other terms. Facts: `until`."""

    code = "core.oversight_overlaps"


class OversightEnded(Conflict):
    """The oversight has not begun, has ended or was revoked. Facts: `since`, `until`."""

    code = "core.oversight_ended"
