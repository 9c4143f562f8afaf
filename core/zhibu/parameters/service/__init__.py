"""Setting another value of a parameter, taking it back, and binding rule packs to a place."""

from zhibu.parameters.service.amending import Amendment, amend
from zhibu.parameters.service.overrides import history, override, withdraw
from zhibu.parameters.service.packs import apply_pack, bind_pack, release_pack

__all__ = [
    "Amendment",
    "amend",
    "apply_pack",
    "bind_pack",
    "history",
    "override",
    "release_pack",
    "withdraw",
]
