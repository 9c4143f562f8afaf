"""Accepting, refusing, and the receipt that ends a transfer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhibu.basis import Basis
from zhibu.calendar import add_months
from zhibu.errors import Invalid
from zhibu_transfers import errors
from zhibu_transfers.rules.cases import Finding


class Means(StrEnum):
    """How a receipt goes to the issuing committee (S3A-25)."""

    POST = "post"
    FAX = "fax"
    BY_HAND = "by_hand"


class FileCheck(StrEnum):
    """What the personnel file showed on arrival (rule 17, S0-21)."""

    SEEN = "seen"
    DOUBTFUL = "doubtful"
    NONE = "none"


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """What is said about the file of whoever arrives."""

    check: FileCheck
    note: str | None = None
    custodian: str | None = None


@dataclass(frozen=True, kw_only=True)
class Causes:
    """The causes for which a transfer may be refused, and who says so."""

    codes: frozenset[str]
    basis: Basis | None


def arrival_refusals(arrival: Arrival) -> Iterator[Invalid]:
    """A doubt is written down; for a member without a file one is built, and somebody keeps it."""
    if arrival.check is FileCheck.DOUBTFUL and not (arrival.note or "").strip():
        yield errors.DoubtMissing(path=("file_note",))
    if arrival.check is FileCheck.NONE and not (arrival.custodian or "").strip():
        yield errors.CustodianMissing(path=("custodian",))


def refusing_refusals(cause: str | None, reason: str, causes: Causes) -> Iterator[Invalid]:
    """A refusal says why; a cause is one of the catalogue, or none (S3A-42)."""
    if cause is not None and cause not in causes.codes:
        yield errors.CauseUnknown(path=("cause",), basis=causes.basis, cause=cause)
    if not reason.strip():
        yield errors.ReasonMissing(path=("reason",))


def receipt_by(accepted_on: date, months: int) -> date:
    """The last day for the receipt, so many calendar months after the acceptance (rule 19)."""
    return add_months(accepted_on, months)


def receipt_refusals(
    *, on: date, earliest: date | None, today: date, elsewhere: bool, signer: str | None
) -> Iterator[Invalid]:
    """A receipt has a day that is not ahead, nor before what it confirms; whose seal it bears."""
    if on > today:
        yield errors.ReceiptInFuture(path=("on",), on=on, today=today)
    elif earliest is not None and on < earliest:
        yield errors.ReceiptTooEarly(path=("on",), on=on, earliest=earliest)
    if elsewhere and not (signer or "").strip():
        yield errors.SignerMissing(path=("signer",))


def tracing_refusals(
    finding: Finding,
    *,
    proof: str | None,
    left_on: date | None,
    found: str,
    earliest: date | None,
    today: date,
) -> Iterator[Invalid]:
    """Settled elsewhere is proved by the receiving organization (S3C-09): not before its letter was
    written, since until then the sender answers."""
    if not found.strip():
        yield errors.ReasonMissing(path=("found",))
    if finding is Finding.SETTLED:
        if not (proof or "").strip():
            yield errors.ProofMissing(path=("proof",))
        if left_on is None:
            yield errors.SettledDayMissing(path=("settled_on",))
        elif left_on > today:
            yield errors.ReceiptInFuture(path=("settled_on",), on=left_on, today=today)
        elif earliest is not None and left_on < earliest:
            yield errors.ReceiptTooEarly(path=("settled_on",), on=left_on, earliest=earliest)
