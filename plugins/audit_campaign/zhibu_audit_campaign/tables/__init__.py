"""Tables of audits."""

from zhibu.storage.tables import Base
from zhibu_audit_campaign.tables.analyses import Analysis
from zhibu_audit_campaign.tables.campaigns import Campaign, Stage
from zhibu_audit_campaign.tables.circulars import Circular
from zhibu_audit_campaign.tables.inquiring import Inquiry
from zhibu_audit_campaign.tables.releases import Release
from zhibu_audit_campaign.tables.settling import Settlement
from zhibu_audit_campaign.tables.sheets import Audited, Check, Issue, Sheet
from zhibu_audit_campaign.tables.verifying import (
    Draw,
    Question,
    Report,
    Sample,
    Verification,
    Verified,
)
from zhibu_audit_campaign.tables.work import Entry, Search, Training, Worker

METADATA = Base.metadata

__all__ = [
    "METADATA",
    "Analysis",
    "Audited",
    "Campaign",
    "Check",
    "Circular",
    "Draw",
    "Entry",
    "Inquiry",
    "Issue",
    "Question",
    "Release",
    "Report",
    "Sample",
    "Search",
    "Settlement",
    "Sheet",
    "Stage",
    "Training",
    "Verification",
    "Verified",
    "Worker",
]
