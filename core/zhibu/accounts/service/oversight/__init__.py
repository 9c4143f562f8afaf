"""Doors between two institutions: two local transactions each, and either may be run again.

The side that is seen decides; its transaction comes first. What the other side has not been told
yet is told by `deliver`, which runs after every change and at start-up.
"""

from zhibu.accounts.service.oversight.entering import Entered, enter
from zhibu.accounts.service.oversight.granting import Wanted, grant
from zhibu.accounts.service.oversight.revoking import revoke
from zhibu.accounts.service.oversight.telling import deliver

__all__ = ["Entered", "Wanted", "deliver", "enter", "grant", "revoke"]
