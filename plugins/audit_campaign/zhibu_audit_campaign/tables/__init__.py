"""Tables of audits."""

from zhibu.storage.tables import Base
from zhibu_audit_campaign.tables.campaigns import Campaign, Stage
from zhibu_audit_campaign.tables.sheets import Audited, Check, Issue, Sheet
from zhibu_audit_campaign.tables.work import Entry, Search, Training, Worker

METADATA = Base.metadata

__all__ = [
    "METADATA",
    "Audited",
    "Campaign",
    "Check",
    "Entry",
    "Issue",
    "Search",
    "Sheet",
    "Stage",
    "Training",
    "Worker",
]
