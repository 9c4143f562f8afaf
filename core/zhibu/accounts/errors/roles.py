"""What may go wrong with roles."""

from zhibu.errors import Conflict, Invalid


class RoleUnknown(Invalid):
    """The policy knows no such role. Facts: `role`."""

    code = "core.role_unknown"


class RoleByPost(Invalid):
    """The role follows from membership or a post and is not assigned. Facts: `role`."""

    code = "core.role_by_post"


class DatesReversed(Invalid):
    """The end is not after the beginning. Facts: `since`, `until`."""

    code = "core.term_reversed"


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
