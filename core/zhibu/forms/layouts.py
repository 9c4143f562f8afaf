"""How an export is laid out, where it is more than a list."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Paper:
    """How a sheet's rows are laid out to be signed.

    `by` are the columns whose values a worksheet shares: its unit first. They stand above the
    headings, with the words of `after` behind them. `totals` are the columns that are added up.
    """

    by: tuple[str, ...]
    signers: tuple[str, ...]
    totals: tuple[str, ...] = ()
    after: Mapping[str, str] = field(default_factory=dict)
