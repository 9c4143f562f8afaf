"""What may be refused about deadlines."""

from zhibu.errors import Invalid


class DueKindUnknown(Invalid):
    """Nothing of this kind falls due here. Facts: `kind`, `known`."""

    code = "core.due_kind_unknown"


class DueWindowInvalid(Invalid):
    """The days do not follow each other, or lie too far apart. Facts: `first`, `last`, `years`."""

    code = "core.due_window_invalid"
