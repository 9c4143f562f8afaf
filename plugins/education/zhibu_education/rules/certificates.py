"""Whether a certificate still says what counts, and what is decided when it does not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from zhibu.errors import Conflict, Invalid
from zhibu_education.errors import CertificateCovered, CertificateVoid, ReasonMissing
from zhibu_education.rules.standing import Hours


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """A certificate by its hours, and the numbers with which it was kept although they fell short.

    `uncovered_on` is since when nothing was decided about that.
    """

    id: UUID
    member_id: UUID
    serial: int
    hours: Decimal
    uncovered_on: date | None
    kept_verified: Decimal | None
    kept_required: Decimal | None


def covers(certificate: Certificate, hours: Hours) -> bool:
    """Whether as many hours count as it says, and as many as are needed now."""
    return hours.verified >= max(certificate.hours, hours.required)


def is_kept(certificate: Certificate, hours: Hours) -> bool:
    """Whether somebody decided to keep it, for numbers no better than these."""
    return (
        certificate.kept_verified is not None
        and certificate.kept_required is not None
        and hours.verified >= certificate.kept_verified
        and hours.required <= certificate.kept_required
    )


def uncovered_on(certificate: Certificate, hours: Hours, today: date) -> date | None:
    """Since when it waits for a decision; None while it needs none."""
    if covers(certificate, hours) or is_kept(certificate, hours):
        return None
    return certificate.uncovered_on or today


def keep_refusals(
    certificate: Certificate, *, reason: str, voided_on: date | None
) -> Iterator[Invalid | Conflict]:
    """Kept is, with a reason, what is valid and waits for a decision."""
    if not reason.strip():
        yield ReasonMissing(path=("reason",))
    if voided_on is not None:
        yield CertificateVoid(path=("certificate",))
    elif certificate.uncovered_on is None:
        yield CertificateCovered(path=("certificate",), serial=certificate.serial)
