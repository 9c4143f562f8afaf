"""What can be wrong with a check of a member's file."""

from zhibu.errors import Conflict, Invalid


class CheckerMissing(Invalid):
    """Who looked at the file."""

    code = "discipline.checker_missing"


class EvidenceMissing(Invalid):
    """What a check rests on."""

    code = "discipline.evidence_missing"


class FileDocumentsUnfit(Invalid):
    """Each document of the list is said once, and no other. Facts: `documents`."""

    code = "discipline.file_documents_unfit"


class FileNoteMissing(Invalid):
    """What is wrong with a document. Facts: `document`."""

    code = "discipline.file_note_missing"


class CustodianMissing(Invalid):
    """Who keeps a file has a name."""

    code = "discipline.custodian_missing"


class CompilingMissing(Invalid):
    """Where there is no personnel file, the branch compiles one (S3C-36)."""

    code = "discipline.compiling_missing"


class CheckNotStanding(Conflict):
    """A later check took its place, or it was taken back. Facts: `state`."""

    code = "discipline.check_not_standing"


class NothingToRepair(Conflict):
    """The document is there, or was made good."""

    code = "discipline.nothing_to_repair"


class SenderUnasked(Invalid):
    """Of what seems untrue the organization that sent it is asked (S3C-35)."""

    code = "discipline.sender_unasked"


class RepairUnsaid(Invalid):
    """How it was made good."""

    code = "discipline.repair_unsaid"


class OwnFile(Conflict):
    """Nobody checks his own file."""

    code = "discipline.own_file"
