"""The workbooks of education: training sessions, who attended them, and credits."""

from zhibu_education.sheets.attendance import ATTENDANCE
from zhibu_education.sheets.credits import CREDITS
from zhibu_education.sheets.training import TRAINING

SHEETS = [TRAINING, ATTENDANCE, CREDITS]
