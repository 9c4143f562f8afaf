"""What an import found and what it did."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from zhibu.forms.faults import Fault
from zhibu.forms.rows import Written


class Phase(StrEnum):
    """Where an import is."""

    READING = "reading"
    CHECKING = "checking"
    COMPARING = "comparing"
    WRITING = "writing"
    RETURNING = "returning"


Progress = Callable[[Phase, int], None]  # the phase, and how many of its rows are done


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A fault with its text in the reader's language."""

    fault: Fault
    text: str


@dataclass(frozen=True, kw_only=True)
class ImportReport:
    """`rows` were filled in, `good` of them could be written; `written` is None if nothing was.

    `returned` is the workbook with a column 错误说明, None when there was nothing to say. `sha256`
    is that of the file as it came.
    """

    sheet: str
    rows: int
    good: int
    findings: tuple[Finding, ...]
    written: Written | None
    sha256: str
    returned: bytes | None

    @property
    def faults(self) -> tuple[Fault, ...]:
        return tuple(finding.fault for finding in self.findings)

    @property
    def errors(self) -> int:
        """How many findings keep their row from being written."""
        return sum(finding.fault.is_error for finding in self.findings)

    @property
    def refused(self) -> bool:
        """Whether a row was kept out."""
        return self.errors > 0
