"""Why a workbook is not imported at all."""

from zhibu.errors import Invalid


class SheetUnknown(Invalid):
    """No plugin knows workbooks of this kind. Facts: `sheet`, `known`."""

    code = "core.sheet_unknown"


class SheetNotImported(Invalid):
    """Workbooks of this kind are only exported. Facts: `sheet`."""

    code = "core.sheet_not_imported"
