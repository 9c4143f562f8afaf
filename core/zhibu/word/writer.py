"""Filling a template with the values of a form."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from jinja2.exceptions import TemplateError

from zhibu.forms.printing import plain
from zhibu.word.errors import WordTemplateBroken
from zhibu.word.language import Confined
from zhibu.word.opening import Unfit, content_of, library

# What docxtpl, python-docx and lxml raise of a document that is broken inside.
_BROKEN = (TemplateError, Unfit, BadZipFile, KeyError, ValueError, AttributeError, SyntaxError)
_DEEPEST = 6
# What every page may say, and many do not.
_UNSAID: Mapping[str, Any] = dict.fromkeys(("organization", "period", "number", "purpose", "mark"))


def written(template: Path, values: Mapping[str, Any]) -> bytes:
    """The document. Raises `WordMissing` or `WordTemplateBroken`."""
    docxtpl = library()
    try:
        document = docxtpl.DocxTemplate(BytesIO(content_of(template)))
        document.render(_told({**_UNSAID, **values}, 0), jinja_env=Confined())
        output = BytesIO()
        document.save(output)
    except _BROKEN as error:
        raise _broken(template, error) from error
    return output.getvalue()


def check(template: Path) -> None:
    """Everything of a template that can be known without values. Raises as `written` does."""
    docxtpl, language = library(), Confined()
    try:
        document = docxtpl.DocxTemplate(BytesIO(content_of(template)))
        document.init_docx()
        for source in _sources(document):
            language.parse(document.patch_xml(source))
    except _BROKEN as error:
        raise _broken(template, error) from error


def _sources(document: Any) -> Iterator[str]:
    yield document.get_xml()
    for uri in (document.HEADER_URI, document.FOOTER_URI):
        for _, part in document.get_headers_footers(uri):
            yield document.get_part_xml(part)
    for part in document.docx.part.package.iter_parts():
        if str(part.partname).endswith(("/footnotes.xml", "/endnotes.xml")):
            yield part.blob.decode()
    properties = document.docx.core_properties
    for name in ("author", "comments", "keywords", "subject", "title"):
        yield getattr(properties, name) or ""


def _told(value: Any, depth: int) -> Any:
    """Values as a form says them: texts, numbers, lists and names of these; of others nothing."""
    if isinstance(value, bool | int) or value is None:
        return value
    if isinstance(value, str):
        return "".join(each for each in value if each in "\n\t" or each >= " ")
    if isinstance(value, date | Decimal):
        return str(plain(value))
    if depth < _DEEPEST and isinstance(value, Mapping):
        return {str(name): _told(each, depth + 1) for name, each in value.items()}
    if depth < _DEEPEST and isinstance(value, list | tuple):
        return [_told(each, depth + 1) for each in value]
    return None


def _broken(template: Path, error: Exception) -> WordTemplateBroken:
    line = getattr(error, "lineno", None)
    fault = f"{error}" if line is None else f"{error} (line {line})"
    return WordTemplateBroken(template=template.name, fault=fault or type(error).__name__)
