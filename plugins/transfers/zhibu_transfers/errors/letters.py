"""What can be wrong with a letter."""

from zhibu.errors import Conflict, Invalid


class DaysMissing(Invalid):
    """No rule says how many days a letter of this route holds, so the letter does."""

    code = "transfers.days_missing"


class DaysOutOfRange(Invalid):
    """A letter holds a day at least, and no longer than the rule says. Facts: `most`."""

    code = "transfers.days_out_of_range"


class LetterInForce(Conflict):
    """A letter of this transfer is in force. Facts: `until`."""

    code = "transfers.letter_in_force"


class NothingToReplace(Conflict):
    """No letter is in force that could be replaced."""

    code = "transfers.nothing_to_replace"


class NotExpired(Conflict):
    """The letter still holds. Facts: `until`."""

    code = "transfers.not_expired"


class LetterExpired(Conflict):
    """The letter no longer holds. Facts: `on`."""

    code = "transfers.letter_expired"


class LetterNotNeeded(Conflict):
    """Within one committee no letter is needed, nor where one was handed in."""

    code = "transfers.letter_not_needed"


class LetterNotIssued(Conflict):
    """Between committees a transfer takes a letter first."""

    code = "transfers.letter_not_issued"


class LetterNotCounted(Conflict):
    """A print of the letter is counted before there is a page of it."""

    code = "transfers.letter_not_counted"


class LetterNotPrinted(Conflict):
    """Only a letter in force is printed. Facts: `state`."""

    code = "transfers.letter_not_printed"


class PaidToDiffers(Invalid):
    """The dues that were recorded say another month. Facts: `known`."""

    code = "transfers.paid_to_differs"


class PaidToMissing(Invalid):
    """A letter says up to which month dues are paid."""

    code = "transfers.paid_to_missing"


class PaidToUnlikely(Invalid):
    """A month that dues can hardly be paid to. Facts: `on`, `months`."""

    code = "transfers.paid_to_unlikely"


class WithdrawnIsNoCause(Invalid):
    """Who withdraws a letter withdraws the transfer, and issues no other."""

    code = "transfers.withdrawn_is_no_cause"
