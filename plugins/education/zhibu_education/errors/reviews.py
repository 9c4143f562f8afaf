"""What can be wrong with asking for a returned claim to be looked at again."""

from zhibu.errors import Conflict


class ReviewNotYours(Conflict):
    """Only the member whose hours were returned asks for a review."""

    code = "education.review_not_yours"


class NothingReturned(Conflict):
    """Only a claim that was returned is reviewed. Facts: `state`."""

    code = "education.nothing_returned"


class ReviewTooLate(Conflict):
    """The time to ask for a review is over. Facts: `until`."""

    code = "education.review_too_late"


class OwnReturn(Conflict):
    """Whoever returned a claim does not decide on its review."""

    code = "education.own_return"
