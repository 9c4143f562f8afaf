"""What one pass of the sweep goes by: the rows of a kind, and what each place says of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Integer, and_, case, cast, literal, null, true
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.contributions import Due, Window
from zhibu.due.rules.leads import Leads, brought_up
from zhibu.due.rules.windows import window
from zhibu.due.store.regions import by_region, by_switch
from zhibu.parameters.book import Book, Value
from zhibu.policy import Switches


@dataclass(frozen=True, kw_only=True)
class Pass:
    """One pass over one kind in one tenant on one day."""

    session: AsyncSession
    tenant_id: UUID
    kind: Due
    book: Book
    switches: Switches
    day: date

    @property
    def horizon(self) -> date:
        """The last deadline that anybody anywhere is reminded of."""
        values = self.book.regions(self.kind.lead, self.day)
        return max(_leads(value).horizon(self.day) for value in values)

    @cached_property
    def rows(self) -> Any:
        """What the kind declares, as far as this day is concerned."""
        first, last = window(None, self.horizon)
        asked = Window(
            tenant_id=self.tenant_id, first=first, last=last, today=self.day, book=self.book
        )
        return self.kind.items(asked).subquery("rows")

    def lead(self, due_on: Any, path: Any) -> Any:
        """The shortest lead that was reached; null before the first."""

        def shortest(value: Value) -> Any:
            reached = _leads(value).reached(self.day)
            return _first(reached, due_on) if reached else cast(null(), Integer())

        return by_region(self.book.regions(self.kind.lead, self.day), path, shortest)

    def level(self, due_on: Any, path: Any) -> Any:
        """How far up it is brought by now."""
        highest = max(value.value or 0 for value in self._highest)

        def reached(value: Value) -> Any:
            steps = brought_up(self.day, after_days=value.value or 0, highest=highest)
            return _first(steps, due_on, otherwise=0) if steps else literal(0)

        found = by_region(self.book.regions(self.kind.escalation, self.day), path, reached)
        most = by_region(self._highest, path, lambda value: literal(value.value or 0))
        return case((found > most, most), else_=found)

    @property
    def _highest(self) -> list[Value]:
        return self.book.regions("core.due_levels", self.day)

    def alive(self, due_on: Any, path: Any) -> ColumnElement[bool]:
        """Whether it is still brought to mind there: not for too long, and not where it is off."""
        terms = [by_switch(self.switches, self.kind.plugin, path)]
        if self.kind.pursued is not None:

            def earliest(value: Value) -> Any:
                return literal(self.day - timedelta(days=value.value or 0), Date())

            pursued = self.book.regions(self.kind.pursued, self.day)
            terms.append(due_on >= by_region(pursued, path, earliest))
        return and_(true(), *terms)


def _first(reached: Sequence[tuple[date, int]], due_on: Any, otherwise: int | None = None) -> Any:
    """The first entry that a deadline lies before, as `rules.leads` orders them."""
    return case(
        *((due_on <= literal(last, Date()), found) for last, found in reached), else_=otherwise
    )


def _leads(value: Value) -> Leads:
    return Leads.of(value.value or (), value.unit)
