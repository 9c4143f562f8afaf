"""Forms as Word documents, filled from templates that an institution may replace.

A form is asked for as a page and its values go into a `.docx` of the same name instead of into
HTML: `organization_life_letter.html`, `organization_life_letter.docx`. docxtpl is an extra
(`zhibu[word]`).
"""

from zhibu.word.errors import WordMissing, WordTemplateBroken, WordTemplateMissing
from zhibu.word.templates import Templates
from zhibu.word.writer import written

__all__ = [
    "Templates",
    "WordMissing",
    "WordTemplateBroken",
    "WordTemplateMissing",
    "written",
]
