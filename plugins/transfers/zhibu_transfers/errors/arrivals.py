"""What can be wrong with accepting, refusing and receipts."""

from zhibu.errors import Invalid


class DoubtMissing(Invalid):
    """A doubt about the file is written down."""

    code = "transfers.doubt_missing"


class CustodianMissing(Invalid):
    """For a member without a personnel file one is built, and somebody keeps it."""

    code = "transfers.custodian_missing"


class PersonMissing(Invalid):
    """Whoever comes from elsewhere is entered into the register."""

    code = "transfers.person_missing"


class PersonUnexpected(Invalid):
    """Whoever is in the register already is not entered again."""

    code = "transfers.person_unexpected"


class CauseUnknown(Invalid):
    """The cause is none of the catalogue. Facts: `cause`."""

    code = "transfers.cause_unknown"


class ReceiptInFuture(Invalid):
    """The day lies ahead. Facts: `on`, `today`."""

    code = "transfers.receipt_in_future"


class ReceiptTooEarly(Invalid):
    """The day lies before what it confirms. Facts: `on`, `earliest`."""

    code = "transfers.receipt_too_early"


class SignerMissing(Invalid):
    """A receipt from elsewhere says whose seal it bears."""

    code = "transfers.signer_missing"


class PageTooLong(Invalid):
    """More rows than a page takes. Facts: `most`."""

    code = "transfers.page_too_long"


class ProofMissing(Invalid):
    """That the relationship is settled elsewhere is proved by who received it."""

    code = "transfers.proof_missing"


class SettledDayMissing(Invalid):
    """It says since when the relationship is there."""

    code = "transfers.settled_day_missing"
