"""Why a page cannot be set on paper here."""

from zhibu.errors import Conflict, Unavailable


class PdfMissing(Unavailable):
    """typst is not installed: the extra `pdf`."""

    code = "core.pdf_missing"


class GlyphMissing(Conflict):
    """No font that is installed has one of the characters. Facts: `fault`."""

    code = "core.pdf_glyph_missing"


class PageUnprintable(Conflict):
    """The page cannot be set, most likely by a template that was replaced. Facts: `fault`."""

    code = "core.pdf_unprintable"
