"""Printed pages as PDF: what a template of `zhibu.forms.printing` made, set on paper by typst.

A form has one template, also where an institution replaced it; the PDF is made of the page that
comes out of it. typst is an extra (`zhibu[pdf]`), being larger than all of the rest.
"""

from zhibu.pdf.errors import GlyphMissing, PageUnprintable, PdfMissing
from zhibu.pdf.paper import Paper, paper_of
from zhibu.pdf.press import Press

__all__ = ["GlyphMissing", "PageUnprintable", "Paper", "PdfMissing", "Press", "paper_of"]
