"""What can be wrong with activity cards."""

from zhibu.errors import Conflict, Invalid


class TakesNoCard(Invalid):
    """Whoever goes with another paper gets no card. Facts: `paper`."""

    code = "flow_members.takes_no_card"


class CardExists(Conflict):
    """The member has a card that holds. Facts: `serial`."""

    code = "flow_members.card_exists"


class CardIssued(Conflict):
    """The card is issued already. Facts: `on`."""

    code = "flow_members.card_issued"


class CardNotIssued(Conflict):
    """A card is stamped, and not issued yet."""

    code = "flow_members.card_not_issued"


class CardOver(Conflict):
    """The card was returned, replaced or voided. Facts: `on`."""

    code = "flow_members.card_over"


class OwnCard(Invalid):
    """Nobody stamps, issues, reviews or ends his own card, or puts a photograph on it."""

    code = "flow_members.own_card"


class SameHands(Invalid):
    """Whoever stamps a card does not issue it as well."""

    code = "flow_members.same_hands"


class ReviewElsewhere(Invalid):
    """A card is reviewed for the years in which it holds. Facts: `year`, `first`, `last`."""

    code = "flow_members.review_elsewhere"


class CardWithStay(Invalid):
    """A card ends with the stay when that is ended, and not by itself."""

    code = "flow_members.card_with_stay"


class CardsNone(Conflict):
    """No card that was issued holds there."""

    code = "flow_members.cards_none"


class CardsTooMany(Conflict):
    """More cards than are printed together. Facts: `count`, `most`."""

    code = "flow_members.cards_too_many"


class CardWrong(Invalid):
    """The serial is not that of the card which was issued for this stay."""

    code = "flow_members.card_wrong"
