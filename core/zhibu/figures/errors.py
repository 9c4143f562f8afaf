"""What may be refused about figures."""

from zhibu.errors import Invalid


class RebuildReasonMissing(Invalid):
    """Counting everything anew goes into the ledger, with the reason for it."""

    code = "core.rebuild_reason_missing"
