"""Free text, names of people, and codes."""

import re
from dataclasses import dataclass
from datetime import date
from re import Pattern

from zhibu.forms.cells import Cell, Unreadable, cleaned, excerpt, is_blank, narrowed, text_of
from zhibu.forms.kinds.kind import Kind, Tells

_INSIDE_HAN = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])")
# The middle dot of names of other nationalities is typed in seven ways.
_DOTS = str.maketrans(dict.fromkeys("•‧∙・･●﹒", "·"))
_NOT_IN_NAMES = re.compile(r"[\d@#$%^&*=+<>{}\[\]|\\/;:!?！？；：，。]")


@dataclass(frozen=True)
class Text(Kind):
    """Trimmed text of at most `limit` characters; `lines` keeps line breaks."""

    limit: int = 200
    lines: bool = False

    width = 20

    def read(self, raw: Cell, on: date) -> str:
        text = cleaned(text_of(raw), lines=self.lines)
        if len(text) > self.limit:
            raise Unreadable("core.cell_too_long", limit=self.limit, length=len(text))
        return text

    def absent(self, raw: Cell) -> bool:
        return is_blank(raw)

    @property
    def guidance(self) -> str:
        return f"文字，不超过 {self.limit} 字"


@dataclass(frozen=True)
class Name(Kind):
    """A person's name: no spaces between Chinese characters, one kind of middle dot."""

    limit: int = 60

    width = 12
    tells = Tells.PERSONAL

    def read(self, raw: Cell, on: date) -> str:
        text = _INSIDE_HAN.sub("", cleaned(text_of(raw))).translate(_DOTS)
        if len(text) > self.limit:
            raise Unreadable("core.cell_too_long", limit=self.limit, length=len(text))
        if _NOT_IN_NAMES.search(text):
            raise Unreadable("core.cell_not_a_name", value=excerpt(raw))
        return text

    def absent(self, raw: Cell) -> bool:
        return is_blank(raw)

    @property
    def guidance(self) -> str:
        return "真实姓名，字间不加空格；少数民族姓名用“·”分隔"


@dataclass(frozen=True)
class Code(Kind):
    """A number or word that identifies something: narrow, without spaces, upper case.

    `pattern` must match the whole code; `form` says it in words.
    """

    pattern: Pattern[str] | None = None
    form: str = ""
    limit: int = 60

    def read(self, raw: Cell, on: date) -> str:
        text = narrowed(raw).upper()
        if len(text) > self.limit:
            raise Unreadable("core.cell_too_long", limit=self.limit, length=len(text))
        if self.pattern is not None and not self.pattern.fullmatch(text):
            raise Unreadable("core.cell_code_invalid", value=excerpt(raw), form=self.form)
        return text

    @property
    def guidance(self) -> str:
        return self.form or "编号，以文本格式填写"
