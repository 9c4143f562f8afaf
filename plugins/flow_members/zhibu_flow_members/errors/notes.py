"""What can be wrong with notes of contact and with liaisons."""

from zhibu.errors import Conflict, Invalid


class NoteUnsaid(Invalid):
    """A note says something."""

    code = "flow_members.note_unsaid"


class NoteElsewhere(Invalid):
    """The other side, or the member, notes this. Facts: `kind`."""

    code = "flow_members.note_elsewhere"


class NoteNotYet(Invalid):
    """This is noted before, while or after he is away only. Facts: `kind`, `phase`."""

    code = "flow_members.note_not_yet"


class NoteVoid(Conflict):
    """The note was voided. Facts: `on`."""

    code = "flow_members.note_void"


class NoteReasonMissing(Invalid):
    """What is entered late, for somebody else, or against what is usual says why."""

    code = "flow_members.note_reason_missing"


class OwnNote(Invalid):
    """What somebody else answers for is not noted by the member himself."""

    code = "flow_members.own_note"


class FaultMissing(Invalid):
    """Criticism says what is amiss, nothing else does. Facts: `kind`."""

    code = "flow_members.fault_missing"


class FaultUnfounded(Invalid):
    """There was contact of late, or no letter that he should have used. Facts: `fault`."""

    code = "flow_members.fault_unfounded"


class CriticismMissing(Invalid):
    """Handling comes after criticism that changed nothing."""

    code = "flow_members.criticism_missing"


class ConductMissing(Invalid):
    """An evaluation has a grade, nothing else has. Facts: `kind`."""

    code = "flow_members.conduct_missing"


class EvaluationUnfounded(Invalid):
    """The card is not reviewed, or there is no report of that year. Facts: `year`."""

    code = "flow_members.evaluation_unfounded"


class LiaisonUnfit(Invalid):
    """Only the secretary and members of the branch's committee keep contact."""

    code = "flow_members.liaison_unfit"


class LiaisonLoaded(Invalid):
    """He keeps contact with so many already, and nobody says why more. Facts: `count`, `most`."""

    code = "flow_members.liaison_loaded"


class LiaisonThere(Conflict):
    """Somebody keeps contact already. Facts: `since`."""

    code = "flow_members.liaison_there"


class LiaisonOver(Conflict):
    """He keeps contact no more. Facts: `on`."""

    code = "flow_members.liaison_over"


class OwnLiaison(Invalid):
    """Nobody keeps contact with himself."""

    code = "flow_members.own_liaison"
