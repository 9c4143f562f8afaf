"""Why a file as a whole cannot be read as a form."""

from zhibu.errors import Invalid


class FormFileUnknown(Invalid):
    """Neither xlsx, xls nor ods by its content, whatever its name says."""

    code = "core.form_file_unknown"


class FormFileEncrypted(Invalid):
    """Opening it needs a password."""

    code = "core.form_file_encrypted"


class FormFileBroken(Invalid):
    """A workbook by its beginning, but damaged or cut off."""

    code = "core.form_file_broken"


class FormFileTooLarge(Invalid):
    """More than is read at once. Facts: `what` (bytes, unpacked, parts, rows, …), `limit`."""

    code = "core.form_file_too_large"


class FormSheetMissing(Invalid):
    """No visible sheet of that name. Facts: `sheet`, `sheets`."""

    code = "core.form_sheet_missing"


class FormEmpty(Invalid):
    """No visible sheet holds a heading of this form. Facts: `columns`, what was looked for."""

    code = "core.form_empty"


class FormHeadingsMissing(Invalid):
    """Required columns have no heading; all of them are named. Facts: `columns`, `sheet`, `row`."""

    code = "core.form_headings_missing"


class FormHeadingsRepeated(Invalid):
    """Two headings mean the same column. Facts: `columns`, `sheet`, `row`."""

    code = "core.form_headings_repeated"
