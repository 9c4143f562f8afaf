"""What can be wrong with asking other bodies."""

from zhibu.errors import Conflict, Invalid


class BodyUnknown(Invalid):
    """The plan names no such body. Facts: `body`."""

    code = "audit_campaign.body_unknown"


class InquiryAnswered(Conflict):
    """The inquiry was answered."""

    code = "audit_campaign.inquiry_answered"
