"""What can be wrong with handing over and publishing."""

from zhibu.errors import Conflict, Invalid


class NobodyAbove(Conflict):
    """The top of the tree hands nothing over."""

    code = "dues.nobody_above"


class HandedInFuture(Invalid):
    """What comes later is not handed over. Facts: `on`, `today`."""

    code = "dues.handed_in_future"


class NothingToHandOver(Conflict):
    """Nothing is held by that day. Facts: `until`."""

    code = "dues.nothing_to_hand_over"


class HandoverSettled(Conflict):
    """It was received or returned meanwhile. Facts: `state`."""

    code = "dues.handover_settled"


class HandoverUsed(Conflict):
    """Its money went further up."""

    code = "dues.handover_used"


class OwnHandover(Conflict):
    """Nobody receives what he handed over."""

    code = "dues.own_handover"


class YearNotOver(Conflict):
    """A year is published once it is over. Facts: `year`."""

    code = "dues.year_not_over"


class AlreadyPublished(Conflict):
    """The year is published. Facts: `year`."""

    code = "dues.already_published"


class PlaceMissing(Invalid):
    """A publication says where."""

    code = "dues.place_missing"


class PublicationWithdrawn(Conflict):
    """It is withdrawn since a day. Facts: `on`."""

    code = "dues.publication_withdrawn"
