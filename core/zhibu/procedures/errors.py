"""What can be wrong with a procedure."""

from zhibu.errors import Conflict, Invalid


class ProcedureUnknown(Invalid):
    """No such procedure, or its plugin is off there. Facts: `name`."""

    code = "core.procedure_unknown"


class ProposedElsewhere(Invalid):
    """The procedure is begun by a mutation of its own. Facts: `name`."""

    code = "core.procedure_proposed_elsewhere"


class SubjectUnfit(Invalid):
    """The procedure is about something of another kind. Facts: `expected`."""

    code = "core.procedure_subject_unfit"


class ProposalEmpty(Invalid):
    """A proposal has a title and says what is proposed."""

    code = "core.procedure_proposal_empty"


class ProposalTooLong(Invalid):
    """A text is longer than is kept. Facts: `maximum`."""

    code = "core.procedure_too_long"


class AlreadyUnderWay(Conflict):
    """The same is proposed about the same subject and not decided yet. Facts: `name`."""

    code = "core.procedure_under_way"


class LevelMissing(Conflict):
    """No organization of the level that a step needs stands above. Facts: `step`, `level`."""

    code = "core.procedure_level_missing"


class DocumentUnknown(Invalid):
    """The file is not to be seen, or the procedure asks for no document of the kind."""

    code = "core.procedure_document_unknown"


class DocumentsMissing(Conflict):
    """Documents that the step needs are not there. Facts: `step`, `documents`."""

    code = "core.procedure_documents_missing"


class SuperiorMissing(Conflict):
    """Somebody from above must attend, and nobody is named. Facts: `step`."""

    code = "core.procedure_superior_missing"


class OwnProcedure(Conflict):
    """Nobody decides what he proposed or what is about him."""

    code = "core.procedure_own"


class StepPassed(Conflict):
    """It stands elsewhere by now, or this cannot happen there. Facts: `state`."""

    code = "core.procedure_step_passed"


class StepNeedsVote(Conflict):
    """The step is decided by a vote, not by one person. Facts: `step`."""

    code = "core.procedure_step_needs_vote"


class StepNeedsNoVote(Conflict):
    """The step is not decided by a vote. Facts: `step`."""

    code = "core.procedure_step_needs_no_vote"


class ProcedureReasonMissing(Invalid):
    """Refusing, returning, withdrawing, objecting and answering need a reason."""

    code = "core.procedure_reason_missing"


class ProcedureChangedMeanwhile(Conflict):
    """Somebody changed it since it was read. Facts: `version`."""

    code = "core.procedure_changed_meanwhile"


class NotProposer(Conflict):
    """Only whoever proposed it withdraws it or hands it in again."""

    code = "core.procedure_not_proposer"


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


class NoticeRunning(Conflict):
    """A notice stands until its last day is over. Facts: `until`."""

    code = "core.procedure_notice_running"


class NotYourObjection(Conflict):
    """Only the member whom it is about objects."""

    code = "core.procedure_objection_not_yours"


class ObjectionTooLate(Conflict):
    """There is no time to object, or it is over. Facts: `until`."""

    code = "core.procedure_objection_too_late"


class ObjectionOpen(Conflict):
    """An objection waits for its answer."""

    code = "core.procedure_objection_open"


class ObjectionAnswered(Conflict):
    """The objection was answered already."""

    code = "core.procedure_objection_answered"


class OwnDecision(Conflict):
    """An objection is answered by somebody who has not decided what it is about."""

    code = "core.procedure_own_decision"


class OverrideNotForeseen(Conflict):
    """The procedure cannot be decided without its steps."""

    code = "core.procedure_override_not_foreseen"


class OverrideOpen(Conflict):
    """Somebody has asked for it already, and it waits to be confirmed."""

    code = "core.procedure_override_open"


class OverrideOwn(Conflict):
    """It takes two people: whoever asked does not confirm."""

    code = "core.procedure_override_own"


class OverrideSettled(Conflict):
    """It was confirmed or declined already, or the procedure ended."""

    code = "core.procedure_override_settled"


class UndoTooLate(Conflict):
    """Somebody went on from it, it ended the procedure, or there is nothing to take back."""

    code = "core.procedure_undo_too_late"


class UndoNotYours(Conflict):
    """One takes back one's own decision only."""

    code = "core.procedure_undo_not_yours"


class DecidedOnUnfit(Invalid):
    """It was decided between the step's beginning and today. Facts: `on`, `since`, `today`."""

    code = "core.procedure_decided_on_unfit"


class SittingVoted(Conflict):
    """Votes were cast; the meeting is counted, not called off."""

    code = "core.procedure_sitting_voted"


class DelegateUnfit(Invalid):
    """The delegate has no account, is oneself, or may not read procedures there."""

    code = "core.procedure_delegate_unfit"


class DelegationReversed(Invalid):
    """It ends before it begins, or before today. Facts: `since`, `until`."""

    code = "core.procedure_delegation_reversed"


class DelegationTooLong(Invalid):
    """It lasts longer than it may. Facts: `months`."""

    code = "core.procedure_delegation_too_long"


class DelegationEnded(Conflict):
    """It is over already."""

    code = "core.procedure_delegation_ended"


class GroundUnfit(Invalid):
    """Not a ground that is recorded this way. Facts: `ground`, `allowed`."""

    code = "core.vote_ground_unfit"


class LimitReversed(Invalid):
    """It ends before it begins, or in the future. Facts: `since`, `until`."""

    code = "core.vote_limit_reversed"


class LimitDecisionMissing(Invalid):
    """What suspends a member's right is a decision, and it is named."""

    code = "core.vote_decision_missing"


class LimitEnded(Conflict):
    """It ended before that day already. Facts: `until`."""

    code = "core.vote_limit_ended"
