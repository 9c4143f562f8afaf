"""The certificate letter of who is away for a short time (S1-09)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from zhibu.errors import Conflict
from zhibu_flow_members.errors import CaseEnded, CaseVoid, CertificateUnfit, CertificateUntil
from zhibu_flow_members.rules.papers import Paper


class Validity(StrEnum):
    """Whether a certificate letter holds today."""

    VALID = "valid"
    EXPIRED = "expired"
    VOID = "void"


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """What a certificate letter says. `path` and `branch` are those of the branch today."""

    id: UUID
    member_id: UUID
    path: str
    paper: Paper
    name: str
    stage: str
    branch_id: UUID
    branch: str
    ground: str
    place: str
    unit: str | None
    host: str | None
    peer_name: str | None
    contact: str | None
    since: date
    until: date | None
    ended_on: date | None
    voided_on: date | None
    issuer: str | None
    certificate_year: int | None
    certificate_serial: int | None

    @property
    def number(self) -> str | None:
        """The code of the branch that first printed it, the year, and its number there; null before
        it was printed.
        """
        if self.certificate_serial is None:
            return None
        return f"{self.issuer}-{self.certificate_year}-{self.certificate_serial:04d}"

    @property
    def heading(self) -> str:
        """To whom it is addressed: who takes him in, as far as that is known."""
        return self.host or self.peer_name or self.unit or self.place


def printing_refusals(known: Certificate) -> Iterator[Conflict]:
    """Only who is away, and takes this paper until a day, is given one."""
    if known.voided_on is not None:
        yield CaseVoid(path=("case",), on=known.voided_on)
    elif known.ended_on is not None:
        yield CaseEnded(path=("case",), on=known.ended_on)
    if known.paper is not Paper.CERTIFICATE:
        yield CertificateUnfit(path=("case",), paper=known.paper)
    elif known.until is None:
        yield CertificateUntil(path=("case",))


def validity_of(known: Certificate, today: date) -> Validity:
    """It holds until its last day is over, while the stay lasts and takes this paper."""
    over = known.voided_on is not None or known.ended_on is not None
    if over or known.paper is not Paper.CERTIFICATE or known.until is None:
        return Validity.VOID
    return Validity.EXPIRED if known.until < today else Validity.VALID
