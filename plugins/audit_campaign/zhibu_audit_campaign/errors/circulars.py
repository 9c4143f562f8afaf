"""What can be wrong with a circular."""

from zhibu.errors import Conflict


class CircularOver(Conflict):
    """The circular was replied to or taken back."""

    code = "audit_campaign.circular_over"
