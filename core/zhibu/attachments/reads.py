"""Files as the graph reads them."""

from typing import Any

from sqlalchemy import ColumnElement, case

from zhibu.jobs.tables import Attachment

FILES: Any = Attachment.__table__


def shown_name(row: Any, env: Any) -> ColumnElement[str]:
    """What a file is called; of one that was withdrawn the name is not spread either."""
    return case((row.c.withdrawn_at.is_(None), row.c.name), else_="—")
