"""What siblings may ask of dues: where a member stands, and which months were paid late."""

from zhibu_dues.public import Standing
from zhibu_dues.service.lateness import LateMonth, late_months, late_months_of
from zhibu_dues.service.months import standing_of, standings_of

__all__ = ["LateMonth", "Standing", "late_months", "late_months_of", "standing_of", "standings_of"]
