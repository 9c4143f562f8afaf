"""What may be refused about jobs."""

from zhibu.errors import Conflict, Invalid


class JobKindUnknown(Invalid):
    """No part of the product does work of this kind. Facts: `kind`."""

    code = "core.job_kind_unknown"


class JobNeedsAccount(Conflict):
    """Long work is done in the name of an account, which an overseer and the system are not."""

    code = "core.job_needs_account"


class JobNotRepeatable(Conflict):
    """Only work that failed or was interrupted can be begun again. Facts: `state`."""

    code = "core.job_not_repeatable"


class JobAccountEnded(Conflict):
    """The account, or the token, that asked for the work can no longer act."""

    code = "core.job_account_ended"


class ExportPurposeMissing(Invalid):
    """Records leave the house for a stated purpose only."""

    code = "core.export_purpose_missing"


class ImportSourceGone(Conflict):
    """The workbook was thrown away, as it was no longer needed or named somebody who was erased."""

    code = "core.import_source_gone"
