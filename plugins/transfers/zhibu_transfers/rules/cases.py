"""A transfer from its opening to its end: who moves, who is responsible, what may come next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from zhibu.errors import Conflict, Invalid
from zhibu_transfers import errors


class Kind(StrEnum):
    """Between branches of this institution; out to elsewhere, or in from elsewhere, on paper;
    `between`, to another institution of this platform, where the same transfer is `offered`."""

    WITHIN = "within"
    OUT = "out"
    IN = "in"
    BETWEEN = "between"
    OFFERED = "offered"


class State(StrEnum):
    """Where a transfer stands. What is closed or withdrawn stays as it is.

    One to another institution that could not be told is `undelivered`; one that is to be taken back
    is `withdrawing` until that institution has said that it did not accept.
    """

    OPENED = "opened"
    ISSUED = "issued"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    UNDELIVERED = "undelivered"
    WITHDRAWING = "withdrawing"


class Side(StrEnum):
    """Who is responsible for whoever is on the way."""

    SENDER = "sender"
    RECEIVER = "receiver"


class Step(StrEnum):
    """What may be done with a transfer."""

    ISSUE = "issue"
    ACCEPT = "accept"
    REFUSE = "refuse"
    RECEIPT = "receipt"
    TRACE = "trace"
    WITHDRAW = "withdraw"


# From which states each step may be taken, by the kind of the transfer. A letter that expired or
# was lost is replaced in the state in which it is; whoever refused may still accept (S3A-42). What
# was said of a receipt that was sent is put right by saying it again.
MOVES: Mapping[Kind, Mapping[Step, frozenset[State]]] = {
    Kind.WITHIN: {
        Step.ISSUE: frozenset({State.OPENED, State.ISSUED, State.REFUSED}),
        Step.ACCEPT: frozenset({State.OPENED, State.ISSUED, State.REFUSED}),
        Step.REFUSE: frozenset({State.OPENED, State.ISSUED}),
        Step.RECEIPT: frozenset({State.ACCEPTED, State.CLOSED}),
        Step.TRACE: frozenset(),
        Step.WITHDRAW: frozenset({State.OPENED, State.ISSUED, State.REFUSED}),
    },
    Kind.OUT: {
        Step.ISSUE: frozenset({State.OPENED, State.ISSUED}),
        Step.ACCEPT: frozenset(),
        Step.REFUSE: frozenset(),
        Step.RECEIPT: frozenset({State.ISSUED}),
        Step.TRACE: frozenset({State.ISSUED}),
        Step.WITHDRAW: frozenset({State.OPENED, State.ISSUED}),
    },
    Kind.IN: {
        Step.ISSUE: frozenset(),
        Step.ACCEPT: frozenset({State.OPENED, State.REFUSED}),
        Step.REFUSE: frozenset({State.OPENED}),
        Step.RECEIPT: frozenset({State.ACCEPTED, State.CLOSED}),
        Step.TRACE: frozenset(),
        Step.WITHDRAW: frozenset({State.OPENED, State.REFUSED}),
    },
    # The other institution accepts or refuses, and is asked before it is taken back.
    Kind.BETWEEN: {
        Step.ISSUE: frozenset({State.OPENED, State.ISSUED, State.REFUSED, State.UNDELIVERED}),
        Step.ACCEPT: frozenset(),
        Step.REFUSE: frozenset(),
        Step.RECEIPT: frozenset(),
        Step.TRACE: frozenset(),
        Step.WITHDRAW: frozenset({State.OPENED, State.ISSUED, State.REFUSED, State.UNDELIVERED}),
    },
    Kind.OFFERED: {
        Step.ISSUE: frozenset(),
        Step.ACCEPT: frozenset({State.OPENED, State.REFUSED}),
        Step.REFUSE: frozenset({State.OPENED}),
        Step.RECEIPT: frozenset(),
        Step.TRACE: frozenset(),
        Step.WITHDRAW: frozenset(),
    },
}
# Those that the other institution was told of, and has to answer.
TOLD = frozenset({State.ISSUED, State.REFUSED, State.WITHDRAWING})
OPEN = frozenset({State.OPENED, State.UNDELIVERED}) | TOLD


class Finding(StrEnum):
    """What came out about a missing receipt (S3C-09)."""

    SETTLED = "settled"
    NOT_SETTLED = "not_settled"


@dataclass(frozen=True, kw_only=True)
class Case:
    """A transfer as it is kept."""

    id: UUID
    kind: Kind
    state: State
    member_id: UUID | None
    name: str
    from_id: UUID | None
    to_id: UUID | None
    elsewhere: str | None
    committee_id: UUID | None
    receiver_id: UUID | None
    accepted_on: date | None
    letter_until: date | None
    letter_number: str | None
    version: int
    receipt_by: date | None = None
    refused_on: date | None = None
    reason: str = ""
    about: UUID | None = None
    peer_code: str | None = None
    peer_unit: str | None = None

    @property
    def lettered(self) -> bool:
        """Whether it takes a letter: not within one committee, nor where one was handed in."""
        return self.kind in (Kind.OUT, Kind.BETWEEN) or (
            self.kind is Kind.WITHIN and self.committee_id != self.receiver_id
        )


@dataclass(frozen=True, kw_only=True)
class Opening:
    """A transfer as somebody wants it opened."""

    kind: Kind
    member_id: UUID | None = None
    name: str | None = None
    from_id: UUID | None = None
    to_id: UUID | None = None
    elsewhere: str | None = None
    address: str | None = None
    reason: str = ""
    note: str | None = None
    suggested: str | None = None
    clause: str | None = None
    chosen: str | None = None
    otherwise: str | None = None
    letter_number: str | None = None
    letter_until: date | None = None
    institution: str | None = None
    organization_code: str | None = None


def side_refusals(opening: Opening) -> Iterator[Invalid]:
    """Without the side that is here nobody knows whose rules hold; so it is said first."""
    if opening.kind is Kind.OFFERED:
        yield errors.NotOpenedHere(path=("kind",))
    elif opening.kind is not Kind.IN and opening.member_id is None:
        yield errors.MemberMissing(path=("member",))
    if opening.kind is Kind.IN and opening.to_id is None:
        yield errors.TargetMissing(path=("target",))


def opening_refusals(
    opening: Opening,
    *,
    reasons: frozenset[str],
    open_already: bool,
    left: bool,
    formal: bool,
    issuer: bool,
    own: str,
    today: date,
) -> Iterator[Invalid | Conflict]:
    """What speaks against opening a transfer, all of it.

    `issuer`: whether there is a committee that may issue the letter, or receive; `own`: the code of
    this institution. Whether there is another one of a code is not said.
    """
    goes = opening.kind in (Kind.OUT, Kind.BETWEEN)
    if opening.reason not in reasons:
        yield errors.ReasonUnknown(path=("reason",), reason=opening.reason)
    if opening.kind is not Kind.WITHIN and not (opening.elsewhere or "").strip():
        yield errors.HeadingMissing(path=("elsewhere",))
    if opening.kind is Kind.BETWEEN and not opening.institution:
        yield errors.InstitutionMissing(path=("institution",))
    if opening.kind is Kind.BETWEEN and opening.institution == own:
        yield errors.OwnInstitution(path=("institution",))
    if opening.kind is Kind.IN:
        if not (opening.name or "").strip():
            yield errors.NameMissing(path=("name",))
        if not (opening.letter_number or "").strip():
            yield errors.LetterNumberMissing(path=("letter_number",))
        if opening.letter_until is not None and opening.letter_until < today:
            yield errors.LetterExpired(path=("letter_until",), on=opening.letter_until)
    if not goes and opening.to_id is None:
        yield errors.TargetMissing(path=("target",))
    if opening.to_id is not None and opening.to_id == opening.from_id:
        yield errors.SameBranch(path=("target",))
    if not formal:
        yield errors.NotABranch(path=("target",))
    if left:
        yield errors.NotAMember(path=("member",), name=opening.name)
    if open_already:
        yield errors.AlreadyOpen(path=("member",), name=opening.name)
    if not issuer:
        yield errors.NoCommittee(path=("member" if goes else "target",))
    if (
        opening.suggested is not None
        and opening.chosen != opening.suggested
        and not (opening.otherwise or "").strip()
    ):
        yield errors.OtherwiseMissing(path=("otherwise",), clause=opening.clause)


def step_refusals(case: Case, step: Step) -> Iterator[Conflict]:
    """Whether the transfer has come where this step may be taken."""
    unsent = step is Step.RECEIPT and case.state is State.CLOSED and case.receipt_by is None
    if case.state not in MOVES[case.kind][step] or unsent:
        yield errors.StepNotNow(path=("case",), state=case.state, step=step)
    elif step is Step.ISSUE and not case.lettered:
        yield errors.LetterNotNeeded(path=("case",))


def reason_refusals(reason: str, field: str = "reason") -> Iterator[Invalid]:
    if not reason.strip():
        yield errors.ReasonMissing(path=(field,))
