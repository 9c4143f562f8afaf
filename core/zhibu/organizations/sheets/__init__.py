"""Workbooks of organizations and of posts."""

from zhibu.contributions import Sheet
from zhibu.core_actions import ORGANIZATION_APPOINT, ORGANIZATION_CREATE
from zhibu.organizations.sheets import posts, units

ORGANIZATIONS = Sheet(
    name="organizations",
    title="党组织信息表",
    columns=units.COLUMNS,
    permission=ORGANIZATION_CREATE,
    key=("code",),
    partial=True,
    check=units.check,
    write=units.write,
    read=units.read,
)
POSTS = Sheet(
    name="posts",
    title="任职名册",
    columns=posts.COLUMNS,
    permission=ORGANIZATION_APPOINT,
    key=("organization", "identity_number", "kind", "since"),
    partial=True,
    check=posts.check,
    write=posts.write,
    read=posts.read,
)
SHEETS = (ORGANIZATIONS, POSTS)
