"""The calendar of a year and what it asks for, from kept figures and parameters."""

from datetime import date
from typing import Any

import strawberry

from zhibu.calendar import checked_year
from zhibu.reading import public
from zhibu_organization_life.graph.enums import Kind

Rows = list[dict[str, Any]]
SHOWN = "shown with the part, which has its permission"


@public(SHOWN)
@strawberry.type(description="某月某类会议的情况。 A kind of meeting in a month.")
class OrganizationLifeMonth:
    kind: Kind = strawberry.field(description="类型。 Kind.")
    month: int = strawberry.field(description="月份。 Month.")
    held: int = strawberry.field(
        description="召开了会议的党组织数，本级为 0 或 1。 Units that held one, here and below."
    )


@public(SHOWN)
@strawberry.type(description="某类会议的召开要求。 How often a kind of meeting is due.")
class OrganizationLifeRequirement:
    kind: Kind = strawberry.field(description="类型。 Kind.")
    months: int | None = strawberry.field(description="周期月数，空为不作要求。 Months, if any.")
    basis: str = strawberry.field(description="依据。 Document, article and value used.")


def cells(rows: Rows, env: Any) -> list[list[OrganizationLifeMonth]]:
    """One cell for each kind and month with a meeting, from texts like `theme_day.202606=3`."""
    return [[_cell(text) for text in sorted((row["kept"] or "").split())] for row in rows]


def requirements(rows: Rows, env: Any) -> list[list[OrganizationLifeRequirement]]:
    """What the rules in force on the last day of the year ask of each kind."""
    return [[_requirement(kind, row, env) for kind in Kind] for row in rows]


def _cell(text: str) -> OrganizationLifeMonth:
    name, _, held = text.partition("=")
    kind, _, period = name.partition(".")
    return OrganizationLifeMonth(kind=Kind(kind), month=int(period) % 100, held=int(held))


def _requirement(kind: Kind, row: dict[str, Any], env: Any) -> OrganizationLifeRequirement:
    name = f"organization_life.{kind.value}_months"
    found = env.parameters.value(name, row["path"], date(checked_year(row["year"]), 12, 31))
    return OrganizationLifeRequirement(kind=kind, months=found.value, basis=str(found.basis))
