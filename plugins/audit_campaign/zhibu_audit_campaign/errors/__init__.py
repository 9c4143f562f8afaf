"""What can be wrong: facts, as classes."""

from zhibu_audit_campaign.errors.campaigns import (
    AlreadyOpen,
    AsOfUnfit,
    NobodyToCheck,
    NotThere,
    PlanFaulty,
    ReasonMissing,
    StageReversed,
    StagesMissing,
    StagesUnknown,
    StateUnfit,
    TitleMissing,
    VersionStale,
)

__all__ = [
    "AlreadyOpen",
    "AsOfUnfit",
    "NobodyToCheck",
    "NotThere",
    "PlanFaulty",
    "ReasonMissing",
    "StageReversed",
    "StagesMissing",
    "StagesUnknown",
    "StateUnfit",
    "TitleMissing",
    "VersionStale",
]
