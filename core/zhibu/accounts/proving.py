"""What a session may do only with a second factor, or soon after it was proven."""

from dataclasses import replace
from datetime import date

from zhibu.accounts import limits
from zhibu.accounts.rules.factors import Use, proof_fault
from zhibu.act import Act, Caller
from zhibu.errors import Conflict
from zhibu.parameters.book import Book

__all__ = ["Use", "as_proven", "proven", "require_proof"]

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


def as_proven(caller: Caller, book: Book, on: date) -> Caller:
    """The caller, who holds nothing until he has the second factor that is demanded of such as him.

    Whoever has one has proven it in signing in. Machines and overseers are asked for none.
    """
    if caller.factor or caller.via != "session":
        return caller
    if not limits.factor_due(book, on, (each.role for each in caller.principal.assignments)):
        return caller
    return replace(caller, principal=replace(caller.principal, assignments=()), factor_due=True)


def _fault(act: Act, use: Use, path: str) -> Conflict | None:
    caller = act.caller
    if caller.via not in _ASKED and caller.asked_at is None:
        return None
    proof, now = limits.proof(act.parameters, path, act.today), caller.asked_at or act.now
    return proof_fault(use, proof, enrolled=caller.factor, proven_at=caller.proven_at, now=now)
