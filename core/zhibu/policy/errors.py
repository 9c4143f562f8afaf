"""What may be wrong with a policy, or with the roles of one account."""

from zhibu.errors import Conflict, PluginError


class PolicyInvalid(PluginError):
    """The policy's files cannot be used. Facts: `faults`, every one found, one per line."""

    code = "core.policy_invalid"


class RolesExclusive(Conflict):
    """One account would hold roles that exclude each other. Facts: `roles`."""

    code = "core.roles_exclusive"
