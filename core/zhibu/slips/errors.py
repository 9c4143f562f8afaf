"""Why an entry is not taken back."""

from zhibu.errors import Conflict


class EntryNotLast(Conflict):
    """Something else was entered after it, and is looked at first."""

    code = "core.entry_not_last"


class TakenBackTooLate(Conflict):
    """An entry is taken back for some days; then it is corrected. Facts: `on`, `days`."""

    code = "core.taken_back_too_late"
