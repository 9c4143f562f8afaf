"""A host in another institution of this platform: offered, answered, taken back (S1-01, S1-02)."""

from collections.abc import Iterator
from dataclasses import dataclass

from zhibu.errors import Conflict, Invalid
from zhibu_flow_members.errors import (
    HostTwice,
    InstitutionMissing,
    OwnInstitution,
    PeerNone,
    PeerWaits,
    ReasonMissing,
)
from zhibu_flow_members.rules.cases import standing
from zhibu_flow_members.rules.values import Case, PeerState

# Those of which the other institution knows nothing any more, so that it may be asked anew.
FREE = frozenset({PeerState.REFUSED, PeerState.LEFT, PeerState.UNDELIVERED})


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The institution that is asked, by its code, and the organization there."""

    institution: str
    organization: str | None


def asking_refusals(asked: Asked | None, *, host: bool, own: str) -> Iterator[Invalid]:
    """Somebody is taken in here or there; whether there is an institution of a code is not said."""
    if asked is None:
        return
    if not asked.institution:
        yield InstitutionMissing(path=("institution",))
    if asked.institution == own:
        yield OwnInstitution(path=("institution",))
    if host:
        yield HostTwice(path=("institution",))


def offering_refusals(case: Case, asked: Asked, *, own: str) -> Iterator[Invalid | Conflict]:
    """A host elsewhere is asked where none was, or where the former one does not have him."""
    yield from standing(case)
    yield from asking_refusals(asked, host=case.terms.host_id is not None, own=own)
    if case.peer is not None and case.peer.state not in FREE:
        yield PeerWaits(path=("case",), institution=case.peer.code)


def recalling_refusals(case: Case, reason: str) -> Iterator[Invalid | Conflict]:
    """The other institution has him no longer; he is away still."""
    yield from standing(case)
    if case.peer is None:
        yield PeerNone(path=("case",))
    if not reason.strip():
        yield ReasonMissing(path=("reason",))
