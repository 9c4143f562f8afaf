"""What may be wrong with a meeting that votes, and with a vote."""

from zhibu.errors import Conflict, Invalid


class SittingMissing(Conflict):
    """No meeting is open on this step."""

    code = "core.procedure_sitting_missing"


class SittingOpen(Conflict):
    """A meeting on it is open already; close it first."""

    code = "core.procedure_sitting_open"


class SittingInTheFuture(Invalid):
    """A meeting is recorded on its day or later. Facts: `on`, `today`."""

    code = "core.procedure_sitting_in_the_future"


class SittingTooEarly(Invalid):
    """The meeting was before the step began. Facts: `on`, `since`."""

    code = "core.procedure_sitting_too_early"


class SittingNotToday(Conflict):
    """Votes are cast on the day of the meeting. Facts: `on`."""

    code = "core.procedure_sitting_not_today"


class SittingVoted(Conflict):
    """Votes were cast; the meeting is counted, not called off."""

    code = "core.procedure_sitting_voted"


class VoteNotEntitled(Conflict):
    """The member has no vote at this meeting. Facts: `ground`."""

    code = "core.procedure_vote_not_entitled"


class VoterAbsent(Conflict):
    """The member is not recorded as present."""

    code = "core.procedure_voter_absent"


class VoterPresent(Conflict):
    """Whoever is present votes there, and sends no opinion in."""

    code = "core.procedure_voter_present"


class AlreadyVoted(Conflict):
    """One member has one vote, and has cast it."""

    code = "core.procedure_already_voted"


class VotedWhileAbsent(Conflict):
    """Somebody who voted cannot be recorded as absent."""

    code = "core.procedure_voted_while_absent"


class SeatUnknown(Invalid):
    """The member does not belong to the body that meets."""

    code = "core.procedure_seat_unknown"


class BallotsMixed(Conflict):
    """Votes were cast here; the count is theirs, not one of paper. Facts: `votes`."""

    code = "core.procedure_ballots_mixed"


class CountImpossible(Invalid):
    """More ballots than people present, or a number below nothing. Facts: `ballots`, `present`."""

    code = "core.procedure_count_impossible"
