"""How many members each class of those in service has, and each role of the retired."""

from typing import Any

import strawberry

from zhibu.reading import public
from zhibu_organization_life.graph.enums import Engaged

Rows = list[dict[str, Any]]


@public("shown with the part, which has its permission")
@strawberry.type(description="某类别或岗位的党员人数。 Members of a class, or with a role.")
class OrganizationLifeClass:
    kind: Engaged = strawberry.field(description="类别或岗位。 Whether it is a class or a role.")
    title: str = strawberry.field(description="名称。 What it is called.")
    members: int = strawberry.field(description="人数。 How many members.")


def classes(rows: Rows, env: Any) -> list[list[OrganizationLifeClass]]:
    """One for each class and role that somebody has, from lines of kind, name and number."""
    return [[_class(line) for line in sorted((row["listed"] or "").splitlines())] for row in rows]


def _class(line: str) -> OrganizationLifeClass:
    kind, title, members = line.split("\t")
    return OrganizationLifeClass(kind=Engaged(kind), title=title, members=int(members))
