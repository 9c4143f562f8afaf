"""How these tables refer to each other and to the core's."""

from sqlalchemy import ForeignKeyConstraint


def of(column: str, table: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["tenant_id", column], [f"{table}.tenant_id", f"{table}.id"])
