"""What can be wrong with class hours."""

from zhibu.errors import Conflict, Invalid


class HoursNotPositive(Invalid):
    """Class hours must be more than nothing. Facts: `hours`."""

    code = "education.hours_not_positive"


class HoursTooFine(Invalid):
    """Class hours are kept with two decimals. Facts: `hours`."""

    code = "education.hours_too_fine"


class DayOverfull(Invalid):
    """More hours on one day than a day may hold. Facts: `on`, `recorded`, `hours`, `limit`."""

    code = "education.day_overfull"


class CreditInTheFuture(Invalid):
    """Hours cannot be credited for a day to come. Facts: `on`, `today`."""

    code = "education.credit_in_the_future"


class CreditBeforeAdmission(Invalid):
    """The day lies before the person became a member. Facts: `on`, `admitted_on`."""

    code = "education.credit_before_admission"


class CreditAfterLeaving(Invalid):
    """The day lies after the person ceased to be a member. Facts: `on`, `left_on`."""

    code = "education.credit_after_leaving"


class EvidenceMissing(Invalid):
    """A claim needs evidence: a file, or words that say where it can be seen."""

    code = "education.evidence_missing"


class EvidenceUnknown(Invalid):
    """The file named as evidence was not handed in by the caller or the member."""

    code = "education.evidence_unknown"


class OwnClaim(Conflict):
    """Hours are verified by somebody who neither claimed, recorded nor earned them."""

    code = "education.own_claim"


class CreditSettled(Conflict):
    """The credit was decided already. Facts: `state`."""

    code = "education.credit_settled"


class NothingChosen(Invalid):
    """Not one credit or member was named."""

    code = "education.nothing_chosen"


class NothingWaits(Conflict):
    """No hours of this session wait that the caller may verify."""

    code = "education.nothing_waits"


class WordUnknown(Invalid):
    """The word is not in the catalogue in force. Facts: `word`, `allowed`."""

    code = "education.word_unknown"


class TitleMissing(Invalid):
    """What was studied, or what a record is called, must be said."""

    code = "education.title_missing"


class ReasonMissing(Invalid):
    """Returning, correcting, cancelling or voiding needs a reason."""

    code = "education.reason_missing"


class ChangedMeanwhile(Conflict):
    """Somebody changed it since it was read. Facts: `version`."""

    code = "education.changed_meanwhile"


class DoneMeanwhile(Conflict):
    """Somebody else recorded the same thing in the same moment."""

    code = "education.done_meanwhile"
