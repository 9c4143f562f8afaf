"""The workbooks of organization life: meetings, and who attended them."""

from zhibu_organization_life.sheets.attendance import ATTENDANCE
from zhibu_organization_life.sheets.meetings import MEETINGS

SHEETS = [MEETINGS, ATTENDANCE]
