"""What siblings may ask of dues: which months of a year a member paid late."""

from zhibu_dues.service.lateness import LateMonth, late_months

__all__ = ["LateMonth", "late_months"]
