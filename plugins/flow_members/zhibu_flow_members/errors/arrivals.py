"""What can be wrong with taking somebody in."""

from zhibu.errors import Conflict, Invalid


class AlreadyVerified(Conflict):
    """The host took the member in already. Facts: `on`."""

    code = "flow_members.already_verified"


class NotVerified(Conflict):
    """The host has not verified the member yet."""

    code = "flow_members.not_verified"


class AlreadyFiled(Conflict):
    """The verification is in the files. Facts: `on`."""

    code = "flow_members.already_filed"


class NotFiled(Conflict):
    """The verification is not in the files."""

    code = "flow_members.not_filed"


class OwnVerification(Invalid):
    """Whoever verified does not file as well, nor does anybody verify himself."""

    code = "flow_members.own_verification"


class RegisterTooLong(Invalid):
    """A register that silently stops would be false. Facts: `most`."""

    code = "flow_members.register_too_long"
