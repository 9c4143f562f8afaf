"""What may go wrong with sign-in services and the identities they know."""

from zhibu.errors import Conflict, Invalid, NotFound, Unauthenticated, Unavailable


class ProviderAbsent(NotFound):
    """There is no such sign-in service."""

    code = "core.provider_absent"


class ProviderRefused(Unauthenticated):
    """What came back was not asked for, is too old, or is not what the service itself says."""

    code = "core.provider_refused"


class ProviderAway(Unavailable):
    """The sign-in service cannot be reached now, or answers nothing that can be used."""

    code = "core.provider_away"


class IdentityUnlinked(Unauthenticated):
    """No account that may sign in belongs to this identity. Facts: `subject`."""

    code = "core.identity_unlinked"


class IdentityLinked(Conflict):
    """The identity belongs to an account already. Facts: `login`."""

    code = "core.identity_linked"


class IdentityOfAdministrator(Conflict):
    """An administrator is linked by the operator, never by another one. Facts: `login`."""

    code = "core.identity_of_administrator"


class IdentityInvalid(Invalid):
    """An identity is some text of limited length. Facts: `maximum`."""

    code = "core.identity_invalid_subject"


class ProviderUnknown(Invalid):
    """This institution has no such sign-in service. Facts: `provider`, `known`."""

    code = "core.provider_unknown"


class SignInAgain(Conflict):
    """Without a password of one's own, this is done soon after signing in. Facts: `minutes`."""

    code = "core.sign_in_again"
