"""Why a form is not made as a Word document."""

from zhibu.errors import Conflict, NotFound, Unavailable


class WordMissing(Unavailable):
    """docxtpl is not installed: the extra `word`."""

    code = "core.word_missing"


class WordTemplateMissing(NotFound):
    """This page has no template for Word. Facts: `template`."""

    code = "core.word_template_missing"


class WordTemplateBroken(Conflict):
    """The template cannot be used, most likely a replaced one. Facts: `template`, `fault`."""

    code = "core.word_template_broken"
