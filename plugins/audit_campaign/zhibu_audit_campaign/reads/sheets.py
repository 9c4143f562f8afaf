"""Who is on a list, who takes part, and what changed in the register since (S3A-41)."""

from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal, select

from zhibu.members.reads import MEMBERS
from zhibu.organizations.reads import ORGANIZATIONS, below, organizations_inside, path_of
from zhibu_audit_campaign.reads.campaigns import AUDITED, CAMPAIGN, READ
from zhibu_audit_campaign.rules.campaigns import Change
from zhibu_audit_campaign.tables import Sheet

SHEET: Any = Sheet.__table__
KIND = "AuditCampaignAudited"


def of_campaign(row: Any, args: Any, env: Any) -> ColumnElement[bool]:
    """Of this audit, at or below the organization asked for."""
    return and_(
        row.c.campaign_id == args.row("campaign", "AuditCampaign"),
        organizations_inside(row.c.organization_id, args.row("organization", "Organization")),
    )


def name(row: Any, env: Any) -> ColumnElement[str]:
    """The member's name, for whoever sees the sheet."""
    member = MEMBERS.alias()
    found: ColumnElement[str] = (
        select(member.c.name).where(member.c.id == row.c.member_id).correlate(row).scalar_subquery()
    )
    return func.coalesce(found, literal(""))


def change(row: Any, env: Any) -> ColumnElement[Any]:
    """What became of him in the register since the list was made; null if nothing."""
    member = MEMBERS.alias()
    return (
        select(_change(row, member))
        .where(member.c.id == row.c.member_id)
        .correlate(row)
        .scalar_subquery()
    )


def is_changed(row: Any, args: Any, env: Any) -> ColumnElement[bool]:
    """Whether something became of him, as was asked."""
    found: ColumnElement[bool] = change(row, env).is_not(None) == args.bind("filter.changed")
    return found


def _change(sheet: Any, member: Any) -> ColumnElement[Any]:
    return case(
        (member.c.left_on.is_not(None), str(Change.LEFT)),
        (member.c.organization_id != sheet.c.organization_id, str(Change.MOVED)),
        (member.c.stage != sheet.c.stage, str(Change.STAGE)),
    )


def newcomers(row: Any, args: Any, env: Any) -> ColumnElement[bool]:
    """Members who are there now, and are not on the list of the audit."""
    campaign = args.row("campaign", "AuditCampaign")
    listed, whole = SHEET.alias(), CAMPAIGN.alias()
    top = select(whole.c.organization_id).where(whole.c.id == campaign).scalar_subquery()
    known = (
        select(listed.c.id)
        .where(listed.c.campaign_id == campaign, listed.c.member_id == row.c.id)
        .correlate(row)
        .exists()
    )
    asked = args.row("organization", "Organization")
    taking = AUDITED.alias()
    unit = ORGANIZATIONS.alias()
    takes_part = (
        select(taking.c.id)
        .select_from(taking.join(unit, unit.c.id == taking.c.organization_id))
        .where(taking.c.campaign_id == campaign, unit.c.id == asked, env.may(READ, unit.c.path))
        .exists()
    )
    return and_(
        row.c.left_on.is_(None),
        below(row.c.path, path_of(asked)),
        below(row.c.path, path_of(top)),
        takes_part,
        ~known,
    )


class Reconciled:
    """The list of an audit beside the register, at and below an organization."""

    def __init__(self, args: Any, env: Any) -> None:
        self.sheet, self.member = SHEET.alias(), MEMBERS.alias()
        self.unit = ORGANIZATIONS.alias()
        self.path = self.unit.c.path
        self.from_ = self.sheet.join(self.member, self.member.c.id == self.sheet.c.member_id).join(
            self.unit, self.unit.c.id == self.sheet.c.organization_id
        )
        asked = args.row("organization", "Organization")
        self.where = and_(
            self.sheet.c.campaign_id == args.row("campaign", "AuditCampaign"),
            below(self.unit.c.path, path_of(asked)),
        )

    def count(self, *changes: Change) -> ColumnElement[int]:
        """How many of the list changed so in the register; all of them if nothing is said."""
        if not changes:
            return func.count(self.sheet.c.id)
        changed = _change(self.sheet, self.member).in_([str(each) for each in changes])
        return func.coalesce(func.sum(case((changed, 1), else_=0)), 0)


def counted(*changes: Change) -> Any:
    """One of `Reconciled`."""
    return lambda of, env: of.count(*changes)
