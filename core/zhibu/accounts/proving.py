"""What a session may do only soon after it proved its second factor."""

from zhibu.accounts import limits
from zhibu.accounts.rules.factors import Use, proof_fault
from zhibu.act import Act
from zhibu.errors import Conflict

__all__ = ["Use", "proven", "require_proof"]

_ASKED = ("session", "oversight")  # machines cannot be asked; whoever made their tokens was


def require_proof(act: Act, use: Use, path: str) -> None:
    """Raise `SecondFactorNeeded` or `SecondFactorMissing` unless this may be done now.

    To be asked after the policy. What it is asked for is said by `core.second_factor_for`.
    """
    if fault := _fault(act, use, path):
        raise fault


def proven(act: Act, use: Use, path: str) -> bool:
    """Whether `require_proof` would let this through."""
    return _fault(act, use, path) is None


def _fault(act: Act, use: Use, path: str) -> Conflict | None:
    if act.caller.via not in _ASKED:
        return None
    proof, caller = limits.proof(act.parameters, path, act.today), act.caller
    return proof_fault(use, proof, enrolled=caller.factor, proven_at=caller.proven_at, now=act.now)
