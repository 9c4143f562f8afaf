"""What may be wrong with objections, and with decisions from above."""

from zhibu.errors import Conflict


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
