"""What may go wrong in signing in and with second factors."""

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


class PasswordTooShort(Invalid):
    """Facts: `minimum` characters."""

    code = "core.password_too_short"


class PasswordTooLong(Invalid):
    """Facts: `maximum` characters."""

    code = "core.password_too_long"


class PasswordGuessable(Invalid):
    """Made of the login, of one repeated character, or among the commonest passwords."""

    code = "core.password_guessable"


class ShownTooLongAgo(Conflict):
    """One's own sessions are ended soon after showing who one is. Facts: `minutes`."""

    code = "core.shown_too_long_ago"


class PasswordBreached(Invalid):
    """The password is in the list of those that were stolen elsewhere."""

    code = "core.password_breached"


class PasswordUnchanged(Invalid):
    """The new password is the old one."""

    code = "core.password_unchanged"


class PasswordWrong(Invalid):
    """The present password was not given correctly."""

    code = "core.password_wrong"


class PasswordChangeDue(Forbidden):
    """A one-time password opens nothing but the choice of an own one."""

    code = "core.password_change_due"
