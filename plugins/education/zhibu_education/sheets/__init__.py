"""The workbooks of education: sessions, attendance, credits, and where members stand."""

from zhibu_education.sheets.attendance import ATTENDANCE
from zhibu_education.sheets.credits import CREDITS
from zhibu_education.sheets.hours import HOURS
from zhibu_education.sheets.training import TRAINING

SHEETS = [TRAINING, ATTENDANCE, CREDITS, HOURS]
