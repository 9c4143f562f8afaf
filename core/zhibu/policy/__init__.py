"""Who may do what, where: Casbin decides, for one row as for a list."""

from zhibu.policy.errors import PolicyInvalid, RolesExclusive
from zhibu.policy.judge import Policy
from zhibu.policy.principal import Assignment, Principal
from zhibu.policy.rules import default_folder
from zhibu.policy.scope import Scope
from zhibu.policy.switches import Switches

__all__ = [
    "Assignment",
    "Policy",
    "PolicyInvalid",
    "Principal",
    "RolesExclusive",
    "Scope",
    "Switches",
    "default_folder",
]
