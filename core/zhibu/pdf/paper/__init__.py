"""A printed page, read back from its HTML: headings, paragraphs, tables, signatures, seals, codes.

These few kinds are what the templates of `zhibu.forms` are made of. Of anything else an
institution's own template may hold, the text is kept as a paragraph.
"""

from zhibu.pdf.paper.blocks import Block, Cell
from zhibu.pdf.paper.page import Paper, bound
from zhibu.pdf.paper.reading import paper_of

__all__ = ["Block", "Cell", "Paper", "bound", "paper_of"]
