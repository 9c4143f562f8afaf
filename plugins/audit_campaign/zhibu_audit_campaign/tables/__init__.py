"""Tables of audits."""

from zhibu.storage.tables import Base
from zhibu_audit_campaign.tables.campaigns import Campaign, Stage
from zhibu_audit_campaign.tables.sheets import Audited, Sheet

METADATA = Base.metadata

__all__ = ["METADATA", "Audited", "Campaign", "Sheet", "Stage"]
