"""What can be wrong with a read: refusals for callers, faults for the authors of fields."""

from zhibu.errors import Invalid, PluginError


class PageSizeInvalid(Invalid):
    """A page must ask for 1 to 100 rows. Facts: `first`, `maximum`."""

    code = "core.page_size"


class PageOffsetInvalid(Invalid):
    """An offset counts from 0, and a page has either an offset or a cursor. Facts: `offset`."""

    code = "core.page_offset"


class CursorInvalid(Invalid):
    """Not a cursor that this list gave out, with this order and these filters, to this tenant."""

    code = "core.cursor_invalid"


class ReadingFault(PluginError):
    """A field is declared in a way that cannot be read. Facts: `field`, `fault`."""

    code = "core.reading_fault"


class NotCompiled(Exception):
    """The selection holds something that only ordinary execution can answer."""
