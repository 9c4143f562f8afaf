"""The workbooks of organization life: meetings, attendance, grades, registers."""

from zhibu_organization_life.sheets.attendance import ATTENDANCE
from zhibu_organization_life.sheets.engagements import ENGAGEMENTS
from zhibu_organization_life.sheets.grades import GRADES
from zhibu_organization_life.sheets.meetings import MEETINGS

SHEETS = [MEETINGS, ATTENDANCE, GRADES, ENGAGEMENTS]
