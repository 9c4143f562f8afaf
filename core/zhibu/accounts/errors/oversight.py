"""What may go wrong with doors between institutions."""

from zhibu.errors import Conflict, Invalid


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
