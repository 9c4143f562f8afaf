"""What a column's cells mean: each kind reads a cell into a value and shows the value again."""

from zhibu.forms.kinds.choice import Choice, YesNo
from zhibu.forms.kinds.dates import Date
from zhibu.forms.kinds.identity import Identity
from zhibu.forms.kinds.kind import Kind
from zhibu.forms.kinds.numbers import Exact, Whole
from zhibu.forms.kinds.phone import Phone
from zhibu.forms.kinds.text import Code, Name, Text

__all__ = [
    "Choice",
    "Code",
    "Date",
    "Exact",
    "Identity",
    "Kind",
    "Name",
    "Phone",
    "Text",
    "Whole",
    "YesNo",
]
