"""The workbooks of dues: bases, payments, and the year's grid."""

from zhibu_dues.sheets.bases import BASES
from zhibu_dues.sheets.grid import GRID
from zhibu_dues.sheets.payments import PAYMENTS

SHEETS = [BASES, PAYMENTS, GRID]
