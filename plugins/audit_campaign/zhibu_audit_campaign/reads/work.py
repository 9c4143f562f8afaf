"""The work of branches in audits: their groups, issues and searches."""

from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from zhibu.organizations.reads import path_of, path_of_organization
from zhibu_audit_campaign.tables import Check, Inquiry, Issue, Search, Sheet, Training, Worker

CHECK: Any = Check.__table__
INQUIRY: Any = Inquiry.__table__
ISSUE: Any = Issue.__table__
SEARCH: Any = Search.__table__
SHEET: Any = Sheet.__table__
TRAINING: Any = Training.__table__
WORKER: Any = Worker.__table__
READ_SHEET = "audit_campaign:sheet:read"
READ_RESTRICTED = "audit_campaign:sheet:read_restricted"


def path_of_check(row: Any) -> ColumnElement[str]:
    """The branch of the sheet that a check is on."""
    sheet = SHEET.alias()
    whose = (
        select(sheet.c.organization_id)
        .where(sheet.c.id == row.c.sheet_id)
        .correlate(row)
        .scalar_subquery()
    )
    return path_of(whose)


def issue_seen(row: Any, env: Any) -> ColumnElement[bool]:
    """Whoever may read sheets of the branch; a sensitive label, if that too (A-29)."""
    path = path_of_organization(row)
    return and_(
        env.may(READ_SHEET, path),
        or_(row.c.restricted.is_(False), env.may(READ_RESTRICTED, path)),
    )
