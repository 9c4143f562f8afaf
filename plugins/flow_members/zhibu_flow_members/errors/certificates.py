"""What can be wrong with a certificate letter."""

from zhibu.errors import Conflict


class CertificateUnfit(Conflict):
    """The case takes another paper. Facts: `paper`."""

    code = "flow_members.certificate_unfit"


class CertificateUntil(Conflict):
    """A certificate letter holds until a day, and the case has none."""

    code = "flow_members.certificate_until"
