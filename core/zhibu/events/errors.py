"""What may be refused about events, and what of it is a bug."""

from zhibu.errors import Conflict, Invalid


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
