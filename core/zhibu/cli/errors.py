"""Why a command does not do what it was asked to."""

from zhibu.errors import Conflict, Invalid, Unavailable


class NotInitialized(Unavailable):
    """There is no installation here. Facts: `data`."""

    code = "core.not_initialized"


class AlreadyInitialized(Conflict):
    """There is an installation here, and it is never overwritten. Facts: `data`."""

    code = "core.already_initialized"


class KeysElsewhere(Conflict):
    """The database holds institutions sealed under keys that are not here. Facts: `keys`."""

    code = "core.keys_elsewhere"


class MigrationsPending(Unavailable):
    """The database is older than the program. Facts: `pending`."""

    code = "core.migrations_pending"


class AddressTaken(Unavailable):
    """Another process listens there, or nobody may. Facts: `address`, `fault`."""

    code = "core.address_taken"


class CallerUnsaid(Invalid):
    """Neither `--as` nor `--operator` was given, or both."""

    code = "core.caller_unsaid"


class AccountUnknown(Invalid):
    """The institution has no such account. Facts: `login`."""

    code = "core.login_unknown"


class OrganizationCodeUnknown(Invalid):
    """The institution has no organization of this code. Facts: `organization`."""

    code = "core.organization_code_unknown"


class FileUnreadable(Invalid):
    """A file cannot be read, or is not what it should be. Facts: `file`, `fault`."""

    code = "core.file_unreadable"


class DocumentInvalid(Invalid):
    """A document is none that could be asked here. Facts: `document`, `id`, `fault`."""

    code = "core.document_invalid"


class FileExists(Conflict):
    """A file or folder is in the way, and is never overwritten. Facts: `file`."""

    code = "core.file_exists"


class FolderForeign(Conflict):
    """The demo replaces only folders that it made itself. Facts: `folder`."""

    code = "core.folder_foreign"


class ServerToolMissing(Unavailable):
    """A program of the PostgreSQL server's is not installed here. Facts: `tool`."""

    code = "core.server_tool_missing"


class ServerToolFailed(Unavailable):
    """A program of the PostgreSQL server's ended with an error. Facts: `tool`, `fault`."""

    code = "core.server_tool_failed"


class BackupDamaged(Invalid):
    """A backup is incomplete, or not what was written. Facts: `file`, `fault`."""

    code = "core.backup_damaged"


class KeysNeeded(Invalid):
    """A backup was taken without its keys, and there are none here. Facts: `keys`."""

    code = "core.keys_needed"


class KeysForeign(Invalid):
    """The keys are those of another installation, or older than what they are to open."""

    code = "core.keys_foreign"


class MemberNumberUnknown(Invalid):
    """The institution has no member of this identity number, which is not repeated here."""

    code = "core.member_number_unknown"


class SampleRefused(Invalid):
    """A sample institution is not fit to be taken in. Facts: `folder`, `faults`."""

    code = "core.sample_refused"


class StepRefused(Invalid):
    """A step of the demo was answered with errors. Facts: `title`, `fault`."""

    code = "core.step_refused"
