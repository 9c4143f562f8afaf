"""What happened to audits, as events of the ledger."""

from datetime import date
from typing import Any
from uuid import UUID

from zhibu.act import Act, Event

CAMPAIGN = "AuditCampaign"
AUDITED = "AuditCampaignAudited"
SHEET = "AuditCampaignSheet"
SEARCH = "AuditCampaignSearch"
INQUIRY = "AuditCampaignInquiry"
DRAW = "AuditCampaignDraw"
SAMPLE = "AuditCampaignSample"
QUESTION = "AuditCampaignQuestion"
CIRCULAR = "AuditCampaignCircular"
RELEASE = "AuditCampaignRelease"
SETTLEMENT = "AuditCampaignSettlement"


def said(act: Act, name: str, subject: tuple[str, UUID], path: str, /, **facts: Any) -> None:
    """Something about an audit; facts that are None are left out."""
    known = {key: _plain(value) for key, value in facts.items() if value is not None}
    act.record(Event(name=name, subject=subject, path=path, facts=known))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
