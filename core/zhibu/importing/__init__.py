"""Taking in a workbook: two passes, one transaction, and the workbook given back with its faults.

The command line, jobs over GraphQL and the demo all come through `import_workbook`.
"""

from zhibu.importing.errors import SheetNotImported, SheetUnknown
from zhibu.importing.passes import import_workbook, sheet_of
from zhibu.importing.report import Finding, ImportReport, Phase, Progress
from zhibu.importing.workplace import Workplace

__all__ = [
    "Finding",
    "ImportReport",
    "Phase",
    "Progress",
    "SheetNotImported",
    "SheetUnknown",
    "Workplace",
    "import_workbook",
    "sheet_of",
]
