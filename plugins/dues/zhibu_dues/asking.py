"""What siblings may ask of dues: which months of a year members paid late."""

from zhibu_dues.service.lateness import LateMonth, late_months, late_months_of

__all__ = ["LateMonth", "late_months", "late_months_of"]
