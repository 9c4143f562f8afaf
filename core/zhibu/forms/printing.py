"""Pages for the printer: A4, Chinese serif type, rendered from templates a tenant may replace.

A template extends `page.html` and fills its blocks. The page needs nothing from outside: no
script, no picture, no font that must be fetched.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import segno
from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader, StrictUndefined, TemplateNotFound
from jinja2.exceptions import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from zhibu.errors import Conflict, NotFound

TEMPLATES = Path(__file__).parent / "templates"
# SecurityError is a TemplateError; the others are what an expression of a template may raise.
_TEMPLATE_FAULTS = (
    TemplateError,
    TypeError,
    ValueError,
    ArithmeticError,
    LookupError,
    AttributeError,
)
# Of the eight masks of a QR code a reader takes any; to try which is the fairest took three
# quarters of the time of a page, and what the addresses hold looks random under each.
_MASK = 0
_CHINESE = "〇一二三四五六七八九"


class PageTemplateMissing(NotFound):
    """No folder holds the template. Facts: `template`."""

    code = "core.page_template_missing"


class PageTemplateBroken(Conflict):
    """A replaced template cannot be rendered. Facts: `template`, `fault`."""

    code = "core.page_template_broken"


@dataclass(frozen=True, kw_only=True)
class Filled:
    """A form that was rendered: its name, where its owner keeps templates, and what it says."""

    form: str
    folders: tuple[Path, ...]
    values: Mapping[str, Any]


_FILLED: ContextVar[list[Filled] | None] = ContextVar("filled", default=None)


def render(template: str, *, folders: Sequence[Path] = (), **values: Any) -> str:
    """The page `template` (`"page.html"`) with `values`, as HTML; every value is escaped.

    `folders` are searched first, in their order (a tenant's, then a plugin's), then our own. A
    template of the same name replaces ours and may extend it as `zhibu/page.html`. Templates run
    in a sandbox: they see the values given to them and change nothing. Raises
    `PageTemplateMissing` or `PageTemplateBroken`.
    """
    try:
        page = _environment(tuple(folders)).get_template(template).render(values)
    except TemplateNotFound as error:
        raise PageTemplateMissing(template=error.name or template) from error
    except _TEMPLATE_FAULTS as error:
        raise PageTemplateBroken(template=template, fault=str(error)) from error
    if (kept := _FILLED.get()) is not None:
        kept.append(Filled(form=Path(template).stem, folders=tuple(folders), values=values))
    return page


def check_page(file: Path) -> None:
    """What of a replaced template can be known without values. Raises `PageTemplateBroken`."""
    try:
        _environment(()).parse(file.read_text("utf-8"))
    except (*_TEMPLATE_FAULTS, OSError) as error:
        raise PageTemplateBroken(template=file.name, fault=str(error)) from error


@contextmanager
def watched() -> Iterator[list[Filled]]:
    """While this lasts, the forms that are rendered, for whoever wants one on other paper."""
    kept: list[Filled] = []
    token = _FILLED.set(kept)
    try:
        yield kept
    finally:
        _FILLED.reset(token)


def chinese_date(day: date | None) -> str:
    """2026-11-21 → 2026年11月21日; nothing → a line to fill in by hand."""
    return f"{day.year}年{day.month}月{day.day}日" if day else "　　　年　　月　　日"


def formal_date(day: date) -> str:
    """2026-11-21 → 二〇二六年十一月二十一日, as below a seal."""
    year = "".join(_CHINESE[int(digit)] for digit in str(day.year))
    return f"{year}年{_spoken(day.month)}月{_spoken(day.day)}日"


def plain(value: Any) -> str | Markup:
    """A value in a table cell: dates and numbers as people write them, nothing as nothing."""
    if isinstance(value, Markup):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return chinese_date(value)
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def code(text: str) -> Markup:
    """A QR code as a picture within the page; a tenth of it may be worn away."""
    made = segno.make(text, error="m", micro=False, mask=_MASK)
    return Markup(made.svg_inline(omitsize=True, border=4))  # noqa: S704  # nosec B704: paths, no text


def _spoken(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{_CHINESE[tens]}十") + (
        _CHINESE[ones] if ones else ""
    )


@lru_cache(maxsize=64)
def _environment(folders: tuple[Path, ...]) -> ImmutableSandboxedEnvironment:
    ours = FileSystemLoader(TEMPLATES)
    environment = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([*map(FileSystemLoader, folders), ours, PrefixLoader({"zhibu": ours})]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "chinese": chinese_date,
        "formal": formal_date,
        "plain": plain,
        "code": code,
    }
    return environment
