"""What can be wrong with a relationship that is retained while somebody is abroad."""

from zhibu.errors import Conflict, Invalid


class ApplicationMissing(Invalid):
    """Who asks for somebody else has his application: on paper, or handed in here."""

    code = "transfers.application_missing"


class PurposeNotRetained(Invalid):
    """No relationship is retained for a stay abroad of this purpose. Facts: `purpose`."""

    code = "transfers.purpose_not_retained"


class StayReversed(Invalid):
    """A stay ends after it began. Facts: `since`, `until`."""

    code = "transfers.stay_reversed"


class AlreadyRetained(Conflict):
    """The relationship is retained for a stay that has not ended. Facts: `name`."""

    code = "transfers.already_retained"


class NotRetained(Conflict):
    """No relationship is retained by this matter. Facts: `name`."""

    code = "transfers.not_retained"


class AlreadyReturned(Conflict):
    """The member is back. Facts: `on`."""

    code = "transfers.already_returned"


class NotReturned(Conflict):
    """No return is recorded. Facts: `name`."""

    code = "transfers.not_returned"


class UntilUnchanged(Conflict):
    """He was expected back by that day already. Facts: `until`."""

    code = "transfers.until_unchanged"


class ContactTextMissing(Invalid):
    """Contact says what was said."""

    code = "transfers.contact_text_missing"


class ContactDayUnfit(Invalid):
    """Contact lies between the beginning of the stay and today. Facts: `on`, `since`, `today`."""

    code = "transfers.contact_day_unfit"


class OwnContact(Conflict):
    """Nobody notes contact with himself."""

    code = "transfers.own_contact"


class ContactVoid(Conflict):
    """The contact is void. Facts: `on`."""

    code = "transfers.contact_void"
