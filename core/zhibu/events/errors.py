"""What may be refused about events, and what of it is a bug."""

from zhibu.errors import Conflict, Invalid, Unavailable


class SensitiveInClear(Invalid):
    """An identity number or a phone number stands in clear in what was to be recorded.

    The ledger can never be edited, so it is refused, mostly in a reason somebody typed.
    Facts: `event`.
    """

    code = "core.sensitive_in_clear"


class IdempotencyKeyReused(Conflict):
    """The key was used before, for another mutation or other input. Facts: `key`."""

    code = "core.idempotency_key_reused"


class EventsInCircles(RuntimeError):
    """Listeners answer each other's events without end: a bug in a plugin."""


class CheckpointNotWritten(Unavailable):
    """A folder for checkpoints is not there, or cannot be written to. Facts: `folder`, `fault`."""

    code = "core.checkpoint_not_written"


class CheckpointUnreadable(Invalid):
    """A file holds no checkpoint, or cannot be read. Facts: `file`, `fault`."""

    code = "core.checkpoint_unreadable"


class LedgerUnsound(Conflict):
    """The ledger is not what it was when it was last signed. Facts: `seq`, `kind`."""

    code = "core.ledger_unsound"


class RestoreReasonMissing(Invalid):
    """To go on from a backup loses what was written since, for a reason that is kept."""

    code = "core.restore_reason_missing"
