"""What speaks against printing a paper of a disposition."""

from zhibu.errors import Conflict, Invalid


class PaperNotYet(Conflict):
    """What the paper says was not done, or holds no more. Facts: `paper`."""

    code = "discipline.paper_not_yet"


class PurposeMissing(Invalid):
    """What a paper is printed for."""

    code = "discipline.purpose_missing"
