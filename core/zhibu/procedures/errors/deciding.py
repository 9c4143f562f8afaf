"""What may be wrong with deciding a step, and with taking that back."""

from zhibu.errors import Conflict, Invalid


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


class DecidedOnUnfit(Invalid):
    """It was decided between the step's beginning and today. Facts: `on`, `since`, `today`."""

    code = "core.procedure_decided_on_unfit"


class NoticeRunning(Conflict):
    """A notice stands until its last day is over. Facts: `until`."""

    code = "core.procedure_notice_running"


class UndoTooLate(Conflict):
    """Somebody went on from it, it ended the procedure, or there is nothing to take back."""

    code = "core.procedure_undo_too_late"


class UndoNotYours(Conflict):
    """One takes back one's own decision only."""

    code = "core.procedure_undo_not_yours"
