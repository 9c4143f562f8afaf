"""What may be wrong with proposing, and with what belongs to a proposal."""

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


class PlaceMoved(Conflict):
    """The organization was carried elsewhere in the tree while it was being proposed."""

    code = "core.procedure_place_moved"


class DocumentUnknown(Invalid):
    """The file is not to be seen, or the procedure asks for no document of the kind."""

    code = "core.procedure_document_unknown"


class DocumentsMissing(Conflict):
    """Documents that the step needs are not there. Facts: `step`, `documents`."""

    code = "core.procedure_documents_missing"


class NotProposer(Conflict):
    """Only whoever proposed it withdraws it or hands it in again."""

    code = "core.procedure_not_proposer"
