"""What the level above decided and sampled, and how far an audit is: numbers that are kept."""

from typing import Any

from sqlalchemy import ColumnElement, and_, case, func

from zhibu.organizations.reads import ORGANIZATIONS, below, path_of
from zhibu_audit_campaign.reads.campaigns import AUDITED
from zhibu_audit_campaign.rules.plans import Level
from zhibu_audit_campaign.tables import (
    Analysis,
    Circular,
    Draw,
    Question,
    Release,
    Report,
    Sample,
    Verification,
    Verified,
)

ANALYSIS: Any = Analysis.__table__
RELEASE: Any = Release.__table__
VERIFICATION: Any = Verification.__table__
VERIFIED: Any = Verified.__table__
REPORT: Any = Report.__table__
DRAW: Any = Draw.__table__
SAMPLE: Any = Sample.__table__
CIRCULAR: Any = Circular.__table__
QUESTION: Any = Question.__table__


def of_audited(row: Any, args: Any, env: Any) -> ColumnElement[bool]:
    """Of the organization in an audit that was asked for."""
    found: ColumnElement[bool] = row.c.audited_id == args.row("audited", "AuditCampaignAudited")
    return found


def of_draw(row: Any, args: Any, env: Any) -> ColumnElement[bool]:
    """Of the draw that was asked for."""
    found: ColumnElement[bool] = row.c.draw_id == args.row("draw", "AuditCampaignDraw")
    return found


class Board:
    """The kept numbers of the branches of an audit, at and below an organization."""

    def __init__(self, args: Any, env: Any) -> None:
        self.branch, self.unit = AUDITED.alias(), ORGANIZATIONS.alias()
        self.path = self.unit.c.path
        self.from_ = self.branch.join(self.unit, self.unit.c.id == self.branch.c.organization_id)
        self.where = and_(
            self.branch.c.campaign_id == args.row("campaign", "AuditCampaign"),
            self.branch.c.level == Level.BRANCH,
            below(self.unit.c.path, path_of(args.row("organization", "Organization"))),
        )


def counted() -> Any:
    """How many branches there are."""
    return lambda board, env: func.count(board.branch.c.id)


def standing(state: str) -> Any:
    """How many branches stand so."""

    def expression(board: Board, env: Any) -> Any:
        return func.coalesce(func.sum(case((board.branch.c.state == state, 1), else_=0)), 0)

    return expression


def summed(name: str) -> Any:
    """The sum of one kept number over the branches."""
    return lambda board, env: func.coalesce(func.sum(board.branch.c[name]), 0)
