"""Where a number comes from. Pure values: rules of any plugin may speak of them."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Basis:
    """The source of a decision: what document says so, since when, and the value that was used.

    `document` is the title without book marks, `article` its clause heading ("第二十条"),
    `clause` our own id of it ("S2-06", "EM-20"), `value` the value in words ("32 学时").
    """

    document: str
    article: str
    value: str
    clause: str | None = None
    since: date | None = None

    def __str__(self) -> str:
        return f"《{self.document}》{self.article} · {self.value}"
