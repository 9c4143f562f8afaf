"""What may be refused about messages between institutions, and what makes them wait."""

from zhibu.errors import Conflict, Invalid, Unavailable


class MessageToOneself(Invalid):
    """A message goes to another institution."""

    code = "core.message_to_oneself"


class MessageTooLong(Invalid):
    """The body has more bytes than a message may have. Facts: `size`, `most`."""

    code = "core.message_too_long"


class MessagesTooMany(Conflict):
    """The institution opened as many matters with others today as it may. Facts: `most`."""

    code = "core.messages_too_many"


class MessageTooEarly(Unavailable):
    """Something that was said before it about the same matter is not there. Facts: `last`."""

    code = "core.message_too_early"


class MessagesLost(Unavailable):
    """The other institution has lost what it took, and here it is forgotten too. Facts: `other`."""

    code = "core.messages_lost"


class CounterpartAway(Unavailable):
    """The other institution takes part in the matter and cannot be told now."""

    code = "core.counterpart_away"
