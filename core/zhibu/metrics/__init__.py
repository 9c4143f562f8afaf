"""Numbers for monitoring: off unless the settings say where they may be read."""

from zhibu.metrics.meters import Meters
from zhibu.metrics.page import PATH, Page

__all__ = ["PATH", "Meters", "Page"]
