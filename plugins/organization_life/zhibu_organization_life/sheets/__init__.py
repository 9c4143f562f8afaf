"""The workbooks of organization life: meetings, who attended them, and grades."""

from zhibu_organization_life.sheets.attendance import ATTENDANCE
from zhibu_organization_life.sheets.grades import GRADES
from zhibu_organization_life.sheets.meetings import MEETINGS

SHEETS = [MEETINGS, ATTENDANCE, GRADES]
